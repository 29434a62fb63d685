//! The first rows of a file, what its columns seem to hold, and what the rows would become.
//!
//! In come a file and what a person says of it so far, out comes an [`Example`]: columns with what was chosen, or what was kept of an earlier file with the same
//! columns, or what is proposed ([`mihenk_lists::own::propose`]); rows as they stand; and of each row the customer that it would become, or why it would not be taken.
//! Nothing is written.

use std::{collections::BTreeSet, path::Path};

use mihenk_lists::own::{Map, Proposal, propose, schema_word};
use mihenk_tables::{Form, Row, Source, Table};

use super::choices::{Choices, Holds, Layout, Wrong};
use crate::{
    batch::{Asking, Input, Manner, Raw, holds_queries, is_empty},
    error::NodeError,
    portfolio::{Columns as Own, Given, Rejected},
    query::Columns,
};

/// Rows that are tried.
const TRIED: usize = 500;
/// Rows that are shown.
const SHOWN: usize = 6;
/// Columns that are shown; what is behind them is not used.
const COLUMNS: usize = 200;
/// Words of kinds that are asked for.
const KINDS: usize = 12;

/// The beginning of a file and what would become of it.
#[derive(Clone, Debug)]
pub struct Example {
    /// What the file is.
    pub form: Form,
    /// The encoding of its text, unless it is UTF-8.
    pub encoding: Option<&'static str>,
    /// What stands between cells, if it is CSV.
    pub delimiter: Option<u8>,
    /// Its columns; none where each record is an object that says by itself what it holds.
    pub columns: Vec<Column>,
    /// What holds so far.
    pub choices: Choices,
    /// The first rows.
    pub rows: Vec<Shown>,
    /// Rows that were tried.
    pub tried: usize,
    /// Whether the file has no others.
    pub is_whole: bool,
    /// How many of those would be taken.
    pub good: usize,
    /// Of these, how many have a value that could not be read and says nothing.
    pub warned: usize,
    /// Those that would not be taken.
    pub refused: Vec<Rejected>,
    /// Why nothing can be said of any row yet.
    pub wrong: Option<Wrong>,
    /// Words of the column of kinds that nothing knows, with the schema that was chosen for each.
    pub kinds: Vec<(String, String)>,
    /// A date of which nothing says whether day or month comes first.
    pub ambiguous_date: Option<String>,
}

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its heading.
    pub heading: String,
    /// What it holds.
    pub holds: Holds,
    /// From where that is known.
    pub from: From,
    /// Whether a column before it has the same heading: then it holds the same.
    pub is_twin: bool,
}

/// From where it is known what a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// A person chose it.
    Chosen,
    /// It was so in the last file with the same columns.
    Kept,
    /// Its heading says it.
    Heading,
    /// Its values can be nothing else.
    Values,
    /// It is only likely.
    Guess,
    /// Nothing says it.
    Nowhere,
}

/// A row.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Where it stands, such as `line 7`.
    pub place: String,
    /// Its cells, one for each column.
    pub cells: Vec<String>,
    /// What it would become.
    pub becomes: Becomes,
}

/// What a row would become.
#[derive(Clone, Debug)]
pub enum Becomes {
    /// A customer or a related party.
    Party(Box<Given>),
    /// Nothing, for that reason.
    Refused(Box<Rejected>),
    /// That cannot be said yet.
    Unknown,
}

/// Looks at a file that is called `name`. Without choices, what `kept` knows for its headings counts before what is proposed.
///
/// # Errors
/// When the file is none of records, with what would be right.
pub fn look(
    path: &Path,
    name: &str,
    choices: Option<&Choices>,
    kept: impl FnOnce(&[String]) -> Option<Choices>,
) -> Result<Example, NodeError> {
    let layout = choices.map(|choices| choices.layout.clone()).unwrap_or_default();
    let options = layout.options().map_err(|wrong| NodeError::Act(wrong.to_string()))?;
    let mut source = Source::open_as(name, path, &options)?;
    if is_empty(&mut source)? {
        return Err(NodeError::Unreadable { file: name.to_owned(), what: crate::sayings::file_is_empty() });
    }
    if holds_queries(&mut source)? {
        return of_queries(Input::of(name, source, &Manner::default())?, choices);
    }
    let mut table = Table::of(source, &options)?;
    let proposal = propose(&mut table, &options)?;
    let rows: Vec<Row> = table.peek(TRIED + 1)?.cloned().collect();
    let headings = table.columns().to_vec();
    let (choices, from) = match choices.filter(|choices| !choices.is_layout_only()) {
        Some(chosen) => (chosen.clone(), From::Chosen),
        None => match kept(&headings) {
            Some(kept) => (Choices { layout, ..kept }, From::Kept),
            None => (proposed(&proposal, &headings, layout), From::Guess),
        },
    };
    let mut example = Example {
        form: table.form(),
        encoding: table.encoding(),
        delimiter: table.delimiter(),
        columns: columns(&headings, &choices, from, &proposal),
        choices,
        rows: Vec::new(),
        tried: rows.len().min(TRIED),
        is_whole: rows.len() <= TRIED,
        good: 0,
        warned: 0,
        refused: Vec::new(),
        wrong: None,
        kinds: Vec::new(),
        ambiguous_date: proposal.ambiguous_date.clone(),
    };
    example.kinds = example.kinds_of(&headings, &rows);
    example.try_rows(&headings, rows)?;
    Ok(example)
}

/// The headings of a file of which nothing but its layout is known; none where each record is an object of its own.
///
/// # Errors
/// As [`look`].
pub fn headings(path: &Path, name: &str, layout: &Layout) -> Result<Option<Vec<String>>, NodeError> {
    let options = layout.options().map_err(|wrong| NodeError::Act(wrong.to_string()))?;
    let mut source = Source::open_as(name, path, &options)?;
    if holds_queries(&mut source)? {
        return Ok(None);
    }
    let mut table = Table::of(source, &options)?;
    // The fields of JSON are known when its first objects are.
    table.peek(TRIED + 1)?.count();
    Ok(Some(table.columns().to_vec()))
}

/// What is proposed for a table.
fn proposed(proposal: &Proposal, headings: &[String], layout: Layout) -> Choices {
    let mut columns: Vec<(String, Holds)> = Vec::new();
    for column in &proposal.columns {
        let holds = Holds::of_meaning(column.meaning);
        let is_single = matches!(holds, Holds::Number | Holds::Kind);
        let is_there =
            columns.iter().any(|(heading, known)| *heading == column.heading || is_single && *known == holds);
        columns.push((column.heading.clone(), if is_there { Holds::Nothing } else { holds }));
    }
    let own = Own::among(headings, None).places();
    for (at, holds) in own.into_iter().zip([Holds::Parent, Holds::Role, Holds::Exposure]) {
        at.and_then(|at| columns.get_mut(at)).into_iter().for_each(|column| column.1 = holds);
    }
    let columns = columns.into_iter().filter(|(_, holds)| *holds != Holds::Nothing);
    Choices {
        columns: columns.map(|(heading, holds)| (heading, holds.word().to_owned())).collect(),
        each: proposal.schema.unwrap_or("").to_owned(),
        dates: proposal.date_format.unwrap_or("").to_owned(),
        separator: proposal.separator.map_or_else(String::new, String::from),
        layout,
        ..Choices::default()
    }
}

fn columns(headings: &[String], choices: &Choices, from: From, proposal: &Proposal) -> Vec<Column> {
    let of_guess = |at: usize, holds: Holds| match proposal.columns.get(at) {
        _ if holds == Holds::Nothing => From::Nowhere,
        // The columns that only customers have are known by their headings alone.
        Some(guess) if Holds::of_meaning(guess.meaning) != holds || guess.is_sure && !guess.is_by_values => {
            From::Heading
        }
        Some(guess) if guess.is_sure => From::Values,
        _ => From::Guess,
    };
    let column = |(at, heading): (usize, &String)| {
        let holds = choices.holds(heading);
        Column {
            heading: heading.clone(),
            holds,
            from: if from == From::Guess { of_guess(at, holds) } else { from },
            is_twin: headings[..at].contains(heading),
        }
    };
    headings.iter().enumerate().take(COLUMNS).map(column).collect()
}

impl Example {
    /// Words of the column of kinds that nothing knows.
    fn kinds_of(&self, headings: &[String], rows: &[Row]) -> Vec<(String, String)> {
        let at = headings.iter().position(|heading| self.choices.holds(heading) == Holds::Kind);
        let Some(at) = at else { return Vec::new() };
        let words = rows.iter().take(TRIED).map(|row| row.cells.get(at)).filter(|word| !word.is_empty());
        let unknown: BTreeSet<&str> = words.filter(|word| schema_word(word).is_none()).collect();
        let chosen = |word: &str| self.choices.kinds.get(word).cloned().unwrap_or_default();
        unknown.into_iter().take(KINDS).map(|word| (word.to_owned(), chosen(word))).collect()
    }

    fn try_rows(&mut self, headings: &[String], rows: Vec<Row>) -> Result<(), NodeError> {
        let map = match self.choices.map(headings) {
            Ok(map) => Some(map),
            Err(wrong) => {
                self.wrong = Some(wrong);
                None
            }
        };
        let with = map.as_ref().map(|map| understood(map, headings)).transpose()?;
        let place = self.form.place();
        for row in rows.into_iter().take(TRIED) {
            let place = format!("{place} {}", row.number);
            let cells = (0..self.columns.len()).map(|at| row.cells.get(at).replace('\u{1F}', " · ")).collect();
            let raw = Raw::Row(row);
            let given = with.as_ref().map(|(columns, own)| own.read(Asking::of(columns, self.form), &raw));
            self.take(place, cells, given);
        }
        Ok(())
    }

    fn take(&mut self, place: String, cells: Vec<String>, given: Option<Result<Given, Box<Rejected>>>) {
        let becomes = match given {
            None => Becomes::Unknown,
            Some(Ok(given)) => {
                self.good += 1;
                self.warned += usize::from(!given.warnings.is_empty());
                Becomes::Party(Box::new(given))
            }
            Some(Err(rejected)) => {
                self.refused.push((*rejected).clone());
                Becomes::Refused(rejected)
            }
        };
        if self.rows.len() < SHOWN {
            self.rows.push(Shown { place, cells, becomes });
        }
    }
}

fn understood(map: &Map, headings: &[String]) -> Result<(Columns, Own), NodeError> {
    let columns = Columns::mapped(map, headings, true).map_err(NodeError::Act)?;
    Ok((columns, Own::among(headings, Some(map))))
}

/// Records that say by themselves what they hold.
fn of_queries(mut input: Input<'_>, choices: Option<&Choices>) -> Result<Example, NodeError> {
    let chunk = input.chunk()?;
    let mut example = Example {
        form: Form::Json,
        encoding: None,
        delimiter: None,
        columns: Vec::new(),
        choices: choices.cloned().unwrap_or_default(),
        rows: Vec::new(),
        tried: chunk.len().min(TRIED),
        is_whole: chunk.len() <= TRIED,
        good: 0,
        warned: 0,
        refused: Vec::new(),
        wrong: None,
        kinds: Vec::new(),
        ambiguous_date: None,
    };
    let (asking, own) = (input.asking(), Own::default());
    for raw in chunk.iter().take(TRIED) {
        example.take(asking.place(raw), Vec::new(), Some(own.read(asking, raw)));
    }
    Ok(example)
}

impl Choices {
    /// Whether nothing was said but how the file is laid out.
    pub(super) fn is_layout_only(&self) -> bool {
        *self == Choices { layout: self.layout.clone(), ..Choices::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looked(text: &[u8], choices: Option<&Choices>) -> Result<Example, NodeError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        std::fs::write(&path, text).unwrap();
        look(&path, "müşteri.csv", choices, |_| None)
    }

    const TURKISH: &str = "Müşteri No;Adı Soyadı;Doğum Tarihi;Uyruğu;Tip;Risk tutarı;Renk\n\
        7;Ayla Deneme;31/12/1990;TR;G;12.500,00;mavi\n8;Örnek A.Ş.;;TR;T;;\n9;Yok Böyle;31/31/1990;TR;G;;yeşil\n";

    #[test]
    fn a_table_is_proposed_and_its_rows_are_tried() {
        let (bytes, _, _) = mihenk_tables::encoding::named("windows-1254").unwrap().encode(TURKISH);
        let example = looked(&bytes, None).unwrap();
        assert_eq!((example.form, example.delimiter), (Form::Csv, Some(b';')));
        let held: Vec<&str> = example.columns.iter().map(|column| column.holds.word()).collect();
        let expected =
            ["customer.number", "name", "birthDate", "nationality", "customer.kind", "customer.exposure", ""];
        assert_eq!(held, expected);
        assert_eq!(example.columns[1].from, From::Heading);
        assert_eq!(example.kinds, [("G".to_owned(), String::new()), ("T".to_owned(), String::new())]);
        // Nobody has said what G and T are, so no row is taken.
        assert_eq!((example.good, example.tried, example.is_whole), (0, 3, true));
        let mut choices = example.choices.clone();
        choices.kinds.insert("G".to_owned(), "Person".to_owned());
        choices.kinds.insert("T".to_owned(), "Company".to_owned());
        let example = looked(&bytes, Some(&choices)).unwrap();
        assert_eq!((example.good, example.refused.len(), example.wrong.as_ref()), (2, 1, None));
        let Becomes::Party(first) = &example.rows[0].becomes else { panic!("{:?}", example.rows[0]) };
        assert_eq!((first.reference.as_str(), first.exposure), ("7", Some(12_500)));
        assert_eq!(first.party.schema, "Person");
        assert_eq!(first.party.properties["birthDate"], ["1990-12-31"]);
        assert_eq!(example.refused[0].place, "line 4");
        assert_eq!(example.refused[0].column.as_deref(), Some("Doğum Tarihi"));
        assert!(example.refused[0].reason.as_str().contains("31/31/1990"), "{}", example.refused[0].reason);
    }

    #[test]
    fn what_was_kept_counts_before_what_is_proposed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        std::fs::write(&path, "a,b,c\n1,Ayla Deneme,x\n").unwrap();
        let columns = [("a", "customer.number"), ("b", "name")];
        let columns = columns.map(|(heading, word)| (heading.to_owned(), word.to_owned())).into();
        let kept = Choices { columns, each: "Person".to_owned(), ..Choices::default() };
        let example = look(&path, "f", None, |headings| {
            assert_eq!(headings, ["a", "b", "c"]);
            Some(kept)
        });
        let example = example.unwrap();
        assert_eq!((example.columns[1].from, example.good), (From::Kept, 1));
        let layout = Layout { delimiter: "|".to_owned(), ..Layout::default() };
        let other = Choices { layout, ..Choices::default() };
        assert_eq!(
            look(&path, "f", Some(&other), |_| None).unwrap().columns.len(),
            1,
            "as the person says it is laid out"
        );
    }

    #[test]
    fn records_that_say_what_they_hold_need_no_columns() {
        let text = "{\"id\":\"1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Ayla Deneme\"]}}\n{\"id\":\"2\",\"schema\":\"Address\",\"properties\":{\"name\":[\"x\"]}}\n";
        let example = looked(text.as_bytes(), None).unwrap();
        assert!(example.columns.is_empty());
        assert_eq!((example.good, example.refused.len()), (1, 1));
    }

    #[test]
    fn a_heading_that_stands_twice_is_one_column_and_no_table_is_said_to_be_none() {
        let example = looked(b"id,name,name\n1,Ayla,Deneme\n", None).unwrap();
        assert_eq!(example.columns.iter().map(|column| column.is_twin).collect::<Vec<_>>(), [false, false, true]);
        assert_eq!(example.columns[2].holds, Holds::Property("name"));
        for bytes in [&b""[..], b"\xEF\xBB\xBF \n", b"%PDF-1.7", b"<html>", b"PK\x03\x04 and nothing"] {
            assert!(looked(bytes, None).is_err());
        }
    }

    proptest::proptest! {
        /// Any bytes are looked at or refused, and every row that is tried has its answer.
        #[test]
        fn any_bytes_are_looked_at(text in "(id|name|\"é\"|\u{1F}){0,3}(,[a-c\"\\\\\u{0}]{0,5}){0,4}\n([a-z0-9/., \"{}\\[\\]:]{0,20}\n){0,5}", cut in 0_usize..100) {
            let bytes = text.as_bytes();
            let cut = bytes.len() * cut / 100;
            if let Ok(example) = looked(&bytes[..cut], None) {
                let known = if example.wrong.is_none() { example.good + example.refused.len() } else { example.tried };
                proptest::prop_assert_eq!(known, example.tried);
            }
        }
    }
}
