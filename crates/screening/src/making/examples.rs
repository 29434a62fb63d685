//! Judged queries, and the rows for the fit that come of them.
//!
//! A [`Judged`] query says what was asked and which entities it is, if any. It is screened with the model as it stands; its
//! right candidates become rows that are the same, the best candidates of a query that is nobody become rows that are not.
//! Other candidates of a query that is somebody are left out: they may be the same person under another listing.

use rayon::prelude::*;
use serde_json::Value;

use mihenk_entities::{Entity, EntityError};

use super::{FOLDS, NOBODY_WEIGHT};
use crate::{
    candidates::Scratch,
    fit::Row,
    index::Index,
    model::{Model, calibration::Score},
    rarity::{Aspect, key},
    record::Record,
    screener::{Hit, Options, Screener},
};

/// A query with the right answer.
#[derive(Clone, Debug)]
pub struct Judged {
    /// What is asked.
    pub query: Entity,
    /// The ids of the entities it is; none if it is nobody.
    pub expected: Vec<String>,
    /// What kind of query it is, for reports.
    pub category: String,
    /// Whether it counts as a false hit when it is found; a name shared with a listed person is a fair question to ask.
    pub counts: bool,
}

impl Judged {
    /// Reads one line of a file of judged queries: a query in yente's form with `expected`, `label`, `category`, `soft`.
    ///
    /// # Errors
    /// [`EntityError`] names the field.
    pub fn from_json(line: &str) -> Result<Judged, EntityError> {
        let value: Value = serde_json::from_str(line).map_err(|e| EntityError::Json(e.to_string()))?;
        let texts = |name: &str| -> Vec<String> {
            let list = value.get(name).and_then(Value::as_array);
            list.into_iter().flatten().filter_map(|v| v.as_str().map(str::to_owned)).collect()
        };
        let category = value.get("category").and_then(Value::as_str).unwrap_or("").to_owned();
        let counts = !value.get("soft").and_then(Value::as_bool).unwrap_or(false);
        let expected = texts("expected");
        Ok(Judged { query: Entity::from_value(value)?, expected, category, counts })
    }

    /// Whether it is somebody on the list.
    #[must_use]
    pub fn is_listed(&self) -> bool {
        !self.expected.is_empty()
    }

    /// What must not be torn apart by cross-validation: the entity asked for, or the name of nobody.
    fn group(&self) -> &str {
        self.expected.iter().min().map_or_else(|| self.query.caption(), String::as_str)
    }
}

/// A judged query that was screened.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// The query.
    pub judged: &'a Judged,
    /// Its candidates, best first by the model without fit, and whether each is right.
    pub candidates: Vec<(Hit, bool)>,
    /// The part it is in.
    pub fold: usize,
}

/// Candidates kept of a query.
const CANDIDATES_MAX: usize = 30;
/// Wrong candidates of a query that become rows.
const WRONG_MAX: usize = 6;

/// Screens judged queries, in parallel; the order stays.
#[must_use]
pub fn screen<'a>(judged: &'a [Judged], index: &Index, model: &Model) -> Vec<Asked<'a>> {
    let screener = Screener { index, model };
    let options = Options { limit: CANDIDATES_MAX, cutoff: Score(750), ..Options::default() };
    judged
        .par_iter()
        .map_init(Scratch::default, |scratch, judged| {
            let hits = screener.screen(&Record::of(&judged.query), &options, scratch);
            let right = |hit: &Hit| judged.expected.iter().any(|id| id == index.entity(hit.entity).id());
            let candidates = hits.into_iter().map(|hit| (right(&hit), hit)).map(|(right, hit)| (hit, right)).collect();
            let fold = (key(Aspect::Form, judged.group().as_bytes()) >> 40) as usize % FOLDS;
            Asked { judged, candidates, fold }
        })
        .collect()
}

/// The rows of one query. A shared number is proof outside the sum and teaches nothing about it.
pub fn rows<'a>(asked: &'a Asked) -> impl Iterator<Item = Row> + 'a {
    let listed = asked.judged.is_listed();
    let taken = if listed { CANDIDATES_MAX } else { WRONG_MAX };
    let mined = asked.judged.category.starts_with("mined");
    let weight = if mined {
        NOBODY_WEIGHT
    } else if asked.judged.counts {
        1.0
    } else {
        0.5
    };
    asked
        .candidates
        .iter()
        .filter(move |(hit, right)| hit.basis.identifier.is_none() && *right == listed)
        .take(taken)
        .map(move |(hit, _)| Row { amounts: hit.basis.amounts, same: listed, weight })
}
