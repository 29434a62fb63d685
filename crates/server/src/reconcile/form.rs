//! Forms of OpenRefine: read, and held against their types before anything is asked.
//!
//! In comes a field of a form, out comes an object in which everything that is looked at later is of its type. A name that is no text would find nobody, which looks
//! the same as nobody being listed; so each thing that does not fit is refused with its place (400). Kinds and words are those of pydantic 2.

use serde_json::{Map, Value, json};

use crate::problem::{Failure, FieldError};

/// Queries to reconcile.
pub(super) fn queries(text: &str) -> Result<Map<String, Value>, Failure> {
    let queries = object("queries", text)?;
    let mut wrong = Wrong::default();
    for (key, query) in &queries {
        let at = vec![json!("queries"), json!(key)];
        if !wrong.is_object(&at, query) {
            continue;
        }
        wrong.has(&at, query, "query", Value::is_string, TEXT);
        let is_type =
            |value: &Value| value.is_string() || value.as_array().is_some_and(|all| all.iter().all(Value::is_string));
        wrong.has(&at, query, "type", is_type, TEXT);
        wrong.has(&at, query, "limit", is_whole, WHOLE);
        wrong.each(&at, query, "properties", |wrong, at, property| {
            if wrong.is_object(at, property) {
                wrong.must_have(at, property, "pid", Value::is_string, TEXT);
            }
        });
    }
    wrong.none("queries")?;
    Ok(queries)
}

/// Rows that are to be extended: `ids` and `properties`.
pub(super) fn extend(text: &str, most: usize) -> Result<Map<String, Value>, Failure> {
    let extend = object("extend", text)?;
    let (at, whole) = (vec![json!("extend")], Value::Object(extend));
    let mut wrong = Wrong::default();
    wrong.must_have(&at, &whole, "ids", Value::is_array, LIST);
    wrong.must_have(&at, &whole, "properties", Value::is_array, LIST);
    wrong.each(&at, &whole, "ids", |wrong, at, id| {
        if !id.is_string() {
            wrong.add(TEXT, at.to_vec(), id);
        }
    });
    wrong.each(&at, &whole, "properties", |wrong, at, property| {
        if !wrong.is_object(at, property) {
            return;
        }
        wrong.must_have(at, property, "id", Value::is_string, TEXT);
        let settings = &property["settings"];
        let below = [at, &[json!("settings")]].concat();
        if !settings.is_null() && wrong.is_object(&below, settings) {
            wrong.has(&below, settings, "limit", is_whole, WHOLE);
            wrong.has(&below, settings, "render", |value| *value == "raw" || *value == "caption", RENDER);
        }
    });
    wrong.none("extend")?;
    if whole["ids"].as_array().is_some_and(|ids| ids.len() > most) {
        return Err(Failure::bad(format!("Too many queries in one batch (limit: {most})")));
    }
    match whole {
        Value::Object(extend) => Ok(extend),
        _ => Ok(Map::new()),
    }
}

/// A whole number, or one in a text, as forms have it.
fn is_whole(value: &Value) -> bool {
    value.is_i64() || value.as_str().is_some_and(|text| text.trim().parse::<i64>().is_ok())
}

/// A kind of error and its words.
type Kind = (&'static str, &'static str);

const OBJECT: Kind = ("model_type", "Input should be an object");
const TEXT: Kind = ("string_type", "Input should be a valid string");
const WHOLE: Kind = ("int_type", "Input should be a valid integer");
const LIST: Kind = ("list_type", "Input should be a valid array");
const RENDER: Kind = ("enum", "Input should be 'caption' or 'raw'");
const MISSING: Kind = ("missing", "Field required");

/// What does not fit, with its place.
#[derive(Default)]
struct Wrong(Vec<FieldError>);

impl Wrong {
    fn add(&mut self, (kind, msg): Kind, loc: Vec<Value>, found: &Value) {
        // Whoever sent it knows it; a long one is not sent back whole.
        let input = if found.to_string().len() > 200 { Value::Null } else { found.clone() };
        self.0.push(FieldError { kind, loc, msg: msg.to_owned(), input, ctx: None });
    }

    fn is_object(&mut self, at: &[Value], value: &Value) -> bool {
        if !value.is_object() {
            self.add(OBJECT, at.to_vec(), value);
        }
        value.is_object()
    }

    /// A field that may be missing.
    fn has(&mut self, at: &[Value], of: &Value, name: &str, fits: impl Fn(&Value) -> bool, kind: Kind) {
        let value = &of[name];
        if !value.is_null() && !fits(value) {
            self.add(kind, [at, &[json!(name)]].concat(), value);
        }
    }

    /// A field that has to be there.
    fn must_have(&mut self, at: &[Value], of: &Value, name: &str, fits: impl Fn(&Value) -> bool, kind: Kind) {
        match of.get(name) {
            Some(value) if fits(value) => {}
            Some(value) => self.add(kind, [at, &[json!(name)]].concat(), value),
            None => self.add(MISSING, [at, &[json!(name)]].concat(), of),
        }
    }

    /// Every item of a list that may be missing.
    fn each(&mut self, at: &[Value], of: &Value, name: &str, look: impl Fn(&mut Wrong, &[Value], &Value)) {
        self.has(at, of, name, Value::is_array, LIST);
        for (number, item) in of[name].as_array().into_iter().flatten().enumerate() {
            look(self, &[at, &[json!(name), json!(number)]].concat(), item);
        }
    }

    fn none(self, name: &'static str) -> Result<(), Failure> {
        if self.0.is_empty() { Ok(()) } else { Err(Failure::Form(name, self.0)) }
    }
}

/// A form's field that is JSON of an object.
fn object(name: &'static str, text: &str) -> Result<Map<String, Value>, Failure> {
    serde_json::from_str(text).map_err(|error| {
        let msg = format!("Invalid JSON: {error}");
        let input = json!(text.chars().take(200).collect::<String>());
        Failure::Form(name, vec![FieldError { kind: "json_invalid", loc: vec![json!(name)], msg, input, ctx: None }])
    })
}
