//! The register of any moment is the one that was printed then, and its totals add up.
//!
//! Sums are made by hand.

use mihenk_ledger::freezes::{
    self, Terms, Variation,
    register::{By, Register},
};

use crate::world::{AYSE, BAHRAM, CEM, HOUR, MORNING, World, terms, why};

impl World {
    fn register(&self, at: i64) -> Register {
        self.store.read(|reading| freezes::register(reading, at)).unwrap()
    }
}

#[test]
fn the_register_of_each_moment_is_the_one_that_was_printed_then() {
    let world = World::new();
    let mut printed = vec![(world.now.get(), world.register(world.now.get()))];
    let mut print = |world: &World| {
        printed.push((world.now.get(), world.register(world.now.get())));
        world.pass(HOUR);
    };
    let held = world.held(AYSE);
    print(&world);
    world.act(BAHRAM, |act, who| freezes::confirm(act, who, &held, None)).unwrap();
    print(&world);
    let other = world.in_force(Terms { programme: "court-order".to_owned(), ..terms() });
    print(&world);
    let value = Variation { values: vec![(1, Some("1.00 EUR".parse().unwrap()))], ..Variation::default() };
    world.act(AYSE, |act, who| freezes::propose_variation(act, who, &held, None, value, why())).unwrap();
    print(&world);
    world.act(CEM, |act, who| freezes::confirm(act, who, &held, None)).unwrap();
    print(&world);
    world.act(AYSE, |act, who| freezes::propose_release(act, who, &held, None, vec![2], why())).unwrap();
    world.act(CEM, |act, who| freezes::confirm(act, who, &held, None)).unwrap();
    print(&world);
    world.act(AYSE, |act, who| freezes::propose_release(act, who, &other, None, vec![], why())).unwrap();
    world.act(CEM, |act, who| freezes::confirm(act, who, &other, None)).unwrap();
    print(&world);

    let counts: Vec<usize> = printed.iter().map(|(_, register)| register.entries.len()).collect();
    assert_eq!(counts, [0, 2, 2, 4, 4, 4, 3, 1]);
    // The first was printed at the moment of the hold too; what is asked for later knows the hold.
    for (at, register) in &printed[1..] {
        assert_eq!(&world.register(*at), register, "as of {at}");
        assert_eq!(&world.register(*at + HOUR - 1), register, "until the next");
    }
    assert!(world.register(MORNING - 1).entries.is_empty());
    world.same_from_chain();
}

#[test]
fn totals_by_programme_currency_and_holder() {
    let world = World::new();
    world.in_force(terms());
    world.held(AYSE);
    let mut other = Terms { programme: "court-order".to_owned(), ..terms() };
    other.assets = vec![
        "deposit;D1;Anadolu Bank;100.50 EUR".parse().unwrap(),
        "deposit;D2;Anadolu Bank;7 JPY".parse().unwrap(),
        "shares;S;Bank Melli;9223372036854775807 JPY".parse().unwrap(),
    ];
    world.in_force(other);
    let register = world.register(world.now.get());
    let told = |by| -> Vec<String> {
        let totals = register.totals(by);
        let line = |t: &freezes::register::Total| {
            let sum = t.currency.map_or_else(|| "-".to_owned(), |currency| currency.written(t.amount_minor));
            format!("{} {}/{} {sum}", t.of, t.held, t.assets)
        };
        totals.iter().map(line).collect()
    };
    // By hand: 2 × 1250.00 + 100.50 EUR; 7 + 2^63 - 1 JPY; two vessels without a value.
    assert_eq!(told(By::Currency), ["EUR 1/3 2600.50 EUR", "JPY 0/2 9223372036854775814 JPY", "value not known 1/2 -"]);
    assert_eq!(
        told(By::Programme),
        [
            "court-order 0/1 100.50 EUR",
            "court-order 0/2 9223372036854775814 JPY",
            "un-1267 1/2 -",
            "un-1267 1/2 2500.00 EUR"
        ]
    );
    assert_eq!(
        told(By::Holder),
        [
            "Anadolu Bank 1/3 2600.50 EUR",
            "Anadolu Bank 0/1 7 JPY",
            "Bank Melli 0/1 9223372036854775807 JPY",
            "Harbour of Mersin 1/2 -"
        ]
    );
    let text = serde_json::to_string(&register.totals(By::Currency)).unwrap();
    assert!(text.contains("9223372036854775814"), "written whole: {text}");
}
