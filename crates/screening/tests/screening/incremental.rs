//! An index that takes over what has not changed is the same, byte for byte, as one that was built from nothing.
//!
//! The list is the starter list with entities made from parts that many names share. It is changed again and again: entities go,
//! come, change a name or a date, stand elsewhere. Every index is built upon the one before, so an error would stay and grow.

use mihenk_entities::Entity;
use mihenk_screening::index::{
    Index,
    build::{IndexBuilder, build},
};
use serde_json::json;

use crate::given::{MODEL, Random, STARTER, entity};

const LISTS: [u8; 32] = [7; 32];

fn upon(before: &Index, entities: &[Entity]) -> (Vec<u8>, usize) {
    let mut builder = IndexBuilder::new(&MODEL, Some(before));
    builder.add(entities);
    let kept = builder.kept();
    (builder.into_bytes(LISTS), kept)
}

/// A change of a list, of one kind or another.
fn change(entities: &mut Vec<Entity>, random: &mut Random, round: usize) {
    let at = random.below(entities.len());
    match random.below(6) {
        0 => drop(entities.remove(at)),
        1 => {
            let name =
                format!("{} Zamani {}", random.of(&["Karim", "كريم", "Карим", "J.", "Abd al-Rahman"]), round % 7);
            let properties = json!({ "name": name, "alias": "Abu Zamani", "passportNumber": format!("Z{round:06}") });
            entities.insert(at, entity(&format!("new-{round}"), "Person", &properties));
        }
        2 => entities[at].add("alias", format!("Golden Bridge {round}")),
        3 => entities[at].add("birthDate", format!("19{:02}-01-02", 40 + round % 50)),
        4 => {
            let moved = entities.remove(at);
            let to = random.below(entities.len());
            entities.insert(to, moved);
        }
        _ => {
            let properties = json!({ "name": [format!("Zamani Bank {round}"), "Bank Zamani AG"], "country": "de" });
            entities.push(entity(&format!("firm-{round}"), "Company", &properties));
        }
    }
}

#[test]
fn an_index_upon_an_index_is_the_index() {
    let mut random = Random(5);
    let mut entities = STARTER.clone();
    let mut before = Index::from_bytes(&build(&entities, &MODEL, LISTS)).unwrap();
    for round in 0..60 {
        for _ in 0..=random.below(5) {
            let name = round * 10 + random.below(10);
            change(&mut entities, &mut random, name);
        }
        let (bytes, kept) = upon(&before, &entities);
        assert!(bytes == build(&entities, &MODEL, LISTS), "round {round}");
        assert!(kept > 60, "only {kept} were kept in round {round}");
        before = Index::from_bytes(&bytes).unwrap();
    }
}

#[test]
fn pieces_make_the_same_index() {
    let mut builder = IndexBuilder::new(&MODEL, None);
    STARTER.chunks(7).for_each(|piece| builder.add(piece));
    assert!(builder.into_bytes(LISTS) == build(&STARTER, &MODEL, LISTS));
}

#[test]
fn an_entity_with_other_content_is_read_again() {
    let listed = |name: &str| {
        vec![entity("one", "Person", &json!({ "name": name })), entity("two", "Person", &json!({"name": "Karim"}))]
    };
    let before = Index::from_bytes(&build(&listed("Hossein Zolfaqari"), &MODEL, LISTS)).unwrap();
    assert_eq!(upon(&before, &listed("Hossein Zolfaqari")).1, 2);
    assert_eq!(upon(&before, &listed("Reza Zolfaqari")).1, 1);
    // The same words in other properties are another entity.
    let other = vec![entity("one", "Person", &json!({ "alias": "Hossein Zolfaqari" }))];
    assert_eq!(upon(&before, &other).1, 0);
}
