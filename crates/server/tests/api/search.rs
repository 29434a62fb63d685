//! `GET /search/{dataset}`.
//!
//! Words, fields, filters, facets, order and pages, held against the list of which everything is known.

use serde_json::json;

use crate::world::{World, ids};

fn found(world: &World, parameters: &str) -> Vec<String> {
    let body = world.get(&format!("/search/default?{parameters}")).ok();
    let mut ids: Vec<String> = ids(&body["results"]).iter().map(|id| (*id).to_owned()).collect();
    ids.sort();
    ids
}

#[test]
fn an_empty_query_finds_every_thing() {
    let world = World::new();
    let body = world.get("/search/default").ok();
    assert_eq!((&body["limit"], &body["offset"]), (&json!(10), &json!(0)));
    assert_eq!(body["total"], json!({ "value": 5, "relation": "eq" }), "relations are no things");
    assert_eq!(found(&world, "schema=Sanction"), ["s1"]);
    let mut facets: Vec<&String> = body["facets"].as_object().unwrap().keys().collect();
    facets.sort();
    assert_eq!(facets, ["countries", "datasets", "topics"]);
}

#[test]
fn all_words_have_to_be_there() {
    let world = World::new();
    assert_eq!(found(&world, "q=kerem"), ["p1", "p3"]);
    assert_eq!(found(&world, "q=kerem+nets"), ["p1"]);
    assert_eq!(found(&world, "q=KEREM+OR+zerrin"), ["p1", "p2", "p3"]);
    assert_eq!(
        found(&world, "q=%D0%9E%D1%80%D0%BD%D0%B5%D0%BA%D0%BE%D0%B3%D0%BB%D1%83"),
        ["p1", "p2", "p3"],
        "in another script"
    );
    assert_eq!(found(&world, "q=%22deneme+star%22"), ["v1"]);
    assert_eq!(found(&world, "q=name:deneme+NOT+star"), ["c1"]);
    assert_eq!(found(&world, "q=ornekogl%2A&schema=Person"), ["p1", "p2", "p3"]);
    assert_eq!(found(&world, "q=denme&fuzzy=true"), ["c1", "v1"]);
}

#[test]
fn a_fault_of_the_query_is_told_unless_it_is_simple() {
    let world = World::new();
    world.get("/search/default?q=a/b").refused(400, "Cannot understand the query");
    assert_eq!(found(&world, "q=deneme/&simple=true"), ["c1", "v1"]);
    world.get("/search/default?schema=Persn").refused(400, "Invalid schema");
    world.get("/search/default?filter=nothing").refused(400, "Invalid filter");
    world.get("/search/nowhere").refused(404, "No such dataset.");
}

#[test]
fn filters_of_a_field_are_any_and_of_several_all() {
    let world = World::new();
    assert_eq!(found(&world, "topics=wanted&topics=role.pep"), ["p2", "p3"]);
    assert_eq!(found(&world, "topics=wanted&topics=role.pep&filter_op=AND"), Vec::<String>::new());
    assert_eq!(found(&world, "topics=wanted&topics=role.pep&datasets=alpha"), ["p2"]);
    assert_eq!(found(&world, "countries=tr"), ["p1", "p2"], "however the source writes it");
    assert_eq!(found(&world, "filter=properties.birthDate:1961-04-05"), ["p1"]);
    assert_eq!(found(&world, "filter=birthDate:1964&filter=topics:role.pep"), ["p2"]);
    assert_eq!(found(&world, "exclude_schema=Person&exclude_dataset=beta"), ["c1", "v1"]);
    assert_eq!(found(&world, "topics=sanction"), ["p1"]);
    assert_eq!(found(&world, "target=true"), ["c1", "p1", "p2", "p3"]);
    assert_eq!(world.get("/search/default?filter_op=XOR&facets=shoes").fields().len(), 2);
}

#[test]
fn facets_count_all_results_and_are_labelled() {
    let world = World::new();
    let path = "/search/default?limit=0&facets=schema&facets=countries&facets=genders&facets=topics&facets=datasets&facets=identifiers";
    let body = world.get(path).ok();
    assert_eq!((&body["results"], &body["total"]["value"]), (&json!([]), &json!(5)));
    let facet = |name: &str| &body["facets"][name];
    assert_eq!(facet("schema")["label"], "Entity types");
    assert_eq!(facet("schema")["values"][0], json!({ "name": "Person", "label": "People", "count": 3 }));
    assert_eq!(facet("datasets")["label"], "Data sources");
    assert_eq!(facet("countries")["label"], "Countries");
    assert!(
        facet("countries")["values"]
            .as_array()
            .unwrap()
            .contains(&json!({ "name": "tr", "label": "Türkiye", "count": 2 }))
    );
    assert_eq!(facet("topics")["label"], "Topics");
    assert!(
        facet("topics")["values"]
            .as_array()
            .unwrap()
            .contains(&json!({ "name": "role.pep", "label": "PEP", "count": 1 }))
    );
    assert_eq!(facet("genders")["values"], json!([{ "name": "male", "label": "male", "count": 1 }]));
    assert_eq!(
        (facet("genders")["label"].as_str(), facet("identifiers")["label"].as_str()),
        (Some("Genders"), Some("Identifiers"))
    );
}

#[test]
fn results_come_in_the_order_that_is_asked_for_and_by_page() {
    let world = World::new();
    let order = |parameters: &str| {
        let body = world.get(&format!("/search/default?{parameters}")).ok();
        ids(&body["results"]).join(" ")
    };
    assert_eq!(order("schema=Person&sort=properties.birthDate:asc"), "p1 p2 p3");
    assert_eq!(order("schema=Person&sort=birthDate:desc"), "p3 p2 p1");
    assert_eq!(order("schema=Person&sort=gender:desc&sort=birthDate:desc"), "p1 p3 p2", "those without come last");
    assert_eq!(order("schema=Person&sort=birthDate:asc&limit=1&offset=1"), "p2");
    assert_eq!(order("schema=Person&sort=birthDate:asc&limit=-1&offset=-5"), "");
    assert_eq!(world.get("/search/default?limit=501").fields()[0], ("less_than_equal".into(), "query.limit".into()));
    assert_eq!(world.get("/search/default?offset=9500").fields().len(), 1);
    assert_eq!(order("q=kerem&limit=1"), "p1", "of two alike, the one of whom more is known");
}
