//! Random people do random things at random times, the software too: what must never happen never does.
//!
//! After each step the chain is read as an auditor would: who stands behind each freeze that is in force or released. The tables that the acts wrote
//! are those that the chain makes.

use std::collections::BTreeSet;

use mihenk_ledger::{
    LedgerError, Reason, Who,
    freezes::{self, FreezeId, PauseId, PauseState, State, Variation},
};
use mihenk_store::{Act, Event};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};

use crate::world::{HOUR, World, terms, why};

#[derive(Clone, Debug)]
enum Step {
    Pause(i64),
    Resume(usize),
    Propose(Option<usize>),
    Hold(Option<usize>),
    Confirm(usize),
    Decline(usize),
    Vary(usize),
    Release(usize, Vec<u32>),
    Review(usize),
    Delist,
    Tick,
}

fn steps() -> impl Strategy<Value = Vec<(usize, i64, Step)>> {
    let pick = 0..6_usize;
    let step = prop_oneof![
        1 => (1..30_i64).prop_map(|hours| Step::Pause(hours * HOUR)),
        1 => pick.clone().prop_map(Step::Resume),
        1 => prop::option::of(pick.clone()).prop_map(Step::Propose),
        1 => prop::option::of(pick.clone()).prop_map(Step::Hold),
        4 => pick.clone().prop_map(Step::Confirm),
        1 => pick.clone().prop_map(Step::Decline),
        1 => pick.clone().prop_map(Step::Vary),
        3 => (pick.clone(), prop::collection::vec(1..4_u32, 0..3)).prop_map(|(at, assets)| Step::Release(at, assets)),
        1 => pick.prop_map(Step::Review),
        1 => Just(Step::Delist),
        2 => Just(Step::Tick),
    ];
    // Four people and two parts of the software; up to two days pass.
    prop::collection::vec((0..6_usize, 0..48 * HOUR, step), 1..40)
}

fn nth<T: Clone>(all: &[T], at: usize) -> Result<T, LedgerError> {
    all.get(at % all.len().max(1)).cloned().ok_or_else(|| LedgerError::refused("there is none"))
}

fn freeze(act: &mut Act<'_>, at: usize) -> Result<FreezeId, LedgerError> {
    nth(&freezes::list(act, true)?, at).map(|freeze| freeze.id)
}

fn pause(act: &mut Act<'_>, at: Option<usize>) -> Result<Option<PauseId>, LedgerError> {
    at.map(|at| nth(&freezes::pauses(act, true)?, at).map(|pause| pause.id)).transpose()
}

fn take(world: &World, act: &mut Act<'_>, who: &Who, step: &Step) -> Result<(), LedgerError> {
    let reason: Reason = why();
    match step {
        Step::Pause(ms) => freezes::pause(act, who, "payment", None, None, *ms, reason).map(drop),
        Step::Resume(at) => match pause(act, Some(*at))? {
            Some(id) => freezes::resume(act, who, &id, None, reason),
            None => Ok(()),
        },
        Step::Propose(at) => {
            let pause = pause(act, *at)?;
            freezes::propose(act, who, &world.regimes, lasting(), pause.as_ref(), reason).map(drop)
        }
        Step::Hold(at) => {
            let pause = pause(act, *at)?;
            freezes::hold(act, who, &world.regimes, lasting(), pause.as_ref(), reason).map(drop)
        }
        Step::Confirm(at) => freeze(act, *at).and_then(|id| freezes::confirm(act, who, &id, None)).map(drop),
        Step::Decline(at) => freeze(act, *at).and_then(|id| freezes::decline(act, who, &id, None, reason)).map(drop),
        Step::Vary(at) => {
            let variation = Variation { scope: Some("all".to_owned()), ..Variation::default() };
            freeze(act, *at).and_then(|id| freezes::propose_variation(act, who, &id, None, variation, reason))
        }
        Step::Release(at, assets) => {
            freeze(act, *at).and_then(|id| freezes::propose_release(act, who, &id, None, assets.clone(), reason))
        }
        Step::Review(at) => {
            let next = "2099-01-01".parse()?;
            freeze(act, *at).and_then(|id| freezes::review(act, who, &id, None, next, reason))
        }
        Step::Delist => {
            let gone = ["un_sc_sanctions".to_owned()];
            freezes::list(act, true)?
                .iter()
                .try_for_each(|freeze| freezes::delisted(act, who, &freeze.id, &gone).map(drop))
        }
        Step::Tick => freezes::tick(act, who).map(drop),
    }
}

/// Terms whose review lies beyond all the time that passes here.
fn lasting() -> freezes::Terms {
    freezes::Terms { review: "2098-01-01".parse().unwrap(), ..terms() }
}

fn is_person(actor: &str) -> bool {
    actor.starts_with("U-")
}

/// Who did these things to a subject.
fn who_did<'a>(chain: &'a [Event], subject: &str, kinds: &[&str]) -> BTreeSet<&'a str> {
    let did = chain.iter().filter(|event| event.subject == subject && kinds.contains(&event.kind.as_str()));
    did.map(|event| event.actor.as_str()).collect()
}

/// What must hold after every step.
fn is_right(world: &World) -> Result<(), TestCaseError> {
    let chain = world.store.events(1, None).unwrap();
    let (freezes, pauses) = world
        .store
        .read(|reading| Ok::<_, LedgerError>((freezes::list(reading, true)?, freezes::pauses(reading, true)?)))
        .unwrap();
    for freeze in freezes {
        let id = freeze.id.as_str();
        let begun = who_did(&chain, id, &["freeze.proposed", "freeze.held"]);
        let confirmed = who_did(&chain, id, &["freeze.confirmed"]);
        prop_assert!(begun.iter().chain(&confirmed).all(|actor| is_person(actor)));
        if matches!(freeze.state, State::InForce | State::Released) {
            prop_assert!(confirmed.len() == 1 && confirmed.is_disjoint(&begun), "{id}: {begun:?} {confirmed:?}");
        }
        let was_in_force = freeze.terms.assets.iter().any(|asset| asset.is_released);
        if freeze.state == State::Released || was_in_force {
            let proposed = who_did(&chain, id, &["freeze.change-proposed"]);
            let agreed = who_did(&chain, id, &["freeze.change-confirmed"]);
            let two: BTreeSet<_> = proposed.union(&agreed).collect();
            prop_assert!(!agreed.is_empty() && two.len() >= 2 && two.iter().all(|actor| is_person(actor)));
        }
        let declined = who_did(&chain, id, &["freeze.declined"]);
        let was_held = !who_did(&chain, id, &["freeze.held"]).is_empty();
        if freeze.state == State::Declined && was_held && confirmed.is_empty() {
            prop_assert!(declined.is_disjoint(&begun), "nobody lets a hold go alone");
        }
    }
    for pause in pauses.iter().filter(|pause| pause.state == PauseState::Resumed) {
        let by = who_did(&chain, pause.id.as_str(), &["freeze.resumed"]);
        prop_assert!(!by.is_empty() && by.iter().all(|actor| is_person(actor)));
    }
    each_change_by_two(&chain)
}

/// Each change that was confirmed was proposed by somebody else, right before.
fn each_change_by_two(chain: &[Event]) -> Result<(), TestCaseError> {
    for (at, event) in chain.iter().enumerate().filter(|(_, event)| event.kind == "freeze.change-confirmed") {
        let proposed = chain[..at].iter().rfind(|e| e.subject == event.subject && e.kind == "freeze.change-proposed");
        prop_assert!(proposed.is_some_and(|proposed| proposed.actor != event.actor));
    }
    Ok(())
}

/// What the software does lets nothing go.
fn restrained(world: &World) -> (Vec<(String, Vec<u32>)>, BTreeSet<String>) {
    let read = world
        .store
        .read(|reading| Ok::<_, LedgerError>((freezes::list(reading, false)?, freezes::pauses(reading, false)?)));
    let (freezes, pauses) = read.unwrap();
    let restrains = freezes.iter().filter(|freeze| freeze.state.restrains());
    let assets = restrains.map(|f| (f.id.to_string(), f.terms.restrained().map(|asset| asset.number).collect()));
    (assets.collect(), pauses.iter().map(|pause| pause.id.to_string()).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn nobody_alone_and_no_clock_lets_anything_go(steps in steps()) {
        let world = World::new();
        for (who, passes, step) in &steps {
            world.pass(*passes);
            let actor = ["U-1", "U-2", "U-3", "U-4", "clock", "screening"][*who];
            let before = restrained(&world);
            let head = world.store.head().unwrap();
            let outcome = world.act(actor, |act, who| take(&world, act, who, step));
            if outcome.is_err() {
                prop_assert_eq!(world.store.head().unwrap(), head);
            }
            if !is_person(actor) {
                let after = restrained(&world);
                prop_assert_eq!(&after.0, &before.0, "{} {:?}", actor, step);
                prop_assert!(after.1.is_superset(&before.1));
            }
            is_right(&world)?;
        }
        world.same_from_chain();
        let at = world.now.get();
        let due = world.store.read(|reading| freezes::due(reading, at)).unwrap();
        prop_assert!(due.windows(2).all(|pair| pair[0].is_over || !pair[1].is_over), "what ran out stands first");
    }
}

/// Rules that are never tried are not tested: the steps above come to every state.
#[test]
fn random_steps_come_to_every_state() {
    let mut runner = TestRunner::deterministic();
    let mut seen = BTreeSet::new();
    for _ in 0..24 {
        let world = World::new();
        let steps = steps().new_tree(&mut runner).unwrap().current();
        for (who, passes, step) in &steps {
            world.pass(*passes);
            let actor = ["U-1", "U-2", "U-3", "U-4", "clock", "screening"][*who];
            // Refused or not: what counts is what came of it.
            let _ = world.act(actor, |act, who| take(&world, act, who, step));
        }
        let chain = world.store.events(1, None).unwrap();
        seen.extend(chain.into_iter().map(|event| event.kind));
        let freezes = world.store.read(|reading| freezes::list(reading, true)).unwrap();
        seen.extend(freezes.iter().map(|freeze| freeze.state.as_str().to_owned()));
    }
    for state in ["proposed", "held", "in-force", "released", "declined"] {
        assert!(seen.contains(state), "{state}: {seen:?}");
    }
    for kind in ["pause-ran-out", "hold-ran-out", "resumed", "change-confirmed", "reviewed", "delisted"] {
        assert!(seen.contains(&format!("freeze.{kind}")), "{kind}: {seen:?}");
    }
}
