//! `/entities/{id}`, nested and adjacent.
//!
//! Who stands around the people, the company and the ship of the list, in each of the forms that clients ask for.

use serde_json::{Value, json};

use crate::world::{World, ids};

#[test]
fn an_entity_is_flat_when_it_is_asked_for_so() {
    let world = World::new();
    let flat = world.get("/entities/p1?nested=False").ok();
    assert_eq!((&flat["id"], &flat["caption"]), (&json!("p1"), &json!("Kerem Örnekoğlu")));
    assert_eq!(flat["properties"]["birthDate"], json!(["1961-04-05"]));
    assert_eq!(flat["properties"].get("sanctions"), None, "no other direction");
    assert_eq!(flat["properties"].get("email"), None, "no value, no property");
    let ship = world.get("/entities/v1?nested=0").ok();
    assert_eq!(ship["properties"]["owner"], json!(["c1"]));
}

#[test]
fn a_nested_entity_has_those_around_it() {
    let world = World::new();
    let nested = world.get("/entities/p1").ok();
    let properties = &nested["properties"];
    assert_eq!(properties["sanctions"][0]["properties"]["program"], json!(["EX-1"]));
    assert_eq!(properties["sanctions"][0]["properties"]["entity"], json!(["p1"]), "never itself again");
    let ownership = &properties["ownershipOwner"][0];
    assert_eq!(ownership["schema"], "Ownership");
    assert_eq!(ownership["properties"]["owner"], json!(["p1"]), "the near end of a tie is an id");
    assert_eq!(ownership["properties"]["asset"][0]["caption"], "Deneme Denizcilik Ltd", "the far end is an entity");
    assert_eq!(ownership["properties"]["asset"][0]["properties"].get("ownershipAsset"), None, "and there it ends");
    assert_eq!(properties["familyPerson"][0]["properties"]["relative"][0]["id"], "p2");
    let other = world.get("/entities/p2").ok();
    assert_eq!(other["properties"]["familyRelative"][0]["properties"]["person"][0]["id"], "p1");
}

#[test]
fn an_entity_that_is_named_stands_in_the_place_of_its_id() {
    let world = World::new();
    let ship = world.get("/entities/v1?nested=true").ok();
    assert_eq!(ship["properties"]["owner"][0]["caption"], "Deneme Denizcilik Ltd");
    let company = world.get("/entities/c1").ok();
    assert_eq!(company["properties"]["ownedVehicles"][0]["id"], "v1");
}

#[test]
fn what_belongs_to_an_entity_is_one() {
    let world = World::new();
    let sanction = world.get("/entities/s1?nested=false").ok();
    assert_eq!((&sanction["schema"], &sanction["properties"]["entity"]), (&json!("Sanction"), &json!(["p1"])));
}

#[test]
fn another_id_leads_to_the_entity() {
    let world = World::new();
    let answer = world.get("/entities/old-p1?nested=false");
    assert_eq!((answer.status.as_u16(), answer.header("location"), answer.bytes.len()), (308, "/entities/p1", 0));
    let answer = world.get("/entities/old-p1/adjacent?limit=3");
    assert_eq!((answer.status.as_u16(), answer.header("location")), (308, "/entities/p1"));
    world.get("/entities/nobody").refused(404, "No such entity!");
    world.get("/entities/..%2f..%2fetc%2fpasswd").refused(404, "No such entity!");
}

#[test]
fn an_id_that_is_merged_leads_to_the_entity() {
    let world = World::new();
    let answer = world.get("/entities/w1");
    assert_eq!((answer.status.as_u16(), answer.header("location")), (308, "/entities/v1"));
    let ship = world.get("/entities/v1?nested=false").ok();
    assert_eq!((&ship["referents"], &ship["properties"]["imoNumber"]), (&json!(["w1"]), &json!(["9074729"])));
    let mut datasets: Vec<&str> =
        ship["datasets"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    datasets.sort_unstable();
    assert_eq!(datasets, ["alpha", "beta"]);
}

#[test]
fn neighbours_come_by_property_and_page() {
    let world = World::new();
    let all = world.get("/entities/p1/adjacent?limit=1").ok();
    assert_eq!(all["entity"]["properties"].get("sanctions"), None, "the entity is flat");
    let mut names: Vec<&String> = all["adjacent"].as_object().unwrap().keys().collect();
    names.sort();
    assert_eq!(names, ["familyPerson", "ownershipOwner", "sanctions"]);
    let sanctions = &all["adjacent"]["sanctions"];
    let about = json!({ "limit": 1, "offset": 0, "total": { "value": 1, "relation": "eq" } });
    assert!(["limit", "offset", "total"].iter().all(|key| sanctions[*key] == about[*key]), "{sanctions}");
    assert_eq!(ids(&sanctions["results"]), ["s1"]);
    let one = world.get("/entities/p1/adjacent/ownershipOwner").ok();
    assert_eq!(one["results"][0]["properties"]["asset"][0]["id"], "c1");
    let beyond = world.get("/entities/p1/adjacent/sanctions?offset=1").ok();
    assert_eq!((&beyond["results"], &beyond["total"]["value"]), (&json!([]), &json!(1)));
}

#[test]
fn a_property_without_neighbours_is_empty_and_an_unknown_one_is_none() {
    let world = World::new();
    let none = world.get("/entities/p2/adjacent/ownershipOwner").ok();
    assert_eq!(
        none,
        json!({ "limit": 10, "offset": 0, "total": { "value": 0, "relation": "eq" }, "results": Value::Array(Vec::new()) })
    );
    for property in ["name", "nothing", "ownershipAsset"] {
        world.get(&format!("/entities/p1/adjacent/{property}")).refused(404, "No such property!");
    }
    assert_eq!(world.get("/entities/p1/adjacent?offset=9500").fields()[0].0, "less_than_equal");
}
