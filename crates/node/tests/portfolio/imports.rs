//! Files that are held while their person looks at them: whose they are, how long, what becomes of them.
//!
//! In come bytes in pieces, out comes what lies in the data folder.

use mihenk_node::{
    NodeError,
    imports::{
        Choices, Outcome, Shelf,
        held::{HOURS, MOST_BYTES, MOST_FILES, sweep},
    },
};

use crate::world::World;

const FILE: &str =
    "Müşteri No;Adı Soyadı;Doğum Tarihi;Kod\n1;Ayla Deneme;31/12/1990;x\n2;Deniz Örnek;31/31/1990;y\n;=cmd;;\n";

fn shelf(world: &World) -> Shelf {
    Shelf::of(&world.seat(), &world.lists()).unwrap()
}

fn sent(shelf: &Shelf, text: &str) -> String {
    let mut receiving = shelf.receive().unwrap();
    text.as_bytes().chunks(7).for_each(|piece| receiving.write(piece).unwrap());
    receiving.finish("C:\\Users\\x\\müşteri\u{7}.csv", "retail", false).unwrap()
}

#[test]
fn a_file_is_held_looked_at_and_taken_in() {
    let world = World::new();
    let shelf = shelf(&world);
    let id = sent(&shelf, FILE);
    let held = shelf.open(&id).unwrap();
    assert_eq!((held.about.name.as_str(), held.about.bytes), ("müşteri.csv", FILE.len() as u64));
    let example = shelf.look(&held).unwrap();
    assert_eq!((example.good, example.refused.len()), (1, 2));
    let mut choices = example.choices;
    choices.columns.insert("Kod".to_owned(), "notes".to_owned());
    let held = shelf.choose(held, choices, ("corporate".to_owned(), false)).unwrap();
    let taken = shelf.take_in(held.clone()).unwrap();
    assert!(shelf.take_in(held).unwrap_err().to_string().contains("is being taken in"));
    assert_eq!(shelf.open(&id).unwrap().about.outcome, Outcome::Running);
    assert!(shelf.discard(&id).is_err());
    let result = taken.run(&world.seat(), &world.node(), &mut |_| {}).unwrap();
    assert_eq!((result.added.portfolio.as_str(), result.added.added, result.rejected), ("corporate", 1, 2));
    let held = shelf.open(&id).unwrap();
    assert_eq!(held.about.outcome, Outcome::Done);
    assert_eq!(shelf.result(&held).unwrap(), result);
    let (name, rows) = shelf.rejected(&held, false).unwrap();
    assert_eq!(name, "müşteri.rejected.csv");
    assert_eq!(
        String::from_utf8(rows).unwrap(),
        "Müşteri No;Adı Soyadı;Doğum Tarihi;Kod\n2;Deniz Örnek;31/31/1990;y\n;=cmd;;\n",
        "as they came, to be mended and sent again"
    );
    let (_, reasons) = shelf.rejected(&held, true).unwrap();
    let reasons = String::from_utf8(reasons).unwrap();
    assert!(reasons.contains("line 3,2,Doğum Tarihi,"), "{reasons}");
    assert!(!world.lists().join("imports").join("U-3").join(&id).join("file").exists(), "what is in is held no more");
    // The next file with the same columns, in another order, is understood as this one was.
    let next = shelf.open(&sent(&shelf, "Kod;Adı Soyadı;Doğum Tarihi;Müşteri No\nz;Ada Örnek;;3\n")).unwrap();
    let example = shelf.look(&next).unwrap();
    assert_eq!(example.choices.columns["Kod"], "notes");
    assert_eq!(example.good, 1);
}

#[test]
fn a_file_is_its_persons_alone_and_goes_after_a_day() {
    let world = World::new();
    let shelf = shelf(&world);
    let id = sent(&shelf, FILE);
    for other in ["", "..", "0123456789abcdef", "../U-3/0123456789", "ABCDEF0123456789", "%2e%2e"] {
        assert!(matches!(shelf.open(other), Err(NodeError::Ledger(_))), "{other}");
    }
    let now = shelf.open(&id).unwrap().about.touched_at;
    sweep(&world.lists(), now + HOURS * 3_600_000 - 1).unwrap();
    assert_eq!(shelf.all().unwrap().len(), 1);
    sweep(&world.lists(), now + HOURS * 3_600_000).unwrap();
    assert!(shelf.all().unwrap().is_empty());
    assert!(!world.lists().join("imports").join("U-3").exists());
}

#[test]
fn what_is_broken_off_or_too_much_is_not_kept() {
    let world = World::new();
    let shelf = shelf(&world);
    drop(shelf.receive().unwrap());
    assert!(shelf.all().unwrap().is_empty());
    let mut receiving = shelf.receive().unwrap();
    assert!(shelf.look(&shelf.all().unwrap()[0]).is_err(), "an empty file is none");
    assert!(receiving.write(b"a").is_ok());
    let coming = shelf.all().unwrap().remove(0);
    assert!(shelf.take_in(coming).unwrap_err().to_string().contains("still being sent"));
    assert!(receiving.finish("x", " ", false).unwrap_err().to_string().contains("no name of a portfolio"));
    for _ in 0..MOST_FILES {
        sent(&shelf, "id,name\n");
    }
    assert!(shelf.receive().unwrap_err().to_string().contains("discard"));
    shelf.discard(&shelf.all().unwrap()[0].id).unwrap();
    let mut receiving = shelf.receive().unwrap();
    // Memory that nobody touches is none: it is refused before a byte of it is read.
    let too_much = vec![0_u8; usize::try_from(MOST_BYTES).unwrap() + 1];
    assert!(receiving.write(&too_much).unwrap_err().to_string().contains("more than 1024 MiB"));
}

#[test]
fn what_was_running_when_the_program_ended_can_go_on() {
    let world = World::new();
    let shelf = shelf(&world);
    let id = sent(&shelf, FILE);
    let held = shelf.open(&id).unwrap();
    // The guard goes with the thread that panics or the program that ends; what is written stays.
    drop(shelf.take_in(held).unwrap());
    let held = shelf.open(&id).unwrap();
    assert_eq!(held.about.outcome, Outcome::Broken);
    let held = shelf.choose(held, Choices::default(), ("retail".to_owned(), false)).unwrap();
    let result = shelf.take_in(held).unwrap().run(&world.seat(), &world.node(), &mut |_| {});
    assert_eq!(result.unwrap().added.added, 1);
}

#[test]
fn columns_that_are_not_understood_stop_it_before_anything_is_taken() {
    let world = World::new();
    let shelf = shelf(&world);
    let held = shelf.open(&sent(&shelf, "a,b\n1,2\n")).unwrap();
    let error = shelf.take_in(held).unwrap_err().to_string();
    assert!(error.contains("say which column holds the number"), "{error}");
    let held = shelf.open(&sent(&shelf, "no table at all \u{0}\u{0}")).unwrap();
    assert!(shelf.look(&held).is_err() && shelf.take_in(held).is_err());
}
