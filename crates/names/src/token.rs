//! Cuts a text into words and romanises each.
//!
//! In comes any text, out come [`Token`]s in order, each with its place in the source in bytes. Characters are first
//! brought to normal form NFKC cluster by cluster (so that places stay true); format characters (zero-width, bidirectional
//! controls, soft hyphens) and combining marks that are no letters vanish; apostrophes inside a word join it; everything
//! else that is neither letter nor digit separates. The sign `%` is the word that is spoken for it. Chinese and Korean write no spaces: there each syllable is a token.
//! A word that mixes look-alike letters of several alphabets is repaired by `confusable.rs`. What a token *means*
//! in a name is not decided here but in [`crate::name`].

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::{confusable, place, romanise::romanise, script::Script};

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Romanised lower-case ASCII, letters and digits; never empty.
    pub form: String,
    /// The script most of its letters are of.
    pub script: Script,
    /// Byte offset of its first character in the source.
    pub start: usize,
    /// Byte offset just behind its last character.
    pub end: usize,
    /// Whether a full stop follows at once, as behind an initial or an abbreviation.
    pub dotted: bool,
}

/// Words longer than this, in romanised letters, are cut: no name has one, and the cost of comparing grows with it.
pub const FORM_LEN_MAX: usize = 64;

/// Cuts `text` into tokens.
#[must_use]
pub fn tokenize(text: &str) -> Vec<Token> {
    let mut out = Vec::with_capacity(8);
    if text.is_ascii() {
        ascii(text, &mut out);
    } else {
        place::cut(text, |place| out.push(place.into_token(text)));
        confusable::repair_words(text, &mut out, 0);
    }
    out
}

/// The common case, without normalisation.
fn ascii(text: &str, out: &mut Vec<Token>) {
    let bytes = text.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        let (start, mut form) = (i, String::new());
        if is_percent(bytes[i] as char, |ahead| bytes.get(i + ahead).map(|&b| b as char)) {
            form.push_str(PERCENT);
            i += 1;
        } else if !bytes[i].is_ascii_alphanumeric() {
            i += 1;
            continue;
        }
        let goes_on = form.is_empty() || bytes.get(i).is_some_and(u8::is_ascii_alphabetic);
        let end = loop {
            if !goes_on {
                break i;
            }
            let run = bytes[i..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
            form.push_str(&text[i..i + run.min(FORM_LEN_MAX - form.len())]);
            i += run;
            let joins = bytes.get(i).is_some_and(|&b| is_apostrophe(b as char))
                && bytes.get(i + 1).is_some_and(u8::is_ascii_alphanumeric);
            if !joins {
                break i;
            }
            i += 1;
        };
        form.make_ascii_lowercase();
        let dotted = bytes.get(end) == Some(&b'.');
        out.push(Token { form, script: Script::Latin, start, end, dotted });
    }
    for token in out.iter_mut().filter(|t| t.form.bytes().all(|b| b.is_ascii_digit())) {
        token.script = Script::Common;
    }
}

/// One character after normalisation, with the bytes of the source it came from.
#[derive(Clone, Copy)]
struct Placed {
    c: char,
    start: usize,
    end: usize,
}

/// Any text, with normalisation, character by character; words of look-alikes stay what they are.
pub(crate) fn unicode(text: &str, out: &mut Vec<Token>) {
    let letters = normalise(text);
    let mut word: Vec<Placed> = Vec::new();
    for (i, &placed) in letters.iter().enumerate() {
        let c = placed.c;
        if is_percent(c, |ahead| letters.get(i + ahead).map(|l| l.c)) {
            finish(text, &mut word, out);
            word.extend(PERCENT.chars().map(|c| Placed { c, ..placed }));
            if letters.get(i + 1).is_none_or(|next| Script::of(next.c) != Script::Latin) {
                finish(text, &mut word, out);
            }
            continue;
        }
        if c.is_alphanumeric() || is_combining_mark(c) {
            let script = Script::of(c);
            let syllable = script.is_syllabic();
            let before_was_syllable = word.last().is_some_and(|p| Script::of(p.c).is_syllabic());
            if syllable || before_was_syllable {
                finish(text, &mut word, out);
            }
            word.push(placed);
            continue;
        }
        let joins = is_apostrophe(c) && !word.is_empty() && letters.get(i + 1).is_some_and(|n| n.c.is_alphanumeric());
        if !joins {
            finish(text, &mut word, out);
        }
    }
    finish(text, &mut word, out);
}

/// NFKC, cluster by cluster; format characters are left out.
fn normalise(text: &str) -> Vec<Placed> {
    let mut out = Vec::with_capacity(text.len());
    let mut cluster = String::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if is_format(first) {
            continue;
        }
        // NFKC would write the sign as two letters and grow them together with the digit behind it.
        if first == '№' {
            out.push(Placed { c: ' ', start, end: start + first.len_utf8() });
            continue;
        }
        cluster.clear();
        cluster.push(first);
        let mut end = start + first.len_utf8();
        while let Some(&(at, next)) = chars.peek() {
            if !(is_combining_mark(next) || is_format(next)) {
                break;
            }
            if !is_format(next) {
                cluster.push(next);
                end = at + next.len_utf8();
            }
            chars.next();
        }
        if cluster.len() == 1 {
            out.push(Placed { c: first, start, end });
        } else {
            out.extend(cluster.nfkc().map(|c| Placed { c, start, end }));
        }
    }
    out
}

fn finish(text: &str, word: &mut Vec<Placed>, out: &mut Vec<Token>) {
    let (Some(first), Some(last)) = (word.first(), word.last()) else { return };
    let (start, end) = (first.start, last.end);
    let script = majority(word);
    let mut chars: Vec<char> = word.iter().map(|p| p.c).filter(|&c| keeps(c, script)).take(FORM_LEN_MAX).collect();
    confusable::repair_letters(&mut chars, script);
    word.clear();
    let mut form = String::with_capacity(chars.len() + 4);
    romanise(&chars, script, &mut form);
    form.truncate(FORM_LEN_MAX);
    if form.is_empty() {
        return;
    }
    let dotted = is_dotted(text, end);
    out.push(Token { form, script, start, end, dotted });
}

/// The word that is spoken for `%`.
const PERCENT: &str = "percent";

/// Whether a character is a percent sign that is spoken; `ahead` gives those behind it. It begins a word, and Latin letters that
/// follow at once go on with it: *3%ers* is *three percenters*. Before two hexadecimal digits the sign stands for a byte of an
/// address (RFC 3986, section 2.1).
fn is_percent(c: char, ahead: impl Fn(usize) -> Option<char>) -> bool {
    c == '%' && !(1..=2).all(|i| ahead(i).is_some_and(|c| c.is_ascii_hexdigit()))
}

/// Whether a full stop stands at a byte.
pub(crate) fn is_dotted(text: &str, end: usize) -> bool {
    text[end..].starts_with(['.', '．', '。'])
}

/// Combining marks are letters in scripts that write vowels with them, ornaments everywhere else.
fn keeps(c: char, script: Script) -> bool {
    !is_combining_mark(c) || matches!(script, Script::Devanagari | Script::Other | Script::Kana)
}

/// The script of most letters; digits have none. On a tie the script that comes first wins.
fn majority(word: &[Placed]) -> Script {
    let first = word.iter().map(|p| Script::of(p.c)).find(|&s| s != Script::Common).unwrap_or(Script::Common);
    if word.iter().all(|p| matches!(Script::of(p.c), s if s == first || s == Script::Common)) {
        return first;
    }
    let mut counts = [0u32; 16];
    for p in word.iter().filter(|p| !is_combining_mark(p.c)) {
        counts[Script::of(p.c) as usize] += 1;
    }
    counts[Script::Common as usize] = 0;
    let most = counts.iter().max().copied().unwrap_or(0);
    word.iter().map(|p| Script::of(p.c)).find(|&s| counts[s as usize] == most && most > 0).unwrap_or(first)
}

/// Whether `c` is one of the marks that stand for an apostrophe inside a name.
#[must_use]
pub fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '`' | '´' | '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{2032}' | '\u{FF07}' | '\u{5F3}' | '\u{55A}'
    )
}

/// Characters without width or meaning of their own: category Cf of the Unicode Standard, as far as texts contain it.
#[must_use]
pub fn is_format(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(text: &str) -> Vec<String> {
        tokenize(text).into_iter().map(|t| t.form).collect()
    }

    #[test]
    fn words_are_cut_at_what_is_no_letter() {
        assert_eq!(forms("Jum'ah, AL-'ABD (b. 1960)"), ["jumah", "al", "abd", "b", "1960"]);
        assert_eq!(forms("D’Agostino_Casado/Su.Yong"), ["dagostino", "casado", "su", "yong"]);
        assert_eq!(forms("Завод №12"), ["zavod", "12"]);
        assert_eq!(forms("习近平"), ["xi", "jin", "ping"]);
        assert_eq!(forms("김정은"), ["gim", "jeong", "eun"]);
        assert_eq!(forms(" \u{202E}!?— "), Vec::<String>::new());
    }

    #[test]
    fn a_percent_sign_is_the_word_that_is_spoken_for_it() {
        for (text, expected) in [
            ("3%ers", vec!["3", "percenters"]),
            ("3%er's", vec!["3", "percenters"]),
            ("III%ers", vec!["iii", "percenters"]),
            ("３％ers", vec!["3", "percenters"]),
            ("100% Halal", vec!["100", "percent", "halal"]),
            ("100 % Halal", vec!["100", "percent", "halal"]),
            ("100%, Halal", vec!["100", "percent", "halal"]),
            ("100%-Halal", vec!["100", "percent", "halal"]),
            ("100%'s", vec!["100", "percent", "s"]),
            ("5%10", vec!["5", "10"]),
            ("50%5x", vec!["50", "percent", "5x"]),
            ("% Ärger", vec!["percent", "arger"]),
            ("100%халяль", vec!["100", "percent", "khalyal"]),
            ("example.org/a%20b%C3%A9", vec!["example", "org", "a", "20b", "c3", "a9"]),
        ] {
            assert_eq!(forms(text), expected, "{text}");
        }
        let tokens = tokenize("3%ers.");
        assert_eq!((tokens[1].start, tokens[1].end, tokens[1].dotted), (1, 5, true));
    }

    #[test]
    fn invisible_characters_and_marks_do_not_hide_a_name() {
        assert_eq!(forms("Franc\u{200D}isco Gon\u{AD}zalez"), ["francisco", "gonzalez"]);
        assert_eq!(forms("محمّد"), forms("محمد"));
        assert_eq!(forms("محـــمد"), forms("محمد"));
        assert_eq!(forms("Ka\u{327}mran"), ["kamran"]);
        assert_eq!(forms("Сергей".nfd().collect::<String>().as_str()), forms("Сергей"));
        assert_eq!(forms("ﻤﺣﻤﺩ"), forms("محمد"));
        assert_eq!(forms("ｶﾞﾝｼﾞｰ ﾊﾟｰｸ"), ["ganji", "paku"], "half-width kana carry their marks behind them");
        assert_eq!(forms("か\u{3099}んし\u{3099}"), ["ganji"]);
    }

    #[test]
    fn look_alike_letters_of_another_alphabet_are_read_as_meant() {
        assert_eq!(forms("Pаvеl"), ["pavel"], "Cyrillic а and е in a Latin word");
        assert_eq!(forms("Pavel АСЕ"), ["pavel", "ace"], "a Cyrillic word of look-alikes in a Latin name");
        assert_eq!(forms("Сергей"), ["sergey"], "a Cyrillic name stays Cyrillic");
        assert_eq!(forms("Сepгей"), ["sergey"], "Latin e and p in a Cyrillic word");
        assert_eq!(forms("Ꭺli Shamkhani"), ["ali", "shamkhani"], "a Cherokee letter");
        assert_eq!(forms("ᎪᏞᎥ Shamkhani"), ["ali", "shamkhani"], "a word of Cherokee letters");
        assert_eq!(forms("ꓮꓡꓲ Shamkhani"), ["ali", "shamkhani"], "a word of Lisu letters");
    }

    #[test]
    fn places_are_bytes_of_the_source() {
        let text = "«Şahin» Ａli, x́.";
        let tokens = tokenize(text);
        let words: Vec<&str> = tokens.iter().map(|t| &text[t.start..t.end]).collect();
        assert_eq!(words, ["Şahin", "Ａli", "x́"]);
        assert_eq!(tokens.iter().map(|t| t.dotted).collect::<Vec<_>>(), [false, false, true]);
    }
}
