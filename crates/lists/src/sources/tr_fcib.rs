//! Those whose assets are frozen in Türkiye, from the workbooks of the Financial Crimes Investigation Board (MASAK).
//!
//! In come up to four workbooks, or what somebody saved of them as CSV: one for each article under which assets are frozen, told
//! apart by their columns; out come a `Person`, a `Company`, or a `LegalEntity` where nothing says which, for each row, with a
//! `Sanction`. The rows have no number that stays: ids are `tr-fcib-` with a hash of article, name, nationality, birth and
//! number, so they are not those of OpenSanctions, which hashes otherwise. Columns and which workbook has them: programs that
//! read the published files. A workbook of an article that was not given is reported: the list is not whole without it.

mod columns;
mod numbers;
mod person;

use mihenk_entities::EntityId;
use sha2::{Digest, Sha256};

use self::columns::{Column, columns_of};
use crate::{
    bookkeeping::Book,
    delimited::Row,
    error::Error,
    finding::{Finding, Place, Severity, quote},
    input::Input,
    listing::{Listing, one_line, schema_named},
    organisation::is_company,
    reading::Reading,
    relations::{Draft, Names, enter},
    sayings,
    sets::Set,
    source::{Cadence, Layout, Source},
    workbook::{Headed, sheets},
};

pub(crate) use self::columns::is_header;

/// The lists of the Financial Crimes Investigation Board.
pub(crate) static TR_FCIB: Source = Source {
    name: "tr_fcib",
    title: "Türkiye Asset Freezing List (MASAK)",
    publisher: "Financial Crimes Investigation Board (MASAK), Ministry of Treasury and Finance, Republic of Türkiye",
    coverage: "Persons, entities and organisations whose assets are frozen under Law No. 6415 (articles 5, 6 and 7) and Law \
               No. 7262 (articles 3.A and 3.B)",
    licence: "The publisher states none; https://en.hmb.gov.tr/fcib-tf-current-list",
    page: "https://en.hmb.gov.tr/fcib-tf-current-list",
    // Each edition of each workbook has an address of its own.
    files: &[],
    other_forms: &[],
    cadence: Cadence::OnDecision,
    layout: Layout::Unverified(
        "columns are those that public programs read from the four published workbooks, not seen themselves; which article a \
         workbook is about is told by its columns",
    ),
    read,
};

/// The article under which a workbook lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Article {
    /// Resolutions of the Security Council.
    Five,
    /// Requests of other states.
    Six,
    /// Decisions of Türkiye itself.
    Seven,
    /// Weapons of mass destruction.
    Proliferation,
}

impl Article {
    const ALL: [Article; 4] = [Article::Five, Article::Six, Article::Seven, Article::Proliferation];

    fn name(self) -> &'static str {
        match self {
            Article::Five => "Law No. 6415, article 5",
            Article::Six => "Law No. 6415, article 6",
            Article::Seven => "Law No. 6415, article 7",
            Article::Proliferation => "Law No. 7262, articles 3.A and 3.B",
        }
    }
}

fn read(set: &Set<'_>) -> Result<Draft, Error> {
    let mut reading = Reading::new(Some(set.source), set.source.name, set.inputs());
    let (mut names, mut aliases) = (Names::default(), Names::default());
    let mut given: Vec<(Article, &str)> = Vec::new();
    for input in set.inputs() {
        let sheets = sheets(input, is_header, &mut reading.findings)?;
        let before = reading.records;
        for sheet in &sheets {
            let Some(headed) = sheet.headed(is_header) else {
                report_headless(input, &sheet.name, sheet.rows.len(), &mut reading.findings);
                continue;
            };
            let columns = columns_of(headed.columns);
            let article = columns::article(&columns);
            if let Some((article, first)) = article.and_then(|a| given.iter().find(|(other, _)| *other == a)).copied()
                && first != input.name
            {
                let part = article.name();
                return Err(Error::Twice { first: first.to_owned(), second: input.name.clone(), part });
            }
            given.extend(article.map(|article| (article, input.name.as_str())));
            let book = Book::new(&mut reading, &input.name);
            List { book, names: &mut names, aliases: &mut aliases, article }.sheet(&headed, &columns);
        }
        if reading.records == before {
            return Err(Error::NoRecords { file: input.name.clone() });
        }
    }
    report_missing(set, &given, &mut reading.findings);
    Ok(Draft { names, aliases, ..Draft::of(reading) })
}

fn report_headless(input: &Input, sheet: &str, rows: usize, findings: &mut Vec<Finding>) {
    if rows > 0 {
        let place = Place { field: Some(sheet.to_owned()), ..Place::default() };
        let found = sayings::found_sheet_unheaded(sheet, rows);
        let expected = sayings::sheet_without("UYRUĞU");
        findings.push(Finding { file: input.name.clone(), place, found, expected, severity: Severity::High });
    }
}

fn report_missing(set: &Set<'_>, given: &[(Article, &str)], findings: &mut Vec<Finding>) {
    let missing: Vec<&str> =
        Article::ALL.iter().filter(|a| !given.iter().any(|(other, _)| other == *a)).map(|a| a.name()).collect();
    let Some(input) = set.inputs().next().filter(|_| !missing.is_empty()) else { return };
    findings.push(Finding {
        file: input.name.clone(),
        place: Place::default(),
        found: sayings::found_no_workbook(missing.join("; ")),
        expected: sayings::list_without_articles(),
        severity: Severity::High,
    });
}

struct List<'a> {
    book: Book<'a>,
    names: &'a mut Names,
    aliases: &'a mut Names,
    article: Option<Article>,
}

/// A row with what each of its columns is.
struct Record<'s> {
    row: &'s Row,
    columns: &'s [Option<Column>],
}

impl<'s> Record<'s> {
    /// The cell in a column, empty if there is none or it holds a dash.
    fn cell(&self, column: Column) -> &'s str {
        let at = self.columns.iter().position(|known| *known == Some(column));
        let cell = at.and_then(|at| self.row.fields.get(at)).map_or("", |cell| cell.trim());
        if matches!(cell, "-" | "–" | "—") { "" } else { cell }
    }
}

impl List<'_> {
    fn sheet(&mut self, sheet: &Headed<'_>, columns: &[Option<Column>]) {
        for row in sheet.rows {
            self.record(&Record { row, columns }, sheet.columns);
        }
        for (at, column) in sheet.columns.iter().enumerate() {
            if columns[at].is_none() && !column.trim().is_empty() {
                let place = Place { field: Some(one_line(column)), ..Place::default() };
                let found = sayings::found_a_column(quote(column));
                let expected = sayings::unknown_column();
                let file = self.book.file.to_owned();
                let severity = Severity::Low;
                self.book.reading.findings.push(Finding { file, place, found, expected, severity });
            }
        }
    }

    fn record(&mut self, record: &Record<'_>, headings: &[String]) {
        let names = [record.cell(Column::Name), record.cell(Column::EntityName)].map(one_line);
        let Some(name) = names.iter().find(|name| !name.is_empty()).cloned() else {
            return self.report_nameless(record);
        };
        let Some(id) = self.id(record, &name) else { return };
        let dataset = self.book.reading.dataset.clone();
        let schema = schema_named(schema(record, &name));
        let mut listing = Listing::new(&dataset, id.clone(), schema, self.book.file, record.row.line);
        listing.add("name", &name);
        for other in names.iter().filter(|other| **other != name) {
            listing.add("alias", other);
        }
        enter(self.names, &name, &id);
        sanction(record, self.article, &mut listing);
        for alias in person::read(record, &mut listing) {
            enter(self.aliases, &alias, &id);
        }
        for (at, cell) in record.row.fields.iter().enumerate() {
            let heading = headings.get(at).map_or("", String::as_str);
            // A first column without a heading holds a running number.
            let is_number = heading.trim().is_empty() && cell.trim().chars().all(|c| c.is_ascii_digit());
            if record.columns.get(at).copied().flatten().is_none() && !cell.trim().is_empty() && !is_number {
                let heading = if heading.trim().is_empty() { format!("column {}", at + 1) } else { one_line(heading) };
                listing.note(&format!("{heading}: {cell}"));
            }
        }
        self.book.reading.records += 1;
        listing.finish(&mut self.book.reading.entities, &mut self.book.reading.findings);
    }

    /// Rows at the end of a workbook hold a running number and nothing else.
    fn report_nameless(&mut self, record: &Record<'_>) {
        let text = one_line(&record.row.fields.join(" "));
        if text.chars().any(char::is_alphabetic) {
            let found = sayings::found_row_without_name(quote(&text));
            let expected = sayings::row_without_name();
            self.book.report(record.row.line, "name", found, expected, Severity::High);
        }
    }

    fn id(&mut self, record: &Record<'_>, name: &str) -> Option<EntityId> {
        let mut hash = Sha256::new();
        let cells = [Column::Nationality, Column::Born, Column::BirthPlace, Column::Numbers].map(|c| record.cell(c));
        for text in [self.article.map_or("", Article::name), name].into_iter().chain(cells) {
            hash.update(one_line(text));
            hash.update([0]);
        }
        let hash: String = hash.finalize()[..8].iter().map(|byte| format!("{byte:02x}")).collect();
        self.book.unique(&EntityId::new(format!("tr-fcib-{hash}")).ok()?, record.row.line, "name")
    }
}

/// What kind of being the row is about: parents and a birth make a person, words of the name a company.
fn schema(record: &Record<'_>, name: &str) -> &'static str {
    let has = |column| !record.cell(column).is_empty();
    if has(Column::Mother) || has(Column::Father) {
        return "Person";
    }
    if is_company(name) || has(Column::Structure) {
        return if is_company(name) { "Company" } else { "Organization" };
    }
    if has(Column::EntityName) && !has(Column::Name) {
        return "Organization";
    }
    if has(Column::Born) { "Person" } else { "LegalEntity" }
}

/// The listing itself: under which article, since when, by which decision.
fn sanction(record: &Record<'_>, article: Option<Article>, listing: &mut Listing<'_>) {
    let program = article.map_or("", Article::name);
    listing.add("program", program);
    let id = listing.id().to_owned();
    let listed = [Column::Gazette, Column::Listed].map(|column| columns::date_in(record.cell(column)));
    let sanction = listing.satellite("Sanction", "sanction");
    sanction.add("entity", id);
    sanction.add("authority", TR_FCIB.publisher);
    sanction.add("country", "tr");
    sanction.add("program", program);
    sanction.add("provisions", one_line(record.cell(Column::Measure)));
    sanction.add("reason", one_line(record.cell(Column::Organisation)));
    sanction.add("recordId", one_line(record.cell(Column::Sequence)));
    sanction.add("sourceUrl", TR_FCIB.page);
    for date in listed.into_iter().flatten() {
        sanction.add("listingDate", date);
    }
    for (column, label) in
        [(Column::Gazette, "Official Gazette"), (Column::Decision, "Decision"), (Column::Listed, "Listed")]
    {
        let text = one_line(record.cell(column));
        if !text.is_empty() {
            sanction.add("summary", format!("{label}: {text}"));
        }
    }
}
