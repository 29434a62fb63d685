//! The demonstration's samples find what `data/starter/README.md` says they find, and nobody else.
//!
//! In go the built-in names and customers with what is said of them there; out must come the entity named in its tables,
//! or nobody. The report is looked at by the program's own tests (`crates/mihenk/tests/command_line/scan.rs`).

#![allow(clippy::unwrap_used, reason = "a test that panics has failed, in its helpers too")]

use mihenk_node::{
    Entity, EntityId, Model, Node, Options, Schema, Scratch,
    answer::answer,
    query::{Columns, Query},
    starter,
};

/// The id of the best match, without the list's own beginning.
fn found(node: &Node, query: &Query) -> Option<String> {
    let answer = answer(&node.screener(), query, &Options::default(), &mut Scratch::default());
    let best = answer.results.into_iter().find(|r| r.hit.is_match);
    best.map(|r| r.id.trim_start_matches("starter-").to_owned())
}

/// `name | born YEAR | country`, as the samples write it.
fn typed(line: &str) -> Query {
    let mut entity = Entity::new(EntityId::new("query").unwrap(), Schema::named("Thing").unwrap());
    for (i, part) in line.split('|').map(str::trim).enumerate() {
        match part.strip_prefix("born ") {
            Some(born) => entity.add("birthDate", born),
            None => entity.add(if i == 0 { "name" } else { "country" }, part),
        }
    }
    Query::of(entity).unwrap()
}

fn sample(name: &str) -> Query {
    typed(starter::NAMES.lines().find(|l| l.starts_with(name)).unwrap())
}

#[test]
fn names_in_other_scripts_and_spellings_find_whom_they_mean() {
    let node = starter::node(Model::built_in()).unwrap();
    for (name, id) in [
        ("Eyman el-Zevahiri", "ayman-al-zawahiri"),
        ("Мохтар Бельмохтар", "mokhtar-belmokhtar"),
        ("קאסם סולימאני", "qasem-soleimani"),
        ("مراد کارایلان", "murat-karayilan"),
        ("馬曉紅", "ma-xiaohong"),
        ("Yevgeni Prigohzin", "yevgeniy-prigozhin"),
        ("दाऊद इब्राहीम कासकर", "dawood-ibrahim"),
        ("Sirojiddin Haqqoniy", "sirajuddin-haqqani"),
        ("Лашкар-е-Тайба", "lashkar-e-tayyiba"),
    ] {
        assert_eq!(found(&node, &sample(name)).as_deref(), Some(id), "{name}");
    }
    for name in ["Elif Sarıkaya", "Γιώργος Παπασταύρου", "김서연", "حسین نیک"] {
        assert_eq!(found(&node, &sample(name)), None, "{name}");
    }
}

#[test]
fn customers_are_found_by_name_number_and_date() {
    let node = starter::node(Model::built_in()).unwrap();
    let mut lines = starter::CUSTOMERS.lines();
    let columns = Columns::read(lines.next().unwrap().split(',')).unwrap();
    let mut told = Vec::new();
    for line in lines {
        let cells: Vec<String> = line.split(',').map(str::to_owned).collect();
        let query = columns.query(&cells, 0).unwrap();
        told.extend(found(&node, &query).map(|id| format!("{} {id}", cells[0])));
    }
    let expected =
        ["C-003 tarkhan-batirashvili", "C-005 adrian-darya-1", "C-008 umar-al-kubaysi", "C-010 redin-exchange"];
    assert_eq!(told, expected);
}
