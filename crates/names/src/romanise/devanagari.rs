//! Devanagari: each consonant carries an *a* unless a vowel sign or a virama follows; the last one of a word is silent,
//! as Hindi and Nepali speak it.

/// Appends the word, which may hold letters of other scripts.
pub(super) fn romanise(word: &[char], out: &mut String) {
    let mut i = 0;
    while i < word.len() {
        let dotted = word.get(i + 1) == Some(&'\u{93C}');
        let Some(letters) = consonant(word[i], dotted) else {
            match vowel(word[i]) {
                Some(text) => out.push_str(text),
                None => super::letter(word[i], i == 0, i + 1 == word.len(), out),
            }
            i += 1;
            continue;
        };
        out.push_str(letters);
        i += if dotted { 2 } else { 1 };
        match word.get(i) {
            Some('\u{94D}') => i += 1,
            Some(&sign) if is_vowel_sign(sign) => {}
            Some(_) => out.push('a'),
            None => {}
        }
    }
}

fn is_vowel_sign(c: char) -> bool {
    matches!(c, '\u{93E}'..='\u{94C}' | '\u{962}' | '\u{963}')
}

fn vowel(c: char) -> Option<&'static str> {
    Some(match c {
        'अ' | 'आ' | 'ा' => "a",
        'इ' | 'ई' | 'ि' | 'ी' => "i",
        'उ' | 'ऊ' | 'ु' | 'ू' => "u",
        'ऋ' | 'ृ' => "ri",
        'ए' | 'े' | 'ऍ' | 'ॅ' => "e",
        'ऐ' | 'ै' => "ai",
        'ओ' | 'ो' | 'ऑ' | 'ॉ' => "o",
        'औ' | 'ौ' => "au",
        'ं' | 'ँ' => "n",
        'ः' => "h",
        '\u{93C}' | '\u{94D}' => "",
        '०'..='९' => return digit(c),
        _ => return None,
    })
}

fn digit(c: char) -> Option<&'static str> {
    const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
    DIGITS.get((c as usize).checked_sub('०' as usize)?).copied()
}

fn consonant(c: char, dotted: bool) -> Option<&'static str> {
    Some(match (c, dotted) {
        ('क', true) => "q",
        ('ख', true) => "kh",
        ('ग', true) => "gh",
        ('ज', true) => "z",
        ('ड', true) => "r",
        ('ढ', true) => "rh",
        ('फ', true) => "f",
        ('क', _) => "k",
        ('ख', _) => "kh",
        ('ग', _) => "g",
        ('घ', _) => "gh",
        ('ङ' | 'ञ' | 'ण' | 'न', _) => "n",
        ('च', _) => "ch",
        ('छ', _) => "chh",
        ('ज', _) => "j",
        ('झ', _) => "jh",
        ('ट' | 'त', _) => "t",
        ('ठ' | 'थ', _) => "th",
        ('ड' | 'द', _) => "d",
        ('ढ' | 'ध', _) => "dh",
        ('प', _) => "p",
        ('फ', _) => "ph",
        ('ब', _) => "b",
        ('भ', _) => "bh",
        ('म', _) => "m",
        ('य', _) => "y",
        ('र', _) => "r",
        ('ल' | 'ळ', _) => "l",
        ('व', _) => "v",
        ('श' | 'ष', _) => "sh",
        ('स', _) => "s",
        ('ह', _) => "h",
        _ => return None,
    })
}
