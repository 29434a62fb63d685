//! The words of a running text, with what decides whether a name can go through them.
//!
//! In comes text, out come [`TextWord`]s: tokens with their case, whether they are ordinary words, and whether something
//! that no name contains stands between one and the next.

use mihenk_entities::country::Country;
use mihenk_names::{Script, Token, name::is_ordinary_word, tokenize};

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
}

/// The words of a text.
pub(super) fn read(text: &str) -> Vec<TextWord> {
    let tokens = tokenize(text);
    let cased = case_says_something(text, &tokens);
    let mut out: Vec<TextWord> = Vec::with_capacity(tokens.len());
    let mut end = 0;
    for token in tokens {
        let source = &text[token.start..token.end];
        let has_case = cased && token.script.has_case();
        let capital = !has_case
            || source.chars().next().is_some_and(char::is_uppercase)
            || source.starts_with(|c: char| c.is_ascii_digit());
        let letters = source.chars().filter(|c| c.is_alphabetic()).count();
        let all_capitals = has_case && letters >= 2 && source.chars().all(|c| !c.is_lowercase());
        let ordinary = is_ordinary_word(&token.form) || Country::parse(source).is_some();
        // Letters of one character, such as the parts of a ligature, may be tokens that share a place.
        let between = text.get(end..token.start).unwrap_or_default();
        let cut_before = cuts(between, out.last().map(|w| &w.token));
        end = token.end.max(end);
        out.push(TextWord { token, capital, all_capitals, ordinary, cut_before });
    }
    out
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
