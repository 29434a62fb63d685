//! Devanagari and the scripts of India that are laid out like it: Bengali, Gurmukhi, Gujarati, Oriya, Tamil, Telugu, Kannada,
//! Malayalam.
//!
//! A word in, ASCII letters out. The Unicode Standard gives each of these scripts a block of 128 in the order of ISCII, so a
//! letter is looked up at its place in the Devanagari block. Each consonant carries an *a* unless a vowel sign or a virama
//! follows. Hindi and its neighbours do not speak the last one of a word, nor one between two open syllables (*Advani*, not
//! *Adavani*); behind a cluster it stays (*Krishna*). The scripts of the south and Oriya speak all. The consonants follow
//! ALA-LC's tables without their marks.

/// One syllable: its consonants, its vowel, and whether that vowel is the *a* that nobody writes.
struct Syllable {
    text: String,
    vowel: &'static str,
    inherent: bool,
    is_cluster: bool,
}

/// Whether the character belongs to one of the scripts that are read here.
pub(super) fn has(c: char) -> bool {
    matches!(c as u32, 0x900..=0xD7F)
}

/// Appends the word, which may hold letters of other scripts.
pub(super) fn romanise(word: &[char], out: &mut String) {
    let drops_schwa = word.iter().any(|&c| matches!(c as u32, 0x900..=0xAFF));
    let mut syllables: Vec<Syllable> = Vec::with_capacity(word.len());
    let mut i = 0;
    let mut hangs = false;
    while i < word.len() {
        let dotted = word.get(i + 1).is_some_and(|&c| devanagari(c) == '\u{93C}');
        let Some(letters) = consonant(word[i], dotted) else {
            append_vowel(word, i, &mut syllables);
            hangs = false;
            i += 1;
            continue;
        };
        i += if dotted { 2 } else { 1 };
        let next = word.get(i).map(|&c| devanagari(c));
        let (vowel, inherent) = match next {
            Some('\u{94D}') => ("", false),
            Some(sign) if is_vowel_sign(sign) => (vowel(sign).unwrap_or(""), false),
            _ => ("a", true),
        };
        i += usize::from(!inherent);
        match syllables.last_mut().filter(|_| hangs) {
            Some(last) => {
                let nasal_and_stop =
                    last.text.ends_with(['n', 'm']) && letters.starts_with(['k', 'g', 'c', 'j', 't', 'd', 'p', 'b']);
                last.is_cluster = last.is_cluster || !nasal_and_stop;
                last.text.push_str(letters);
                last.vowel = vowel;
                last.inherent = inherent;
            }
            None => syllables.push(Syllable { text: letters.to_owned(), vowel, inherent, is_cluster: false }),
        }
        hangs = next == Some('\u{94D}');
    }
    if drops_schwa {
        silence(&mut syllables);
    }
    for syllable in &syllables {
        out.push_str(&syllable.text);
        out.push_str(syllable.vowel);
    }
}

/// A vowel of its own, a nasal or breathing behind one, a digit, or something of another script.
fn append_vowel(word: &[char], at: usize, syllables: &mut Vec<Syllable>) {
    let c = devanagari(word[at]);
    let plain = |text: String, vowel| Syllable { text, vowel, inherent: false, is_cluster: false };
    // The consonants of Malayalam that end a syllable.
    let final_letter = match word[at] {
        'ൺ' | 'ൻ' => "n",
        'ർ' => "r",
        'ൽ' | 'ൾ' => "l",
        'ൿ' => "k",
        _ => "",
    };
    if !final_letter.is_empty() {
        return syllables.push(plain(final_letter.to_owned(), ""));
    }
    match vowel(c) {
        Some(text @ ("n" | "h" | "")) => syllables.push(plain(text.to_owned(), "")),
        Some(text) => syllables.push(plain(String::new(), text)),
        None => {
            let mut text = String::new();
            super::letter(word[at], at == 0, at + 1 == word.len(), &mut text);
            syllables.push(plain(text, ""));
        }
    }
}

/// Takes out the *a* that is not spoken, from the end to the beginning.
fn silence(syllables: &mut [Syllable]) {
    let count = syllables.len();
    for i in (1..count).rev() {
        let is_last = i + 1 == count;
        let opens_next =
            syllables.get(i + 1).is_some_and(|s| !s.vowel.is_empty() && !s.text.is_empty() && !s.is_cluster);
        let before_opens = !syllables[i - 1].vowel.is_empty();
        let s = &mut syllables[i];
        if s.inherent && !s.is_cluster && (is_last || opens_next && before_opens) {
            s.vowel = "";
        }
    }
}

/// The letter of the Devanagari block in the same place. Bengali has one letter of another value there.
fn devanagari(c: char) -> char {
    match c as u32 {
        code @ 0x980..=0xD7F => char::from_u32(0x900 + (code & 0x7F)).unwrap_or(c),
        _ => c,
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
        'ए' | 'े' | 'ऍ' | 'ॅ' | 'ऎ' | 'ॆ' => "e",
        'ऐ' | 'ै' => "ai",
        'ओ' | 'ो' | 'ऑ' | 'ॉ' | 'ऒ' | 'ॊ' => "o",
        'औ' | 'ौ' => "au",
        // The last is the tippi of Gurmukhi.
        'ं' | 'ँ' | '॰' => "n",
        'ः' => "h",
        '\u{93C}' | '\u{94D}' | 'ॱ' => "",
        '०'..='९' => return digit(c),
        _ => return None,
    })
}

fn digit(c: char) -> Option<&'static str> {
    const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
    DIGITS.get((c as usize).checked_sub('०' as usize)?).copied()
}

fn consonant(c: char, dotted: bool) -> Option<&'static str> {
    let own = match c {
        // Bengali ya is a j unless it has a dot; khanda ta; the r and w of Assamese.
        '\u{9AF}' if !dotted => "j",
        '\u{9CE}' => "t",
        '\u{9F0}' => "r",
        '\u{9F1}' => "w",
        _ => "",
    };
    if !own.is_empty() {
        return Some(own);
    }
    Some(match (devanagari(c), dotted) {
        ('क', true) => "q",
        ('ख', true) => "kh",
        ('ग', true) => "gh",
        ('ज', true) => "z",
        ('ड' | 'ढ', true) => "r",
        ('फ', true) => "f",
        ('क', _) => "k",
        ('ख', _) => "kh",
        ('ग', _) => "g",
        ('घ', _) => "gh",
        ('ङ' | 'ञ' | 'ण' | 'न' | 'ऩ', _) => "n",
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
        ('र' | 'ऱ', _) => "r",
        ('ल' | 'ळ', _) => "l",
        ('ऴ', _) => "zh",
        ('व', _) => "v",
        ('श' | 'ष', _) => "sh",
        ('स', _) => "s",
        ('ह', _) => "h",
        _ => return None,
    })
}
