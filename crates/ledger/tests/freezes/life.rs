//! From a pause to a release: what each step needs, and what time alone does, which is nothing.
//!
//! The clock and the screening try what only people may.

use mihenk_ledger::{
    Who,
    freezes::{self, Change, PauseState, State, Variation, due::What},
};
use mihenk_store::Act;

use crate::world::{AYSE, BAHRAM, CEM, CLOCK, HOUR, World, terms, why};

#[test]
fn a_freeze_takes_two_people_and_so_does_its_release() {
    let world = World::new();
    let id = world.proposed(AYSE, terms());
    assert_eq!(world.freeze(&id).state, State::Proposed);
    world.refused(AYSE, "proposed by you", |act, who| freezes::confirm(act, who, &id, None));
    world.refused(CLOCK, "no person", |act, who| freezes::confirm(act, who, &id, None));
    world.act(BAHRAM, |act, who| freezes::confirm(act, who, &id, None)).unwrap();
    let freeze = world.freeze(&id);
    assert_eq!((freeze.state, freeze.confirmed_by.as_deref()), (State::InForce, Some(BAHRAM)));

    // Confirming twice.
    world.refused(CEM, "confirmed by U-2 on 2026-11-26 09:00", |act, who| freezes::confirm(act, who, &id, None));

    world.act(BAHRAM, |act, who| freezes::propose_release(act, who, &id, None, vec![], why())).unwrap();
    assert_eq!(world.freeze(&id).state, State::InForce, "a proposal releases nothing");
    world.refused(BAHRAM, "proposed by you", |act, who| freezes::confirm(act, who, &id, None));
    world.refused(CLOCK, "no person", |act, who| freezes::confirm(act, who, &id, None));
    world.act(AYSE, |act, who| freezes::confirm(act, who, &id, None)).unwrap();
    assert_eq!(world.freeze(&id).state, State::Released);
    world.same_from_chain();
}

#[test]
fn assets_are_released_one_by_one() {
    let world = World::new();
    let id = world.in_force(terms());
    world
        .refused(AYSE, "there is no asset 3", |act, who| freezes::propose_release(act, who, &id, None, vec![3], why()));
    world.act(AYSE, |act, who| freezes::propose_release(act, who, &id, None, vec![2], why())).unwrap();
    world.act(CEM, |act, who| freezes::confirm(act, who, &id, None)).unwrap();
    let freeze = world.freeze(&id);
    let left: Vec<u32> = freeze.terms.restrained().map(|asset| asset.number).collect();
    assert_eq!((freeze.state, left), (State::InForce, vec![1]));
    world.refused(AYSE, "released already", |act, who| freezes::propose_release(act, who, &id, None, vec![2], why()));
    world.act(AYSE, |act, who| freezes::propose_release(act, who, &id, None, vec![1], why())).unwrap();
    world.act(CEM, |act, who| freezes::confirm(act, who, &id, None)).unwrap();
    assert_eq!(world.freeze(&id).state, State::Released);
    world.same_from_chain();
}

#[test]
fn a_hold_that_nobody_confirms_in_a_day_is_told_first_and_stays() {
    let world = World::new();
    let id = world.held(AYSE);
    world.refused(AYSE, "proposed by you", |act, who| freezes::confirm(act, who, &id, None));
    world.refused(AYSE, "only somebody else", |act, who| freezes::decline(act, who, &id, None, why()));
    world.pass(24 * HOUR - 1);
    assert!(world.tick().is_empty(), "there is time left");
    world.pass(1);
    assert_eq!(world.tick(), [id.to_string()]);
    assert!(world.tick().is_empty(), "told once");
    let freeze = world.freeze(&id);
    assert_eq!((freeze.state, freeze.ran_out), (State::Held, true));
    let due = world.store.read(|reading| freezes::due(reading, world.now.get())).unwrap();
    assert_eq!((due[0].what, due[0].is_over), (What::ConfirmHold, true));
    assert!(due[0].told.contains("still held"), "{}", due[0].told);

    world.act(BAHRAM, |act, who| freezes::confirm(act, who, &id, None)).unwrap();
    assert_eq!(world.freeze(&id).state, State::InForce, "late, but it holds");
    world.same_from_chain();
}

#[test]
fn a_hold_is_declined_by_another_person() {
    let world = World::new();
    let id = world.held(AYSE);
    world.act(BAHRAM, |act, who| freezes::decline(act, who, &id, None, why())).unwrap();
    assert_eq!(world.freeze(&id).state, State::Declined);
    world.same_from_chain();
}

#[test]
fn a_pause_that_runs_out_escalates_and_stays() {
    let world = World::new();
    let pause =
        |act: &mut Act<'_>, who: &Who| freezes::pause(act, who, "payment 17", Some("K-7"), None, 4 * HOUR, why());
    let id = world.act("screening", pause).unwrap();
    world.pass(4 * HOUR);
    assert_eq!(world.tick(), [id.to_string()]);
    let paused = world.store.read(|reading| freezes::pauses(reading, false)).unwrap();
    assert_eq!(paused[0].state, PauseState::RanOut);
    let due = world.store.read(|reading| freezes::due(reading, world.now.get())).unwrap();
    assert_eq!((due[0].what, due[0].is_over), (What::DecidePause, true));

    for software in [CLOCK, "screening"] {
        world.refused(software, "no person", |act, who| freezes::resume(act, who, &id, None, why()));
    }
    world.act(AYSE, |act, who| freezes::resume(act, who, &id, None, why())).unwrap();
    world.refused(BAHRAM, "resumed already", |act, who| freezes::resume(act, who, &id, None, why()));
    world.same_from_chain();
}

#[test]
fn who_paused_may_take_it_back_until_it_runs_out() {
    let world = World::new();
    let pause = |act: &mut Act<'_>, who: &Who| freezes::pause(act, who, "payment 17", None, None, HOUR, why());
    let id = world.act(AYSE, pause).unwrap();
    world.act(AYSE, |act, who| freezes::resume(act, who, &id, None, why())).unwrap();
    let id = world.act(AYSE, pause).unwrap();
    world.pass(HOUR);
    // Whether or not the clock has looked yet.
    world.refused(AYSE, "somebody other", |act, who| freezes::resume(act, who, &id, None, why()));
    world.tick();
    world.refused(AYSE, "somebody other", |act, who| freezes::resume(act, who, &id, None, why()));
    world.act(BAHRAM, |act, who| freezes::resume(act, who, &id, None, why())).unwrap();
    world.same_from_chain();
}

#[test]
fn a_pause_is_decided_by_a_freeze_and_stands_again_when_that_is_declined() {
    let world = World::new();
    let pause = |act: &mut Act<'_>, who: &Who| freezes::pause(act, who, "payment 17", None, None, HOUR, why());
    let id = world.act("screening", pause).unwrap();
    let propose = |act: &mut Act<'_>, who: &Who| freezes::propose(act, who, &world.regimes, terms(), Some(&id), why());
    let freeze = world.act(AYSE, propose).unwrap();
    world.refused(BAHRAM, freeze.as_str(), |act, who| freezes::resume(act, who, &id, None, why()));
    world.act(BAHRAM, |act, who| freezes::decline(act, who, &freeze, None, why())).unwrap();
    let paused = world.store.read(|reading| freezes::pauses(reading, false)).unwrap();
    assert_eq!((paused[0].state, paused[0].freeze.as_ref()), (PauseState::Paused, None));
    world.pass(HOUR);
    assert_eq!(world.tick(), [id.to_string()], "nothing went on by itself");
    world.same_from_chain();
}

#[test]
fn terms_become_others_by_two() {
    let world = World::new();
    let id = world.in_force(terms());
    let variation = Variation {
        add: vec!["wallet;bc1qexample;Exchange A;10.00 USD".parse().unwrap()],
        values: vec![(1, Some("900.00 EUR".parse().unwrap()))],
        review: Some("2027-02-01".parse().unwrap()),
        ..Variation::default()
    };
    let vary = |variation: Variation| {
        let id = id.clone();
        move |act: &mut Act<'_>, who: &Who| freezes::propose_variation(act, who, &id, None, variation, why())
    };
    world.act(AYSE, vary(variation.clone())).unwrap();
    let before = world.freeze(&id);
    assert_eq!(before.terms.assets.len(), 2, "a proposal changes nothing");
    assert!(matches!(before.waiting.unwrap().change, Change::Vary(_)));
    world.refused(CEM, "waits already", vary(variation.clone()));
    world.refused(AYSE, "proposed by you", |act, who| freezes::confirm(act, who, &id, None));
    world.act(CEM, |act, who| freezes::confirm(act, who, &id, None)).unwrap();
    let terms = world.freeze(&id).terms;
    assert_eq!((terms.assets[2].number, terms.assets[2].identifier.as_str()), (3, "bc1qexample"));
    assert_eq!(terms.assets[0].value.unwrap().to_string(), "900.00 EUR");
    assert_eq!(terms.review.to_string(), "2027-02-01");
    world.refused(AYSE, "named twice", vary(Variation { values: vec![], review: None, ..variation }));
    world.refused(AYSE, "nothing would become other", vary(Variation::default()));
    world.same_from_chain();
}

#[test]
fn the_second_is_told_what_the_first_did() {
    let world = World::new();
    let id = world.in_force(terms());
    let seen = world.freeze(&id).revision;
    let next = "2027-03-01".parse().unwrap();
    world.act(BAHRAM, |act, who| freezes::review(act, who, &id, Some(seen), next, why())).unwrap();
    world.refused(CEM, "freeze.reviewed by U-2", |act, who| {
        freezes::propose_release(act, who, &id, Some(seen), vec![], why())
    });
}

#[test]
fn a_delisting_opens_a_task_the_same_day_and_releases_nothing() {
    let world = World::new();
    let id = world.in_force(terms());
    let other = world.in_force(mihenk_ledger::freezes::Terms { entity: Some("unsc-2".to_owned()), ..terms() });
    let gone = vec!["un_sc_sanctions".to_owned()];
    let delisted = |act: &mut Act<'_>, who: &Who| freezes::delisted(act, who, &id, &gone);
    assert!(world.act("screening", delisted).unwrap());
    assert!(!world.act("screening", delisted).unwrap(), "one task");
    assert_eq!(world.freeze(&id).state, State::InForce);
    assert_eq!(world.freeze(&other).delisted, None);
    let due = world.store.read(|reading| freezes::due(reading, world.now.get())).unwrap();
    let task = due.iter().find(|due| due.what == What::ReleaseDelisted).unwrap();
    // Due when this day ends: 2026-11-27 00:00.
    assert_eq!((task.id.as_str(), task.by), (id.as_str(), 20_784 * 24 * HOUR));

    world.act(AYSE, |act, who| freezes::propose_release(act, who, &id, None, vec![], why())).unwrap();
    world.act(BAHRAM, |act, who| freezes::confirm(act, who, &id, None)).unwrap();
    assert_eq!(world.freeze(&id).delisted, None, "the task is done");
    world.same_from_chain();
}

#[test]
fn who_keeps_a_freeze_after_a_delisting_says_why_and_is_asked_no_more() {
    let world = World::new();
    let id = world.in_force(terms());
    let gone = vec!["un_sc_sanctions".to_owned()];
    let delisted = |act: &mut Act<'_>, who: &Who| freezes::delisted(act, who, &id, &gone);
    world.act("screening", delisted).unwrap();
    let next = "2027-01-15".parse().unwrap();
    world.act(BAHRAM, |act, who| freezes::review(act, who, &id, None, next, why())).unwrap();
    let freeze = world.freeze(&id);
    assert_eq!((freeze.state, freeze.delisted, freeze.terms.lists), (State::InForce, None, vec![]));
    assert!(!world.act("screening", delisted).unwrap());
    world.same_from_chain();
}

#[test]
fn a_notice_is_written_down_for_who_holds_the_asset() {
    let world = World::new();
    let id = world.in_force(terms());
    let notice = |holder: &str, on: &str| freezes::Notice {
        holder: holder.to_owned(),
        to: "legal department".to_owned(),
        how: "registered letter".to_owned(),
        on: on.parse().unwrap(),
    };
    world
        .refused(AYSE, "holds nothing", |act, who| freezes::give_notice(act, who, &id, notice("Bank B", "2026-11-26")));
    world.refused(AYSE, "is ahead", |act, who| {
        freezes::give_notice(act, who, &id, notice("Anadolu Bank", "2026-11-27"))
    });
    world.act(AYSE, |act, who| freezes::give_notice(act, who, &id, notice("Anadolu Bank", "2026-11-26"))).unwrap();
    let due = world.store.read(|reading| freezes::due(reading, world.now.get())).unwrap();
    let told: Vec<&str> = due.iter().filter(|d| d.what == What::GiveNotice).map(|d| d.told.as_str()).collect();
    assert_eq!(told, ["no notice to Harbour of Mersin is written down"]);

    let regime = world.regimes.get("un-1267").unwrap();
    let today = "2026-11-26".parse().unwrap();
    let letter = freezes::notice::letter(&world.freeze(&id), regime, "Anadolu Bank", today).unwrap();
    let text = letter.text();
    assert!(text.contains("TR330006100519786457841326: 1250.00 EUR") && text.contains("QDi.901"), "{text}");
    assert!(!text.contains("IMO 9074729"), "nothing of what others hold: {text}");
    assert!(text.contains("[this text was not verified]"), "{text}");
    assert!(letter.html().contains("ISIL (Da'esh)") && !letter.html().contains("<script"));
    world.same_from_chain();
}
