//! Builds a network: everybody gets a number in the order of ids, whatever the order in which they came.
//!
//! In come subjects, relations between their ids and what they bear; out comes a [`Network`] in flat arrays, which the searches read. A relation to an id that
//! nobody has, or of somebody to itself, is left out and counted ([`Left`]).

use std::collections::HashMap;

use serde::Serialize;

use super::{
    bits::Bits,
    tie::{Attribute, AttributeKind, Class, MOST_BEARERS, POPULATION, Relation, Shared, Source, Step, Subject, Tie},
};

/// Collects what a network is made of.
#[derive(Debug, Default)]
pub struct Builder {
    subjects: Vec<Subject>,
    by_id: HashMap<String, u32>,
    attributes: Vec<Attribute>,
    by_form: HashMap<(AttributeKind, String), u32>,
    bearings: Vec<(u32, u32, Source)>,
    relations: Vec<(String, String, Relation)>,
}

/// What is in no network, and why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Left {
    /// Relations of which an end is unknown.
    pub without_end: usize,
    /// Relations of somebody with itself.
    pub with_itself: usize,
}

/// Subjects and what ties them.
#[derive(Debug)]
pub struct Network {
    pub(super) subjects: Vec<Subject>,
    attributes: Vec<Attribute>,
    /// Sorted by the smaller end, then the greater.
    relations: Vec<(u32, u32, Relation)>,
    beside: Lists<Beside>,
    borne: Lists<u32>,
    bearers: Lists<u32>,
    /// Where each of `bearers` was read.
    sources: Lists<Source>,
    /// What an attribute is worth; nothing when it does not tie.
    worth: Vec<Bits>,
    among: u64,
}

/// Somebody that a subject is tied to by relations.
#[derive(Clone, Copy, Debug)]
struct Beside {
    other: u32,
    /// The strongest of the relations.
    bits: Bits,
    /// Where they are.
    first: u32,
    count: u32,
}

/// Lists of numbered owners, one behind the other.
#[derive(Debug)]
struct Lists<T> {
    starts: Vec<u32>,
    all: Vec<T>,
}

impl<T> Lists<T> {
    /// Of pairs that are sorted by owner.
    fn of_sorted(owners: usize, pairs: impl Iterator<Item = (u32, T)>) -> Lists<T> {
        let (mut starts, mut all) = (Vec::with_capacity(owners + 1), Vec::new());
        for (owner, value) in pairs {
            while starts.len() <= owner as usize {
                starts.push(all.len() as u32);
            }
            all.push(value);
        }
        starts.resize(owners + 1, all.len() as u32);
        Lists { starts, all }
    }

    fn of(&self, owner: u32) -> &[T] {
        &self.all[self.starts[owner as usize] as usize..self.starts[owner as usize + 1] as usize]
    }
}

/// How a step goes from one subject to another: by their relations, or through an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Way(u32);

impl Way {
    pub(super) const RELATIONS: Way = Way(0);

    pub(super) fn through(attribute: u32) -> Way {
        Way(attribute + 1)
    }

    pub(super) fn attribute(self) -> Option<u32> {
        self.0.checked_sub(1)
    }
}

impl Builder {
    /// Adds a subject. One whose id is there already is the same.
    pub fn subject(&mut self, subject: Subject) {
        match self.by_id.get(&subject.id) {
            Some(&at) => {
                let known = &mut self.subjects[at as usize];
                known.is_listed |= subject.is_listed;
                if (subject.kind, &subject.what) < (known.kind, &known.what) {
                    (known.kind, known.what) = (subject.kind, subject.what);
                }
                if known.name.is_empty() || (!subject.name.is_empty() && subject.name < known.name) {
                    known.name = subject.name;
                }
            }
            None => {
                self.by_id.insert(subject.id.clone(), self.subjects.len() as u32);
                self.subjects.push(subject);
            }
        }
    }

    /// Whether there is a subject with an id.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.by_id.contains_key(id)
    }

    /// Adds a relation between two ids, whose subjects may come later.
    pub fn relation(&mut self, from: &str, to: &str, relation: Relation) {
        self.relations.push((from.to_owned(), to.to_owned(), relation));
    }

    /// Adds that a subject bears something. Of a subject that is not there it says nothing.
    pub fn bears(&mut self, id: &str, attribute: Attribute, source: Source) {
        let Some(&subject) = self.by_id.get(id) else { return };
        let form = (attribute.kind, attribute.normal.clone());
        let at = *self.by_form.entry(form).or_insert(self.attributes.len() as u32);
        match self.attributes.get_mut(at as usize) {
            Some(known) if attribute.shown < known.shown => known.shown = attribute.shown,
            Some(_) => {}
            None => self.attributes.push(attribute),
        }
        self.bearings.push((at, subject, source));
    }

    /// The network of all of it.
    #[must_use]
    pub fn build(self) -> (Network, Left) {
        let Builder { subjects, by_id, attributes, bearings, relations, .. } = self;
        let mut left = Left::default();
        let (subjects, subject_numbers) = numbered(subjects, |subject| subject.id.clone());
        let (attributes, attribute_numbers) =
            numbered(attributes, |attribute| (attribute.kind, attribute.normal.clone()));
        let number = |id: &str| by_id.get(id).map(|&at| subject_numbers[at as usize]);
        let mut tied: Vec<(u32, u32, Relation)> = Vec::with_capacity(relations.len());
        for (from, to, relation) in relations {
            match (number(&from), number(&to)) {
                (Some(from), Some(to)) if from == to => left.with_itself += 1,
                (Some(from), Some(to)) => tied.push((from, to, relation)),
                _ => left.without_end += 1,
            }
        }
        tied.sort_unstable_by(|a, b| (ends(a), a).cmp(&(ends(b), b)));
        tied.dedup();
        let mut bearings: Vec<(u32, u32, Source)> = bearings
            .into_iter()
            .map(|(attribute, subject, source)| {
                (attribute_numbers[attribute as usize], subject_numbers[subject as usize], source)
            })
            .collect();
        bearings.sort_unstable();
        // Who bears something by two records bears it once.
        bearings.dedup_by_key(|bearing| (bearing.0, bearing.1));
        let mut borne: Vec<(u32, u32)> =
            bearings.iter().map(|(attribute, subject, _)| (*subject, *attribute)).collect();
        borne.sort_unstable();
        let (all, kinds) = (subjects.len(), attributes.len());
        let among = (all as u64).max(POPULATION);
        let bearers = Lists::of_sorted(kinds, bearings.iter().map(|(attribute, subject, _)| (*attribute, *subject)));
        let worth = |attribute: u32| match bearers.of(attribute).len() {
            count @ 2..=MOST_BEARERS => Bits::of_share(count as u64, among),
            _ => Bits(0),
        };
        let network = Network {
            worth: (0..kinds as u32).map(worth).collect(),
            beside: beside(all, &tied),
            borne: Lists::of_sorted(all, borne.into_iter()),
            sources: Lists::of_sorted(kinds, bearings.into_iter().map(|(attribute, _, source)| (attribute, source))),
            subjects,
            attributes,
            relations: tied,
            bearers,
            among,
        };
        (network, left)
    }
}

fn ends<T>(tied: &(u32, u32, T)) -> (u32, u32) {
    (tied.0.min(tied.1), tied.0.max(tied.1))
}

/// Things in the order of their keys, and the new number of each.
fn numbered<T, K: Ord>(things: Vec<T>, key: impl Fn(&T) -> K) -> (Vec<T>, Vec<u32>) {
    let mut sorted: Vec<(usize, T)> = things.into_iter().enumerate().collect();
    sorted.sort_by_cached_key(|(_, thing)| key(thing));
    let mut numbers = vec![0; sorted.len()];
    for (new, (old, _)) in sorted.iter().enumerate() {
        numbers[*old] = new as u32;
    }
    (sorted.into_iter().map(|(_, thing)| thing).collect(), numbers)
}

/// Whom each subject is tied to by relations, by number.
fn beside(subjects: usize, tied: &[(u32, u32, Relation)]) -> Lists<Beside> {
    let mut pairs: Vec<(u32, Beside)> = Vec::new();
    let mut first = 0;
    for group in tied.chunk_by(|a, b| ends(a) == ends(b)) {
        let (one, other) = ends(&group[0]);
        let bits = group.iter().map(|(_, _, relation)| relation.kind.base()).max().unwrap_or_default();
        let to = |other| Beside { other, bits, first, count: group.len() as u32 };
        pairs.extend([(one, to(other)), (other, to(one))]);
        first += group.len() as u32;
    }
    pairs.sort_unstable_by_key(|(owner, beside)| (*owner, beside.other));
    Lists::of_sorted(subjects, pairs.into_iter())
}

impl Network {
    /// How many subjects there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.subjects.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.subjects.is_empty()
    }

    /// How many ties there are: relations, and what subjects bear.
    #[must_use]
    pub fn tie_count(&self) -> usize {
        self.relations.len() + self.bearers.all.len()
    }

    /// Among how many subjects a share is counted.
    #[must_use]
    pub fn among(&self) -> u64 {
        self.among
    }

    /// The number of the subject with an id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<u32> {
        self.subjects.binary_search_by(|subject| subject.id.as_str().cmp(id)).ok().map(|at| at as u32)
    }

    /// A subject by its number.
    #[must_use]
    pub fn subject(&self, number: u32) -> &Subject {
        &self.subjects[number as usize]
    }

    /// Whether a path may lead through a subject: one that too many are tied to says nothing of two of them.
    pub(super) fn is_passed(&self, subject: u32) -> bool {
        self.beside.of(subject).len() <= MOST_BEARERS
    }

    /// How many attributes there are.
    pub(super) fn attribute_count(&self) -> usize {
        self.attributes.len()
    }

    /// Those that a subject is tied to by relations, with what that is worth.
    pub(super) fn related(&self, subject: u32) -> impl Iterator<Item = (u32, Bits)> + '_ {
        self.beside.of(subject).iter().map(|beside| (beside.other, beside.bits))
    }

    /// The attributes that tie a subject to others, with what they are worth.
    pub(super) fn tying(&self, subject: u32) -> impl Iterator<Item = (u32, Bits)> + '_ {
        let worth = |&attribute: &u32| (attribute, self.worth[attribute as usize]);
        self.borne.of(subject).iter().map(worth).filter(|(_, worth)| worth.0 > 0)
    }

    /// Who bears an attribute.
    pub(super) fn bearers(&self, attribute: u32) -> &[u32] {
        self.bearers.of(attribute)
    }

    /// Every way from a subject to another.
    pub(super) fn each_way(&self, from: u32, mut act: impl FnMut(Way, u32, Bits)) {
        for (other, bits) in self.related(from) {
            act(Way::RELATIONS, other, bits);
        }
        for (attribute, bits) in self.tying(from) {
            for &other in self.bearers(attribute).iter().filter(|&&other| other != from) {
                act(Way::through(attribute), other, bits);
            }
        }
    }

    /// A step, with all that ties the two, that of the way first.
    pub(super) fn step(&self, from: u32, way: Way, to: u32) -> Step {
        let mut ties: Vec<(bool, Tie)> = Vec::new();
        let relations = self.relations_between(from, to).into_iter();
        let best = relations.as_slice().iter().map(Tie::bits).max();
        // Of several relations the path goes by the strongest.
        let mut is_first = way == Way::RELATIONS;
        for tie in relations {
            let leads = is_first && Some(tie.bits()) == best;
            is_first &= !leads;
            ties.push((!leads, tie));
        }
        for attribute in self.borne_by_both(from, to).filter(|&attribute| self.worth[attribute as usize].0 > 0) {
            ties.push((way.attribute() != Some(attribute), self.through(attribute, from, to)));
        }
        ties.sort_by_key(|(is_other, tie)| (*is_other, std::cmp::Reverse(tie.bits())));
        let ties: Vec<Tie> = ties.into_iter().map(|(_, tie)| tie).collect();
        Step {
            from: self.subject(from).id.clone(),
            to: self.subject(to).id.clone(),
            bits: ties.first().map(Tie::bits).unwrap_or_default(),
            ties,
        }
    }

    /// What sources state of two subjects; those that say the same are one tie of several sources.
    fn relations_between(&self, one: u32, other: u32) -> Vec<Tie> {
        let besides = self.beside.of(one);
        let Ok(at) = besides.binary_search_by_key(&other, |beside| beside.other) else { return Vec::new() };
        let Beside { first, count, .. } = besides[at];
        let all = &self.relations[first as usize..(first + count) as usize];
        let same = |a: &(u32, u32, Relation), b: &(u32, u32, Relation)| {
            (a.0, a.1, a.2.kind, &a.2.words) == (b.0, b.1, b.2.kind, &b.2.words)
        };
        let tie = |group: &[(u32, u32, Relation)]| Tie::Relation {
            kind: group[0].2.kind,
            from: self.subject(group[0].0).id.clone(),
            to: self.subject(group[0].1).id.clone(),
            words: group[0].2.words.to_string(),
            bits: group[0].2.kind.base(),
            sources: group.iter().map(|(_, _, relation)| relation.source.clone()).collect(),
        };
        all.chunk_by(same).map(tie).collect()
    }

    fn through(&self, attribute: u32, one: u32, other: u32) -> Tie {
        let bearers = self.bearers.of(attribute);
        let source = |subject: u32| {
            let at = bearers.binary_search(&subject).ok()?;
            self.sources.of(attribute).get(at).cloned()
        };
        Tie::Attribute {
            attribute: self.attributes[attribute as usize].clone(),
            bearers: bearers.len(),
            among: self.among,
            bits: self.worth[attribute as usize],
            sources: [one, other].into_iter().filter_map(source).collect(),
        }
    }

    /// A step by the strongest of what ties the two.
    pub(super) fn whole_step(&self, from: u32, to: u32) -> Step {
        let mut best = (Bits(0), Way::RELATIONS);
        self.each_way(from, |way, other, bits| {
            if other == to && bits > best.0 {
                best = (bits, way);
            }
        });
        self.step(from, best.1, to)
    }

    /// What an attribute is independent of.
    pub(super) fn class_of(&self, attribute: u32) -> Class {
        self.attributes[attribute as usize].kind.class()
    }

    /// What sources state of two subjects, each with its base.
    pub(super) fn stated(&self, one: u32, other: u32) -> impl Iterator<Item = (Class, Bits)> + '_ {
        let besides = self.beside.of(one);
        let found = besides.binary_search_by_key(&other, |beside| beside.other).ok().map(|at| besides[at]);
        let all = found
            .map_or(&[][..], |Beside { first, count, .. }| &self.relations[first as usize..(first + count) as usize]);
        all.iter().map(|(_, _, relation)| (relation.kind.class(), relation.kind.base()))
    }

    fn borne_by_both(&self, one: u32, other: u32) -> impl Iterator<Item = u32> + '_ {
        let others = self.borne.of(other);
        self.borne.of(one).iter().copied().filter(|attribute| others.binary_search(attribute).is_ok())
    }

    /// What two subjects have in common with too many others.
    pub(super) fn shared(&self, one: u32, other: u32) -> Vec<Shared> {
        let attributes = self.borne_by_both(one, other).filter(|&at| self.bearers(at).len() > MOST_BEARERS).map(|at| {
            let (attribute, bearers) = (&self.attributes[at as usize], self.bearers(at).len());
            (attribute.kind.label(), attribute.shown.clone(), bearers)
        });
        let others = self.beside.of(other);
        let is_beside = |&hub: &u32| others.binary_search_by_key(&hub, |beside| beside.other).is_ok();
        let hubs = self.beside.of(one).iter().map(|beside| beside.other).filter(is_beside);
        let hubs = hubs.filter(|&hub| !self.is_passed(hub)).map(|hub| {
            let subject = self.subject(hub);
            ("subject", format!("{} ({})", subject.name, subject.id), self.beside.of(hub).len())
        });
        let shared = |(what, value, bearers): (&'static str, String, usize)| Shared {
            what,
            value,
            bearers,
            bits: Bits::of_share(bearers as u64, self.among),
        };
        attributes.chain(hubs).map(shared).collect()
    }
}
