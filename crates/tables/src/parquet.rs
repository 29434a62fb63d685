//! The rows of an Apache Parquet file (<https://parquet.apache.org/docs/file-format/>).
//!
//! In comes a file, out come its rows, a row group in memory at a time, as the crate `parquet` reads it, without Arrow. Dates
//! and times come as ISO 8601; a list is a cell with several values; a group or a map is the problem of its row. Pages packed
//! with Snappy, gzip or LZ4 are read; Zstandard and Brotli are not built in, and a file that needs them says so.

use std::panic::{AssertUnwindSafe, catch_unwind};

use bytes::Bytes;
use parquet::{
    errors::ParquetError,
    file::reader::{FileReader, SerializedFileReader},
    record::{Field, reader::RowIter},
};

use mihenk_said::Said;

use crate::{
    error::Error,
    row::{BETWEEN_VALUES, Cells, Row},
    sayings,
    source::Whole,
};

/// A file of which the schema was read.
pub(crate) struct Groups {
    name: String,
    rows: RowIter<'static>,
    columns: Vec<String>,
    number: u64,
    is_done: bool,
}

impl Groups {
    pub(crate) fn open(name: &str, whole: Whole) -> Result<Groups, Error> {
        let opened = calmly(|| {
            let reader: Box<dyn FileReader> = match whole {
                Whole::File(file) => Box::new(SerializedFileReader::new(file)?),
                Whole::Memory(bytes) => Box::new(SerializedFileReader::new(Bytes::from(bytes))?),
            };
            let schema = reader.metadata().file_metadata().schema();
            let columns: Vec<String> = schema.get_fields().iter().map(|field| field.name().to_owned()).collect();
            Ok((RowIter::from_file_into(reader), columns))
        });
        let (rows, columns) = opened.map_err(|what| Error::form(name, what))?;
        Ok(Groups { name: name.to_owned(), rows, columns, number: 0, is_done: false })
    }

    /// The names of the columns.
    pub(crate) fn columns(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(String::as_str)
    }

    /// The next row; none at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Row>, Error> {
        if self.is_done {
            return Ok(None);
        }
        let rows = &mut self.rows;
        let next = calmly(|| rows.next().transpose()).map_err(|what| {
            self.is_done = true;
            Error::form(&self.name, what)
        })?;
        let Some(fields) = next else {
            self.is_done = true;
            return Ok(None);
        };
        self.number += 1;
        let (mut cells, mut problem) = (Cells::default(), None);
        for (name, field) in fields.get_column_iter() {
            match text_of(field) {
                Ok(text) => cells.push(&text),
                Err(what) => {
                    cells.push("");
                    problem = problem.or(Some(sayings::column_holds(name, what)));
                }
            }
        }
        Ok(Some(Row { number: self.number, cells, problem }))
    }
}

/// The reader gives up in a panic at some damage; that ends this file and nothing else.
fn calmly<T>(read: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, Said> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(sayings::parquet_unreadable(error.to_string())),
        Err(_) => Err(sayings::parquet_damaged()),
    }
}

/// Days from 1970 to the year 9999.
const DAYS_MAX: i64 = 2_932_532;
/// The same in milliseconds.
const MILLIS_MAX: u64 = DAYS_MAX as u64 * 86_400_000;
const NO_DAY: &str = "a time that no calendar has";

/// A field as text, or what it is instead.
fn text_of(field: &Field) -> Result<String, &'static str> {
    Ok(match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::Bytes(bytes) => String::from_utf8(bytes.data().to_vec()).map_err(|_| "bytes that are no UTF-8")?,
        // In full, without an exponent.
        Field::Float(number) => number.to_string(),
        Field::Double(number) => number.to_string(),
        Field::ListInternal(list) => {
            let values: Result<Vec<String>, _> = list.elements().iter().map(text_of).collect();
            values?.join(&BETWEEN_VALUES.to_string())
        }
        // Beyond the year 9999 the reader gives up; so do ISO dates.
        Field::Date(days) if i64::from(*days).abs() >= DAYS_MAX => return Err(NO_DAY),
        Field::TimestampMillis(millis) if millis.unsigned_abs() >= MILLIS_MAX => return Err(NO_DAY),
        Field::TimestampMicros(micros) if micros.unsigned_abs() / 1_000 >= MILLIS_MAX => return Err(NO_DAY),
        Field::TimeMillis(millis) if !(0..86_400_000).contains(millis) => return Err(NO_DAY),
        Field::TimeMicros(micros) if !(0..86_400_000_000).contains(micros) => return Err(NO_DAY),
        Field::Group(_) => return Err("a group of fields"),
        Field::MapInternal(_) => return Err("a map"),
        other => other.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use parquet::{
        data_type::{ByteArrayType, Int32Type, Int64Type},
        file::{properties::WriterProperties, writer::SerializedFileWriter},
        schema::parser::parse_message_type,
    };

    use super::*;

    fn file() -> Vec<u8> {
        let schema =
            "message people { required binary name (UTF8); required int32 born (DATE); required int64 number; }";
        let schema = Arc::new(parse_message_type(schema).unwrap());
        let mut out = Vec::new();
        let mut writer =
            SerializedFileWriter::new(&mut out, schema, Arc::new(WriterProperties::builder().build())).unwrap();
        let mut group = writer.next_row_group().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<ByteArrayType>().write_batch(&["Ali".into(), "Ömer".into()], None, None).unwrap();
        column.close().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        // Days since 1970-01-01: the parquet format, logical type DATE.
        column.typed::<Int32Type>().write_batch(&[0, 7_305], None, None).unwrap();
        column.close().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<Int64Type>().write_batch(&[12_345_678_901, -1], None, None).unwrap();
        column.close().unwrap();
        group.close().unwrap();
        writer.close().unwrap();
        out
    }

    #[test]
    fn rows_come_with_dates_and_numbers_as_text() {
        let file = file();
        let mut table = crate::Table::read("t", &file[..], &crate::Options::default()).unwrap();
        assert_eq!(table.columns(), ["name", "born", "number"]);
        let row = |row: Option<Row>| row.unwrap().cells.iter().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(row(table.next().unwrap()), ["Ali", "1970-01-01", "12345678901"]);
        assert_eq!(row(table.next().unwrap()), ["Ömer", "1990-01-01", "-1"]);
        assert!(table.next().unwrap().is_none());
    }

    #[test]
    fn a_spoiled_file_is_read_or_refused() {
        let whole = file();
        for at in 4..whole.len() {
            let mut spoiled = whole.clone();
            spoiled[at] ^= 0x41;
            for bytes in [&spoiled[..], &whole[..at]] {
                if let Ok(mut table) = crate::Table::read("t", bytes, &crate::Options::default()) {
                    while let Ok(Some(_)) = table.next() {}
                }
            }
        }
    }
}
