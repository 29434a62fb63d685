//! How long functions are, and which lines are tests.
//!
//! In comes a file whose strings and comments are apart ([`super::scan`]); out come its [`Function`]s with their first
//! line and their length from `fn` to the closing brace, and for each line whether it belongs to a test module. Braces
//! are counted, nothing is parsed: enough for code that compiles.

use std::ops::Range;

use super::scan::{self, Source};

/// A function with a body.
#[derive(Debug, PartialEq)]
pub(crate) struct Function {
    /// Its name.
    pub(crate) name: String,
    /// Its first line, the one with `fn`, counted from 0.
    pub(crate) line: usize,
    /// How many lines it has, signature and braces included.
    pub(crate) lines: usize,
}

/// The functions of a file in the order in which they begin; one inside another counts for both.
pub(crate) fn functions(source: &Source) -> Vec<Function> {
    let mut found = Vec::new();
    for (line, code) in source.code.iter().enumerate() {
        for start in keyword(code, "fn") {
            let Some(name) = code[start + 2..].split(|c| !scan::is_word(c)).find(|word| !word.is_empty()) else {
                continue;
            };
            // `fn(u8) -> u8` is a type, not a function.
            if !code[start + 2..].starts_with(' ') {
                continue;
            }
            if let Some(last) = closing_line(source, line, start) {
                found.push(Function { name: name.to_owned(), line, lines: last - line + 1 });
            }
        }
    }
    found
}

/// The lines of `#[cfg(test)]` modules, counted from 0.
pub(crate) fn test_lines(source: &Source) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (line, code) in source.code.iter().enumerate() {
        if code.trim() == "#[cfg(test)]"
            && let Some(last) = closing_line(source, line, code.len())
        {
            found.push(line..last + 1);
        }
    }
    found
}

/// The byte positions where a keyword stands by itself.
fn keyword<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    code.match_indices(word).map(|(at, _)| at).filter(move |&at| {
        !code[..at].ends_with(scan::is_word)
            && !code[at + word.len()..].starts_with(scan::is_word)
            // `r#fn` is an identifier.
            && !code[..at].ends_with('#')
    })
}

/// The line of the brace that closes the first body after a position; None when a semicolon ends the item first.
fn closing_line(source: &Source, line: usize, column: usize) -> Option<usize> {
    let (mut braces, mut brackets) = (0_usize, 0_usize);
    for (at, code) in source.code.iter().enumerate().skip(line) {
        let from = if at == line { column } else { 0 };
        for c in code[from..].chars() {
            match c {
                '(' | '[' => brackets += 1,
                ')' | ']' => brackets = brackets.saturating_sub(1),
                '{' => braces += 1,
                '}' => {
                    braces = braces.saturating_sub(1);
                    if braces == 0 {
                        return Some(at);
                    }
                }
                // The one in `[u8; 4]` is part of a signature.
                ';' if braces == 0 && brackets == 0 => return None,
                _ => {}
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, usize, usize)> {
        functions(&Source::read(text)).into_iter().map(|f| (f.name, f.line, f.lines)).collect()
    }

    #[test]
    fn a_function_ends_at_its_own_brace() {
        let text = "impl A {\n    fn one(a: [u8; 4]) -> char {\n        if b { '}' }\n        // }\n    }\n\n    pub const fn two() {}\n}\n";
        assert_eq!(found(text), [("one".to_owned(), 1, 4), ("two".to_owned(), 6, 1)]);
    }

    #[test]
    fn what_has_no_body_is_none() {
        assert_eq!(
            found("trait A {\n    fn one(&self);\n    fn two() -> fn(u8) -> u8 {\n        f\n    }\n}"),
            [("two".to_owned(), 2, 3)]
        );
        assert!(found("type F = fn(u8) -> u8;\nlet s = \"fn a() {\n}\";").is_empty());
    }

    #[test]
    fn tests_are_told_from_the_rest() {
        let text = "fn a() {}\n\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\nfn c() {}\n";
        assert_eq!(test_lines(&Source::read(text)).first(), Some(&(2..6)));
        assert!(test_lines(&Source::read("#[cfg(test)]\nmod tests;\nfn c() {}\n")).is_empty());
    }
}
