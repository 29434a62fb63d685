//! The words of a running text, with what decides whether a name can go through them.
//!
//! In comes text, out come [`TextWord`]s: tokens with their case, whether they are ordinary words, and whether something
//! that no name contains stands between one and the next. Prose adds to names what is no part of them: *Belmokhtar's*,
//! *Karayılan'ın*, *d'Al-Qaïda*, «وعلي». Whether such letters belong to the name cannot be seen from the word (*Jama'at*,
//! *D'Angelo*, «وليد»), so it has both: the word as it stands and its [`TextWord::stem`].

use mihenk_entities::country::Country;
use mihenk_names::{Script, Token, name::is_ordinary_word, token::is_apostrophe, tokenize};

/// A word of a text.
#[derive(Clone, Debug)]
pub(super) struct TextWord {
    /// The token.
    pub(super) token: Token,
    /// Whether it may be part of a name by its case; always true where case says nothing.
    pub(super) capital: bool,
    /// Whether it is all capitals, in a text where that says something.
    pub(super) all_capitals: bool,
    /// Whether it is an ordinary word, a country or a nationality.
    pub(super) ordinary: bool,
    /// Whether something that ends a name stands before it.
    pub(super) cut_before: bool,
    /// The word without what prose may have added to it.
    pub(super) stem: Option<Box<TextWord>>,
}

/// The words of a text.
pub(super) fn read(text: &str) -> Vec<TextWord> {
    let tokens = tokenize(text);
    let cased = case_says_something(text, &tokens);
    let ends = line_ends(text);
    let mut out: Vec<TextWord> = Vec::with_capacity(tokens.len());
    let mut end = 0;
    for token in tokens {
        // Letters of one character, such as the parts of a ligature, may be tokens that share a place.
        let between = text.get(end..token.start).unwrap_or_default();
        let is_line = between.contains('\n') && ends.binary_search(&(end + between.find('\n').unwrap_or(0))).is_ok();
        let cut_before = is_line || cuts(between, out.last().map(|w| &w.token));
        end = token.end.max(end);
        let mut word = word(text, token, cased, cut_before);
        word.stem = stem(text, &word, cased).map(Box::new);
        word.ordinary |= word.stem.as_ref().is_some_and(|stem| stem.ordinary);
        out.push(word);
    }
    out
}

fn word(text: &str, token: Token, cased: bool, cut_before: bool) -> TextWord {
    let source = &text[token.start..token.end];
    let has_case = cased && token.script.has_case();
    let capital = !has_case
        || source.chars().next().is_some_and(char::is_uppercase)
        || source.starts_with(|c: char| c.is_ascii_digit());
    let letters = source.chars().filter(|c| c.is_alphabetic()).count();
    let all_capitals = has_case && letters >= 2 && source.chars().all(|c| !c.is_lowercase());
    let ordinary = is_ordinary_word(&token.form) || Country::parse(source).is_some();
    TextWord { token, capital, all_capitals, ordinary, cut_before, stem: None }
}

/// The word without what prose may have added.
fn stem(text: &str, word: &TextWord, cased: bool) -> Option<TextWord> {
    let source = &text[word.token.start..word.token.end];
    let range =
        if word.token.script == Script::Arabic { without_arabic_prefix(source)? } else { without_apostrophe(source)? };
    let (start, end) = (word.token.start + range.0, word.token.start + range.1);
    let mut token = tokenize(&text[start..end]).into_iter().next()?;
    (token.start, token.end) = (token.start + start, token.end + start);
    Some(self::word(text, token, cased, word.cut_before || start > word.token.start))
}

/// Endings that Turkish writes behind the apostrophe of a name are at most so long (*-daki*, *-ndan*).
const ENDING_MAX: usize = 4;
/// French, Italian and Catalan write words so long before the apostrophe of a name (*d'*, *qu'*, *dell'*).
const ARTICLE_MAX: usize = 5;

/// *Karayılan'ın* is *Karayılan*, *PKK's* is *PKK*, *d'Abdelmalek* is *Abdelmalek*.
fn without_apostrophe(source: &str) -> Option<(usize, usize)> {
    let (at, mark) = source.char_indices().rfind(|(_, c)| is_apostrophe(*c))?;
    let (before, behind) = (&source[..at], &source[at + mark.len_utf8()..]);
    let letters = before.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = before.chars().all(|c| !c.is_lowercase());
    if letters >= 4 || letters >= 2 && capitals {
        let ending = behind.chars().count() <= ENDING_MAX
            && (behind.chars().all(char::is_lowercase) || capitals && behind.chars().all(char::is_uppercase));
        if ending {
            return Some((0, at));
        }
    }
    let elided = (1..=ARTICLE_MAX).contains(&letters)
        && before.chars().skip(1).all(char::is_lowercase)
        && behind.starts_with(char::is_uppercase);
    elided.then_some((at + mark.len_utf8(), source.len()))
}

/// «وعلي» is *and Ali*, «لداعش» *to Daesh*, «للقاعدة» *to al-Qaida*: one letter, or two before the article.
fn without_arabic_prefix(source: &str) -> Option<(usize, usize)> {
    const LEAST_LEFT: usize = 3;
    let first = source.chars().next().filter(|c| "وفبلك".contains(*c))?;
    let mut rest = &source[first.len_utf8()..];
    if first == 'ل' {
        rest = rest.strip_prefix('ل').unwrap_or(rest);
    } else if let Some(after) = rest.strip_prefix("لل") {
        // «ولل…»: and to the
        rest = after;
    }
    (rest.chars().filter(|c| c.is_alphabetic()).count() >= LEAST_LEFT)
        .then_some((source.len() - rest.len(), source.len()))
}

/// In a text of nothing but capitals, or without any, case marks no names.
fn case_says_something(text: &str, tokens: &[Token]) -> bool {
    let cased = tokens.iter().filter(|t| t.script.has_case() && t.script != Script::Common);
    let (mut capital, mut small) = (0usize, 0usize);
    for token in cased {
        let source = &text[token.start..token.end];
        if source.chars().any(char::is_lowercase) && !source.starts_with(char::is_uppercase) {
            small += 1;
        } else {
            capital += 1;
        }
    }
    small > 0 && capital > 0 && small * 4 > capital
}

/// The line ends that were meant: not those where a paragraph was wrapped, so that the next word would not have had room in
/// the line. A list of names has one in each line, and no name goes from one line to the next.
fn line_ends(text: &str) -> Vec<usize> {
    let mut out = Vec::new();
    let width = |line: &str| line.trim_end().chars().count();
    let mut paragraph: Vec<(usize, &str)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n').chain(["\n"]) {
        if !line.trim().is_empty() {
            paragraph.push((at + line.len() - 1, line));
            at += line.len();
            continue;
        }
        at += line.len();
        let widest = paragraph.iter().map(|(_, line)| width(line)).max().unwrap_or(0);
        for pair in paragraph.windows(2) {
            let next = pair[1].1.split_whitespace().next().map_or(0, |word| word.chars().count());
            if width(pair[0].1) + 1 + next <= widest {
                out.push(pair[0].0);
            }
        }
        paragraph.clear();
    }
    out
}

/// Whether the characters between two words end a name. A full stop behind a single letter or a short abbreviation does not,
/// nor does a line's end.
fn cuts(between: &str, before: Option<&Token>) -> bool {
    let Some(before) = before else { return true };
    let abbreviated = before.form.len() <= 2;
    let mut lines = 0;
    for c in between.chars() {
        match c {
            '.' | '．' if abbreviated => {}
            '\n' => lines += 1,
            '.' | '!' | '?' | ';' | ':' | ',' | '(' | ')' | '[' | ']' | '{' | '}' | '«' | '»' | '"' | '“' | '”'
            | '|' | '/' | '•' | '،' | '؛' | '؟' | '。' | '，' | '、' | '；' | '：' | '<' | '>' | '=' => {
                return true;
            }
            _ => {}
        }
    }
    lines > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each word with what is left of it without additions.
    fn stems(text: &str) -> Vec<(String, Option<String>)> {
        let of = |w: &TextWord| text[w.token.start..w.token.end].to_owned();
        read(text).iter().map(|w| (of(w), w.stem.as_deref().map(of))).collect()
    }

    #[test]
    fn what_prose_adds_to_a_name_is_no_part_of_its_stem() {
        for (word, stem) in [
            ("Belmokhtar's", Some("Belmokhtar")),
            ("Belmokhtar’s", Some("Belmokhtar")),
            ("Karayılan'ın", Some("Karayılan")),
            ("PKK'nın", Some("PKK")),
            ("ISIL'S", Some("ISIL")),
            ("IŞİD’den", Some("IŞİD")),
            ("d'Abdelmalek", Some("Abdelmalek")),
            ("dell'ISIS", Some("ISIS")),
            ("وعلي", Some("علي")),
            ("لداعش", Some("داعش")),
            ("للقاعدة", Some("قاعدة")),
            ("والظواهري", Some("الظواهري")),
            ("Qa'ida", None),
            ("Ra'id", None),
            ("Da'esh", None),
            ("Jama'atu", Some("Jama")),
            ("بن", None),
            ("Shamkhani", None),
        ] {
            assert_eq!(stems(word), [(word.to_owned(), stem.map(str::to_owned))]);
        }
    }

    #[test]
    fn a_list_has_a_name_in_each_line_and_a_wrapped_paragraph_has_not() {
        let cut = |text: &str| {
            read(text).iter().skip(1).filter(|w| w.cut_before).map(|w| w.token.form.clone()).collect::<Vec<_>>()
        };
        assert_eq!(cut("they spoke of Ali\nShamkhani and of\nothers there"), Vec::<String>::new());
        assert_eq!(
            cut("Ali Hassan\nOmar Khalid Abdullah\r\nIbrahim\nSaid Ahmed Muhammadi Khan Bahadur"),
            ["omar", "ibrahim", "said"]
        );
        assert_eq!(cut("one\n\ntwo"), ["two"]);
    }

    #[test]
    fn a_country_with_an_ending_is_an_ordinary_word() {
        assert!(read("Iran's")[0].ordinary && read("Türkiye'nin")[0].ordinary && !read("Belmokhtar's")[0].ordinary);
    }
}
