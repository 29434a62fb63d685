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
pub(crate) fn canonical(form: &str, bearer: Bearer) -> String {
    if bearer != Bearer::Person {
        return form.to_owned();
    }
    let mut out = form.to_owned();
    if let Some(rest) = form.strip_prefix("abd").filter(|r| r.len() > 4) {
        let vowels = rest.bytes().take_while(|&b| crate::sound::is_vowel(b)).count();
        let tail = &rest[vowels..];
        let b = tail.as_bytes();
        // In "Abdelerrahmane" the article stands twice, as it is written and as it is spoken.
        let twice = |b: &[u8]| matches!(b, [b'l', b'a' | b'e' | b'u', x, y, ..] if x == y && b.len() > 5);
        let assimilated = b.len() > 3 && (b[0] == b'l' && !crate::sound::is_vowel(b[1]) || b[0] == b[1]);
        if vowels > 0 && twice(b) {
            out = format!("abd{}", &tail[3..]);
        } else if vowels > 0 && assimilated {
            out = format!("abd{}", &tail[1..]);
        }
    }
    for ending in ["din", "deen", "dine", "dien"] {
        let Some(stem) = out.strip_suffix(ending) else { continue };
        let article = ["oud", "al", "el", "ul", "ol", "ud", "ed", "ad", "od", "id", "ou", "u", "e", "o"]
            .iter()
            .find_map(|a| stem.strip_suffix(a));
        // Of "Jalaldin" and "Jamaldin" the *al* belongs to the name.
        let own =
            |s: &str| matches!(s, "jal" | "jam" | "gal" | "gam" | "kam" | "kem" | "cem" | "cel" | "djal" | "djam");
        if let Some(article) = article.filter(|s| s.len() >= 3) {
            let whole = own(article) && (stem.ends_with("al") || stem.ends_with("el"));
            out = format!("{}din", if whole { stem } else { article });
        }
        break;
    }
    out
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

/// Two words of a personal name as one: the particle that stood between them has fallen away, *abd* in all its spellings
/// becomes *abd*, and *din* behind a word has no article to lose any more.
pub(crate) fn joined(a: &str, b: &str, over_particle: bool) -> String {
    if is_abd(a) {
        return format!("abd{b}");
    }
    if is_dhu(a) && (over_particle || a.ends_with('l')) && b.len() >= 4 {
        return format!("zul{b}");
    }
    if is_din(b) && a.len() >= 3 {
        return format!("{a}din");
    }
    canonical(&format!("{a}{b}"), Bearer::Person)
}
