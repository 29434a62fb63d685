//! Which words may stand beside one another in a listed name, where vowels are not written.
//!
//! In come the names of an index, out come a few sets ([`Sieve`]) and one table that the words of a text are held against before any of them
//! is looked up. In a script without vowels a third of all words are like a listed one by their consonants, and nearly all of them stand
//! alone: the other words of the name are not there, and hardly two meet by chance. Made when a long text has such words, and kept as long
//! as the index is open.

use mihenk_names::sound;

use super::{
    Index, Sieve,
    rows::{LACKS_VOWELS, MASK, NameRow, UnitRow, WordRow},
};
use crate::{
    bits::Bits,
    likeness::Costs,
    model::Model,
    scan::unsure_of,
    shape::PartRole,
    term::WordRarity,
    weights::{Feature, Weights},
};

/// Words of a text that are as far apart belong to no name together, unless another word of it stands between them.
pub(crate) const REACH: usize = 8;

/// What the words of names without vowels have in common with words of a text, each by itself and with the names that have them.
#[derive(Debug)]
pub(crate) struct Meetings {
    /// The numbers of the words in names that one word may stand for.
    lone_numbers: Sieve,
    /// The numbers of words that may be enough for a name together with another one.
    numbers: Sieve,
    /// The pairs of numbers of two such words.
    pairs: Sieve,
    /// What stands for such a pair and, in the lowest bits, for a name that has them; sorted.
    entries: Vec<u64>,
    /// Where the entries begin that have the same first bits.
    starts: Vec<u32>,
    /// The evidence that a name needs for whose sake all this was chosen.
    needed: Bits,
    /// The numbers of the listed words, those of one word together, and where each word's begin.
    of_words: Vec<u64>,
    begins: Vec<u32>,
    /// For each word with vowels what its skeletons are known by; none for the others.
    skeletons: Vec<[u32; 4]>,
}

/// Bits of a name's number in an entry.
const NAME_BITS: u32 = 26;
/// Bits of a pair that say where its entries begin.
const START_BITS: u32 = 16;

/// What stands for two numbers in whatever order.
fn pair(a: u64, b: u64) -> u64 {
    let mixed = |number: u64| {
        let product = number.wrapping_mul(0xFF51_AFD7_ED55_8CCD);
        product ^ product >> 32
    };
    tagged(mixed(a).wrapping_add(mixed(b)), 0)
}

/// What a number stands for, so that numbers of different kinds are kept apart.
pub(super) fn tagged(number: u64, tag: u64) -> u64 {
    (number ^ tag << 59).wrapping_mul(0xD6E8_FEB8_6659_FD93)
}

/// What stands for a form.
pub(super) fn of_form(form: &[u8]) -> u64 {
    tagged(form.iter().fold(7, |hash: u64, &b| (hash ^ u64::from(b)).wrapping_mul(FACTOR)), 9)
}

/// What a word of a text without vowels may have in common with a listed word.
#[derive(Clone, Copy)]
struct Number {
    number: u64,
    /// The most evidence of a word that has no more in common with it.
    bits: i32,
    is_exact: bool,
}

/// Calls `each` with the numbers that stand for a listed word: its form, its consonants, if it has vowels, or what it has in common
/// with other words without, and the groups of variants it is in.
fn each_number(index: &Index, row: &WordRow, costs: &Costs, mut each: impl FnMut(Number)) {
    if row.form_len < 2 {
        return;
    }
    let term = index.term(row);
    let WordRarity { variant, fine, coarse, broad, unvowelled, edit_one, .. } = row.rarity;
    let mut varied = |number: u64, bits: i32| each(Number { number, bits, is_exact: false });
    if row.flags & LACKS_VOWELS == 0 {
        let bits = i32::from(unvowelled) - costs.unvowelled.0;
        sound::unvowelled(term.sound).iter().for_each(|skeleton| varied(skeleton, bits));
    } else {
        let by_sound = i32::from(fine.max(coarse)) - costs.spelling.0;
        let by_letters =
            (i32::from(edit_one) - costs.typo[0].0).max(i32::from(edit_one.min(coarse)) - costs.spelling.0);
        each_alike(term.sound, |number| varied(number, by_sound));
        each_broad(term.sound, |number| varied(number, i32::from(broad) - costs.broad.0));
        each_shortened(term.form, |number| varied(number, by_letters));
    }
    let groups = row.variants.iter().filter(|group| **group != 0);
    groups.for_each(|&group| varied(of_group(group), i32::from(variant) - costs.variant.0));
    // No word without vowels is written with these.
    if !term.form.iter().any(|b| b"eiou".contains(b)) {
        each(Number { number: of_form(term.form), bits: row.rarity.rarest(), is_exact: true });
    }
}

/// What stands for a group of variants.
pub(crate) fn of_group(group: u32) -> u64 {
    tagged(u64::from(group), 17)
}

/// What a skeleton is known by.
pub(crate) fn short(skeleton: u64) -> u32 {
    (tagged(skeleton, 18) >> 32) as u32 | 1
}

impl Meetings {
    pub(super) fn of(index: &Index, model: &Model, needed: Bits) -> Meetings {
        let words = index.words();
        let mut numbers: Vec<Number> = Vec::with_capacity(words.len() * 4);
        let mut begins = vec![0_u32];
        let mut skeletons = vec![[0; 4]; words.len()];
        for (row, known) in words.iter().zip(&mut skeletons) {
            each_number(index, row, &model.costs, |number| numbers.push(number));
            if row.flags & LACKS_VOWELS == 0 {
                let all = sound::unvowelled(index.term(row).sound);
                known.iter_mut().zip(all.iter()).for_each(|(known, skeleton)| *known = short(skeleton));
            }
            begins.push(numbers.len() as u32);
        }
        let of_word = |word: u32| &numbers[begins[word as usize] as usize..begins[word as usize + 1] as usize];
        let mut entries: Vec<u64> = Vec::with_capacity(words.len() * 8);
        let mut used = Sieve::of(numbers.len() * 2, std::iter::empty());
        for (name, row) in index.names().iter().enumerate() {
            each_pair(index, row, model, needed, of_word, |a, b, others| {
                used.add(a);
                used.add(b);
                others.iter().flat_map(|other| of_word(other.word)).for_each(|number| used.add(number.number));
                entries.push(pair(a, b) >> NAME_BITS << NAME_BITS | name as u64);
            });
        }
        entries.sort_unstable();
        entries.dedup();
        let prefixes = 0..=1_u64 << START_BITS;
        let mut at = 0;
        let mut start = |prefix: u64| {
            while entries.get(at).is_some_and(|entry| entry >> (64 - START_BITS) < prefix) {
                at += 1;
            }
            at as u32
        };
        let mut out = Meetings {
            lone_numbers: Sieve::of(1 << 15, std::iter::empty()),
            numbers: used,
            pairs: Sieve::of(entries.len(), entries.iter().map(|entry| entry >> NAME_BITS)),
            starts: prefixes.map(&mut start).collect(),
            entries,
            of_words: numbers.iter().map(|number| number.number).collect(),
            begins,
            skeletons,
            needed,
        };
        out.add_lone(index, model, needed);
        out
    }

    /// Whether what is left out here is left out rightly where names need so much evidence.
    pub(crate) fn is_for(&self, needed: Bits) -> bool {
        self.needed <= needed
    }

    /// Adds the numbers of words in names that one word may stand for.
    fn add_lone(&mut self, index: &Index, model: &Model, needed: Bits) {
        let lone = index.names().iter().filter(|row| row.words < 2).flat_map(|row| index.units(row));
        for word in lone.map(|unit| unit.word) {
            each_number(index, &index.words()[word as usize], &model.costs, |number| {
                let single = Bits(100).scaled(model.weights.of(Feature::Single));
                let beside = beyond_words(&model.weights, true, number.is_exact, !number.is_exact) + single;
                if weighed(number, &model.weights) + stranger(&model.weights) + beside >= needed {
                    self.lone_numbers.add(number.number);
                }
            });
        }
    }

    /// Whether a word in a name of one word may have a number.
    pub(crate) fn may_have_lone(&self, number: u64) -> bool {
        self.lone_numbers.may_have(number)
    }

    /// Whether words with these numbers, of which each is in [`Meetings::has`], may be enough for a name together.
    #[inline]
    pub(crate) fn may_meet(&self, a: u64, b: u64) -> bool {
        self.pairs.may_have(pair(a, b) >> NAME_BITS)
    }

    /// Whether a word with a number may be enough for a name together with another word.
    #[inline]
    pub(crate) fn has(&self, number: u64) -> bool {
        self.numbers.may_have(number)
    }

    /// The names for which words with these numbers may be enough.
    pub(crate) fn names(&self, a: u64, b: u64) -> impl Iterator<Item = u32> + '_ {
        let pair = pair(a, b) >> NAME_BITS;
        let prefix = (pair >> (64 - NAME_BITS - START_BITS)) as usize;
        let some = &self.entries[self.starts[prefix] as usize..self.starts[prefix + 1] as usize];
        let some = &some[some.partition_point(|entry| entry >> NAME_BITS < pair)..];
        let same = some.iter().take_while(move |entry| **entry >> NAME_BITS == pair);
        same.map(|entry| (entry & ((1 << NAME_BITS) - 1)) as u32)
    }

    /// Whether any unit of a name has a number.
    pub(crate) fn have(&self, units: &[UnitRow], number: u64) -> bool {
        units.iter().any(|unit| {
            let word = unit.word as usize;
            self.of_words[self.begins[word] as usize..self.begins[word + 1] as usize].contains(&number)
        })
    }

    /// Whether a listed word has one of some skeletons; nothing is said of one that lacks its vowels too.
    pub(crate) fn has_one(&self, word: u32, skeletons: &[u32]) -> Option<bool> {
        let known = &self.skeletons[word as usize];
        (known[0] != 0).then(|| known.iter().any(|known| *known != 0 && skeletons.contains(known)))
    }
}

/// Calls `each` with the numbers by which a word without vowels is known, one of which it shares with every listed word that it
/// sounds like or is one letter apart from.
pub(crate) fn each_number_of(form: &[u8], sounds: &[u8], mut each: impl FnMut(u64)) {
    sound::unvowelled(sounds).iter().for_each(&mut each);
    each_alike(sounds, &mut each);
    each_broad(sounds, &mut each);
    each_shortened(form, &mut each);
    each(of_form(form));
}

/// Calls `each` with a number for the broad sound of a word, if it has one.
pub(super) fn each_broad(sounds: &[u8], each: impl FnMut(u64)) {
    Some(sound::broad(sounds)).filter(|broad| *broad != 0).map(|broad| tagged(broad, 23)).into_iter().for_each(each);
}

/// Calls `each` with numbers for the consonants of a word, or for its sounds if there are too few.
fn each_alike(sounds: &[u8], mut each: impl FnMut(u64)) {
    let coarse = sound::coarse(sounds);
    if coarse.consonants() > 0 {
        coarse.iter().for_each(|skeleton| each(tagged(skeleton, 11)));
    } else {
        sound::fine(sounds).iter().for_each(|skeleton| each(tagged(skeleton, 10)));
    }
}

/// Calls `each` with the numbers of words of each two units of a name that are enough for it, by themselves or with others that are
/// commoner than both: of the words of a mention two are the rarest. The others come with them.
fn each_pair<'n>(
    index: &Index,
    row: &NameRow,
    model: &Model,
    needed: Bits,
    of_word: impl Fn(u32) -> &'n [Number],
    mut each: impl FnMut(u64, u64, &[&UnitRow]),
) {
    /// An initial gives no more.
    const LETTER: i32 = 400;
    let weights = &model.weights;
    let has_number = index.parts(row).iter().any(|part| part.role == PartRole::Number as u8);
    let number =
        if has_number { Bits(100).scaled(weights.of(Feature::NumberSame)).max(Bits::ZERO) } else { Bits::ZERO };
    let fixed = stranger(weights) + number + Bits(LETTER * i32::from(row.letters));
    let best = |unit: &&UnitRow| of_word(unit.word).iter().map(|number| number.bits).max();
    let units: Vec<(&UnitRow, i32)> = index.units(row).iter().filter_map(|unit| Some((unit, best(&unit)?))).collect();
    for (i, &(a, most_a)) in units.iter().enumerate() {
        for &(b, most_b) in units[i + 1..].iter().filter(|(b, _)| a.mask & b.mask & MASK == 0) {
            let both = (a.mask | b.mask) & MASK;
            let is_commoner = |(c, most): &&(&UnitRow, i32)| {
                (c.mask & MASK).count_ones() == 1 && c.mask & both == 0 && *most <= most_a.min(most_b)
            };
            let commoner: Vec<&UnitRow> = units.iter().filter(is_commoner).map(|unit| unit.0).collect();
            let (mut rest, mut mask, mut rest_exact) = (Bits::ZERO, both, false);
            for &(c, most) in units.iter().filter(is_commoner) {
                let may_be_exact = of_word(c.word).iter().any(|number| number.is_exact);
                rest += weighed(Number { number: 0, bits: most.max(0), is_exact: may_be_exact }, weights);
                mask |= c.mask & MASK;
                rest_exact |= may_be_exact;
            }
            let is_whole = |mask: u32| mask.count_ones() + u32::from(row.letters) >= u32::from(row.words);
            for x in of_word(a.word) {
                for y in of_word(b.word) {
                    let words = weighed(*x, weights) + weighed(*y, weights) + fixed;
                    let (has_exact, is_varied) = (x.is_exact || y.is_exact, !(x.is_exact && y.is_exact));
                    let alone = words + beyond_words(weights, is_whole(both), has_exact, is_varied);
                    let all = words + rest + beyond_words(weights, is_whole(mask), has_exact || rest_exact, is_varied);
                    if alone.max(all) >= needed {
                        each(x.number, y.number, &commoner);
                    }
                }
            }
        }
    }
}

fn stranger(weights: &Weights) -> Bits {
    Bits(100).scaled(weights.of(Feature::Stranger))
}

fn weighed(number: Number, weights: &Weights) -> Bits {
    let feature = if number.is_exact { Feature::Exact } else { Feature::Varied };
    Bits(number.bits).scaled(weights.of(feature))
}

/// What else counts for a mention at most, apart from its words: whether it is whole, and how sure it is.
pub(crate) fn beyond_words(weights: &Weights, is_whole: bool, has_exact: bool, has_varied: bool) -> Bits {
    let line = |feature: Feature| Bits(100).scaled(weights.of(feature));
    let mut bits = Bits::ZERO;
    if is_whole {
        bits += line(Feature::Whole);
    }
    if is_whole && !has_varied {
        bits += line(Feature::WholeExact);
    }
    if !has_exact {
        bits += line(Feature::AllVaried) + line(Feature::Variants) + line(Feature::Variants);
    }
    bits - unsure_of(has_exact, has_varied, is_whole)
}

const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// What undoes a multiplication by [`FACTOR`]: its inverse by Newton's method, each step of which doubles the bits that are right.
const INVERSE: u64 = {
    let mut inverse = FACTOR;
    let mut step = 0;
    while step < 5 {
        inverse = inverse.wrapping_mul(2_u64.wrapping_sub(FACTOR.wrapping_mul(inverse)));
        step += 1;
    }
    inverse
};

/// Calls `each` with hashes of a form and of the form without each of its letters: a sum of letters, each times the power of its
/// place, so that those behind the one that is left out move up by one factor.
fn each_shortened(form: &[u8], mut each: impl FnMut(u64)) {
    let of_place = |power: &mut u64, b: u8| {
        *power = power.wrapping_mul(FACTOR);
        Some(u64::from(b).wrapping_mul(*power))
    };
    let all = form.iter().scan(FACTOR, |power, &b| of_place(power, b)).fold(0, u64::wrapping_add);
    each(tagged(all, 16));
    let mut before = 0_u64;
    for letter in form.iter().scan(FACTOR, |power, &b| of_place(power, b)) {
        let behind = all.wrapping_sub(before).wrapping_sub(letter);
        each(tagged(before.wrapping_add(behind.wrapping_mul(INVERSE)), 16));
        before = before.wrapping_add(letter);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn numbers(form: &str) -> Vec<u64> {
        let mut out = Vec::new();
        each_number_of(form.as_bytes(), sound::Sound::of_unvowelled(form).as_bytes(), |number| out.push(number));
        out
    }

    fn share(a: &str, b: &str) -> bool {
        numbers(a).iter().any(|number| numbers(b).contains(number))
    }

    #[test]
    fn words_that_sound_alike_or_are_one_letter_apart_share_a_number() {
        for (a, b) in [("hsn", "hsyn"), ("shmkhany", "shmkhani"), ("qasm", "kasm"), ("nsr", "nsrllh"), ("ahmd", "ahmr")]
        {
            assert!(share(a, b), "{a} {b}");
        }
        for (a, b) in [("shmkhany", "zwlfqar"), ("hsn", "krym"), ("abrahym", "asmaayl")] {
            assert!(!share(a, b), "{a} {b}");
        }
    }

    #[test]
    fn a_pair_is_the_same_from_both_sides() {
        assert_eq!(pair(7, 11), pair(11, 7));
        assert_ne!(pair(7, 11), pair(7, 12));
    }

    proptest! {
        #[test]
        fn a_form_shares_a_number_with_itself_less_one_letter(form in "[a-z]{2,20}", at in 0usize..20) {
            let at = at % form.len();
            let shorter = [&form[..at], &form[at + 1..]].concat();
            prop_assert!(share(&form, &shorter));
        }
    }
}
