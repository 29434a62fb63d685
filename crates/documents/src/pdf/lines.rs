//! Characters drawn on a page, as lines of text.
//!
//! In come characters with their places, in the order in which they are drawn; out comes text. A PDF knows neither spaces
//! nor lines: a gap between two characters is a space, a step down is a new line, a larger one a new paragraph. Arabic and
//! Hebrew are drawn from left to right by most programs, that is, backwards; where the places rise along letters that are
//! read from the right, they are turned round.

/// A character, or several drawn as one; places in units of the page, upwards and to the right.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    pub(super) text: String,
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) size: f64,
}

/// The text of a page so far.
pub(super) struct Lines {
    text: String,
    /// The line that is being drawn; each character with whether the file sets it apart from the one before.
    line: Vec<(Glyph, bool)>,
    begins_word: bool,
    /// Bytes that may still be added.
    room: usize,
}

impl Lines {
    pub(super) fn new(room: usize) -> Lines {
        Lines { text: String::new(), line: Vec::new(), begins_word: true, room }
    }

    pub(super) fn is_full(&self) -> bool {
        self.room == 0
    }

    /// The next character is the first of a string that the file draws in one.
    pub(super) fn begin_word(&mut self) {
        self.begins_word = true;
    }

    pub(super) fn push(&mut self, glyph: Glyph) {
        self.room = self.room.saturating_sub(glyph.text.len());
        if let Some((last, _)) = self.line.last() {
            let size = glyph.size.abs().max(last.size.abs());
            let (down, leap) = (last.y - glyph.y, (last.y - glyph.y).abs());
            if leap > size * 0.5 {
                self.end_line();
                // Lines of a paragraph are up to one and a half times their size apart, and never go up.
                let is_paragraph = leap > size * 1.9 || down < 0.0;
                self.text.push_str(if is_paragraph { "\n\n" } else { "\n" });
            }
        }
        let begins = std::mem::take(&mut self.begins_word);
        self.line.push((glyph, begins));
    }

    pub(super) fn finish(mut self) -> String {
        self.end_line();
        self.text
    }

    fn end_line(&mut self) {
        let spaced = spaced(&std::mem::take(&mut self.line));
        let line: String = in_reading_order(&spaced).concat();
        let line = line.trim();
        // A word that was divided at the end of the line before.
        let is_divided = self.text.ends_with('\n')
            && !self.text.ends_with("\n\n")
            && line.starts_with(char::is_lowercase)
            && self
                .text
                .trim_end()
                .strip_suffix(['-', '\u{AD}', '\u{2010}'])
                .is_some_and(|t| t.ends_with(char::is_alphabetic));
        if is_divided {
            let cut = self.text.trim_end().char_indices().next_back().map_or(0, |(at, _)| at);
            self.text.truncate(cut);
        }
        self.text.push_str(line);
    }
}

/// A character with the direction in which it was drawn after the one before.
struct Placed {
    text: String,
    x: f64,
}

/// Spaces where there are gaps.
fn spaced(line: &[(Glyph, bool)]) -> Vec<Placed> {
    /// Wider than any kerning, narrower than any space: the space of common fonts is a quarter of their size.
    const GAP: f64 = 0.12;
    let mut out: Vec<Placed> = Vec::with_capacity(line.len());
    for (number, (glyph, begins)) in line.iter().enumerate() {
        if let Some((last, _)) = number.checked_sub(1).map(|n| &line[n]) {
            let rightwards = glyph.x - (last.x + last.width);
            let leftwards = last.x - (glyph.x + glyph.width);
            let gap = if glyph.x >= last.x { rightwards } else { leftwards };
            let is_blank = last.text.ends_with(char::is_whitespace) || glyph.text.starts_with(char::is_whitespace);
            // A jump back over what was drawn is another column.
            let jumps = glyph.x < last.x && !is_from_right(&glyph.text);
            if *begins && !is_blank && (gap > glyph.size.abs() * GAP || jumps) {
                out.push(Placed { text: " ".to_owned(), x: f64::midpoint(glyph.x, last.x) });
            }
        }
        out.push(Placed { text: glyph.text.clone(), x: glyph.x });
    }
    out
}

/// Turns round what is read from the right and was drawn from the left.
fn in_reading_order(line: &[Placed]) -> Vec<&str> {
    let mut out: Vec<&str> = Vec::with_capacity(line.len());
    let mut at = 0;
    while at < line.len() {
        if !is_from_right(&line[at].text) {
            out.push(&line[at].text);
            at += 1;
            continue;
        }
        // Up to the last such letter before one that is read from the left.
        let stop = line[at..].iter().position(|p| is_from_left(&p.text)).map_or(line.len(), |n| at + n);
        let end = line[..stop].iter().rposition(|p| is_from_right(&p.text)).map_or(stop, |n| n + 1);
        let run = &line[at..end];
        let rising = run.windows(2).filter(|w| w[1].x > w[0].x).count();
        if rising * 2 > run.len() {
            out.extend(run.iter().rev().map(|p| p.text.as_str()));
        } else {
            out.extend(run.iter().map(|p| p.text.as_str()));
        }
        at = end;
    }
    out
}

/// Letters that are read from the right: Hebrew, Arabic, Syriac, Thaana, N'Ko, and the presentation forms.
fn is_from_right(text: &str) -> bool {
    text.chars().any(|c| {
        matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}') && c.is_alphabetic()
    })
}

fn is_from_left(text: &str) -> bool {
    text.chars().any(|c| c.is_alphabetic()) && !is_from_right(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws strings, each at a place, ten units for a character of that size.
    fn drawn(strings: &[(f64, f64, &str)]) -> String {
        let mut lines = Lines::new(1_000);
        for &(x, y, text) in strings {
            lines.begin_word();
            for (number, c) in text.chars().enumerate() {
                lines.push(Glyph { text: c.to_string(), x: x + 5.0 * number as f64, y, width: 5.0, size: 10.0 });
            }
        }
        lines.finish()
    }

    #[test]
    fn gaps_are_spaces_and_steps_are_lines() {
        assert_eq!(drawn(&[(0.0, 100.0, "Ali"), (15.2, 100.0, "ce")]), "Alice", "kerning");
        assert_eq!(drawn(&[(0.0, 100.0, "Ali"), (18.0, 100.0, "Shamkhani")]), "Ali Shamkhani");
        assert_eq!(drawn(&[(0.0, 100.0, "Ali"), (0.0, 88.0, "Shamkhani")]), "Ali\nShamkhani");
        assert_eq!(drawn(&[(0.0, 100.0, "Ali"), (0.0, 70.0, "Shamkhani")]), "Ali\n\nShamkhani");
        assert_eq!(drawn(&[(0.0, 100.0, "left"), (0.0, 200.0, "right")]), "left\n\nright", "another column");
        assert_eq!(drawn(&[(0.0, 100.0, "Ali Sham-"), (0.0, 88.0, "khani")]), "Ali Shamkhani");
        assert_eq!(drawn(&[(0.0, 100.0, "Al-"), (0.0, 88.0, "Qaida")]), "Al-\nQaida");
    }

    #[test]
    fn what_is_read_from_the_right_is_turned_round_if_it_was_drawn_from_the_left() {
        let backwards: String = "أيمن الظواهري".chars().rev().collect();
        assert_eq!(drawn(&[(0.0, 100.0, &backwards)]), "أيمن الظواهري");
        assert_eq!(drawn(&[(0.0, 100.0, &format!("by {backwards} now"))]), "by أيمن الظواهري now");
        // Drawn as it is read: each letter to the left of the one before.
        let mut lines = Lines::new(100);
        for (number, c) in "أيمن".chars().enumerate() {
            lines.push(Glyph { text: c.to_string(), x: 100.0 - 5.0 * number as f64, y: 1.0, width: 5.0, size: 10.0 });
        }
        assert_eq!(lines.finish(), "أيمن");
    }
}
