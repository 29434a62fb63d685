//! How subjects are tied: paths between two of them, what is around one, groups that act together.
//!
//! A *subject* is a person, a company, a vessel, an account, a wallet. Two are tied by a *relation* that a source states (owns, directs, is a relative
//! of, is linked to) or by an *attribute* that both bear (an address, a telephone, an e-mail address, a number). In come subjects, relations and attributes,
//! each with its source ([`Builder`]); out come a [`Network`], and from it [`paths`], [`around`] and [`groups`], each figure with what it is made of. What was
//! read where is not known here, nothing is stored, and nobody is made one with another.
//!
//! Evidence is in whole hundredths of a bit ([`Bits`]). An attribute is worth −log2 of its share of all subjects, so an address that a thousand
//! companies share says little and a telephone that two share says much; a relation has the base of its kind ([`RelationKind::base`]). Why so, and what a path is
//! worth: `docs/decisions/0070-evidence-of-ties.md`; how they are found: `docs/decisions/0071-paths-and-groups.md`. Every answer is the same whatever the order of what came in.

pub mod around;
mod bits;
mod graph;
pub mod groups;
pub mod paths;
mod reach;
mod tie;

pub use bits::Bits;
pub use graph::{Builder, Left, Network};
pub use reach::Scratch;
pub use tie::{
    Attribute, AttributeKind, Class, MOST_BEARERS, POPULATION, Relation, RelationKind, Shared, Source, Step, Subject,
    Tie,
};

/// Bits that each tie beyond the first takes from a path: a subject is tied to some eight others, so one more tie makes eight times as many reachable by chance.
pub const A_STEP: Bits = Bits::whole(3);

/// The most ties a path may have.
pub const MOST_TIES: usize = 8;
