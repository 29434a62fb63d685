//! Two names side by side: what is explained, what is left over, and what each observation amounts to.
//!
//! In come the shapes of an asked and a listed name and the pairs of alike words; out comes a [`Comparison`]: the chosen
//! pairs and, for each [`Feature`] of a name, how much of it was observed. [`Comparison::bits`] adds it up under both
//! hypotheses of DESIGN §3: *someone else* is a stranger, against whom every shared rare word counts in full, or a relative,
//! who shares the rare words for free and differs in one place. The evidence is the smaller of the two sums.

use mihenk_names::{Bearer, GENERAL_FAMILY};

use crate::{
    alignment::{self, Pair},
    bits::Bits,
    likeness::Channel,
    shape::{Field, PartRole, Shape},
    weights::{FEATURES, Feature, Weights},
};

/// Who else it could be: the hypothesis that binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SomeoneElse {
    /// Anybody in the population.
    Stranger,
    /// A brother, a namesake of the same family, a sister company.
    Relative,
}

/// What was observed on two names. Amounts are hundredths: of a bit where the feature is counted in bits, of one otherwise.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The pairs of words that explain one another.
    pub pairs: Vec<Pair>,
    /// How much of each feature was observed.
    pub amounts: [i32; FEATURES],
    /// Parts of the asked name that nothing explains.
    pub asked_open: u32,
    /// Parts of the listed name that nothing explains.
    pub listed_open: u32,
}

/// A word with this much evidence is explained in full.
const WHOLE_BITS: i32 = 500;
/// More open words than this tell sisters apart no better.
const SISTER_WORDS_MAX: usize = 2;
/// A word as rare as this counts in full when it stays unexplained; commoner ones less.
const FULL_RARITY: i32 = 1000;

impl Comparison {
    /// Chooses the best pairs and measures the rest.
    #[must_use]
    pub fn new(asked: Shape, listed: Shape, mut pairs: Vec<Pair>, together: &[Bits]) -> Comparison {
        alignment::choose(&mut pairs);
        if pairs.iter().all(|p| p.likeness.channel == Channel::Initial) {
            // Letters may stand for too many words to say anything alone; and no key finds a name by them.
            pairs.clear();
        }
        let mut amounts = [0; FEATURES];
        let covered_asked = pairs.iter().fold(0, |m, p| m | p.asked_mask);
        let covered_listed = pairs.iter().fold(0, |m, p| m | p.listed_mask);
        count_pairs(&pairs, &mut amounts);
        amounts[Feature::Together as usize] = count_together(&pairs, together);
        // *Abd Samad* is not *Samad*: *abd* stays open unless both names have it.
        let (asked_abd, listed_abd) = (asked.abd() & !covered_asked, listed.abd() & !covered_listed);
        let both = asked_abd != 0 && listed_abd != 0;
        let asked_open = asked.mask(counts) & !covered_asked | if both { 0 } else { asked_abd };
        let listed_open = listed.mask(counts) & !covered_listed | if both { 0 } else { listed_abd };
        count_open(asked, listed, asked_open, listed_open, &mut amounts);
        let mut comparison = Comparison { pairs, amounts, asked_open, listed_open };
        comparison.count_numbers(asked, listed);
        comparison.count_exchanged(asked, listed);
        comparison.count_whole(asked.bearer);
        comparison
    }

    fn set(&mut self, feature: Feature, amount: i32) {
        self.amounts[feature as usize] = amount;
    }

    fn of(&self, feature: Feature) -> i32 {
        self.amounts[feature as usize]
    }

    fn count_whole(&mut self, bearer: Bearer) {
        self.set(Feature::Stranger, 100);
        self.set(Feature::Relative, 100);
        if self.pairs.is_empty() {
            return;
        }
        let exact = self.of(Feature::Exact) > 0;
        let varied = self.of(Feature::Variants) > 0 || self.of(Feature::Initial) > 0;
        // A number that only one has, another one, or a form of another kind is as telling as an open word.
        let apart = [Feature::NumberDiffers, Feature::NumberMissing, Feature::LegalForm, Feature::Exchanged];
        let apart = apart.iter().any(|&feature| self.of(feature) != 0);
        if self.asked_open == 0 && self.listed_open == 0 && !apart {
            // A name is explained as far as its least explained word.
            let weakest =
                self.pairs.iter().filter(|p| p.likeness.channel != Channel::Initial).map(|p| p.likeness.bits.0).min();
            let whole = weakest.map_or(100, |w| (w * 100 / WHOLE_BITS).clamp(0, 100));
            self.set(Feature::Whole, whole);
            self.set(Feature::WholeExact, if varied { 0 } else { 100 });
        }
        self.set(Feature::AllVaried, if exact { 0 } else { 100 });
        self.set(Feature::Single, if self.pairs.len() == 1 { 100 } else { 0 });
        // Sister companies, funds and ships share every word, and are told apart by number and form; and somebody whose given
        // name is the other's family name shares both.
        let sisters = apart && (bearer != Bearer::Person || self.of(Feature::Exchanged) != 0);
        // Of an asked name with words that the other lacks the only shared one is what a relative would share.
        let only_shared = self.pairs.len() == 1 && self.asked_open != 0;
        if self.of(Feature::Conflict) == 0 && !sisters && !only_shared {
            let telling = self.pairs.iter().filter(|p| p.likeness.channel != Channel::Initial);
            let weakest = telling.map(|p| p.likeness.bits.0).min().unwrap_or(0);
            self.set(Feature::Unshared, weakest);
        }
    }

    fn count_numbers(&mut self, asked: Shape, listed: Shape) {
        let (a, b) = (asked.numbers(), listed.numbers());
        let feature = match (a.is_empty(), b.is_empty()) {
            (true, true) => None,
            (false, false) if a == b => Some(Feature::NumberSame),
            (false, false) => Some(Feature::NumberDiffers),
            _ => Some(Feature::NumberMissing),
        };
        if let Some(feature) = feature {
            self.set(feature, 100);
        }
        let forms = |shape: Shape| shape.mask(|r| r == PartRole::LegalForm);
        if forms(asked) != 0 && forms(listed) != 0 && !shares_legal_form(asked, listed) {
            self.set(Feature::LegalForm, 100);
        }
    }

    /// Both records say which is the given and which the family name, and the words stand the other way round.
    fn count_exchanged(&mut self, asked: Shape, listed: Shape) {
        use Field::{Family, Given};
        if asked.of_field(Given) == 0 {
            return;
        }
        let has = |of_asked: Field, of_listed: Field| {
            let (a, b) = (asked.of_field(of_asked), listed.of_field(of_listed));
            self.pairs.iter().any(|p| p.asked_mask & a != 0 && p.listed_mask & b != 0)
        };
        let crossed = has(Given, Family) && has(Family, Given);
        if crossed && !has(Given, Given) && !has(Family, Family) {
            self.set(Feature::Exchanged, 100);
        }
    }

    /// The evidence of the names, and which hypothesis binds.
    #[must_use]
    pub fn bits(&self, weights: &Weights) -> (Bits, SomeoneElse) {
        total(&self.amounts, weights)
    }
}

/// Adds up what was observed under both hypotheses; the smaller sum is the evidence.
#[must_use]
pub fn total(amounts: &[i32; FEATURES], weights: &Weights) -> (Bits, SomeoneElse) {
    let (stranger, relative, common) = sums(amounts, weights);
    if relative < stranger {
        (relative + common, SomeoneElse::Relative)
    } else {
        (stranger + common, SomeoneElse::Stranger)
    }
}

/// The features that count against a stranger only.
pub const STRANGER: [Feature; 5] =
    [Feature::Exact, Feature::Varied, Feature::Initial, Feature::Together, Feature::Stranger];
/// The features that count against a relative only.
pub const RELATIVE: [Feature; 2] = [Feature::Relative, Feature::Unshared];
/// The features that count against both.
pub const COMMON: std::ops::Range<usize> = Feature::Variants as usize..FEATURES;

/// The sums against a stranger and a relative, and what counts against both.
#[must_use]
pub fn sums(amounts: &[i32; FEATURES], weights: &Weights) -> (Bits, Bits, Bits) {
    let line = |feature: &Feature| match amounts[*feature as usize] {
        0 => Bits::ZERO,
        amount => Bits(amount).scaled(weights.of(*feature)),
    };
    (STRANGER.iter().map(line).sum(), RELATIVE.iter().map(line).sum(), Feature::ALL[COMMON].iter().map(line).sum())
}

/// Whether a part of this role must be explained.
fn counts(role: PartRole) -> bool {
    matches!(role, PartRole::Word | PartRole::Initial)
}

fn count_pairs(pairs: &[Pair], amounts: &mut [i32; FEATURES]) {
    let mut add = |feature: Feature, amount: i32| amounts[feature as usize] += amount;
    for pair in pairs {
        let feature = pair.likeness.channel.feature();
        add(feature, pair.likeness.bits.0);
        if feature == Feature::Varied {
            add(Feature::Variants, 100);
        }
        if pair.likeness.channel == Channel::Unvowelled {
            add(Feature::Unvowelled, 100);
        }
        // Every word that Chinese or Korean syllables spell is written apart.
        let is_cut_otherwise = pair.asked_mask.count_ones() != pair.listed_mask.count_ones();
        if is_cut_otherwise && pair.likeness.channel != Channel::Transcription {
            add(Feature::Merged, 100);
        }
    }
}

/// Neighbours that are explained by neighbours are worth their pair's rarity; what they are worth less than apart.
fn count_together(pairs: &[Pair], together: &[Bits]) -> i32 {
    let mut excess = 0;
    for neighbours in pairs.windows(2) {
        let (a, b) = (&neighbours[0], &neighbours[1]);
        let adjacent = |x: u32, y: u32| x.count_ones() == 1 && y == x << 1;
        if adjacent(a.asked_mask, b.asked_mask) && adjacent(a.listed_mask, b.listed_mask) {
            excess += together[a.asked_mask.trailing_zeros() as usize].0;
        }
    }
    excess
}

/// Words without a counterpart: as many conflicts as both sides have, the rest on one side only.
fn count_open(asked: Shape, listed: Shape, asked_open: u32, listed_open: u32, amounts: &mut [i32; FEATURES]) {
    if asked_open | listed_open == 0 {
        return;
    }
    let a = Rarities::of(asked, asked_open);
    let b = Rarities::of(listed, listed_open);
    let conflicts = a.len.min(b.len);
    for i in 0..conflicts {
        amounts[Feature::Conflict as usize] += soft(a.values[i].min(b.values[i]));
    }
    for &rarity in &a.values[conflicts..a.len] {
        amounts[Feature::AskedOnly as usize] += soft(rarity);
    }
    for &rarity in &b.values[conflicts..b.len] {
        amounts[Feature::ListedOnly as usize] += soft(rarity);
    }
    if asked.bearer != Bearer::Person {
        amounts[Feature::Sister as usize] = 100 * a.len.max(b.len).min(SISTER_WORDS_MAX) as i32;
    }
    let named_asked = asked.mask(counts);
    let named_listed = listed.mask(counts);
    if conflicts > 0 {
        let first = |open: u32, named: u32| open & named & named.wrapping_neg() != 0;
        let last = |open: u32, named: u32| named != 0 && open >> (31 - named.leading_zeros()) & 1 == 1;
        let at = |hit: bool| if hit { 100 } else { 0 };
        amounts[Feature::ConflictFirst as usize] =
            at(first(asked_open, named_asked) && first(listed_open, named_listed));
        amounts[Feature::ConflictLast as usize] = at(last(asked_open, named_asked) && last(listed_open, named_listed));
    }
    amounts[Feature::AskedOpen as usize] = Share { open: a.sum(), all: sum_of(asked, named_asked) }.amount();
    amounts[Feature::ListedOpen as usize] = Share { open: b.sum(), all: sum_of(listed, named_listed) }.amount();
}

/// The rarity that stays unexplained, of all the rarity of a name.
pub(crate) struct Share {
    pub(crate) open: i32,
    pub(crate) all: i32,
}

impl Share {
    /// In tenths, counted in hundredths.
    pub(crate) fn amount(&self) -> i32 {
        (i64::from(self.open) * 1000 / i64::from(self.all.max(1))) as i32
    }
}

/// How much an unexplained word counts, in hundredths.
pub(crate) fn soft(rarity: i32) -> i32 {
    (rarity * 100 / FULL_RARITY).min(100)
}

/// Rarities of some parts, the rarest first.
struct Rarities {
    values: [i32; 32],
    len: usize,
}

impl Rarities {
    fn of(shape: Shape, mask: u32) -> Rarities {
        let mut all = Rarities { values: [0; 32], len: 0 };
        for (i, part) in shape.parts.iter().enumerate().take(32) {
            if mask >> i & 1 == 1 {
                all.values[all.len] = part.rarity.0;
                all.len += 1;
            }
        }
        all.values[..all.len].sort_unstable_by_key(|&r| std::cmp::Reverse(r));
        all
    }

    fn sum(&self) -> i32 {
        self.values[..self.len].iter().sum()
    }
}

/// The rarity of some parts in sum.
fn sum_of(shape: Shape, mask: u32) -> i32 {
    shape.parts.iter().enumerate().filter(|(i, _)| mask >> i & 1 == 1).map(|(_, part)| part.rarity.0).sum()
}

fn shares_legal_form(asked: Shape, listed: Shape) -> bool {
    let forms = |shape: Shape| -> [u32; 4] {
        let mut out = [u32::MAX; 4];
        for (slot, part) in out.iter_mut().zip(shape.parts.iter().filter(|p| p.role == PartRole::LegalForm)) {
            // Only the broad kind counts: GmbH and Ltd are alike.
            *slot = part.value >> 16;
        }
        out
    };
    let (a, b) = (forms(asked), forms(listed));
    let general = u32::from(GENERAL_FAMILY);
    a.contains(&general) || b.contains(&general) || a.iter().any(|x| *x != u32::MAX && b.contains(x))
}
