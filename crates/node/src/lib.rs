//! The acts of a node: load lists and keep them up to date, screen a record, a file or a text, compare two names.
//!
//! Command line and server both call this crate; neither contains logic. A [`Node`] is a data folder that was opened: the
//! lists in it, their index, the model. Everything that touches the disk or the clock on behalf of screening is here;
//! `mihenk-screening` below is pure.
//!
//! `pool` keeps memory over a run, `stored` reads the lines of stored lists, `assembly` joins them, `records` whole records. [`own`] opens maps of tables.
//! [`folder`] says what lies where; [`lists`] loads and shows; [`mod@update`] fetches what is new (`settings`, `target`, `fetching`,
//! `checks`), [`mod@watch`] for ever, [`manifest`] what yente's manifests name (`namespace` signs ids); [`removals`] holds back whom a list has lost; [`swap`] puts versions in use, [`versions`] knows
//! which was when, [`as_of`] opens what was, [`diff`] says what changed, [`status`] how all stand, [`mod@freshness`] which are old, [`keep`] sweeps, [`disk`] measures.
//! [`merging`] says who on several lists is one, and takes people's decisions on who may be.
//! [`answer`] gives results their form, one record at a time, [`batch`] by the file, [`scan`] for documents and running text
//! ([`walk`] finds the files of folders), [`compare`] for two names; [`starter`] is the list that comes with the
//! program; [`model`] makes and shows models.
//!
//! [`desk`] is a store that is open and who sits at it; [`permission`] says who may do what; [`people`], [`portfolio`], [`imports`], [`alerts`],
//! [`cases`], [`freezes`] and [`redress`] are acts on them; [`reports`] and [`intake`] are what goes to authorities and comes from them; [`audit`], [`retention`] and [`backup`] answer for
//! all, [`upkeep`] is what somebody at a desk does to lists, and [`kept`] keeps what they rest on. [`graph`] draws a case, [`ownership`] says who stands behind an entity, [`networks`] how subjects are tied, [`named`] who ids are, [`drafts`] what was typed and not sent, [`one_box`] what somebody means who types into one box, [`feed`] what happened, [`webhooks`] who is told of it, [`sealing`] where the key of documents is.

#![forbid(unsafe_code)]

pub mod alerts;
pub mod answer;
pub mod as_of;
mod assembly;
pub mod audit;
pub mod backup;
pub mod batch;
pub mod cases;
mod checks;
pub mod clock;
pub mod compare;
pub mod desk;
pub mod diff;
pub mod disk;
pub mod drafts;
mod error;
pub mod feed;
mod fetching;
pub mod folder;
pub mod freezes;
pub mod freshness;
pub mod graph;
pub mod imports;
pub mod intake;
pub mod keep;
pub mod kept;
pub mod lists;
pub mod manifest;
pub mod merging;
pub mod model;
pub mod named;
mod namespace;
pub mod networks;
mod node;
pub mod one_box;
pub mod own;
pub mod ownership;
pub mod people;
pub mod permission;
mod pool;
pub mod portfolio;
pub mod qr;
pub mod query;
mod records;
pub mod redress;
pub mod removals;
pub mod reports;
pub mod retention;
pub mod sayings;
pub mod scan;
pub mod script;
pub mod sealing;
pub mod seen;
mod settings;
pub mod sources;
pub mod starter;
pub mod status;
mod stored;
pub mod swap;
mod target;
pub mod update;
pub mod upkeep;
pub mod versions;
pub mod walk;
pub mod watch;
pub mod webhooks;

pub use error::NodeError;
/// What a command line or a server needs of the crates below: an entity, the options of a question, the parts of an answer.
pub use mihenk_entities as entities;
pub use mihenk_entities::{Entity, EntityId, Schema};
pub use mihenk_ledger as ledger;
/// What a command line or a server needs to update lists: the client and the clock it is given.
pub use mihenk_lists::{
    Finding, differences,
    download::{Clock, Downloader, Limits, Step, SystemClock, certificates},
};
/// Words of a text, their scripts, and how far two of them are apart.
pub use mihenk_names::{distance::osa, script::Script, tokenize};
/// What is said of rows, values and lists, with names and facts.
pub use mihenk_said as said;
pub use mihenk_screening::{
    bits::{Bits, grouped},
    candidates::Scratch,
    explanation::{Explanation, Line},
    model::{
        Model,
        calibration::{BaseRate, Score},
    },
    screener::{Hit, Options},
};
pub use mihenk_store as store;
pub use node::{Added, Node, Source};
/// Memory for threads that screen at the same time.
pub use pool::{Pool, Taken};
pub use records::{Listing, Profile};
pub use settings::Span;
