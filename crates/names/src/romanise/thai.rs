//! Thai by the Royal Thai General System of 1999, as far as the letters say: initial values of the consonants, vowels in the order
//! they are spoken, tones not at all.
//!
//! A word in, ASCII letters out. Vowels that stand before their consonant (`เ แ โ ใ ไ`) are read behind it; a consonant under the
//! sign of silence falls away with its vowel. An *o* that nobody writes is put between the two consonants of a closed syllable
//! (`สม` is *som*). Where syllables divide is not worked out beyond that.

/// Whether the character is Thai.
pub(super) fn has(c: char) -> bool {
    matches!(c as u32, 0xE01..=0xE5B)
}

/// Appends the word, which may hold letters of other scripts.
pub(super) fn romanise(word: &[char], out: &mut String) {
    let spoken = spoken(word);
    // Whether the syllable has its vowel, so that one consonant may close it.
    let mut open = false;
    let mut i = 0;
    while i < spoken.len() {
        let c = spoken[i];
        let (next, after) = (spoken.get(i + 1).copied(), spoken.get(i + 2).copied());
        if let Some(text) = vowel(&spoken[i..]) {
            out.push_str(text.0);
            open = true;
            i += text.1;
            continue;
        }
        let Some(text) = consonant(c) else {
            super::letter(c, i == 0, i + 1 == spoken.len(), out);
            i += 1;
            continue;
        };
        out.push_str(text);
        let has_vowel = next.is_some_and(|n| vowel(&[n]).is_some());
        let closes = |n: char| consonant(n).is_some() && after.is_none_or(|a| vowel(&[a]).is_none());
        if has_vowel || open {
            open = false;
        } else if let Some(n) = next.filter(|&n| closes(n) && !matches!(n, 'ร' | 'ล' | 'ว' | 'อ')) {
            out.push('o');
            out.push_str(consonant(n).unwrap_or(""));
            i += 1;
        } else if c == 'อ' {
            out.push('a');
        }
        i += 1;
    }
}

/// The letters that are spoken, in the order in which they are.
fn spoken(word: &[char]) -> Vec<char> {
    let mut out: Vec<char> = Vec::with_capacity(word.len());
    let mut before: Option<char> = None;
    for &c in word {
        match c {
            'เ' | 'แ' | 'โ' | 'ใ' | 'ไ' => before = Some(c),
            // Thanthakhat.
            '\u{E4C}' => {
                if out.last().is_some_and(|&v| matches!(v, 'ิ' | 'ุ')) {
                    out.pop();
                }
                out.pop();
            }
            '\u{E47}'..='\u{E4E}' | 'ฯ' => {}
            _ => {
                out.push(c);
                out.extend(before.take().filter(|_| consonant(c).is_some()));
            }
        }
    }
    out
}

/// A vowel at the start of the letters, and how many of them it takes.
fn vowel(letters: &[char]) -> Option<(&'static str, usize)> {
    Some(match letters {
        ['เ', 'ี', 'ย', ..] => ("ia", 3),
        ['เ', 'ื', 'อ', ..] => ("uea", 3),
        ['เ', 'า', ..] => ("ao", 2),
        ['เ', 'ิ' | 'อ', ..] => ("oe", 2),
        ['ั', 'ว', ..] => ("ua", 2),
        ['เ' | 'แ' | 'โ', 'ะ', ..] => (vowel(&letters[..1])?.0, 2),
        ['ะ' | 'ั' | 'า', ..] => ("a", 1),
        ['ำ', ..] => ("am", 1),
        ['ิ' | 'ี', ..] => ("i", 1),
        ['ึ' | 'ื', ..] => ("ue", 1),
        ['ุ' | 'ู', ..] => ("u", 1),
        ['เ', ..] => ("e", 1),
        ['แ', ..] => ("ae", 1),
        ['โ', ..] => ("o", 1),
        ['ใ' | 'ไ', ..] => ("ai", 1),
        ['ฤ', ..] => ("rue", 1),
        _ => return None,
    })
}

fn consonant(c: char) -> Option<&'static str> {
    Some(match c {
        'ก' => "k",
        'ข'..='ฆ' => "kh",
        'ง' => "ng",
        'จ' | 'ฉ' | 'ช' | 'ฌ' => "ch",
        'ซ' | 'ศ' | 'ษ' | 'ส' => "s",
        'ญ' | 'ย' => "y",
        'ฎ' | 'ด' => "d",
        'ฏ' | 'ต' => "t",
        'ฐ' | 'ฑ' | 'ฒ' | 'ถ' | 'ท' | 'ธ' => "th",
        'ณ' | 'น' => "n",
        'บ' => "b",
        'ป' => "p",
        'ผ' | 'พ' | 'ภ' => "ph",
        'ฝ' | 'ฟ' => "f",
        'ม' => "m",
        'ร' => "r",
        'ล' | 'ฬ' => "l",
        'ว' => "w",
        'ห' | 'ฮ' => "h",
        'อ' => "",
        _ => return None,
    })
}
