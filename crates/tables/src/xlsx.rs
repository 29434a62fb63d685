//! The rows of a sheet of a workbook (Office Open XML, ECMA-376, part 1, chapter 18).
//!
//! In comes an XLSX, out come its rows with the numbers that the sheet gives them. Dates come as ISO 8601, whatever their
//! format looks like, numbers without exponents, formulas as the value that was computed last. The crate `calamine` reads; it
//! holds on to the workbook while it does, so it works in a thread of its own, a few hundred rows ahead, and a sheet of a
//! million rows needs no more memory than one of a thousand, but for the texts that its cells share.

use std::{
    collections::VecDeque,
    io::{self, BufReader, Cursor, Read, Seek, SeekFrom},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread,
};

use calamine::{DataRef, Reader, Sheet as CalamineSheet, SheetType, SheetVisible, Xlsx, XlsxError};
use mihenk_said::Said;

use crate::{
    csv::Heading,
    error::Error,
    packed::check_zip,
    row::{Cells, Row},
    sayings,
    source::{Options, Whole},
    table::COLUMNS_MAX,
};

/// Rows that are handed over together.
const TOGETHER: usize = 256;
/// How many of these may wait.
const WAITING: usize = 4;

/// A sheet of which the heading was read.
#[derive(Debug)]
pub(crate) struct Sheet {
    name: String,
    rows: Receiver<Message>,
    ready: VecDeque<Row>,
    header: Vec<String>,
    is_done: bool,
}

/// What the thread that reads has to say.
enum Message {
    Rows(Vec<Row>),
    Failed(Said),
    Done,
}

impl Sheet {
    /// Opens the sheet that is asked for, or the first, and reads its heading.
    pub(crate) fn open(name: &str, whole: Whole, options: &Options) -> Result<Sheet, Error> {
        let (sender, rows) = sync_channel(WAITING);
        let wanted = options.sheet.clone();
        thread::spawn(move || {
            // A reader that gives up in a panic ends this sheet, and nothing else.
            let read = catch_unwind(AssertUnwindSafe(|| read(whole, wanted.as_deref(), &sender)));
            let last = match read {
                Ok(Ok(())) => Message::Done,
                Ok(Err(what)) => Message::Failed(what),
                Err(_) => Message::Failed(sayings::workbook_damaged()),
            };
            // Nobody may be listening any more.
            let _ = sender.send(last);
        });
        let ready = VecDeque::new();
        let mut sheet = Sheet { name: name.to_owned(), rows, ready, header: Vec::new(), is_done: false };
        sheet.read_header(options.heading)?;
        Ok(sheet)
    }

    fn read_header(&mut self, heading: Heading) -> Result<(), Error> {
        let from = match heading {
            Heading::Nowhere => return Ok(()),
            Heading::First => 1,
            Heading::At(row) => row,
        };
        while let Some(row) = self.next()? {
            if let Some(problem) = row.problem {
                return Err(Error::form(&self.name, sayings::in_row(row.number, problem)));
            }
            if row.number >= from {
                self.header = row.cells.iter().map(str::to_owned).collect();
                return Ok(());
            }
        }
        Err(Error::form(&self.name, sayings::sheet_is_empty()))
    }

    /// The names of the columns.
    pub(crate) fn header(&self) -> &[String] {
        &self.header
    }

    /// The next row that is not blank; none at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Row>, Error> {
        loop {
            if let Some(row) = self.ready.pop_front() {
                return Ok(Some(row));
            }
            if self.is_done {
                return Ok(None);
            }
            match self.rows.recv() {
                Ok(Message::Rows(rows)) => self.ready.extend(rows),
                Ok(Message::Done) => self.is_done = true,
                Ok(Message::Failed(what)) => {
                    self.is_done = true;
                    return Err(Error::form(&self.name, what));
                }
                Err(_) => {
                    self.is_done = true;
                    return Err(Error::form(&self.name, sayings::workbook_ends_early()));
                }
            }
        }
    }
}

/// The names of the sheets of a workbook, in their order.
///
/// # Errors
/// When the bytes are no workbook, or unpack to more than any table does.
pub fn sheets(name: &str, bytes: &[u8]) -> Result<Vec<String>, Error> {
    let read = || {
        let mut input = Cursor::new(bytes);
        check_zip(&mut input, bytes.len() as u64)?;
        input.set_position(0);
        Xlsx::new(input).map(|workbook| workbook.sheet_names()).map_err(|e| broken(&e))
    };
    let read = catch_unwind(AssertUnwindSafe(read));
    read.unwrap_or_else(|_| Err(sayings::workbook_damaged())).map_err(|what| Error::form(name, what))
}

/// Reads a workbook from wherever it is.
fn read(whole: Whole, wanted: Option<&str>, sender: &SyncSender<Message>) -> Result<(), Said> {
    match whole {
        Whole::File(file) => {
            let length = file.metadata().map_err(|e| Said::from(&e))?.len();
            read_workbook(BufReader::new(file), length, wanted, sender)
        }
        Whole::Memory(bytes) => {
            let length = bytes.len() as u64;
            read_workbook(Cursor::new(bytes), length, wanted, sender)
        }
    }
}

fn read_workbook<R: Read + Seek>(
    mut input: R,
    length: u64,
    wanted: Option<&str>,
    sender: &SyncSender<Message>,
) -> Result<(), Said> {
    check_zip(&mut input, length)?;
    input.seek(SeekFrom::Start(0)).map_err(|e: io::Error| Said::from(&e))?;
    let mut workbook = Xlsx::new(input).map_err(|e| broken(&e))?;
    let names = workbook.sheet_names();
    let sheet = match wanted {
        Some(wanted) => names.iter().find(|name| name.trim() == wanted.trim()).cloned(),
        None => first_of_cells(workbook.sheets_metadata()),
    };
    let Some(sheet) = sheet else {
        let names = names.iter().take(20).map(|name| format!("'{name}'")).collect::<Vec<_>>().join(", ");
        return Err(match wanted {
            Some(wanted) => sayings::no_such_sheet(wanted, names),
            None => sayings::no_sheet_of_cells(),
        });
    };
    let mut cells = workbook.worksheet_cells_reader(&sheet).map_err(|e| broken(&e))?;
    let mut rows = Vec::with_capacity(TOGETHER);
    let mut row = Building::default();
    while let Some(cell) = cells.next_cell().map_err(|e| broken(&e))? {
        let (number, column) = cell.get_position();
        let number = u64::from(number) + 1;
        if number != row.number {
            rows.extend(row.finish());
            row.number = number;
        }
        row.put(column as usize, cell.get_value());
        if rows.len() >= TOGETHER && sender.send(Message::Rows(std::mem::take(&mut rows))).is_err() {
            return Ok(());
        }
    }
    rows.extend(row.finish());
    // Nobody may be listening any more.
    let _ = sender.send(Message::Rows(rows));
    Ok(())
}

/// The first sheet of cells that a reader of the workbook sees; sheets of charts and hidden ones are none.
fn first_of_cells(sheets: &[CalamineSheet]) -> Option<String> {
    let has_cells = |sheet: &&CalamineSheet| sheet.typ == SheetType::WorkSheet;
    let visible = sheets.iter().filter(has_cells).find(|sheet| sheet.visible == SheetVisible::Visible);
    visible.or_else(|| sheets.iter().find(has_cells)).map(|sheet| sheet.name.clone())
}

fn broken(error: &XlsxError) -> Said {
    match error {
        XlsxError::Password => sayings::workbook_has_password(),
        XlsxError::FileNotFound(_) | XlsxError::NotAWorksheet(_) => sayings::zip_is_no_workbook(error.to_string()),
        other => sayings::workbook_broken(other.to_string()),
    }
}

/// A row while its cells come.
#[derive(Default)]
struct Building {
    number: u64,
    cells: Vec<String>,
    problem: Option<Said>,
}

impl Building {
    fn put(&mut self, column: usize, value: &DataRef<'_>) {
        let text = text_of(value);
        if text.is_empty() {
            return;
        }
        if column >= COLUMNS_MAX {
            self.problem = Some(sayings::column_beyond(column + 1, COLUMNS_MAX));
            return;
        }
        if self.cells.len() <= column {
            self.cells.resize(column + 1, String::new());
        }
        self.cells[column] = text;
    }

    /// The row, unless it is blank; another one can begin.
    fn finish(&mut self) -> Option<Row> {
        let built = std::mem::take(self);
        if built.problem.is_none() && built.cells.iter().all(|cell| cell.trim().is_empty()) {
            return None;
        }
        let mut cells = Cells::default();
        built.cells.iter().for_each(|cell| cells.push(cell));
        Some(Row { number: built.number, cells, problem: built.problem })
    }
}

/// A cell as text.
fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_text(*number),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(when) if when.is_datetime() => date_text(when.as_f64(), when.to_ymd_hms_milli()),
        DataRef::DateTime(length) => number_text(length.as_f64()),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
    }
}

/// Numbers of customers and passports are stored as floating point; they have no fraction and no exponent.
fn number_text(number: f64) -> String {
    format!("{number}")
}

/// A serial number with the format of a date: a day, a day with a time, or a time alone.
fn date_text(serial: f64, (year, month, day, hour, minute, second, _): (u16, u8, u8, u8, u8, u8, u16)) -> String {
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    if serial < 1.0 {
        return time;
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) { date } else { format!("{date}T{time}") }
}
