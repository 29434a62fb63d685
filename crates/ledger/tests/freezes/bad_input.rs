//! What cannot be is refused in words, and leaves nothing behind.
//!
//! Each line of a table is something that somebody might write, and what they have to be told.

use mihenk_ledger::{
    Reason, Who,
    freezes::{self, Asset, Terms},
    money::Amount,
};
use mihenk_store::Act;

use crate::world::{AYSE, BAHRAM, HOUR, World, terms, why};

#[test]
fn terms_that_cannot_be() {
    let world = World::new();
    let with = |change: fn(&mut Terms)| {
        let mut terms = terms();
        change(&mut terms);
        terms
    };
    let wrong: [(&str, Terms); 14] = [
        ("needs an asset", with(|t| t.assets.clear())),
        ("review date 2026-11-26 is not ahead", with(|t| t.review = "2026-11-26".parse().unwrap())),
        ("review date 2020-01-01 is not ahead", with(|t| t.review = "2020-01-01".parse().unwrap())),
        ("starts today", with(|t| t.start = "2026-11-27".parse().unwrap())),
        ("no regime", with(|t| t.programme = "un-1".to_owned())),
        ("say which entity", with(|t| t.entity = None)),
        ("the authority is empty", with(|t| t.authority = "  ".to_owned())),
        ("the reference", with(|t| t.reference = String::new())),
        ("the scope", with(|t| t.scope = "a\nb".to_owned())),
        ("holder is empty", with(|t| t.assets[0].holder = String::new())),
        ("named twice", with(|t| t.assets[1] = t.assets[0].clone())),
        ("no id of a customer", with(|t| t.customer = Some("A-7".to_owned()))),
        ("no id of an alert", with(|t| t.alerts = vec!["A-0".to_owned()])),
        ("no id of a case", with(|t| t.case = Some("C-x".to_owned()))),
    ];
    for (says, terms) in wrong {
        world.refused(AYSE, says, |act, who| freezes::propose(act, who, &world.regimes, terms.clone(), None, why()));
        world.refused(AYSE, says, |act, who| freezes::hold(act, who, &world.regimes, terms, None, why()));
    }
}

#[test]
fn a_currency_that_does_not_exist_and_a_tenth_of_a_cent() {
    for (text, says) in [
        ("account;TR33;Anadolu Bank;10.00 EUX", "no currency of ISO 4217"),
        ("account;TR33;Anadolu Bank;10.001 EUR", "has 3 decimals, and EUR has 2"),
        ("account;TR33;Anadolu Bank;10.5 JPY", "has 1 decimals, and JPY has 0"),
        ("house;1;Registry", "no kind of asset"),
        ("account;TR33", "no asset"),
    ] {
        let error = text.parse::<Asset>().unwrap_err().to_string();
        assert!(error.contains(says), "{error}");
    }
    // Nor from an event that somebody else wrote.
    for body in [r#"{"amount_minor":1,"currency":"EUX"}"#, r#"{"amount_minor":-1,"currency":"EUR"}"#] {
        assert!(serde_json::from_str::<Amount>(body).is_err(), "{body}");
    }
}

#[test]
fn a_reason_is_never_empty() {
    for text in ["", "  ", "\n\t"] {
        assert!(Reason::new(text).unwrap_err().to_string().contains("a reason is needed"));
    }
    assert!(serde_json::from_str::<Reason>("\" \"").is_err());
}

#[test]
fn a_hold_without_a_un_listing() {
    let world = World::new();
    let hold = |terms: Terms| {
        let regimes = &world.regimes;
        move |act: &mut Act<'_>, who: &Who| freezes::hold(act, who, regimes, terms, None, why())
    };
    world.refused(AYSE, "allows no hold", hold(Terms { programme: "court-order".to_owned(), ..terms() }));
    world.refused(AYSE, "allows no hold", hold(Terms { programme: "eu".to_owned(), ..terms() }));
    world.refused(AYSE, "is not on un_sc_sanctions", hold(Terms { lists: vec!["eu_fsf".to_owned()], ..terms() }));
    world.refused(AYSE, "is not on un_sc_sanctions", hold(Terms { lists: vec![], ..terms() }));
    world.refused("clock", "no person", hold(terms()));
}

#[test]
fn a_pause_of_nothing_or_for_ever() {
    let world = World::new();
    for (what, ms, says) in [
        ("", HOUR, "is empty"),
        ("payment 1", 0, "more than no time"),
        ("payment 1", -HOUR, "more than no time"),
        ("payment 1", 72 * HOUR + 1, "at most 72 hours"),
    ] {
        world.refused(AYSE, says, |act, who| freezes::pause(act, who, what, None, None, ms, why()));
    }
}

#[test]
fn acts_on_what_is_not_there_or_not_in_force() {
    let world = World::new();
    let id = world.proposed(AYSE, terms());
    let next = "2027-03-01".parse().unwrap();
    world.refused(BAHRAM, "has to confirm it first", |act, who| freezes::review(act, who, &id, None, next, why()));
    world.refused(BAHRAM, "not in force", |act, who| freezes::propose_release(act, who, &id, None, vec![], why()));
    let none = "F-999".parse().unwrap();
    world.refused(BAHRAM, "no freeze F-999", |act, who| freezes::confirm(act, who, &none, None));
    // A proposal that waited until its review date is confirmed no more.
    world.pass(200 * 24 * HOUR);
    world.refused(BAHRAM, "is not ahead", |act, who| freezes::confirm(act, who, &id, None));
    world.act(AYSE, |act, who| freezes::decline(act, who, &id, None, why())).unwrap();
    world.refused(BAHRAM, "nothing of", |act, who| freezes::decline(act, who, &id, None, why()));
    let notice = freezes::Notice { holder: "x".to_owned(), to: "x".to_owned(), how: "x".to_owned(), on: next };
    world.refused(BAHRAM, "not in force", |act, who| freezes::give_notice(act, who, &id, notice));
}

#[test]
fn a_review_in_the_past() {
    let world = World::new();
    let id = world.in_force(terms());
    let today = "2026-11-26".parse().unwrap();
    world.refused(BAHRAM, "is not ahead", |act, who| freezes::review(act, who, &id, None, today, why()));
}
