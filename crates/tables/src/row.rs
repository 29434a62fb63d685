//! A row of a table: its cells, its place, and what is wrong with it.
//!
//! What every form of table gives. A cell is text; one that holds several values (a list in JSON) has them one behind the
//! other with [`BETWEEN_VALUES`] between them. Cells lie in one piece of memory, since a file may have a million rows.

use std::borrow::Cow;

use mihenk_said::Said;

/// Stands between the values of one cell: UNIT SEPARATOR, which no text of a table has.
pub const BETWEEN_VALUES: char = '\u{1F}';

/// The cells of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    /// One behind the other, with a byte between them.
    pub(crate) text: String,
    /// Where each ends.
    pub(crate) ends: Vec<usize>,
}

impl Cells {
    /// The cell in a column, from 0, without blanks around it; empty if the row has none there.
    #[must_use]
    pub fn get(&self, column: usize) -> &str {
        let Some(&end) = self.ends.get(column) else { return "" };
        let start = if column == 0 { 0 } else { self.ends[column - 1] + 1 };
        self.text[start..end].trim()
    }

    /// Every cell as it stands.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().map(move |&end| {
            let cell = &self.text[start..end];
            start = end + 1;
            cell
        })
    }

    /// The bytes of all of them.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.text.len()
    }

    /// The values of a cell, each without blanks around it.
    pub fn values(&self, column: usize) -> impl Iterator<Item = &str> {
        self.get(column).split(BETWEEN_VALUES).map(str::trim).filter(|value| !value.is_empty())
    }

    /// Whether no cell has anything but white space.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.iter().all(|cell| cell.trim().is_empty())
    }

    /// Adds a cell behind the others.
    pub(crate) fn push(&mut self, cell: &str) {
        if !self.ends.is_empty() {
            self.text.push(',');
        }
        self.text.push_str(cell);
        self.ends.push(self.text.len());
    }

    /// Cells of which one at least is no UTF-8, as far as they can be read, and the number of the first such one.
    pub(crate) fn repaired(bytes: &[u8], ends: &[usize]) -> (Cells, Option<usize>) {
        let (mut cells, mut bad, mut start) = (Cells::default(), None, 0);
        for (i, &end) in ends.iter().enumerate() {
            let cell = String::from_utf8_lossy(&bytes[start..end]);
            if matches!(cell, Cow::Owned(_)) {
                bad = bad.or(Some(i));
            }
            cells.push(&cell);
            start = end + 1;
        }
        (cells, bad)
    }
}

impl<'a> FromIterator<&'a str> for Cells {
    fn from_iter<I: IntoIterator<Item = &'a str>>(texts: I) -> Cells {
        let mut cells = Cells::default();
        texts.into_iter().for_each(|text| cells.push(text));
        cells
    }
}

/// A row of cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The line of the file in which it begins, or the row of a sheet, from 1.
    pub number: u64,
    /// The cells; of a row that is wrong, as far as they can be told.
    pub cells: Cells,
    /// What is wrong with the row, and what would be right.
    pub problem: Option<Said>,
}
