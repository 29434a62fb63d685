//! Greek by the sound of the modern language, as passports write it (ELOT 743): digraphs first, then single letters.
//!
//! A word in, ASCII letters out. `μπ`, `ντ`, `γκ` are *b*, *d*, *g* where they open a word and stay two letters inside it; `αυ`
//! and `ευ` are *av* and *ev*, before a voiceless consonant *af* and *ef*.

/// Appends the word, which may hold letters of other scripts.
pub(super) fn romanise(word: &[char], out: &mut String) {
    let mut i = 0;
    while i < word.len() {
        let pair = word.get(i + 1).map(|&next| (plain(word[i]), plain(next)));
        let digraph = match pair {
            Some(('ο', 'υ')) => "ou",
            Some(('μ', 'π')) if i == 0 => "b",
            Some(('ν', 'τ')) if i == 0 => "d",
            Some(('γ', 'κ')) if i == 0 => "g",
            Some(('γ', 'γ')) => "ng",
            Some(('α', 'υ')) => "av",
            Some(('ε', 'υ')) => "ev",
            _ => "",
        };
        if digraph.is_empty() {
            super::letter(word[i], i == 0, i + 1 == word.len(), out);
            i += 1;
        } else {
            out.push_str(digraph);
            i += 2;
        }
    }
}

/// Appends one letter; false when it is not Greek.
pub(super) fn single(c: char, out: &mut String) -> bool {
    let text = match plain(c) {
        'α' => "a",
        'β' => "v",
        'γ' => "g",
        'δ' => "d",
        'ε' => "e",
        'ζ' => "z",
        'η' | 'ι' => "i",
        'θ' => "th",
        'κ' => "k",
        'λ' => "l",
        'μ' => "m",
        'ν' => "n",
        'ξ' => "x",
        'ο' | 'ω' => "o",
        'π' => "p",
        'ρ' => "r",
        'σ' | 'ς' => "s",
        'τ' => "t",
        'υ' => "y",
        'φ' => "f",
        'χ' => "ch",
        'ψ' => "ps",
        _ => return false,
    };
    out.push_str(text);
    true
}

/// The letter in lower case without accents and breathings.
fn plain(c: char) -> char {
    let mut base = c;
    unicode_normalization::char::decompose_compatible(c, |part| {
        if !unicode_normalization::char::is_combining_mark(part) {
            base = part;
        }
    });
    base.to_lowercase().next().unwrap_or(base)
}
