//! Khmer by the BGN/PCGN system of 1972, as far as the letters say, without marks on vowels.
//!
//! A word in, ASCII letters out. Each consonant is of one of two series, and a vowel sign is read by the series of the consonant
//! that bears it; `៉` and `៊` move a consonant to the other one. A consonant without a sign bears the vowel of its series (*a*,
//! *o*), unless it closes the syllable of the one before it. Where syllables divide is not worked out beyond that.

/// Whether the character is Khmer.
pub(super) fn has(c: char) -> bool {
    matches!(c as u32, 0x1780..=0x17DD)
}

/// By which of its two readings a vowel sign is spoken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Series {
    A,
    O,
}

/// A foot: the next consonant is written below the one before it, with no vowel between.
const COENG: char = '\u{17D2}';

/// Appends the word, which may hold letters of other scripts.
pub(super) fn romanise(word: &[char], out: &mut String) {
    // Whether the syllable has its vowel, so that one consonant may close it.
    let mut open = false;
    let mut i = 0;
    while i < word.len() {
        let Some((text, mut series)) = consonant(word[i]) else {
            if let Some(vowel) = independent(word[i]) {
                out.push_str(vowel);
                open = true;
            } else if !has(word[i]) {
                super::letter(word[i], i == 0, i + 1 == word.len(), out);
            }
            i += 1;
            continue;
        };
        let mut text = text.to_owned();
        i += 1;
        while let Some((foot, of_foot)) =
            word.get(i).filter(|c| **c == COENG).and_then(|_| consonant(*word.get(i + 1)?))
        {
            text.push_str(foot);
            // The series of a stop prevails over that of a sonorant beneath it.
            series = if matches!(foot, "ng" | "nh" | "n" | "m" | "y" | "r" | "l" | "v") { series } else { of_foot };
            i += 2;
        }
        while let Some(mark @ ('\u{17C9}' | '\u{17CA}')) = word.get(i).copied() {
            series = if mark == '\u{17C9}' { Series::A } else { Series::O };
            if text == "b" {
                text = "p".to_owned();
            }
            i += 1;
        }
        let sign = vowel(&word[i..], series);
        let closes = open && sign.is_none() && word.get(i) != Some(&COENG);
        out.push_str(&text);
        match sign {
            Some((vowel, used)) => {
                out.push_str(vowel);
                i += used;
                open = true;
            }
            None if closes => open = false,
            None if word.get(i).is_some_and(|&next| consonant(next).is_some()) => {
                out.push_str(if series == Series::A { "a" } else { "o" });
                open = true;
            }
            None => {}
        }
    }
}

fn consonant(c: char) -> Option<(&'static str, Series)> {
    use Series::{A, O};
    Some(match c {
        'ក' => ("k", A),
        'ខ' => ("kh", A),
        'គ' => ("k", O),
        'ឃ' => ("kh", O),
        'ង' => ("ng", O),
        'ច' => ("ch", A),
        'ឆ' => ("chh", A),
        'ជ' => ("ch", O),
        'ឈ' => ("chh", O),
        'ញ' => ("nh", O),
        'ដ' => ("d", A),
        'ឋ' => ("th", A),
        'ឌ' => ("d", O),
        'ឍ' => ("th", O),
        'ណ' => ("n", A),
        'ត' => ("t", A),
        'ថ' => ("th", A),
        'ទ' => ("t", O),
        'ធ' => ("th", O),
        'ន' => ("n", O),
        'ប' => ("b", A),
        'ផ' => ("ph", A),
        'ព' => ("p", O),
        'ភ' => ("ph", O),
        'ម' => ("m", O),
        'យ' => ("y", O),
        'រ' => ("r", O),
        'ល' => ("l", O),
        'វ' => ("v", O),
        'ស' => ("s", A),
        'ហ' => ("h", A),
        'ឡ' => ("l", A),
        'អ' => ("", A),
        _ => return None,
    })
}

/// The vowel sign that the rest of a word begins with, and how many characters it takes.
fn vowel(rest: &[char], series: Series) -> Option<(&'static str, usize)> {
    let (a, o) = match *rest.first()? {
        'ា' => ("a", "ea"),
        'ិ' => ("e", "i"),
        'ី' => ("ei", "i"),
        'ឹ' => ("oe", "oe"),
        'ឺ' | 'ើ' => ("eu", "eu"),
        'ុ' => ("o", "u"),
        'ូ' => ("o", "u"),
        'ួ' => ("uo", "uo"),
        'ឿ' => ("eua", "eua"),
        'ៀ' => ("ie", "ie"),
        'េ' | 'ែ' => ("e", "e"),
        'ៃ' => ("ai", "ey"),
        'ោ' => ("ao", "ou"),
        'ៅ' => ("au", "ou"),
        'ំ' => ("am", "um"),
        'ះ' => ("ah", "eah"),
        _ => return None,
    };
    Some((if series == Series::A { a } else { o }, 1))
}

fn independent(c: char) -> Option<&'static str> {
    Some(match c {
        'ំ' => "m",
        'ះ' => "h",
        'ឥ' | 'ឦ' => "ei",
        'ឧ' | 'ឩ' => "u",
        'ឪ' => "ov",
        'ឫ' | 'ឬ' => "reu",
        'ឭ' | 'ឮ' => "leu",
        'ឯ' | 'ឰ' => "e",
        'ឱ' | 'ឳ' => "ao",
        _ => return None,
    })
}
