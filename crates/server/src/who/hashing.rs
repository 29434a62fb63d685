//! Password hashes, computed on threads of their own: they take a tenth of a second and 64 MiB each, and must neither hold up screening nor fill the memory.
//!
//! In comes what computes one, out comes what came of it. Two are computed at once; of those that wait, more than [`WAITING`] are refused.

use std::sync::Arc;

use tokio::sync::{Semaphore, oneshot};

use crate::refusal::Refusal;

/// Hashes that are computed at once.
const AT_ONCE: usize = 2;
/// Those that may wait for it: three seconds' worth.
const WAITING: usize = 64;

/// Where they are computed.
#[derive(Debug)]
pub(crate) struct Hashing {
    waiting: Arc<Semaphore>,
    at_once: Arc<Semaphore>,
}

impl Default for Hashing {
    fn default() -> Hashing {
        Hashing { waiting: Arc::new(Semaphore::new(WAITING)), at_once: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

impl Hashing {
    /// Computes it when there is a place.
    pub(crate) async fn run<T: Send + 'static>(&self, act: impl FnOnce() -> T + Send + 'static) -> Result<T, Refusal> {
        let _waits = Arc::clone(&self.waiting).try_acquire_owned().map_err(|_| Refusal::Busy)?;
        let place = Arc::clone(&self.at_once).acquire_owned().await.map_err(|_| Refusal::Busy)?;
        let (sender, receiver) = oneshot::channel();
        let work = move || {
            // Whoever asked may have gone.
            let _ = sender.send(act());
            drop(place);
        };
        let thread = std::thread::Builder::new().name("password".to_owned()).spawn(work);
        thread.map_err(|error| Refusal::Broken(format!("no thread for a password: {error}")))?;
        receiver.await.map_err(|_| Refusal::Broken("computing a password ended in a panic".to_owned()))
    }
}
