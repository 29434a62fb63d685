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
    let (a, b) = (&a[..a.len().min(64)], &b[..b.len().min(64)]);
    let (a, b) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if (b.len() - a.len()) as u32 > max {
        return None;
    }
    if a.is_empty() {
        return Some(b.len() as u32);
    }
    let mut places = [0u64; 64];
    for (i, &c) in a.iter().enumerate() {
        places[code(c)] |= 1 << i;
    }
    let last = 1u64 << (a.len() - 1);
    let (mut vp, mut vn, mut d0, mut before) = (!0u64, 0u64, 0u64, 0u64);
    let mut distance = a.len() as u32;
    for &c in b {
        let here = places[code(c)];
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

/// Which of the two words lacks its short vowels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vowels {
    /// Both words are written with vowels, or both without.
    Alike,
    /// Only the first word lacks them.
    FirstLacks,
    /// Only the second word lacks them.
    SecondLacks,
}

/// The weighted distance of two sounds in hundredths of a bit, at most `max`; `None` beyond it.
#[must_use]
pub fn sound(a: &[u8], b: &[u8], vowels: Vowels, max: i32) -> Option<i32> {
    match vowels {
        Vowels::Alike => weighted(a, b, max, &LETTERS),
        Vowels::FirstLacks => weighted(a, b, max, &LETTERS_UNVOWELLED),
        Vowels::SecondLacks => weighted(b, a, max, &LETTERS_UNVOWELLED),
    }
}

/// Costs of a pair of sounds; row: the first word (the one that lacks vowels in the unvowelled table).
struct Costs {
    replace: [[i16; 64]; 64],
    drop_first: [i16; 64],
    drop_second: [i16; 64],
    /// Less, when a vowel stands beside the vowel that is dropped.
    beside_vowel: i16,
}

fn weighted(a: &[u8], b: &[u8], max: i32, costs: &Costs) -> Option<i32> {
    const WIDTH: usize = crate::sound::SOUND_LEN_MAX;
    let (a, b) = (&a[..a.len().min(WIDTH)], &b[..b.len().min(WIDTH)]);
    let mut drop_b = [0i32; WIDTH];
    let mut code_b = [0u8; WIDTH];
    let mut row = [0i32; WIDTH + 1];
    for j in 0..b.len() {
        drop_b[j] = drop_cost(&costs.drop_second, b, j, costs.beside_vowel);
        code_b[j] = code(b[j]) as u8;
        row[j + 1] = row[j] + drop_b[j];
    }
    for i in 0..a.len() {
        let dropped = drop_cost(&costs.drop_first, a, i, costs.beside_vowel);
        let replace = &costs.replace[code(a[i])];
        let mut diagonal = row[0];
        let mut left = diagonal + dropped;
        row[0] = left;
        let mut least = left;
        for (above, (&drop, &code)) in row[1..=b.len()].iter_mut().zip(drop_b.iter().zip(&code_b)) {
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
    (row[b.len()] <= max).then_some(row[b.len()])
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
static LETTERS_UNVOWELLED: Costs = letters_unvowelled();

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
    let mut costs =
        Costs { replace: [[750; 64]; 64], drop_first: [700; 64], drop_second: [700; 64], beside_vowel: 100 };
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
        costs.drop_first[code(vowels[i])] = 180;
        costs.drop_second[code(vowels[i])] = 180;
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
        costs.drop_first[code(light[i].0)] = light[i].1;
        costs.drop_second[code(light[i].0)] = light[i].1;
        i += 1;
    }
    // Digits are not sounds: nothing stands for another one.
    i = 52;
    while i < 62 {
        costs.drop_first[i] = 1500;
        costs.drop_second[i] = 1500;
        i += 1;
    }
    costs
}

/// The first word lacks short vowels; its alef, waw and yeh may stand for any of theirs.
const fn letters_unvowelled() -> Costs {
    let mut costs = letters();
    let vowels = *b"aeiou";
    let mut i = 0;
    while i < 5 {
        costs.drop_second[code(vowels[i])] = 30;
        costs.replace[code(b'a')][code(vowels[i])] = 40;
        i += 1;
    }
    costs.replace[code(b'a')][code(b'a')] = 0;
    costs.drop_first[code(b'a')] = 80;
    costs.drop_first[code(b'w')] = 150;
    costs.drop_first[code(b'y')] = 120;
    costs.drop_first[code(b'h')] = 150;
    costs.drop_second[code(b'h')] = 150;
    costs.drop_second[code(b'y')] = 60;
    let readings: [(u8, u8, i16); 13] = [
        (b'w', b'u', 10),
        (b'w', b'o', 20),
        (b'w', b'v', 30),
        (b'w', b'w', 0),
        (b'y', b'i', 10),
        (b'y', b'e', 20),
        (b'y', b'a', 80),
        (b'y', b'y', 0),
        (b'h', b'a', 80),
        (b'h', b'e', 80),
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
            let there = sound(a.as_bytes(), b.as_bytes(), Vowels::Alike, 100_000);
            prop_assert_eq!(there, sound(b.as_bytes(), a.as_bytes(), Vowels::Alike, 100_000));
            prop_assert_eq!(there == Some(0), a == b);
            let lacks = sound(a.as_bytes(), b.as_bytes(), Vowels::FirstLacks, 100_000);
            prop_assert_eq!(lacks, sound(b.as_bytes(), a.as_bytes(), Vowels::SecondLacks, 100_000));
        }
    }

    #[test]
    fn a_change_of_spelling_costs_less_than_a_change_of_name() {
        let far =
            |a: &str, b: &str| sound(Sound::of(a).as_bytes(), Sound::of(b).as_bytes(), Vowels::Alike, 100_000).unwrap();
        assert!(far("mohammed", "muhammad") < far("mohammed", "mahmoud"));
        assert!(far("khaled", "halid") < far("khaled", "walid"));
        assert!(far("yousef", "yusuf") < far("yousef", "younes"));
        assert!(far("gaddafi", "kadhafi") < far("gaddafi", "gaddami"));
    }
}
