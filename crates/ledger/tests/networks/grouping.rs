//! Groups that are proposed, and what does not make one.
//!
//! Figures were added up by hand: a telephone or an address of two is worth 15 bits, a directorship 18, an ownership 20, a bare link 14.

use mihenk_ledger::{
    cases::PartyKind,
    networks::{
        AttributeKind::{Address, Telephone},
        Bits, RelationKind, Subject,
        groups::groups,
    },
};

use crate::made::Made;

#[test]
fn ties_of_two_kinds_make_a_group_and_of_one_kind_none() {
    let network = Made::of(&["a", "b", "c", "x", "y"])
        .share(Telephone, "1", &["a", "b"])
        .share(Address, "1 Long Street", &["a", "b"])
        .relation("b", RelationKind::Directorship, "c")
        .share(Telephone, "2", &["b", "c"])
        // One accountant's telephone, and two telephones of one kind.
        .share(Telephone, "3", &["x", "y"])
        .share(Telephone, "4", &["x", "y"])
        .network();
    let all = groups(&network, None);
    let [group] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!(group.members.iter().map(|member| member.id.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);
    // b and c: 18 + 15 = 33; a and b: 15 + 15 = 30, which is the weaker.
    assert_eq!(group.pairs.iter().map(|pair| pair.bits).collect::<Vec<_>>(), [Bits(3300), Bits(3000)]);
    assert_eq!((group.bits, group.pairs[0].classes), (Bits(3000), 2));
    let c = network.find("c").unwrap();
    assert_eq!(groups(&network, Some(&[c])), all, "asked of any of them");
    assert!(groups(&network, Some(&[network.find("x").unwrap()])).is_empty());
}

#[test]
fn weak_ties_make_no_group() {
    // Thirty-two share an address: 11 bits, less than the twelve that a tie must have.
    let mut made = Made::of(&["a", "b"]).relation("a", RelationKind::Ownership, "b");
    for id in ["a", "b"] {
        made.bears(id, Address, "1 Long Street");
    }
    for number in 0..30 {
        made.subject(&format!("z{number:02}"));
        made.bears(&format!("z{number:02}"), Address, "1 Long Street");
    }
    assert!(groups(&made.network(), None).is_empty());
}

#[test]
fn a_group_is_held_together_by_its_weakest_necessary_pair() {
    // a, b, c each with each: the third pair is not needed, and does not weaken the group.
    let network = Made::of(&["a", "b", "c"])
        .relation("a", RelationKind::Ownership, "b")
        .relation("b", RelationKind::Ownership, "c")
        .share(Telephone, "1", &["a", "b"])
        .share(Telephone, "2", &["b", "c"])
        .share(Telephone, "3", &["a", "c"])
        .share(Address, "1 Long Street", &["a", "c"])
        .network();
    let all = groups(&network, None);
    assert_eq!(all[0].pairs.iter().map(|pair| pair.bits).collect::<Vec<_>>(), [Bits(3500), Bits(3500), Bits(3000)]);
    assert_eq!(all[0].bits, Bits(3500));
}

#[test]
fn a_link_that_says_nothing_is_the_same_fact_as_one_that_does() {
    let network = Made::of(&["a", "b", "c"])
        .relation("a", RelationKind::Ownership, "b")
        .relation("b", RelationKind::Linked, "a")
        .relation("a", RelationKind::Linked, "c")
        .share(Telephone, "1", &["a", "c"])
        .network();
    let all = groups(&network, None);
    assert_eq!(all[0].members.iter().map(|member| member.id.as_str()).collect::<Vec<_>>(), ["a", "c"]);
    assert_eq!((all.len(), all[0].bits), (1, Bits(2900)));
}

#[test]
fn what_is_owned_does_not_act() {
    let mut made = Made::of(&["a"]);
    let (id, name, what) = ("v".to_owned(), "v".to_owned(), "vessel".to_owned());
    made.0.subject(Subject { id, kind: PartyKind::Vessel, what, name, is_listed: true });
    let network = made.relation("a", RelationKind::Ownership, "v").share(Telephone, "1", &["a", "v"]).network();
    assert!(groups(&network, None).is_empty());
}
