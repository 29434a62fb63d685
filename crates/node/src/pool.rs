//! Scratch memory that outlives a single piece of work.
//!
//! Rayon cuts a chunk into pieces and makes new state for each, and the next chunk starts anew. A [`Scratch`] remembers the
//! words that were asked before, which is worth most over a whole file. A [`Pool`] lives as long as the run: a piece takes a
//! scratch out and its guard puts it back, so there are never more of them than threads. Which scratch a record meets
//! changes how fast it is answered, never the answer.

use std::{
    ops::{Deref, DerefMut},
    sync::{Mutex, PoisonError},
};

use mihenk_screening::candidates::Scratch;

/// Scratches that nobody uses at the moment.
#[derive(Debug, Default)]
pub(crate) struct Pool {
    // The lock is held for a push or a pop only; a panic elsewhere leaves nothing half done in it.
    free: Mutex<Vec<Scratch>>,
}

impl Pool {
    /// One that is free, or a new one.
    pub(crate) fn take(&self) -> Taken<'_> {
        let scratch = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Taken { pool: self, scratch: scratch.unwrap_or_default() }
    }
}

/// A scratch in use; it goes back when dropped.
#[derive(Debug)]
pub(crate) struct Taken<'a> {
    pool: &'a Pool,
    scratch: Scratch,
}

impl Deref for Taken<'_> {
    type Target = Scratch;

    fn deref(&self) -> &Scratch {
        &self.scratch
    }
}

impl DerefMut for Taken<'_> {
    fn deref_mut(&mut self) -> &mut Scratch {
        &mut self.scratch
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        let scratch = std::mem::take(&mut self.scratch);
        self.pool.free.lock().unwrap_or_else(PoisonError::into_inner).push(scratch);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_back_is_taken_again() {
        let pool = Pool::default();
        let (first, second) = (pool.take(), pool.take());
        drop(first);
        assert_eq!(pool.free.lock().unwrap().len(), 1);
        drop(pool.take());
        assert_eq!(pool.free.lock().unwrap().len(), 1, "no third one was made");
        drop(second);
        assert_eq!(pool.free.lock().unwrap().len(), 2);
    }
}
