//! The same statements on PostgreSQL: one freeze through its whole life, and the tables made anew from its chain on SQLite.
//!
//! What the rules are is tested on SQLite; here each statement runs once.

use mihenk_ledger::{
    calendar::Calendar,
    freezes::{
        self, State, Variation,
        exemptions::{self, Committee, Wanted},
        register::By,
    },
};

use crate::world::{AYSE, BAHRAM, CLOCK, HOUR, World, terms, why};

#[test]
fn a_whole_life_on_postgresql() {
    let world = World::on_postgresql();
    let pause =
        world.act(AYSE, |act, who| freezes::pause(act, who, "payment 1", Some("K-7"), None, HOUR, why())).unwrap();
    world.pass(2 * HOUR);
    let hold = world.act(AYSE, |act, who| freezes::hold(act, who, &world.regimes, terms(), None, why())).unwrap();
    world.pass(25 * HOUR);
    assert_eq!(world.tick(), [pause.to_string(), hold.to_string()]);
    world.act(BAHRAM, |act, who| freezes::resume(act, who, &pause, None, why())).unwrap();
    world.act(BAHRAM, |act, who| freezes::confirm(act, who, &hold, None)).unwrap();
    let on = "2026-11-27".parse().unwrap();
    let notice =
        freezes::Notice { holder: "Anadolu Bank".to_owned(), to: "desk".to_owned(), how: "letter".to_owned(), on };
    world.act(AYSE, |act, who| freezes::give_notice(act, who, &hold, notice)).unwrap();
    let variation = Variation { scope: Some("no payment".to_owned()), ..Variation::default() };
    world.act(AYSE, |act, who| freezes::propose_variation(act, who, &hold, None, variation, why())).unwrap();
    world.act(BAHRAM, |act, who| freezes::confirm(act, who, &hold, None)).unwrap();

    let (kind, recipient) = ("basic-expenses".to_owned(), "landlord".to_owned());
    let limit = Some("5.00 EUR".parse().unwrap());
    let wanted = Wanted { kind, limit, from: on, until: "2026-12-31".parse().unwrap(), recipient, reference: None };
    let freeze = world.freeze(&hold);
    let exempt = world.act(AYSE, |act, who| exemptions::exempt(act, who, &world.regimes, &freeze, &wanted, why()));
    let exempt = exempt.unwrap();
    world.act(BAHRAM, |act, who| exemptions::confirm(act, who, &exempt, None)).unwrap();
    let said = Committee::Notified { reference: "N/1".to_owned() };
    let calendar = Calendar::default();
    world.act(AYSE, |act, who| exemptions::committee(act, who, &exempt, on, said, &calendar)).unwrap();
    world.pass(10 * 24 * HOUR);
    let day = "2026-12-05".parse().unwrap();
    let amount = "2.00 EUR".parse().unwrap();
    world.act(AYSE, |act, who| exemptions::use_exemption(act, who, &exempt, amount, day, why())).unwrap();

    world.pass(30 * 24 * HOUR);
    assert_eq!(world.tick(), [exempt.to_string()]);

    let gone = ["un_sc_sanctions".to_owned()];
    world.act(CLOCK, |act, who| freezes::delisted(act, who, &hold, &gone)).unwrap();
    let at = world.now.get();
    let register = world.store.read(|reading| freezes::register(reading, at)).unwrap();
    assert_eq!((register.entries.len(), register.totals(By::Programme).len()), (2, 2));
    assert!(!world.store.read(|reading| freezes::due(reading, at)).unwrap().is_empty());
    world.act(AYSE, |act, who| freezes::propose_release(act, who, &hold, None, vec![], why())).unwrap();
    world.act(BAHRAM, |act, who| freezes::confirm(act, who, &hold, None)).unwrap();
    assert_eq!(world.freeze(&hold).state, State::Released);
    world.same_from_chain();
}
