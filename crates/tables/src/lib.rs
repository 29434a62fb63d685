//! Tables in, rows out, each with its place.
//!
//! In comes a file that somebody made: CSV with any separator and in any usual encoding, XLSX, JSON lines or a list of flat
//! objects, Parquet (with the feature `parquet`), packed with gzip or not. Its content says what it is. Out come [`Row`]s: text
//! under the name of its column, with the line or row where it stands, and what is wrong with it. A bad row never costs
//! another. What the cells mean is said elsewhere: this crate knows nothing of lists or of screening.
//!
//! CSV and JSON are read while they come, in bounded memory, whatever their size. Of XLSX the texts that cells share are held
//! in memory; what would unpack to far more than any table is refused.
//!
//! ```
//! use mihenk_tables::{Options, Table};
//!
//! let mut table = Table::read("people.csv", &b"name;born\nAli Example;1990\n"[..], &Options::default())?;
//! assert_eq!(table.columns(), ["name", "born"]);
//! let row = table.next()?.unwrap();
//! assert_eq!((row.number, row.cells.get(0)), (2, "Ali Example"));
//! # Ok::<(), mihenk_tables::Error>(())
//! ```

#![forbid(unsafe_code)]

mod csv;
pub mod encoding;
mod error;
mod json;
mod lines;
mod packed;
#[cfg(feature = "parquet")]
mod parquet;
mod row;
pub mod sayings;
mod source;
mod table;
mod xlsx;

pub use csv::{Heading, Layout, Rows};
pub use error::Error;
pub use json::{Object, Objects};
pub use lines::{LINE_LEN_MAX, Line, Lines, too_long};
pub use row::{BETWEEN_VALUES, Cells, Row};
pub use source::{Form, Options, Source};
pub use table::{COLUMNS_MAX, Table};
pub use xlsx::sheets;
