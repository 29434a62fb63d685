//! What all requests share before it is known who asks.
//!
//! It has no state that has to outlive the process: who guessed is forgotten when the server starts anew.

use super::{hashing::Hashing, throttle::Throttle};

/// What slows down whoever guesses.
#[derive(Debug, Default)]
pub(crate) struct Door {
    pub(super) hashing: Hashing,
    pub(super) throttle: Throttle,
}
