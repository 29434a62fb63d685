//! A version and the changes since, put together: delta files of OpenSanctions.
//!
//! In come the entities at hand and delta files in the order in which they were published, one `{"op", "entity"}` a line with the
//! operations `ADD`, `MOD` and `DEL` (<https://www.opensanctions.org/faq/80/bulk-deltas/>); out comes the reading of the later
//! version. A delta that does not fit what is at hand (it adds whom we have, changes or removes whom we do not have) is an error:
//! a copy that has drifted is fetched anew as a whole.

use std::collections::{BTreeMap, HashMap};

use mihenk_entities::Entity;
use serde_json::{Map, Value};

use crate::{error::Error, finding::quote, input::Input, reading::Reading, seen::Seen};

/// Applies delta files to the entities of an earlier version; the entities that come out are ordered by id.
///
/// # Errors
/// [`Error::Malformed`] names the file and the line that cannot be read or does not fit.
pub fn patched(dataset: &str, before: Vec<Entity>, deltas: &[Input]) -> Result<Reading, Error> {
    let mut seen = HashMap::new();
    let mut entities: BTreeMap<String, Entity> = before.into_iter().map(|e| (e.id.to_string(), e)).collect();
    for input in deltas {
        let mut at = 0;
        for (number, line) in (1..).zip(input.body().split_inclusive(|&b| b == b'\n')) {
            let wrong = |found: String| Error::Malformed {
                file: input.name.clone(),
                line: number,
                byte: at as u64,
                found: found.into(),
                expected: crate::sayings::delta_line_expected(),
            };
            if !line.trim_ascii().is_empty() {
                apply(&mut entities, &mut seen, line).map_err(wrong)?;
            }
            at += line.len();
        }
    }
    let mut reading = Reading::new(None, dataset, deltas);
    reading.records = entities.len();
    reading.seen = seen;
    reading.entities = entities.into_values().collect();
    Ok(reading)
}

fn apply(entities: &mut BTreeMap<String, Entity>, seen: &mut HashMap<String, Seen>, line: &[u8]) -> Result<(), String> {
    let told = || quote(&String::from_utf8_lossy(line));
    let mut object: Map<String, Value> =
        serde_json::from_slice(line).map_err(|error| format!("{error} in {}", told()))?;
    let op = object.get("op").and_then(Value::as_str).unwrap_or_default().to_owned();
    let entity = object.remove("entity").ok_or_else(|| format!("no entity in {}", told()))?;
    if op == "DEL" {
        let id = entity["id"].as_str().ok_or("DEL without an id")?;
        return entities.remove(id).map(|_| ()).ok_or_else(|| format!("DEL of {}, which is not at hand", quote(id)));
    }
    let says = Seen::of(&entity);
    let entity = Entity::from_value(entity).map_err(|error| error.to_string())?;
    let id = entity.id.to_string();
    if !says.is_unknown() {
        seen.insert(id.clone(), says);
    }
    let is_known = entities.contains_key(&id);
    match (op.as_str(), is_known) {
        ("ADD", false) | ("MOD", true) => {
            entities.insert(id, entity);
            Ok(())
        }
        ("ADD", true) => Err(format!("ADD of {}, which is at hand already", quote(&id))),
        ("MOD", false) => Err(format!("MOD of {}, which is not at hand", quote(&id))),
        _ => Err(format!("operation {}; operations are ADD, MOD and DEL", quote(&op))),
    }
}

#[cfg(test)]
mod tests {
    use mihenk_entities::{EntityId, Schema};
    use proptest::{collection::btree_map, prelude::*};

    use super::*;
    use crate::differences::difference;

    fn input(text: impl Into<Vec<u8>>) -> Input {
        Input { name: "delta.json".to_owned(), bytes: text.into() }
    }

    fn list(values: &BTreeMap<u8, u8>) -> Vec<Entity> {
        let made = |(id, value): (&u8, &u8)| {
            let schema = Schema::named(if value % 2 == 0 { "Person" } else { "Company" }).unwrap();
            let mut entity = Entity::new(EntityId::new(format!("Q{id:03}")).unwrap(), schema);
            entity.datasets.push("x".to_owned());
            entity.add("name", format!("name {value}"));
            entity
        };
        values.iter().map(made).collect()
    }

    proptest! {
        #[test]
        fn what_differs_put_onto_the_earlier_gives_the_later(
            before in btree_map(0u8..40, 0u8..6, 0..30), after in btree_map(0u8..40, 0u8..6, 0..30),
        ) {
            let (before, after) = (list(&before), list(&after));
            let lines: String = difference(&before, &after).delta().collect();
            let reading = patched("x", before.clone(), &[input(lines.clone())]).unwrap();
            prop_assert_eq!(reading.entities, after);
            // A delta for another version is noticed, unless it does nothing.
            if !lines.is_empty() {
                let twice = patched("x", before, &[input(lines.clone()), input(lines.clone())]);
                let only_mod = lines.lines().all(|l| l.contains("\"op\":\"MOD\""));
                prop_assert!(twice.is_err() || only_mod);
            }
        }

        #[test]
        fn any_text_is_applied_or_refused(text in "[{}\":,a-zA-Z\\[\\]\n]{0,80}|\\PC{0,60}") {
            let _ = patched("x", Vec::new(), &[input(text)]);
        }
    }

    #[test]
    fn a_delta_that_is_cut_in_a_line_is_refused() {
        let all: BTreeMap<u8, u8> = (0..20).map(|n| (n, n)).collect();
        let lines: String = difference(&[], &list(&all)).delta().collect();
        for percent in 0..100 {
            let cut = &lines[..lines.len() * percent / 100];
            let whole_lines = cut.is_empty() || cut.ends_with('\n');
            let read = patched("x", Vec::new(), &[input(cut)]);
            // Without its line end a last line may still be whole.
            assert!(read.is_ok() == whole_lines || cut.ends_with("}}"), "{percent} %");
        }
    }

    #[test]
    fn an_error_names_the_line() {
        let text = "{\"op\":\"ADD\",\"entity\":{\"id\":\"a\",\"schema\":\"Person\"}}\n\n{\"op\":\"DEL\",\"entity\":{\"id\":\"b\"}}\n";
        let error = patched("x", Vec::new(), &[input(text)]).unwrap_err().to_string();
        assert!(error.contains("delta.json: line 3") && error.contains("DEL of 'b', which is not at hand"), "{error}");
    }
}
