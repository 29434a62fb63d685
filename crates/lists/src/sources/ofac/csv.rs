//! OFAC's CSV form: a primary file and what alias, address and comment files add to it.
//!
//! In come the files of one list; out come the entities of its rows. A row that speaks of a number which the primary
//! file does not have is reported, and so is a file that is missing.

use mihenk_entities::EntityId;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    error::Error,
    finding::{Finding, Severity, quote},
    listing::Listing,
    reading::Reading,
    relations::{Draft, enter},
    sayings,
    sets::{Part, Set},
    sources::ofac::{
        addresses,
        record::{self, Ids, Vessel},
        remarks,
        rows::{Row, Sheet, Table, programs},
    },
};

/// Longest remark of the primary file, in characters; what is longer goes on in the comment file.
const REMARKS_LEN_MAX: usize = 1000;

/// Columns of the primary file.
mod column {
    pub(super) const NAME: usize = 1;
    pub(super) const KIND: usize = 2;
    pub(super) const PROGRAM: usize = 3;
    pub(super) const TITLE: usize = 4;
    pub(super) const CALL_SIGN: usize = 5;
    pub(super) const VESSEL_TYPE: usize = 6;
    pub(super) const TONNAGE: usize = 7;
    pub(super) const GROSS_TONNAGE: usize = 8;
    pub(super) const FLAG: usize = 9;
    pub(super) const OWNER: usize = 10;
    pub(super) const REMARKS: usize = 11;
}

/// Reads one edition of a list.
pub(super) fn read(set: &Set<'_>) -> Result<Draft, Error> {
    let mut reading = Reading::new(Some(set.source), set.source.name, set.inputs());
    let Some(primary) = set.file(Part::Primary) else { return Ok(Draft::of(reading)) };
    let primary = Sheet::open(primary, Table::Primary);
    let open = |part, table| set.file(part).map(|input| Sheet::open(input, table));
    let aliases = open(Part::Aliases, Table::Aliases);
    let addresses = open(Part::Addresses, Table::Addresses);
    let comments = open(Part::Comments, Table::Comments);
    check_ends(&primary, [&aliases, &addresses], &mut reading.findings)?;
    report_missing(set, &primary, &mut reading.findings);
    let records = primary.rows(&mut reading.findings)?;
    if records.is_empty() {
        return Err(Error::NoRecords { file: primary.file.to_owned() });
    }
    let known: FxHashSet<u64> = records.iter().map(Row::number).collect();
    let mut additions = [None, None, None];
    for (addition, sheet) in additions.iter_mut().zip([&aliases, &addresses, &comments]) {
        if let Some(sheet) = sheet {
            *addition = Some(Addition::read(sheet, &known, &mut reading.findings)?);
        }
    }
    let [aliases, addresses, comments] = additions;
    let mut list =
        List { draft: Draft::of(reading), file: primary.file, aliases, addresses, comments, ids: Ids::default() };
    for row in &records {
        list.record(row);
    }
    Ok(list.draft)
}

/// The end mark tells a whole file from one that was cut between two rows.
fn check_ends(primary: &Sheet<'_>, others: [&Option<Sheet<'_>>; 2], findings: &mut Vec<Finding>) -> Result<(), Error> {
    let sheets = || std::iter::once(primary).chain(others.into_iter().flatten());
    let Some(without) = sheets().find(|sheet| !sheet.end_mark) else { return Ok(()) };
    if let Some(with) = sheets().find(|sheet| sheet.end_mark) {
        return Err(without.cut_before_mark(with.file));
    }
    findings.push(without.finding(None, sayings::found_no_end_mark(), sayings::no_end_mark(), Severity::High));
    Ok(())
}

fn report_missing(set: &Set<'_>, primary: &Sheet<'_>, findings: &mut Vec<Finding>) {
    let nothing = set.files.iter().filter(|(part, _)| *part == Part::Nothing).count();
    for (part, what, severity) in [
        (Part::Aliases, "no alias file (alt.csv)", Severity::High),
        (Part::Addresses, "no address file (add.csv)", Severity::Medium),
    ] {
        if set.file(part).is_none() && nothing == 0 {
            let expected = sayings::list_without_file();
            findings.push(primary.finding(None, what.to_owned(), expected, severity));
        }
    }
    for (_, input) in set.files.iter().filter(|(part, _)| *part == Part::Nothing) {
        let found = sayings::found_only_end_mark(&input.name);
        let expected = sayings::table_without_rows();
        findings.push(primary.finding(None, found, expected, Severity::Low));
    }
}

/// The rows of a file that adds to the primary one, by entity number.
struct Addition<'a> {
    file: &'a str,
    rows: FxHashMap<u64, Vec<Row<'a>>>,
}

impl<'a> Addition<'a> {
    fn read(sheet: &'a Sheet<'_>, known: &FxHashSet<u64>, findings: &mut Vec<Finding>) -> Result<Addition<'a>, Error> {
        let mut rows: FxHashMap<u64, Vec<Row<'a>>> = FxHashMap::default();
        for row in sheet.rows(findings)? {
            if known.contains(&row.number()) {
                rows.entry(row.number()).or_default().push(row);
                continue;
            }
            let texts: Vec<&str> = (1..6).map(|column| row.field(column)).filter(|text| !text.is_empty()).collect();
            let found = sayings::found_row_for(row.number().to_string(), quote(&texts.join(", ")));
            let expected = sayings::row_of_no_record();
            findings.push(sheet.finding(Some(row.line), found, expected, Severity::High));
        }
        Ok(Addition { file: sheet.file, rows })
    }

    fn of(addition: Option<&Addition<'a>>, number: u64) -> Vec<Row<'a>> {
        addition.and_then(|addition| addition.rows.get(&number)).cloned().unwrap_or_default()
    }
}

struct List<'a> {
    draft: Draft,
    file: &'a str,
    aliases: Option<Addition<'a>>,
    addresses: Option<Addition<'a>>,
    comments: Option<Addition<'a>>,
    ids: Ids,
}

impl<'a> List<'a> {
    fn record(&mut self, row: &Row<'a>) {
        let (name, kind) = (row.field(column::NAME), row.field(column::KIND));
        let Some(id) = self.ids.next(row.number(), self.file, row.line, &mut self.draft.reading.findings) else {
            return;
        };
        let schema = record::schema(kind, name);
        let mut listing = Listing::new(self.draft.reading.dataset.as_str(), id.clone(), schema, self.file, row.line);
        record::check_kind(kind, "SDN_Type", &mut listing);
        record::primary_name(name, "SDN_Name", &mut listing);
        enter(&mut self.draft.names, name, &id);
        let programs: Vec<&str> = programs(row.field(column::PROGRAM)).collect();
        record::sanction(row.number(), &programs, &self.draft.reading.dataset, &mut listing);
        record::titles(row.field(column::TITLE), &mut listing);
        let mut mentions = Vec::new();
        vessel(row).add(&mut listing);
        mentions.extend(record::owner(row.field(column::OWNER), &id, self.file, row.line));
        self.aliases(row.number(), &id, &mut listing);
        self.addresses(row.number(), &mut listing);
        listing.goes_on_at(self.file, row.line);
        let text = self.remarks(row, &mut listing);
        remarks::read(&text, self.file, row.line, &mut listing, &mut mentions);
        self.draft.mentions.extend(mentions);
        self.draft.reading.records += 1;
        listing.finish(&mut self.draft.reading.entities, &mut self.draft.reading.findings);
    }

    fn aliases(&mut self, number: u64, id: &EntityId, listing: &mut Listing<'a>) {
        let file = self.aliases.as_ref().map_or("", |addition| addition.file);
        for row in Addition::of(self.aliases.as_ref(), number) {
            listing.goes_on_at(file, row.line);
            let (kind, name, remarks) = (row.field(2), row.field(3), row.field(4));
            record::alias(kind, name, false, "alt_type", listing);
            enter(&mut self.draft.aliases, name, id);
            if !remarks.is_empty() {
                listing.note(&format!("Alias {name}: {remarks}"));
            }
        }
    }

    fn addresses(&mut self, number: u64, listing: &mut Listing<'a>) {
        let file = self.addresses.as_ref().map_or("", |addition| addition.file);
        for row in Addition::of(self.addresses.as_ref(), number) {
            listing.goes_on_at(file, row.line);
            addresses::of_row(&row).add(listing);
        }
    }

    /// The remarks with what the comment file adds. Without it a remark of full length ends in the middle of a piece,
    /// which is kept as it is.
    fn remarks(&self, row: &Row<'_>, listing: &mut Listing<'_>) -> String {
        let remarks = row.raw(column::REMARKS);
        let rest: String = Addition::of(self.comments.as_ref(), row.number()).iter().map(|row| row.raw(1)).collect();
        if !rest.is_empty() {
            return format!("{remarks}{rest}");
        }
        if row.field(column::REMARKS).is_empty() {
            return String::new();
        }
        if remarks.chars().count() < REMARKS_LEN_MAX || remarks.ends_with('.') {
            return remarks.to_owned();
        }
        let (whole, cut) = remarks.rsplit_once(';').unwrap_or(("", remarks));
        let expected = sayings::remark_goes_on();
        listing.report(Severity::High, "Remarks", sayings::found_remark_cut(quote(cut)), expected);
        listing.note(cut);
        whole.to_owned()
    }
}

fn vessel<'r>(row: &'r Row<'_>) -> Vessel<'r> {
    Vessel {
        call_sign: row.field(column::CALL_SIGN),
        kind: row.field(column::VESSEL_TYPE),
        tonnage: row.field(column::TONNAGE),
        gross_tonnage: row.field(column::GROSS_TONNAGE),
        flag: row.field(column::FLAG),
    }
}
