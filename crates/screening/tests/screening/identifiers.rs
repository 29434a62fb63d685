//! Numbers: a strong one alone finds its entity whatever the name, however it is written; a weak one says less.
//!
//! IMO 9116412 is a valid number (9·7+1·6+1·5+6·4+4·3+1·2 = 112, last digit 2), 9116413 is not.

use mihenk_screening::model::calibration::Score;
use serde_json::{Value, json};

use crate::given::{ALL, LISTED, against, entity, query, screen};

fn best(schema: &str, properties: &Value) -> Option<(String, Score)> {
    screen(&LISTED, &query(schema, properties), &ALL).into_iter().next().map(|(id, hit)| (id, hit.score))
}

#[test]
fn a_strong_number_finds_its_entity_whatever_the_name() {
    for number in ["T14553558", "t-1455 3558", " T 14.553.558 "] {
        for name in ["Somebody Else", "علی", "Qasem Soleimani"] {
            let hits = screen(&LISTED, &query("Person", &json!({ "name": name, "passportNumber": number })), &ALL);
            let matches: Vec<&str> = hits.iter().filter(|h| h.1.is_match).map(|h| h.0.as_str()).collect();
            assert!(matches.contains(&"starter-ali-khorashadizadeh"), "{name} {number}: {matches:?}");
        }
        let alone = best("Person", &json!({ "passportNumber": number })).unwrap();
        assert_eq!(alone, ("starter-ali-khorashadizadeh".to_owned(), Score::FULL), "nothing speaks against it");
    }
    for number in ["9116412", "IMO 9116412", "IMO9116412", "imo: 9116412"] {
        let found = best("Vessel", &json!({ "name": "OCEAN PRINCESS", "imoNumber": number })).unwrap();
        assert!(found.0 == "starter-adrian-darya-1" && found.1 >= Score::THRESHOLD, "{number}: {found:?}");
    }
}

#[test]
fn a_misprinted_number_is_another_number() {
    for number in ["9116413", "9116421", "T14553559"] {
        let found = best("Vessel", &json!({ "imoNumber": number }));
        assert!(found.is_none(), "{number}: {found:?}");
    }
    // Both have the same wrong number: it is the same, but worth less than a right one.
    let score = |listed: &str, asked: &str| {
        let listed = entity("listed", "Vessel", &json!({ "name": "GRACE", "imoNumber": listed }));
        against(&listed, &query("Vessel", &json!({ "name": "OCEAN", "imoNumber": asked }))).map(|hit| hit.bits)
    };
    let (right, wrong) = (score("9116412", "9116412").unwrap(), score("9116413", "9116413").unwrap());
    assert!(right > wrong, "{right} {wrong}");
}

#[test]
fn a_passport_is_no_national_number_but_lists_mix_them_up() {
    let listed = entity("listed", "Person", &json!({ "name": "Ali Rezai", "passportNumber": "K98765432" }));
    let bits = |property: &str| {
        let hit = against(&listed, &query("Person", &json!({ "name": "Ali Rezai", property: "K98765432" }))).unwrap();
        (hit.bits, hit.score)
    };
    let name = against(&listed, &query("Person", &json!({ "name": "Ali Rezai" }))).unwrap().bits;
    let (same, mixed) = (bits("passportNumber"), bits("idNumber"));
    assert!(same.0 > mixed.0 && mixed.0 > name, "{same:?} {mixed:?} {name}");
    assert_eq!(same.1, Score::FULL);
    assert!(mixed.1 < Score::FULL, "a number under another name is never full proof");
}

#[test]
fn a_shared_number_is_worth_more_than_what_may_speak_against_it() {
    let listed = entity(
        "listed",
        "Person",
        &json!({ "name": "Ali Rezai", "birthDate": "1960-01-01", "gender": "male", "nationality": "ir", "passportNumber": "K98765432" }),
    );
    let against_all = query(
        "Person",
        &json!({ "name": "Maria Gonzalez", "birthDate": "1992-05-06", "gender": "female", "nationality": "es", "passportNumber": "K98765432" }),
    );
    let hit = against(&listed, &against_all).unwrap();
    assert!(hit.is_match && hit.score < Score::FULL, "{hit:?}");
}

#[test]
fn another_unique_number_speaks_against_the_same_name() {
    let listed = entity("listed", "Vessel", &json!({ "name": "ADRIAN DARYA", "imoNumber": "9116412" }));
    let bits = |more: Value| against(&listed, &query("Vessel", &more)).unwrap().bits;
    let plain = bits(json!({ "name": "ADRIAN DARYA" }));
    assert!(bits(json!({ "name": "ADRIAN DARYA", "imoNumber": "9167253" })) < plain);
    // A second passport is nothing unusual.
    let listed = entity("listed", "Person", &json!({ "name": "Ali Rezai", "passportNumber": "K98765432" }));
    let bits = |more: Value| against(&listed, &query("Person", &more)).unwrap().bits;
    assert_eq!(
        bits(json!({ "name": "Ali Rezai", "passportNumber": "Z11111111" })),
        bits(json!({ "name": "Ali Rezai" }))
    );
}
