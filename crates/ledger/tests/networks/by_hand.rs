//! Structures whose evidence was added up by hand.
//!
//! With fewer than 65,536 subjects a share is counted among 65,536 = 2^16: two are worth 15 bits, four 14, 256 eight.

use mihenk_ledger::networks::{
    AttributeKind::{Address, Email, Telephone},
    Bits, Left, RelationKind, Tie,
    around::around,
};

use crate::made::{Made, PASSPORT, ask, source, written};

#[test]
fn a_shared_telephone_is_one_tie_of_fifteen_bits() {
    let network = Made::of(&["a", "b"]).share(Telephone, "+90 212 555 01 01", &["a", "b"]).network();
    let found = ask(&network, "a", "b", 6);
    assert_eq!((found.shortest.len(), found.strongest.len(), found.is_apart), (1, 1, false));
    let path = &found.strongest[0];
    assert_eq!((path.strength, path.weakest, path.discount), (Bits(1500), Bits(1500), Bits(0)));
    let Tie::Attribute { attribute, bearers, among, bits, sources } = &path.steps[0].ties[0] else {
        panic!("{path:?}")
    };
    assert_eq!((attribute.shown.as_str(), *bearers, *among, *bits), ("+90 212 555 01 01", 2, 65_536, Bits(1500)));
    assert_eq!(sources.iter().map(|source| &*source.record).collect::<Vec<_>>(), ["a", "b"], "where each was read");
}

#[test]
fn a_chain_is_worth_its_weakest_tie_less_three_bits_for_each_tie_more() {
    // a owns b (20), b and c share a telephone (15), c is a director of d (18): 15 − 2 × 3 = 9.
    let network = Made::of(&["a", "b", "c", "d"])
        .relation("a", RelationKind::Ownership, "b")
        .share(Telephone, "1", &["b", "c"])
        .relation("c", RelationKind::Directorship, "d")
        .network();
    let found = ask(&network, "a", "d", 6);
    let path = &found.strongest[0];
    assert_eq!(written(path), "a b c d");
    assert_eq!((path.strength, path.weakest, path.discount), (Bits(900), Bits(1500), Bits(600)));
    assert_eq!(path.steps.iter().map(|step| step.bits).collect::<Vec<_>>(), [Bits(2000), Bits(1500), Bits(1800)]);
    assert_eq!(found.shortest, found.strongest);
}

#[test]
fn the_strongest_path_may_be_longer_than_the_shortest() {
    // Direct: an address that 256 share, 8 bits. Round about: two ownerships, 20 − 3 = 17 bits.
    let mut made = Made::of(&["a", "b", "m"]).relation("a", RelationKind::Ownership, "m").relation(
        "b",
        RelationKind::Ownership,
        "m",
    );
    for id in ["a", "b"] {
        made.bears(id, Address, "1 Long Street");
    }
    for number in 0..254 {
        made.subject(&format!("z{number:03}"));
        made.bears(&format!("z{number:03}"), Address, "1 Long Street");
    }
    let found = ask(&made.network(), "a", "b", 2);
    assert_eq!(found.shortest.iter().map(written).collect::<Vec<_>>(), ["a b", "a m b"]);
    assert_eq!(found.shortest.iter().map(|path| path.strength).collect::<Vec<_>>(), [Bits(800), Bits(1700)]);
    assert_eq!(found.strongest.iter().map(written).collect::<Vec<_>>(), ["a m b", "a b"]);
    assert!(found.shared.is_empty());
}

#[test]
fn an_address_of_a_formation_agent_ties_nobody_and_is_told() {
    let mut made = Made::of(&["a", "b"]);
    for id in ["a", "b"] {
        made.bears(id, Address, "12 Formation House");
    }
    for number in 0..2_998 {
        made.subject(&format!("z{number:04}"));
        made.bears(&format!("z{number:04}"), Address, "12 Formation House");
    }
    let network = made.network();
    let found = ask(&network, "a", "b", 6);
    assert!(found.shortest.is_empty() && found.strongest.is_empty() && found.is_apart);
    // log2(65,536 / 3,000) = 16 − 11.55 = 4.45.
    let [shared] = found.shared.as_slice() else { panic!("{:?}", found.shared) };
    assert_eq!((shared.what, shared.bearers, shared.bits), ("address", 3_000, Bits(445)));
    let a = network.find("a").unwrap();
    assert_eq!(around(&network, a, 2, 10, &mut Default::default()).reached, 0);
}

#[test]
fn a_nominee_director_of_too_many_is_reached_and_not_passed() {
    let mut made = Made::of(&["a", "b", "nominee"]);
    for number in 0..260 {
        made.subject(&format!("z{number:03}"));
    }
    for id in ["a", "b"].map(str::to_owned).into_iter().chain((0..260).map(|number| format!("z{number:03}"))) {
        made = made.relation("nominee", RelationKind::Directorship, &id);
    }
    let network = made.network();
    let found = ask(&network, "a", "b", 6);
    assert!(found.strongest.is_empty() && found.is_apart);
    assert_eq!((found.shared[0].what, found.shared[0].bearers), ("subject", 262));
    assert_eq!(ask(&network, "a", "nominee", 6).strongest[0].strength, Bits(1800), "asked for, it is an end");
    let number = network.find("a").unwrap();
    let near = around(&network, number, 3, 10, &mut Default::default());
    assert_eq!(near.paths.iter().map(written).collect::<Vec<_>>(), ["a nominee"], "and nobody behind it");
}

#[test]
fn what_else_ties_two_is_shown_and_not_added() {
    let network = Made::of(&["a", "b"])
        .relation("a", RelationKind::Family, "b")
        .share(Telephone, "1", &["a", "b"])
        .share(Email, "x@example.org", &["a", "b"])
        .network();
    let found = ask(&network, "a", "b", 6);
    let [path] = found.strongest.as_slice() else { panic!("{:?}", found.strongest) };
    assert_eq!((path.strength, path.steps[0].ties.len()), (Bits(2000), 3));
    assert!(matches!(path.steps[0].ties[0], Tie::Relation { kind: RelationKind::Family, .. }));
}

#[test]
fn an_attribute_is_in_a_path_once() {
    // Four share a telephone. Round about through it would be no second path.
    let network = Made::of(&["a", "b", "c", "d"]).share(Telephone, "1", &["a", "b", "c", "d"]).network();
    let found = ask(&network, "a", "b", 6);
    assert_eq!(found.shortest.iter().map(written).collect::<Vec<_>>(), ["a b"]);
    assert_eq!(found.strongest[0].strength, Bits(1400));
}

#[test]
fn paths_end_where_the_question_ends() {
    let ids = ["a", "b", "c", "d", "e", "f"];
    let mut made = Made::of(&ids);
    for two in ids.windows(2) {
        made = made.relation(two[0], RelationKind::Linked, two[1]);
    }
    let network = made.network();
    let found = ask(&network, "a", "f", 4);
    assert!(found.strongest.is_empty() && !found.is_apart, "there is one, of five ties");
    assert_eq!(found.ties_searched, 4);
    assert_eq!(ask(&network, "a", "f", 5).strongest[0].strength, Bits(1400 - 1200));
}

#[test]
fn relations_without_an_end_are_counted() {
    let made = Made::of(&["a"]).relation("a", RelationKind::Family, "nobody").relation("a", RelationKind::Family, "a");
    assert_eq!(made.0.build().1, Left { without_end: 1, with_itself: 1 });
}

#[test]
fn around_a_subject_are_the_strongest_first() {
    let network = Made::of(&["a", "b", "c", "d"])
        .relation("b", RelationKind::Ownership, "a")
        .share(PASSPORT(), "P1234567", &["a", "c"])
        .relation("b", RelationKind::Family, "d")
        .network();
    let found = around(&network, network.find("a").unwrap(), 2, 2, &mut Default::default());
    // b by 20, d behind b by 20 − 3 = 17, c by 15, which was not asked for.
    assert_eq!(found.paths.iter().map(written).collect::<Vec<_>>(), ["a b", "a b d"]);
    assert_eq!(found.paths.iter().map(|path| path.strength).collect::<Vec<_>>(), [Bits(2000), Bits(1700)]);
    assert_eq!(found.reached, 3);
    let Tie::Relation { from, to, sources, .. } = &found.paths[0].steps[0].ties[0] else { panic!() };
    assert_eq!((from.as_str(), to.as_str()), ("b", "a"), "the owner first, whoever asks");
    assert_eq!(sources, &[source("b-a")]);
}

#[test]
fn a_search_that_would_take_too_long_says_how_far_it_went() {
    // Two ends, each with 150 around it by a telephone and 150 by an e-mail address around each of these: 22,650 whom two ties lead to. Each of them is linked to forty
    // of the other side, so paths of five ties abound, and a third ring takes more than 600,000 ties to look at.
    let mut made = Made::default();
    let name = |side: usize, at: usize| format!("{side}{at:05}");
    let (inner, all) = (150, 150 + 150 * 150);
    for side in [0, 1] {
        made.subject(&format!("end{side}"));
        made.bears(&format!("end{side}"), Telephone, &format!("{side}"));
        for at in 0..all {
            made.subject(&name(side, at));
            if at < inner {
                made.bears(&name(side, at), Telephone, &format!("{side}"));
            }
            let ring = if at < inner { at } else { (at - inner) / 150 };
            made.bears(&name(side, at), Email, &format!("{side} {ring}"));
        }
    }
    for at in inner..all {
        for step in 0..40 {
            made = made.relation(
                &name(0, at),
                RelationKind::Linked,
                &name(1, inner + (at * 7 + step * 131) % (all - inner)),
            );
        }
    }
    let network = made.network();
    let found = ask(&network, "end0", "end1", 8);
    assert!((2..8).contains(&found.ties_searched) && !found.is_apart, "{} ties", found.ties_searched);
    assert_eq!(found, ask(&network, "end0", "end1", 8), "the bound is in ties, not in time");
    assert!(found.strongest.iter().all(|path| path.steps.len() <= found.ties_searched));
}
