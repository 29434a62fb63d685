//! What changed between two versions of a list.
//!
//! In come the entities of both; out comes a [`Difference`]: whom only the later one has, whom only the earlier one has, and
//! for everyone else which properties have other values. The order of values or of entities means nothing and is no change.
//! [`Difference::delta`] writes it as the delta lines of OpenSanctions
//! (<https://www.opensanctions.org/faq/80/bulk-deltas/>). Pure: the same entities give the same difference.

use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{DefaultHasher, Hash, Hasher},
};

use mihenk_entities::Entity;
use serde::Serialize;
use serde_json::json;

/// What changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Entities that only the later version has, by id.
    pub added: Vec<Entity>,
    /// Entities that both have, with other values, by id.
    pub changed: Vec<Change>,
    /// Entities that only the earlier version has, by id.
    pub removed: Vec<Entity>,
}

/// An entity with other values than before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// As it is now.
    pub entity: Entity,
    /// What is other, by name.
    pub fields: Vec<FieldChange>,
}

/// A property, or `schema`, `datasets` or `referents`, with other values than before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// Its name.
    pub property: String,
    /// The values before.
    pub from: Vec<String>,
    /// The values now.
    pub to: Vec<String>,
}

/// Compares two versions.
#[must_use]
pub fn difference(before: &[Entity], after: &[Entity]) -> Difference {
    let (before, after) = (by_id(before), by_id(after));
    let mut out = Difference::default();
    for (id, entity) in &after {
        match before.get(id) {
            None => out.added.push((*entity).clone()),
            Some(earlier) => {
                let fields = changes(earlier, entity);
                if !fields.is_empty() {
                    out.changed.push(Change { entity: (*entity).clone(), fields });
                }
            }
        }
    }
    out.removed = before.iter().filter(|(id, _)| !after.contains_key(*id)).map(|(_, e)| (*e).clone()).collect();
    out
}

/// The first entity of each id, by id.
fn by_id(entities: &[Entity]) -> BTreeMap<&str, &Entity> {
    let mut out = BTreeMap::new();
    for entity in entities {
        out.entry(entity.id.as_str()).or_insert(entity);
    }
    out
}

fn changes(before: &Entity, after: &Entity) -> Vec<FieldChange> {
    let mut out = Vec::new();
    let schema = |e: &Entity| vec![e.schema.name().to_owned()];
    compare(&mut out, "schema", &schema(before), &schema(after));
    compare(&mut out, "datasets", &before.datasets, &after.datasets);
    compare(&mut out, "referents", &before.referents, &after.referents);
    let properties: BTreeSet<&String> = before.properties.keys().chain(after.properties.keys()).collect();
    for property in properties {
        compare(&mut out, property, before.values(property), after.values(property));
    }
    out
}

fn compare(out: &mut Vec<FieldChange>, property: &str, from: &[String], to: &[String]) {
    let sorted = |values: &[String]| values.iter().cloned().collect::<BTreeSet<_>>();
    if sorted(from) != sorted(to) {
        out.push(FieldChange { property: property.to_owned(), from: from.to_vec(), to: to.to_vec() });
    }
}

/// A number that is the same for two entities between which there is no change; others have another but for an accident.
#[must_use]
pub fn fingerprint(entity: &Entity) -> u64 {
    let sorted = |values: &[String]| values.iter().cloned().collect::<BTreeSet<_>>();
    let mut hash = DefaultHasher::new();
    (entity.schema.name(), sorted(&entity.datasets), sorted(&entity.referents)).hash(&mut hash);
    entity.properties.iter().for_each(|(property, values)| (property, sorted(values)).hash(&mut hash));
    hash.finish()
}

impl Difference {
    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }

    /// The delta lines of OpenSanctions, each with its line end: `ADD` and `MOD` with the whole entity, `DEL` with its id.
    pub fn delta(&self) -> impl Iterator<Item = String> + '_ {
        let whole = |op: &'static str, entity: &Entity| json!({ "op": op, "entity": entity });
        let added = self.added.iter().map(move |e| whole("ADD", e));
        let changed = self.changed.iter().map(move |c| whole("MOD", &c.entity));
        let removed = self.removed.iter().map(|e| json!({ "op": "DEL", "entity": { "id": e.id } }));
        added.chain(changed).chain(removed).map(|line| format!("{line}\n"))
    }
}

impl FieldChange {
    /// The values that are gone.
    pub fn gone(&self) -> impl Iterator<Item = &str> {
        self.from.iter().filter(|value| !self.to.contains(value)).map(String::as_str)
    }

    /// The values that are new.
    pub fn came(&self) -> impl Iterator<Item = &str> {
        self.to.iter().filter(|value| !self.from.contains(value)).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entity(line: &str) -> Entity {
        Entity::from_json(line).unwrap()
    }

    #[test]
    fn added_changed_and_removed_are_told_apart() {
        let before = [
            entity(r#"{"id":"a","schema":"Person","properties":{"name":["A","Aa"],"birthDate":"1957"}}"#),
            entity(r#"{"id":"b","schema":"Person","properties":{"name":"B"}}"#),
            entity(r#"{"id":"c","schema":"Person","properties":{"name":"C"}}"#),
        ];
        let after = [
            entity(r#"{"id":"d","schema":"Vessel","properties":{"name":"D"}}"#),
            entity(r#"{"id":"c","schema":"Person","properties":{"name":"C"}}"#),
            entity(r#"{"id":"a","schema":"Person","properties":{"name":["Aa","A","Aaa"],"gender":"male"}}"#),
        ];
        let found = difference(&before, &after);
        let ids = |entities: &[Entity]| entities.iter().map(|e| e.id.to_string()).collect::<Vec<_>>();
        assert_eq!((ids(&found.added), ids(&found.removed)), (vec!["d".to_owned()], vec!["b".to_owned()]));
        let told: Vec<String> = found.changed[0]
            .fields
            .iter()
            .map(|f| format!("{} -{:?} +{:?}", f.property, f.gone().collect::<Vec<_>>(), f.came().collect::<Vec<_>>()))
            .collect();
        assert_eq!(told, ["birthDate -[\"1957\"] +[]", "gender -[] +[\"male\"]", "name -[] +[\"Aaa\"]"]);
        let reordered = entity(r#"{"id":"a","schema":"Person","properties":{"name":["Aa","A"],"birthDate":"1957"}}"#);
        assert_eq!(fingerprint(&before[0]), fingerprint(&reordered));
        assert!(difference(&before[..1], &[reordered]).is_empty(), "the order of values means nothing");
        assert_ne!(fingerprint(&before[0]), fingerprint(&after[2]));
    }

    #[test]
    fn delta_lines_are_those_of_opensanctions() {
        let before = [entity(r#"{"id":"b","schema":"Person","properties":{"name":"B"}}"#)];
        let after = [entity(r#"{"id":"a","schema":"Person","datasets":["x"],"properties":{"name":"A"}}"#)];
        let lines: Vec<String> = difference(&before, &after).delta().collect();
        let values: Vec<serde_json::Value> = lines.iter().map(|l| serde_json::from_str(l).unwrap()).collect();
        assert_eq!((&values[0]["op"], &values[0]["entity"]["properties"]["name"][0]), (&json!("ADD"), &json!("A")));
        assert_eq!(values[1], json!({"op": "DEL", "entity": {"id": "b"}}));
        assert!(lines.iter().all(|l| l.ends_with("}\n") && l.matches('\n').count() == 1));
    }
}
