//! Japanese kana in Hepburn's system as Japanese passports write it: long *o* and *u* are written once, the length mark is
//! dropped.
//!
//! A word in, ASCII letters out. Small `ya yu yo` and small vowels join the syllable before (`kyo`, `fa`, `wi`), small `tsu`
//! doubles the next consonant (`tch` before *ch*). Table and rules: the romanisation of names by Japan's Ministry of Foreign
//! Affairs for passports, and ALA-LC's table for the combinations that only foreign names use.

use unicode_normalization::char::compose;

/// Appends the word, which may hold letters of other scripts.
pub(super) fn romanise(word: &[char], out: &mut String) {
    let begin = out.len();
    let mut double = false;
    for (i, &c) in word.iter().enumerate() {
        // Half-width kana carry their voicing mark behind them.
        let marked =
            word.get(i + 1).filter(|m| matches!(m, '\u{3099}' | '\u{309A}')).and_then(|&mark| compose(c, mark));
        let kana = katakana(marked.unwrap_or(c));
        match kana {
            'ッ' => double = true,
            'ー' | '\u{3099}' | '\u{309A}' => {}
            'ャ' => glide('a', begin, out),
            'ュ' => glide('u', begin, out),
            'ョ' => glide('o', begin, out),
            'ァ' => small('a', begin, out),
            'ィ' => small('i', begin, out),
            'ゥ' => small('u', begin, out),
            'ェ' => small('e', begin, out),
            'ォ' => small('o', begin, out),
            'ウ' | 'オ' if out.len() > begin && out.ends_with('o') => {}
            'ウ' if out.len() > begin && out.ends_with('u') => {}
            _ => {
                let start = out.len();
                match syllable(kana) {
                    Some(text) => out.push_str(text),
                    None => super::letter(c, i == 0, i + 1 == word.len(), out),
                }
                if double && let Some(&consonant) = out.as_bytes().get(start) {
                    out.insert(start, if out[start..].starts_with("ch") { 't' } else { consonant as char });
                }
                double = false;
            }
        }
    }
}

/// Hiragana and katakana are the same syllables, 0x60 apart in the Unicode Standard.
fn katakana(c: char) -> char {
    if matches!(c, 'ぁ'..='ゖ') { char::from_u32(c as u32 + 0x60).unwrap_or(c) } else { c }
}

/// Turns `ki` + small `yo` into `kyo`, but `shi` + small `yo` into `sho`.
fn glide(vowel: char, begin: usize, out: &mut String) {
    drop_vowel(begin, out);
    if !(out.ends_with("sh") || out.ends_with("ch") || out.ends_with('j')) {
        out.push('y');
    }
    out.push(vowel);
}

/// Turns `fu` + small `a` into `fa`, `u` + small `i` into `wi`, `ku` + small `a` into `kwa`.
fn small(vowel: char, begin: usize, out: &mut String) {
    let before = &out[begin..];
    let keeps_w = matches!(before.as_bytes(), [.., b'k' | b'g', b'u']);
    let alone = before.len() == 1 || before.as_bytes().iter().rev().nth(1).is_some_and(|&b| crate::sound::is_vowel(b));
    match before.as_bytes().last() {
        Some(b'u') if keeps_w || alone => {
            out.pop();
            out.push('w');
        }
        Some(b'i') if alone => {
            out.pop();
            out.push('y');
        }
        _ => drop_vowel(begin, out),
    }
    out.push(vowel);
}

fn drop_vowel(begin: usize, out: &mut String) {
    if out.len() > begin && out.as_bytes().last().is_some_and(|&b| crate::sound::is_vowel(b)) {
        out.pop();
    }
}

fn syllable(c: char) -> Option<&'static str> {
    const ROWS: &[(&str, [&str; 5])] = &[
        ("アイウエオ", ["a", "i", "u", "e", "o"]),
        ("カキクケコ", ["ka", "ki", "ku", "ke", "ko"]),
        ("ガギグゲゴ", ["ga", "gi", "gu", "ge", "go"]),
        ("サシスセソ", ["sa", "shi", "su", "se", "so"]),
        ("ザジズゼゾ", ["za", "ji", "zu", "ze", "zo"]),
        ("タチツテト", ["ta", "chi", "tsu", "te", "to"]),
        ("ダヂヅデド", ["da", "ji", "zu", "de", "do"]),
        ("ナニヌネノ", ["na", "ni", "nu", "ne", "no"]),
        ("ハヒフヘホ", ["ha", "hi", "fu", "he", "ho"]),
        ("バビブベボ", ["ba", "bi", "bu", "be", "bo"]),
        ("パピプペポ", ["pa", "pi", "pu", "pe", "po"]),
        ("マミムメモ", ["ma", "mi", "mu", "me", "mo"]),
        ("ヤヰユヱヨ", ["ya", "i", "yu", "e", "yo"]),
        ("ラリルレロ", ["ra", "ri", "ru", "re", "ro"]),
        ("ワンヴヲヵ", ["wa", "n", "vu", "o", "ka"]),
        ("ヷヸヶヹヺ", ["va", "vi", "ke", "ve", "vo"]),
    ];
    ROWS.iter().find_map(|(kana, latin)| kana.chars().position(|k| k == c).map(|i| latin[i]))
}
