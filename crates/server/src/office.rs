//! The office of a node: its desk, and the folder with its lists.
//!
//! Whoever signs in works here. In comes a store, out comes an [`Office`] on which acts are done on threads of their own, each through the seat of a
//! [`Caller`](crate::caller::Caller). A server without a store has no office: it screens and signs nobody in.

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use mihenk_node::{
    Model, Node, NodeError,
    desk::{Desk, Seat},
    ledger::{attachments::Key, people::Token},
    portfolio, sealing,
};

use crate::{app::State, caller::Caller, refusal::Refusal};

/// A store that is open, and the folder beside it.
pub struct Office {
    /// The desk.
    pub desk: Desk,
    /// The data folder.
    pub folder: PathBuf,
    /// The file of the key that seals documents, the same for the server and the command line.
    pub key_file: PathBuf,
}

impl fmt::Debug for Office {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Office").field("folder", &self.folder).finish_non_exhaustive()
    }
}

/// What an act of a person may look at.
pub(crate) struct At<'a> {
    pub(crate) seat: Seat<'a>,
    pub(crate) state: &'a Arc<State>,
    /// Whose seat it is, for work that goes on after the answer.
    pub(crate) token: Token,
    office: &'a Office,
}

impl At<'_> {
    /// The data folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.office.folder
    }

    /// The model that answers, or the one that comes with the program while nothing does.
    pub(crate) fn model(&self) -> Model {
        self.state.holder.live().map_or_else(|_| Model::built_in(), |live| live.node.model().clone())
    }

    /// The lists that are in use in the data folder.
    pub(crate) fn node(&self) -> Result<Node, NodeError> {
        portfolio::node(self.folder(), self.model())
    }

    /// The file of the key that seals documents.
    pub(crate) fn key_file(&self) -> &Path {
        &self.office.key_file
    }

    /// The key that seals documents; one that is not there yet is made.
    pub(crate) fn key(&self) -> Result<Key, NodeError> {
        self.office.key()
    }
}

impl Office {
    /// Goes on with an exchange of the key that two administrators decided on and that was interrupted; says what came of it.
    pub(crate) fn goes_on(&self) -> Option<String> {
        const TRIES: u32 = 20;
        for _ in 0..TRIES {
            return match sealing::go_on(&self.desk, &self.folder, &self.key_file) {
                Ok(exchanged) => exchanged.map(|done| {
                    format!(
                        "the exchange of the key of documents went on and is over: {} is exchanged for {}",
                        done.from, done.to
                    )
                }),
                // Lists are being brought up to date, which ends.
                Err(NodeError::Busy(_)) => {
                    std::thread::sleep(Duration::from_secs(3));
                    continue;
                }
                Err(error) => Some(format!(
                    "the exchange of the key of documents is not over: {error}; an administrator goes on with it by 'mihenk key exchange'"
                )),
            };
        }
        Some("the exchange of the key of documents is not over, as the data folder is being changed; an administrator goes on with it by 'mihenk key exchange'".to_owned())
    }

    /// The key that seals documents; one that is not there yet is made.
    pub(crate) fn key(&self) -> Result<Key, NodeError> {
        sealing::key(&self.desk, &self.key_file)
    }
}

impl State {
    /// Does on a thread of its own what a person asks for. Who they are and what they may is looked up by each act of `mihenk-node`.
    pub(crate) async fn act<T: Send + 'static>(
        self: &Arc<State>,
        caller: Caller,
        act: impl FnOnce(&At<'_>) -> Result<T, NodeError> + Send + 'static,
    ) -> Result<T, Refusal> {
        self.within(caller.token, act).await?.map_err(Refusal::Node)
    }

    /// The same, with whatever the act gives.
    pub(crate) async fn within<T: Send + 'static>(
        self: &Arc<State>,
        token: Token,
        act: impl FnOnce(&At<'_>) -> T + Send + 'static,
    ) -> Result<T, Refusal> {
        let office = self.office.clone().ok_or(Refusal::NoOffice)?;
        let state = Arc::clone(self);
        let act = move || act(&At { seat: office.desk.seat(token.clone()), state: &state, token, office: &office });
        Ok(self.aside(act).await?)
    }

    /// Does there what is no act of one seat.
    pub(crate) async fn office_act<T: Send + 'static>(
        &self,
        act: impl FnOnce(&Office) -> Result<T, NodeError> + Send + 'static,
    ) -> Result<T, Refusal> {
        let office = self.office.clone().ok_or(Refusal::NoOffice)?;
        self.aside(move || act(&office)).await?.map_err(Refusal::Node)
    }
}
