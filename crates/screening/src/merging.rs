//! Who on several lists is one: what says so by itself, what speaks against, and what a person should look at.
//!
//! Three things join entities of different lists by themselves ([`keys`]): a reference number that both listings give, a number
//! that identifies its bearer, an id that a publisher names as meaning the same. They join only if nothing speaks against
//! ([`contradictions`]) and if no list would lose the difference between two of its own. A person's decisions come before the
//! rules, and what they leave open between them is a conflict and no guess ([`groups`]). Everything else is proposed, with the evidence of
//! a hit ([`proposals`]). Pure: who keeps decisions, and joins records, is `mihenk-node`.

pub mod contradictions;
pub mod groups;
pub mod keys;
pub mod proposals;

/// Raised when other entities are joined by the rules than before: an index made by other rules is built anew.
pub const RULES: u32 = 1;

/// A number that more entities have than this identifies none of them: a placeholder, a form number, a shared office.
pub const FEW: usize = 5;

/// What somebody decided of two entities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// They are one.
    Same,
    /// They are two, whatever they share.
    Different,
}
