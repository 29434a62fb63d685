//! How compared pairs are written: the cells of their row, then what they amount to.
//!
//! In come a row and its result, out come bytes of CSV, many rows at a time. All figures are whole numbers of their last
//! decimal, so they are written digit by digit and are the same on every machine.

use mihenk_screening::compare::Weighed;
use mihenk_tables::Cells;

const APPENDED: [&str; 4] = ["score", "probability", "bits", "error"];

/// The head of the output, for the head of the input.
pub(super) fn head(columns: &[String]) -> Vec<u8> {
    let mut written = Written::new(columns.len());
    columns.iter().map(String::as_str).chain(APPENDED).for_each(|name| written.cell(name));
    written.end();
    written.into_bytes()
}

/// Rows of CSV in memory; writing to memory cannot fail.
pub(super) struct Written {
    writer: csv::Writer<Vec<u8>>,
    /// The columns before those that are appended.
    width: usize,
}

impl Written {
    pub(super) fn new(width: usize) -> Written {
        Written { writer: csv::WriterBuilder::new().flexible(true).from_writer(Vec::new()), width }
    }

    /// Writes a row; what is appended stands in its own columns, also behind a row of another length.
    pub(super) fn row(&mut self, cells: &Cells, weighed: &Result<Weighed, String>) {
        let padded = cells.iter().chain(std::iter::repeat(""));
        padded.take(self.width).for_each(|cell| self.cell(cell));
        match weighed {
            Ok(weighed) => {
                self.cell(Decimal::new(i64::from(weighed.score.0), 4).as_bytes());
                self.cell(Decimal::new(i64::from(weighed.probability), 6).as_bytes());
                self.cell(Decimal::new(i64::from(weighed.bits.0), 2).as_bytes());
                self.cell("");
            }
            Err(what) => ["", "", "", what].into_iter().for_each(|cell| self.cell(cell)),
        }
        self.end();
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.writer.into_inner().unwrap_or_default()
    }

    fn cell(&mut self, cell: impl AsRef<[u8]>) {
        let _ = self.writer.write_field(cell);
    }

    fn end(&mut self) {
        let _ = self.writer.write_record(None::<&[u8]>);
    }
}

/// A number with a fixed count of decimals, in digits.
struct Decimal {
    digits: [u8; Decimal::LEN],
    start: usize,
}

impl Decimal {
    const LEN: usize = 24;

    /// `units` of the last decimal.
    fn new(units: i64, decimals: usize) -> Decimal {
        let mut out = Decimal { digits: [b'0'; Decimal::LEN], start: Decimal::LEN };
        let mut rest = units.unsigned_abs();
        for place in 0.. {
            if place > decimals && rest == 0 {
                break;
            }
            if place == decimals {
                out.push(b'.');
            }
            out.push(b'0' + (rest % 10) as u8);
            rest /= 10;
        }
        if units < 0 {
            out.push(b'-');
        }
        out
    }

    fn push(&mut self, byte: u8) {
        self.start -= 1;
        self.digits[self.start] = byte;
    }

    fn as_bytes(&self) -> &[u8] {
        &self.digits[self.start..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_their_decimals() {
        let written = |units, decimals| String::from_utf8(Decimal::new(units, decimals).as_bytes().to_vec()).unwrap();
        for (units, decimals, expected) in [
            (0, 2, "0.00"),
            (7, 4, "0.0007"),
            (10_000, 4, "1.0000"),
            (999_999, 6, "0.999999"),
            (-5, 2, "-0.05"),
            (-12_345, 2, "-123.45"),
        ] {
            assert_eq!(written(units, decimals), expected);
        }
        assert_eq!(written(i64::MIN, 6).len(), 21, "the longest there is");
    }
}
