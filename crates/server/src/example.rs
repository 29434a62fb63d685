//! A query of `/match`: an example of the entity that is looked for.
//!
//! In comes what stands in the body under a query's key, out comes an [`Example`]: the schema, the values in the form of their types as the answer
//! repeats them, and the query as Mihenk screens it. As in yente, properties that the schema does not have and values that are not of their type are
//! dropped; Mihenk's `warnings` say which of them a name or a date was.

use mihenk_node::{
    Entity, EntityId,
    entities::{
        Identifier, IdentifierKind, Property, PropertyType, Schema, country::Country, identifier::Check, telephone,
    },
    query::Query,
};
use serde_json::{Map, Value, json};

use crate::{
    algorithms::Algorithm,
    entity::{Item, Properties, cleaned},
    problem::{Failure, FieldError},
};

/// A query that was read.
#[derive(Debug)]
pub(crate) struct Example {
    pub(crate) id: Option<String>,
    pub(crate) schema: Schema,
    pub(crate) properties: Properties,
    /// What is screened; none if there is nothing to go by.
    pub(crate) query: Option<Query>,
    pub(crate) warnings: Vec<String>,
}

/// Values of a query; a name of each is looked for, which takes its time.
const VALUES_MAX: usize = 1_000;
/// Bytes of a value; FollowTheMoney allows a name fewer than four hundred.
const BYTES_MAX: usize = 16 << 10;

/// Parts of a name, in the order in which they make one.
const PARTS: [&str; 5] = ["firstName", "secondName", "middleName", "fatherName", "lastName"];

/// Checks the form of a query; what does not fit is told with its place.
pub(crate) fn check(key: &str, value: &Value, errors: &mut Vec<FieldError>) {
    let mut wrong = |kind: &'static str, field: Option<&str>, msg: &str, input: &Value| {
        let mut loc = vec![json!("body"), json!("queries"), json!(key)];
        loc.extend(field.map(|field| json!(field)));
        errors.push(FieldError { kind, loc, msg: msg.to_owned(), input: input.clone(), ctx: None });
    };
    let Value::Object(query) = value else {
        let msg = "Input should be a valid dictionary or object to extract fields from";
        return wrong("model_attributes_type", None, msg, value);
    };
    match query.get("id") {
        None | Some(Value::Null | Value::String(_)) => {}
        Some(id) => wrong("string_type", Some("id"), "Input should be a valid string", id),
    }
    match query.get("schema") {
        None => wrong("missing", Some("schema"), "Field required", value),
        Some(Value::String(_)) => {}
        Some(schema) => wrong("string_type", Some("schema"), "Input should be a valid string", schema),
    }
    match query.get("properties") {
        None => wrong("missing", Some("properties"), "Field required", value),
        Some(Value::Object(_)) => {}
        Some(properties) => {
            wrong("dict_type", Some("properties"), "Input should be a valid dictionary", properties);
        }
    }
}

/// Reads a query whose form was checked.
pub(crate) fn read(value: &Value, algorithm: Algorithm) -> Result<Example, Failure> {
    let name = value["schema"].as_str().unwrap_or("");
    let cannot = |why: &str| Failure::bad(format!("Cannot parse example entity: {why}"));
    let schema = Schema::named(name).ok_or_else(|| cannot(&format!("no such schema: {name}")))?;
    if !schema.is_matchable() && schema.name() != "Thing" {
        return Err(cannot(&format!("non-matchable schema: {name}")));
    }
    let id = value["id"].as_str().map(str::to_owned);
    let none = Map::new();
    let properties = value["properties"].as_object().unwrap_or(&none);
    check_size(properties).map_err(|what| cannot(&what))?;
    Ok(of(id, schema, properties, algorithm))
}

/// An example of values by property.
pub(crate) fn of(id: Option<String>, schema: Schema, given: &Map<String, Value>, algorithm: Algorithm) -> Example {
    let mut example = Example { id, schema, properties: Properties::default(), query: None, warnings: Vec::new() };
    let mut values: Vec<(&'static Property, String)> = Vec::new();
    for (name, value) in given {
        let Some(property) = schema.property(name) else { continue };
        for text in texts(value) {
            match cleaned(property, &text) {
                Some(text) if values.iter().any(|(known, other)| known.name == property.name && *other == text) => {}
                Some(text) => values.push((property, text)),
                None if property.kind == PropertyType::Date => {
                    let shown: String = text.chars().take(60).collect();
                    let what = format!("'{shown}' is not a date that can mean one day only; it was left out");
                    example.warnings.push(format!("field 'properties.{name}': {what}"));
                }
                None => {}
            }
        }
    }
    add_whole_name(schema, &mut values);
    add_country(schema, &mut values);
    let mut entity = EntityId::new("query").map(|id| Entity::new(id, schema)).ok();
    for (property, text) in values {
        if let Some(entity) = entity.as_mut().filter(|_| algorithm.looks_at(property)) {
            entity.add(property.name, text.clone());
        }
        example.properties.add(property.name, Item::Text(text));
    }
    match entity.map(Query::of) {
        Some(Ok(query)) => {
            example.warnings.extend(query.warnings.iter().map(ToString::to_string));
            example.query = Some(query);
        }
        Some(Err(why)) => example.warnings.push(why.into()),
        None => {}
    }
    example
}

/// A name of the parts of one, where there is no whole one.
fn add_whole_name(schema: Schema, values: &mut Vec<(&'static Property, String)>) {
    let has_name = values.iter().any(|(property, _)| property.kind == PropertyType::Name && property.matchable);
    if has_name {
        return;
    }
    let first = |part: &str| values.iter().find(|(property, _)| property.name == part).map(|(_, text)| text.as_str());
    let whole = PARTS.iter().filter_map(|part| first(part)).collect::<Vec<_>>().join(" ");
    if let (false, Some(alias)) = (whole.is_empty(), schema.property("alias")) {
        values.push((alias, whole));
    }
}

/// The countries that numbers name, where none is given: a telephone number by its dialling code, an IBAN by its letters. FollowTheMoney calls them hints.
fn add_country(schema: Schema, values: &mut Vec<(&'static Property, String)>) {
    let Some(country) = schema.property("country") else { return };
    if values.iter().any(|(property, _)| property.kind == PropertyType::Country) {
        return;
    }
    let hint = |(property, text): &(&'static Property, String)| match property.kind {
        PropertyType::Contact if property.name == "phone" => telephone::country(text),
        PropertyType::Identifier if property.name == "iban" => {
            let number = Identifier::read(IdentifierKind::Iban, text).filter(|number| number.check == Check::Passed)?;
            number.normal.get(..2).and_then(Country::parse)
        }
        _ => None,
    };
    let mut hints: Vec<&'static str> = values.iter().filter_map(hint).map(Country::code).collect();
    hints.sort_unstable();
    hints.dedup();
    values.extend(hints.into_iter().map(|code| (country, code.to_owned())));
}

/// Whether there are not too many values, and none is too long.
pub(crate) fn check_size(properties: &Map<String, Value>) -> Result<(), String> {
    let (mut count, mut longest) = (0, 0);
    properties.values().for_each(|value| measure(value, &mut count, &mut longest));
    if count > VALUES_MAX {
        return Err(format!("it has {count} values, and more than {VALUES_MAX} are not looked at"));
    }
    if longest > BYTES_MAX {
        return Err(format!("a value has {longest} bytes, and more than {BYTES_MAX} are not looked at"));
    }
    Ok(())
}

/// How many values there are, and how long the longest is.
fn measure(value: &Value, count: &mut usize, longest: &mut usize) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| measure(value, count, longest)),
        Value::String(text) => (*count, *longest) = (*count + 1, (*longest).max(text.len())),
        _ => *count += 1,
    }
}

/// The values that stand for text: texts, numbers and lists of them, and ids of entities.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Number(number) => vec![number.to_string()],
        Value::Bool(truth) => vec![truth.to_string()],
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        Value::Object(object) => object.get("id").and_then(Value::as_str).map(str::to_owned).into_iter().collect(),
        Value::Null => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example(text: &str) -> Example {
        read(&serde_json::from_str(text).unwrap(), Algorithm::LogicV2).unwrap()
    }

    fn echo(example: &Example) -> Value {
        serde_json::to_value(&example.properties).unwrap()
    }

    #[test]
    fn values_are_put_into_the_form_of_their_type() {
        let read = example(
            r#"{"schema": "Person", "properties": {"name": "Ali Şen", "nationality": ["Russia", "nowhere"], "birthDate": "3 May 1960",
                "height": [180], "imoNumber": ["1"], "gender": "M", "alias": [null, {}, ["B"]]}}"#,
        );
        let expected = json!({
            "name": ["Ali Şen"], "nationality": ["ru"], "birthDate": ["1960-05-03"], "height": ["180"], "gender": ["male"], "alias": ["B"]
        });
        assert_eq!(echo(&read), expected);
        assert!(read.query.is_some() && read.id.is_none());
    }

    #[test]
    fn parts_of_a_name_make_one() {
        let read =
            example(r#"{"id": "x", "schema": "Person", "properties": {"lastName": "Şen", "firstName": ["Ali"]}}"#);
        assert_eq!(echo(&read)["alias"], json!(["Ali Şen"]));
        let whole = example(r#"{"schema": "Person", "properties": {"name": "A", "lastName": "Şen"}}"#);
        assert_eq!(echo(&whole).get("alias"), None);
    }

    #[test]
    fn numbers_name_a_country_where_none_is_given() {
        let country = |properties: &str| {
            let read =
                example(&format!("{{\"schema\": \"Company\", \"properties\": {{\"name\": \"A\", {properties}}}}}"));
            echo(&read).get("country").cloned()
        };
        assert_eq!(country("\"phone\": [\"+90 312 555 0100\", \"+44 20 7946 0018\"]"), Some(json!(["gb", "tr"])));
        assert_eq!(country("\"phone\": [\"+90 312 555 0100\"], \"jurisdiction\": [\"mt\"]"), None);
        // The example of the registry of ISO 13616, and the same with a digit exchanged.
        let read = example(r#"{"schema": "BankAccount", "properties": {"iban": ["GB82 WEST 1234 5698 7654 32"]}}"#);
        assert_eq!(echo(&read)["country"], json!(["gb"]));
        let read = example(r#"{"schema": "BankAccount", "properties": {"iban": ["GB82 WEST 1234 5698 7654 31"]}}"#);
        assert_eq!(echo(&read).get("country"), None);
    }

    #[test]
    fn schemata_that_are_not_screened_are_refused() {
        let refused = |schema: &str| {
            let value = json!({ "schema": schema, "properties": {} });
            matches!(read(&value, Algorithm::LogicV2), Err(Failure::Told(status, _)) if status == 400)
        };
        assert!(refused("Sanction") && refused("Persn") && refused("person"));
        assert!(!refused("Thing") && !refused("Person"));
    }

    #[test]
    fn a_query_has_an_end() {
        let is_read = |values: Vec<String>| {
            let value = json!({ "schema": "Person", "properties": { "alias": values } });
            read(&value, Algorithm::NameBased).is_ok()
        };
        let many = |count: usize| (0..count).map(|at| format!("A{at}")).collect::<Vec<_>>();
        assert!(is_read(many(1_000)) && !is_read(many(1_001)));
        assert!(is_read(vec!["a".repeat(16 << 10)]) && !is_read(vec!["a".repeat((16 << 10) + 1)]));
    }

    #[test]
    fn a_date_with_two_meanings_is_left_out_and_told() {
        let read = example(r#"{"schema": "Person", "properties": {"name": "A B", "birthDate": "05/06/1960"}}"#);
        assert_eq!(echo(&read).get("birthDate"), None);
        assert!(read.warnings[0].contains("05/06/1960"), "{:?}", read.warnings);
    }
}
