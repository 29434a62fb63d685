//! Laws that evidence obeys, whatever the model: symmetry, order, monotony, and sums that add up.
//!
//! Tried on the names of the starter list and on records made from them. *Someone asked* and *someone listed* are not the
//! same role: a word only the asked name has and one only the listed name has weigh differently, and so does the pair's
//! rarity, which is looked up for the asked name. Everything else of a comparison must not depend on who is who.

use mihenk_entities::Entity;
use mihenk_names::Bearer;
use mihenk_screening::{
    candidates::Scratch,
    compare::{compare, compare_read},
    model::calibration::{BaseRate, Score},
    record::bearers,
    screener::{Options, Screener},
    shape::AskedName,
    weights::Feature,
};
use serde_json::{Value, json};

use crate::given::{self, ALL, LISTED, MODEL, Random, STARTER, against, entity, index, query, screen};

/// All names of the starter list with the way they are read.
fn names() -> Vec<(Bearer, &'static str)> {
    let matchable = STARTER.iter().filter(|e| e.schema.is_matchable());
    matchable
        .flat_map(|e| {
            let texts = ["name", "alias", "weakAlias", "previousName"].into_iter().flat_map(|p| e.values(p));
            texts.map(|text| (bearers(e.schema)[0], text.as_str()))
        })
        .collect()
}

#[test]
fn a_comparison_does_not_depend_on_who_is_asked() {
    let names = names();
    let mut random = Random(11);
    let mut alike = 0;
    for _ in 0..6_000 {
        let (bearer, first) = names[random.below(names.len())];
        let (_, second) = names[random.below(names.len())];
        let read = |text| AskedName::read(text, bearer, &MODEL.rarity);
        let (a, b) = (read(first), read(second));
        let (there, back) = (compare_read(&MODEL, &a, &b), compare_read(&MODEL, &b, &a));
        alike += usize::from(!there.pairs.is_empty());
        for feature in Feature::ALL {
            let other = match feature {
                Feature::AskedOnly => Feature::ListedOnly,
                Feature::ListedOnly => Feature::AskedOnly,
                Feature::AskedOpen => Feature::ListedOpen,
                Feature::ListedOpen => Feature::AskedOpen,
                Feature::Together => continue,
                // Who asks for less than a whole name shares one word with it; who asks for more shares what a relative would.
                Feature::Unshared if there.pairs.len() == 1 => continue,
                same => same,
            };
            let (x, y) = (there.amounts[feature as usize], back.amounts[other as usize]);
            assert_eq!(x, y, "{feature:?} of {first} / {second}");
        }
    }
    assert!(alike > 200, "only {alike} pairs had a word in common, which is no trial");
}

/// Ids with bits, in the order of the hits.
fn found(entities: &[Entity], asked: &Value, schema: &str) -> Vec<(String, i32)> {
    let hits = screen(&given::index(entities), &query(schema, asked), &ALL);
    hits.into_iter().map(|(id, hit)| (id, hit.bits.0)).collect()
}

#[test]
fn the_order_of_entities_names_and_values_changes_nothing() {
    let entities: Vec<Entity> = STARTER.iter().filter(|e| e.schema.is_matchable()).cloned().collect();
    let mut turned: Vec<Entity> = entities.iter().rev().cloned().collect();
    for entity in &mut turned {
        // The first name stays first: it is the caption, and nothing else.
        entity.properties.iter_mut().for_each(|(_, values)| values.reverse());
    }
    for (schema, asked) in [
        (
            "Person",
            json!({"name": ["Qasim Soleimani", "قاسم سلیمانی"], "birthDate": "1957", "nationality": ["ir", "iq"]}),
        ),
        ("Person", json!({"name": ["Kim Yong Chol"], "gender": "male"})),
        ("Organization", json!({"name": ["Al Qaida in Yemen"]})),
        ("Company", json!({"name": ["Roshan Money Exchange", "Haji Hawala"], "country": ["af"]})),
        ("Vessel", json!({"name": ["Grace"], "imoNumber": "9116412"})),
        ("LegalEntity", json!({"name": ["Bank Sepah"]})),
    ] {
        let hits = found(&entities, &asked, schema);
        assert!(!hits.is_empty(), "{asked}");
        let mut asked_turned = asked.clone();
        for values in asked_turned.as_object_mut().unwrap().values_mut().filter_map(Value::as_array_mut) {
            values.reverse();
        }
        assert_eq!(found(&turned, &asked, schema), hits, "{asked}");
        assert_eq!(found(&entities, &asked_turned, schema), hits, "{asked_turned}");
    }
}

fn listed_person() -> Entity {
    given::entity(
        "listed",
        "Person",
        &json!({"name": "Hossein Zolfaqari", "alias": ["حسین ذوالفقاری"], "birthDate": "1962-03-04", "gender": "male",
            "nationality": "ir", "birthPlace": "Tabriz, Iran", "address": "12 Azadi Street, Tehran",
            "passportNumber": "B1234567"}),
    )
}

/// The bits of a query with some more properties than a name.
fn bits(listed: &Entity, name: &str, more: &[(&str, &str)]) -> i32 {
    let mut properties = json!({ "name": name });
    more.iter().for_each(|(property, value)| properties[property] = json!(value));
    against(listed, &query("Person", &properties)).unwrap().bits.0
}

#[test]
fn agreement_never_lowers_and_contradiction_never_raises() {
    let listed = listed_person();
    let agreeing = [
        ("birthDate", "1962-03-04"),
        ("gender", "male"),
        ("nationality", "ir"),
        ("birthPlace", "Tabriz"),
        ("address", "Azadi Street 12, Tehran"),
        ("passportNumber", "B 123 45 67"),
    ];
    let contradicting =
        [("birthDate", "1990-11-20"), ("gender", "female"), ("nationality", "us"), ("birthPlace", "Boston")];
    for name in
        ["Hossein Zolfaqari", "Husayn Zulfiqari", "H. Zolfaqari", "Zolfaqari", "Reza Zolfaqari", "حسین ذوالفقاری"]
    {
        // Each alone, and each on top of those before it.
        let mut so_far: Vec<(&str, &str)> = Vec::new();
        for one in agreeing {
            assert!(bits(&listed, name, &[one]) >= bits(&listed, name, &[]), "{name}: {one:?}");
            let before = bits(&listed, name, &so_far);
            so_far.push(one);
            assert!(bits(&listed, name, &so_far) >= before, "{name}: {so_far:?}");
        }
        let mut so_far: Vec<(&str, &str)> = Vec::new();
        for one in contradicting {
            assert!(bits(&listed, name, &[one]) <= bits(&listed, name, &[]), "{name}: {one:?}");
            let before = bits(&listed, name, &so_far);
            so_far.push(one);
            assert!(bits(&listed, name, &so_far) <= before, "{name}: {so_far:?}");
        }
    }
}

#[test]
fn the_lines_of_an_explanation_add_up() {
    let names = names();
    let mut random = Random(12);
    let screener = Screener { index: &LISTED, model: &MODEL };
    let mut scratch = Scratch::default();
    let mut explained = 0;
    for round in 0..250 {
        let (_, name) = names[random.below(names.len())];
        let mut properties = json!({ "name": [name, names[random.below(names.len())].1] });
        if round % 2 == 0 {
            properties["birthDate"] = json!(random.of(&["1957-03-11", "1955", "1984-08-15"]));
            properties["nationality"] = json!(random.of(&["ir", "kp", "us"]));
            properties["gender"] = json!(random.of(&["male", "female"]));
            properties["birthPlace"] = json!("Tehran");
        }
        if round % 3 == 0 {
            properties["passportNumber"] = json!(random.of(&["T14553558", "472310168", "008827"]));
            properties["imoNumber"] = json!(random.of(&["9116412", "9167289", "9116413"]));
        }
        if round % 30 == 0 {
            // Nothing but numbers.
            properties.as_object_mut().unwrap().remove("name");
        }
        let record = query(random.of(&["Person", "Organization", "Vessel", "LegalEntity"]), &properties);
        for hit in screener.screen(&record, &ALL, &mut scratch).iter().take(40) {
            let explanation = screener.explain(&record, hit);
            assert_eq!(explanation.total(), hit.bits, "{properties}: {:#?}", explanation.lines);
            explained += 1;
        }
    }
    assert!(explained > 1_000, "{explained}");
    for (first, second) in
        [("Hossein Zolfaqari", "حسین ذوالفقاری"), ("Fund III Ltd", "Fund 3 GmbH"), ("A", "B"), ("Ali", "Ali")]
    {
        for schema in ["Person", "Company", "LegalEntity", "Vessel"] {
            let schema = mihenk_entities::Schema::named(schema).unwrap();
            let compared = compare(&MODEL, schema, first, second, BaseRate::EVEN).unwrap();
            assert_eq!(compared.explanation.total(), compared.weighed.bits, "{first} / {second}");
        }
    }
}

/// A strong number without contradiction is the full score; apart from it more bits are never a lower score.
#[test]
fn hits_are_ranked_by_evidence_and_scored_by_it() {
    for name in ["Ali", "Kim", "Al-Qaida", "Islamic Jihad", "Bank", "Haji Khairullah"] {
        let hits = screen(&LISTED, &query("LegalEntity", &json!({ "name": name })), &ALL);
        assert!(hits.windows(2).all(|w| w[0].1.bits >= w[1].1.bits && w[0].1.score >= w[1].1.score), "{name}");
        assert!(hits.iter().all(|(_, hit)| hit.score == MODEL.scale.score(hit.bits) && hit.score < Score::FULL));
        let few = Options { limit: 2, ..ALL };
        let first = screen(&LISTED, &query("LegalEntity", &json!({ "name": name })), &few);
        assert!(first.iter().zip(&hits).all(|(a, b)| a.0 == b.0) && first.len() == hits.len().min(2), "{name}");
    }
}

#[test]
fn remembered_words_change_nothing() {
    let names = names();
    let mut random = Random(13);
    let screener = Screener { index: &LISTED, model: &MODEL };
    let mut used = Scratch::default();
    for _ in 0..300 {
        let (_, name) = names[random.below(names.len())];
        let schema = random.of(&["Person", "Organization", "Vessel", "LegalEntity"]);
        let record = query(schema, &json!({ "name": [name] }));
        let bits = |scratch: &mut Scratch| -> Vec<(u32, i32)> {
            screener.screen(&record, &ALL, scratch).iter().map(|h| (h.entity, h.bits.0)).collect()
        };
        assert_eq!(bits(&mut used), bits(&mut Scratch::default()), "{name}");
    }
}

/// What was looked up in one index says nothing about another.
#[test]
fn one_memory_serves_several_indices() {
    let (first, second) = (
        index(&[entity("one", "Person", &json!({ "name": "Mokhtar Belmokhtar" }))]),
        index(&[
            entity("other", "Person", &json!({ "name": "Someone Else" })),
            entity("two", "Person", &json!({ "name": "Mokhtar Belmokhtar" })),
        ]),
    );
    let asked = query("Person", &json!({ "name": "Mokhtar Belmokhtar" }));
    let mut scratch = Scratch::default();
    for (index, id) in [(&first, "one"), (&second, "two"), (&first, "one")] {
        let screener = Screener { index, model: &MODEL };
        let hits = screener.screen(&asked, &Options::default(), &mut scratch);
        assert_eq!(hits.iter().map(|hit| index.entity(hit.entity).id()).collect::<Vec<_>>(), [id]);
    }
}
