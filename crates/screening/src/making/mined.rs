//! Examples mined from the lists themselves: names that are nobody's, and pairs of names that are one person's.
//!
//! In come listed entities, out come [`Judged`] queries that are nobody (words of several listed names recombined, one word
//! of a listed name exchanged, names of the background population) and rows of alias pairs that are the same. Judged queries
//! are few where it matters most, at the strict end; these are many. Choices are drawn from a generator with a fixed seed, so
//! the same lists give the same examples.

use rustc_hash::FxHashSet;

use mihenk_entities::{Entity, EntityId, Schema};
use mihenk_names::{Bearer, Name, Role};

use super::{background::Background, examples::Judged};
use crate::{
    compare::compare_read,
    fit::Row,
    model::Model,
    record::{NameKind, Record},
    shape::AskedName,
    weights::{FEATURES, Feature},
};

/// Draws numbers: SplitMix64 (Steele, Lea, Flood 2014), small and the same everywhere.
#[derive(Clone, Debug)]
pub struct Draw(u64);

impl Draw {
    /// A generator with a seed.
    #[must_use]
    pub fn new(seed: u64) -> Draw {
        Draw(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ z >> 31
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }
}

/// The words of a listed name, as the source writes them.
struct ListedName {
    words: Vec<String>,
}

/// Queries that are nobody: `each` of every kind for people, a third of that for organisations and vessels.
#[must_use]
pub fn nobodies(lists: &[Entity], backgrounds: &[Background], each: usize, draw: &mut Draw) -> Vec<Judged> {
    let mut out = Vec::new();
    for (bearer, schema, count) in [
        (Bearer::Person, "Person", each),
        (Bearer::Organization, "Company", each / 3),
        (Bearer::Vessel, "Vessel", each / 8),
    ] {
        let Some(schema) = Schema::named(schema) else { continue };
        let names = listed_names(lists, bearer);
        let known: FxHashSet<Vec<String>> = names.iter().map(|n| sorted(&n.words)).collect();
        let mut add = |words: Vec<String>, category: &str, draw: &mut Draw| {
            if words.len() >= 2 && !known.contains(&sorted(&words)) {
                out.extend(nobody(schema, &words, category, draw));
            }
        };
        for _ in 0..count {
            let words = recombined(&names, draw);
            add(words, "mined_recombined", draw);
            let words = one_exchanged(&names, draw);
            add(words, "mined_one_word", draw);
        }
    }
    for background in backgrounds {
        let (schema, count) =
            if background.bearer == Bearer::Person { ("Person", each) } else { ("Company", each / 3) };
        let Some(schema) = Schema::named(schema) else { continue };
        for _ in 0..count {
            let words = from_background(background, draw);
            out.extend(nobody(schema, &words, "mined_background", draw));
        }
    }
    out
}

fn listed_names(lists: &[Entity], bearer: Bearer) -> Vec<ListedName> {
    let records = lists.iter().filter(|e| e.schema.is_matchable()).map(Record::of);
    records
        .filter(|r| r.bearers == [bearer])
        .flat_map(|r| r.names)
        .filter(|n| n.kind == NameKind::Primary && n.text.is_ascii())
        .map(|n| {
            let name = Name::read(&n.text, bearer);
            let naming = name.parts.iter().filter(|p| p.role == Role::Word);
            ListedName { words: naming.map(|p| n.text[p.start..p.end].to_owned()).collect() }
        })
        .filter(|n| n.words.len() >= 2)
        .collect()
}

fn sorted(words: &[String]) -> Vec<String> {
    let mut words: Vec<String> = words.iter().map(|w| w.to_lowercase()).collect();
    words.sort();
    words
}

/// Words of different names, each from the place it had.
fn recombined(names: &[ListedName], draw: &mut Draw) -> Vec<String> {
    let Some(first) = draw.pick(names) else { return Vec::new() };
    let count = first.words.len().min(2 + draw.below(2));
    let mut words = vec![first.words[0].clone()];
    for place in 1..count {
        let Some(other) = draw.pick(names) else { break };
        let at = if place + 1 == count { other.words.len() - 1 } else { place.min(other.words.len() - 1) };
        words.push(other.words[at].clone());
    }
    words
}

/// A listed name with one word exchanged for the word of another name.
fn one_exchanged(names: &[ListedName], draw: &mut Draw) -> Vec<String> {
    let (Some(name), Some(other)) = (draw.pick(names), draw.pick(names)) else { return Vec::new() };
    let mut words = name.words.clone();
    let at = draw.below(words.len());
    let from = if at + 1 == words.len() { other.words.len() - 1 } else { at.min(other.words.len() - 1) };
    words[at].clone_from(&other.words[from]);
    words
}

/// Two words of a background population by how common they are, capitals first.
fn from_background(background: &Background, draw: &mut Draw) -> Vec<String> {
    let total: f64 = background.words.iter().map(|w| w.1).sum();
    let mut word = || {
        let mut at = draw.next() as f64 / u64::MAX as f64 * total;
        let found = background.words.iter().find(|w| {
            at -= w.1;
            at <= 0.0
        });
        found.map(|w| w.0.clone()).unwrap_or_default()
    };
    vec![word(), word()]
}

fn nobody(schema: Schema, words: &[String], category: &str, draw: &mut Draw) -> Option<Judged> {
    let id = EntityId::new(format!("mined-{:016x}", draw.next())).ok()?;
    let mut query = Entity::new(id, schema);
    query.add("name", words.join(" "));
    Some(Judged { query, expected: Vec::new(), category: category.to_owned(), counts: true })
}

/// Rows of pairs of names of one entity: for each name the other name that agrees best, if any does.
#[must_use]
pub fn aliases(lists: &[Entity], model: &Model, weight: f64) -> Vec<(usize, Row)> {
    let agrees =
        |amounts: &[i32; FEATURES]| amounts[Feature::Exact as usize] + amounts[Feature::Varied as usize] > 1_200;
    pairs_of_each(lists, model, agrees).map(|(number, amounts)| (number, Row { amounts, same: true, weight })).collect()
}

/// What is observed on names of one entity, each beside the nearest of its other names, however far away that is; with the number
/// of the entity.
#[must_use]
pub fn nearest_names(lists: &[Entity], model: &Model) -> Vec<(usize, [i32; FEATURES])> {
    pairs_of_each(lists, model, |_| true).collect()
}

/// Pairs of nearest names of each entity, two at most of those that are wanted.
fn pairs_of_each<'a>(
    lists: &'a [Entity],
    model: &'a Model,
    wanted: impl Fn(&[i32; FEATURES]) -> bool + 'a,
) -> impl Iterator<Item = (usize, [i32; FEATURES])> + 'a {
    const NAMES_MAX: usize = 12;
    const PAIRS_MAX: usize = 2;
    lists.iter().enumerate().filter(|(_, e)| e.schema.is_matchable()).flat_map(move |(number, entity)| {
        let record = Record::of(entity);
        let bearer = if let &[bearer] = record.bearers { Some(bearer) } else { None };
        let strong = record.names.iter().filter(|n| n.kind != NameKind::Weak).take(NAMES_MAX);
        let read = |bearer| strong.map(|n| AskedName::read(&n.text, bearer, &model.rarity)).collect();
        let names: Vec<AskedName> = bearer.map(read).unwrap_or_default();
        let nearest = (1..names.len()).filter_map(|i| nearest_to(i, &names, model));
        let pairs: Vec<_> = nearest.filter(|amounts| wanted(amounts)).take(PAIRS_MAX).collect();
        pairs.into_iter().map(move |amounts| (number, amounts))
    })
}

/// What is observed on a name and the one that agrees best among the others, those of the same words left out.
fn nearest_to(i: usize, names: &[AskedName], model: &Model) -> Option<[i32; FEATURES]> {
    let asked = &names[i];
    let others = names.iter().enumerate().filter(|(j, n)| *j != i && !same_words(asked, n));
    let comparisons = others.map(|(_, listed)| compare_read(model, asked, listed));
    comparisons.max_by_key(|c| c.bits(&model.weights).0).map(|comparison| comparison.amounts)
}

fn same_words(a: &AskedName, b: &AskedName) -> bool {
    let forms = |name: &AskedName| {
        let mut forms: Vec<String> = name.name.parts.iter().map(|p| p.form.clone()).collect();
        forms.sort();
        forms
    };
    forms(a) == forms(b)
}
