//! Who is meant by a name or an id.
//!
//! An id means whoever has it. A name means the one subject that is called so; else the best hit of screening, if it is a match. What a name was taken for is always said,
//! and so are others that it may mean. A name that several bear is nobody's: guessing would tie the wrong one.

use mihenk_ledger::networks::Subject;
use mihenk_names::tokenize;
use mihenk_screening::{
    candidates::Scratch,
    model::calibration::{BaseRate, Score},
    screener::Options,
};
use rayon::prelude::*;
use serde::Serialize;

use super::gather::Gathered;
use crate::{Entity, EntityId, Schema, error::NodeError, query::Query};

/// The score from which on a hit is a match, as everywhere.
const THRESHOLD: f64 = 0.70;
/// Others that are named.
const OTHERS: usize = 4;

/// Somebody who was asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Taken {
    /// As it was asked.
    pub asked: String,
    /// The id of whom it was taken for.
    pub id: String,
    /// What that one is called.
    pub name: String,
    /// By what.
    #[serde(flatten)]
    pub by: By,
    /// Others that it may mean, the likeliest first: names and ids.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<(String, String)>,
}

/// By what a subject was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "by")]
pub enum By {
    /// Its id.
    Id,
    /// It alone is called so.
    Name,
    /// Screening finds it.
    Screening {
        /// In ten-thousandths.
        #[serde(skip)]
        score: u32,
        /// The score for JSON: four decimals.
        #[serde(rename = "score")]
        shown: String,
    },
}

/// Finds who is meant.
///
/// # Errors
/// When nobody is, or it cannot be said who.
pub(super) fn find(gathered: &Gathered<'_>, asked: &str) -> Result<Taken, NodeError> {
    let network = &gathered.network;
    let id = gathered.places.canonical(asked);
    if gathered.victims.contains(id) {
        return Err(victim(asked));
    }
    let taken = |id: &str, name: &str, by: By, others: Vec<(String, String)>| Taken {
        asked: asked.to_owned(),
        id: id.to_owned(),
        name: name.to_owned(),
        by,
        others,
    };
    let in_capitals = asked.to_ascii_uppercase();
    if let Some(number) = network.find(id).or_else(|| network.find(&in_capitals)) {
        let subject = network.subject(number);
        return Ok(taken(&subject.id, &subject.name, By::Id, Vec::new()));
    }
    match called(gathered, asked)[..] {
        [subject] => return Ok(taken(&subject.id, &subject.name, By::Name, Vec::new())),
        [] => {}
        ref several => {
            let named = several.iter().take(8).map(|subject| format!("{} ({})", subject.id, subject.what));
            return Err(NodeError::Act(format!(
                "'{asked}' is the name of {} subjects: {}; give the id of one",
                several.len(),
                named.collect::<Vec<_>>().join(", ")
            )));
        }
    }
    let hits = screened(gathered, asked)?;
    let Some((score, id, name)) = hits.first() else {
        return Err(NodeError::Act(format!(
            "'{asked}' is no id and no name that is known here; look with 'mihenk screen' for how the lists write it"
        )));
    };
    if gathered.victims.contains(id) {
        return Err(victim(asked));
    }
    if *score < Score::of(THRESHOLD) {
        return Err(NodeError::Act(format!(
            "'{asked}' is no id and no name that is known here; the nearest is {name} ({id}) with a score of {}, which is no match: give the id if it is meant",
            shown(*score)
        )));
    }
    let by = By::Screening { score: u32::from(score.0), shown: shown(*score) };
    let others = hits[1..].iter().filter(|hit| hit.0 >= Score::of(THRESHOLD)).take(OTHERS);
    Ok(taken(id, name, by, others.map(|(_, id, name)| (name.clone(), id.clone())).collect()))
}

fn victim(asked: &str) -> NodeError {
    NodeError::Act(format!("'{asked}' is recorded as a victim; networks of suspects are not asked about victims"))
}

fn shown(score: Score) -> String {
    format!("{:.2}", score.as_f64())
}

/// Subjects that are called so, whatever the case, the script and the signs between words.
fn called<'g>(gathered: &'g Gathered<'_>, asked: &str) -> Vec<&'g Subject> {
    let words = |text: &str| tokenize(text).into_iter().map(|token| token.form).collect::<Vec<_>>();
    let wanted = words(asked);
    if wanted.is_empty() {
        return Vec::new();
    }
    let all = (0..gathered.network.len() as u32).into_par_iter().map(|number| gathered.network.subject(number));
    all.filter(|subject| words(&subject.name) == wanted).collect()
}

/// The best hits of screening in lists and files that are in the network: score, id, name, the best first.
fn screened(gathered: &Gathered<'_>, asked: &str) -> Result<Vec<(Score, String, String)>, NodeError> {
    let mut entity = Entity::new(
        EntityId::new("query").map_err(|e| NodeError::Act(e.to_string()))?,
        Schema::named("Thing").ok_or_else(|| NodeError::Act("there is no schema Thing".to_owned()))?,
    );
    entity.add("name", asked);
    let Ok(query) = Query::of(entity) else { return Ok(Vec::new()) };
    let options =
        Options { limit: 10, cutoff: Score::of(0.4), threshold: Score::of(THRESHOLD), base_rate: BaseRate::SCREENING };
    let mut hits = Vec::new();
    for node in gathered.places.nodes() {
        for found in node.answer(&query, &options, &mut Scratch::default()).results {
            hits.push((found.hit.score, found.id, found.caption));
        }
    }
    hits.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    hits.dedup_by(|a, b| a.1 == b.1);
    Ok(hits)
}
