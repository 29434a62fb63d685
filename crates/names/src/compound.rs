//! Words of a personal name that are one word in one spelling and several in the next: *Abd al-Rahman*, *Saif-ud-Din*, *Dhu
//! al-Faqar*, *Alirza oglu*.
//!
//! In come the forms of neighbours, or of one word that may hold an article; out comes one form for all the spellings. The rules
//! are those of Arabic names as they are written in Latin letters from Morocco to Indonesia, where the article between two
//! words takes any vowel and any consonant, and of the Turkic words for son and daughter.

use crate::name::Bearer;

/// Whether the word is *abd* (servant) with or without the article that follows it, in any usual spelling.
#[must_use]
pub fn is_abd(form: &str) -> bool {
    matches!(
        form,
        "abd"
            | "abdu"
            | "abdul"
            | "abdel"
            | "abdal"
            | "abdol"
            | "abdil"
            | "abdoul"
            | "abdool"
            | "abdur"
            | "abdus"
            | "abdou"
            | "abed"
            | "abid"
            | "abdull"
            | "abdell"
            | "adbul"
            | "adbel"
            | "abudl"
            | "abdl"
            | "abdle"
    )
}

/// One form for the spellings that differ only in the article inside a word: *Abdurrahman*, *Abdulrahman*; *Saifuddin*,
/// *Saifaldin*.
pub(crate) fn canonical(form: &mut String, bearer: Bearer) {
    if bearer != Bearer::Person {
        return;
    }
    if let Some(rest) = form.strip_prefix("abd").filter(|r| r.len() > 4) {
        let vowels = rest.bytes().take_while(|&b| crate::sound::is_vowel(b)).count();
        let b = &rest.as_bytes()[vowels..];
        // In "Abdelerrahmane" the article stands twice, as it is written and as it is spoken.
        let twice = |b: &[u8]| matches!(b, [b'l', b'a' | b'e' | b'u', x, y, ..] if x == y && b.len() > 5);
        let assimilated = b.len() > 3 && (b[0] == b'l' && !crate::sound::is_vowel(b[1]) || b[0] == b[1]);
        if vowels > 0 && twice(b) {
            form.replace_range(3..3 + vowels + 3, "");
        } else if vowels > 0 && assimilated {
            form.replace_range(3..3 + vowels + 1, "");
        }
    }
    let Some(stem) = DIN.iter().find_map(|ending| form.strip_suffix(ending)) else { return };
    let articles = ["oud", "al", "el", "ul", "ol", "ud", "ed", "ad", "od", "id", "ou", "u", "e", "o"];
    let Some(bare) = articles.iter().find_map(|a| stem.strip_suffix(a)).filter(|s| s.len() >= 3) else { return };
    // Of "Jalaldin" and "Jamaldin" the *al* belongs to the name.
    let own = matches!(bare, "jal" | "jam" | "gal" | "gam" | "kam" | "kem" | "cem" | "cel" | "djal" | "djam");
    let whole = own && (stem.ends_with("al") || stem.ends_with("el"));
    form.truncate(if whole { stem.len() } else { bare.len() });
    form.push_str("din");
}

/// Spellings of *din* at the end of a word.
const DIN: [&str; 4] = ["din", "deen", "dine", "dien"];

/// Whether a form of a personal name may be read as another one: *Abdulrahman* as *abdrahman*.
#[must_use]
pub fn may_change(form: &str) -> bool {
    form.starts_with("abd") || DIN.iter().any(|ending| form.ends_with(ending))
}

/// What follows *-al-* in names like *Salah al-Din*: the faith.
fn is_din(form: &str) -> bool {
    matches!(form, "din" | "deen" | "dine" | "dien" | "eddine" | "eddin" | "uddin" | "uddeen" | "aldin" | "eldin")
}

/// *Dhu* (he of), with or without the article that follows it: *Dhu al-Faqar*, *Zul Fiqar*.
fn is_dhu(form: &str) -> bool {
    matches!(form, "dhu" | "zu" | "dhul" | "zul" | "thul" | "zol" | "dhou" | "dhoul" | "zoul" | "dul")
}

/// The Turkic words for son and daughter that make one word with the father's name in some spellings.
pub(crate) fn is_patronymic(form: &str) -> bool {
    matches!(form, "oglu" | "ogly" | "oglou" | "oghlu" | "oghly" | "ogli" | "ugli" | "ugly" | "uglu" | "uulu" | "uly")
}

/// Two words of a personal name as one, behind what `out` holds: the particle that stood between them has fallen away, *abd*
/// in all its spellings becomes *abd*, and *din* behind a word has no article to lose any more.
pub(crate) fn join(a: &str, b: &str, over_particle: bool, out: &mut String) {
    let join = |a: &str, b: &str, out: &mut String| {
        out.push_str(a);
        out.push_str(b);
    };
    if is_abd(a) {
        join("abd", b, out);
    } else if is_dhu(a) && (over_particle || a.ends_with('l')) && b.len() >= 4 {
        join("zul", b, out);
    } else if is_din(b) && a.len() >= 3 {
        join(a, "din", out);
    } else {
        join(a, b, out);
        canonical(out, Bearer::Person);
    }
}
