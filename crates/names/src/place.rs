//! Where the words of a long text stand, found without reading each of them.
//!
//! In comes a text, out come [`Place`]s: one for each token that [`tokenize`](crate::tokenize) gives, in the same order, with
//! what can be seen of it from its letters alone. Most words of a text are of no interest, so their forms are not worked out
//! and nothing is kept of them but their place. Words of Latin or Arabic letters that are the same in normal form NFKC are
//! seen byte by byte; what stands between two blanks and has any other character is cut by [`crate::token`], and keeps its
//! token.

use std::sync::LazyLock;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::{
    confusable,
    romanise::romanise,
    script::Script,
    token::{FORM_LEN_MAX, Token, is_apostrophe, is_dotted, is_format, unicode},
};

/// A word of a text, not read yet.
#[derive(Clone, Debug)]
pub struct Place {
    /// Byte offset of its first character in the text.
    pub start: usize,
    /// Byte offset just behind its last character.
    pub end: usize,
    /// The script most of its letters are of.
    pub script: Script,
    /// Letters of its romanised form; 3 stands for three or more.
    pub letters: u8,
    /// Whether its first character is a capital.
    pub starts_upper: bool,
    /// Whether its first character is a digit from 0 to 9.
    pub starts_digit: bool,
    /// Whether any of its characters is a small letter.
    pub has_lower: bool,
    /// Whether it has an apostrophe inside.
    pub has_apostrophe: bool,
    /// The token, when it cannot be had from the characters of the place alone.
    pub token: Option<Box<Token>>,
}

/// The places of the tokens of a text.
#[must_use]
pub fn places(text: &str) -> Vec<Place> {
    let mut out = Vec::with_capacity(text.len() / 8 + 4);
    cut(text, |place| out.push(place));
    if !text.is_ascii() {
        repair_words(text, &mut out);
    }
    out
}

/// Calls `each` with the places of a text in order; words of look-alikes stay what they are.
pub(crate) fn cut(text: &str, each: impl FnMut(Place)) {
    Cutter { text, classes: &CLASSES, each }.run();
}

impl Place {
    /// The token of a place.
    pub(crate) fn into_token(self, text: &str) -> Token {
        let Place { start, end, script, .. } = self;
        if let Some(token) = self.token {
            return *token;
        }
        let mut form = String::with_capacity(end - start);
        plain_form(&text[start..end], script, &mut form);
        Token { form, script, start, end, dotted: is_dotted(text, end) }
    }
}

/// The romanised form of a word of plain letters, as its token has it: of a [`Place`] that holds no token, or of some of its
/// characters. Empty where nothing of the word is left.
pub fn plain_form(source: &str, script: Script, form: &mut String) {
    form.clear();
    if script == Script::Arabic {
        let mut letters = ['\0'; FORM_LEN_MAX];
        let mut count = 0;
        for (slot, c) in letters.iter_mut().zip(source.chars()) {
            *slot = c;
            count += 1;
        }
        romanise(&letters[..count], script, form);
        form.truncate(FORM_LEN_MAX);
        return;
    }
    for c in source.chars() {
        if c.is_ascii_alphanumeric() {
            form.push(c.to_ascii_lowercase());
        } else if !is_apostrophe(c) {
            romanise(&[c], script, form);
        }
    }
}

/// What a character is to a cutter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// Anything that must be looked at with its neighbours.
    Other,
    Separator,
    Apostrophe,
    /// The sign that is spoken as a word.
    Percent,
    Digit,
    LatinSmall,
    LatinCapital,
    /// An Arabic letter that always has a Latin one.
    Arabic,
    /// An Arabic letter that has none in some places.
    ArabicSilent,
}

/// The classes of characters of at most two bytes.
static CLASSES: LazyLock<[Class; 0x800]> = LazyLock::new(|| {
    let mut all = [Class::Other; 0x800];
    for (code, class) in (0..).zip(&mut all) {
        *class = char::from_u32(code).map_or(Class::Other, class_of);
    }
    all
});

fn class_of(c: char) -> Class {
    if is_apostrophe(c) && c.nfkc().eq([c]) {
        return Class::Apostrophe;
    }
    if c.is_ascii_digit() {
        return Class::Digit;
    }
    if c == '%' {
        return Class::Percent;
    }
    if is_format(c) || is_combining_mark(c) {
        return Class::Other;
    }
    if !c.is_alphanumeric() {
        let separates = |c: char| !(c.is_alphanumeric() || is_combining_mark(c) || is_format(c) || is_apostrophe(c));
        return if c.nfkc().all(separates) { Class::Separator } else { Class::Other };
    }
    if !c.is_alphabetic() || !c.nfkc().eq([c]) {
        return Class::Other;
    }
    match Script::of(c) {
        Script::Latin => {
            let mut form = String::new();
            romanise(&[c], Script::Latin, &mut form);
            match (form.is_empty(), c.is_uppercase(), c.is_lowercase()) {
                (false, true, false) => Class::LatinCapital,
                (false, false, true) => Class::LatinSmall,
                _ => Class::Other,
            }
        }
        Script::Arabic if is_heard(c) => Class::Arabic,
        Script::Arabic => Class::ArabicSilent,
        _ => Class::Other,
    }
}

/// Whether an Arabic letter has a Latin one wherever it stands in a word.
fn is_heard(c: char) -> bool {
    let beside = ['ب', c, 'ب'];
    [&beside[..2], &beside[1..], &beside[..]].iter().all(|word| {
        let (mut with, mut without) = (String::new(), String::new());
        romanise(word, Script::Arabic, &mut with);
        word.iter().filter(|l| **l == 'ب').for_each(|_| without.push('b'));
        with.len() > without.len()
    })
}

struct Cutter<'a, F> {
    text: &'a str,
    classes: &'static [Class; 0x800],
    each: F,
}

impl<F: FnMut(Place)> Cutter<'_, F> {
    fn run(&mut self) {
        let mut at = 0;
        while at < self.text.len() {
            let (class, len) = self.class(at);
            at = match class {
                Class::Separator | Class::Apostrophe => at + len,
                Class::Other | Class::Percent => self.cut_slowly(at),
                _ => self.word(at).unwrap_or_else(|| self.cut_slowly(at)),
            };
        }
    }

    /// The class of the character at a byte, and how many bytes it takes.
    #[inline]
    fn class(&self, at: usize) -> (Class, usize) {
        let bytes = self.text.as_bytes();
        let first = bytes[at];
        if first < 0x80 {
            return (self.classes[usize::from(first)], 1);
        }
        if first < 0xE0 {
            let code = usize::from(first & 0x1F) << 6 | usize::from(bytes[at + 1] & 0x3F);
            return (self.classes[code], 2);
        }
        if first == 0xE2 && bytes[at + 1] == 0x80 {
            // U+2000 to U+203F: dashes, quotation marks, the bullet and the ellipsis.
            let class = match bytes[at + 2] {
                0x90 | 0x92..=0x95 | 0x9C..=0x9E | 0xA2 | 0xA6 => Class::Separator,
                0x98 | 0x99 => Class::Apostrophe,
                _ => Class::Other,
            };
            return (class, 3);
        }
        (Class::Other, if first < 0xF0 { 3 } else { 4 })
    }

    /// Takes a word of plain letters; where the next one may begin, or nothing when its characters need a closer look.
    fn word(&mut self, start: usize) -> Option<usize> {
        // Most words of a text are English letters and nothing else, or begin with some.
        let (mut at, mut has_lower) = english_letters(self.text.as_bytes(), start);
        let (mut letters, mut has_apostrophe) = (at - start, false);
        let (mut script, mut heard) = (if letters > 0 { Script::Latin } else { Script::Common }, letters);
        while at < self.text.len() {
            let (class, len) = self.class(at);
            let of = match class {
                Class::Separator => break,
                Class::Other | Class::Percent => return None,
                Class::Apostrophe => {
                    match self.text.as_bytes().get(at + len).map_or(Class::Separator, |_| self.class(at + len).0) {
                        Class::Separator | Class::Apostrophe | Class::Percent => break,
                        Class::Other | Class::Arabic | Class::ArabicSilent => return None,
                        _ if script == Script::Arabic => return None,
                        _ => has_apostrophe = true,
                    }
                    at += len;
                    continue;
                }
                Class::Digit => script,
                Class::LatinSmall | Class::LatinCapital => Script::Latin,
                Class::Arabic | Class::ArabicSilent => Script::Arabic,
            };
            let is_mixed = of != script && (script != Script::Common || of == Script::Arabic && at > start)
                || class == Class::Digit && script == Script::Arabic;
            if is_mixed {
                return None;
            }
            script = of;
            letters += 1;
            heard += usize::from(class != Class::ArabicSilent);
            has_lower |= class == Class::LatinSmall;
            at += len;
        }
        if letters > FORM_LEN_MAX {
            return None;
        }
        if script == Script::Arabic && heard < 3 || script == Script::Latin && letters < 3 {
            let mut form = String::new();
            plain_form(&self.text[start..at], script, &mut form);
            heard = form.len();
        }
        if heard > 0 {
            let first = self.class(start).0;
            (self.each)(Place {
                start,
                end: at,
                script,
                letters: heard.min(3) as u8,
                starts_upper: first == Class::LatinCapital,
                starts_digit: first == Class::Digit,
                has_lower,
                has_apostrophe,
                token: None,
            });
        }
        Some(at)
    }

    /// Cuts what stands around a byte up to the next blank that nothing can grow together with; where that blank is.
    fn cut_slowly(&mut self, at: usize) -> usize {
        // A mark may belong to the separator before it.
        let begin = self.text[..at].char_indices().next_back().map_or(0, |(before, _)| before);
        let mut end = at;
        while end < self.text.len() {
            let len = self.class(end).1;
            if matches!(self.text.as_bytes()[end], b' ' | b'\n' | b'\r' | b'\t')
                && self.text.as_bytes().get(end + 1).is_none_or(|_| self.class(end + 1).0 != Class::Other)
            {
                break;
            }
            end += len;
        }
        let mut tokens = Vec::new();
        unicode(&self.text[begin..end], &mut tokens);
        for mut token in tokens {
            (token.start, token.end) = (token.start + begin, token.end + begin);
            (self.each)(of_token(self.text, token));
        }
        end
    }
}

/// Where the letters from A to Z end that begin at a byte, and whether any of them is small.
#[inline]
fn english_letters(text: &[u8], start: usize) -> (usize, bool) {
    let count = text[start..].iter().take_while(|b| b.is_ascii_alphabetic()).count();
    // A small letter has the bit that tells it from its capital.
    let any = text[start..start + count].iter().fold(0, |all, b| all | b);
    (start + count, any & 0x20 != 0)
}

/// The place of a token.
fn of_token(text: &str, token: Token) -> Place {
    let source = &text[token.start..token.end];
    Place {
        start: token.start,
        end: token.end,
        script: token.script,
        letters: token.form.len().min(3) as u8,
        starts_upper: source.starts_with(char::is_uppercase),
        starts_digit: source.starts_with(|c: char| c.is_ascii_digit()),
        has_lower: source.chars().any(char::is_lowercase),
        has_apostrophe: true,
        token: Some(Box::new(token)),
    }
}

/// Reads words of look-alikes as what they look like, as [`confusable::repair_words`] does; no plain word is one.
fn repair_words(text: &str, places: &mut [Place]) {
    let is_latin = |p: &&Place| p.token.is_none() && p.script == Script::Latin && p.letters > 1;
    let latin = places.iter().filter(is_latin).count();
    let at: Vec<usize> = (0..places.len()).filter(|&i| places[i].token.is_some()).collect();
    let mut tokens: Vec<Token> = at.iter().filter_map(|&i| places[i].token.take()).map(|token| *token).collect();
    confusable::repair_words(text, &mut tokens, latin);
    for (i, token) in at.into_iter().zip(tokens) {
        places[i] = of_token(text, token);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::token::tokenize;

    /// The tokens of a text, read character by character.
    fn read_slowly(text: &str) -> Vec<Token> {
        let mut tokens = Vec::new();
        unicode(text, &mut tokens);
        confusable::repair_words(text, &mut tokens, 0);
        tokens
    }

    /// What a text is cut into, by the words that are read and by their places.
    fn both(text: &str) {
        let (tokens, places) = (read_slowly(text), places(text));
        assert_eq!(tokens, tokenize(text), "{text:?}");
        let seen = |p: &Place| (p.start, p.end, p.script, p.letters);
        let read = |t: &Token| (t.start, t.end, t.script, t.form.len().min(3) as u8);
        assert_eq!(
            tokens.iter().map(read).collect::<Vec<_>>(),
            places.iter().map(seen).collect::<Vec<_>>(),
            "{text:?}"
        );
        for (token, place) in tokens.iter().zip(&places) {
            let source = &text[place.start..place.end];
            assert_eq!(place.starts_upper, source.starts_with(char::is_uppercase), "{source:?}");
            assert_eq!(place.starts_digit, source.starts_with(|c: char| c.is_ascii_digit()), "{source:?}");
            assert_eq!(place.has_lower, source.chars().any(char::is_lowercase), "{source:?}");
            match &place.token {
                Some(kept) => assert_eq!((&kept.form, kept.script), (&token.form, token.script), "{source:?}"),
                None => {
                    let mut form = String::new();
                    plain_form(source, place.script, &mut form);
                    assert_eq!(form, token.form, "{source:?}");
                    let alone = read_slowly(source);
                    assert_eq!((alone.len(), &alone[0].form, alone[0].script), (1, &token.form, token.script));
                    assert!(place.has_apostrophe || !source.contains(is_apostrophe));
                }
            }
        }
    }

    #[test]
    fn places_are_those_of_the_tokens() {
        for text in [
            "Jum'ah, AL-'ABD (b. 1960)",
            "D’Agostino_Casado/Su.Yong’ 'quoted' “so” … it`s",
            "قال علي شمخاني، ٣٧ ع ء داعش\u{200C}ها محمّد محـــمد abcعلي علي7",
            "Pаvеl Pavel АСЕ Сергей 习近平 Завод №12 a\u{301}b =\u{338} x \u{301}y",
            "Gönül Şahin'in İNCE ĳs ſo ŉa ªb µ",
            "ﷺ ﻤﺣﻤﺩ か\u{3099}んし\u{3099}",
            "3%ers 3%er's III%ers, 100 % (é%) علي% %علي '% %' a'%b 3％ers %20 %é %%x 5%10 a%C3%A9 %\u{338}x 习%ab",
        ] {
            both(text);
            both(&text.repeat(3));
        }
        both(&"x".repeat(70));
        both(&format!("a {} b {}", "é".repeat(65), "ق".repeat(65)));
        // Every character of two bytes, alone and inside a word.
        for c in (0..0x2100).filter_map(char::from_u32) {
            both(&format!("ab {c} cd{c}ef é{c}\n بت{c} {c}بت بت{c}ثج 1{c}2 '{c}x {c}'{c}"));
        }
    }

    proptest! {
        #[test]
        fn any_text_has_the_places_of_its_tokens(text in "([a-zA-Z0-9]{1,5}|[ .,'’`%\n-]{1,2}|[éöşİıŞß]|[بتعءجالو]{1,5}|\u{200C}|\u{301}|[а-яА-Я]{1,4}|[αβγ]|\\PC){0,24}") {
            both(&text);
        }
    }
}
