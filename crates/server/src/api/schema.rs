//! Schemas: what a parameter, a body or an answer looks like.
//!
//! A [`Schema`] is JSON Schema (2020-12) as far as it is needed here. The same schema is published in the OpenAPI document and held against every request
//! ([`super::check`]), so that what is described is what is taken; in tests every answer is held against its schema too.

use serde_json::{Value, json};

/// Fields, closed to others: `shape! { "id": id("A"), @may "note": text() }`, where what has `@may` may be missing.
macro_rules! shape {
    (@is) => { true };
    (@is may) => { false };
    ($($(@$may:ident)? $name:literal : $schema:expr),* $(,)?) => {
        $crate::api::schema::fields(vec![$(($name, $crate::api::schema::shape!(@is $($may)?), $schema)),*])
    };
}
pub(crate) use shape;

/// JSON Schema of a value.
#[derive(Clone, Debug)]
pub(crate) struct Schema(pub(crate) Value);

impl Schema {
    fn set(mut self, name: &str, value: impl Into<Value>) -> Schema {
        if let Some(fields) = self.0.as_object_mut() {
            fields.insert(name.to_owned(), value.into());
        }
        self
    }

    /// What it means.
    pub(crate) fn says(self, text: &str) -> Schema {
        self.set("description", text)
    }

    /// What holds when it is not given.
    pub(crate) fn usually(self, value: impl Into<Value>) -> Schema {
        self.set("default", value)
    }

    /// Or nothing.
    pub(crate) fn or_null(self) -> Schema {
        match self.0.get("type").and_then(Value::as_str).map(str::to_owned) {
            Some(kind) if self.0.get("enum").is_none() => self.set("type", json!([kind, "null"])),
            _ => Schema(json!({ "anyOf": [self.0, { "type": "null" }] })),
        }
    }

    /// May have fields that are not named here.
    pub(crate) fn open(self) -> Schema {
        self.set("additionalProperties", true)
    }

    /// No more than so many characters or items.
    pub(crate) fn at_most(self, most: usize) -> Schema {
        let name = if self.0["type"] == "array" { "maxItems" } else { "maxLength" };
        self.set(name, most)
    }

    /// One at least.
    pub(crate) fn not_empty(self) -> Schema {
        let name = if self.0["type"] == "array" { "minItems" } else { "minLength" };
        self.set(name, 1)
    }
}

/// A text.
pub(crate) fn text() -> Schema {
    Schema(json!({ "type": "string", "maxLength": 100_000 }))
}

/// A text on one line or a few.
pub(crate) fn words() -> Schema {
    text().at_most(1_000)
}

/// Why somebody decides something, in their words.
pub(crate) fn reason() -> Schema {
    // The ledger keeps 16 KiB; a character has at most four bytes.
    Schema(json!({ "type": "string", "minLength": 1, "maxLength": 4_096, "pattern": r"\S" }))
        .says("Why, in your words.")
}

/// One of some words.
pub(crate) fn one_of(words: &[&str]) -> Schema {
    Schema(json!({ "type": "string", "enum": words }))
}

/// An id: a letter or two and a number.
pub(crate) fn id(letter: &str) -> Schema {
    Schema(
        json!({ "type": "string", "pattern": format!("^{letter}-[1-9][0-9]{{0,15}}$"), "examples": [format!("{letter}-17")] }),
    )
}

/// A number in a path.
pub(crate) fn number_in_path() -> Schema {
    Schema(json!({ "type": "string", "pattern": "^[1-9][0-9]{0,15}$", "examples": ["17"] }))
}

/// A day.
pub(crate) fn day() -> Schema {
    Schema(json!({ "type": "string", "format": "date" }))
}

/// A moment, as RFC 3339 writes it.
pub(crate) fn moment() -> Schema {
    Schema(json!({ "type": "string", "format": "date-time" }))
}

/// Milliseconds since 1970 (UTC).
pub(crate) fn millis() -> Schema {
    Schema(json!({ "type": "integer", "format": "int64" })).says("Milliseconds since 1970 (UTC).")
}

/// A whole number.
pub(crate) fn whole() -> Schema {
    Schema(json!({ "type": "integer", "format": "int64" }))
}

/// A whole number from `least` to `most`.
pub(crate) fn count(least: i64, most: i64) -> Schema {
    Schema(json!({ "type": "integer", "minimum": least, "maximum": most }))
}

/// A number from 0 to 1.
pub(crate) fn share() -> Schema {
    Schema(json!({ "type": "number", "minimum": 0, "maximum": 1 }))
}

/// A number.
pub(crate) fn number() -> Schema {
    Schema(json!({ "type": "number" }))
}

/// Yes or no.
pub(crate) fn flag() -> Schema {
    Schema(json!({ "type": "boolean" }))
}

/// Some of something.
#[allow(clippy::needless_pass_by_value)] // schemas are put together from others that are made for it
pub(crate) fn list(of: Schema) -> Schema {
    Schema(json!({ "type": "array", "items": of.0 }))
}

/// Names with values.
#[allow(clippy::needless_pass_by_value)] // as above
pub(crate) fn map(of: Schema) -> Schema {
    Schema(json!({ "type": "object", "additionalProperties": of.0 }))
}

/// Any object.
pub(crate) fn object() -> Schema {
    Schema(json!({ "type": "object" }))
}

/// Properties of FollowTheMoney with their values.
pub(crate) fn properties() -> Schema {
    map(list(text().at_most(10_000)).at_most(1_000))
}

/// An amount of money.
pub(crate) fn amount() -> Schema {
    let currency = Schema(json!({ "type": "string", "minLength": 3, "maxLength": 3 })).says("ISO 4217.");
    shape! { "amount_minor": whole(), "currency": currency }
}

/// Fields that are named; with `?` they may be missing.
#[allow(clippy::needless_pass_by_value)] // as above
pub(crate) fn fields(named: Vec<(&'static str, bool, Schema)>) -> Schema {
    let required: Vec<&str> = named.iter().filter(|field| field.1).map(|field| field.0).collect();
    let properties: serde_json::Map<String, Value> =
        named.iter().map(|(name, _, schema)| ((*name).to_owned(), schema.0.clone())).collect();
    let mut out = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if !required.is_empty() {
        out["required"] = json!(required);
    }
    Schema(out)
}
