//! What comes out: the entities of one list, what could not be read, and what they were made from.
//!
//! A [`Reading`] is one dataset. Its entities are in the order of the source, each record followed by what belongs to
//! it (`Sanction`, `Address`, `Passport`, `Identification`, `CryptoWallet`) and relations between records
//! (`UnknownLink`) at the end, with ids derived from the record's, so that the same file gives the same entities byte
//! for byte.

use std::collections::HashMap;

use mihenk_entities::{Date, Entity};

use crate::{
    finding::Finding,
    input::{Input, InputDigest},
    seen::Seen,
    source::Source,
};

/// One list as read.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The source it was recognised as; none for FollowTheMoney files, which can hold anyone's list.
    pub source: Option<&'static Source>,
    /// The name of the dataset, as OpenSanctions names it.
    pub dataset: String,
    /// What the list is called, where no source says it.
    pub title: Option<String>,
    /// The day the publisher made the file, if the file says so.
    pub published: Option<Date>,
    /// The entities, each record followed by what belongs to it.
    pub entities: Vec<Entity>,
    /// When the publisher saw and changed entities, by their ids, where it says so.
    pub seen: HashMap<String, Seen>,
    /// How many records of the source they were made from.
    pub records: usize,
    /// What could not be read or understood.
    pub findings: Vec<Finding>,
    /// The files, in the order given.
    pub inputs: Vec<InputDigest>,
}

impl Reading {
    /// A reading with nothing in it yet.
    pub(crate) fn new<'a>(
        source: Option<&'static Source>,
        dataset: impl Into<String>,
        inputs: impl IntoIterator<Item = &'a Input>,
    ) -> Reading {
        Reading {
            source,
            dataset: dataset.into(),
            title: None,
            published: None,
            entities: Vec::new(),
            seen: HashMap::new(),
            records: 0,
            findings: Vec::new(),
            inputs: inputs.into_iter().map(Input::digest).collect(),
        }
    }
}
