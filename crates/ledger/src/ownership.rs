//! Who stands behind: shares and control between parties, and who is blocked because of them under each regime.
//!
//! In come entities of FollowTheMoney (`Ownership`, `Control`, `Directorship`, `Family`, links, `Sanction`), a day, and what might change; out
//! come, for each regime, *blocked*, *not blocked* or *cannot be told*, with the arithmetic. Nothing here knows a store or a clock.
//!
//! [`share`] is exact arithmetic with bounds, [`holding`] what one record says, [`records`] reads entities into a [`network`], which knows
//! parties, holdings and doubts. [`graph`] is the same of one day in arrays, [`rule`] the regimes with their law, [`solve`] who is blocked.
//! For one party, [`account`] says why, [`effective`] how much each holder has through chains and cycles, [`change`] what a change would alter.

pub mod account;
pub mod change;
pub mod effective;
pub mod graph;
pub mod holding;
pub mod network;
pub mod records;
pub mod rule;
pub mod share;
pub mod solve;
