//! Who may be one: proposals for a person, with their evidence, kept beside the index until it changes.
//!
//! In comes a data folder, out come [`Proposals`], best first: pairs whose evidence makes a match, and pairs that a rule would have joined
//! but for what speaks against. Each side is shown as the lists have it, so that a person can hold the two against one another.
//! To find them every entity is screened against all others, which takes a while; so what was found is kept, and
//! [`kept`] says how many are open without looking for any.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use mihenk_entities::IdentifierKind;
use mihenk_screening::{
    candidates::Scratch,
    merging::proposals::{BASE_RATE, Proposal as Found, Proposer, ranked},
    model::calibration::{BaseRate, Score},
    record::Record,
    screener::{Options, Screener},
};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{decisions::Decisions, merges::Blocked};
use crate::{
    Model, Node, Source,
    answer::{lines, share},
    assembly,
    error::NodeError,
    folder::{Folder, json, write_whole},
    lists,
    node::{index_name, index_place},
    records::{Profile, for_index},
};

/// Which proposals are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wanted {
    /// The score from which on two are proposed.
    pub threshold: f64,
    /// How many of those on one list are on another one: one in so many.
    pub base_rate: u32,
}

impl Default for Wanted {
    fn default() -> Wanted {
        Wanted { threshold: Score::THRESHOLD.as_f64(), base_rate: BASE_RATE.one_in }
    }
}

/// Proposals, with what they rest on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proposals {
    /// What was wanted.
    #[serde(flatten)]
    pub wanted: Wanted,
    /// The model that weighed them.
    pub model: String,
    /// The lists and versions.
    pub lists: BTreeMap<String, String>,
    /// The pairs, best first.
    pub proposals: Vec<Proposal>,
}

/// Two entities that may be one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// The one that was screened.
    pub a: Side,
    /// The one that was found.
    pub b: Side,
    /// The evidence, from 0 to 1; 0 where the kinds exclude one another.
    pub score: f64,
    /// How likely they are one, at the base rate.
    pub probability: f64,
    /// The evidence in bits.
    pub bits: f64,
    /// What they share that would join them by itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shares: Vec<String>,
    /// Why it does not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub against: Vec<String>,
    /// The evidence, line by line, as in an answer.
    pub explanation: Vec<Value>,
}

/// One of two entities, as the lists have it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Side {
    /// The id under which it is screened.
    pub id: String,
    /// Its other ids.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub referents: Vec<String>,
    /// What it is called.
    pub caption: String,
    /// What it is.
    pub schema: String,
    /// Facts to hold against one another: what it is and the values.
    pub facts: Vec<(String, Vec<String>)>,
}

/// Finds proposals, or takes those that were found for these lists, decisions and this model.
///
/// # Errors
/// When there are no lists, or files cannot be read.
pub fn proposals(path: &Path, model: Model, wanted: Wanted) -> Result<Proposals, NodeError> {
    let folder = Folder::new(path.to_owned());
    let place = place(&folder, &model)?;
    if let Some(kept) = read(&place).filter(|kept| kept.wanted == wanted) {
        return Ok(kept);
    }
    let node = Node::open(&Source::Folder(path.to_owned()), model)?;
    let found = find(&folder, &node, wanted)?;
    // They are found again where they cannot be kept, and while somebody else changes the folder.
    if let Ok(_lock) = folder.lock()
        && self::place(&folder, node.model()).is_ok_and(|now| now == place)
    {
        let _ = write_whole(&place, &json(&found));
    }
    Ok(found)
}

/// How many proposals are open, if they were looked for since lists or decisions changed.
#[must_use]
pub fn kept(folder: &Folder, model: &Model) -> Option<usize> {
    Some(read(&place(folder, model).ok()?)?.proposals.len())
}

fn read(place: &Path) -> Option<Proposals> {
    serde_json::from_slice(&fs::read(place).ok()?).ok()
}

fn place(folder: &Folder, model: &Model) -> Result<PathBuf, NodeError> {
    let id = lists::id(folder, &folder.current()?, &Decisions::read(folder)?)?;
    Ok(index_place(folder).join(format!("{}.proposals", index_name(id, model))))
}

/// Entities by their ids, and the lists that have them.
struct Entities {
    numbers: BTreeMap<String, u32>,
    lists: Vec<Vec<u32>>,
}

impl Entities {
    fn new(folder: &Folder, node: &Node) -> Result<Entities, NodeError> {
        let index = node.screener().index;
        let mut numbers: BTreeMap<String, u32> =
            (0..index.entity_count() as u32).map(|number| (index.entity(number).id().to_owned(), number)).collect();
        for merged in &node.lookup().merges().merged {
            if let Some(&number) = numbers.get(&merged.id) {
                numbers.extend(merged.ids.iter().map(|id| (id.clone(), number)));
            }
        }
        let mut lists = vec![Vec::new(); index.entity_count()];
        for (list, about) in (0..).zip(node.lists()) {
            for id in assembly::screened(folder, &about.dataset, &about.version)? {
                if let Some(&number) = numbers.get(&id) {
                    lists[number as usize].push(list);
                }
            }
        }
        Ok(Entities { numbers, lists })
    }

    fn pair(&self, a: &str, b: &str) -> Option<(u32, u32)> {
        let (a, b) = (*self.numbers.get(a)?, *self.numbers.get(b)?);
        Some((a.min(b), a.max(b)))
    }

    fn are_of_one_list(&self, a: u32, b: u32) -> bool {
        let of_other = &self.lists[b as usize];
        self.lists[a as usize].iter().any(|list| of_other.contains(list))
    }
}

fn find(folder: &Folder, node: &Node, wanted: Wanted) -> Result<Proposals, NodeError> {
    let entities = Entities::new(folder, node)?;
    let decisions = Decisions::read(folder)?;
    let decided: std::collections::BTreeSet<(u32, u32)> =
        decisions.that_hold().into_keys().filter_map(|(a, b)| entities.pair(a, b)).collect();
    let threshold = Score::of(wanted.threshold);
    let base_rate = BaseRate { one_in: wanted.base_rate };
    let options = Options { cutoff: threshold.min(Score::CUTOFF), threshold, base_rate, ..Options::default() };
    let proposer = Proposer {
        screener: node.screener(),
        options,
        of_one_list: &|a, b| entities.are_of_one_list(a, b),
        is_decided: &|a, b| decided.contains(&(a.min(b), a.max(b))),
    };
    let each = |scratch: &mut Scratch, number: u32| -> Result<Vec<Found>, NodeError> {
        Ok(proposer.propose(number, &record(node, number)?, scratch))
    };
    let numbers = 0..node.entity_count() as u32;
    let found = numbers.into_par_iter().map_init(Scratch::default, each).collect::<Result<Vec<_>, NodeError>>()?;
    let mut blocked: BTreeMap<(u32, u32), &Blocked> = BTreeMap::new();
    for link in &node.lookup().merges().blocked {
        blocked.extend(entities.pair(&link.a, &link.b).filter(|pair| !decided.contains(pair)).map(|pair| (pair, link)));
    }
    let mut proposals = Vec::new();
    for found in ranked(found.into_iter().flatten().collect()) {
        let pair = (found.asked.min(found.hit.entity), found.asked.max(found.hit.entity));
        proposals.push(told(node, &found, blocked.remove(&pair))?);
    }
    let mut rest = Vec::new();
    for ((a, b), link) in blocked {
        rest.push(match weighed(node.screener(), &record(node, a)?, (a, b), base_rate) {
            Some(found) => told(node, &found, Some(link))?,
            None => untold(node, (a, b), link)?,
        });
    }
    rest.sort_by(|a, b| b.bits.total_cmp(&a.bits).then_with(|| a.a.id.cmp(&b.a.id)).then_with(|| a.b.id.cmp(&b.b.id)));
    proposals.extend(rest);
    let lists = node.lists().iter().map(|list| (list.dataset.clone(), list.version.clone())).collect();
    Ok(Proposals { wanted, model: node.model().short_id(), lists, proposals })
}

/// What screening reads of an entity of the index.
pub(crate) fn record(node: &Node, number: u32) -> Result<Record, NodeError> {
    Ok(Record::of(&for_index(&node.profile(number)?)))
}

/// The evidence that two are one, however little it is; none where their kinds exclude one another, or where they have nothing
/// in common.
pub(crate) fn weighed(screener: Screener, record: &Record, (a, b): (u32, u32), base_rate: BaseRate) -> Option<Found> {
    let options = Options { limit: 1_000, cutoff: Score(1), base_rate, ..Options::default() };
    let hits = screener.screen(record, &options, &mut Scratch::default());
    let hit = hits.into_iter().find(|hit| hit.entity == b)?;
    Some(Found { asked: a, explanation: screener.explain(record, &hit), hit })
}

fn told(node: &Node, found: &Found, blocked: Option<&Blocked>) -> Result<Proposal, NodeError> {
    Ok(Proposal {
        a: side(node, found.asked)?,
        b: side(node, found.hit.entity)?,
        score: found.hit.score.as_f64(),
        probability: share(found.hit.probability),
        bits: found.hit.bits.as_f64(),
        shares: blocked.map_or_else(Vec::new, |link| link.shares.clone()),
        against: blocked.map_or_else(Vec::new, |link| link.against.clone()),
        // Texts and numbers only: JSON can always write them.
        explanation: lines(&found.explanation).iter().filter_map(|line| serde_json::to_value(line).ok()).collect(),
    })
}

fn untold(node: &Node, (a, b): (u32, u32), link: &Blocked) -> Result<Proposal, NodeError> {
    Ok(Proposal {
        a: side(node, a)?,
        b: side(node, b)?,
        score: 0.0,
        probability: 0.0,
        bits: 0.0,
        shares: link.shares.clone(),
        against: link.against.clone(),
        explanation: Vec::new(),
    })
}

fn side(node: &Node, number: u32) -> Result<Side, NodeError> {
    let profile = node.profile(number)?;
    let entity = &profile.entity;
    Ok(Side {
        id: entity.id.to_string(),
        referents: node.referents(entity.id.as_str()),
        caption: entity.caption().to_owned(),
        schema: entity.schema.name().to_owned(),
        facts: facts(&profile),
    })
}

/// What a person holds against one another, in the order in which it tells most.
fn facts(profile: &Profile) -> Vec<(String, Vec<String>)> {
    let entity = for_index(profile);
    let of = |properties: &[&str]| -> Vec<String> {
        properties.iter().flat_map(|property| entity.values(property)).cloned().collect()
    };
    let numbers = entity.properties.iter().filter(|(property, _)| IdentifierKind::of_property(property).is_some());
    let numbers = numbers.flat_map(|(property, values)| {
        let label = IdentifierKind::of_property(property).map_or("number", IdentifierKind::label);
        values.iter().map(move |value| format!("{value} ({label})"))
    });
    let listings = profile.listings().map(|listing| {
        let reference = listing.reference.map_or_else(String::new, |reference| format!(" {reference}"));
        let since = listing.listed_on.map_or_else(String::new, |day| format!(" since {day}"));
        format!("{}{reference}{since}", listing.short)
    });
    let all = [
        ("names", of(&["name", "alias", "previousName", "weakAlias", "abbreviation"])),
        ("born", of(&["birthDate", "incorporationDate"])),
        ("birth place", of(&["birthPlace"])),
        ("gender", of(&["gender"])),
        ("countries", profile.countries().into_iter().map(str::to_owned).collect()),
        ("numbers", numbers.collect()),
        ("addresses", of(&["address"])),
        ("listed", listings.collect()),
        ("notes", of(&["notes"])),
    ];
    all.into_iter().filter(|(_, values)| !values.is_empty()).map(|(name, values)| (name.to_owned(), values)).collect()
}
