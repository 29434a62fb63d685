//! The office of a node: its desk, and the folder with its lists.
//!
//! Whoever signs in works here. In comes a store, out comes an [`Office`] on which acts are done on threads of their own, each through the seat of a
//! [`Caller`](crate::caller::Caller). A server without a store has no office: it screens and signs nobody in.

use std::{fmt, path::PathBuf, sync::Arc};

use mihenk_node::{
    NodeError,
    desk::{Desk, Seat},
};

use crate::{app::State, caller::Caller, refusal::Refusal};

/// A store that is open, and the folder beside it.
pub struct Office {
    /// The desk.
    pub desk: Desk,
    /// The data folder.
    pub folder: PathBuf,
}

impl fmt::Debug for Office {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Office").field("folder", &self.folder).finish_non_exhaustive()
    }
}

/// What an act of a person may look at; the folder and the lists that answer come when something needs them.
pub(crate) struct At<'a> {
    pub(crate) seat: Seat<'a>,
}

impl State {
    /// Does on a thread of its own what a person asks for. Who they are and what they may is looked up by each act of `mihenk-node`.
    pub(crate) async fn act<T: Send + 'static>(
        self: &Arc<State>,
        caller: Caller,
        act: impl FnOnce(&At<'_>) -> Result<T, NodeError> + Send + 'static,
    ) -> Result<T, Refusal> {
        let office = self.office.clone().ok_or(Refusal::NoOffice)?;
        let permit = Arc::clone(&self.gate).try_acquire_owned().map_err(|_| Refusal::Busy)?;

        let done = tokio::task::spawn_blocking(move || {
            let seat = office.desk.seat(caller.token);
            let result = act(&At { seat });
            drop(permit);
            result
        });
        match done.await {
            Ok(result) => result.map_err(Refusal::Node),
            Err(error) => Err(Refusal::Broken(error.to_string())),
        }
    }
}
