//! Several values in one cell of a table, told apart by letters.
//!
//! In comes `a) Here, 1 b) There`; out come *Here, 1* and *There*. Lines and semicolons part values too. A letter counts where a
//! blank, a comma or the beginning stands before it, or a year, since dates may follow each other without a blank; `(a)` is no mark.

use crate::listing::one_line;

/// The pieces of `a) here b) there`, of lines, and of what stands between semicolons.
pub(crate) fn lettered(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let piece = pieces.last().map_or("", String::as_str);
        let mark = rest.bytes().take(5).position(|byte| byte == b')').map(|at| &rest[..at]);
        let is_mark = |mark: &&str| {
            (mark.len() == 1 && mark.as_bytes()[0].is_ascii_lowercase()) || ["ii", "iii", "iv"].contains(mark)
        };
        if let Some(mark) = mark.filter(is_mark)
            && (piece.is_empty() || piece.ends_with([' ', '\t', '\u{a0}', ',']) || ends_with_year(piece))
        {
            pieces.push(String::new());
            rest = &rest[mark.len() + 1..];
            continue;
        }
        if matches!(c, ';' | '\n' | '\r') {
            pieces.push(String::new());
        } else if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
        rest = &rest[c.len_utf8()..];
    }
    let trimmed =
        pieces.iter().map(|piece| one_line(piece.trim_matches([' ', ',', '\u{a0}']))).filter(|p| !p.is_empty());
    trimmed.collect()
}

/// Whether four digits stand at the end: `07.01.1985b)28.08.1983` has no blank between its dates.
fn ends_with_year(text: &str) -> bool {
    let digits = text.bytes().rev().take_while(u8::is_ascii_digit).count();
    digits == 4
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn cells_are_taken_apart_at_letters_and_semicolons() {
        assert_eq!(lettered("a) Here, 1, b) There (b) c) Nowhere"), ["Here, 1", "There (b)", "Nowhere"]);
        assert_eq!(lettered("One; Two\nThree"), ["One", "Two", "Three"]);
        assert_eq!(lettered("(a) not a mark"), ["(a) not a mark"]);
        assert_eq!(lettered("a)1970 b)1971c)1972 (House 12a)"), ["1970", "1971", "1972 (House 12a)"]);
        assert!(lettered(" ").is_empty());
    }

    proptest! {
        #[test]
        fn any_cell_is_taken_apart(text in "\\PC{0,40}|[a-c0-9);, \n]{0,20}") {
            let _ = lettered(&text);
        }
    }
}
