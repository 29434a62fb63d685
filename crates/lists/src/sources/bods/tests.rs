//! Statements of invented people: what becomes of them, and what becomes of bad ones.
//!
//! Names of fields and codes are those of the standard's reference; each statement is written for the test.

#![allow(clippy::needless_pass_by_value, reason = "values of JSON are written where they are used")]

use proptest::prelude::*;
use serde_json::json;

use super::*;

fn read_bytes(bytes: &[u8]) -> Result<Reading, String> {
    let input = Input { name: "registers/sample.json".to_owned(), bytes: bytes.to_vec() };
    read(&input).map(|draft| draft.reading).map_err(|error| error.to_string())
}

fn read_all(statements: &[Value]) -> Reading {
    read_bytes(serde_json::to_string_pretty(statements).unwrap().as_bytes()).unwrap()
}

fn statement(record: &str, kind: &str, details: Value) -> Value {
    json!({
        "statementId": format!("{record}-0123456789abcdef0123456789abcdef"), "statementDate": "2024-05-01",
        "declarationSubject": "c1", "recordId": record, "recordType": kind, "recordStatus": "new",
        "publicationDetails": {"publicationDate": "2024-06-01", "bodsVersion": "0.4", "publisher": {"name": "Register of Utopia"}},
        "recordDetails": details,
    })
}

fn relation(record: &str, party: Value, interests: Value) -> Value {
    statement(
        record,
        "relationship",
        json!({"isComponent": false, "subject": "c1", "interestedParty": party, "interests": interests}),
    )
}

fn parties() -> Vec<Value> {
    vec![
        statement(
            "c1",
            "entity",
            json!({
                "isComponent": false, "entityType": {"type": "registeredEntity"}, "name": "Örnek Ticaret Ltd",
                "alternateNames": ["Ornek Trade"], "jurisdiction": {"name": "Türkiye", "code": "TR"}, "foundingDate": "2001-02-03",
                "identifiers": [{"scheme": "XI-LEI", "id": "LEI0"}, {"scheme": "TR-MERSIS", "id": "123"}],
                "addresses": [{"address": "Liman 1", "postCode": "07000", "country": {"name": "Türkiye", "code": "TR"}}],
            }),
        ),
        statement(
            "p1",
            "person",
            json!({
                "isComponent": false, "personType": "knownPerson", "birthDate": "1970-01",
                "names": [{"type": "legal", "fullName": "Ayşe Örnek"}, {"givenName": "Ayse", "familyName": "Ornek"}],
                "nationalities": [{"name": "Türkiye", "code": "TR"}], "identifiers": [{"scheme": "TUR-PASSPORT", "id": "U1"}],
                "politicalExposure": {"status": "isPep"},
            }),
        ),
    ]
}

fn find<'a>(reading: &'a Reading, id: &str) -> &'a Entity {
    reading.entities.iter().find(|entity| entity.id.as_str() == id).unwrap()
}

#[test]
fn people_and_companies_keep_what_is_said_of_them() {
    let reading = read_all(&parties());
    let (company, person) = (find(&reading, "c1"), find(&reading, "p1"));
    assert_eq!((company.schema.name(), company.caption()), ("Company", "Örnek Ticaret Ltd"));
    for (property, value) in [
        ("alias", "Ornek Trade"),
        ("jurisdiction", "TR"),
        ("leiCode", "LEI0"),
        ("registrationNumber", "123"),
        ("incorporationDate", "2001-02-03"),
        ("address", "Liman 1, 07000"),
    ] {
        assert_eq!(company.first(property), Some(value), "{property}");
    }
    for (property, value) in [
        ("name", "Ayşe Örnek"),
        ("alias", "Ayse Ornek"),
        ("birthDate", "1970-01"),
        ("nationality", "TR"),
        ("passportNumber", "U1"),
        ("topics", "role.pep"),
    ] {
        assert_eq!(person.first(property), Some(value), "{property}");
    }
    assert_eq!((reading.dataset.as_str(), reading.records, reading.findings.len()), ("sample", 2, 0));
    assert!(reading.entities.iter().all(|entity| entity.datasets == ["sample"]));
}

#[test]
fn interests_become_relations_with_the_bounds_of_their_shares() {
    let mut all = parties();
    all.push(relation("r1", json!("p1"), json!([
        {"type": "shareholding", "directOrIndirect": "direct", "share": {"exact": 33.3, "minimum": 33.3, "maximum": 33.3},
         "startDate": "2020-01-01", "endDate": "2023-01-01"},
        {"type": "votingRights", "share": {"exclusiveMinimum": 25, "maximum": 50}},
        {"type": "shareholding", "directOrIndirect": "indirect", "share": {"minimum": 10, "exclusiveMaximum": 20}},
        {"type": "appointmentOfBoard"},
        {"type": "boardChair"},
        {"type": "friendship"},
    ])));
    let reading = read_all(&all);
    let facts = |nth: u32| {
        let entity = find(&reading, &format!("r1-{nth}"));
        let kind = ["ownershipType", "controlType", "role"].iter().find_map(|property| entity.first(property));
        (entity.schema.name(), kind.unwrap(), entity.first("percentage"), entity.first("status"))
    };
    assert_eq!(facts(1), ("Ownership", "shareholding", Some("33.3"), None));
    assert_eq!(facts(2), ("Control", "votingRights", Some("(25, 50]"), None));
    assert_eq!(facts(3), ("Ownership", "shareholding", Some("[10, 20)"), Some("indirect")));
    assert_eq!(facts(4), ("Control", "appointmentOfBoard", None, None));
    assert_eq!(facts(5), ("Directorship", "boardChair", None, None));
    assert_eq!(facts(6), ("Control", "friendship", None, None));
    let first = find(&reading, "r1-1");
    assert_eq!((first.first("owner"), first.first("asset")), (Some("p1"), Some("c1")));
    assert_eq!((first.first("startDate"), first.first("endDate")), (Some("2020-01-01"), Some("2023-01-01")));
    assert_eq!((first.first("recordId"), first.first("publisher")), (Some("r1"), Some("Register of Utopia")));
    assert_eq!(reading.findings.len(), 1, "a type that the code list does not know");
    assert!(reading.findings[0].to_string().contains("friendship"), "{}", reading.findings[0]);
}

#[test]
fn of_several_statements_on_a_record_the_latest_holds_and_a_closed_one_ends() {
    let share = |percent: u32| json!([{"type": "shareholding", "share": {"exact": percent}}]);
    let mut all = parties();
    all.push(relation("r1", json!("p1"), share(60)));
    let mut later = relation("r1", json!("p1"), share(40));
    later["statementDate"] = json!("2025-01-31");
    later["recordStatus"] = json!("closed");
    all.insert(0, later);
    let reading = read_all(&all);
    let held = find(&reading, "r1-1");
    assert_eq!((held.first("percentage"), held.first("endDate")), (Some("40"), Some("2025-01-31")));
    assert_eq!(reading.records, 3);
}

#[test]
fn a_party_that_is_not_named_is_left_open_and_nobody_is_nobody() {
    let mut all = parties();
    all.push(relation("r1", json!({"reason": "informationUnknownToPublisher"}), json!([{"type": "unknownInterest"}])));
    all.push(relation("r2", json!({"reason": "noBeneficialOwners"}), json!([])));
    all.push(statement(
        "p2",
        "person",
        json!({"isComponent": false, "personType": "unknownPerson",
        "unspecifiedPersonDetails": {"reason": "unknown"}}),
    ));
    let reading = read_all(&all);
    let open = find(&reading, "r1-1");
    assert_eq!((open.first("owner"), open.first("percentage")), (None, None));
    assert_eq!(open.first("description"), Some("informationUnknownToPublisher"));
    assert!(reading.entities.iter().all(|entity| !entity.id.as_str().starts_with("r2")));
    assert_eq!(find(&reading, "p2").values("name"), [""; 0]);
}

#[test]
fn what_components_tell_is_not_counted_twice() {
    let mut all = parties();
    let indirect = json!([{"type": "shareholding", "directOrIndirect": "indirect", "share": {"exact": 100}}]);
    let mut primary = relation("r1", json!("p1"), indirect);
    primary["recordDetails"]["componentRecordIds"] = json!(["r2", "r3"]);
    all.push(primary);
    let reading = read_all(&all);
    assert_eq!(reading.entities.len(), 2);
    assert_eq!(reading.findings[0].severity, Severity::Low);
}

#[test]
fn a_bad_statement_is_a_finding_with_its_line_and_the_rest_is_read() {
    let mut all = parties();
    all.insert(1, json!({"statementId": "x", "recordType": "person", "recordDetails": {}}));
    all.push(statement("z", "animal", json!({})));
    all.push(json!("text"));
    all.push(statement("r9", "relationship", json!({"interestedParty": "p1"})));
    let text = format!("[\n{}\n]", all.iter().map(Value::to_string).collect::<Vec<_>>().join(",\n"));
    let reading = read_bytes(text.as_bytes()).unwrap();
    assert_eq!(reading.entities.len(), 2);
    let lines: Vec<_> = reading.findings.iter().map(|finding| finding.place.line.unwrap()).collect();
    assert_eq!(lines, [3, 6, 5, 7], "those without a record first");
}

#[test]
fn lines_and_an_array_say_the_same_and_a_cut_file_is_an_error() {
    let mut all = parties();
    all.push(relation("r1", json!("p1"), json!([{"type": "shareholding", "share": {"exact": 60}}])));
    let array = serde_json::to_string(&all).unwrap();
    let lines: String = all.iter().map(|statement| format!("{statement}\n")).collect();
    let whole = read_bytes(array.as_bytes()).unwrap().entities;
    assert_eq!(read_bytes(lines.as_bytes()).unwrap().entities, whole);
    for hundredth in 1..100 {
        let cut = &array.as_bytes()[..array.len() * hundredth / 100];
        assert!(read_bytes(cut).is_err(), "{hundredth} %");
        let cut = &lines.as_bytes()[..lines.len() * hundredth / 100];
        if let Ok(reading) = read_bytes(cut) {
            assert!(cut.is_empty() || cut.ends_with(b"}\n") || cut.ends_with(b"}"), "{hundredth} %");
            assert!(reading.entities.iter().all(|entity| whole.contains(entity)));
        }
    }
}

#[test]
fn the_order_of_statements_says_nothing() {
    let mut all = parties();
    all.push(relation("r1", json!("p1"), json!([{"type": "shareholding", "share": {"exact": 60}}])));
    let ids = |all: &[Value]| {
        let mut entities = read_all(all).entities;
        entities.sort_by(|one, other| one.id.cmp(&other.id));
        entities
    };
    let whole = ids(&all);
    for _ in 0..all.len() {
        all.rotate_left(1);
        assert_eq!(ids(&all), whole);
    }
}

#[test]
fn another_encoding_is_refused_and_the_same_file_twice_says_nothing_new() {
    let text = serde_json::to_string(&parties()).unwrap();
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
    assert!(read_bytes(&latin).is_err(), "a letter of Latin-1 is no UTF-8");
    let twice: Vec<Value> = parties().into_iter().chain(parties()).collect();
    assert_eq!(read_all(&twice).entities, read_all(&parties()).entities);
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "[\\[{}\":,a-c\\]\n\\\\]{0,60}|\\PC{0,60}") {
        let _ = read_bytes(text.as_bytes());
    }

    #[test]
    fn any_values_are_read_or_refused(
        kind in "entity|person|relationship", field in "names|interests|subject|interestedParty|entityType|addresses|identifiers|share",
        value in "null|1|\"x\"|\\[\\]|\\{\\}|\\[1\\]|\\[\\{\"share\":3\\}\\]|\\[\\{\"share\":\\{\"exact\":-1e300\\}\\}\\]",
    ) {
        let text = format!("[{{\"recordId\":\"a\",\"recordType\":\"{kind}\",\"recordDetails\":{{\"subject\":\"b\",\"{field}\":{value}}}}}]");
        let _ = read_bytes(text.as_bytes());
    }
}
