//! How common a word is: the share of all people (companies, vessels) whose name has it, or has one that lies as near.
//!
//! Evidence is counted in rarity: a word that one in 75,000 bears is worth 16.2 bits. What counts for a *variant* is not how
//! rare the listed word is but how many people have a word that would have looked just as near: its neighbourhood. So the
//! table holds a mass for each form, and for each *key* under which words are alike: variant group, skeletons, visual fold,
//! the word with one letter left out, the initial.
//!
//! A mass is a share in units of 2⁻³², an integer; [`bits_of`] takes its logarithm by integer arithmetic, so the evidence is
//! the same on every machine. To every mass the *floor* is added, the smoothed rarity of a word that nobody has seen.
//! [`Population`] counts names and makes the table; [`crate::model`] stores it.

use mihenk_names::{Bearer, Name, Role, Unit, Word, visual::fold};
use rustc_hash::FxHashMap;

use crate::{
    bits::Bits,
    term::{TermKeys, WordRarity, short},
};

/// Under which aspect words share a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Aspect {
    /// The romanised form itself.
    Form = 1,
    /// The group of variants.
    Variant = 2,
    /// The fine skeleton.
    Fine = 3,
    /// The coarse skeleton.
    Coarse = 4,
    /// An unvowelled skeleton.
    Unvowelled = 5,
    /// The form, or the form with one letter left out.
    Deletion = 6,
    /// The visual fold.
    Visual = 7,
    /// The first letter.
    Initial = 8,
    /// The first four letters.
    Head = 9,
    /// The last four letters.
    Tail = 10,
    /// The broad sound.
    Broad = 11,
    /// Two neighbours in a name, as one form.
    Pair = 12,
    /// The form of a word in a script without short vowels, among the bearers whose names are known in such a script.
    Unwritten = 13,
    /// An identifier's normal form.
    Identifier = 14,
    /// The letters of a word, in the order of the alphabet.
    Letters = 15,
    /// What a foreign name shares with the syllables of another script that spell it.
    Transcribed = 16,
}

/// A key: what words share. Stable across versions and machines; part of the model's and the index's file format.
#[must_use]
pub fn key(aspect: Aspect, payload: &[u8]) -> u64 {
    Hash::new(aspect).on(payload).key()
}

/// A key whose payload is a number.
#[must_use]
pub fn key_of(aspect: Aspect, payload: u64) -> u64 {
    key(aspect, &payload.to_le_bytes())
}

/// The key of what a word looks like.
#[must_use]
pub fn visual_key(form: &str) -> u64 {
    fold(form.as_bytes()).fold(Hash::new(Aspect::Visual), Hash::byte).key()
}

/// The key of the letters of a word in whatever order; none for a word so short that many others have the same ones.
#[must_use]
pub fn letters_key(form: &[u8]) -> Option<u64> {
    sorted_letters(form, |letters| key(Aspect::Letters, letters))
}

/// Whether two forms have the same letters in another order.
#[must_use]
pub fn same_letters(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && sorted_letters(a, |a| sorted_letters(b, |b| a == b)).flatten().unwrap_or(false)
}

/// Words with fewer letters are not recognised when these are in disorder.
const DISORDER_LETTERS_MIN: usize = 5;

fn sorted_letters<T>(form: &[u8], then: impl FnOnce(&[u8]) -> T) -> Option<T> {
    let mut letters = [0; mihenk_names::token::FORM_LEN_MAX];
    let letters = letters.get_mut(..form.len()).filter(|_| form.len() >= DISORDER_LETTERS_MIN)?;
    letters.copy_from_slice(form);
    letters.sort_unstable();
    Some(then(letters))
}

/// A key of which the payload so far was read: FNV-1a with the finaliser of MurmurHash3. Short inputs, well mixed, simple
/// enough to be written down in a format.
#[derive(Clone, Copy)]
struct Hash(u64);

impl Hash {
    fn new(aspect: Aspect) -> Hash {
        Hash(0xCBF2_9CE4_8422_2325 ^ u64::from(aspect as u8))
    }

    fn byte(self, byte: u8) -> Hash {
        Hash((self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
    }

    fn on(self, payload: &[u8]) -> Hash {
        payload.iter().fold(self, |hash, &byte| hash.byte(byte))
    }

    fn key(self) -> u64 {
        let mut hash = self.0;
        hash ^= hash >> 33;
        hash = hash.wrapping_mul(0xFF51_AFD7_ED55_8CCD);
        hash ^= hash >> 33;
        hash = hash.wrapping_mul(0xC4CE_B9FE_1A85_EC53);
        hash ^ hash >> 33
    }
}

/// Calls `each` with the keys of a form under [`Aspect::Deletion`]: itself, and with each of its first letters left out.
pub fn deletions(form: &[u8], mut each: impl FnMut(u64)) {
    let mut before = Hash::new(Aspect::Deletion);
    each(before.on(form).key());
    if form.len() < 4 {
        return;
    }
    let form = &form[..form.len().min(mihenk_names::token::FORM_LEN_MAX)];
    for (i, &letter) in form.iter().enumerate() {
        // Leaving out either of two equal neighbours gives the same word.
        if i == 0 || letter != form[i - 1] {
            each(before.on(&form[i + 1..]).key());
        }
        before = before.byte(letter);
    }
}

/// −log2 of a mass in units of 2⁻³², in hundredths of a bit. Exact to one hundredth; integers only.
#[must_use]
pub fn bits_of(mass: u64) -> Bits {
    /// 100 · log2(1 + i/64), rounded.
    const FRACTION: [i32; 65] = [
        0, 2, 4, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 30, 32, 34, 36, 38, 39, 41, 43, 44, 46, 48, 49, 51, 52,
        54, 55, 57, 58, 60, 61, 63, 64, 66, 67, 69, 70, 71, 73, 74, 75, 77, 78, 79, 81, 82, 83, 85, 86, 87, 88, 89, 91,
        92, 93, 94, 95, 97, 98, 99, 100,
    ];
    if mass == 0 {
        return Bits(3200);
    }
    let exponent = 63 - mass.leading_zeros() as i32;
    let mantissa = if exponent >= 6 { (mass >> (exponent - 6)) & 63 } else { (mass << (6 - exponent)) & 63 };
    Bits(((32 - exponent) * 100 - FRACTION[mantissa as usize]).max(0))
}

/// One in 2,000: about as many bearers as lists give a name in Arabic script.
const UNWRITTEN_FLOOR: u64 = (1 << 32) / 2000;

/// The masses of one kind of bearer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Masses {
    /// Sorted keys with their masses in units of 2⁻³². Keys are the upper 32 bits of [`key`].
    entries: Vec<(u32, u32)>,
    /// Where in `entries` the keys with each 16-bit prefix start.
    starts: Vec<u32>,
    floor: u32,
}

impl Masses {
    /// Takes entries sorted by key, without repeats.
    #[must_use]
    pub fn new(entries: Vec<(u32, u32)>, floor: u32) -> Masses {
        let mut starts = Vec::with_capacity(65_537);
        let mut at = 0;
        for prefix in 0..=65_536u32 {
            while at < entries.len() && (entries[at].0 >> 16) < prefix {
                at += 1;
            }
            starts.push(at as u32);
        }
        Masses { entries, starts, floor }
    }

    /// The entries, sorted by key.
    #[must_use]
    pub fn entries(&self) -> &[(u32, u32)] {
        &self.entries
    }

    /// The floor, in units of 2⁻³².
    #[must_use]
    pub fn floor(&self) -> u32 {
        self.floor
    }

    /// The share of all bearers under a key, without the floor.
    #[must_use]
    pub fn mass(&self, key: u64) -> u64 {
        let key = short(key);
        let prefix = (key >> 16) as usize;
        if self.starts.is_empty() {
            return 0;
        }
        let range = self.starts[prefix] as usize..self.starts[prefix + 1] as usize;
        self.entries[range].iter().find(|e| e.0 == key).map_or(0, |e| u64::from(e.1))
    }

    fn bits(&self, mass: u64) -> Bits {
        bits_of(mass + u64::from(self.floor))
    }

    fn hundredths(&self, mass: u64) -> i16 {
        self.bits(mass).0 as i16
    }

    fn mass_of(&self, short: u32) -> u64 {
        if short == 0 { 0 } else { self.mass(u64::from(short) << 32) }
    }

    /// How rare two neighbours are together, if they are known to go together.
    #[must_use]
    pub fn pair(&self, joined: &str) -> Option<Bits> {
        let mass = self.mass(key(Aspect::Pair, joined.as_bytes()));
        (mass > 0).then(|| self.bits(mass))
    }

    /// Looks a word up under all aspects.
    #[must_use]
    pub fn word(&self, word: &Word, keys: &TermKeys) -> WordRarity {
        let form_bytes = word.form.as_bytes();
        let most = |keys: &[u32]| keys.iter().map(|&k| self.mass_of(k)).max().unwrap_or(0);
        let form = self.mass(key(Aspect::Form, form_bytes));
        let fine = most(&keys.fine).max(form);
        let coarse = most(&keys.coarse).max(fine);
        let broad = self.mass_of(keys.broad).max(form);
        let unvowelled = most(&keys.unvowelled).max(form);
        let mut edit_one = 0;
        deletions(form_bytes, |key| edit_one += self.mass(key).saturating_sub(form));
        let edit_one = edit_one + form;
        let visual = self.mass_of(keys.visual).max(form);
        let disorder = letters_key(form_bytes).map_or(0, |key| self.mass(key)).max(form);
        let initial = self.mass(key(Aspect::Initial, &form_bytes[..form_bytes.len().min(1)]));
        let groups = word.variants.groups.iter().filter(|g| **g != 0);
        let variant = groups.map(|&g| self.mass(key_of(Aspect::Variant, u64::from(g)))).max().unwrap_or(0).max(form);
        // Two edits reach a crowd several times that of one; shorter words have nearer neighbours.
        let edit_two = (edit_one * (2 + 24 / form_bytes.len().max(4) as u64)).max(coarse);
        WordRarity {
            form: if word.lacks_vowels { self.unwritten(word) } else { self.hundredths(form) },
            variant: self.hundredths(variant),
            fine: self.hundredths(fine),
            coarse: self.hundredths(coarse),
            broad: self.hundredths(broad),
            unvowelled: self.hundredths(unvowelled),
            edit_one: self.hundredths(edit_one),
            edit_two: self.hundredths(edit_two),
            visual: self.hundredths(visual),
            disorder: self.hundredths(disorder),
            initial: self.hundredths(initial),
        }
    }

    /// Whether any name that is written in a script without short vowels has a word of this form.
    #[must_use]
    pub fn is_written(&self, form: &str) -> bool {
        self.mass(key(Aspect::Unwritten, form.as_bytes())) > 0
    }

    /// Lists write few names in Arabic or Hebrew script; a word is counted among those, with a floor for so small a sample.
    fn unwritten(&self, word: &Word) -> i16 {
        bits_of(self.mass(key(Aspect::Unwritten, word.form.as_bytes())) + UNWRITTEN_FLOOR).0 as i16
    }
}

/// Names counted, on the way to a table of masses.
#[derive(Debug, Default)]
pub struct Population {
    counts: FxHashMap<u32, f64>,
    pairs: FxHashMap<u32, f64>,
    unwritten: FxHashMap<u32, f64>,
    unwritten_total: f64,
    total: f64,
}

impl Population {
    /// Counts one bearer with all its names: a word counts by the share of the names that have it.
    pub fn add_bearer(&mut self, names: &[Name]) {
        let share = 1.0 / names.len().max(1) as f64;
        self.add_unwritten(names);
        let mut words: FxHashMap<u32, f64> = FxHashMap::default();
        let mut pairs: FxHashMap<u32, f64> = FxHashMap::default();
        for name in names {
            let (mut keys, mut joined) = (Vec::new(), Vec::new());
            for unit in name.units() {
                if !matches!(unit.role, Role::Initial | Role::Number(_)) {
                    keys_of(&unit, name.bearer, &mut keys);
                }
                if unit.is_merged() {
                    joined.push(short(key(Aspect::Pair, unit.form.as_bytes())));
                }
            }
            for (keys, sums) in [(&mut keys, &mut words), (&mut joined, &mut pairs)] {
                keys.sort_unstable();
                keys.dedup();
                for key in keys {
                    *sums.entry(*key).or_default() += share;
                }
            }
        }
        for (sums, all) in [(words, &mut self.counts), (pairs, &mut self.pairs)] {
            for (key, share) in sums {
                *all.entry(key).or_default() += share;
            }
        }
        self.total += 1.0;
    }

    fn add_unwritten(&mut self, names: &[Name]) {
        let lacking = |n: &&Name| n.parts.iter().any(|p| p.script.is_unvowelled());
        let count = names.iter().filter(lacking).count();
        if count == 0 {
            return;
        }
        self.unwritten_total += 1.0;
        for name in names.iter().filter(lacking) {
            let mut keys: Vec<u32> =
                name.units().iter().map(|u| short(key(Aspect::Unwritten, u.form.as_bytes()))).collect();
            keys.sort_unstable();
            keys.dedup();
            for key in keys {
                *self.unwritten.entry(key).or_default() += 1.0 / count as f64;
            }
        }
    }

    /// Counts a word that is known to occur `count` times, without the names it occurs in.
    pub fn add_word(&mut self, word: &Word, count: f64) {
        let mut keys = Vec::new();
        word_keys(word, &mut keys);
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            *self.counts.entry(key).or_default() += count;
        }
    }

    /// Whether nobody was counted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.total == 0.0
    }

    /// Counts bearers whose words are added one by one.
    pub fn add_total(&mut self, bearers: f64) {
        self.total += bearers;
    }

    /// The share of bearers under each key, each count lowered by `discount` first: a word that a single listed bearer has
    /// is known because that bearer is listed, not because it is common.
    fn shares(&self, discount: f64) -> impl Iterator<Item = (u32, f64)> + '_ {
        let words = self.counts.iter().map(move |(&key, &count)| (key, count - discount));
        // Two words go together only when several bearers have both.
        let pairs = self.pairs.iter().map(|(&key, &count)| (key, count - 2.0)).filter(|(_, count)| *count > 0.0);
        let shares = words.chain(pairs).map(|(key, count)| (key, count.max(0.0) / self.total.max(1.0)));
        let unwritten = self.unwritten.iter();
        shares.chain(
            unwritten.map(move |(&key, &count)| (key, (count - discount).max(0.0) / self.unwritten_total.max(1.0))),
        )
    }

    /// Mixes populations by weight into a table.
    #[must_use]
    pub fn mix(parts: &[(&Population, f64, f64)], floor: f64, least: f64) -> Masses {
        const UNIT: f64 = 4_294_967_296.0;
        let weights: f64 = parts.iter().map(|p| p.1).sum();
        let mut mixed: FxHashMap<u32, f64> = FxHashMap::default();
        for (population, weight, discount) in parts {
            for (key, share) in population.shares(*discount) {
                *mixed.entry(key).or_default() += share * weight / weights;
            }
        }
        let mut entries: Vec<(u32, u32)> = mixed
            .into_iter()
            .filter(|(_, share)| *share >= least)
            .map(|(key, share)| (key, (share * UNIT).min(UNIT - 1.0) as u32))
            .collect();
        entries.sort_unstable();
        Masses::new(entries, (floor * UNIT) as u32)
    }
}

fn keys_of(unit: &Unit, bearer: Bearer, out: &mut Vec<u32>) {
    let word = unit.word(bearer);
    if unit.is_merged() {
        // Words that go together are known by their form and sound; nobody types them one letter off.
        out.push(short(key(Aspect::Form, unit.form.as_bytes())));
        push_sounds(&TermKeys::of(&word), out);
    } else {
        word_keys(&word, out);
    }
}

fn word_keys(word: &Word, out: &mut Vec<u32>) {
    let form = word.form.as_bytes();
    out.push(short(key(Aspect::Form, form)));
    out.push(short(key(Aspect::Initial, &form[..form.len().min(1)])));
    let groups = word.variants.groups.iter().filter(|g| **g != 0);
    out.extend(groups.map(|&g| short(key_of(Aspect::Variant, u64::from(g)))));
    let keys = TermKeys::of(word);
    push_sounds(&keys, out);
    out.push(keys.visual);
    out.extend(letters_key(form).map(short));
    deletions(form, |key| out.push(short(key)));
}

fn push_sounds(keys: &TermKeys, out: &mut Vec<u32>) {
    let all = keys.fine.iter().chain(&keys.coarse).chain(&keys.unvowelled).chain([&keys.broad]);
    out.extend(all.filter(|k| **k != 0));
}

/// The bearer kinds' masses together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rarity {
    /// By [`Bearer`], in the order of its numbers.
    pub each: [Masses; 3],
}

impl Rarity {
    /// The masses for one kind of bearer.
    #[must_use]
    pub fn of(&self, bearer: Bearer) -> &Masses {
        &self.each[bearer as usize]
    }
}
