//! What all requests share before it is known who asks.
//!
//! It has no state that has to outlive the process: who guessed is forgotten when the server starts anew.

use super::{first::Links, gate::Gate, limits::Limits, oidc::SignOn, threads::Threads, throttle::Throttle};

/// What slows down whoever guesses.
#[derive(Debug, Default)]
pub(crate) struct Door {
    /// Where password hashes are computed.
    pub(super) hashing: Threads,
    /// Where issuers are asked.
    pub(super) issuers: Threads,
    pub(super) throttle: Throttle,
    pub(super) limits: Limits,
    /// What was begun at an issuer.
    pub(super) sign_on: SignOn,
    /// Links of the first start.
    pub(crate) links: Links,
    /// Who may screen, as long as that is remembered.
    pub(crate) gate: Gate,
}
