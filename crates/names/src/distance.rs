//! How far apart two words are: in sound, in letters, in the eye.
//!
//! Three measures, all over short ASCII words. [`osa`] counts edits (insert, delete, replace, swap neighbours), the typing
//! distance of Damerau and Levenshtein in its restricted form, bit by bit after Hyyrö (2003). [`sound`] weighs each change
//! of a sound by how often spellings of one name differ so, in hundredths of a bit: vowels are cheap, *k* for *kh* costs
//! less than *k* for *m*. [`crate::visual`] folds letters that a scanner confuses. The weights of [`sound`] are reasoned,
//! not fitted (`docs/decisions/0004-costs-of-change.md`): learned ones brought no clear gain.

use crate::sound::is_vowel;

/// No word is compared beyond this distance, in hundredths of a bit.
pub const SOUND_DISTANCE_MAX: i32 = 2000;

/// Edits between two ASCII words, at most `max`; `None` beyond it. Words over 64 letters are compared by their first 64.
#[must_use]
pub fn osa(a: &[u8], b: &[u8], max: u32) -> Option<u32> {
    Letters::new(a).osa(b, max)
}

/// A word prepared to have its edits to many others counted.
#[derive(Clone, Debug)]
pub struct Letters {
    /// Where each letter stands, one bit for each place.
    places: [u64; 64],
    len: usize,
}

impl Letters {
    /// Prepares a word; of a word over 64 letters the first 64 count.
    #[must_use]
    pub fn new(word: &[u8]) -> Letters {
        let word = &word[..word.len().min(64)];
        let mut places = [0u64; 64];
        for (i, &c) in word.iter().enumerate() {
            places[code(c)] |= 1 << i;
        }
        Letters { places, len: word.len() }
    }

    /// Edits to another word, at most `max`; `None` beyond it.
    #[must_use]
    pub fn osa(&self, other: &[u8], max: u32) -> Option<u32> {
        let other = &other[..other.len().min(64)];
        if self.len.abs_diff(other.len()) as u32 > max {
            return None;
        }
        if self.len == 0 {
            return Some(other.len() as u32);
        }
        let last = 1u64 << (self.len - 1);
        let (mut vp, mut vn, mut d0, mut before) = (!0u64, 0u64, 0u64, 0u64);
        let mut distance = self.len as u32;
        for &c in other {
            let here = self.places[code(c)];
            let swapped = ((!d0 & here) << 1) & before;
            d0 = (((here & vp).wrapping_add(vp)) ^ vp) | here | vn | swapped;
            let hp = vn | !(d0 | vp);
            let hn = d0 & vp;
            if hp & last != 0 {
                distance += 1;
            } else if hn & last != 0 {
                distance -= 1;
            }
            let hp = (hp << 1) | 1;
            vp = (hn << 1) | !(d0 | hp);
            vn = hp & d0;
            before = here;
        }
        (distance <= max).then_some(distance)
    }
}

/// What the writing of only one of two words does to its sounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    /// Both words are written in the same way.
    Alike,
    /// Only the first word lacks its short vowels.
    FirstUnvowelled,
    /// Only the second word lacks them.
    SecondUnvowelled,
    /// Only the first word is spelled by syllables.
    FirstTranscribed,
    /// Only the second word is.
    SecondTranscribed,
}

/// The weighted distance of two sounds in hundredths of a bit, at most `max`; `None` beyond it.
#[must_use]
pub fn sound(a: &[u8], b: &[u8], writing: Writing, max: i32) -> Option<i32> {
    Sounds::new(a, writing).distance(b, max)
}

/// Costs of a pair of sounds; row: the other word, column: the prepared one.
#[derive(Debug)]
struct Costs {
    replace: [[i16; 64]; 64],
    drop_row: [i16; 64],
    drop_column: [i16; 64],
    /// Less, when a vowel stands beside the vowel that is dropped.
    beside_vowel: i16,
}

const WIDTH: usize = crate::sound::SOUND_LEN_MAX;

/// The sounds of a word, prepared to be compared with many others.
#[derive(Clone, Debug)]
pub struct Sounds {
    codes: [u8; WIDTH],
    drops: [i32; WIDTH],
    len: usize,
    costs: &'static Costs,
}

impl Sounds {
    /// Prepares a word; `writing` says how this one, the first, and the others, the second, are written.
    #[must_use]
    pub fn new(word: &[u8], writing: Writing) -> Sounds {
        let costs = match writing {
            Writing::Alike => &LETTERS,
            Writing::FirstUnvowelled => &LETTERS_COLUMN_LACKS,
            Writing::SecondUnvowelled => &LETTERS_ROW_LACKS,
            Writing::FirstTranscribed => &LETTERS_COLUMN_TRANSCRIBED,
            Writing::SecondTranscribed => &LETTERS_ROW_TRANSCRIBED,
        };
        let word = &word[..word.len().min(WIDTH)];
        let mut sounds = Sounds { codes: [0; WIDTH], drops: [0; WIDTH], len: word.len(), costs };
        for i in 0..word.len() {
            sounds.codes[i] = code(word[i]) as u8;
            sounds.drops[i] = drop_cost(&costs.drop_column, word, i, costs.beside_vowel);
        }
        sounds
    }

    /// The weighted distance to another word in hundredths of a bit, at most `max`; `None` beyond it.
    #[must_use]
    pub fn distance(&self, other: &[u8], max: i32) -> Option<i32> {
        let other = &other[..other.len().min(WIDTH)];
        let (drops, codes) = (&self.drops[..self.len], &self.codes[..self.len]);
        let mut row = [0i32; WIDTH + 1];
        for (j, &drop) in drops.iter().enumerate() {
            row[j + 1] = row[j] + drop;
        }
        for i in 0..other.len() {
            let dropped = drop_cost(&self.costs.drop_row, other, i, self.costs.beside_vowel);
            let replace = &self.costs.replace[code(other[i])];
            let mut diagonal = row[0];
            let mut left = diagonal + dropped;
            row[0] = left;
            let mut least = left;
            for (above, (&drop, &code)) in row[1..=self.len].iter_mut().zip(drops.iter().zip(codes)) {
                let replaced = diagonal + i32::from(replace[usize::from(code & 63)]);
                diagonal = *above;
                left = replaced.min(diagonal + dropped).min(left + drop);
                *above = left;
                least = least.min(left);
            }
            if least > max {
                return None;
            }
        }
        (row[self.len] <= max).then_some(row[self.len])
    }
}

fn drop_cost(table: &[i16; 64], word: &[u8], at: usize, beside_vowel: i16) -> i32 {
    let cost = table[code(word[at])];
    if beside_vowel < cost && is_vowel(word[at]) {
        let near = at > 0 && is_vowel(word[at - 1]) || word.get(at + 1).is_some_and(|&c| is_vowel(c));
        if near {
            return i32::from(beside_vowel);
        }
    }
    i32::from(cost)
}

/// A sound's row in the tables: letters without and with capital, digits last.
const fn code(sound: u8) -> usize {
    match sound {
        b'a'..=b'z' => (sound - b'a') as usize,
        b'0'..=b'9' => (sound - b'0') as usize + 52,
        _ => ((sound & 0x1F) as usize + 25) & 63,
    }
}

static LETTERS: Costs = letters();
static LETTERS_ROW_LACKS: Costs = letters_unvowelled();
static LETTERS_COLUMN_LACKS: Costs = turned(&letters_unvowelled());
static LETTERS_ROW_TRANSCRIBED: Costs = letters_transcribed();
static LETTERS_COLUMN_TRANSCRIBED: Costs = turned(&letters_transcribed());

/// The same costs with rows and columns exchanged.
const fn turned(costs: &Costs) -> Costs {
    let mut out = Costs {
        drop_row: costs.drop_column,
        drop_column: costs.drop_row,
        replace: costs.replace,
        beside_vowel: costs.beside_vowel,
    };
    let mut i = 0;
    while i < 64 * 64 {
        out.replace[i % 64][i / 64] = costs.replace[i / 64][i % 64];
        i += 1;
    }
    out
}

/// Pairs of consonants that romanisations exchange, with the cost in hundredths of a bit.
const EXCHANGES: &[(u8, u8, i16)] = &[
    (b'v', b'w', 70),
    (b'u', b'w', 100),
    (b'o', b'w', 150),
    (b'u', b'v', 150),
    (b'i', b'y', 50),
    (b'e', b'y', 100),
    (b'a', b'y', 180),
    (b'y', b'j', 150),
    (b'i', b'j', 200),
    (b'b', b'p', 250),
    (b't', b'd', 250),
    (b'k', b'g', 200),
    (b'k', b'x', 150),
    (b'g', b'x', 250),
    (b'x', b'h', 100),
    (b'g', b'h', 250),
    (b'k', b'h', 400),
    (b'C', b'x', 250),
    (b'C', b'k', 250),
    (b'C', b'S', 150),
    (b'S', b's', 150),
    (b'S', b'Z', 200),
    (b'Z', b'z', 150),
    (b'Z', b'j', 100),
    (b'j', b'C', 200),
    (b'j', b'g', 200),
    (b'j', b'S', 250),
    (b'j', b'z', 250),
    (b'j', b's', 350),
    (b's', b'z', 200),
    (b'c', b's', 120),
    (b'c', b'C', 150),
    (b'c', b'z', 200),
    (b'c', b't', 250),
    (b'c', b'k', 300),
    (b'C', b's', 300),
    (b'C', b't', 400),
    (b'T', b't', 70),
    (b'T', b's', 100),
    (b'D', b'd', 70),
    (b'D', b'z', 70),
    (b'T', b'D', 200),
    (b'T', b'd', 250),
    // The h of "Mazhari" is a letter of its own.
    (b'Z', b'D', 150),
    (b'Z', b'd', 300),
    (b'f', b'v', 200),
    (b'f', b'p', 300),
    (b'b', b'v', 250),
    (b'f', b'w', 250),
    (b'l', b'r', 400),
    (b'm', b'n', 350),
    (b'o', b'u', 80),
    (b'e', b'i', 80),
    (b'a', b'e', 100),
    (b'a', b'o', 110),
];

const fn letters() -> Costs {
    let mut costs = Costs { replace: [[750; 64]; 64], drop_row: [700; 64], drop_column: [700; 64], beside_vowel: 100 };
    let mut i = 0;
    while i < 64 {
        costs.replace[i][i] = 0;
        i += 1;
    }
    let vowels = *b"aeiou";
    i = 0;
    while i < 5 {
        let mut j = 0;
        while j < 5 {
            if i != j {
                costs.replace[code(vowels[i])][code(vowels[j])] = 130;
            }
            j += 1;
        }
        costs.drop_row[code(vowels[i])] = 180;
        costs.drop_column[code(vowels[i])] = 180;
        i += 1;
    }
    i = 0;
    while i < EXCHANGES.len() {
        let (a, b, cost) = EXCHANGES[i];
        costs.replace[code(a)][code(b)] = cost;
        costs.replace[code(b)][code(a)] = cost;
        i += 1;
    }
    let light: [(u8, i16); 3] = [(b'h', 200), (b'y', 120), (b'w', 250)];
    i = 0;
    while i < light.len() {
        costs.drop_row[code(light[i].0)] = light[i].1;
        costs.drop_column[code(light[i].0)] = light[i].1;
        i += 1;
    }
    // Digits are not sounds: nothing stands for another one.
    i = 52;
    while i < 62 {
        costs.drop_row[i] = 1500;
        costs.drop_column[i] = 1500;
        i += 1;
    }
    costs
}

/// The row's word lacks short vowels; its alef, waw and yeh may stand for any of theirs.
const fn letters_unvowelled() -> Costs {
    let mut costs = letters();
    let vowels = *b"aeiou";
    let mut i = 0;
    while i < 5 {
        costs.drop_column[code(vowels[i])] = 30;
        costs.replace[code(b'a')][code(vowels[i])] = 40;
        i += 1;
    }
    costs.replace[code(b'a')][code(b'a')] = 0;
    costs.drop_row[code(b'a')] = 80;
    costs.drop_row[code(b'w')] = 150;
    costs.drop_row[code(b'y')] = 120;
    costs.drop_row[code(b'h')] = 150;
    costs.drop_column[code(b'h')] = 150;
    costs.drop_column[code(b'y')] = 60;
    let readings: [(u8, u8, i16); 14] = [
        // The heh that ends a word may stand for a teh marbuta, read t before another word: Jabhat, Nusrat.
        (b'h', b't', 40),
        (b'w', b'u', 10),
        (b'w', b'o', 20),
        (b'w', b'v', 30),
        (b'w', b'w', 0),
        (b'y', b'i', 10),
        (b'y', b'e', 20),
        (b'y', b'a', 80),
        (b'y', b'y', 0),
        (b'h', b'a', 30),
        (b'h', b'e', 30),
        (b'j', b'g', 150),
        (b'k', b'g', 80),
        (b'b', b'p', 80),
    ];
    i = 0;
    while i < readings.len() {
        costs.replace[code(readings[i].0)][code(readings[i].1)] = readings[i].2;
        i += 1;
    }
    costs.beside_vowel = 30;
    costs
}

/// The row's word is spelled by syllables, each a consonant and a vowel: a vowel more opens the end of a syllable, *l* and
/// *r* are one sound and fall silent at such an end, voiced and voiceless consonants are one.
const fn letters_transcribed() -> Costs {
    let mut costs = letters();
    let vowels = *b"aeiou";
    let mut i = 0;
    while i < 5 {
        let mut j = 0;
        while j < 5 {
            if i != j {
                costs.replace[code(vowels[i])][code(vowels[j])] = 60;
            }
            j += 1;
        }
        costs.drop_row[code(vowels[i])] = 50;
        costs.drop_column[code(vowels[i])] = 100;
        i += 1;
    }
    costs.drop_row[code(b'w')] = 60;
    costs.drop_row[code(b'y')] = 60;
    costs.drop_column[code(b'l')] = 150;
    costs.drop_column[code(b'r')] = 150;
    // Korean writes the l between two vowels twice.
    costs.drop_row[code(b'l')] = 100;
    costs.drop_row[code(b'r')] = 100;
    costs.drop_column[code(b'h')] = 100;
    let readings: [(u8, u8, i16); 33] = [
        (b'l', b'r', 30),
        (b'r', b'l', 30),
        (b'b', b'p', 60),
        (b'p', b'b', 60),
        (b'd', b't', 60),
        (b't', b'd', 60),
        (b'g', b'k', 60),
        (b'k', b'g', 60),
        (b'f', b'v', 30),
        (b'b', b'v', 100),
        (b'w', b'v', 30),
        (b'n', b'm', 150),
        (b'm', b'n', 150),
        (b'h', b'x', 30),
        (b'h', b'k', 200),
        (b'k', b'x', 60),
        (b'g', b'x', 60),
        (b'x', b'h', 60),
        // "Zulfiqar", "Zarqawi": zha and za are one to a transcriber, and so are sha and sa.
        (b'Z', b'z', 60),
        (b'Z', b'j', 30),
        (b'S', b's', 60),
        (b'S', b'h', 200),
        (b's', b'T', 60),
        (b's', b'z', 60),
        (b'c', b'z', 100),
        // Before i: Vladimir, Putin, Kiev, Gibraltar.
        (b'j', b'd', 150),
        (b'j', b't', 200),
        (b'j', b'k', 200),
        (b'j', b'g', 150),
        (b'j', b'z', 100),
        (b'C', b'k', 200),
        (b'C', b'j', 60),
        (b'C', b't', 250),
    ];
    i = 0;
    while i < readings.len() {
        costs.replace[code(readings[i].0)][code(readings[i].1)] = readings[i].2;
        i += 1;
    }
    costs.beside_vowel = 50;
    costs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::sound::Sound;

    /// The textbook dynamic programme (restricted Damerau–Levenshtein), slow and obvious.
    fn osa_by_the_book(a: &[u8], b: &[u8]) -> u32 {
        let mut d = vec![vec![0u32; b.len() + 1]; a.len() + 1];
        for (i, row) in d.iter_mut().enumerate() {
            row[0] = i as u32;
        }
        for (j, first) in d[0].iter_mut().enumerate() {
            *first = j as u32;
        }
        for i in 1..=a.len() {
            for j in 1..=b.len() {
                let replace = d[i - 1][j - 1] + u32::from(a[i - 1] != b[j - 1]);
                d[i][j] = replace.min(d[i - 1][j] + 1).min(d[i][j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    d[i][j] = d[i][j].min(d[i - 2][j - 2] + 1);
                }
            }
        }
        d[a.len()][b.len()]
    }

    proptest! {
        #[test]
        fn edits_equal_the_textbook(a in "[abc]{0,9}", b in "[abc]{0,9}", max in 0u32..5) {
            let expected = osa_by_the_book(a.as_bytes(), b.as_bytes());
            prop_assert_eq!(osa(a.as_bytes(), b.as_bytes(), max), (expected <= max).then_some(expected));
        }

        #[test]
        fn sound_distance_is_symmetric_and_zero_only_for_itself(a in "[a-z]{1,12}", b in "[a-z]{1,12}") {
            let (a, b) = (Sound::of(&a), Sound::of(&b));
            let there = sound(a.as_bytes(), b.as_bytes(), Writing::Alike, 100_000);
            prop_assert_eq!(there, sound(b.as_bytes(), a.as_bytes(), Writing::Alike, 100_000));
            prop_assert_eq!(there == Some(0), a == b);
            let lacks = sound(a.as_bytes(), b.as_bytes(), Writing::FirstUnvowelled, 100_000);
            prop_assert_eq!(lacks, sound(b.as_bytes(), a.as_bytes(), Writing::SecondUnvowelled, 100_000));
            let spelled = sound(a.as_bytes(), b.as_bytes(), Writing::FirstTranscribed, 100_000);
            prop_assert_eq!(spelled, sound(b.as_bytes(), a.as_bytes(), Writing::SecondTranscribed, 100_000));
        }
    }

    #[test]
    fn a_transcription_is_nearer_to_the_name_it_spells_than_to_others() {
        let far = |a: &str, b: &str| {
            sound(Sound::of(a).as_bytes(), Sound::of(b).as_bytes(), Writing::FirstTranscribed, 100_000).unwrap()
        };
        for (spelled, name, other) in [
            ("beilake", "barack", "burt"),
            ("aobama", "obama", "abram"),
            ("pujin", "putin", "fedin"),
            ("fulajimier", "vladimir", "vladislav"),
            ("mokeer", "merkel", "michel"),
            ("telanpu", "trump", "temple"),
        ] {
            assert!(far(spelled, name) < far(spelled, other), "{spelled}: {name} {other}");
        }
        assert!(far("mokeer", "merkel") <= 350, "{}", far("mokeer", "merkel"));
    }

    #[test]
    fn a_change_of_spelling_costs_less_than_a_change_of_name() {
        let far = |a: &str, b: &str| {
            sound(Sound::of(a).as_bytes(), Sound::of(b).as_bytes(), Writing::Alike, 100_000).unwrap()
        };
        assert!(far("mohammed", "muhammad") < far("mohammed", "mahmoud"));
        assert!(far("khaled", "halid") < far("khaled", "walid"));
        assert!(far("yousef", "yusuf") < far("yousef", "younes"));
        assert!(far("gaddafi", "kadhafi") < far("gaddafi", "gaddami"));
    }
}
