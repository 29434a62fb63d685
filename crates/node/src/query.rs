//! What is asked: a record typed in, a line of JSON in yente's form, a row of a table.
//!
//! Out comes a [`Query`] to screen with what was noticed on the way, or a [`Refusal`] that names the field. A query needs a
//! schema and something to go by: a name or a number. Values of a JSON query may be text, numbers or lists of these; an
//! empty one is as good as absent. A name or a date that cannot be read refuses the record, because an answer without it
//! would be an answer to another question. Any other value that cannot be read (a country XX, a passport "n/a") is left
//! out and named in the warnings: a record goes unscreened for no such reason.

use std::fmt;

use mihenk_entities::{Entity, EntityId, IdentifierKind, Schema, sayings::value_wrong};
use mihenk_lists::own::{
    Bound, Column, DateOrder, IDENTIFIERS, Map as ColumnMap, Meaning, identifier_property, meanings, schema_word,
};
use mihenk_names::Name;
use mihenk_said::{Fact, Said};
use mihenk_screening::record::Record;
use mihenk_tables::Cells;
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{MapAccess, Visitor},
};
use serde_json::{Map, Value, value::RawValue};

use crate::sayings;

/// The id of a query, as it was given: a text, or a number with all its digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Id {
    text: String,
    is_number: bool,
}

impl Id {
    /// A text as an id.
    pub fn text(text: impl Into<String>) -> Id {
        Id { text: text.into(), is_number: false }
    }

    /// A number as it stands in JSON.
    fn number(text: &str) -> Id {
        Id { text: text.to_owned(), is_number: true }
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl Serialize for Id {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_number {
            // A number that was read from JSON is JSON; "1e400" or thirty digits would not survive as an f64.
            let raw = RawValue::from_string(self.text.clone()).map_err(serde::ser::Error::custom)?;
            return raw.serialize(serializer);
        }
        serializer.serialize_str(&self.text)
    }
}

/// Why a record cannot be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Its id, if it could be read.
    pub id: Option<Id>,
    /// The field, what was found, and what would be right.
    pub what: Said,
}

/// A query ready to screen.
#[derive(Clone, Debug)]
pub struct Query {
    /// Its id, as it goes into the answer.
    pub id: Id,
    /// What was given, as the schema has it.
    pub entity: Entity,
    /// What screening reads of it.
    pub record: Record,
    /// Values that could not be read and were left out.
    pub warnings: Vec<Said>,
    /// Properties that its schema does not have; they say nothing.
    pub unknown: Vec<String>,
}

/// A line of JSON, each field as far as it must be understood.
#[derive(Deserialize)]
struct JsonQuery<'a> {
    #[serde(borrow, default)]
    id: Option<&'a RawValue>,
    #[serde(default)]
    schema: Value,
    #[serde(default)]
    properties: Properties,
}

/// The properties of a query; a property that stands twice has the values of both, where a JSON object would lose one.
#[derive(Default)]
struct Properties(Value);

impl<'de> Deserialize<'de> for Properties {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Properties, D::Error> {
        deserializer.deserialize_any(PropertiesVisitor)
    }
}

struct PropertiesVisitor;

impl<'de> Visitor<'de> for PropertiesVisitor {
    type Value = Properties;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of lists of text in 'properties'")
    }

    fn visit_unit<E>(self) -> Result<Properties, E> {
        Ok(Properties::default())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Properties, A::Error> {
        let mut object = Map::new();
        while let Some((property, value)) = map.next_entry::<String, Value>()? {
            let value = match object.remove(&property) {
                Some(before) => Value::Array(vec![before, value]),
                None => value,
            };
            object.insert(property, value);
        }
        Ok(Properties(Value::Object(object)))
    }
}

/// The id of a line whose other fields may be anything.
#[derive(Deserialize)]
struct JsonId<'a> {
    #[serde(borrow, default)]
    id: Option<&'a RawValue>,
}

impl Query {
    /// Takes an entity as a query.
    ///
    /// # Errors
    /// When it has nothing to go by, or a name or date that cannot be read.
    pub fn of(mut entity: Entity) -> Result<Query, Said> {
        settle(&mut entity);
        let record = Record::of(&entity);
        let mut warnings = Vec::new();
        for (property, what) in &record.problems {
            let what = what.clone().shortened(CHARS_MAX);
            if is_decisive(property) {
                return Err(value_wrong(property, what));
            }
            warnings.push(sayings::value_left_out(property, what));
        }
        if record.names.is_empty() && record.identifiers.is_empty() {
            return Err(warnings.first().map_or_else(sayings::nothing_to_go_by, sayings::nothing_to_go_by_as));
        }
        let unknown = entity.unknown_properties().filter(|p| entity.schema.name() != "Thing" && !is_read(p));
        let unknown = unknown.map(str::to_owned).collect();
        Ok(Query { id: Id::text(entity.id.as_str()), entity, record, warnings, unknown })
    }

    /// What is wrong with a record of which every name is nothing but titles, as far as its schema says how to read them.
    /// Some are listed under such a name ("El Arquitecto"), so it is asked all the same; if nobody bears it, the answer
    /// would be none to the question that was meant.
    pub(crate) fn names_nobody(&self) -> Option<Said> {
        let only_titles = |text: &str| self.record.bearers.iter().all(|&b| Name::read(text, b).only_titles);
        let is_nobody = self.record.identifiers.is_empty() && self.record.names.iter().all(|n| only_titles(&n.text));
        is_nobody.then(|| {
            let name = self.record.names.first().map_or("", |n| n.text.as_str());
            value_wrong("name", sayings::only_titles(shortened(name)))
        })
    }

    /// Reads a line of JSON: `{"id", "schema", "properties"}`. Without an id the line's number is the id.
    ///
    /// # Errors
    /// The id, if the line has one, and what is wrong with it.
    pub fn from_json(line: &str, number: u64) -> Result<Query, Refusal> {
        let refused = |id: &Option<Id>, what: Said| Refusal { id: id.clone(), what };
        match line.trim_start().bytes().next() {
            Some(b'{') => {}
            Some(b'[') => return Err(refused(&None, sayings::list_for_a_record())),
            _ => return Err(refused(&None, sayings::no_json_line())),
        }
        let parsed: JsonQuery =
            serde_json::from_str(line).map_err(|e| Refusal { id: id_in(line), what: json_error(&e) })?;
        let given = parsed.id.map(read_id).transpose().map_err(|what| refused(&None, what))?;
        // Any text may be the id of a question; only ids of listed entities must be tidy.
        let mut object = Map::new();
        object.insert("id".into(), Value::String("query".into()));
        object.insert("schema".into(), parsed.schema);
        object.insert("properties".into(), parsed.properties.0);
        let entity =
            Entity::from_value(Value::Object(object)).map_err(|e| refused(&given, e.said().shortened(CHARS_MAX)))?;
        let mut query = Query::of(entity).map_err(|what| refused(&given, what))?;
        query.id = given.unwrap_or_else(|| Id::text(number.to_string()));
        Ok(query)
    }
}

/// Puts values where the schema has them: people name nationalities where others have countries, and who has a family name is
/// a person.
fn settle(entity: &mut Entity) {
    if entity.schema.property("nationality").is_none() && entity.schema.property("country").is_some() {
        for value in entity.properties.remove("nationality").unwrap_or_default() {
            entity.add("country", value);
        }
    }
    let has = |p: &str| !entity.values(p).is_empty();
    let parts_only = (has("lastName") || has("firstName")) && !has("name") && !has("alias");
    if parts_only && matches!(entity.schema.name(), "LegalEntity" | "Thing") {
        entity.schema = Schema::named("Person").unwrap_or(entity.schema);
    }
}

/// Whether a record is refused when this property cannot be read: names and dates.
fn is_decisive(property: &str) -> bool {
    is_name(property) || matches!(property, "birthDate" | "incorporationDate")
}

fn is_name(property: &str) -> bool {
    matches!(property, "name" | "alias" | "previousName" | "weakAlias" | "abbreviation" | "firstName" | "lastName")
}

/// Whether screening reads a property whatever the schema.
fn is_read(property: &str) -> bool {
    is_decisive(property)
        || matches!(property, "gender" | "birthPlace" | "address")
        || IdentifierKind::of_property(property).is_some()
}

/// Characters of a value that an error quotes.
const CHARS_MAX: usize = 300;

/// An error that quotes a value stays a line, however long the value is.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(CHARS_MAX) {
        None => text.to_owned(),
        Some((cut, _)) => format!("{}…", &text[..cut]),
    }
}

/// What is wrong with a line, without the line's number within itself, which is always 1.
fn json_error(error: &serde_json::Error) -> Said {
    let told = error.to_string();
    let what = told.split(" at line ").next().unwrap_or(&told);
    let what: Fact = if what.contains("surrogate") || what.contains("end of hex escape") {
        sayings::half_of_two().into()
    } else {
        what.into()
    };
    if error.is_data() { sayings::no_query_at(what, error.column()) } else { sayings::no_json_at(what, error.column()) }
}

/// The id of a line that is refused: who sent it wants to know which one it was.
pub(crate) fn id_in(line: &str) -> Option<Id> {
    let parsed: JsonId = serde_json::from_str(line).ok()?;
    read_id(parsed.id?).ok()
}

fn read_id(raw: &RawValue) -> Result<Id, Said> {
    let text = raw.get();
    if text.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
        return Ok(Id::number(text));
    }
    let value: Result<String, _> = serde_json::from_str(text);
    value.map(Id::text).map_err(|_| sayings::id_no_text(shortened(text)))
}

/// The columns of a table and the properties they hold.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    map: ColumnMap,
    bound: Bound,
    /// Whether the map is the user's, and not made from the headings.
    is_given: bool,
    /// Columns that are not understood.
    pub unknown: Vec<String>,
}

impl Columns {
    /// Reads the header row. Columns may be named as FollowTheMoney names properties, or as people do.
    ///
    /// # Errors
    /// When no column holds a name or a number.
    pub fn read<'a>(header: impl Iterator<Item = &'a str>) -> Result<Columns, String> {
        let headings: Vec<String> = header.map(str::to_owned).collect();
        let meanings = meanings(&headings);
        Columns::of(&headings, &meanings, None)
    }

    /// Columns of which it is known what they hold.
    ///
    /// # Errors
    /// When none holds a name or a number.
    pub(crate) fn of(
        headings: &[String],
        meanings: &[Option<Meaning>],
        date_order: Option<DateOrder>,
    ) -> Result<Columns, String> {
        let map = ColumnMap { separator: Some(';'), date_order, ..ColumnMap::default() };
        let mut columns = Columns { map, ..Columns::default() };
        for (at, (heading, meaning)) in headings.iter().zip(meanings).enumerate() {
            match meaning {
                Some(Meaning::Id) if columns.bound.id.is_none() => columns.bound.id = Some(at),
                Some(Meaning::Kind) if columns.bound.kind.is_none() => columns.bound.kind = Some(at),
                Some(Meaning::Property(property)) => columns.bound.properties.push(Column::new(at, property)),
                _ => columns.unknown.push(heading.clone()),
            }
        }
        if columns.can_ask() {
            Ok(columns)
        } else {
            Err("the first row names no column with a name or a number; expected for example: \
                 id,schema,name,birthDate,country, or a map of the columns with --map ('mihenk lists map FILE' proposes one); if the headings stand lower, say where \
                 with --heading-row"
                .into())
        }
    }

    /// The columns that a map names. Where `may_grow`, those that are not there yet may still come.
    ///
    /// # Errors
    /// The columns that the table does not have, or that none of them holds a name or a number.
    pub(crate) fn mapped(map: &ColumnMap, headings: &[String], may_grow: bool) -> Result<Columns, String> {
        let bound = if may_grow { map.bind_known(headings).0 } else { map.bind(headings)? };
        let columns = Columns { map: map.clone(), unknown: bound.unused.clone(), bound, is_given: true };
        if columns.can_ask() {
            Ok(columns)
        } else {
            Err("the map names no column of this table with a name or a number".into())
        }
    }

    /// The same with columns that were added behind them: those that their headings name.
    pub(crate) fn with(&self, headings: &[String]) -> Columns {
        let mut columns = self.clone();
        let known = columns.unknown.len()
            + columns.bound.properties.len()
            + usize::from(columns.bound.id.is_some())
            + usize::from(columns.bound.kind.is_some());
        for (at, meaning) in meanings(headings).into_iter().enumerate().skip(known) {
            match meaning {
                Some(Meaning::Property(property)) => columns.bound.properties.push(Column::new(at, property)),
                Some(Meaning::Id) if columns.bound.id.is_none() => columns.bound.id = Some(at),
                Some(Meaning::Kind) if columns.bound.kind.is_none() => columns.bound.kind = Some(at),
                _ => columns.unknown.push(headings[at].clone()),
            }
        }
        columns
    }

    /// Where the columns are.
    pub(crate) fn bound(&self) -> &Bound {
        &self.bound
    }

    /// Whether a column holds something to go by.
    fn can_ask(&self) -> bool {
        can_ask(self.bound.properties.iter().map(|column| column.property.as_str()))
    }

    /// Reads a row.
    ///
    /// # Errors
    /// The id, if the row has one, and what is wrong with it.
    pub fn query(&self, row: &[impl AsRef<str>], number: u64) -> Result<Query, Refusal> {
        self.ask(&row.iter().map(AsRef::as_ref).collect(), number)
    }

    /// Reads the cells of a row.
    pub(crate) fn ask(&self, cells: &Cells, number: u64) -> Result<Query, Refusal> {
        self.read_row(cells, number).map_err(|what| Refusal { id: self.id_of(cells), what })
    }

    /// The id of a row, if it has one.
    pub(crate) fn id_of(&self, cells: &Cells) -> Option<Id> {
        let cell = cells.get(self.bound.id?);
        (!cell.is_empty()).then(|| Id::text(cell))
    }

    fn read_row(&self, cells: &Cells, number: u64) -> Result<Query, Said> {
        let schema = self.schema(self.bound.kind.map_or("", |at| cells.get(at)))?;
        // "query" is an id: that is checked by the tests.
        let mut entity = Entity::new(EntityId::new("query").map_err(|e| e.said())?, schema);
        for column in &self.bound.properties {
            for value in self.map.values(cells, column) {
                let property = match column.property.as_str() {
                    IDENTIFIERS => identifier_property(schema, &value),
                    property => property,
                };
                entity.add(property, value);
            }
        }
        if let Some(country) = self.map.country {
            let is_named =
                ["country", "nationality", "jurisdiction", "flag"].iter().any(|p| !entity.values(p).is_empty());
            entity.add("country", if is_named { "" } else { country.code() });
        }
        let mut query = Query::of(entity)?;
        query.id = self.id_of(cells).unwrap_or_else(|| Id::text(number.to_string()));
        query.unknown.clear();
        Ok(query)
    }

    fn schema(&self, kind: &str) -> Result<Schema, Said> {
        let wrong = |what: Said| sayings::kind_wrong(what);
        let named = match kind {
            _ if self.is_given => self.map.schema_of(kind).map_err(wrong)?,
            "" => None,
            kind => Schema::named(schema_of(kind).map_err(wrong)?),
        };
        named.or_else(|| Schema::named("LegalEntity")).ok_or_else(|| Said::words("schema 'LegalEntity' is unknown"))
    }
}

/// Whether somebody can be found by one of these properties.
pub(crate) fn can_ask<'a>(mut properties: impl Iterator<Item = &'a str>) -> bool {
    properties.any(|p| is_name(p) || p == IDENTIFIERS || IdentifierKind::of_property(p).is_some())
}

/// A schema as FollowTheMoney or a person names it.
///
/// # Errors
/// What would be right.
pub fn schema_of(text: &str) -> Result<&'static str, Said> {
    schema_word(text).ok_or_else(|| sayings::no_schema_word(shortened(text)))
}

#[cfg(test)]
mod tests;
