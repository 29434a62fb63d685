//! The texts of a thing as a search looks through them.
//!
//! In comes an entity, out come its values as words in lower case and Latin letters, with the property of each. A search asks for words, beginnings
//! of words, words that are alike, and words in a row, in one property or in any; here is what a property's values are, and nothing of how they are
//! asked for ([`crate::query`]).

use std::borrow::Cow;

use mihenk_node::{
    entities::{Entity, PropertyType, Schema, country::Country, gender::Gender},
    tokenize,
};

/// A value: its property, what kind it is, and its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Value {
    pub(crate) property: Cow<'static, str>,
    pub(crate) kind: Kind,
    /// Words, with one space between two, and none before or behind.
    pub(crate) words: Box<str>,
}

/// What the values of a property are, as far as a search tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Name,
    Country,
    Topic,
    Gender,
    Identifier,
    Other,
}

/// All values of a thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Texts(Vec<Value>);

impl Texts {
    /// Of an entity; one that is `listed` has the topic *sanction* if it names none.
    pub(crate) fn of(entity: &Entity, listed: bool) -> Texts {
        let mut values = Vec::new();
        for (property, all) in &entity.properties {
            let kind = kind_of(entity.schema, property);
            // There are properties by the million; the schema has their names already.
            let known = entity.schema.property(property).map(|property| Cow::Borrowed(property.name));
            let name = known.unwrap_or_else(|| Cow::Owned(property.clone()));
            values.extend(all.iter().map(|value| Value {
                property: name.clone(),
                kind,
                words: written(kind, value).into(),
            }));
        }
        if listed {
            values.push(Value { property: "topics".into(), kind: Kind::Topic, words: "sanction".into() });
        }
        Texts(values)
    }

    /// All values.
    pub(crate) fn all(&self) -> &[Value] {
        &self.0
    }

    /// The values of a kind.
    pub(crate) fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |value| value.kind == kind).map(|value| &*value.words)
    }
}

fn kind_of(schema: Schema, property: &str) -> Kind {
    match schema.property(property).map(|property| property.kind) {
        Some(PropertyType::Name) => Kind::Name,
        Some(PropertyType::Country) => Kind::Country,
        Some(PropertyType::Gender) => Kind::Gender,
        Some(PropertyType::Identifier) => Kind::Identifier,
        _ if property == "topics" => Kind::Topic,
        _ => Kind::Other,
    }
}

/// Codes stay codes, everything else becomes words.
fn written(kind: Kind, value: &str) -> String {
    match kind {
        Kind::Country => Country::parse(value).map_or_else(|| folded(value), |country| country.code().to_owned()),
        Kind::Gender => Gender::parse(value).map_or_else(|| folded(value), |gender| gender.code().to_owned()),
        Kind::Topic => value.to_lowercase(),
        _ => folded(value),
    }
}

/// A text as words in lower case and Latin letters.
pub(crate) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for token in tokenize(text) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&token.form);
    }
    out
}
