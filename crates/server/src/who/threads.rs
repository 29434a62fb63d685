//! Threads of their own for what must hold up nobody: password hashes, which take a tenth of a second and 64 MiB each, and calls to an issuer, which take as long
//! as the network does.
//!
//! In comes what is done, out comes what came of it. Two things are done at once; of those that wait, more than [`WAITING`] are refused.

use std::sync::Arc;

use tokio::sync::{Semaphore, oneshot};

use crate::refusal::Refusal;

/// What is done at once.
const AT_ONCE: usize = 2;
/// What may wait for it: three seconds' worth of hashes.
const WAITING: usize = 64;

/// Where it is done.
#[derive(Debug)]
pub(crate) struct Threads {
    waiting: Arc<Semaphore>,
    at_once: Arc<Semaphore>,
}

impl Default for Threads {
    fn default() -> Threads {
        Threads { waiting: Arc::new(Semaphore::new(WAITING)), at_once: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

impl Threads {
    /// Does it when there is a place.
    pub(crate) async fn run<T: Send + 'static>(&self, act: impl FnOnce() -> T + Send + 'static) -> Result<T, Refusal> {
        let _waits = Arc::clone(&self.waiting).try_acquire_owned().map_err(|_| Refusal::Busy)?;
        let place = Arc::clone(&self.at_once).acquire_owned().await.map_err(|_| Refusal::Busy)?;
        let (sender, receiver) = oneshot::channel();
        let work = move || {
            // Whoever asked may have gone.
            let _ = sender.send(act());
            drop(place);
        };
        let thread = std::thread::Builder::new().name("aside".to_owned()).spawn(work);
        thread.map_err(|error| Refusal::Broken(format!("no thread: {error}")))?;
        receiver.await.map_err(|_| Refusal::Broken("what was done aside ended in a panic".to_owned()))
    }
}
