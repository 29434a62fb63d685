//! From the keys of all entities to those that are one: what joining in memory and joining from files have in common.
//!
//! In come the hashes of keys with the numbers of their bearers; [`meeting`] says who has to be looked at. In come these as
//! [`Subject`]s; [`joined`] says who is one.

use std::collections::BTreeSet;

use mihenk_entities::{Entity, EntityId};
use mihenk_screening::{
    merging::{
        FEW,
        contradictions::Subject,
        groups::join,
        keys::{Key, keys},
    },
    model::Model,
    record::Record,
};

use super::{
    decisions::Decisions,
    merges::{Absent, Merges},
};
use crate::records::{Profile, for_index};

/// The ids of an entity that is several entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ids {
    /// The one under which it is screened.
    canonical: EntityId,
    /// The others.
    others: Vec<String>,
}

impl Ids {
    /// Gives an entity its id, and the others as referents.
    pub(crate) fn give(&self, entity: &mut Entity) {
        entity.id = self.canonical.clone();
        let mut referents = self.others.clone();
        for known in std::mem::take(&mut entity.referents) {
            if known != self.canonical.as_str() && !referents.contains(&known) {
                referents.push(known);
            }
        }
        entity.referents = referents;
    }

    /// The one under which it is screened.
    pub(crate) fn canonical(&self) -> &str {
        self.canonical.as_str()
    }
}

/// Who is one.
#[derive(Debug, Default)]
pub(crate) struct Joined {
    /// The numbers of those who are one, rising, and their ids.
    pub(crate) groups: Vec<(Vec<u32>, Ids)>,
    /// The same in ids, with what is open.
    pub(crate) merges: Merges,
}

/// The keys of a line of a list, as hashes.
pub(crate) fn hashes<'v>(
    schema: mihenk_entities::Schema,
    values: impl Iterator<Item = (&'v str, &'v str)> + Clone,
) -> Vec<u64> {
    keys(schema, values).iter().map(Key::hash).collect()
}

/// The key that is an id, as a hash.
pub(crate) fn id_key(id: &str) -> u64 {
    Key::Id(id.to_owned()).hash()
}

/// Who has to be looked at.
#[derive(Debug, Default)]
pub(crate) struct Meeting {
    /// Those who have a key in common with somebody of another list.
    pub(crate) numbers: BTreeSet<u32>,
    /// Keys that so many have that they identify nobody.
    crowded: BTreeSet<u64>,
}

/// Says who has to be looked at.
pub(crate) fn meeting(mut keys: Vec<(u64, u32)>, lists_of: impl Fn(u32) -> Vec<u32>) -> Meeting {
    keys.sort_unstable();
    keys.dedup();
    let mut out = Meeting::default();
    for bearers in keys.chunk_by(|a, b| a.0 == b.0).filter(|bearers| bearers.len() > 1) {
        if bearers.len() > FEW {
            out.crowded.insert(bearers[0].0);
            continue;
        }
        let lists: BTreeSet<Vec<u32>> = bearers.iter().map(|(_, at)| lists_of(*at)).collect();
        if lists.len() > 1 {
            out.numbers.extend(bearers.iter().map(|(_, at)| *at));
        }
    }
    out
}

/// An entity as the rules look at it.
pub(crate) fn subject(profile: &Profile, lists: Vec<u32>, meeting: &Meeting) -> Subject {
    let entity = &profile.entity;
    let mut all: Vec<Key> = Vec::new();
    for record in std::iter::once(entity).chain(&profile.related) {
        let values = record.properties.iter();
        all.extend(keys(
            record.schema,
            values.flat_map(|(p, values)| values.iter().map(move |v| (p.as_str(), v.as_str()))),
        ));
    }
    all.extend(
        entity.referents.iter().map(String::as_str).chain([entity.id.as_str()]).map(|id| Key::Id(id.to_owned())),
    );
    all.sort();
    all.dedup();
    all.retain(|key| !meeting.crowded.contains(&key.hash()));
    Subject { id: entity.id.to_string(), lists, record: Record::of(&for_index(profile)), keys: all }
}

/// Joins subjects, which come with their numbers, by rules and decisions.
pub(crate) fn joined(subjects: Vec<(u32, Subject)>, decisions: &Decisions, model: &Model) -> Joined {
    let (numbers, subjects): (Vec<u32>, Vec<Subject>) = subjects.into_iter().unzip();
    let by_id: std::collections::BTreeMap<&str, usize> =
        subjects.iter().enumerate().map(|(at, subject)| (subject.id.as_str(), at)).collect();
    let (mut decided, mut absent) = (Vec::new(), Vec::new());
    for (a, b, verdict) in decisions.verdicts() {
        match (by_id.get(a), by_id.get(b)) {
            (Some(&a), Some(&b)) => decided.push((a, b, verdict)),
            _ => {
                let missing = [a, b].into_iter().filter(|id| !by_id.contains_key(id)).map(str::to_owned).collect();
                absent.push(Absent { a: a.to_owned(), b: b.to_owned(), missing });
            }
        }
    }
    let groups = join(&subjects, &decided, model);
    let of_group = |members: &[usize]| {
        let mut ids: Vec<&str> = members.iter().map(|&member| subjects[member].id.as_str()).collect();
        ids.sort_unstable();
        let others = ids[1..].iter().map(|&id| id.to_owned()).collect();
        let mut numbers: Vec<u32> = members.iter().map(|&member| numbers[member]).collect();
        numbers.sort_unstable();
        // The ids of entities are ids.
        EntityId::new(ids[0]).ok().map(|canonical| (numbers, Ids { canonical, others }))
    };
    let numbered = groups.groups.iter().filter_map(|group| of_group(&group.members)).collect();
    let mut merges = Merges::new(&subjects, groups, decisions);
    merges.absent = absent;
    Joined { groups: numbered, merges }
}
