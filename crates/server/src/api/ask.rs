//! What was asked: parts of the path, parameters, the body and the revision that was looked at, each held against the description of the operation.
//!
//! In come the parts of a request, out comes an [`Ask`] whose fields are of the types that the operation says, or a [`Problem`] that names each that is not.

use std::{fs::File, io, path::PathBuf, str::FromStr};

use axum::http::HeaderMap;
use mihenk_node::{
    NodeError,
    ledger::{LedgerError, Reason, day::Day},
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::{
    check::check,
    code::Code,
    operation::{Operation, Parameter},
    problem::{Problem, Wrong},
};
use crate::params;

/// What was asked.
#[derive(Debug, Default)]
pub(crate) struct Ask {
    /// Parts of the path and parameters.
    given: Map<String, Value>,
    /// The body, if it is JSON.
    body: Map<String, Value>,
    file: Option<Spool>,
    /// The revision that was looked at.
    pub(crate) revision: Option<i64>,
    /// `Last-Event-ID`.
    pub(crate) last_event: Option<String>,
}

/// A body that was put into a file, which goes when it is not needed any more.
#[derive(Debug)]
pub(crate) struct Spool {
    pub(crate) path: PathBuf,
    pub(crate) length: u64,
}

impl Drop for Spool {
    fn drop(&mut self) {
        // One that cannot be removed now is removed with the folder.
        let _ = std::fs::remove_file(&self.path);
    }
}

impl Ask {
    /// Reads what stands in the address and the headers.
    pub(crate) fn read(
        operation: &Operation,
        path: &[(String, String)],
        query: Option<&str>,
        headers: &HeaderMap,
    ) -> Result<Ask, Problem> {
        let mut ask = Ask::default();
        for (name, text) in path {
            let schema = operation.places.iter().find(|place| place.name == name);
            let value = json!(text);
            if let Some(wrong) = schema.and_then(|place| check(&place.schema, &value).into_iter().next()) {
                return Err(Problem::new(Code::NoSuchThing, format!("there is no such {name}: {}", wrong.what)));
            }
            ask.given.insert(name.clone(), value);
        }
        let mut wrong = ask.read_query(operation, query);
        match revision(headers) {
            Ok(revision) => ask.revision = revision.filter(|_| operation.is_revised),
            Err(told) => wrong.push(told),
        }
        ask.last_event = headers.get("last-event-id").and_then(|value| value.to_str().ok()).map(str::to_owned);
        if wrong.is_empty() { Ok(ask) } else { Err(Problem::parameters(&wrong)) }
    }

    fn read_query(&mut self, operation: &Operation, query: Option<&str>) -> Vec<Wrong> {
        let pairs = params::pairs(query.unwrap_or("").as_bytes());
        let mut wrong = Vec::new();
        for (name, _) in pairs.iter().filter(|_| !operation.takes_others) {
            if !operation.query.iter().any(|parameter| parameter.name == name) {
                let known: Vec<&str> = operation.query.iter().map(|parameter| parameter.name).collect();
                let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
                wrong.push(Wrong { at: name.clone(), what: format!("is no parameter here; there are: {known}") });
            }
        }
        for parameter in &operation.query {
            let given = pairs.iter().filter(|(name, _)| name == parameter.name).map(|(_, value)| value.as_str());
            match value_of(parameter, &given.collect::<Vec<_>>()) {
                Ok(Some(value)) => drop(self.given.insert(parameter.name.to_owned(), value)),
                Ok(None) => {}
                Err(what) => wrong.push(Wrong { at: parameter.name.to_owned(), what }),
            }
        }
        wrong
    }

    /// Takes the JSON of the body.
    pub(crate) fn read_json(&mut self, operation: &Operation, bytes: &[u8]) -> Result<(), Problem> {
        let super::operation::Takes::Json(schema) = &operation.takes else { return Ok(()) };
        let value = json_of(bytes)?;
        let wrong = check(schema, &value);
        if !wrong.is_empty() {
            return Err(Problem::fields(&wrong));
        }
        if let Value::Object(fields) = value {
            self.body = fields;
        }
        let said = self.body.get("revision").and_then(whole);
        match (self.revision, said) {
            (Some(header), Some(body)) if header != body => {
                let what = format!("If-Match says revision {header}, and the body {body}");
                return Err(Problem::fields(&[Wrong { at: "/revision".to_owned(), what }]));
            }
            (header, body) => self.revision = header.or(body),
        }
        Ok(())
    }

    /// Takes a body that is a file.
    pub(crate) fn put_file(&mut self, spool: Spool) {
        self.file = Some(spool);
    }

    /// The value of a field of the body, or else of a parameter or a part of the path.
    fn value(&self, name: &str) -> Option<&Value> {
        self.body.get(name).or_else(|| self.given.get(name)).filter(|value| !value.is_null())
    }

    /// A text; empty when there is none.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.maybe(name).unwrap_or("")
    }

    /// A text, if there is one.
    pub(crate) fn maybe(&self, name: &str) -> Option<&str> {
        self.value(name).and_then(Value::as_str)
    }

    /// A text of one's own, if there is one.
    pub(crate) fn own(&self, name: &str) -> Option<String> {
        self.maybe(name).map(str::to_owned)
    }

    /// Texts.
    pub(crate) fn texts(&self, name: &str) -> Vec<String> {
        let items = self.value(name).and_then(Value::as_array);
        items.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// A whole number.
    pub(crate) fn whole(&self, name: &str) -> Option<i64> {
        self.value(name).and_then(whole)
    }

    /// A whole number that is not below zero.
    pub(crate) fn count(&self, name: &str, usual: usize) -> usize {
        self.whole(name).and_then(|number| usize::try_from(number).ok()).unwrap_or(usual)
    }

    /// A number.
    pub(crate) fn number(&self, name: &str) -> Option<f64> {
        self.value(name).and_then(Value::as_f64)
    }

    /// Yes or no; no when nothing is said.
    pub(crate) fn flag(&self, name: &str) -> bool {
        self.value(name).and_then(Value::as_bool).unwrap_or(false)
    }

    /// An id or something else that the ledger reads from a text.
    pub(crate) fn parse<T: FromStr<Err = LedgerError>>(&self, name: &str) -> Result<T, NodeError> {
        Ok(self.text(name).parse()?)
    }

    /// The same, if it is there.
    pub(crate) fn maybe_parse<T: FromStr<Err = LedgerError>>(&self, name: &str) -> Result<Option<T>, NodeError> {
        Ok(self.maybe(name).map(str::parse).transpose()?)
    }

    /// Several of them.
    pub(crate) fn parse_all<T: FromStr<Err = LedgerError>>(&self, name: &str) -> Result<Vec<T>, NodeError> {
        Ok(self.texts(name).iter().map(|text| text.parse()).collect::<Result<_, LedgerError>>()?)
    }

    /// A reason or another text that is never empty.
    pub(crate) fn reason(&self, name: &str) -> Result<Reason, NodeError> {
        Ok(Reason::new(self.text(name))?)
    }

    /// A day, if there is one.
    pub(crate) fn day(&self, name: &str) -> Result<Option<Day>, NodeError> {
        self.maybe_parse(name)
    }

    /// Anything that is read from JSON.
    pub(crate) fn take<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, NodeError> {
        let read = |value: &Value| {
            serde_json::from_value(value.clone()).map_err(|error| LedgerError::refused(format!("{name}: {error}")))
        };
        Ok(self.value(name).map(read).transpose()?)
    }

    /// As JSON, if it is there.
    pub(crate) fn raw(&self, name: &str) -> Option<&Value> {
        self.value(name)
    }

    /// The file that the body is.
    pub(crate) fn file(&self) -> Result<&Spool, NodeError> {
        self.file.as_ref().ok_or_else(|| NodeError::Act("the body is missing".to_owned()))
    }

    /// All bytes of the file that the body is.
    pub(crate) fn bytes(&self) -> Result<Vec<u8>, NodeError> {
        let spool = self.file()?;
        let mut bytes = Vec::with_capacity(usize::try_from(spool.length).unwrap_or(0));
        let read = File::open(&spool.path).and_then(|mut file| io::Read::read_to_end(&mut file, &mut bytes));
        read.map_err(|source| NodeError::Io { path: spool.path.clone(), source })?;
        Ok(bytes)
    }

    /// The part of a list that a page means.
    pub(crate) fn page<'a, T>(&self, all: &'a [T], usual: usize) -> &'a [T] {
        let from = self.count("offset", 0).min(all.len());
        let to = from.saturating_add(self.count("limit", usual)).min(all.len());
        &all[from..to]
    }
}

/// The JSON of a body.
pub(super) fn json_of(bytes: &[u8]) -> Result<Value, Problem> {
    serde_json::from_slice(bytes).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        Problem::new(Code::MalformedJson, format!("the body is no JSON: {error}"))
            .with("line", line)
            .with("column", column)
    })
}

/// A whole number that 64 bits hold; JSON Schema counts 1.0 among them.
pub(super) fn whole(value: &Value) -> Option<i64> {
    let exact = |number: &f64| number.fract() == 0.0 && number.abs() < 9e15;
    value.as_i64().or_else(|| value.as_f64().filter(exact).map(|number| number as i64))
}

/// The value of a parameter; several of them where it is a list.
fn value_of(parameter: &Parameter, given: &[&str]) -> Result<Option<Value>, String> {
    let schema = &parameter.schema;
    let is_list = schema.0["type"] == "array";
    let kind = if is_list { &schema.0["items"]["type"] } else { &schema.0["type"] };
    let one = |text: &&str| match kind.as_str() {
        Some("integer") => text.parse::<i64>().map(Value::from).map_err(|_| format!("{text:?} is no whole number")),
        Some("number") => match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(json!(number)),
            _ => Err(format!("{text:?} is no number")),
        },
        Some("boolean") => {
            text.parse::<bool>().map(Value::from).map_err(|_| format!("{text:?} is neither true nor false"))
        }
        _ => Ok(json!(text)),
    };
    let value = match (given, is_list) {
        ([], _) if parameter.is_needed => return Err("is missing".to_owned()),
        ([], _) => return Ok(None),
        (all, true) => Value::Array(all.iter().map(one).collect::<Result<_, _>>()?),
        ([text], false) => one(text)?,
        _ => return Err(format!("was given {} times", given.len())),
    };
    match check(schema, &value).into_iter().next() {
        None => Ok(Some(value)),
        Some(wrong) => Err(wrong.what),
    }
}

/// The revision in `If-Match` (RFC 9110, section 13.1.1), as ETags of this API write it.
fn revision(headers: &HeaderMap) -> Result<Option<i64>, Wrong> {
    let Some(value) = headers.get("if-match") else { return Ok(None) };
    let text = value.to_str().unwrap_or("").trim();
    if text == "*" {
        return Ok(None);
    }
    let number = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).and_then(|text| text.parse().ok());
    let what =
        || format!("{text:?} is no revision; right would be the ETag of the answer that was looked at, such as \"17\"");
    number.map(Some).ok_or_else(|| Wrong { at: "If-Match".to_owned(), what: what() })
}
