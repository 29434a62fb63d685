//! An entity as the API says it.
//!
//! In comes an entity of the lists, out comes a [`Body`]: ten keys, always all of them and in one order; properties without a value are absent. Values
//! are those of FollowTheMoney's types where they can be read (a country's code, a day in ISO form, a gender), and else as the source wrote them.
//!
//! `first_seen`, `last_seen` and `last_change` are what the publisher says, or what the versions of the list showed (`mihenk_node::seen`).

use mihenk_node::{
    Entity,
    entities::{Date, Property, PropertyType, country::Country, date::Precision, gender::Gender},
};
use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::{
    live::{self, Live},
    topics,
};

/// An entity in the form of yente.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Body {
    pub(crate) id: String,
    pub(crate) caption: String,
    pub(crate) schema: &'static str,
    pub(crate) properties: Properties,
    pub(crate) datasets: Vec<String>,
    pub(crate) referents: Vec<String>,
    pub(crate) target: bool,
    pub(crate) first_seen: Option<String>,
    pub(crate) last_seen: Option<String>,
    pub(crate) last_change: Option<String>,
}

/// Values by property.
#[derive(Clone, Debug, Default)]
pub(crate) struct Properties(pub(crate) Vec<(String, Vec<Item>)>);

/// A value, or the entity that it names.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum Item {
    Text(String),
    Entity(Box<Body>),
}

impl Serialize for Properties {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, values) in &self.0 {
            map.serialize_entry(name, values)?;
        }
        map.end()
    }
}

impl Properties {
    /// Adds a value to a property.
    pub(crate) fn add(&mut self, name: &str, item: Item) {
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, values)) => values.push(item),
            None => self.0.push((name.to_owned(), vec![item])),
        }
    }
}

/// A value in the form of its type; none if it is not of its type.
pub(crate) fn cleaned(property: &Property, value: &str) -> Option<String> {
    let value = value.trim();
    match property.kind {
        _ if value.is_empty() => None,
        PropertyType::Country => Country::parse(value).map(|country| country.code().to_owned()),
        PropertyType::Gender => Gender::parse(value).map(|gender| gender.code().to_owned()),
        PropertyType::Date => {
            let date = Date::parse(value).ok()?;
            // FollowTheMoney knows days, months and years; what is about or between two stays as it is written.
            let is_plain = matches!(date.precision, Precision::Day | Precision::Month | Precision::Year);
            Some(if is_plain { date.to_string() } else { value.to_owned() })
        }
        _ => Some(value.to_owned()),
    }
}

/// A moment as yente writes it: in UTC, without zone and fraction.
pub(crate) fn written(seconds: u32) -> Option<String> {
    let at = jiff::Timestamp::from_second(i64::from(seconds)).ok()?;
    Some(at.strftime("%Y-%m-%dT%H:%M:%S").to_string())
}

impl Body {
    /// Of an entity, with ids for the entities that it names; one that is `listed` has the topic *sanction*.
    pub(crate) fn of(live: &Live, entity: &Entity, listed: bool) -> Body {
        let mut properties = Properties::default();
        for (name, values) in &entity.properties {
            let property = entity.schema.property(name);
            let mut items: Vec<String> = Vec::with_capacity(values.len());
            for value in values {
                let value = match property {
                    Some(Property { kind: PropertyType::Entity(_), .. }) => {
                        live.node.lookup().canonical(value).to_owned()
                    }
                    Some(property) => cleaned(property, value).unwrap_or_else(|| value.clone()),
                    None => value.clone(),
                };
                if !items.contains(&value) {
                    items.push(value);
                }
            }
            properties.0.push((name.clone(), items.into_iter().map(Item::Text).collect()));
        }
        if listed {
            properties.add("topics", Item::Text("sanction".to_owned()));
            properties.0.sort_by(|a, b| a.0.cmp(&b.0));
        }
        let seen = live::seen_of(&live.node, entity);
        Body {
            id: entity.id.to_string(),
            caption: entity.caption().to_owned(),
            schema: entity.schema.name(),
            target: listed || entity.values("topics").iter().any(|topic| topics::is_risk(topic)),
            properties,
            datasets: entity.datasets.clone(),
            referents: entity.referents.iter().filter(|id| *id != entity.id.as_str()).cloned().collect(),
            first_seen: seen.first.and_then(written),
            last_seen: seen.last.and_then(written),
            last_change: seen.change.and_then(written),
        }
    }
}
