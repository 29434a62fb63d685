//! Which word of one name stands for which word of the other.
//!
//! In come the units of two names and the likeness of each comparable pair; out come the chosen ones: pairs that use
//! every part at most once, with the greatest evidence in sum, where explaining a part at all counts for a little more.
//! Names are short, so an exact search with a bound is quick; a limit on its steps keeps hostile names harmless.

use crate::{bits::Bits, likeness::Likeness};

/// A pair of units that may be matched, with the parts they cover as bit masks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Index of the unit of the asked name.
    pub asked: u8,
    /// Index of the unit of the listed name.
    pub listed: u8,
    /// Parts of the asked name that the unit covers.
    pub asked_mask: u32,
    /// Parts of the listed name that the unit covers.
    pub listed_mask: u32,
    /// What they have in common.
    pub likeness: Likeness,
}

/// Explaining one more part is worth this much when pairs compete.
const PER_PART: i32 = 150;
/// Steps after which the search takes what it has.
const STEPS_MAX: u32 = 4000;

impl Pair {
    fn worth(&self) -> i32 {
        self.likeness.bits.0 + PER_PART * (self.asked_mask.count_ones() + self.listed_mask.count_ones()) as i32
    }

    fn clashes(&self, other: &Pair) -> bool {
        self.asked_mask & other.asked_mask != 0 || self.listed_mask & other.listed_mask != 0
    }
}

/// Chooses the best set of pairs; it is left at the front of `pairs`, in the order of the asked name.
pub fn choose(pairs: &mut Vec<Pair>) {
    pairs.sort_unstable_by_key(|p| (std::cmp::Reverse(p.worth()), p.asked, p.listed));
    let free = pairs.iter().enumerate().all(|(i, p)| pairs[i + 1..].iter().all(|o| !p.clashes(o)));
    if !free {
        let mut search = Search { pairs, best: 0, best_set: 0, steps: 0 };
        search.pairs.truncate(64);
        let rest: Vec<i32> = suffix_sums(search.pairs);
        search.step(0, 0, 0, 0, 0, &rest);
        let chosen = search.best_set;
        let mut i = 0;
        pairs.truncate(64);
        pairs.retain(|_| {
            i += 1;
            chosen >> (i - 1) & 1 == 1
        });
    }
    pairs.sort_unstable_by_key(|p| p.asked_mask.trailing_zeros());
}

/// For each position the worth of all pairs from there on: an upper bound of what they can add.
fn suffix_sums(pairs: &[Pair]) -> Vec<i32> {
    let mut sums = vec![0; pairs.len() + 1];
    for i in (0..pairs.len()).rev() {
        sums[i] = sums[i + 1] + pairs[i].worth();
    }
    sums
}

struct Search<'a> {
    pairs: &'a mut Vec<Pair>,
    best: i32,
    best_set: u64,
    steps: u32,
}

impl Search<'_> {
    fn step(&mut self, at: usize, asked: u32, listed: u32, worth: i32, set: u64, rest: &[i32]) {
        if worth > self.best {
            self.best = worth;
            self.best_set = set;
        }
        self.steps += 1;
        if at == self.pairs.len() || worth + rest[at] <= self.best || self.steps > STEPS_MAX {
            return;
        }
        let pair = self.pairs[at];
        if pair.asked_mask & asked == 0 && pair.listed_mask & listed == 0 {
            let set = set | 1 << at;
            self.step(at + 1, asked | pair.asked_mask, listed | pair.listed_mask, worth + pair.worth(), set, rest);
        }
        self.step(at + 1, asked, listed, worth, set, rest);
    }
}

/// The evidence of chosen pairs in sum.
#[must_use]
pub fn sum(pairs: &[Pair]) -> Bits {
    pairs.iter().map(|p| p.likeness.bits).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::likeness::Channel;

    fn pair(asked: u32, listed: u32, bits: i32) -> Pair {
        Pair {
            asked: asked.trailing_zeros() as u8,
            listed: listed.trailing_zeros() as u8,
            asked_mask: asked,
            listed_mask: listed,
            likeness: Likeness { channel: Channel::Exact, bits: Bits(bits), cost: Bits::ZERO, joint: None },
        }
    }

    fn chosen(mut pairs: Vec<Pair>) -> Vec<(u32, u32)> {
        choose(&mut pairs);
        pairs.iter().map(|p| (p.asked_mask, p.listed_mask)).collect()
    }

    #[test]
    fn two_good_pairs_beat_the_single_best_one() {
        // ali–ali is best alone, but it would leave two words without a counterpart.
        let pairs = vec![pair(0b01, 0b01, 900), pair(0b01, 0b10, 700), pair(0b10, 0b01, 700)];
        assert_eq!(chosen(pairs), [(0b01, 0b10), (0b10, 0b01)]);
    }

    #[test]
    fn a_word_read_as_one_with_its_neighbour_uses_both_parts() {
        let pairs = vec![pair(0b001, 0b01, 300), pair(0b011, 0b01, 1200), pair(0b100, 0b10, 800)];
        assert_eq!(chosen(pairs), [(0b011, 0b01), (0b100, 0b10)]);
    }

    #[test]
    fn a_hostile_name_ends_in_bounded_time() {
        let mut pairs = Vec::new();
        for i in 0..24 {
            for j in 0..24 {
                pairs.push(pair(1 << i, 1 << j, 500));
            }
        }
        choose(&mut pairs);
        assert!(!pairs.is_empty());
    }
}
