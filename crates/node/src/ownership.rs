//! Who stands behind an entity: holders through chains and cycles, what each regime makes of it and why, what a change would alter.
//!
//! In come what is loaded and files for this run (lists, FollowTheMoney, statements of the Beneficial Ownership Data Standard), a [`Question`]; out comes
//! a [`Standing`] with names in place of numbers. The rules are in the ledger (`ownership`); `told` puts names in, `reason` says why with [`sayings`],
//! `picture` makes the graph that [`crate::graph`] draws. Nothing is kept, and nobody has to sign in: it is what lists and files say.

mod picture;
mod reason;
pub mod sayings;
mod told;

use std::path::PathBuf;

use mihenk_ledger::{
    day::Day,
    ownership::{change::Change, network::Network, records::Reader, rule::Rule},
};
use mihenk_lists::Severity;

pub use picture::picture;
pub use told::{
    Altered, Doubtful, HolderTold, Named, ProofTold, RegimeTold, Standing, StepTold, SumTold, TermTold, TieTold,
    WayTold,
};

use crate::{
    error::NodeError,
    folder::Folder,
    node::{Node, Source},
    stored,
};

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// Of whom: an id or a name.
    pub entity: String,
    /// On which day.
    pub day: Day,
    /// Under which regimes; all if there is none.
    pub regimes: Vec<String>,
    /// What is assumed.
    pub changes: Vec<Change>,
}

/// Everything that is known of parties and holdings.
#[derive(Debug)]
pub struct Holdings {
    network: Network,
    sources: Vec<String>,
    warnings: Vec<String>,
}

impl Holdings {
    /// Reads what is loaded, if anything is, and files for this run.
    ///
    /// # Errors
    /// When nothing is loaded and no file is given, or a list or file cannot be read.
    pub fn read(source: &Source, node: Option<&Node>, files: &[PathBuf]) -> Result<Holdings, NodeError> {
        let mut reader = Reader::default();
        let (mut sources, mut warnings) = (Vec::new(), Vec::new());
        let canonical = |id: &str| node.map_or_else(|| id.to_owned(), |node| node.lookup().canonical(id).to_owned());
        let mut from_files = files.to_vec();
        match source {
            Source::Folder(path) => {
                let folder = Folder::new(path.clone());
                let lists = folder.current()?.lists;
                if lists.is_empty() && files.is_empty() {
                    return Err(NodeError::NoLists(path.clone()));
                }
                for (dataset, version) in lists {
                    stored::for_each(&folder, &dataset, &version, |entity| reader.add(&entity, &dataset, &canonical))?;
                    sources.push(dataset);
                }
            }
            Source::Files(own) => from_files.extend(own.iter().cloned()),
        }
        if !from_files.is_empty() {
            for reading in mihenk_lists::read_files(&from_files)? {
                reading.entities.iter().for_each(|entity| reader.add(entity, &reading.dataset, &canonical));
                let grave = reading.findings.iter().filter(|finding| finding.severity > Severity::Low);
                warnings.extend(grave.map(ToString::to_string));
                sources.push(reading.dataset);
            }
        }
        Ok(Holdings { network: reader.finish(), sources, warnings })
    }

    /// What could not be read of the files.
    #[must_use]
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// Answers a question.
    ///
    /// # Errors
    /// When nobody, or more than one, is meant; or a regime or a change is not understood.
    pub fn standing(&self, question: &Question) -> Result<Standing, NodeError> {
        let rules = Rule::named(&question.regimes)?;
        let mut assumed = self.network.clone();
        assumed.assume(&question.changes)?;
        let before = (!question.changes.is_empty()).then_some(&self.network);
        let no = assumed.one(&question.entity)?;
        let changes: Vec<String> = question.changes.iter().map(ToString::to_string).collect();
        Ok(told::standing(&assumed, before, &rules, question.day, no, (&self.sources, changes)))
    }
}
