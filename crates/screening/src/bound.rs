//! The most evidence that a listed name can still have, from what its words alone tell.
//!
//! In comes what was collected for a listed name: which parts of the asked name have a comparable word in it, and the most
//! these words can give. Out comes an upper bound of the evidence of the two names. It must never lie below the evidence
//! that a comparison finds ([`crate::comparison`]), or a listed entity would be lost; and the nearer it lies, the fewer
//! names have to be compared. So it counts what is certain to speak against: a part of the asked name without any
//! comparable word stays open, and a listed name with more words than were covered has open ones as well.

use mihenk_names::Role;

use crate::{
    bits::Bits,
    candidates::Collected,
    comparison::{Share, soft},
    index::rows::{Among, Group, NameRow, rarity_case, rarity_of_case},
    shape::{AskedName, AskedUnit, PartRole},
    weights::{Feature, Weights},
};

/// Parts of a listed name that one word can cover: neighbours read as one have up to three that count.
const PARTS_OF_A_WORD: u32 = 3;
/// Room for the roundings of the lines that a comparison adds up.
const ROUNDING: Bits = Bits(12);

/// What could still be added to the evidence of words, and what is certain to be taken away.
#[derive(Debug)]
pub struct Bound<'a> {
    weights: &'a Weights,
    /// The parts that must be explained by words; single letters are left out, for they may stand for any word.
    counting: u32,
    /// These with their rarity, the rarest first.
    rarities: Vec<(u32, i32)>,
    whole_rarity: i32,
    /// How many single letters the asked name has.
    letters: u32,
    /// What they can add.
    initials: i32,
    /// What one single letter of a listed name can add.
    initial_most: i32,
    number: Bits,
    /// What a name must reach.
    needed: Bits,
    /// How many parts the asked name has, if there is a table.
    parts: usize,
    /// The least sum of words that can reach it, for each case that came up; [`UNKNOWN`] for the others.
    least_sums: Vec<i32>,
}

/// Names with more parts than this are judged one by one.
const TABLE_PARTS_MAX: usize = 6;
/// Cases that differ in whether every part that has a word has the very one.
const VARIED_CASES: usize = 2;
/// Cases that differ in what is open of the listed name.
const OPEN_CASES: usize = 16;
const UNKNOWN: i32 = i32::MIN;
/// No sum is enough.
const NEVER: i32 = i32::MAX;

impl<'a> Bound<'a> {
    /// Prepares the bound for an asked name, of which a listed one must reach `needed`.
    #[must_use]
    pub fn new(asked: &AskedName, weights: &'a Weights, needed: Bits) -> Bound<'a> {
        let shape = asked.shape();
        let single = asked.units.iter().filter(|u| !u.is_merged());
        let letters: Vec<&AskedUnit> =
            single.clone().filter(|u| u.role == Role::Initial || u.own.word.form.len() == 1).collect();
        let letter_parts = letters.iter().fold(0, |mask, u| mask | u.mask);
        let to_explain = shape.mask(|r| matches!(r, PartRole::Word | PartRole::Initial));
        let counting = to_explain & !letter_parts;
        let rarities = asked.parts.iter().enumerate().map(|(i, part)| (1u32 << i, part.rarity.0));
        let whole_rarity = rarities.clone().filter(|(bit, _)| to_explain & bit != 0).map(|r| r.1).sum();
        let mut rarities: Vec<(u32, i32)> = rarities.filter(|(bit, _)| counting & bit != 0).collect();
        rarities.sort_unstable_by_key(|&(bit, rarity)| (std::cmp::Reverse(rarity), bit));
        let initial_of = |unit: &AskedUnit| i32::from(unit.own.rarity.initial).max(30);
        let mut bound = Bound {
            weights,
            counting,
            rarities,
            whole_rarity,
            letters: letters.len() as u32,
            initials: letters.iter().map(|u| initial_of(u)).sum(),
            initial_most: single.map(initial_of).max().unwrap_or(0),
            number: Bits::ZERO,
            needed,
            parts: 0,
            least_sums: Vec::new(),
        };
        if asked.parts.len() <= TABLE_PARTS_MAX {
            bound.least_sums = vec![UNKNOWN; (VARIED_CASES * OPEN_CASES) << asked.parts.len()];
            bound.parts = asked.parts.len();
        }
        let no_number = shape.numbers().is_empty();
        bound.number = if no_number { Bits::ZERO } else { bound.line(Feature::NumberSame, 100) };
        bound
    }

    /// Whether a listed name may reach what is needed. Cheaper than [`Bound::of`], and no more often false.
    #[must_use]
    pub fn may_reach(&mut self, collected: &Collected, row: &NameRow) -> bool {
        row.letters > 0 || self.may_reach_with(collected, u32::from(row.words), rarity_case(row.least_rarity))
    }

    /// As [`Bound::may_reach`], of a name of which no more is known than its group; no more often false.
    #[must_use]
    pub fn may_reach_in_group(&mut self, collected: &Collected, group: Group) -> bool {
        group.among() == Among::Letters || self.may_reach_with(collected, group.words(), group.rarity_case())
    }

    /// Of a name without single letters that has so many words at least.
    fn may_reach_with(&mut self, collected: &Collected, words: u32, rarity: usize) -> bool {
        if self.least_sums.is_empty() {
            return true;
        }
        let listed_open = self.listed_open(collected, words).min(3);
        let covered = usize::from(collected.is_varied()) << self.parts | collected.parts() as usize;
        let case = covered << 4 | (listed_open as usize) << 2 | rarity;
        let known = self.least_sums[case];
        if known != UNKNOWN {
            return collected.sum() >= known;
        }
        let covered = Covered { parts: collected.parts(), varied: collected.is_varied() };
        let least_sum = self.least_sum(covered, listed_open, rarity_of_case(rarity), self.needed);
        self.least_sums[case] = least_sum;
        collected.sum() >= least_sum
    }

    /// The least that a word must give to be worth a look in a name of a group that has words for one part alone, of which each
    /// must reach `needed`; not for names with single letters. `merged` says whether the word is made of neighbours there.
    #[must_use]
    pub fn least_alone(&self, part: u32, group: Group, merged: bool, needed: Bits) -> i32 {
        let covered = if merged { PARTS_OF_A_WORD } else { 1 };
        let listed_open = group.words().saturating_sub(covered + self.letters);
        self.least_sum(Covered { parts: part, varied: false }, listed_open, rarity_of_case(group.rarity_case()), needed)
    }

    /// The least sum of words with which a name can reach what is needed, or a little less.
    fn least_sum(&self, covered: Covered, listed_open: u32, least: i32, needed: Bits) -> i32 {
        let rest = self.rest(covered, listed_open, least, 0);
        let short = needed - rest.bits;
        // Rounding is to the nearest hundredth: one hundredth less than what is short is sure to be rounded below it.
        let sum_for = |bits: Bits, weight: i32| match (bits.0 <= 0, weight) {
            (true, _) => 0,
            (false, ..=0) => NEVER,
            (false, weight) => ((i64::from(bits.0) - 1) * 100 / i64::from(weight)).min(i64::from(NEVER)) as i32,
        };
        let words = self.weights.of(Feature::Exact).max(self.weights.of(Feature::Varied));
        let stranger = sum_for(short - self.line(Feature::Stranger, 100) - self.letters_bits(0), words);
        let unshared = if rest.conflicts { 0 } else { (self.weights.of(Feature::Unshared) * words + 99) / 100 };
        let relative = sum_for(short - self.line(Feature::Relative, 100), unshared);
        stranger.max(relative)
    }

    /// The most evidence of the asked name and a listed one.
    #[must_use]
    pub fn of(&self, collected: &Collected, row: &NameRow) -> Bits {
        let letters = u32::from(row.letters);
        let listed_open = self.listed_open(collected, u32::from(row.words)).saturating_sub(letters);
        let covered = Covered { parts: collected.parts(), varied: collected.is_varied() };
        let rest = self.rest(covered, listed_open, i32::from(row.least_rarity), letters);
        self.smaller(collected.sum(), letters, rest.conflicts) + rest.bits
    }

    /// The most evidence of any listed name without single letters that has words for none of the parts in `open`, and
    /// words with `sum` bits at most for the others.
    #[must_use]
    pub fn of_any(&self, sum: i32, open: u32) -> Bits {
        let rest = self.rest(Covered { parts: !open, varied: false }, 0, 0, 0);
        self.smaller(sum, 0, false) + rest.bits
    }

    /// As [`Bound::of_any`], of names with single letters, of which one may stand for each of so many parts.
    #[must_use]
    pub fn of_any_with_letters(&self, sum: i32, open: u32, parts: u32) -> Bits {
        let rest = self.rest(Covered { parts: !open, varied: false }, 0, 0, parts);
        self.smaller(sum, parts, false) + rest.bits
    }

    /// The words that are certain to be open, of so many of a listed name.
    fn listed_open(&self, collected: &Collected, words: u32) -> u32 {
        let parts_of_a_word = if collected.is_merged() { PARTS_OF_A_WORD } else { 1 };
        words.saturating_sub(collected.parts().count_ones() * parts_of_a_word + self.letters)
    }

    fn line(&self, feature: Feature, amount: i32) -> Bits {
        Bits(amount).scaled(self.weights.of(feature))
    }

    fn words(&self, sum: i32) -> Bits {
        Bits(sum).scaled(self.weights.of(Feature::Exact).max(self.weights.of(Feature::Varied)))
    }

    /// The most that single letters add: those asked, and `listed` ones.
    fn letters_bits(&self, listed: u32) -> Bits {
        let most = self.initials + listed as i32 * self.initial_most;
        Bits(most).scaled(self.weights.of(Feature::Initial).max(100))
    }

    /// The smaller of what counts against a stranger and a relative.
    fn smaller(&self, sum: i32, letters: u32, conflicts: bool) -> Bits {
        let words = self.words(sum);
        let stranger = words + self.letters_bits(letters) + self.line(Feature::Stranger, 100);
        // The least telling word cannot tell more than all words together.
        let unshared =
            if conflicts { Bits::ZERO } else { words.max(Bits::ZERO).scaled(self.weights.of(Feature::Unshared)) };
        stranger.min(self.line(Feature::Relative, 100) + unshared)
    }

    /// The most that everything else adds, for [`Bound::against`]'s case.
    fn rest(&self, covered: Covered, listed_open: u32, least: i32, letters: u32) -> Against {
        let mut out = self.against(covered.parts, listed_open, least, letters as usize);
        if self.counting & !covered.parts == 0 && listed_open == 0 || letters > 0 {
            out.bits += self.line(Feature::Whole, 100);
            if !covered.varied {
                out.bits += self.line(Feature::WholeExact, 100);
            }
        }
        if covered.parts.count_ones() == 1 && self.letters + letters == 0 {
            out.bits += self.line(Feature::Single, 100);
        }
        out.bits += self.number + ROUNDING;
        out
    }

    /// What is certain to speak against, when `covered` parts of the asked name have a comparable word and at least
    /// `listed_open` words of the listed name, none commoner than `least`, have none. Single `letters` of the listed name
    /// may stand for as many of the open parts, the rarest ones.
    fn against(&self, covered: u32, listed_open: u32, least: i32, letters: usize) -> Against {
        let mut out = Against { bits: Bits::ZERO, conflicts: false };
        let (mut conflicts, mut only, mut open) = (0, Bits::ZERO, 0);
        let mut left = listed_open;
        for &(_, rarity) in self.rarities.iter().filter(|(bit, _)| covered & bit == 0).skip(letters) {
            open += rarity;
            let conflict = soft(rarity.min(least));
            if left > 0 {
                left -= 1;
                conflicts += conflict;
            } else {
                // More listed words may be open than is certain: then it is a conflict, perhaps the cheaper of the two.
                let asked_only = self.line(Feature::AskedOnly, soft(rarity));
                only += asked_only.max(self.line(Feature::Conflict, conflict));
            }
        }
        out.conflicts = conflicts > 0;
        out.bits = self.line(Feature::Conflict, conflicts) + only;
        out.bits += self.line(Feature::AskedOpen, Share { open, all: self.whole_rarity }.amount());
        out.bits += Bits(left as i32 * soft(least)).scaled(self.weights.of(Feature::ListedOnly));
        out
    }
}

/// What of the asked name has a comparable word in the listed one.
#[derive(Clone, Copy)]
struct Covered {
    parts: u32,
    /// Whether there is a part that must be explained whose word is not the very same: then the names are not.
    varied: bool,
}

struct Against {
    bits: Bits,
    /// Whether a conflict is certain.
    conflicts: bool,
}
