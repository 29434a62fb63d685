//! Korean syllables by the Revised Romanisation of 2000, syllable by syllable, without the changes between syllables.
//!
//! A syllable block is `0xAC00 + (lead × 21 + vowel) × 28 + tail` (Unicode Standard, section 3.12).

const LEADS: [&str; 19] =
    ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"];
const VOWELS: [&str; 21] = [
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu",
    "ui", "i",
];
const TAILS: [&str; 28] = [
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng", "t",
    "t", "k", "t", "p", "t",
];

/// Appends one syllable block; false for single Korean letters, which names do not use.
pub(super) fn syllable(c: char, out: &mut String) -> bool {
    let Some(index) = (c as usize).checked_sub(0xAC00).filter(|&i| i < 19 * 21 * 28) else { return false };
    // The surnames that the standard would write with a single vowel are written so by nobody: Yi (or Lee), Wu (or Woo).
    match c {
        '이' => out.push('y'),
        '우' => out.push('w'),
        _ => {}
    }
    out.push_str(LEADS[index / (21 * 28)]);
    out.push_str(VOWELS[index / 28 % 21]);
    out.push_str(TAILS[index % 28]);
    true
}
