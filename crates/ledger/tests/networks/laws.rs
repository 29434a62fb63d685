//! What holds for every network: the fast search finds what a slow one finds, and order of input says nothing.
//!
//! The slow one walks along every way without a bound but the number of ties, and sorts what it found.

use std::collections::BTreeMap;

use mihenk_ledger::networks::{
    AttributeKind, Bits, Network, RelationKind, Scratch,
    around::around,
    groups::groups,
    paths::{Asked, Between, Path, between, strength},
};
use proptest::prelude::*;

use crate::made::{Made, written};

/// A network in plain numbers.
#[derive(Clone, Debug)]
struct Plain {
    subjects: usize,
    relations: Vec<(usize, usize, usize)>,
    bearings: Vec<(usize, usize)>,
}

impl Plain {
    fn made(&self) -> Network {
        let mut made = Made::default();
        (0..self.subjects).for_each(|at| made.subject(&name(at)));
        for &(subject, attribute) in &self.bearings {
            made.bears(&name(subject), kind(attribute), &format!("v{attribute:02}"));
        }
        for &(from, to, kind) in &self.relations {
            made = made.relation(&name(from), RelationKind::ALL[kind], &name(to));
        }
        made.network()
    }

    /// What ties two: how (0 for relations, an attribute's number above), and its worth.
    fn ways(&self) -> BTreeMap<(usize, usize), Vec<(usize, Bits)>> {
        let mut ways: BTreeMap<(usize, usize), BTreeMap<usize, Bits>> = BTreeMap::new();
        let mut put = |one: usize, other: usize, way: usize, bits: Bits| {
            let best = ways.entry((one, other)).or_default().entry(way).or_insert(bits);
            *best = bits.max(*best);
        };
        for &(from, to, kind) in self.relations.iter().filter(|(from, to, _)| from != to) {
            let bits = RelationKind::ALL[kind].base();
            put(from, to, 0, bits);
            put(to, from, 0, bits);
        }
        let mut bearers: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for &(subject, attribute) in &self.bearings {
            let all = bearers.entry(attribute).or_default();
            if !all.contains(&subject) {
                all.push(subject);
            }
        }
        for (attribute, all) in &bearers {
            let bits = Bits::of_share(all.len() as u64, 65_536);
            for &one in all {
                all.iter().filter(|&&other| other != one).for_each(|&other| put(one, other, attribute + 1, bits));
            }
        }
        ways.into_iter().map(|(ends, ways)| (ends, ways.into_iter().collect())).collect()
    }

    /// Every path of up to so many ties, with the weakest tie of its best form.
    fn all_paths(&self, from: usize, to: usize, most: usize) -> BTreeMap<Vec<usize>, Bits> {
        let ways = self.ways();
        let mut found = BTreeMap::new();
        let mut waiting = vec![(vec![from], Vec::<usize>::new(), Bits(i32::MAX))];
        while let Some((subjects, used, weakest)) = waiting.pop() {
            let last = *subjects.last().unwrap();
            if last == to {
                let best = found.entry(subjects).or_insert(weakest);
                *best = weakest.max(*best);
                continue;
            }
            if subjects.len() > most {
                continue;
            }
            for next in (0..self.subjects).filter(|next| !subjects.contains(next)) {
                for &(way, bits) in ways.get(&(last, next)).into_iter().flatten() {
                    if way > 0 && used.contains(&way) {
                        continue;
                    }
                    let subjects = subjects.iter().copied().chain([next]).collect();
                    let used = used.iter().copied().chain([way]).collect();
                    waiting.push((subjects, used, weakest.min(bits)));
                }
            }
        }
        found
    }
}

fn name(at: usize) -> String {
    format!("s{at:02}")
}

fn kind(attribute: usize) -> AttributeKind {
    [AttributeKind::Address, AttributeKind::Telephone, AttributeKind::Email][attribute % 3]
}

type Told = Vec<(String, Bits, Bits)>;

fn told(paths: &[Path]) -> Told {
    paths.iter().map(|path| (written(path), path.strength, path.weakest)).collect()
}

/// The first five of all paths, in an order.
fn expected(all: &BTreeMap<Vec<usize>, Bits>, is_shortest: bool) -> Told {
    let mut sorted: Vec<(&Vec<usize>, Bits, Bits)> =
        all.iter().map(|(path, &weakest)| (path, strength(weakest, path.len() - 1), weakest)).collect();
    sorted.sort_by_key(|(path, strength, _)| {
        let (few, strong) = (path.len() as i32, -strength.0);
        (if is_shortest { (few, strong) } else { (strong, few) }, (*path).clone())
    });
    let words = |path: &[usize]| path.iter().map(|&at| name(at)).collect::<Vec<_>>().join(" ");
    sorted.into_iter().take(5).map(|(path, strength, weakest)| (words(path), strength, weakest)).collect()
}

fn question(network: &Network, from: usize, to: usize, most_ties: usize, scratch: &mut Scratch) -> Between {
    let ends = (network.find(&name(from)).unwrap(), network.find(&name(to)).unwrap());
    between(network, ends, Asked { most_ties, paths: 5 }, scratch)
}

fn plain() -> impl Strategy<Value = Plain> {
    (3usize..10).prop_flat_map(|subjects| {
        let relations = proptest::collection::vec((0..subjects, 0..subjects, 0usize..18), 0..12);
        let bearings = proptest::collection::vec((0..subjects, 0usize..6), 0..14);
        (relations, bearings).prop_map(move |(relations, bearings)| Plain { subjects, relations, bearings })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_search_finds_what_looking_at_everything_finds(plain in plain(), most in 1usize..=6) {
        let network = plain.made();
        let mut scratch = Scratch::default();
        for (from, to) in [(0, 1), (1, 0), (0, 2), (2, 1)] {
            let found = question(&network, from, to, most, &mut scratch);
            let all = plain.all_paths(from, to, most);
            prop_assert_eq!(told(&found.shortest), expected(&all, true), "shortest");
            prop_assert_eq!(told(&found.strongest), expected(&all, false), "strongest");
            prop_assert!(!found.is_cut && found.ties_searched == most);
            prop_assert_eq!(found.is_apart && !all.is_empty(), false);
        }
    }

    #[test]
    fn around_is_the_strongest_path_to_each(plain in plain(), most in 1usize..=4) {
        let network = plain.made();
        let start = network.find("s00").unwrap();
        let found = around(&network, start, most, 100, &mut Scratch::default());
        let mut best: Vec<(String, Bits)> = (1..plain.subjects)
            .filter_map(|to| Some((name(to), expected(&plain.all_paths(0, to, most), false).first()?.1)))
            .collect();
        best.sort();
        let mut got: Vec<(String, Bits)> = found
            .paths
            .iter()
            .map(|path| (path.steps.last().unwrap().to.clone(), path.strength))
            .collect();
        prop_assert!(got.is_sorted_by_key(|one| std::cmp::Reverse(one.1)));
        got.sort();
        prop_assert_eq!(got, best);
        for path in &found.paths {
            let weakest = path.steps.iter().map(|step| step.bits).min().unwrap();
            prop_assert!(weakest >= path.weakest && path.steps[0].from == "s00");
            prop_assert_eq!(strength(path.weakest, path.steps.len()), path.strength);
        }
    }

    #[test]
    fn order_of_input_says_nothing(plain in plain(), turned in 0usize..14) {
        let network = plain.made();
        let mut other = plain;
        other.relations.reverse();
        let by = turned.min(other.bearings.len());
        other.bearings.rotate_left(by);
        let other = other.made();
        let mut scratch = Scratch::default();
        let one = question(&network, 0, 1, 6, &mut scratch);
        // The same memory for another network.
        prop_assert_eq!(&question(&other, 0, 1, 6, &mut scratch), &one);
        prop_assert_eq!(groups(&network, None), groups(&other, None));
    }

    #[test]
    fn a_question_turned_round_has_the_same_paths(plain in plain()) {
        let network = plain.made();
        let mut scratch = Scratch::default();
        let (there, back) = (question(&network, 0, 1, 6, &mut scratch), question(&network, 1, 0, 6, &mut scratch));
        prop_assert_eq!(
            there.strongest.first().map(|path| path.strength),
            back.strongest.first().map(|path| path.strength)
        );
        prop_assert_eq!(
            there.shortest.first().map(|path| path.steps.len()),
            back.shortest.first().map(|path| path.steps.len())
        );
    }
}
