//! Sets made from the lists themselves, the same every time: listed names with one word exchanged.
//!
//! In come listed entities and a seed, out come names that nobody on the lists bears. A word takes the place of another that
//! stood at the same place in another entity's name, and is at least two letters away from it: with one letter changed it
//! would be a misspelling. Drawing is by SplitMix64 (Steele, Lea, Flood 2014).

use mihenk_entities::{Entity, Schema};
use mihenk_names::{Bearer, Name, Role};
use rustc_hash::FxHashSet;

use crate::levenshtein::{distance, folded};

/// A generator of numbers with a seed.
pub(super) struct Draw(pub(super) u64);

impl Draw {
    /// A number below a bound, which is not 0.
    pub(super) fn below(&mut self, bound: usize) -> usize {
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

/// `count` listed names of entities of this schema with one word exchanged; names with fewer words than `least` are left out.
pub(super) fn one_word_exchanged(listed: &[Entity], schema: Schema, least: usize, count: usize) -> Vec<String> {
    let bearer = if schema.is("Person") { Bearer::Person } else { Bearer::Organization };
    let of_schema = listed.iter().filter(|e| e.schema.is_a(schema));
    let names: Vec<Words> =
        of_schema.filter_map(|e| words(e.first("name")?, bearer)).filter(|w| w.naming.len() >= least).collect();
    let known: FxHashSet<Vec<String>> = all_names(listed).map(sorted_words).collect();
    let (mut draw, mut out, mut tries) = (Draw(3), Vec::with_capacity(count), 0);
    while out.len() < count && !names.is_empty() && tries < 100 * count {
        tries += 1;
        let (name, other) = (&names[draw.below(names.len())], &names[draw.below(names.len())]);
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
        let text = changed.join(" ");
        if !known.contains(&sorted_words(&text)) && !out.contains(&text) {
            out.push(text);
        }
    }
    out
}

/// Every name of every entity.
fn all_names(listed: &[Entity]) -> impl Iterator<Item = &str> {
    const PROPERTIES: [&str; 4] = ["name", "alias", "weakAlias", "previousName"];
    listed.iter().flat_map(|e| PROPERTIES.iter().flat_map(|p| e.values(p))).map(String::as_str)
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
    use mihenk_entities::EntityId;

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
        let made = one_word_exchanged(&listed, schema, 3, 10);
        assert_eq!(made.len(), 10);
        assert_eq!(made, one_word_exchanged(&listed, schema, 3, 10), "the same every time");
        for name in &made {
            assert!(!names.contains(&name.as_str()));
            let shared = |listed: &str| listed.split(' ').zip(name.split(' ')).filter(|(a, b)| a == b).count();
            assert!(names.iter().any(|listed| shared(listed) == 2), "{name}");
        }
    }
}
