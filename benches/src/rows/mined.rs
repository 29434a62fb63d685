//! Sets made from the lists themselves, the same every time.
//!
//! In come listed entities. Out come names that nobody on the lists bears ([`one_word_exchanged`]): a word takes the place of
//! another that stood at the same place in another entity's name, and is at least two letters away from it, since with one
//! letter changed it would be a misspelling. Or lists without some of their names, and the names as queries
//! ([`aliases_taken_out`]). Drawing is by SplitMix64 (Steele, Lea, Flood 2014).

use mihenk_entities::{Entity, EntityId, Schema};
use mihenk_names::{Bearer, Name, Role};
use mihenk_screening::making::examples::Judged;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::levenshtein::{distance, folded};

/// A generator of numbers with a seed.
pub(crate) struct Draw(pub(crate) u64);

impl Draw {
    /// A number below a bound, which is not 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % bound as u64) as usize
    }
}

/// The words of a name, and which of them name; the others are titles, particles, legal forms, numbers.
struct Words {
    text: Vec<String>,
    naming: Vec<usize>,
}

/// A listed name with one word exchanged.
pub(super) struct Exchanged {
    /// The name.
    pub(super) name: String,
    /// Whether its entity is listed under no other name: another may lack the very word that was exchanged, and then the name
    /// made here is that one with a word more, which is a fair thing to find.
    pub(super) is_only_name: bool,
}

/// `count` listed names of entities of this schema with one word exchanged; names with fewer words than `least` are left out.
pub(super) fn one_word_exchanged(listed: &[Entity], schema: Schema, least: usize, count: usize) -> Vec<Exchanged> {
    let bearer = if schema.is("Person") { Bearer::Person } else { Bearer::Organization };
    let of_schema = listed.iter().filter(|e| e.schema.is_a(schema));
    let names: Vec<(Words, bool)> = of_schema
        .filter_map(|e| Some((words(e.first("name")?, bearer)?, names_of(e).count() == 1)))
        .filter(|(words, _)| words.naming.len() >= least)
        .collect();
    let mut known: FxHashSet<Vec<String>> = listed.iter().flat_map(names_of).map(sorted_words).collect();
    let (mut draw, mut out, mut tries) = (Draw(3), Vec::with_capacity(count), 0);
    while out.len() < count && !names.is_empty() && tries < 100 * count {
        tries += 1;
        let ((name, is_only_name), (other, _)) = (&names[draw.below(names.len())], &names[draw.below(names.len())]);
        let place = draw.below(name.naming.len());
        // The last word takes the place of the last, every other one of that with its number.
        let from = if place + 1 == name.naming.len() { other.naming.len() - 1 } else { place };
        let (Some(&here), Some(&there)) = (name.naming.get(place), other.naming.get(from)) else { continue };
        let new = &other.text[there];
        if distance(&folded(&name.text[here]), &folded(new)) < 2 {
            continue;
        }
        let mut changed = name.text.clone();
        changed[here].clone_from(new);
        let made = changed.join(" ");
        if known.insert(sorted_words(&made)) {
            out.push(Exchanged { name: made, is_only_name: *is_only_name });
        }
    }
    out
}

/// Takes up to `most` further names, not those that the source calls weak, out of each entity of which `wanted` is true;
/// gives the entities with what is left of them, and a query for each name that no other entity bears as well.
pub(super) fn aliases_taken_out(
    listed: &[Entity],
    most: usize,
    wanted: impl Fn(&Entity) -> bool,
) -> anyhow::Result<(Vec<Entity>, Vec<Judged>)> {
    let mut bearers: FxHashMap<Vec<String>, FxHashSet<&str>> = FxHashMap::default();
    for entity in listed {
        for name in names_of(entity) {
            bearers.entry(sorted_words(name)).or_default().insert(entity.id.as_str());
        }
    }
    let is_shared = |name: &str| bearers.get(&sorted_words(name)).is_some_and(|ids| ids.len() > 1);
    let (mut left, mut queries) = (listed.to_vec(), Vec::new());
    for entity in left.iter_mut().filter(|e| wanted(e) && e.first("name").is_some()) {
        let Some(aliases) = entity.properties.remove("alias") else { continue };
        let (asked, kept) = aliases.split_at(most.min(aliases.len()));
        for name in asked.iter().filter(|name| !is_shared(name)) {
            queries.push(judged(entity.schema, name, vec![entity.id.as_str().to_owned()])?);
        }
        kept.iter().for_each(|name| entity.add("alias", name.as_str()));
    }
    Ok((left, queries))
}

/// A query for a name; nobody is expected if no ids are.
pub(super) fn judged(schema: Schema, name: &str, expected: Vec<String>) -> anyhow::Result<Judged> {
    let mut query = Entity::new(EntityId::new("query")?, schema);
    query.add("name", name);
    Ok(Judged { query, expected, category: String::new(), counts: true })
}

/// Every name of an entity.
fn names_of(entity: &Entity) -> impl Iterator<Item = &str> {
    const PROPERTIES: [&str; 4] = ["name", "alias", "weakAlias", "previousName"];
    PROPERTIES.iter().flat_map(|p| entity.values(p)).map(String::as_str)
}

fn words(name: &str, bearer: Bearer) -> Option<Words> {
    let read = Name::read(name, bearer);
    let text: Vec<String> =
        read.parts.iter().map(|p| name.get(p.start..p.end).map(str::to_owned)).collect::<Option<_>>()?;
    let naming = (0..text.len()).filter(|&i| read.parts[i].role == Role::Word).collect();
    Some(Words { text, naming })
}

fn sorted_words(name: &str) -> Vec<String> {
    let split = name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let mut words: Vec<String> = split.map(folded).collect();
    words.sort();
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_is_exchanged_and_nobody_bears_the_name() {
        let schema = Schema::named("Person").unwrap();
        let names = ["Anton Bernd Clausen", "Dora Emilia Fischer", "Gustav Heinrich Ibsen", "Dora Emilia Clausen"];
        let listed: Vec<Entity> = names
            .iter()
            .enumerate()
            .map(|(i, name)| {
                let mut person = Entity::new(EntityId::new(format!("p{i}")).unwrap(), schema);
                person.add("name", *name);
                person
            })
            .collect();
        let made =
            || -> Vec<String> { one_word_exchanged(&listed, schema, 3, 6).into_iter().map(|e| e.name).collect() };
        assert_eq!(made().len(), 6);
        assert_eq!(made(), made(), "the same every time");
        for name in &made() {
            assert!(!names.contains(&name.as_str()));
            let shared = |listed: &str| listed.split(' ').zip(name.split(' ')).filter(|(a, b)| a == b).count();
            assert!(names.iter().any(|listed| shared(listed) == 2), "{name}");
        }
    }

    #[test]
    fn an_alias_that_is_asked_is_no_longer_listed() {
        let mut person = Entity::new(EntityId::new("p").unwrap(), Schema::named("Person").unwrap());
        person.add("name", "Anton Bernd");
        ["Toni Bernd", "Anton B.", "A. Bernd"].iter().for_each(|alias| person.add("alias", *alias));
        let (left, queries) = aliases_taken_out(&[person.clone()], 2, |_| true).unwrap();
        assert_eq!(left[0].values("alias"), ["A. Bernd"]);
        assert_eq!(queries.iter().map(|q| q.query.caption()).collect::<Vec<_>>(), ["Toni Bernd", "Anton B."]);
        assert_eq!(queries[0].expected, ["p"]);
        assert_eq!(aliases_taken_out(&[person.clone()], 2, |_| false).unwrap().0, [person]);
    }
}
