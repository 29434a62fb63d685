//! The records of a batch: from queries in yente's form, one JSON object each, or from the rows of a table.
//!
//! In comes a file of any form that `mihenk-tables` reads, with a map of its columns or without; out come records, a few
//! thousand at a time. Without a map, headings say what columns hold, and values where they cannot be anything else; what was
//! understood of the table beyond its headings is told ([`Input::notes`]), for a person to see.

use std::{
    collections::BTreeMap,
    fmt,
    io::{BufRead, Read},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use mihenk_lists::own::{DateOrder, Map, Meaning, Proposal, propose};
use mihenk_tables::{Form, Object, Objects, Options, Row, Source, Table};
use serde::de::IgnoredAny;

use super::{CHUNK, CHUNK_BYTES};
use crate::{
    error::NodeError,
    query::{Columns, Query, Refusal, id_in},
    sayings,
};

/// How a file of records is to be read, where its content does not say it.
#[derive(Clone, Debug, Default)]
pub struct Manner {
    /// What the columns of a table hold.
    pub map: Option<Map>,
    /// How a table is laid out.
    pub options: Options,
}

/// A file of records, of which the beginning was read.
pub struct Input<'a> {
    name: String,
    kind: Kind<'a>,
    notes: Vec<String>,
}

enum Kind<'a> {
    Queries { objects: Objects<Box<dyn BufRead + Send + 'a>>, bytes: Arc<AtomicU64> },
    Rows(Box<Rows<'a>>),
}

struct Rows<'a> {
    table: Table<'a>,
    columns: Columns,
    map: Option<Map>,
    /// Columns that were known when `columns` was made.
    known: usize,
}

impl fmt::Debug for Input<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "records of {}", self.name)
    }
}

impl Input<'static> {
    /// Opens a file.
    ///
    /// # Errors
    /// When it cannot be read, or is no list of records at all.
    pub fn open_file(path: &Path, manner: &Manner) -> Result<Input<'static>, NodeError> {
        Input::open_as(&path.display().to_string(), path, manner)
    }

    /// Opens a file that errors call by another name than its path.
    ///
    /// # Errors
    /// As [`Input::open_file`].
    pub fn open_as(name: &str, path: &Path, manner: &Manner) -> Result<Input<'static>, NodeError> {
        Input::of(name, Source::open_as(name, path, &manner.options)?, manner)
    }
}

impl<'a> Input<'a> {
    /// Takes what can be read for a file of which nothing is known.
    ///
    /// # Errors
    /// As [`Input::open_file`].
    pub fn open(name: &str, input: impl Read + Send + 'a) -> Result<Input<'a>, NodeError> {
        Input::read(name, input, &Manner::default())
    }

    /// Takes what can be read for a file.
    ///
    /// # Errors
    /// As [`Input::open_file`].
    pub fn read(name: &str, input: impl Read + Send + 'a, manner: &Manner) -> Result<Input<'a>, NodeError> {
        Input::of(name, Source::read(name, input, &manner.options)?, manner)
    }

    /// Recognises the form by content and reads the heading of a table, so that a file of the wrong kind is refused before
    /// anything is written.
    pub(crate) fn of(name: &str, mut source: Source<'a>, manner: &Manner) -> Result<Input<'a>, NodeError> {
        let wrong = |what: String| NodeError::Input { file: name.to_owned(), what };
        if is_empty(&mut source)? {
            let what = "the file is empty; expected JSON lines {\"id\", \"schema\", \"properties\"} or a table with a header \
                        row such as id,schema,name,birthDate,country";
            return Err(wrong(what.to_owned()));
        }
        if manner.map.is_none() && holds_queries(&mut source)? {
            let (bytes, notes) = (source.counter(), encoding_note(source.encoding()).into_iter().collect());
            let objects = Objects::open(source.into_text()?).map_err(NodeError::io(name))?;
            return Ok(Input { name: name.to_owned(), kind: Kind::Queries { objects, bytes }, notes });
        }
        let mut table = Table::of(source, &manner.options)?;
        let mut notes: Vec<String> = encoding_note(table.encoding()).into_iter().collect();
        table.peek(ROWS_TRIED)?.count();
        let columns = match &manner.map {
            Some(map) => {
                // Fields of JSON come up as they are used.
                let may_grow = table.form() == Form::Json;
                let missing = map.bind_known(table.columns()).1;
                if may_grow && !missing.is_empty() {
                    notes.push(format!("the first records have none of {}, which the map names", missing.join(", ")));
                }
                Columns::mapped(map, table.columns(), may_grow).map_err(wrong)?
            }
            None => {
                let proposal = propose(&mut table, &manner.options)?;
                notes.extend(told(&proposal));
                understood(&proposal).map_err(wrong)?
            }
        };
        let (map, known) = (manner.map.clone(), table.columns().len());
        let kind = Kind::Rows(Box::new(Rows { table, columns, map, known }));
        Ok(Input { name: name.to_owned(), kind, notes })
    }

    /// What was understood of the file beyond its headings, each a line.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The next records; none at the end.
    pub(crate) fn chunk(&mut self) -> Result<Vec<Raw>, NodeError> {
        let (mut chunk, mut bytes) = (Vec::new(), 0);
        while chunk.len() < CHUNK && bytes < CHUNK_BYTES {
            let Some(raw) = self.next()? else { break };
            bytes += raw.len();
            chunk.push(raw);
        }
        self.follow_columns()?;
        Ok(chunk)
    }

    fn next(&mut self) -> Result<Option<Raw>, NodeError> {
        Ok(match &mut self.kind {
            Kind::Queries { objects, .. } => objects.next().map_err(NodeError::io(&self.name))?.map(Raw::Query),
            Kind::Rows(rows) => rows.table.next()?.map(Raw::Row),
        })
    }

    /// Fields of JSON that came up since make columns; those that were known stay where they are.
    fn follow_columns(&mut self) -> Result<(), NodeError> {
        let Kind::Rows(rows) = &mut self.kind else { return Ok(()) };
        let headings = rows.table.columns();
        if headings.len() == rows.known {
            return Ok(());
        }
        rows.known = headings.len();
        let wrong = |what: String| NodeError::Input { file: self.name.clone(), what };
        rows.columns = match &rows.map {
            Some(map) => Columns::mapped(map, headings, true).map_err(wrong)?,
            None => rows.columns.with(headings),
        };
        Ok(())
    }

    /// Leaves out records that were answered before.
    pub(super) fn skip(&mut self, records: u64) -> Result<(), NodeError> {
        for _ in 0..records {
            if self.next()?.is_none() {
                let what = format!(
                    "the file has fewer than the {records} records that were answered; it is not the same file"
                );
                return Err(NodeError::Input { file: self.name.clone(), what });
            }
        }
        self.follow_columns()
    }

    /// The headings of a table; none where each record is an object of its own.
    pub(crate) fn headings(&self) -> Option<&[String]> {
        match &self.kind {
            Kind::Queries { .. } => None,
            Kind::Rows(rows) => Some(rows.table.columns()),
        }
    }

    /// Whether it is JSON, of any shape.
    pub(crate) fn is_json(&self) -> bool {
        match &self.kind {
            Kind::Queries { .. } => true,
            Kind::Rows(rows) => rows.table.form() == Form::Json,
        }
    }

    /// What stands between the cells of its rows, if it is text with separators.
    pub(crate) fn delimiter(&self) -> Option<u8> {
        match &self.kind {
            Kind::Queries { .. } => None,
            Kind::Rows(rows) => rows.table.delimiter(),
        }
    }

    /// How records are understood, for all threads.
    pub(crate) fn asking(&self) -> Asking<'_> {
        match &self.kind {
            Kind::Queries { .. } => Asking { columns: None, place: Form::Json.place() },
            Kind::Rows(rows) => Asking { columns: Some(&rows.columns), place: rows.table.form().place() },
        }
    }

    pub(crate) fn bytes(&self) -> u64 {
        match &self.kind {
            Kind::Queries { bytes, .. } => bytes.load(Ordering::Relaxed),
            Kind::Rows(rows) => rows.table.bytes(),
        }
    }

    /// Columns that say nothing.
    pub(crate) fn unknown_columns(&self) -> Vec<String> {
        if let Kind::Rows(rows) = &self.kind { rows.columns.unknown.clone() } else { Vec::new() }
    }
}

/// How records are understood.
#[derive(Clone, Copy)]
pub(crate) struct Asking<'a> {
    columns: Option<&'a Columns>,
    place: &'static str,
}

impl<'a> Asking<'a> {
    /// How rows with these columns are understood, in a file of that form.
    pub(crate) fn of(columns: &'a Columns, form: Form) -> Asking<'a> {
        Asking { columns: Some(columns), place: form.place() }
    }

    /// What a record asks.
    pub(crate) fn query(self, raw: &Raw) -> Result<Query, Refusal> {
        match (raw, self.columns) {
            (Raw::Row(row), Some(columns)) => match &row.problem {
                Some(what) => Err(Refusal { id: columns.id_of(&row.cells), what: what.clone() }),
                None => columns.ask(&row.cells, row.number),
            },
            (Raw::Query(object), _) => query(object),
            // Rows come from a table.
            (Raw::Row(_), None) => Err(Refusal { id: None, what: sayings::no_columns() }),
        }
    }

    /// The column that holds a property, by its number.
    pub(crate) fn column_of(self, property: &str) -> Option<usize> {
        self.columns?.bound().properties.iter().find(|column| column.property == property).map(|column| column.at)
    }

    /// The column that holds the id, by its number.
    pub(crate) fn id_column(self) -> Option<usize> {
        self.columns?.bound().id
    }

    /// Where a record stands: `line 7`, `row 7`.
    pub(crate) fn place(self, raw: &Raw) -> String {
        let number = match raw {
            Raw::Row(row) => row.number,
            Raw::Query(object) => object.line,
        };
        format!("{} {number}", self.place)
    }
}

/// Rows by which columns are understood.
const ROWS_TRIED: usize = 500;

/// A record as it stands in the file.
pub(crate) enum Raw {
    Query(Object),
    Row(Row),
}

impl Raw {
    fn len(&self) -> usize {
        match self {
            Raw::Query(object) => object.bytes.len(),
            Raw::Row(row) => row.cells.bytes(),
        }
    }
}

fn query(object: &Object) -> Result<Query, Refusal> {
    if let Some(problem) = &object.problem {
        return Err(Refusal { id: None, what: problem.clone() });
    }
    match std::str::from_utf8(&object.bytes) {
        Ok(text) => Query::from_json(text, object.line),
        Err(e) => {
            let id = id_in(&String::from_utf8_lossy(&object.bytes));
            Err(Refusal { id, what: sayings::record_not_utf8(e.valid_up_to() + 1) })
        }
    }
}

/// Whether there is nothing but white space in a file of text.
pub(crate) fn is_empty(source: &mut Source<'_>) -> Result<bool, NodeError> {
    let is_text = matches!(source.form(), Form::Csv | Form::Json);
    let is_blank = |b: &u8| b.is_ascii_whitespace() || matches!(b, 0xEF | 0xBB | 0xBF);
    Ok(is_text && source.beginning()?.iter().all(is_blank))
}

/// Whether each record of a file is an object of its own in yente's form, and no row of a table.
pub(crate) fn holds_queries(source: &mut Source<'_>) -> Result<bool, NodeError> {
    Ok(source.form() == Form::Json && !is_flat(source.beginning()?))
}

/// Whether the first object that can be read is a flat one, and none in yente's form.
fn is_flat(beginning: &[u8]) -> bool {
    const TRIED: usize = 20;
    let Ok(mut objects) = Objects::open(beginning) else { return false };
    for _ in 0..TRIED {
        let Ok(Some(object)) = objects.next() else { return false };
        if let Ok(fields) = serde_json::from_slice::<BTreeMap<String, IgnoredAny>>(&object.bytes) {
            let has_own = fields.keys().any(|key| !matches!(key.as_str(), "id" | "schema" | "caption" | "datasets"));
            return has_own && !fields.contains_key("properties");
        }
    }
    false
}

fn encoding_note(encoding: Option<&'static str>) -> Option<String> {
    encoding.map(|name| format!("the text is read as {name}; if its letters are wrong, name another with --encoding"))
}

/// The columns of a proposal that are sure.
fn understood(proposal: &Proposal) -> Result<Columns, String> {
    let headings: Vec<String> = proposal.columns.iter().map(|column| column.heading.clone()).collect();
    let sure = |meaning: Option<Meaning>, is_sure: bool| meaning.filter(|_| is_sure);
    let meanings: Vec<Option<Meaning>> = proposal.columns.iter().map(|c| sure(c.meaning, c.is_sure)).collect();
    let order = match proposal.date_format {
        Some("dmy") => Some(DateOrder::DayFirst),
        Some("mdy") => Some(DateOrder::MonthFirst),
        _ => None,
    };
    Columns::of(&headings, &meanings, order)
}

/// What is taken from values and not from headings.
fn told(proposal: &Proposal) -> Vec<String> {
    let by_values = proposal.columns.iter().filter(|column| column.is_sure && column.is_by_values);
    let mut notes: Vec<String> = by_values
        .filter_map(|column| {
            let what = match column.meaning? {
                Meaning::Property(property) => property,
                Meaning::Kind => "the kind of a record",
                Meaning::Id => "the id",
            };
            Some(format!("column '{}' is read as {what}: {}", column.heading, column.why))
        })
        .collect();
    if let Some(format) = proposal.date_format {
        let order = if format == "dmy" { "day first" } else { "month first" };
        notes.push(format!("dates in numbers are read {order}, as those that can be read in one way only"));
    }
    notes
}
