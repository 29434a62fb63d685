//! The Australian Sanctions Consolidated List of the Department of Foreign Affairs and Trade, from its workbook.
//!
//! In comes the workbook, or what somebody saved of it as CSV; out come a `Person`, an `Organization` (a `Company` where the
//! name says so) or a `Vessel` for each reference, with a `Sanction` for each committee and addresses. One row is one name: 101
//! is the primary name, 101a and 101b are aliases or the name in its original script, and repeat the other columns. Ids are
//! `au-dfat-` with the number and the primary name in slug form, as OpenSanctions forms them; it does so because the publisher
//! has used numbers twice, and for the same reason rows of a number that stand apart are records apart.

mod cells;

use mihenk_entities::EntityId;
use unicode_normalization::UnicodeNormalization;

use crate::{
    bookkeeping::Book,
    delimited::Row,
    error::Error,
    finding::{Finding, Place, Severity, quote},
    listing::{Listing, one_line, schema_named, slug_within},
    organisation::{is_company, split_abbreviation},
    reading::Reading,
    relations::{Draft, Names, enter},
    sayings,
    sets::{Part, Set},
    source::{Cadence, Layout, Source, SourceFile},
    workbook::{Headed, sheets},
};

/// Australia's consolidated list.
pub(crate) static AU_DFAT_SANCTIONS: Source = Source {
    name: "au_dfat_sanctions",
    title: "Australian Sanctions Consolidated List",
    publisher: "Australian Sanctions Office, Department of Foreign Affairs and Trade",
    coverage: "Persons, entities and vessels under sanctions of the Security Council that Australia implements, or under \
               Australian autonomous sanctions",
    licence: "Creative Commons Attribution 4.0; https://www.dfat.gov.au/about-us/about-this-website/copyright",
    page: "https://www.dfat.gov.au/international-relations/security/sanctions/consolidated-list",
    files: &[SourceFile {
        part: Part::Whole,
        url: "https://www.dfat.gov.au/sites/default/files/Australian_Sanctions_Consolidated_List.xlsx",
    }],
    other_forms: &[],
    cadence: Cadence::OnDecision,
    layout: Layout::Unverified(
        "columns and their values are those that public programs read from the published workbook, not seen itself",
    ),
    read,
};

/// Longest id of a record, in bytes; ids of satellites have to fit behind it.
const ID_LEN_MAX: usize = 150;

/// Columns that are mapped.
const COLUMNS: [&str; 19] = [
    REFERENCE,
    NAME,
    "Type",
    "Name Type",
    "Alias Strength",
    "Date of Birth",
    "Place of Birth",
    "Citizenship",
    "Address",
    "Additional Information",
    "Listing Information",
    "IMO Number",
    "Committees",
    "Control Date",
    "Instrument of Designation",
    "Targeted Financial Sanction",
    "Travel Ban",
    "Arms Embargo",
    "Maritime Restriction",
];
const REFERENCE: &str = "Reference";
const NAME: &str = "Name of Individual or Entity";

/// Whether a row is the heading of this list.
pub(crate) fn is_header(fields: &[String]) -> bool {
    let has = |name: &str| fields.iter().any(|field| one_line(field).eq_ignore_ascii_case(name));
    has(REFERENCE) && has(NAME)
}

fn read(set: &Set<'_>) -> Result<Draft, Error> {
    let mut reading = Reading::new(Some(set.source), set.source.name, set.inputs());
    let (mut names, mut aliases) = (Names::default(), Names::default());
    if let Some(input) = set.file(Part::Whole) {
        let sheets = sheets(input, is_header, &mut reading.findings)?;
        let book = Book::new(&mut reading, &input.name);
        let mut list = List { book, names: &mut names, aliases: &mut aliases };
        for sheet in &sheets {
            match sheet.headed(is_header) {
                Some(headed) => list.sheet(&headed),
                None => list.report_headless(&sheet.name, sheet.rows.len()),
            }
        }
        if reading.records == 0 {
            return Err(Error::NoRecords { file: input.name.clone() });
        }
    }
    Ok(Draft { names, aliases, ..Draft::of(reading) })
}

struct List<'a> {
    book: Book<'a>,
    names: &'a mut Names,
    aliases: &'a mut Names,
}

/// Rows about one entity, with the columns they share.
struct Record<'s> {
    number: u64,
    columns: &'s [String],
    rows: Vec<&'s Row>,
}

impl<'s> Record<'s> {
    /// The cell of a row in a column, empty if there is none.
    fn cell(&self, row: &'s Row, column: &str) -> &'s str {
        let at = self.columns.iter().position(|name| one_line(name).eq_ignore_ascii_case(column));
        at.and_then(|at| row.fields.get(at)).map_or("", |cell| cell.trim())
    }

    /// What the rows say in a column: each value once, with the line of the first.
    fn values(&self, column: &str) -> Vec<(u64, &'s str)> {
        let mut values: Vec<(u64, &'s str)> = Vec::new();
        for row in &self.rows {
            let cell = self.cell(row, column);
            if !cell.is_empty() && !values.iter().any(|(_, known)| *known == cell) {
                values.push((row.line, cell));
            }
        }
        values
    }

    /// The row of the primary name, else the first.
    fn primary(&self) -> &'s Row {
        let is_primary = |row: &&&Row| self.cell(row, "Name Type").eq_ignore_ascii_case("Primary Name");
        self.rows.iter().find(is_primary).copied().unwrap_or(self.rows[0])
    }
}

impl List<'_> {
    fn report_headless(&mut self, sheet: &str, rows: usize) {
        if rows > 0 {
            let found = sayings::found_sheet_unheaded(sheet, rows);
            let expected = sayings::sheet_without_both(REFERENCE, NAME);
            self.book.report(1, sheet, found, expected, Severity::High);
        }
    }

    fn sheet(&mut self, sheet: &Headed<'_>) {
        let mut records: Vec<Record<'_>> = Vec::new();
        let alone = Record { number: 0, columns: sheet.columns, rows: Vec::new() };
        for row in sheet.rows {
            let reference = alone.cell(row, REFERENCE);
            let digits = reference.find(|c: char| !c.is_ascii_digit()).unwrap_or(reference.len());
            let Ok(number) = reference[..digits].parse::<u64>() else {
                let found = sayings::found_row_without_number(quote(&row.fields.join(" ")));
                let expected = sayings::row_without_number(REFERENCE);
                self.book.report(row.line, REFERENCE, found, expected, Severity::High);
                continue;
            };
            match records.last_mut() {
                Some(last) if last.number == number => last.rows.push(row),
                _ => records.push(Record { number, columns: sheet.columns, rows: vec![row] }),
            }
        }
        for at in 0..records.len() {
            let block = 1 + records[..at].iter().filter(|other| other.number == records[at].number).count();
            self.record(&records[at], block);
        }
        self.report_columns(sheet);
    }

    fn record(&mut self, record: &Record<'_>, block: usize) {
        let primary = record.primary();
        let name = one_line(record.cell(primary, NAME));
        let Some(id) = self.id(record, &name, block) else { return };
        let schema = self.schema(record);
        let dataset = self.book.reading.dataset.clone();
        let mut listing = Listing::new(&dataset, id.clone(), schema_named(schema), self.book.file, primary.line);
        for row in &record.rows {
            let name = add_name(record, row, row.line == primary.line, &mut listing);
            enter(if row.line == primary.line { self.names } else { self.aliases }, &name, &id);
        }
        cells::read(record, &mut listing);
        for column in record.columns.iter().filter(|column| !is_known(column)) {
            for (_, text) in record.values(&one_line(column)) {
                listing.note(&format!("{}: {text}", one_line(column)));
            }
        }
        self.book.reading.records += 1;
        listing.finish(&mut self.book.reading.entities, &mut self.book.reading.findings);
    }

    /// The id, as OpenSanctions forms it from number, block and name.
    fn id(&mut self, record: &Record<'_>, name: &str, block: usize) -> Option<EntityId> {
        let line = record.rows[0].line;
        let number = if block > 1 { format!("{}-{block}", record.number) } else { record.number.to_string() };
        if block > 1 {
            let found = sayings::found_rows_apart(record.number.to_string());
            let expected = sayings::own_number_apart(&number);
            self.book.report(line, REFERENCE, found, expected, Severity::Medium);
        }
        let slug = slug_within(&format!("{number} {}", plain(name)), ID_LEN_MAX);
        self.book.unique(&EntityId::new(format!("au-dfat-{slug}")).ok()?, line, REFERENCE)
    }

    /// What kind of being the record is about.
    fn schema(&mut self, record: &Record<'_>) -> &'static str {
        let kinds = record.values("Type");
        let kind = kinds.first().map_or("", |(_, kind)| *kind);
        if kinds.len() > 1 {
            let found = kinds.iter().map(|(_, kind)| quote(kind)).collect::<Vec<_>>().join(" and ");
            let expected = sayings::one_kind_taken(kind);
            self.book.report(kinds[1].0, "Type", found, expected, Severity::Medium);
        }
        match kind.to_ascii_lowercase().as_str() {
            "individual" => return "Person",
            "vessel" => return "Vessel",
            "entity" => {}
            _ => {
                let expected = sayings::taken_as_organisation("Individual, Entity or Vessel");
                self.book.report(record.rows[0].line, "Type", quote(kind), expected, Severity::Medium);
            }
        }
        if record.values(NAME).iter().any(|(_, name)| is_company(name)) { "Company" } else { "Organization" }
    }

    fn report_columns(&mut self, sheet: &Headed<'_>) {
        for column in sheet.columns.iter().map(|column| one_line(column)) {
            if !is_known(&column) && !column.is_empty() {
                let place = Place { field: Some(column.clone()), ..Place::default() };
                let (found, expected) = (sayings::found_a_column(quote(&column)), sayings::unknown_column());
                let file = self.book.file.to_owned();
                let severity = Severity::Low;
                self.book.reading.findings.push(Finding { file, place, found, expected, severity });
            }
        }
    }
}

fn is_known(column: &str) -> bool {
    COLUMNS.iter().any(|known| one_line(column).eq_ignore_ascii_case(known))
}

/// Latin letters without their marks, as ids of OpenSanctions have them.
fn plain(text: &str) -> String {
    let bare = text.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c));
    let mut out = String::with_capacity(text.len());
    for c in bare {
        match c {
            'ı' => out.push('i'),
            'ø' | 'Ø' => out.push('o'),
            'ł' | 'Ł' => out.push('l'),
            'đ' | 'Đ' => out.push('d'),
            'ß' => out.push_str("ss"),
            'æ' | 'Æ' => out.push_str("ae"),
            _ => out.push(c),
        }
    }
    out
}

/// Adds the name of a row; gives it back.
fn add_name(record: &Record<'_>, row: &Row, primary: bool, listing: &mut Listing<'_>) -> String {
    listing.goes_on_at_line(row.line);
    let name = one_line(record.cell(row, NAME));
    let (kind, strength) = (record.cell(row, "Name Type"), record.cell(row, "Alias Strength"));
    if name.is_empty() {
        listing.report(Severity::High, NAME, sayings::found_no_name(), sayings::name_expected());
    }
    if !["primary name", "alias", "aka", "original script"].contains(&kind.to_ascii_lowercase().as_str()) {
        let expected = sayings::taken_as_alias("Primary Name, Alias or Original Script");
        listing.report(Severity::Low, "Name Type", quote(kind), expected);
        listing.note(&format!("{name}: {kind}"));
    }
    let weak = strength.eq_ignore_ascii_case("weak");
    if !weak && !strength.is_empty() && !strength.eq_ignore_ascii_case("strong") {
        listing.report(Severity::Low, "Alias Strength", quote(strength), sayings::taken_as_strong("Strong or Weak"));
        listing.note(&format!("{name}: {strength}"));
    }
    let property = match (primary, weak) {
        (true, _) => "name",
        (false, true) => "weakAlias",
        (false, false) => "alias",
    };
    listing.add(property, &name);
    if let (false, Some((full, short))) = (listing.is("Person"), split_abbreviation(&name)) {
        for (property, text) in [("alias", full), ("abbreviation", short), ("weakAlias", short)] {
            listing.add(property, text);
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_plain_letters() {
        assert_eq!(
            slug_within(&format!("101a {}", plain("José Łukasz Öztürk Al-Qa'ida")), 99),
            "101a-jose-lukasz-ozturk-al-qa-ida"
        );
    }
}
