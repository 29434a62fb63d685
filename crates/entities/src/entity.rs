//! An entity: an id, a schema, and properties with any number of values each.
//!
//! [`Entity::from_json`] reads FollowTheMoney JSON (a line of an OpenSanctions file or a query in yente's form),
//! [`serde::Serialize`] writes it. Values may be text, numbers, booleans, nested entities, or lists of these; what cannot be
//! a value is an error that names the property. Properties that the schema does not know are kept: sources change faster
//! than software, and nothing a list says may get lost; [`Entity::unknown_properties`] names them.

use std::fmt;

use litemap::LiteMap;
use mihenk_said::Said;
use serde::{Serialize, ser::SerializeMap};
use serde_json::Value;

use crate::{sayings, schema::Schema};

/// The id of an entity, unique within everything that is loaded.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct EntityId(String);

impl EntityId {
    /// Longest id that is accepted, in bytes.
    pub const LEN_MAX: usize = 255;

    /// Takes a text as an id.
    ///
    /// # Errors
    /// An id is not empty, has no white space or control characters, and at most [`EntityId::LEN_MAX`] bytes.
    pub fn new(text: impl Into<String>) -> Result<EntityId, EntityError> {
        let text = text.into();
        let bad = text.is_empty()
            || text.len() > EntityId::LEN_MAX
            || text.chars().any(|c| c.is_whitespace() || c.is_control());
        if bad { Err(EntityError::Id(text.chars().take(40).collect())) } else { Ok(EntityId(text)) }
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EntityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Values by property, in the order of the names of properties. A sorted vector: a tree would take several times the memory for
/// the handful of properties that an entity has, and there are entities by the million.
pub type Properties = LiteMap<String, Vec<String>>;

/// An entity of a list, or a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Its id.
    pub id: EntityId,
    /// What it is.
    pub schema: Schema,
    /// The datasets that list it.
    pub datasets: Vec<String>,
    /// Other ids of the same entity.
    pub referents: Vec<String>,
    /// Values by property; no property without a value, no value twice, in the order of the source.
    pub properties: Properties,
}

/// Why a record is no entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntityError {
    /// Not JSON.
    Json(String),
    /// JSON, but no object.
    NotAnObject(&'static str),
    /// The id is missing or not usable.
    Id(String),
    /// The schema is missing.
    NoSchema,
    /// The schema is unknown.
    UnknownSchema {
        /// The name as found.
        found: String,
        /// The schema that is called nearly so.
        near: Option<&'static str>,
    },
    /// `properties` is not an object.
    Properties(&'static str),
    /// A value is not text.
    Value {
        /// The property.
        property: String,
        /// What stood there.
        found: &'static str,
    },
}

impl EntityError {
    /// With its name and its facts.
    #[must_use]
    pub fn said(&self) -> Said {
        match self {
            EntityError::Json(what) => sayings::not_json(what),
            EntityError::NotAnObject(found) => sayings::no_record(*found),
            EntityError::Id(text) => sayings::not_an_entity_id(text),
            EntityError::NoSchema => sayings::schema_missing(),
            EntityError::UnknownSchema { found, near: None } => sayings::no_schema(found),
            EntityError::UnknownSchema { found, near: Some(near) } => sayings::no_schema_but_near(found, *near),
            EntityError::Properties(found) => sayings::no_properties(*found),
            EntityError::Value { property, found } => sayings::value_wrong(property, sayings::text_expected(*found)),
        }
    }
}

impl fmt::Display for EntityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

impl std::error::Error for EntityError {}

impl Entity {
    /// An entity without values.
    #[must_use]
    pub fn new(id: EntityId, schema: Schema) -> Entity {
        Entity { id, schema, datasets: Vec::new(), referents: Vec::new(), properties: Properties::new() }
    }

    /// Reads one FollowTheMoney object.
    ///
    /// # Errors
    /// [`EntityError`] names the field, what was found, and what would be right.
    pub fn from_json(text: &str) -> Result<Entity, EntityError> {
        let value: Value = serde_json::from_str(text).map_err(|e| EntityError::Json(e.to_string()))?;
        Entity::from_value(value)
    }

    /// Reads one FollowTheMoney object from parsed JSON.
    ///
    /// # Errors
    /// As [`Entity::from_json`].
    pub fn from_value(value: Value) -> Result<Entity, EntityError> {
        let Value::Object(mut object) = value else { return Err(EntityError::NotAnObject(kind_of(&value))) };
        let id = match object.remove("id") {
            Some(Value::String(id)) => EntityId::new(id)?,
            Some(Value::Number(id)) => EntityId::new(id.to_string())?,
            other => return Err(EntityError::Id(other.map_or_else(String::new, |v| v.to_string()))),
        };
        let schema = read_schema(object.get("schema"))?;
        let mut entity = Entity::new(id, schema);
        entity.datasets = texts(object.remove("datasets"));
        entity.referents = texts(object.remove("referents"));
        match object.remove("properties") {
            None | Some(Value::Null) => {}
            Some(Value::Object(properties)) => {
                for (property, values) in properties {
                    entity.add_json(&property, values)?;
                }
            }
            Some(other) => return Err(EntityError::Properties(kind_of(&other))),
        }
        Ok(entity)
    }

    fn add_json(&mut self, property: &str, value: Value) -> Result<(), EntityError> {
        match value {
            Value::Null => {}
            Value::String(text) => self.add(property, text),
            Value::Number(number) => self.add(property, number.to_string()),
            Value::Bool(truth) => self.add(property, truth.to_string()),
            Value::Array(values) => {
                for value in values {
                    self.add_json(property, value)?;
                }
            }
            // A nested entity stands for its id.
            Value::Object(object) => match object.get("id") {
                Some(Value::String(id)) => self.add(property, id.clone()),
                _ => return Err(EntityError::Value { property: property.to_owned(), found: "an object" }),
            },
        }
        Ok(())
    }

    /// Adds a value; an empty one and one that is there already are left out.
    pub fn add(&mut self, property: &str, value: impl Into<String>) {
        let value = value.into();
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        match self.properties.get_mut(property) {
            Some(values) if values.iter().any(|v| v == value) => {}
            Some(values) => values.push(value.to_owned()),
            None => {
                self.properties.insert(property.to_owned(), vec![value.to_owned()]);
            }
        }
    }

    /// The values of a property, none if it has none.
    #[must_use]
    pub fn values(&self, property: &str) -> &[String] {
        self.properties.get(property).map_or(&[], Vec::as_slice)
    }

    /// The first value of a property.
    #[must_use]
    pub fn first(&self, property: &str) -> Option<&str> {
        self.values(property).first().map(String::as_str)
    }

    /// The name to show: the first value of the first caption property of its schema, else the id.
    #[must_use]
    pub fn caption(&self) -> &str {
        self.schema.caption_properties().iter().find_map(|p| self.first(p)).unwrap_or_else(|| self.id.as_str())
    }

    /// The properties that its schema does not know.
    pub fn unknown_properties(&self) -> impl Iterator<Item = &str> {
        self.properties.keys().map(String::as_str).filter(|p| self.schema.property(p).is_none())
    }
}

impl Serialize for Entity {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("caption", self.caption())?;
        map.serialize_entry("schema", self.schema.name())?;
        map.serialize_entry("datasets", &self.datasets)?;
        if !self.referents.is_empty() {
            map.serialize_entry("referents", &self.referents)?;
        }
        map.serialize_entry("properties", &self.properties)?;
        map.end()
    }
}

fn read_schema(value: Option<&Value>) -> Result<Schema, EntityError> {
    let name = match value {
        Some(Value::String(name)) => name,
        None | Some(Value::Null) => return Err(EntityError::NoSchema),
        Some(other) => return Err(EntityError::UnknownSchema { found: other.to_string(), near: None }),
    };
    Schema::named(name).ok_or_else(|| {
        let close = |s: &Schema| {
            mihenk_names::distance::osa(name.to_lowercase().as_bytes(), s.name().to_lowercase().as_bytes(), 2).is_some()
        };
        let near = Schema::all().find(close).map(Schema::name);
        EntityError::UnknownSchema { found: name.chars().take(40).collect(), near }
    })
}

fn texts(value: Option<Value>) -> Vec<String> {
    let Some(Value::Array(values)) = value else { return Vec::new() };
    values.into_iter().filter_map(|v| if let Value::String(s) = v { Some(s) } else { None }).collect()
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_is_read_and_written_back() {
        let line = r#"{"id":"Q1","schema":"Person","datasets":["x"],"properties":{"name":["Ali","Ali","علی"],"birthDate":"1957","height":180}}"#;
        let entity = Entity::from_json(line).unwrap();
        assert_eq!(entity.values("name"), ["Ali", "علی"], "a value counts once");
        assert_eq!(entity.first("birthDate"), Some("1957"), "a single value is a list of one");
        assert_eq!(entity.first("height"), Some("180"));
        assert_eq!(entity.caption(), "Ali");
        let again = Entity::from_json(&serde_json::to_string(&entity).unwrap()).unwrap();
        assert_eq!(again, entity);
    }

    #[test]
    fn an_unknown_property_is_kept_and_named() {
        let entity =
            Entity::from_json(r#"{"id":"1","schema":"Vessel","properties":{"birthDate":["1957"],"name":["X"]}}"#)
                .unwrap();
        assert_eq!(entity.unknown_properties().collect::<Vec<_>>(), ["birthDate"]);
        assert_eq!(entity.first("birthDate"), Some("1957"));
    }

    #[test]
    fn errors_name_the_field_and_what_would_be_right() {
        let error = |text: &str| Entity::from_json(text).unwrap_err().to_string();
        assert_eq!(
            error(r#"{"id":"1","schema":"Persn","properties":{}}"#),
            "field 'schema': 'Persn' is not a FollowTheMoney schema, did you mean 'Person'?"
        );
        assert!(error(r#"{"id":"a b","schema":"Person"}"#).starts_with("field 'id': 'a b' is not an id"));
        assert!(error(r#"{"schema":"Person"}"#).starts_with("field 'id'"));
        assert!(error(r#"{"id":"1"}"#).starts_with("field 'schema' is missing"));
        assert!(error(r#"{"id":"1","schema":"Person","properties":[]}"#).contains("found a list"));
        assert!(error(r#"{"id":"1","schema":"Person","properties":{"name":[{}]}}"#).contains("'properties.name'"));
        assert!(error("[]").contains("found a list"));
        assert!(error(r#"{"id":"1","schema":"Person","properties":{"name":["\ud800"]}}"#).starts_with("not JSON"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,80}") {
            let _ = Entity::from_json(&text);
        }
    }
}
