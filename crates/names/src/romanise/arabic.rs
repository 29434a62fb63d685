//! Arabic script as used for Arabic, Persian, Dari, Pashto, Urdu, Kurdish and Uyghur.
//!
//! Consonants get their usual Latin letters; alef, waw and yeh stay as `a`, `w`, `y` whatever they stand for, because
//! the script does not say. Hamza carriers fold to their carrier, teh marbuta to heh, alef maksura to yeh, and the
//! Persian, Urdu and Kurdish variants of kaf, yeh and heh to one letter each, so that a name typed on another keyboard
//! is the same name.

use std::sync::LazyLock;

/// Appends the word, which may hold letters of other scripts.
///
/// Where a consonant and an *h* meet, their Latin letters would run together to another sound (*sh*, *kh*, *ph*). A vowel that
/// nobody writes stands between them at the start of a word, since no word of these languages opens with two consonants
/// (`سهیل` is *sahyl*, as in Suhail); before the *h* that ends a word and is a vowel itself (`نفيسة` is *nfysah*); and behind a *p*
/// (`سپهر` is *spahr*). An ayn between two equal letters keeps them apart (`معمر` is *mamr*).
pub(super) fn romanise(word: &[char], out: &mut String) {
    let article = if word.starts_with(&['ا', 'ل']) && word.len() > 4 { 2 } else { 0 };
    for (i, &c) in word.iter().enumerate() {
        let next = word.get(i + 1);
        if c == 'ع' && i > 0 && next == Some(&word[i - 1]) {
            out.push('a');
            continue;
        }
        let opens = i == 0 || i == article;
        match (c as usize).checked_sub(FIRST).and_then(|at| LETTERS.get(at)) {
            Some(&[one, other]) if one != 0 => {
                out.push(char::from(one));
                if other != 0 {
                    out.push(char::from(other));
                }
            }
            _ => super::letter(c, opens, i + 1 == word.len(), out),
        }
        let joins = matches!(c, 'س' | 'ص' | 'ک' | 'ك' | 'ت' | 'ط' | 'د' | 'ز' | 'پ');
        let breathes = opens || i + 2 == word.len() || c == 'پ';
        if joins && breathes && next.is_some_and(|&n| is_h(n)) {
            out.push('a');
        }
    }
}

/// The first letter of the table.
const FIRST: usize = 0x620;
/// What the letters from there on become that are the same wherever they stand in a word; zero for all others.
static LETTERS: LazyLock<[[u8; 2]; 0xC0]> = LazyLock::new(|| {
    let mut all = [[0; 2]; 0xC0];
    for (code, latin) in (FIRST as u32..).zip(&mut all) {
        let places = [(false, false), (false, true), (true, false), (true, true)];
        let mut texts = places.map(|(first, last)| {
            let mut text = String::new();
            char::from_u32(code).is_some_and(|c| letter(c, first, last, &mut text)).then_some(text)
        });
        if texts.windows(2).all(|pair| pair[0] == pair[1])
            && let Some(text) = texts[0].take().filter(|text| (1..=2).contains(&text.len()))
        {
            latin[..text.len()].copy_from_slice(text.as_bytes());
        }
    }
    all
});

fn is_h(c: char) -> bool {
    matches!(c, 'ح' | 'ه' | 'ہ' | 'ھ' | 'ۀ' | 'ۂ' | 'ۃ' | 'ة')
}

/// Appends the letter; false when this table does not have it.
pub(super) fn letter(c: char, first: bool, last: bool, out: &mut String) -> bool {
    let text = match c {
        'ا' | 'أ' | 'إ' | 'آ' | 'ٱ' | 'ٲ' | 'ٳ' | 'ﺍ' => "a",
        'ب' | 'ٻ' | 'ݐ' => "b",
        'پ' => "p",
        'ت' | 'ط' | 'ٹ' | 'ټ' | 'ٿ' => "t",
        'ث' => "th",
        'ج' | 'ڄ' => "j",
        'چ' | 'ڇ' => "ch",
        'ح' | 'ه' | 'ہ' | 'ھ' | 'ۀ' | 'ۂ' | 'ۃ' | 'ة' => "h",
        'خ' => "kh",
        'د' | 'ڈ' | 'ډ' | 'ڌ' => "d",
        // Dhal, dad and zah are d in one country, z in the next: `dh` stands for both.
        'ذ' | 'ض' | 'ظ' => "dh",
        'ر' | 'ڑ' | 'ړ' | 'ڕ' => "r",
        'ز' | 'ځ' => "z",
        'ژ' | 'ږ' => "zh",
        'س' | 'ص' => "s",
        'ش' | 'ښ' => "sh",
        'څ' => "ts",
        // Ayn opens a syllable: at the start of a word a vowel follows that nobody writes.
        'ع' if first => "a",
        'ع' => "",
        'غ' => "gh",
        'ف' => "f",
        'ڤ' | 'ۋ' => "v",
        'ق' => "q",
        'ك' | 'ک' | 'ڪ' => "k",
        'گ' | 'ګ' | 'ڳ' => "g",
        'ڭ' => "ng",
        'ل' | 'ڵ' => "l",
        'م' => "m",
        'ن' | 'ں' | 'ڼ' => "n",
        'و' | 'ؤ' | 'ۇ' | 'ۆ' | 'ۈ' => "w",
        'ي' | 'ی' | 'ى' | 'ئ' | 'ۍ' | 'ے' | 'ې' | 'ێ' | 'ۓ' => "y",
        // The Uyghur and Kurdish short e; at the end of a Persian word the same shape is a heh.
        'ە' if last => "h",
        'ە' => "a",
        // Hamza alone, tatweel and vowel marks carry nothing that a spelling keeps.
        'ء' | 'ـ' | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6ED}' => "",
        '٠'..='٩' => return digit(c as u32 - 0x660, out),
        '۰'..='۹' => return digit(c as u32 - 0x6F0, out),
        _ => return false,
    };
    out.push_str(text);
    true
}

fn digit(value: u32, out: &mut String) -> bool {
    out.extend(char::from_digit(value, 10));
    true
}
