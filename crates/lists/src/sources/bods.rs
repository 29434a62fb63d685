//! The Beneficial Ownership Data Standard 0.4 of Open Ownership: who owns and controls whom, as registers publish it.
//!
//! In comes a JSON array of statements, or one statement a line; out come people, companies and other bodies with the `recordId` as their id (`parties`), and for each
//! interest of a relationship an entity of FollowTheMoney (`interests`). Of several statements on one record the latest holds. A statement that cannot be
//! understood is a finding with its line, and the others are read. Like FollowTheMoney it is a form and no source: anyone's register can come in it.
//!
//! Standard: <https://standard.openownership.org/en/0.4.0/>; statements, records and code lists there under *Reference*. Earlier versions are
//! named and refused: their statements are tied otherwise.

mod interests;
mod parties;

use mihenk_entities::{Entity, EntityId};
use mihenk_said::Said;
use rustc_hash::FxHashMap;
use serde_json::{Value, value::RawValue};

use crate::{
    error::Error,
    finding::{Finding, Place, Severity, quote},
    input::{Input, line_of},
    reading::Reading,
    relations::Draft,
    sayings,
};

/// Whether an object is a statement of this version.
pub(crate) fn is_statement(object: &Value) -> bool {
    object.get("recordType").is_some() && object.get("recordDetails").is_some()
}

/// Whether an object is a statement of an earlier version, 0.1 to 0.3.
pub(crate) fn is_earlier(object: &Value) -> bool {
    object.get("statementID").is_some() && object.get("statementType").is_some()
}

/// A statement, and where it stands.
struct Statement {
    line: u64,
    body: Value,
}

/// What a file of statements is being made into.
struct File<'a> {
    input: &'a Input,
    reading: Reading,
}

/// Reads one file.
pub(crate) fn read(input: &Input) -> Result<Draft, Error> {
    let mut file = File { input, reading: Reading::new(None, "", [input]) };
    let statements = file.statements()?;
    let latest = file.latest(statements);
    if latest.is_empty() {
        return Err(Error::NoRecords { file: input.name.clone() });
    }
    file.reading.records = latest.len();
    let stem = Some(input.stem()).filter(|stem| !stem.is_empty()).unwrap_or("bods");
    file.reading.dataset = stem.to_owned();
    for statement in &latest {
        let entities = match text(&statement.body, "recordType") {
            Some("person") => file.party(statement, parties::person),
            Some("entity") => file.party(statement, parties::entity),
            Some("relationship") => file.relationship(statement),
            other => {
                let found = format!("recordType {}", quote(other.unwrap_or("is missing")));
                file.find(
                    statement,
                    found,
                    sayings::statement_of_no_kind("entity, person or relationship"),
                    Severity::High,
                );
                Vec::new()
            }
        };
        file.reading.entities.extend(entities);
    }
    file.name_datasets();
    Ok(Draft::of(file.reading))
}

impl File<'_> {
    /// The statements of an array, or of lines.
    fn statements(&mut self) -> Result<Vec<Statement>, Error> {
        let body = self.input.body();
        let start = self.input.bytes.len() - body.len();
        let raw: Vec<&RawValue> = if body.trim_ascii_start().first() == Some(&b'[') {
            serde_json::from_slice(body).map_err(|error| self.broken(&error))?
        } else {
            return self.lines();
        };
        let mut line = 1;
        let mut at = 0;
        let mut statements = Vec::with_capacity(raw.len());
        for value in raw {
            // A raw value is a piece of the body.
            let offset = start + value.get().as_ptr() as usize - body.as_ptr() as usize;
            line += self.input.bytes[at..offset].iter().filter(|&&b| b == b'\n').count() as u64;
            at = offset;
            // It was read as JSON just now; numbers beyond all bounds are all that can still be wrong.
            let body = serde_json::from_str(value.get()).unwrap_or(Value::Null);
            statements.push(Statement { line, body });
        }
        Ok(statements)
    }

    fn lines(&mut self) -> Result<Vec<Statement>, Error> {
        let body = self.input.body();
        let mut statements = Vec::new();
        for (text, line) in body.split_inclusive(|&b| b == b'\n').zip(1..) {
            let is_last = !text.ends_with(b"\n");
            let text = text.trim_ascii();
            if text.is_empty() {
                continue;
            }
            match serde_json::from_slice(text) {
                Ok(body) => statements.push(Statement { line, body }),
                Err(error) if is_last => return Err(self.broken(&error)),
                Err(error) => {
                    let statement = Statement { line, body: Value::Null };
                    self.find(&statement, error.to_string(), sayings::statement_expected(), Severity::High);
                }
            }
        }
        Ok(statements)
    }

    fn broken(&self, error: &serde_json::Error) -> Error {
        let (file, byte) = (self.input.name.clone(), self.input.bytes.len() as u64);
        let expected = "an array of statements, closed with ], or one statement a line".to_owned().into();
        if error.is_eof() {
            let line = line_of(&self.input.bytes, self.input.bytes.len());
            return Error::Cut { file, line, byte, found: error.to_string().into(), expected };
        }
        let byte = self.input.bytes.split(|&b| b == b'\n').take(error.line().saturating_sub(1));
        let byte = byte.map(|line| line.len() as u64 + 1).sum::<u64>() + error.column() as u64;
        Error::Malformed { file, line: error.line() as u64, byte, found: error.to_string().into(), expected }
    }

    /// Of each record the latest statement, in the order in which the records first come.
    fn latest(&mut self, statements: Vec<Statement>) -> Vec<Statement> {
        let mut places: FxHashMap<String, usize> = FxHashMap::default();
        let mut latest: Vec<Statement> = Vec::new();
        for statement in statements {
            let Some(record) = text(&statement.body, "recordId").map(str::to_owned) else {
                let found = if statement.body.is_object() { "no recordId" } else { "no statement" };
                self.find(&statement, found.to_owned(), sayings::statement_of_bods(), Severity::High);
                continue;
            };
            match places.get(&record) {
                // Of two of the same day the one that comes later.
                Some(&at) if said(&latest[at].body) <= said(&statement.body) => latest[at] = statement,
                Some(_) => {}
                None => {
                    places.insert(record, latest.len());
                    latest.push(statement);
                }
            }
        }
        latest
    }

    fn party(&mut self, statement: &Statement, make: fn(EntityId, &Value) -> Entity) -> Vec<Entity> {
        let Some(id) = self.id(statement, text(&statement.body, "recordId").unwrap_or_default()) else {
            return Vec::new();
        };
        let details = statement.body.get("recordDetails").unwrap_or(&Value::Null);
        vec![make(id, details)]
    }

    /// An id as entities can have it.
    fn id(&mut self, statement: &Statement, text: &str) -> Option<EntityId> {
        let id = EntityId::new(id_of(text)).ok();
        if id.is_none() {
            let found = format!("recordId {}", quote(text));
            self.find(statement, found, sayings::id_of_no_length(), Severity::High);
        }
        id
    }

    fn find(&mut self, statement: &Statement, found: impl Into<Said>, expected: Said, severity: Severity) {
        let record = text(&statement.body, "recordId").map(str::to_owned);
        let place = Place { line: Some(statement.line), record, field: None };
        let file = self.input.name.clone();
        self.reading.findings.push(Finding { file, place, found: found.into(), expected, severity });
    }

    fn name_datasets(&mut self) {
        for entity in &mut self.reading.entities {
            entity.datasets.push(self.reading.dataset.clone());
        }
    }
}

/// A record's id without what an id cannot have.
fn id_of(text: &str) -> String {
    text.trim().chars().map(|c| if c.is_whitespace() || c.is_control() { '_' } else { c }).collect()
}

/// A field that is a text.
fn text<'a>(value: &'a Value, field: &str) -> Option<&'a str> {
    value.get(field).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
}

/// When a statement was made: its date, or else that of its publication.
fn said(statement: &Value) -> Option<&str> {
    text(statement, "statementDate").or_else(|| text(statement.get("publicationDetails")?, "publicationDate"))
}

#[cfg(test)]
mod tests;
