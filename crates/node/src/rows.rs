//! Reads lines and rows of a file that nobody has checked, with bounded memory.
//!
//! In comes a stream of bytes, out come [`Line`]s of at most [`LINE_LEN_MAX`] bytes, and [`Row`]s of CSV as RFC 4180 has
//! them, with comma, semicolon or tab between cells, as the header shows. The crate `csv` reads on to the end of the file
//! behind a quote that is never closed, and so loses every record behind it. Here such a row is refused, alone, and reading
//! goes on with the next line: a row has one answer, whatever the row before it was. What the cells mean is said
//! elsewhere ([`crate::query`], [`crate::compare`]).

use std::{
    borrow::Cow,
    collections::VecDeque,
    io::{self, BufRead},
};

/// Longest line or row that is read, in bytes.
pub(crate) const LINE_LEN_MAX: usize = 4 * 1024 * 1024;
/// Lines that one quoted cell may go over; a quote still open then was never meant to be one.
const QUOTED_LINES_MAX: usize = 100;

/// One line of a file, without its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Line {
    /// From 1.
    pub(crate) number: u64,
    /// What it holds; of one that is too long, the beginning.
    pub(crate) bytes: Vec<u8>,
    /// Whether it was longer than [`LINE_LEN_MAX`].
    pub(crate) is_cut: bool,
}

impl Line {
    pub(crate) fn is_blank(&self) -> bool {
        self.bytes.iter().all(u8::is_ascii_whitespace)
    }
}

/// What is wrong with a line that is too long.
pub(crate) fn too_long() -> String {
    format!("the line has more than {LINE_LEN_MAX} bytes, which no record needs; it was not read")
}

/// The lines of a file.
#[derive(Debug)]
pub(crate) struct Lines<R> {
    input: R,
    /// Lines that were read before their time.
    pending: VecDeque<Line>,
    number: u64,
    bytes: u64,
}

impl<R: BufRead> Lines<R> {
    pub(crate) fn new(input: R) -> Lines<R> {
        Lines { input, pending: VecDeque::new(), number: 0, bytes: 0 }
    }

    /// Bytes read so far.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The next line; none at the end.
    pub(crate) fn next(&mut self) -> io::Result<Option<Line>> {
        if let Some(line) = self.pending.pop_front() {
            return Ok(Some(line));
        }
        let mut line = Line { number: self.number + 1, ..Line::default() };
        let mut has_read = false;
        loop {
            let available = self.input.fill_buf()?;
            if available.is_empty() {
                break;
            }
            has_read = true;
            let end = available.iter().position(|&b| b == b'\n');
            let text = &available[..end.unwrap_or(available.len())];
            let room = (LINE_LEN_MAX - line.bytes.len()).min(text.len());
            line.is_cut |= room < text.len();
            line.bytes.extend_from_slice(&text[..room]);
            let used = text.len() + usize::from(end.is_some());
            self.input.consume(used);
            self.bytes += used as u64;
            if end.is_some() {
                break;
            }
        }
        if !has_read {
            return Ok(None);
        }
        self.number = line.number;
        if line.bytes.last() == Some(&b'\r') {
            line.bytes.pop();
        }
        if line.number == 1 && line.bytes.starts_with(b"\xEF\xBB\xBF") {
            line.bytes.drain(..3);
        }
        Ok(Some(line))
    }

    fn give_back(&mut self, lines: Vec<Line>) {
        for line in lines.into_iter().rev() {
            self.pending.push_front(line);
        }
    }
}

/// The cells of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cells {
    /// One behind the other, with a byte between them.
    text: String,
    /// Where each ends.
    ends: Vec<usize>,
}

impl Cells {
    /// The cell in a column, without blanks around it; empty if the row has none there.
    pub(crate) fn get(&self, column: usize) -> &str {
        self.iter().nth(column).map_or("", str::trim)
    }

    /// Every cell as it stands.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().map(move |&end| {
            let cell = &self.text[start..end];
            start = end + 1;
            cell
        })
    }

    /// The bytes of all of them.
    pub(crate) fn bytes(&self) -> usize {
        self.text.len()
    }

    fn push(&mut self, cell: &str) {
        if !self.ends.is_empty() {
            self.text.push(',');
        }
        self.text.push_str(cell);
        self.ends.push(self.text.len());
    }

    /// Cells of which one at least is no UTF-8, as far as they can be read, and the number of the first such one.
    fn repaired(bytes: &[u8], ends: &[usize]) -> (Cells, Option<usize>) {
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

/// A row of cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Row {
    /// The line it begins in, from 1.
    pub(crate) line: u64,
    /// The cells; of a row that is wrong, as far as they can be told.
    pub(crate) cells: Cells,
    /// What is wrong with the row, and what would be right.
    pub(crate) problem: Option<String>,
}

/// The rows of a CSV file.
#[derive(Debug)]
pub(crate) struct Rows<R> {
    lines: Lines<R>,
    delimiter: u8,
    /// The names of the columns.
    pub(crate) header: Vec<String>,
}

impl<R: BufRead> Rows<R> {
    /// Reads the header. The error of the second kind says what is wrong with it.
    pub(crate) fn open(input: R) -> io::Result<Result<Rows<R>, String>> {
        let mut rows = Rows { lines: Lines::new(input), delimiter: b',', header: Vec::new() };
        let Some(first) = rows.first_line()? else {
            return Ok(Err("the file is empty; expected a first row with the names of the columns".into()));
        };
        if first.bytes.starts_with(b"\xFF\xFE") || first.bytes.starts_with(b"\xFE\xFF") {
            return Ok(Err("line 1: the file is UTF-16; save it as UTF-8".into()));
        }
        if first.bytes.contains(&b'\r') {
            return Ok(Err("line 1: the lines end with CR alone; save the file with LF or CR LF".into()));
        }
        rows.delimiter = delimiter(&first.bytes);
        rows.lines.give_back(vec![first]);
        let header = rows.next()?.unwrap_or_default();
        if let Some(problem) = header.problem {
            return Ok(Err(format!("line {}: {problem}", header.line)));
        }
        rows.header = header.cells.iter().map(str::to_owned).collect();
        Ok(Ok(rows))
    }

    fn first_line(&mut self) -> io::Result<Option<Line>> {
        while let Some(line) = self.lines.next()? {
            if !line.is_blank() {
                return Ok(Some(line));
            }
        }
        Ok(None)
    }

    /// Bytes read so far.
    pub(crate) fn bytes(&self) -> u64 {
        self.lines.bytes()
    }

    /// The next row that is not blank; none at the end. Behind the header, a row has as many cells as the header.
    pub(crate) fn next(&mut self) -> io::Result<Option<Row>> {
        let Some(first) = self.first_line()? else { return Ok(None) };
        if first.is_cut {
            return Ok(Some(self.refused(&first, too_long())));
        }
        if !first.bytes.contains(&b'"') {
            let mut ends = Vec::with_capacity(self.header.len());
            ends.extend(first.bytes.iter().enumerate().filter(|(_, b)| **b == self.delimiter).map(|(at, _)| at));
            ends.push(first.bytes.len());
            return Ok(Some(self.checked(first.number, first.bytes, ends)));
        }
        let mut reading = Reading::default();
        let mut read = reading.line(&first.bytes, self.delimiter);
        let mut more = Vec::new();
        while matches!(read, Ok(State::Open)) {
            let length: usize = more.iter().map(|l: &Line| l.bytes.len()).sum();
            let next = if more.len() < QUOTED_LINES_MAX && length < LINE_LEN_MAX { self.lines.next()? } else { None };
            let Some(line) = next else {
                read = Err(());
                break;
            };
            reading.cells.push(b'\n');
            read = if line.is_cut { Err(()) } else { reading.line(&line.bytes, self.delimiter) };
            more.push(line);
        }
        if read.is_err() {
            self.lines.give_back(more);
            let what = "a quote is not closed, or a closing quote stands inside a cell; \
                        a cell with quotes is written \"so \"\"quoted\"\"\"";
            return Ok(Some(self.refused(&first, what.to_owned())));
        }
        Ok(Some(self.checked(first.number, reading.cells, reading.ends)))
    }

    /// A row of one line that cannot be cut into cells as it should.
    fn refused(&self, line: &Line, what: String) -> Row {
        let mut cells = Cells::default();
        if !line.is_cut {
            for cell in line.bytes.split(|&b| b == self.delimiter) {
                cells.push(&String::from_utf8_lossy(cell));
            }
        }
        Row { line: line.number, cells, problem: Some(what) }
    }

    /// A row whose cells end in `bytes` where `ends` says.
    fn checked(&self, line: u64, bytes: Vec<u8>, ends: Vec<usize>) -> Row {
        let found = ends.len();
        let (cells, bad) = match String::from_utf8(bytes) {
            Ok(text) => (Cells { text, ends }, None),
            Err(e) => Cells::repaired(e.as_bytes(), &ends),
        };
        let name = |i: usize| self.header.get(i).map_or_else(String::new, |n| format!(" ('{n}')"));
        let mut problem = bad.map(|i| format!("column {}{} is not UTF-8; save the file as UTF-8", i + 1, name(i)));
        if !self.header.is_empty() && found != self.header.len() && problem.is_none() {
            let right = self.header.len();
            let why = if found > right { "; a cell that contains the separator stands in quotes" } else { "" };
            problem = Some(format!("the row has {found} cells, the first row has {right}{why}"));
        }
        Row { line, cells, problem }
    }
}

/// What stands between the cells of a header: the separator that occurs most often.
fn delimiter(header: &[u8]) -> u8 {
    let times = |wanted: u8| header.iter().filter(|&&b| b == wanted).count();
    // The last of equals is the comma.
    [b'\t', b';', b','].into_iter().max_by_key(|&d| times(d)).unwrap_or(b',')
}

/// Where a row stands at the end of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Inside a quoted cell.
    Open,
    /// At its end.
    Done,
}

/// A row while it is read.
#[derive(Debug, Default)]
struct Reading {
    /// One behind the other, with a byte between them.
    cells: Vec<u8>,
    ends: Vec<usize>,
    is_quoted: bool,
}

impl Reading {
    /// Takes a line in; an error if a closing quote has something behind it.
    fn line(&mut self, line: &[u8], delimiter: u8) -> Result<State, ()> {
        let mut bytes = line.iter().copied().peekable();
        let mut is_start = !self.is_quoted;
        while let Some(byte) = bytes.next() {
            if self.is_quoted {
                match (byte, bytes.peek().copied()) {
                    (b'"', Some(b'"')) => {
                        bytes.next();
                        self.cells.push(b'"');
                    }
                    (b'"', next) if next.is_none() || next == Some(delimiter) => self.is_quoted = false,
                    (b'"', _) => return Err(()),
                    _ => self.cells.push(byte),
                }
            } else if byte == delimiter {
                self.ends.push(self.cells.len());
                self.cells.push(byte);
                is_start = true;
                continue;
            } else if byte == b'"' && is_start {
                self.is_quoted = true;
            } else {
                self.cells.push(byte);
            }
            is_start = false;
        }
        if self.is_quoted {
            return Ok(State::Open);
        }
        self.ends.push(self.cells.len());
        Ok(State::Done)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(bytes: &[u8]) -> Vec<Row> {
        let mut rows = Rows::open(bytes).unwrap().unwrap();
        std::iter::from_fn(|| rows.next().unwrap()).collect()
    }

    fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
        let rows = rows(bytes);
        assert!(rows.iter().all(|r| r.problem.is_none()), "{rows:?}");
        rows.into_iter().map(|r| r.cells.iter().map(str::to_owned).collect()).collect()
    }

    // The examples are those of RFC 4180, section 2.
    #[test]
    fn rows_are_those_of_the_standard() {
        assert_eq!(cells(b"a,b,c\naaa,bbb,ccc\r\nzzz,yyy,xxx"), [["aaa", "bbb", "ccc"], ["zzz", "yyy", "xxx"]]);
        assert_eq!(cells(b"a,b,c\n\"aaa\",\"b \r\nbb\",\"ccc\"\r\n"), [["aaa", "b \nbb", "ccc"]]);
        assert_eq!(cells(b"a,b,c\n\"aaa\",\"b\"\"bb\",\"ccc\"\n"), [["aaa", "b\"bb", "ccc"]]);
        assert_eq!(cells(b"a,b\n,\n\n \n1,\"\"\n"), [["", ""], ["1", ""]], "blank lines are no rows");
        assert_eq!(cells(b"a,b\nAli \"the cat\" X,2\n"), [["Ali \"the cat\" X", "2"]]);
        assert_eq!(cells("\u{FEFF}a;b\n1,5;2\n".as_bytes()), [["1,5", "2"]], "as Excel writes it in Europe");
        assert_eq!(cells(b"a\tb\n1\t2\n"), [["1", "2"]]);
    }

    #[test]
    fn a_quote_that_stays_open_costs_its_own_row_only() {
        let found = rows(b"id,name\n1,\"Ali\n2,\"Doe, John\"\n3,Vera\n");
        let told: Vec<(u64, &str, bool)> =
            found.iter().map(|r| (r.line, r.cells.get(0), r.problem.is_some())).collect();
        assert_eq!(told, [(2, "1", true), (3, "2", false), (4, "3", false)]);
        let to_the_end = rows(b"id,name\n1,\"Ali\n2,Vera\n3,Ada\n");
        assert_eq!(to_the_end.iter().map(|r| r.problem.is_some()).collect::<Vec<_>>(), [true, false, false]);
        assert!(found[0].problem.as_ref().unwrap().contains("quote"));
    }

    #[test]
    fn rows_that_do_not_fit_the_header_say_so() {
        let found = rows(b"id,name,country\n1,Ali\n2,Doe, John,us\n3,\xFF,us\n");
        let told: Vec<&str> = found.iter().map(|r| r.problem.as_deref().unwrap()).collect();
        assert_eq!(told[0], "the row has 2 cells, the first row has 3");
        assert!(told[1].starts_with("the row has 4 cells, the first row has 3; a cell that contains the separator"));
        assert_eq!(told[2], "column 2 ('name') is not UTF-8; save the file as UTF-8");
    }

    #[test]
    fn files_that_are_no_table_are_refused_in_words() {
        let refused = |bytes: &[u8]| Rows::open(bytes).unwrap().unwrap_err();
        assert!(refused(b"").starts_with("the file is empty"));
        assert!(refused(b"\n \r\n").starts_with("the file is empty"));
        assert!(refused(b"\xFF\xFEi\0d\0").contains("UTF-16"));
        assert!(refused(b"id,name\r1,Ali\r").contains("CR alone"));
        assert!(refused(b"id,\"name\n1,Ali\n").contains("quote"));
    }

    #[test]
    fn a_line_without_end_is_read_in_bounded_memory() {
        let mut long = b"id,name\n1,".to_vec();
        long.resize(long.len() + 3 * LINE_LEN_MAX, b'x');
        long.extend(b"\n2,Vera\n");
        let found = rows(&long);
        assert!(found[0].problem.as_ref().unwrap().contains("4194304 bytes"));
        assert_eq!((found.len(), found[1].cells.get(1), found[1].line), (2, "Vera", 3));
        let mut lines = Lines::new(&long[..]);
        let longest = std::iter::from_fn(|| lines.next().unwrap()).map(|l| l.bytes.capacity()).max();
        assert!(longest.unwrap() <= 2 * LINE_LEN_MAX);
    }

    proptest! {
        /// Whatever stands in a file, every line that is not blank belongs to one row.
        #[test]
        fn any_bytes_are_rows(bytes in prop::collection::vec(prop::sample::select(&b"ab\",;\n\r\xFF"[..]), 0..200)) {
            if let Ok(mut rows) = Rows::open(&bytes[..]).unwrap() {
                let mut last = 0;
                while let Some(row) = rows.next().unwrap() {
                    prop_assert!(row.line > last);
                    prop_assert!(row.problem.is_some() || row.cells.iter().len() == rows.header.len());
                    last = row.line;
                }
            }
        }

        #[test]
        fn what_the_csv_crate_writes_is_read_back(
            table in prop::collection::vec(prop::collection::vec("[a-zé\",; \n]{1,6}", 3), 1..8)
        ) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(["a", "b", "c"]).unwrap();
            for row in &table {
                writer.write_record(row).unwrap();
            }
            let written = writer.into_inner().unwrap();
            prop_assert_eq!(cells(&written), table);
        }
    }
}
