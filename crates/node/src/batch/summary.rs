//! What became of a file of records: counts, hits by list and by probability, and where records could not be read.
//!
//! In come answers in the order of the file, out comes a [`Summary`], the same whatever the number of threads and however often
//! the run was interrupted; [`Report`] is the form in which it is kept. Memory is bounded: of a million records that could not
//! be read, the first thousand have their places here, and all of them in the answers.

use std::collections::{BTreeMap, btree_map::Entry};

use mihenk_said::Said;
use mihenk_screening::screener::Options;
use serde::{Deserialize, Serialize};

use super::{Answered, Outcome};
use crate::{error::NodeError, node::Node};

/// Records that could not be read and are named.
const UNREAD_NAMED: usize = 1_000;
/// The least probabilities of the bands, in millionths.
const BANDS: [u32; 5] = [900_000, 500_000, 100_000, 10_000, 0];

/// What became of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Records read.
    pub records: u64,
    /// Records with at least one match.
    pub matched: u64,
    /// Records with a hit below the threshold only.
    pub possible: u64,
    /// Records that could not be asked.
    pub errors: u64,
    /// All hits.
    pub hits: u64,
    /// Hits by the dataset of the listed entity; one that is in several counts for each.
    pub hits_by_list: BTreeMap<String, u64>,
    /// Hits by their probability, as [`Report`] names the bands.
    bands: [u64; BANDS.len()],
    /// The first records that could not be asked.
    pub unread: Vec<Unread>,
    /// What was noticed.
    pub noticed: Noticed,
    /// Columns that were not understood.
    pub unknown_columns: Vec<String>,
    /// The datasets of entities that were met.
    #[serde(skip)]
    datasets: BTreeMap<u32, Vec<String>>,
}

/// A record that could not be asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// Where it stands: `line 7`, `row 7`.
    pub place: String,
    /// What is wrong with it.
    pub what: String,
}

impl Summary {
    pub(super) fn count(&mut self, one: Answered, node: &Node) -> Result<(), NodeError> {
        self.records += 1;
        self.noticed.add(&one.place, one.unknown, &one.warnings);
        match one.outcome {
            Outcome::Match => self.matched += 1,
            Outcome::Possible => self.possible += 1,
            Outcome::Nothing => {}
            Outcome::Error(what) => {
                self.errors += 1;
                if self.unread.len() < UNREAD_NAMED {
                    self.unread.push(Unread { place: one.place, what });
                }
            }
        }
        for (entity, probability) in one.hits {
            self.hits += 1;
            // The last band begins at nothing.
            let band = BANDS.iter().position(|&from| probability >= from).unwrap_or(BANDS.len() - 1);
            self.bands[band] += 1;
            self.count_lists(entity, node)?;
        }
        Ok(())
    }

    fn count_lists(&mut self, entity: u32, node: &Node) -> Result<(), NodeError> {
        let datasets = match self.datasets.entry(entity) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(node.profile(entity)?.entity.datasets),
        };
        for dataset in datasets {
            match self.hits_by_list.get_mut(dataset) {
                Some(count) => *count += 1,
                None => drop(self.hits_by_list.insert(dataset.clone(), 1)),
            }
        }
        Ok(())
    }
}

/// A summary as it is kept, with what it rests on.
#[derive(Debug, Serialize)]
pub struct Report<'a> {
    input: &'a str,
    queries: u64,
    with_a_match: u64,
    with_a_possible_hit: u64,
    without_a_hit: u64,
    could_not_be_asked: u64,
    with_a_value_left_out: u64,
    hits: u64,
    hits_by_list: &'a BTreeMap<String, u64>,
    hits_by_probability: Vec<Band>,
    unread: &'a [Unread],
    unread_beyond: u64,
    unknown_columns: &'a [String],
    threshold: f64,
    cutoff: f64,
    base_rate: String,
    model: String,
    lists: Vec<ListOf<'a>>,
}

#[derive(Debug, Serialize)]
struct Band {
    from: f64,
    hits: u64,
}

#[derive(Debug, Serialize)]
struct ListOf<'a> {
    dataset: &'a str,
    title: &'a str,
    version: &'a str,
    published: Option<&'a str>,
}

impl<'a> Report<'a> {
    /// Puts a summary of a file into its form.
    #[must_use]
    pub fn new(input: &'a str, summary: &'a Summary, node: &'a Node, options: &Options) -> Report<'a> {
        let bands = BANDS.iter().zip(summary.bands);
        let lists = node.lists().iter().map(|list| ListOf {
            dataset: &list.dataset,
            title: &list.title,
            version: &list.version,
            published: list.published.as_deref(),
        });
        Report {
            input,
            queries: summary.records,
            with_a_match: summary.matched,
            with_a_possible_hit: summary.possible,
            without_a_hit: summary.records - summary.matched - summary.possible - summary.errors,
            could_not_be_asked: summary.errors,
            with_a_value_left_out: summary.noticed.warned,
            hits: summary.hits,
            hits_by_list: &summary.hits_by_list,
            hits_by_probability: bands.map(|(&from, hits)| Band { from: crate::answer::share(from), hits }).collect(),
            unread: &summary.unread,
            unread_beyond: summary.errors - summary.unread.len() as u64,
            unknown_columns: &summary.unknown_columns,
            threshold: options.threshold.as_f64(),
            cutoff: options.cutoff.as_f64(),
            base_rate: options.base_rate.to_string(),
            model: node.model().short_id(),
            lists: lists.collect(),
        }
    }
}

impl Summary {
    /// Hits by their probability: the least of each band, and how many.
    pub fn bands(&self) -> impl Iterator<Item = (f64, u64)> + '_ {
        BANDS.iter().zip(self.bands).map(|(&from, hits)| (crate::answer::share(from), hits))
    }
}

/// Counts what was noticed over a whole file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noticed {
    /// Properties that a query's schema does not have, and how often.
    pub unknown: BTreeMap<String, u64>,
    /// Records of which a value could not be read.
    pub warned: u64,
    /// The first few of these warnings, with their place.
    pub first_warnings: Vec<String>,
}

impl Noticed {
    /// Takes note of what a query of that line had.
    pub(crate) fn add(&mut self, place: &str, unknown: Vec<String>, warnings: &[Said]) {
        const FIRST_WARNINGS: usize = 5;
        for property in unknown {
            *self.unknown.entry(property).or_default() += 1;
        }
        if let Some(first) = warnings.first() {
            self.warned += 1;
            if self.first_warnings.len() < FIRST_WARNINGS {
                self.first_warnings.push(format!("{place}: {first}"));
            }
        }
    }
}
