//! Memory that outlives a single piece of work.
//!
//! Rayon cuts a chunk into pieces and makes new state for each, and the next chunk starts anew. A thread's memory (a
//! `Scratch`, a `Lexicon`) knows the words that were asked before, which is worth most over a whole file. A [`Pool`] lives as
//! long as the run: a piece takes one out and its guard puts it back, so there are never more of them than threads. Which
//! one a record meets changes how fast it is answered, never the answer.

use std::{
    ops::{Deref, DerefMut},
    sync::{Mutex, PoisonError},
};

/// Memories that nobody uses at the moment.
#[derive(Debug, Default)]
pub struct Pool<T> {
    // The lock is held for a push or a pop only; a panic elsewhere leaves nothing half done in it.
    free: Mutex<Vec<T>>,
}

impl<T: Default> Pool<T> {
    /// One that is free, or a new one.
    pub fn take(&self) -> Taken<'_, T> {
        let memory = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Taken { pool: self, memory: memory.unwrap_or_default() }
    }
}

/// A memory in use; it goes back when dropped.
#[derive(Debug)]
pub struct Taken<'a, T: Default> {
    pool: &'a Pool<T>,
    memory: T,
}

impl<T: Default> Deref for Taken<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.memory
    }
}

impl<T: Default> DerefMut for Taken<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.memory
    }
}

impl<T: Default> Drop for Taken<'_, T> {
    fn drop(&mut self) {
        let memory = std::mem::take(&mut self.memory);
        self.pool.free.lock().unwrap_or_else(PoisonError::into_inner).push(memory);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_back_is_taken_again() {
        let pool: Pool<Vec<u8>> = Pool::default();
        let (first, second) = (pool.take(), pool.take());
        drop(first);
        assert_eq!(pool.free.lock().unwrap().len(), 1);
        drop(pool.take());
        assert_eq!(pool.free.lock().unwrap().len(), 1, "no third one was made");
        drop(second);
        assert_eq!(pool.free.lock().unwrap().len(), 2);
    }
}
