//! Random graphs: the fast solver and the slow one say the same, laws hold, and every proof adds up.
//!
//! In come edges drawn by lot between nine parties, with shares near the thresholds; a failure is shown as the smallest graph that has it.

use mihenk_ledger::ownership::{
    account::{Counts, prove},
    effective::{holders, ways},
    graph::{Edge, Graph},
    holding::Interest,
    rule::Rule,
    share::Share,
    solve::{Answer, Listed, Sums, solve},
};
use proptest::prelude::*;

use super::slow::{Slow, number};

const PARTIES: usize = 9;

fn share() -> impl Strategy<Value = Share> {
    let percents =
        prop_oneof![Just(10u32), Just(20), Just(25), Just(30), Just(40), Just(50), Just(51), Just(60), Just(100)];
    prop_oneof![
        6 => percents.prop_map(Share::percent),
        1 => Just(Share::UNKNOWN),
        1 => Just(Share::parse("25-50").unwrap()),
        1 => Just(Share::parse("(50, 75]").unwrap()),
    ]
}

fn edge() -> impl Strategy<Value = Edge> {
    let interest = prop_oneof![
        10 => Just(Interest::Shares),
        2 => Just(Interest::Votes),
        1 => Just(Interest::Board),
        1 => Just(Interest::Control),
        1 => Just(Interest::Office),
    ];
    (0..PARTIES, 0..PARTIES, interest, share()).prop_map(|(owner, asset, interest, share)| {
        let share = match interest {
            Interest::Board if share.is_exact() => Share::ALL,
            Interest::Board | Interest::Control => Share::UNKNOWN,
            _ => share,
        };
        Edge { owner: number(owner), asset: number(asset), interest, share }
    })
}

fn listed() -> impl Strategy<Value = Listed> {
    let flags = |weight: f64| prop::collection::vec(prop::bool::weighted(weight), PARTIES);
    (flags(0.25), flags(0.05), flags(0.07)).prop_map(|(certain, perhaps, unknown)| Listed { certain, perhaps, unknown })
}

fn sums() -> impl Strategy<Value = Sums> {
    prop_oneof![Just(Sums::Bounded), Just(Sums::AsRecorded)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn fast_and_slow_say_the_same(edges in prop::collection::vec(edge(), 0..24), listed in listed(), sums in sums()) {
        let graph = Graph::new(PARTIES, edges.clone());
        for rule in &Rule::all().unwrap() {
            let slow = Slow { parties: PARTIES, edges: &edges, rule, sums };
            let fast = solve(&graph, rule, &listed, sums);
            prop_assert_eq!(fast.answers().to_vec(), slow.answers(&listed), "{}", rule.id);
        }
    }

    #[test]
    fn listing_somebody_more_never_frees_anybody(
        edges in prop::collection::vec(edge(), 0..24), listed in listed(), more in 0..PARTIES, sums in sums(),
    ) {
        let graph = Graph::new(PARTIES, edges);
        let mut wider = listed.clone();
        wider.certain[more] = true;
        for rule in &Rule::all().unwrap() {
            let (before, after) = (solve(&graph, rule, &listed, sums), solve(&graph, rule, &wider, sums));
            for party in 0..PARTIES {
                prop_assert!(before.answer(number(party)) <= after.answer(number(party)));
            }
        }
    }

    #[test]
    fn the_order_of_records_says_nothing(
        edges in prop::collection::vec(edge(), 0..24), listed in listed(), sums in sums(),
    ) {
        let mut turned = edges.clone();
        turned.reverse();
        for rule in &Rule::all().unwrap() {
            let answers = |edges: Vec<Edge>| solve(&Graph::new(PARTIES, edges), rule, &listed, sums).answers().to_vec();
            prop_assert_eq!(answers(edges.clone()), answers(turned.clone()));
        }
    }

    #[test]
    fn a_proof_adds_up_and_rests_on_what_stands_before(
        edges in prop::collection::vec(edge(), 0..24), listed in listed(), sums in sums(),
    ) {
        let graph = Graph::new(PARTIES, edges);
        for rule in &Rule::all().unwrap() {
            let solved = solve(&graph, rule, &listed, sums);
            for party in (0..PARTIES).map(number) {
                let proofs = prove(&graph, rule, &listed, &solved, sums, party);
                prop_assert!(!proofs.is_empty());
                let account = proofs[0].accounts.last().unwrap();
                prop_assert_eq!((account.party, account.answer), (party, solved.answer(party)));
                for proof in &proofs {
                    let mut shown = [false; PARTIES];
                    for account in &proof.accounts {
                        for term in &account.terms {
                            prop_assert!(term.counts != Counts::Blocked || shown[term.holder as usize]);
                        }
                        shown[account.party as usize] = true;
                    }
                }
                let shares = account.shares;
                let lower = if sums == Sums::Bounded { shares.lower_bounded } else { shares.lower };
                let upper = if sums == Sums::Bounded { shares.upper_bounded } else { shares.upper };
                match solved.answer(party) {
                    Answer::Blocked => {
                        let by_votes = account.has_right(rule) || account.votes.lower >= 500_000_001;
                        prop_assert!(lower >= rule.threshold.parts() || by_votes, "{:?}", account);
                    }
                    Answer::NotBlocked => prop_assert!(upper < rule.threshold.parts(), "{:?}", account),
                    Answer::CannotBeTold | Answer::Listed => {}
                }
            }
        }
    }

    #[test]
    fn what_holders_have_in_effect_is_the_sum_over_ways(edges in prop::collection::vec(edge(), 0..20)) {
        // Downwards only, so that there is no cycle and every way is one on which nobody comes twice.
        let down = edges.into_iter().filter(|edge| edge.owner < edge.asset).collect();
        let graph = Graph::new(PARTIES, down);
        let last = number(PARTIES - 1);
        let found = holders(&graph, last);
        for holder in &found.all {
            let (ways, is_cut) = ways(&graph, holder.party, last, usize::MAX);
            prop_assert!(!is_cut && !ways.is_empty());
            let (lower, upper): (u64, u64) = (ways.iter().map(|w| w.lower).sum(), ways.iter().map(|w| w.upper).sum());
            // Each way is rounded by itself, and what is over all of it is cut.
            let rounded = ways.len() as u64;
            prop_assert!(lower.min(1_000_000_000) <= holder.lower && holder.lower <= lower + rounded);
            let most = holder.upper.unwrap();
            prop_assert!(most <= upper && most + rounded >= upper.min(1_000_000_000));
        }
    }
}
