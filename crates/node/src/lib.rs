//! The acts of a node: load lists, screen a record, a file or a text, compare two names.
//!
//! Command line and server both call this crate; neither contains logic. A [`Node`] is a data folder that was opened: the
//! lists in it, their index, the model. Everything that touches the disk or the clock on behalf of screening is here;
//! `mihenk-screening` below is pure. Later the acts that need the ledger join it.
//!
//! `pool` keeps memory over a run, `records` whole records. [`folder`] says what lies where; [`lists`] loads and shows; [`own`]
//! opens maps of tables; [`answer`] gives results their form, one record at a time, [`batch`] by the file, [`scan`] for
//! documents and running text ([`walk`] finds the files of folders), [`compare`] for two names; [`starter`] is the list that comes with the
//! program; [`model`] makes and shows models.

#![forbid(unsafe_code)]

pub mod answer;
pub mod batch;
pub mod compare;
mod error;
pub mod folder;
pub mod lists;
pub mod model;
mod node;
pub mod own;
mod pool;
pub mod query;
mod records;
pub mod scan;
pub mod starter;
pub mod walk;

pub use error::NodeError;
/// What a command line or a server needs of the crates below: an entity, the options of a question, the parts of an answer.
pub use mihenk_entities::{Entity, EntityId, Schema};
pub use mihenk_screening::{
    bits::{Bits, grouped},
    candidates::Scratch,
    explanation::{Explanation, Line},
    model::{
        Model,
        calibration::{BaseRate, Score},
    },
    screener::Options,
};
pub use node::{Added, Node, Source};
pub use records::{Listing, Profile};
