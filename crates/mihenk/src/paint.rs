//! Colour and weight for a terminal, and nothing of it for a file.
//!
//! [`Paint`] knows whether standard output is a terminal that wants colour (`NO_COLOR` is respected). Text that comes from
//! lists and files is shown through [`Paint::foreign`]: control characters are taken out, and writing from right to left is
//! isolated, so that nothing in a list can disturb the line around it.

use std::{
    env,
    io::{IsTerminal, stdout},
};

/// How to show text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paint {
    colour: bool,
}

impl Paint {
    /// For standard output as it is.
    pub(crate) fn for_stdout() -> Paint {
        let wanted = env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
        Paint { colour: wanted && stdout().is_terminal() }
    }

    fn with(self, code: &str, text: &str) -> String {
        if self.colour { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    pub(crate) fn strong(self, text: &str) -> String {
        self.with("1", text)
    }

    pub(crate) fn dim(self, text: &str) -> String {
        self.with("2", text)
    }

    pub(crate) fn good(self, text: &str) -> String {
        self.with("32", text)
    }

    pub(crate) fn bad(self, text: &str) -> String {
        self.with("31", text)
    }

    pub(crate) fn warn(self, text: &str) -> String {
        self.with("33", text)
    }

    /// Text from a list or a file, made harmless.
    pub(crate) fn foreign(self, text: &str) -> String {
        let plain = harmless(text);
        if self.colour && plain.chars().any(is_right_to_left) { format!("\u{2068}{plain}\u{2069}") } else { plain }
    }
}

/// Text without characters that move the cursor or turn the direction of what follows.
pub(crate) fn harmless(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|c| !is_direction(*c)).collect()
}

/// Columns that a line may fill: what fits a terminal of the usual size, and is read with ease on a wider one.
const WIDTH: usize = 80;

/// Breaks a text into lines: the first begins with `first`, the others with `rest`, which are counted in.
pub(crate) fn wrapped(text: &str, first: &str, rest: &str) -> Vec<String> {
    wrapped_to(WIDTH, text, first, rest)
}

/// As [`wrapped`], to a width of its own.
pub(crate) fn wrapped_to(width: usize, text: &str, first: &str, rest: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = first.to_owned();
    let mut is_fresh = true;
    for word in text.split(' ') {
        if !is_fresh && columns(&line) + 1 + columns(word) > width {
            lines.push(std::mem::replace(&mut line, rest.to_owned()));
            is_fresh = true;
        }
        if !is_fresh {
            line.push(' ');
        }
        line.push_str(word);
        is_fresh = false;
    }
    lines.push(line);
    lines
}

/// How many columns a text takes: two for Chinese, Japanese and Korean letters, none for marks.
pub(crate) fn columns(text: &str) -> usize {
    text.chars()
        .map(|c| match c {
            '\u{300}'..='\u{36F}' | '\u{64B}'..='\u{65F}' | '\u{200B}'..='\u{200F}' | '\u{2066}'..='\u{2069}' => 0,
            '\u{1100}'..='\u{115F}'
            | '\u{2E80}'..='\u{A4CF}'
            | '\u{AC00}'..='\u{D7A3}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{FF00}'..='\u{FF60}' => 2,
            _ => 1,
        })
        .sum()
}

/// Characters that turn the direction of what follows.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

/// A number with its thousands set apart.
pub(crate) fn count(number: usize) -> String {
    mihenk_node::grouped(number as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_a_list_cannot_disturb_the_line() {
        let paint = Paint { colour: true };
        assert_eq!(paint.foreign("a\u{202E}b\x1b[31mc\n"), "ab [31mc ");
        assert_eq!(paint.foreign("علی"), "\u{2068}علی\u{2069}");
        assert_eq!(count(1_234_567), "1,234,567");
    }

    #[test]
    fn long_text_goes_on_under_its_beginning() {
        let lines = wrapped(&"word ".repeat(30), "  - ", "    ");
        assert!(lines.len() == 2 && lines.iter().all(|l| columns(l) <= WIDTH), "{lines:?}");
        assert!(lines[0].starts_with("  - word") && lines[1].starts_with("    word"));
        assert_eq!(columns("馬曉紅 é e\u{301}"), 10);
        let long = "x".repeat(200);
        assert_eq!(wrapped(&long, "", ""), [long.as_str()], "a word is not broken");
    }
}
