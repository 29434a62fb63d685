//! Who is one in what is screened, by what, and what is open: kept beside the index, and looked up by any id.
//!
//! In come the numbered groups that `mihenk-screening` found, out comes [`Merges`] in words and ids. An entity that is one of several
//! has the smallest of their ids, in the order of their bytes; every other id leads to it ([`Lookup::canonical`]).

use std::collections::BTreeMap;

use mihenk_screening::merging::{
    contradictions::Subject,
    groups::{Conflict as Found, Groups, Link as FoundLink},
};
use serde::{Deserialize, Serialize};

use super::decisions::Decisions;

/// Who says that two are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// A rule.
    Rule,
    /// A person.
    Person,
}

/// Why two are one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The id of the one.
    pub a: String,
    /// The id of the other one.
    pub b: String,
    /// Who says so.
    pub by: By,
    /// What they share; or who decided it, when and why.
    pub why: String,
}

/// Entities that are one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merged {
    /// The id under which they are screened.
    pub id: String,
    /// All their ids, that one first.
    pub ids: Vec<String>,
    /// What makes them one.
    pub links: Vec<Link>,
}

impl Merged {
    /// Whether a person had to say so.
    #[must_use]
    pub fn by(&self) -> By {
        if self.links.iter().any(|link| link.by == By::Person) { By::Person } else { By::Rule }
    }
}

/// What a rule would have joined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blocked {
    /// The id of the one.
    pub a: String,
    /// The id of the other one.
    pub b: String,
    /// What they share.
    pub shares: Vec<String>,
    /// What speaks against.
    pub against: Vec<String>,
}

/// Decisions that do not fit together, or not with what rules say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// The id of the one.
    pub a: String,
    /// The id of the other one.
    pub b: String,
    /// What does not fit.
    pub what: String,
}

/// A decision that is about an id that no list in use has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absent {
    /// The id of the one.
    pub a: String,
    /// The id of the other one.
    pub b: String,
    /// Those of them that are missing.
    pub missing: Vec<String>,
}

/// Who is one, and what is open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merges {
    /// Entities that are one.
    pub merged: Vec<Merged>,
    /// What a rule would have joined but for what speaks against.
    pub blocked: Vec<Blocked>,
    /// What decisions leave open.
    pub conflicts: Vec<Conflict>,
    /// Decisions that wait for an id to come back.
    pub absent: Vec<Absent>,
}

/// [`Merges`] in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergeCounts {
    /// Entities that are several entries, all joined by rules.
    pub by_rule: usize,
    /// Those for which a person's decision was needed.
    pub by_person: usize,
    /// The entries that they are made of.
    pub entries: usize,
    /// What decisions leave open.
    pub conflicts: usize,
    /// Decisions that wait for an id to come back.
    pub absent: usize,
}

impl Merges {
    pub(crate) fn new(subjects: &[Subject], groups: Groups, decisions: &Decisions) -> Merges {
        let id = |number: usize| subjects[number].id.clone();
        let ids = |two: (usize, usize)| {
            let (a, b) = (id(two.0), id(two.1));
            if a <= b { (a, b) } else { (b, a) }
        };
        let told = |link: &FoundLink| {
            let (a, b) = ids(link.pair);
            let decision = decisions.of(&a, &b).filter(|_| link.shared.is_empty());
            let by = if link.shared.is_empty() { By::Person } else { By::Rule };
            let why = decision.map_or_else(|| shared(link).join("; "), |d| format!("{}, {}: {}", d.by, d.at, d.reason));
            Link { a, b, by, why }
        };
        let mut merged = Vec::with_capacity(groups.groups.len());
        for group in &groups.groups {
            let mut ids: Vec<String> = group.members.iter().map(|&member| id(member)).collect();
            ids.sort();
            merged.push(Merged { id: ids[0].clone(), ids, links: group.links.iter().map(told).collect() });
        }
        merged.sort_by(|a, b| a.id.cmp(&b.id));
        let blocked = groups.blocked.into_iter().map(|blocked| {
            let (a, b) = ids(blocked.link.pair);
            Blocked { a, b, shares: shared(&blocked.link), against: blocked.reasons }
        });
        let conflicts = groups.conflicts.iter().map(|conflict| match conflict {
            Found::Different(two, links) => {
                let (a, b) = ids(*two);
                let links: Vec<String> = links.iter().map(told).map(|l| format!("{} and {} ({})", l.a, l.b, l.why)).collect();
                let what = format!(
                    "they are decided to be different, and this makes them one: {}; none of it is followed until one of it is \
                     rejected or undone",
                    links.join(", ")
                );
                Conflict { a, b, what }
            }
            Found::Unlike(two, why) => {
                let (a, b) = ids(*two);
                let what = format!("decisions make them one, and {why}; they are not followed");
                Conflict { a, b, what }
            }
        });
        Merges { merged, blocked: blocked.collect(), conflicts: conflicts.collect(), absent: Vec::new() }
    }

    /// What a person has to know: decisions that do not fit together, and those about somebody who is on no list now.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        let conflicts = self.conflicts.iter().map(|c| format!("decisions do not fit: {} and {}: {}", c.a, c.b, c.what));
        let absent = self.absent.iter().map(|absent| {
            let missing = absent.missing.join(" and ");
            format!("the decision on {} and {} waits: no list in use has {missing}", absent.a, absent.b)
        });
        conflicts.chain(absent).collect()
    }

    /// In numbers.
    #[must_use]
    pub fn counts(&self) -> MergeCounts {
        let by = |by: By| self.merged.iter().filter(|merged| merged.by() == by).count();
        MergeCounts {
            by_rule: by(By::Rule),
            by_person: by(By::Person),
            entries: self.merged.iter().map(|merged| merged.ids.len()).sum(),
            conflicts: self.conflicts.len(),
            absent: self.absent.len(),
        }
    }
}

fn shared(link: &FoundLink) -> Vec<String> {
    link.shared.iter().map(ToString::to_string).collect()
}

/// [`Merges`], looked up by any id.
#[derive(Debug, Default)]
pub struct Lookup {
    merges: Merges,
    by_id: BTreeMap<String, usize>,
}

impl Lookup {
    /// Of these.
    #[must_use]
    pub fn new(merges: Merges) -> Lookup {
        let ids = merges.merged.iter().enumerate().flat_map(|(at, m)| m.ids.iter().map(move |id| (id.clone(), at)));
        Lookup { by_id: ids.collect(), merges }
    }

    /// Who is one, and what is open.
    #[must_use]
    pub fn merges(&self) -> &Merges {
        &self.merges
    }

    /// What an id is merged into.
    #[must_use]
    pub fn of(&self, id: &str) -> Option<&Merged> {
        self.by_id.get(id).and_then(|&at| self.merges.merged.get(at))
    }

    /// The id under which an entity is screened: its own, or that of what it is merged into.
    #[must_use]
    pub fn canonical<'a>(&'a self, id: &'a str) -> &'a str {
        self.of(id).map_or(id, |merged| &merged.id)
    }
}
