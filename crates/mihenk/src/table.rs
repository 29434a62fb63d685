//! A table for a terminal: columns aligned, nothing cut, nothing drawn but the heading.
//!
//! In come a heading and rows of text, out comes what is printed. Text from lists and files goes through
//! [`Paint::foreign`] on its way; width is counted in characters as a terminal shows them.

use std::fmt;

use unicode_width::UnicodeWidthStr;

use crate::paint::Paint;

/// Blanks between two columns.
const GAP: &str = "  ";

/// Rows under a heading.
pub(crate) struct Table {
    heading: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn new(heading: &[&'static str]) -> Table {
        Table { heading: heading.to_vec(), rows: Vec::new() }
    }

    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    fn widths(&self) -> Vec<usize> {
        let mut widths: Vec<usize> = self.heading.iter().map(|cell| cell.width()).collect();
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.width());
            }
        }
        widths
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let paint = Paint::for_stdout();
        let widths = self.widths();
        let line = |cells: &[String]| -> String {
            let last = cells.iter().rposition(|cell| !cell.is_empty()).unwrap_or(0);
            let padded = cells.iter().zip(&widths).enumerate().take(last + 1).map(|(at, (cell, width))| {
                let blanks = if at == last { 0 } else { width - cell.width().min(*width) };
                format!("{}{}", paint.foreign(cell), " ".repeat(blanks))
            });
            padded.collect::<Vec<_>>().join(GAP)
        };
        let heading: Vec<String> = self.heading.iter().map(ToString::to_string).collect();
        writeln!(f, "{}", paint.dim(&line(&heading)))?;
        self.rows.iter().try_for_each(|row| writeln!(f, "{}", line(row)))
    }
}
