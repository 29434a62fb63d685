//! The simplified CSV of OpenSanctions (`targets.simple.csv`): one row for each target, several values of a cell with semicolons.
//!
//! In comes a file with the heading that OpenSanctions documents (<https://www.opensanctions.org/docs/bulk/csv/>), also with the
//! column `program_ids` that later editions have; out comes a [`Draft`]. Ids stay as they are, so that they agree with other
//! editions of the list. Numbers have lost their kind in this form; those with check digits get it back. What a row says of
//! its listings is kept as text. Whoever can choose takes `entities.ftm.json`, which has all of it.

use mihenk_entities::EntityId;
use mihenk_said::Said;
use mihenk_tables::{Row, Table};
use rustc_hash::FxHashSet;

use crate::{
    error::Error,
    finding::{Finding, Place, Severity},
    input::Input,
    listing::Listing,
    own::{
        map::{Bound, Column, Map},
        read::{add, slug},
    },
    reading::Reading,
    relations::Draft,
    sayings,
};

/// The first columns of the form, which no other has.
const HEADING: [&str; 9] =
    ["id", "schema", "name", "aliases", "birth_date", "countries", "addresses", "identifiers", "sanctions"];

const MAP: &str = "id = \"id\"\nkind = \"schema\"\n[columns]\nname = \"name\"\nalias = \"aliases\"\nbirthDate = \"birth_date\"\n\
    country = \"countries\"\naddress = \"addresses\"\nidentifiers = \"identifiers\"\nphone = \"phones\"\nemail = \"emails\"\n\
    createdAt = \"first_seen\"\nmodifiedAt = \"last_change\"\n[sanction]\nsummary = \"sanctions\"\nauthority = \"dataset\"\n";

/// Whether a first line is the heading of the form.
pub(crate) fn is_simple(first: &str) -> bool {
    let mut columns = first.split(',').map(|column| column.trim().trim_matches('"'));
    HEADING.iter().all(|wanted| columns.next() == Some(wanted))
}

/// Reads a file of the form.
pub(crate) fn read_simple(input: &Input) -> Result<Draft, Error> {
    let wrong = |what| Error::Map { file: input.name.clone(), what };
    let map = Map::parse(MAP).map_err(wrong)?;
    let mut table = Table::read(&input.name, &input.bytes[..], &map.options)?;
    let bound = map.bind(table.columns()).map_err(wrong)?;
    let mut rows = Vec::new();
    let mut reading = Reading::new(None, "", [input]);
    while let Some(row) = table.next()? {
        match &row.problem {
            Some(problem) => refuse(&mut reading, input, &row, problem.to_string()),
            None => rows.push(row),
        }
    }
    let columns = table.columns().to_vec();
    name_dataset(&mut reading, input, &rows, &columns);
    let mut simple = Simple { map, bound, columns, input, ids: FxHashSet::default() };
    rows.iter().for_each(|row| simple.row(row, &mut reading));
    if reading.entities.is_empty() {
        return Err(Error::NoRecords { file: input.name.clone() });
    }
    Ok(Draft::of(reading))
}

/// The dataset is called by what all rows say, or else by the file.
fn name_dataset(reading: &mut Reading, input: &Input, rows: &[Row], columns: &[String]) {
    let at = columns.iter().position(|column| column == "dataset");
    let mut titles = rows.iter().map(|row| at.map_or("", |at| row.cells.get(at)));
    let first = titles.next().unwrap_or("");
    if !first.is_empty() && !first.contains(';') && titles.all(|title| title == first) {
        (reading.dataset, reading.title) = (slug(first), Some(first.to_owned()));
    } else {
        reading.dataset = slug(input.stem());
    }
}

fn refuse(reading: &mut Reading, input: &Input, row: &Row, found: impl Into<Said>) {
    let record = Some(row.cells.get(0).to_owned()).filter(|id| !id.is_empty());
    let place = Place { line: Some(row.number), record, field: None };
    let (file, expected) = (input.name.clone(), sayings::row_not_read());
    reading.findings.push(Finding { file, place, found: found.into(), expected, severity: Severity::High });
}

struct Simple<'a> {
    map: Map,
    bound: Bound,
    columns: Vec<String>,
    input: &'a Input,
    ids: FxHashSet<String>,
}

impl Simple<'_> {
    fn row(&mut self, row: &Row, reading: &mut Reading) {
        let id = row.cells.get(0);
        let read = self.map.schema_of(row.cells.get(1)).and_then(|schema| {
            let schema = schema.ok_or_else(sayings::found_no_schema)?;
            let id = EntityId::new(id).map_err(|e| Said::words(e.to_string()))?;
            let is_new = self.ids.insert(id.to_string());
            is_new.then_some((id, schema)).ok_or_else(sayings::found_id_again)
        });
        let (id, schema) = match read {
            Ok(read) => read,
            Err(found) => return refuse(reading, self.input, row, found),
        };
        let dataset = reading.dataset.clone();
        let mut listing = Listing::new(&dataset, id, schema, &self.input.name, row.number);
        for column in &self.bound.properties {
            let field = self.columns.get(column.at).map_or("", String::as_str);
            for value in self.map.values(&row.cells, column) {
                match column.property.as_str() {
                    // When a record was first seen is a time of OpenSanctions, not of the entity.
                    "createdAt" | "modifiedAt" => listing.add(&column.property, value.get(..10).unwrap_or(&value)),
                    property => add(&mut listing, property, &value, field),
                }
            }
        }
        self.listings(row, &mut listing);
        reading.records += 1;
        listing.finish(&mut reading.entities, &mut reading.findings);
    }

    /// What the row says of its listings, each a satellite with its text.
    fn listings(&self, row: &Row, listing: &mut Listing<'_>) {
        let of = |property: &str| -> Vec<String> {
            let columns = self.bound.sanction.iter().filter(|column| column.property == property);
            columns.flat_map(|column: &Column| self.map.values(&row.cells, column)).collect()
        };
        let (texts, authorities, id) = (of("summary"), of("authority"), listing.id().to_owned());
        for text in texts {
            let sanction = listing.satellite("Sanction", "sanction");
            sanction.add("entity", id.as_str());
            sanction.add("authority", authorities.join("; "));
            sanction.add("summary", text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "\"id\",\"schema\",\"name\",\"aliases\",\"birth_date\",\"countries\",\"addresses\",\"identifiers\",\"sanctions\",\
        \"phones\",\"emails\",\"program_ids\",\"dataset\",\"first_seen\",\"last_seen\",\"last_change\"\n\
        \"Q1\",\"Person\",\"Ali Example\",\"A. Example;\"\"Example; Ali\"\"\",\"1957-02-03;1958\",\"ir;tr\",\"\",\"A1234567\",\
        \"P1 - reason;P2\",\"\",\"\",\"X\",\"Some List\",\"2021-01-02T03:04:05\",\"2024-01-01T00:00:00\",\"2023-01-01T00:00:00\"\n\
        \"Q2\",\"Vessel\",\"Sea Star\",\"\",\"\",\"pa\",\"\",\"IMO9074729\",\"\",\"\",\"\",\"\",\"Some List\",\"\",\"\",\"\"\n";

    fn reading(text: &str) -> Result<Reading, Error> {
        read_simple(&Input { name: "targets.simple.csv".into(), bytes: text.as_bytes().to_vec() })
            .map(|draft| draft.reading)
    }

    #[test]
    fn rows_are_read_with_their_lists_of_values() {
        let read = reading(TABLE).unwrap();
        assert_eq!((read.dataset.as_str(), read.title.as_deref(), read.records), ("some_list", Some("Some List"), 2));
        let ali = &read.entities[0];
        assert_eq!(
            (ali.id.as_str(), ali.values("alias")),
            ("Q1", &["A. Example".to_owned(), "Example; Ali".to_owned()][..])
        );
        assert_eq!(ali.values("birthDate"), ["1957-02-03", "1958"]);
        assert_eq!(
            (ali.values("idNumber"), ali.first("modifiedAt")),
            (&["A1234567".to_owned()][..], Some("2023-01-01"))
        );
        let listings: Vec<_> = read.entities.iter().filter(|e| e.schema.name() == "Sanction").collect();
        assert_eq!(listings.len(), 2);
        assert_eq!(
            (listings[0].first("summary"), listings[0].first("authority")),
            (Some("P1 - reason"), Some("Some List"))
        );
        assert_eq!(read.entities[3].first("imoNumber"), Some("IMO9074729"));
        assert!(read.findings.is_empty(), "{:?}", read.findings);
    }

    #[test]
    fn rows_that_cannot_be_read_are_findings() {
        let more = "\"Q1\",\"Person\",\"Twice\",,,,,,,,,,\"Some List\",,,\n\"Q 3\",\"Pirson\",\"X\",,,,,,,,,,,,,\n\"Q4\",\"Person\"\n";
        let read = reading(&(TABLE.to_owned() + more)).unwrap();
        let lines: Vec<_> = read.findings.iter().map(|f| (f.place.line, f.severity)).collect();
        assert_eq!(lines.len(), 3);
        assert!(lines.iter().all(|(_, severity)| *severity == Severity::High));
        assert_eq!(read.dataset, "targets", "rows of several lists have the name of the file");
    }
}
