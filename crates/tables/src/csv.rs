//! Rows of CSV that nobody has checked.
//!
//! In comes UTF-8, out come rows as RFC 4180 has them, with comma, semicolon, tab or bar between cells, as the first lines
//! show. The crate `csv` reads on to the end of the file behind a quote that is never closed, and so loses every record
//! behind it. Here such a row is refused, alone, and reading goes on with the next line: a row has one answer, whatever the
//! row before it was.

use std::io::{self, BufRead};

use mihenk_said::Said;

use crate::{
    lines::{LINE_LEN_MAX, Line, Lines, too_long},
    row::{Cells, Row},
    sayings,
};

/// Lines that one quoted cell may go over; a quote still open then was never meant to be one.
const QUOTED_LINES_MAX: usize = 100;
/// Lines that are looked at to tell what stands between cells.
const LINES_TRIED: usize = 20;

/// Where the names of the columns stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Heading {
    /// In the first line or row that is not blank.
    #[default]
    First,
    /// In this line or row, from 1; what stands above it is not read.
    At(u64),
    /// Nowhere: every row is a row, and may have any number of cells.
    Nowhere,
}

/// How a CSV file is written, as far as that is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// What stands between cells; without it, the first lines tell.
    pub delimiter: Option<u8>,
    /// Where the names of the columns stand.
    pub heading: Heading,
    /// The encoding that the text was in before it came here, unless it was UTF-8.
    pub was: Option<&'static str>,
}

/// The rows of a CSV file.
#[derive(Debug)]
pub struct Rows<R> {
    lines: Lines<R>,
    layout: Layout,
    delimiter: u8,
    /// The names of the columns.
    pub header: Vec<String>,
}

impl<R: BufRead> Rows<R> {
    /// Reads the header of a file of which nothing is known. The error of the second kind says what is wrong with it.
    ///
    /// # Errors
    /// When the input cannot be read.
    pub fn open(input: R) -> io::Result<Result<Rows<R>, Said>> {
        Rows::with(input, Layout::default())
    }

    /// Reads the header of a file. The error of the second kind says what is wrong with it.
    ///
    /// # Errors
    /// When the input cannot be read.
    pub fn with(input: R, layout: Layout) -> io::Result<Result<Rows<R>, Said>> {
        let mut rows = Rows { lines: Lines::new(input), layout, delimiter: b',', header: Vec::new() };
        let mut first = rows.first_line()?;
        if let Heading::At(line) = layout.heading {
            while first.as_ref().is_some_and(|first| first.number < line) {
                first = rows.first_line()?;
            }
        }
        let Some(first) = first else {
            return Ok(Err(sayings::table_is_empty()));
        };
        if first.bytes.starts_with(b"\xFF\xFE") || first.bytes.starts_with(b"\xFE\xFF") {
            return Ok(Err(sayings::in_line(1_u64, sayings::is_utf16())));
        }
        if first.bytes.contains(&b'\r') {
            return Ok(Err(sayings::in_line(1_u64, sayings::lines_end_with_cr())));
        }
        let mut tried = vec![first];
        while tried.len() < LINES_TRIED && layout.delimiter.is_none() {
            let Some(line) = rows.lines.next()? else { break };
            tried.push(line);
        }
        rows.delimiter = layout.delimiter.unwrap_or_else(|| delimiter(&tried));
        rows.lines.give_back(tried);
        if layout.heading == Heading::Nowhere {
            return Ok(Ok(rows));
        }
        let header = rows.next()?.unwrap_or_default();
        if let Some(problem) = header.problem {
            return Ok(Err(sayings::in_line(header.number, problem)));
        }
        rows.header = header.cells.iter().map(str::to_owned).collect();
        Ok(Ok(rows))
    }

    /// What stands between the cells.
    #[must_use]
    pub fn delimiter(&self) -> u8 {
        self.delimiter
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
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.lines.bytes()
    }

    /// The next row that is not blank; none at the end. Behind the header, a row has as many cells as the header.
    ///
    /// # Errors
    /// When the input cannot be read.
    #[allow(clippy::should_implement_trait, reason = "what is read can fail")]
    pub fn next(&mut self) -> io::Result<Option<Row>> {
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
            return Ok(Some(self.refused(&first, sayings::quote_open())));
        }
        Ok(Some(self.checked(first.number, reading.cells, reading.ends)))
    }

    /// A row of one line that cannot be cut into cells as it should.
    fn refused(&self, line: &Line, what: Said) -> Row {
        let mut cells = Cells::default();
        if !line.is_cut {
            for cell in line.bytes.split(|&b| b == self.delimiter) {
                cells.push(&String::from_utf8_lossy(cell));
            }
        }
        Row { number: line.number, cells, problem: Some(what) }
    }

    /// A row whose cells end in `bytes` where `ends` says.
    fn checked(&self, line: u64, bytes: Vec<u8>, ends: Vec<usize>) -> Row {
        let found = ends.len();
        let (cells, bad) = match String::from_utf8(bytes) {
            Ok(text) => (Cells { text, ends }, None),
            Err(e) => Cells::repaired(e.as_bytes(), &ends),
        };
        let name = |i: usize| self.header.get(i).map_or_else(String::new, |n| format!(" ('{n}')"));
        let column = |i: usize| format!("{}{}", i + 1, name(i));
        let mut problem = bad.map(|i| sayings::column_not_utf8(column(i)));
        if let Some(encoding) = self.layout.was
            && let Some(i) = cells.iter().position(|cell| cell.contains(is_no_text))
        {
            problem = Some(sayings::column_no_text(column(i), encoding));
        }
        if !self.header.is_empty() && found != self.header.len() && problem.is_none() {
            let right = self.header.len();
            let is_more = found > right;
            problem = Some(if is_more {
                sayings::cells_too_many(found, right)
            } else {
                sayings::cells_too_few(found, right)
            });
        }
        Row { number: line, cells, problem }
    }
}

/// What a decoder leaves where bytes stand for no character.
fn is_no_text(c: char) -> bool {
    matches!(c, '\u{FFFD}' | '\u{80}'..='\u{9F}')
}

/// What stands between cells: what cuts most of the first lines into as many cells as the very first, which has it most.
fn delimiter(lines: &[Line]) -> u8 {
    let times = |wanted: u8, line: &Line| {
        let mut is_quoted = false;
        let mut outside = |b: &u8| {
            is_quoted ^= *b == b'"';
            !is_quoted && *b == wanted
        };
        line.bytes.iter().filter(|b| outside(b)).count()
    };
    let fits = |wanted: u8| {
        let in_first = times(wanted, &lines[0]);
        let alike = lines[1..].iter().filter(|line| times(wanted, line) == in_first).count();
        (in_first > 0).then_some((alike, in_first))
    };
    // The last of equals is the comma; where there is none of them, there is one column.
    [b'|', b'\t', b';', b','].into_iter().max_by_key(|&d| fits(d)).unwrap_or(b',')
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
        assert_eq!(cells(b"a|b\n1|2\n"), [["1", "2"]]);
    }

    #[test]
    fn what_stands_between_cells_is_what_cuts_the_rows_alike() {
        assert_eq!(cells(b"name;born, if known;place\nAli;1990;X\nDoe, J;1991;Y\n")[1], ["Doe, J", "1991", "Y"]);
        assert_eq!(cells(b"\"a,b,c\";d\n1;2\n"), [["1", "2"]], "what is quoted separates nothing");
        let layout = Layout { delimiter: Some(b';'), heading: Heading::At(3), ..Layout::default() };
        let mut rows = Rows::with(&b"A list, of people\n\na;b,c\n1;2\n"[..], layout).unwrap().unwrap();
        assert_eq!(rows.header, ["a", "b,c"]);
        assert_eq!(rows.next().unwrap().unwrap().number, 4);
        let layout = Layout { heading: Heading::Nowhere, ..Layout::default() };
        let mut rows = Rows::with(&b"1,2\n3\n"[..], layout).unwrap().unwrap();
        assert_eq!(rows.next().unwrap().unwrap().cells.iter().len(), 2);
        assert_eq!(rows.next().unwrap().unwrap().problem, None);
    }

    #[test]
    fn a_quote_that_stays_open_costs_its_own_row_only() {
        let found = rows(b"id,name\n1,\"Ali\n2,\"Doe, John\"\n3,Vera\n");
        let told: Vec<(u64, &str, bool)> =
            found.iter().map(|r| (r.number, r.cells.get(0), r.problem.is_some())).collect();
        assert_eq!(told, [(2, "1", true), (3, "2", false), (4, "3", false)]);
        let to_the_end = rows(b"id,name\n1,\"Ali\n2,Vera\n3,Ada\n");
        assert_eq!(to_the_end.iter().map(|r| r.problem.is_some()).collect::<Vec<_>>(), [true, false, false]);
        assert!(found[0].problem.as_ref().unwrap().as_str().contains("quote"));
    }

    #[test]
    fn rows_that_do_not_fit_the_header_say_so() {
        let found = rows(b"id,name,country\n1,Ali\n2,Doe, John,us\n3,\xFF,us\n");
        let told: Vec<&str> = found.iter().map(|r| r.problem.as_ref().unwrap().as_str()).collect();
        assert_eq!(told[0], "the row has 2 cells, the first row has 3");
        assert!(told[1].starts_with("the row has 4 cells, the first row has 3; a cell that contains the separator"));
        assert_eq!(told[2], "column 2 ('name') is not UTF-8; save the file as UTF-8, or name its encoding");
    }

    #[test]
    fn files_that_are_no_table_are_refused_in_words() {
        let refused = |bytes: &[u8]| Rows::open(bytes).unwrap().unwrap_err();
        assert!(refused(b"").as_str().starts_with("the file is empty"));
        assert!(refused(b"\n \r\n").as_str().starts_with("the file is empty"));
        assert!(refused(b"\xFF\xFEi\0d\0").as_str().contains("UTF-16"));
        assert!(refused(b"id,name\r1,Ali\r").as_str().contains("CR alone"));
        assert!(refused(b"id,\"name\n1,Ali\n").as_str().contains("quote"));
    }

    #[test]
    fn a_line_without_end_is_read_in_bounded_memory() {
        let mut long = b"id,name\n1,".to_vec();
        long.resize(long.len() + 3 * LINE_LEN_MAX, b'x');
        long.extend(b"\n2,Vera\n");
        let found = rows(&long);
        assert!(found[0].problem.as_ref().unwrap().as_str().contains("4194304 bytes"));
        assert_eq!((found.len(), found[1].cells.get(1), found[1].number), (2, "Vera", 3));
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
                    prop_assert!(row.number > last);
                    prop_assert!(row.problem.is_some() || row.cells.iter().len() == rows.header.len());
                    last = row.number;
                }
            }
        }

        #[test]
        fn what_the_csv_crate_writes_is_read_back(
            table in prop::collection::vec(prop::collection::vec("[a-zé\",; \n]{1,6}", 3), 1..8)
        ) {
            let mut writer = ::csv::Writer::from_writer(Vec::new());
            writer.write_record(["a", "b", "c"]).unwrap();
            for row in &table {
                writer.write_record(row).unwrap();
            }
            let written = writer.into_inner().unwrap();
            prop_assert_eq!(cells(&written), table);
        }
    }
}
