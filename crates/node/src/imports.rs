//! Files of customers that a person sends and then looks at, before they are taken in.
//!
//! In comes a file in pieces, out comes one that is held for the person who sent it ([`mod@held`]); what its first rows say and what they would become
//! ([`mod@example`]); what the person says of its columns ([`mod@choices`]), from which comes the same [`Map`](crate::own::Map) that a command line takes. It is taken in by
//! [`crate::portfolio::add`] like any other.

pub mod choices;
pub mod example;
pub mod held;

pub use choices::{Choices, Holds, Wrong};
pub use example::{Becomes, Example};
pub use held::{Held, Outcome, Shelf, TakenIn};
