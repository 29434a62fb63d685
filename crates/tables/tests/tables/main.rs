//! Files as they come from offices, written here by hand: workbooks, tables in old encodings, and what was spoiled on its way.
//! `workbook` writes an XLSX, [`rows`] reads whatever comes.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed, in its helpers too")]

mod spoiled;
mod workbook;
mod xlsx;

use mihenk_tables::{Error, Options, Row, Table};

/// The rows of a file, or the error that ended it.
fn rows(bytes: &[u8], options: &Options) -> Result<(Vec<String>, Vec<Row>), Error> {
    let mut table = Table::read("t", bytes, options)?;
    let mut rows = Vec::new();
    while let Some(row) = table.next()? {
        rows.push(row);
    }
    Ok((table.columns().to_vec(), rows))
}
