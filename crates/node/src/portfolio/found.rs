//! Customers held against listed entities: what is found, in the form in which the ledger takes it.
//!
//! In come a customer's parties and an index, of all lists or of a few entities of them; out come [`Finding`]s, one for each
//! party and entity that reach the portfolio's threshold, however many there are: what is found of one entity depends on no other one, so
//! a part of the lists gives that part of the answer. Its hash covers everything that a person is shown and what it rests on.

use std::collections::BTreeMap;

use mihenk_entities::{Entity, EntityId, Schema};
use mihenk_ledger::{
    LedgerError,
    alerts::{AlertKind, Basis, Found, Listing, Observation},
    customers::{self, Against, Contents, CustomerId, Hit, Party},
};
use mihenk_lists::SOURCES;
use mihenk_screening::{
    candidates::Scratch,
    index::{Index, file, hex},
    model::calibration::{BaseRate, Score},
    record::Record,
    screener::{self, Options, Screener},
};
use mihenk_store::Query;
use serde_json::json;

use crate::{answer, desk::Desk, error::NodeError, node::Node, pool::Pool, records::Profile};

/// Every hit from a threshold on, however many.
fn options(threshold: Score) -> Options {
    Options { limit: usize::MAX, cutoff: threshold, threshold, base_rate: BaseRate::SCREENING }
}

/// From which score on a hit is kept, by portfolio.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Thresholds(BTreeMap<String, i64>);

impl Thresholds {
    /// As they are at a desk.
    pub(super) fn at(desk: &Desk) -> Result<Thresholds, NodeError> {
        desk.read(|reading| Thresholds::read(reading))
    }

    /// As they are within an act.
    pub(super) fn read(query: &mut impl Query) -> Result<Thresholds, LedgerError> {
        customers::thresholds(query).map(Thresholds)
    }

    /// That of a portfolio.
    pub(super) fn of(&self, portfolio: &str) -> Score {
        self.0.get(portfolio).map_or(Score::THRESHOLD, |own| score(*own))
    }

    /// The lowest of all.
    pub(super) fn lowest(&self) -> Score {
        self.0.values().map(|own| score(*own)).fold(Score::THRESHOLD, Score::min)
    }
}

/// A score as it is kept.
pub(super) fn score(ten_thousandths: i64) -> Score {
    u16::try_from(ten_thousandths).map_or(Score::THRESHOLD, Score)
}

/// Something that was found of a customer.
#[derive(Clone, Debug)]
pub(super) struct Finding {
    /// As it is kept.
    pub(super) hit: Hit,
    /// All of it; `None` when it is kept from before and was not looked at again.
    pub(super) observation: Option<Observation>,
}

/// An index to hold customers against, with what the node knows of its entities.
pub(super) struct Screens<'a> {
    node: &'a Node,
    index: &'a Index,
    /// The numbers that the entities have in the node, when the index is of a part of them.
    numbers: Option<&'a [u32]>,
    against: &'a Against,
    pool: Pool<Scratch>,
}

/// What a node's lists and model are, for the ledger.
pub(super) fn against(node: &Node) -> Against {
    let lists = node.lists().iter().map(|list| (list.dataset.clone(), list.version.clone())).collect();
    Against {
        lists_id: hex(&node.screener().index.lists_id()),
        lists,
        model: hex(&node.model().id()),
        reading: format!("{}-{:016x}", file::FORMAT, mihenk_entities::reading()),
        threshold: i64::from(Score::THRESHOLD.0),
    }
}

/// The party as an entity that is screened; none when its schema is not one.
pub(crate) fn entity_of(id: &str, party: &Party) -> Option<Entity> {
    let mut entity = Entity::new(EntityId::new(id).ok()?, Schema::named(&party.schema)?);
    for (property, values) in &party.properties {
        values.iter().for_each(|value| entity.add(property, value.clone()));
    }
    Some(entity)
}

impl<'a> Screens<'a> {
    /// Against all lists.
    pub(super) fn all(node: &'a Node, against: &'a Against) -> Screens<'a> {
        Screens { node, index: node.screener().index, numbers: None, against, pool: Pool::default() }
    }

    /// Against the entities of an index, which have these numbers in the node.
    pub(super) fn some(node: &'a Node, against: &'a Against, index: &'a Index, numbers: &'a [u32]) -> Screens<'a> {
        Screens { node, index, numbers: Some(numbers), against, pool: Pool::default() }
    }

    /// What is found of a customer, from a threshold on.
    pub(super) fn of(&self, contents: &Contents, threshold: Score) -> Result<Vec<Finding>, NodeError> {
        let (mut all, options) = (Vec::new(), options(threshold));
        for party in &contents.parties {
            let Some(entity) = entity_of("party", party) else { continue };
            let record = Record::of(&entity);
            let screener = Screener { index: self.index, model: self.node.model() };
            let hits = screener.screen(&record, &options, &mut self.pool.take());
            for hit in hits {
                all.push(self.finding(contents.exposure, party, &record, &screener, &hit)?);
            }
        }
        Ok(all)
    }

    fn finding(
        &self,
        exposure: i64,
        party: &Party,
        record: &Record,
        screener: &Screener<'_>,
        hit: &screener::Hit,
    ) -> Result<Finding, NodeError> {
        let number = match self.numbers {
            Some(numbers) => numbers.get(hit.entity as usize).copied().unwrap_or(hit.entity),
            None => hit.entity,
        };
        let profile = self.node.profile(number)?;
        let explanation = screener.explain(record, hit);
        let mut evidence = json!({ "lines": answer::lines(&explanation) });
        if !party.reference.is_empty() {
            evidence["party"] = json!({ "reference": party.reference, "role": party.role, "name": party.caption() });
        }
        let found = Found {
            score_ten_thousandths: i64::from(hit.score.0),
            probability_millionths: i64::from(hit.probability),
            bits_hundredths: i64::from(hit.bits.0),
            caption: profile.entity.caption().to_owned(),
            listings: self.listings(&profile),
            topics: topics(&profile),
            evidence,
        };
        let basis = Basis {
            lists: self.against.lists.clone(),
            model: self.against.model.clone(),
            customer: values(&party.schema, party.properties.iter()),
            listing: values(profile.entity.schema.name(), profile.entity.properties.iter()),
        };
        let entity = profile.entity.id.to_string();
        let kind = kind(&profile);
        let hit = Hit {
            party: party.reference.clone(),
            entity: entity.clone(),
            kind,
            score: found.score_ten_thousandths,
            probability: found.probability_millionths,
            bits: found.bits_hundredths,
            evidence: String::new(),
        };
        // Whose it is becomes known when it is written; its hash says nothing of that.
        let customer = CustomerId::at(1);
        let observation = Observation { customer, entity, kind, exposure, found: Some(found), basis };
        Ok(Finding { hit: Hit { evidence: observation.fingerprint(), ..hit }, observation: Some(observation) })
    }

    fn listings(&self, profile: &Profile) -> Vec<Listing> {
        let mut datasets: Vec<&String> = profile.entity.datasets.iter().collect();
        datasets.sort();
        datasets.dedup();
        let listing = |dataset: &String| {
            let mut entries = profile.related.iter().filter(|related| related.schema.name() == "Sanction");
            let reference = entries.find_map(|entry| {
                let id = entry.first("authorityId").or_else(|| entry.first("unscId"));
                id.filter(|_| entry.datasets.contains(dataset))
            });
            Listing {
                dataset: dataset.clone(),
                version: self.against.lists.get(dataset).cloned().unwrap_or_default(),
                reference: reference.unwrap_or_default().to_owned(),
            }
        };
        datasets.into_iter().map(listing).collect()
    }
}

/// What the ledger holds two observations against each other by: the schema and every property.
pub(super) fn values<'v>(
    schema: &str,
    properties: impl Iterator<Item = (&'v String, &'v Vec<String>)>,
) -> BTreeMap<String, Vec<String>> {
    let mut all: BTreeMap<String, Vec<String>> =
        properties.map(|(property, values)| (property.clone(), values.clone())).collect();
    all.insert("schema".to_owned(), vec![schema.to_owned()]);
    all
}

fn topics(profile: &Profile) -> Vec<String> {
    let mut topics = profile.entity.values("topics").to_vec();
    topics.sort();
    topics.dedup();
    topics
}

/// The gravest kind of list that an entity stands on: by its topics, or because an official list of sanctions has it.
fn kind(profile: &Profile) -> AlertKind {
    let is = |wanted: &[&str]| {
        let topics = profile.entity.values("topics").iter();
        topics.map(String::as_str).any(|topic| wanted.iter().any(|one| topic == *one || in_family(topic, one)))
    };
    let is_official = |dataset: &String| SOURCES.iter().any(|source| source.name == dataset);
    let is_named = profile.related.iter().any(|related| related.schema.name() == "Sanction");
    match () {
        () if is(&["sanction", "asset.frozen"]) => AlertKind::Sanctions,
        () if is(&["wanted", "crime"]) => AlertKind::Wanted,
        () if is(&["role.pep", "role.rca", "poi"]) => AlertKind::Pep,
        () if is(&["reg.action", "reg.warn", "debarment"]) => AlertKind::AdversePress,
        () if is_named && profile.entity.datasets.iter().any(is_official) => AlertKind::Sanctions,
        () => AlertKind::OwnList,
    }
}

/// Whether a topic such as `crime.terror` is one of `crime`.
fn in_family(topic: &str, family: &str) -> bool {
    topic.strip_prefix(family).is_some_and(|rest| rest.starts_with('.'))
}
