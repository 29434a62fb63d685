//! Hebrew: consonants by their usual Latin letters, vav and yod as `w` and `y`, whatever they stand for.
//!
//! A letter and its place in the word in, ASCII letters out, after the simple transcription of the Academy of the Hebrew
//! Language (2006): het is *h*, tsadi *ts*. Without points bet and pe are read by their place: hard where they open the word
//! (*Boaz*, *Peres*), else *v* and *f*, as they mostly are there (*Avraham*, *Yosef*).

/// Appends the word, which may hold letters of other scripts. No word opens with two consonants: *k* and *h* there are two
/// letters with a vowel between them, not the one sound that *kh* is (`כהן` is *kahn*, as in Kohen).
pub(super) fn romanise(word: &[char], out: &mut String) {
    for (i, &c) in word.iter().enumerate() {
        // The "st" of names from German and Yiddish: Goldstein.
        if c == 'ש' && word.get(i + 1) == Some(&'ט') {
            out.push('s');
            continue;
        }
        super::letter(c, i == 0, i + 1 == word.len(), out);
        let next_is_h = matches!(word.get(i + 1), Some('ה' | 'ח'));
        if i == 0 && next_is_h && matches!(c, 'כ' | 'ק' | 'ס' | 'ז' | 'ת' | 'ט' | 'ד' | 'פ' | 'ג') {
            out.push('a');
        }
    }
}

/// Appends the letter; false when this table does not have it.
pub(super) fn letter(c: char, first: bool, out: &mut String) -> bool {
    let text = match c {
        'א' | 'ע' if first => "a",
        'א' | 'ע' => "",
        'ב' if first => "b",
        'ב' => "v",
        'ג' => "g",
        'ד' => "d",
        'ה' | 'ח' => "h",
        'ו' | 'װ' => "w",
        'ז' => "z",
        'ט' | 'ת' => "t",
        'י' | 'ײ' => "y",
        'כ' | 'ך' | 'ק' => "k",
        'ל' => "l",
        'מ' | 'ם' => "m",
        'נ' | 'ן' => "n",
        'ס' => "s",
        'פ' if first => "p",
        'פ' | 'ף' => "f",
        'צ' | 'ץ' => "ts",
        'ר' => "r",
        'ש' => "sh",
        '\u{591}'..='\u{5C7}' | '׳' | '״' => "",
        _ => return false,
    };
    out.push_str(text);
    true
}
