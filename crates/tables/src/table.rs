//! A table of any form: its columns and its rows.
//!
//! In comes a [`Source`], out come [`Row`]s under [`Table::columns`]. JSON and workbooks may have cells in columns that were
//! not named before; then a column is added behind the others, so whoever knows the columns by number stays right.

use std::{
    collections::VecDeque,
    io::{BufRead, Read},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use mihenk_said::Said;
use rustc_hash::FxHashMap;

use crate::{
    csv::Rows,
    error::Error,
    json::{Objects, fields},
    row::{Cells, Row},
    sayings,
    source::{Body, Form, Options, Source},
    xlsx::Sheet,
};

/// Columns that a table may have; more are no table of people.
pub const COLUMNS_MAX: usize = 4_096;

/// A table of which the beginning was read.
#[derive(Debug)]
pub struct Table<'a> {
    name: String,
    form: Form,
    encoding: Option<&'static str>,
    columns: Columns,
    kind: Kind<'a>,
    /// Rows that were read before their time.
    pending: VecDeque<Row>,
    bytes: Arc<AtomicU64>,
}

enum Kind<'a> {
    Csv(Rows<Box<dyn BufRead + Send + 'a>>),
    Json(Objects<Box<dyn BufRead + Send + 'a>>),
    Xlsx(Sheet),
    #[cfg(feature = "parquet")]
    Parquet(crate::parquet::Groups),
}

impl std::fmt::Debug for Kind<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("rows")
    }
}

impl Table<'static> {
    /// Opens a file.
    ///
    /// # Errors
    /// When it cannot be read or is no table.
    pub fn open(path: &Path, options: &Options) -> Result<Table<'static>, Error> {
        Table::of(Source::open(path, options)?, options)
    }
}

impl<'a> Table<'a> {
    /// Takes what can be read for a file.
    ///
    /// # Errors
    /// As [`Table::open`].
    pub fn read(name: &str, input: impl Read + Send + 'a, options: &Options) -> Result<Table<'a>, Error> {
        Table::of(Source::read(name, input, options)?, options)
    }

    /// The table that a source holds; its heading is read.
    ///
    /// # Errors
    /// As [`Table::open`].
    pub fn of(source: Source<'a>, options: &Options) -> Result<Table<'a>, Error> {
        let (form, encoding, bytes) = (source.form(), source.encoding(), source.counter());
        let layout = source.layout(options);
        let name = source.name;
        let mut columns = Columns::default();
        let kind = match source.body {
            Body::Text(Form::Json, text) => Kind::Json(Objects::open(text).map_err(Error::io(&name))?),
            Body::Text(_, text) => {
                let rows = Rows::with(text, layout).map_err(Error::io(&name))?;
                let rows = rows.map_err(|what| Error::form(&name, what))?;
                rows.header.iter().for_each(|column| columns.push(column));
                Kind::Csv(rows)
            }
            #[cfg(feature = "parquet")]
            Body::Whole(Form::Parquet, whole) => {
                let groups = crate::parquet::Groups::open(&name, whole)?;
                groups.columns().for_each(|column| columns.push(column));
                Kind::Parquet(groups)
            }
            #[cfg(not(feature = "parquet"))]
            Body::Whole(Form::Parquet, _) => {
                return Err(Error::form(&name, sayings::parquet_left_out()));
            }
            Body::Whole(_, whole) => {
                let sheet = Sheet::open(&name, whole, options)?;
                sheet.header().iter().for_each(|column| columns.push(column));
                Kind::Xlsx(sheet)
            }
        };
        if columns.names.len() > COLUMNS_MAX {
            return Err(Error::form(&name, sayings::columns_too_many(columns.names.len(), COLUMNS_MAX)));
        }
        Ok(Table { name, form, encoding, columns, kind, pending: VecDeque::new(), bytes })
    }

    /// What errors call it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is.
    #[must_use]
    pub fn form(&self) -> Form {
        self.form
    }

    /// The encoding of its text, unless it is UTF-8.
    #[must_use]
    pub fn encoding(&self) -> Option<&'static str> {
        self.encoding
    }

    /// What stands between its cells, if it is CSV.
    #[must_use]
    pub fn delimiter(&self) -> Option<u8> {
        if let Kind::Csv(rows) = &self.kind { Some(rows.delimiter()) } else { None }
    }

    /// The names of its columns, as far as it was read; one without a name is called by its number. Names may stand twice.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.columns.names
    }

    /// Bytes of the file that were read so far, for whoever waits.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// The next row that is not blank; none at the end.
    ///
    /// # Errors
    /// When the file cannot be read on. What is wrong with one row stands in [`Row::problem`].
    #[allow(clippy::should_implement_trait, reason = "what is read can fail")]
    pub fn next(&mut self) -> Result<Option<Row>, Error> {
        match self.pending.pop_front() {
            Some(row) => Ok(Some(row)),
            None => self.read_row(),
        }
    }

    /// The next rows, at most so many, which stay where they are.
    ///
    /// # Errors
    /// As [`Table::next`].
    pub fn peek(&mut self, rows: usize) -> Result<impl Iterator<Item = &Row>, Error> {
        while self.pending.len() < rows {
            let Some(row) = self.read_row()? else { break };
            self.pending.push_back(row);
        }
        Ok(self.pending.iter().take(rows))
    }

    fn read_row(&mut self) -> Result<Option<Row>, Error> {
        let columns = &mut self.columns;
        match &mut self.kind {
            Kind::Csv(rows) => {
                let row = rows.next().map_err(Error::io(&self.name))?;
                if let Some(row) = row.as_ref().filter(|row| row.problem.is_none()) {
                    columns.number_up_to(row.cells.iter().len().min(COLUMNS_MAX));
                }
                Ok(row)
            }
            Kind::Json(objects) => {
                let object = objects.next().map_err(Error::io(&self.name))?;
                Ok(object.map(|object| match fields(&object).and_then(|fields| columns.arrange(fields)) {
                    Ok(cells) => Row { number: object.line, cells, problem: None },
                    Err(problem) => Row { number: object.line, cells: Cells::default(), problem: Some(problem) },
                }))
            }
            Kind::Xlsx(sheet) => {
                let row = sheet.next()?;
                if let Some(row) = &row {
                    columns.number_up_to(row.cells.iter().len());
                }
                Ok(row)
            }
            #[cfg(feature = "parquet")]
            Kind::Parquet(groups) => groups.next(),
        }
    }
}

/// The names of columns.
#[derive(Debug, Default)]
struct Columns {
    names: Vec<String>,
    /// Where the first of a name is.
    places: FxHashMap<String, usize>,
}

impl Columns {
    fn push(&mut self, name: &str) {
        let name = name.trim();
        let number = self.names.len();
        let name = if name.is_empty() { format!("column {}", number + 1) } else { name.to_owned() };
        self.places.entry(name.clone()).or_insert(number);
        self.names.push(name);
    }

    /// Calls columns that no heading names by their number.
    fn number_up_to(&mut self, count: usize) {
        while self.names.len() < count {
            self.push("");
        }
    }

    /// Puts fields into cells, in the order of the columns; fields that were not seen before make columns.
    fn arrange(&mut self, fields: Vec<(String, String)>) -> Result<Cells, Said> {
        let mut values: Vec<Option<String>> = vec![None; self.names.len()];
        for (name, value) in fields {
            let known = self.places.get(name.trim()).copied();
            let place = match known {
                Some(place) => place,
                None if self.names.len() >= COLUMNS_MAX => {
                    return Err(sayings::field_beyond(&name, COLUMNS_MAX + 1, COLUMNS_MAX));
                }
                None => {
                    self.push(&name);
                    self.names.len() - 1
                }
            };
            values.resize(self.names.len(), None);
            let cell = &mut values[place];
            *cell = Some(match cell.take() {
                Some(before) => format!("{before}{}{value}", crate::row::BETWEEN_VALUES),
                None => value,
            });
        }
        let mut cells = Cells::default();
        values.iter().for_each(|value| cells.push(value.as_deref().unwrap_or("")));
        Ok(cells)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table<'_> {
        Table::read("t", text.as_bytes(), &Options::default()).unwrap()
    }

    fn all(table: &mut Table<'_>) -> Vec<Row> {
        std::iter::from_fn(|| table.next().unwrap()).collect()
    }

    #[test]
    fn fields_become_columns_as_they_come() {
        let mut json = table("{\"a\":1,\"b\":\"x\"}\n{\"c\":[2,3],\"a\":4}\n{oops\n{\"b\":5,\"b\":6}\n");
        let rows = all(&mut json);
        assert_eq!(json.columns(), ["a", "b", "c"]);
        assert_eq!((rows[0].cells.get(0), rows[0].cells.get(2)), ("1", ""));
        assert_eq!(rows[1].cells.values(2).collect::<Vec<_>>(), ["2", "3"]);
        assert!(rows[2].problem.is_some() && rows[2].number == 3);
        assert_eq!(rows[3].cells.values(1).collect::<Vec<_>>(), ["5", "6"]);
    }

    #[test]
    fn columns_without_a_name_have_a_number_and_a_name_may_stand_twice() {
        let mut csv = table("name,,name\nA,B,C\n");
        assert_eq!(csv.columns(), ["name", "column 2", "name"]);
        assert_eq!(csv.peek(5).unwrap().count(), 1);
        assert_eq!(all(&mut csv).len(), 1, "what was looked at is still there");
    }

    #[test]
    fn a_table_has_a_bounded_number_of_columns() {
        let line = (0..COLUMNS_MAX + 1).map(|i| format!("\"f{i}\":1")).collect::<Vec<_>>().join(",");
        let rows = all(&mut table(&format!("{{{line}}}\n")));
        assert!(rows[0].problem.as_ref().unwrap().as_str().contains("at most 4096"));
        let header = vec!["x"; COLUMNS_MAX + 1].join(",");
        assert!(Table::read("t", header.as_bytes(), &Options::default()).is_err());
    }
}
