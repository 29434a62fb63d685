//! Japanese kana in Hepburn's system: small `ya yu yo` join the syllable before, small `tsu` doubles the next consonant,
//! the length mark is dropped.

/// Appends the word, which may hold letters of other scripts.
pub(super) fn romanise(word: &[char], out: &mut String) {
    let mut double = false;
    for (i, &c) in word.iter().enumerate() {
        match c {
            'っ' | 'ッ' => double = true,
            'ー' => {}
            'ゃ' | 'ャ' => glide('a', out),
            'ゅ' | 'ュ' => glide('u', out),
            'ょ' | 'ョ' => glide('o', out),
            _ => {
                let start = out.len();
                super::letter(c, i == 0, i + 1 == word.len(), out);
                if double && out.len() > start {
                    let consonant = out.as_bytes()[start] as char;
                    out.insert(start, consonant);
                }
                double = false;
            }
        }
    }
}

/// Turns `ki` + small `yo` into `kyo`, but `shi` + small `yo` into `sho`.
fn glide(vowel: char, out: &mut String) {
    if out.ends_with('i') {
        out.pop();
    }
    if !(out.ends_with("sh") || out.ends_with("ch") || out.ends_with('j')) {
        out.push('y');
    }
    out.push(vowel);
}
