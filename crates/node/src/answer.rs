//! Gives results their form: what scripts read and what reports are made from.
//!
//! In comes a query and a node, out comes an [`Answer`]: the hits with id, caption, schema, score, match, probability, bits
//! and explanation, as `screen --batch` writes them. Numbers are rounded once, here: score to four decimals, probability to
//! six, bits to two; the same on every machine.

use mihenk_said::Said;
use mihenk_screening::{
    bits::Bits,
    candidates::Scratch,
    explanation::{Explanation, Line},
    screener::{Hit, Options, Screener},
};
use serde::{Serialize, ser::SerializeStruct};

use crate::{
    lists::ListAbout,
    node::Node,
    query::{Id, Query},
    records::Listing,
};

/// The answer to one query.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    /// The query's id.
    pub id: Id,
    /// The hits, best first.
    pub results: Vec<Found>,
    /// Values of the query that could not be read and were left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Said>,
    /// Why no results are no answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Said>,
}

/// An answer that stands alone, with what it rests on.
#[derive(Debug, Serialize)]
pub struct Signed<'a> {
    #[serde(flatten)]
    answer: &'a Answer,
    base_rate: String,
    model: String,
    lists: Vec<ListVersion<'a>>,
}

/// A list as an answer names it.
#[derive(Debug, Serialize)]
struct ListVersion<'a> {
    dataset: &'a str,
    version: &'a str,
    published: Option<&'a str>,
}

impl<'a> Signed<'a> {
    /// Names the lists, the model and the base rate of an answer.
    #[must_use]
    pub fn new(node: &'a Node, answer: &'a Answer, options: &Options) -> Signed<'a> {
        let list = |l: &'a ListAbout| ListVersion {
            dataset: &l.dataset,
            version: &l.version,
            published: l.published.as_deref(),
        };
        Signed {
            answer,
            base_rate: options.base_rate.to_string(),
            model: node.model().short_id(),
            lists: node.lists().iter().map(list).collect(),
        }
    }
}

/// A listed entity that the query may be.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its number in the index.
    pub entity: u32,
    /// Its id.
    pub id: String,
    /// Its other ids, if it is on several lists.
    pub referents: Vec<String>,
    /// Its entries on lists, where they are asked for.
    pub listings: Vec<Listing>,
    /// Its caption.
    pub caption: String,
    /// Its schema.
    pub schema: &'static str,
    /// The weighed hit.
    pub hit: Hit,
    /// The evidence in words.
    pub explanation: Explanation,
    /// The lists whose publisher has it no more, and which keep it until a person has looked.
    pub removal_waits: Vec<String>,
}

impl Node {
    /// Screens a query, and marks whom a list has only because their removal waits.
    #[must_use]
    pub fn answer(&self, query: &Query, options: &Options, scratch: &mut Scratch) -> Answer {
        let mut answer = answer(&self.screener(), query, options, scratch);
        for found in &mut answer.results {
            found.removal_waits = self.removal_waits(&found.id);
            found.referents = self.referents(&found.id);
        }
        answer
    }

    /// Adds to each hit its entries on lists: who lists it, under which reference, since when, under which programmes. One that
    /// cannot be read has none.
    pub fn add_listings(&self, answer: &mut Answer) {
        for found in &mut answer.results {
            found.listings = self.profile(found.entity).map_or_else(|_| Vec::new(), |p| p.listings().collect());
        }
    }
}

/// Screens a query.
#[must_use]
pub fn answer(screener: &Screener, query: &Query, options: &Options, scratch: &mut Scratch) -> Answer {
    let hits = screener.screen(&query.record, options, scratch);
    let results: Vec<Found> = hits.into_iter().map(|hit| found(screener, query, hit)).collect();
    let error = if results.is_empty() { query.names_nobody() } else { None };
    Answer { id: query.id.clone(), results, warnings: query.warnings.clone(), error }
}

fn found(screener: &Screener, query: &Query, hit: Hit) -> Found {
    let view = screener.index.entity(hit.entity);
    Found {
        entity: hit.entity,
        id: view.id().to_owned(),
        caption: view.caption().to_owned(),
        schema: view.schema().name(),
        explanation: screener.explain(&query.record, &hit),
        removal_waits: Vec::new(),
        referents: Vec::new(),
        listings: Vec::new(),
        hit,
    }
}

/// Millionths as a number from 0 to 1.
#[must_use]
pub fn share(millionths: u32) -> f64 {
    f64::from(millionths) / 1_000_000.0
}

impl Serialize for Found {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Found", 11)?;
        out.serialize_field("id", &self.id)?;
        out.serialize_field("caption", &self.caption)?;
        out.serialize_field("schema", self.schema)?;
        out.serialize_field("score", &self.hit.score.as_f64())?;
        out.serialize_field("match", &self.hit.is_match)?;
        out.serialize_field("probability", &share(self.hit.probability))?;
        out.serialize_field("bits", &self.hit.bits.as_f64())?;
        out.serialize_field("explanation", &lines(&self.explanation))?;
        if !self.referents.is_empty() {
            out.serialize_field("referents", &self.referents)?;
        }
        if !self.listings.is_empty() {
            out.serialize_field("listings", &self.listings)?;
        }
        if !self.removal_waits.is_empty() {
            out.serialize_field("removal_waits", &self.removal_waits)?;
        }
        out.end()
    }
}

/// The lines of an explanation as scripts read them.
#[must_use]
pub fn lines(explanation: &Explanation) -> Vec<LineOut<'_>> {
    explanation.lines.iter().map(LineOut).collect()
}

/// One line of a waterfall as JSON.
#[derive(Clone, Debug)]
pub struct LineOut<'a>(&'a Line);

impl Serialize for LineOut<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let line = self.0;
        let mut out = serializer.serialize_struct("Line", 5)?;
        out.serialize_field("feature", line.feature)?;
        out.serialize_field("bits", &line.bits.as_f64())?;
        out.serialize_field("text", &line.text)?;
        if let Some(asked) = &line.asked {
            out.serialize_field("asked", asked)?;
        }
        if let Some(listed) = &line.listed {
            out.serialize_field("listed", listed)?;
        }
        out.end()
    }
}

/// The bits of all lines; equal to the bits of the hit.
#[must_use]
pub fn sum(explanation: &Explanation) -> Bits {
    explanation.total()
}
