//! What a query is read as, and what is refused with which words.
//!
//! In comes JSON as a user would write it; expected are entities and reasons.

use proptest::prelude::*;

use super::*;

fn read(line: &str) -> Query {
    Query::from_json(line, 7).unwrap()
}

fn refused(line: &str) -> (Option<String>, String) {
    let refusal = Query::from_json(line, 7).unwrap_err();
    (refusal.id.map(|id| serde_json::to_string(&id).unwrap()), refusal.what.into())
}

#[test]
fn a_query_in_yentes_form_is_read() {
    let query = read(r#"{"id": "q 1", "schema": "Person", "properties": {"name": "Ali", "x": ["y"]}}"#);
    assert_eq!((query.id.as_str(), query.unknown.as_slice()), ("q 1", ["x".to_owned()].as_slice()));
    let without = read(r#"{"schema": "Person", "properties": {"name": ["Ali"]}}"#);
    assert_eq!(without.id, Id::text("7"), "the line's number stands in for a missing id");
    let null = read(r#"{"id": null, "schema": "Person", "properties": {"name": ["Ali", null, ""]}}"#);
    assert_eq!((null.id, null.record.names.len()), (Id::text("7"), 1));
}

#[test]
fn an_id_comes_back_as_it_was_given() {
    for id in ["17", "-3", "12345678901234567890123456789", "1e400", "1.50", r#""a b\n\u00e9""#, r#""""#] {
        let query = read(&format!(r#"{{"id": {id}, "schema": "Person", "properties": {{"name": "Ali"}}}}"#));
        let written = serde_json::to_string(&query.id).unwrap();
        assert_eq!(written, id.replace("\\u00e9", "é"));
        let refusal = format!(r#"{{"id": {id}, "schema": "Person", "properties": {{"name": "\ud800"}}}}"#);
        assert_eq!(refused(&refusal).0, Some(written), "also when the record is refused");
    }
    for id in ["true", "[1]", "{}"] {
        let line = format!(r#"{{"id": {id}, "schema": "Person", "properties": {{"name": "Ali"}}}}"#);
        assert!(refused(&line).1.starts_with("field 'id': expected a text or a number"));
    }
}

#[test]
fn a_query_that_cannot_be_asked_says_why() {
    let person = |properties: &str| format!(r#"{{"id":"1","schema":"Person","properties":{{{properties}}}}}"#);
    for (line, expected) in [
        (person(""), "nothing to go by"),
        (person(r#""name":[""]"#), "nothing to go by"),
        (person(r#""name":["---"]"#), "field 'properties.name': '---' has neither letters nor digits"),
        (person(r#""name":["A"],"birthDate":["1990-02-31"]"#), "month 2 of 1990 has no day 31"),
        (person(&format!(r#""name":"{}""#, "x".repeat(1_000_000))), "a name of 1000000 bytes; at most 2000"),
        (person(r#""name":["\ud83d"]"#), "not JSON: half of a surrogate pair"),
        (person(r#""name":["\udc00x"]"#), "not JSON: half of a surrogate pair"),
        (person(r#""name":["\ud83dx"]"#), "not JSON: half of a surrogate pair"),
        (person(r#""passportNumber":["n/a"]"#), "'n/a' is not a number"),
        (person(&format!(r#""name":{}"#, "[".repeat(100_000))), "recursion limit"),
        (r#"{"id":"1","schema":"Pirson","properties":{"name":["A"]}}"#.into(), "did you mean 'Person'"),
        (r#"{"id":"1","properties":{"name":["A"]}}"#.into(), "field 'schema' is missing"),
        (r#"{"id":"1","schema":"Person","properties":["A"]}"#.into(), "invalid type: sequence, expected an object of"),
        (r#"{"id":"1","schema":"Person","properties":null}"#.into(), "nothing to go by"),
        (r#"{"id":"1","id":"2","schema":"Person"}"#.into(), "not a query: duplicate field `id`"),
        (r#"["1","Person",{"name":["A"]}]"#.into(), "expected an object"),
        ("{".into(), "not JSON: EOF while parsing"),
        ("\"Ali\"".into(), "not JSON"),
    ] {
        let (_, what) = refused(&line);
        assert!(what.contains(expected), "{what}");
        assert!(what.len() < 700, "an error is a line, whatever was asked");
    }
}

#[test]
fn a_name_of_nothing_but_titles_is_known() {
    let nobody = |schema: &str, names: &str| {
        read(&format!(r#"{{"schema":"{schema}","properties":{{"name":{names}}}}}"#)).names_nobody()
    };
    assert!(nobody("Person", r#"["Dr. Prof."]"#).unwrap().as_str().contains("'Dr. Prof.' is nothing but titles"));
    assert!(nobody("Company", r#"["Co., Ltd."]"#).is_some());
    assert_eq!(nobody("Person", r#"["Dr. Prof.", "Ali"]"#), None);
    assert_eq!(nobody("Vessel", r#"["Doctor"]"#), None, "a ship may be called so");
}

#[test]
fn a_value_of_little_weight_is_left_out_with_a_warning() {
    let query = read(
        r#"{"id":"1","schema":"Person","properties":
            {"name":"Ali","country":["XX",""],"gender":"unknown","passportNumber":["n/a","A123456"],"birthDate":null}}"#,
    );
    let fields: Vec<&str> = query.warnings.iter().map(|w| w.as_str().split(": ").next().unwrap()).collect();
    let expected = ["field 'properties.country'", "field 'properties.gender'", "field 'properties.passportNumber'"];
    assert_eq!(fields, expected);
    assert_eq!(query.record.identifiers.len(), 1, "what could be read counts");
}

#[test]
fn a_property_that_stands_twice_has_all_its_values() {
    let query = read(r#"{"schema":"Person","properties":{"name":["A b"],"alias":"C d","name":"E f","name":["G h"]}}"#);
    let names: Vec<&str> = query.record.names.iter().map(|n| n.text.as_str()).collect();
    assert_eq!(names, ["A b", "E f", "G h", "C d"]);
}

#[test]
fn values_are_put_where_the_schema_has_them() {
    let company = read(r#"{"schema":"Company","properties":{"name":"Acme","nationality":"Iran"}}"#);
    assert_eq!(company.record.attributes.countries.len(), 1);
    let person = read(r#"{"schema":"LegalEntity","properties":{"firstName":"Ali","lastName":"Example"}}"#);
    assert_eq!((person.record.schema.name(), person.record.names[0].text.as_str()), ("Person", "Ali Example"));
    let thing = read(r#"{"schema":"Company","properties":{"name":"Acme","gender":"female","hobby":"x"}}"#);
    assert_eq!(thing.unknown, ["hobby"], "a gender is evidence, whatever the schema");
}

#[test]
fn columns_are_known_by_the_names_that_people_give_them() {
    let columns =
        Columns::read(["Customer ID", "Full name", "D.O.B.", "Country", "IMO", "colour"].into_iter()).unwrap();
    assert_eq!(columns.unknown, ["colour"]);
    let row = |cells: [&str; 6]| cells.map(str::to_owned).to_vec();
    let query = columns.query(&row(["c1", "Ali Example", "1990-01-02", "Iran", "", "red"]), 2).unwrap();
    assert_eq!((query.id.as_str(), query.record.names[0].text.as_str()), ("c1", "Ali Example"));
    assert_eq!(query.record.attributes.born.len(), 1);
    let warned = columns.query(&row(["c2", "Ali", "", "XX", "n/a", ""]), 3).unwrap();
    assert_eq!(warned.warnings.len(), 2);
    let refusal = columns.query(&row(["c3", "Ali", "31 Feb 1990", "", "", ""]), 4).unwrap_err();
    assert_eq!((refusal.id.unwrap().as_str(), refusal.what.as_str().contains("no day 31")), ("c3", true));
    for useless in [["colour", "country"], ["gender", "birthDate"], ["id", "address"]] {
        assert!(Columns::read(useless.into_iter()).is_err());
    }
}

proptest! {
    /// A good line with a piece of it changed is read or refused, never a panic.
    #[test]
    fn any_line_is_read_or_refused(at in 0usize..110, cut in 0usize..30, new in "\\PC{0,6}|[\"{}\\[\\],:0-9]{0,6}") {
        let good = r#"{"id": 17, "schema": "Person", "properties": {"name": ["Ali", "علی"], "birthDate": "1957-02-03", "country": "ir"}}"#;
        let chars: Vec<char> = good.chars().collect();
        let (at, end) = (at.min(chars.len()), (at + cut).min(chars.len()));
        let line: String = chars[..at].iter().copied().chain(new.chars()).chain(chars[end..].iter().copied()).collect();
        match Query::from_json(&line, 1) {
            Ok(query) => prop_assert!(!query.record.names.is_empty() || !query.record.identifiers.is_empty()),
            Err(refusal) => prop_assert!(!refusal.what.as_str().is_empty()),
        }
    }
}
