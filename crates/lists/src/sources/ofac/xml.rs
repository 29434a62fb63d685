//! OFAC's XML form: `SDN.XML` and `CONSOLIDATED.XML`, root element `sdnList`.
//!
//! In comes one file, which is the whole list; out come the entities of its `sdnEntry` elements. What stands in the
//! remarks of the CSV form has elements of its own here, or stands in `idList` under the same labels (`idType`
//! *Gender*, *Passport*, *Secondary sanctions risk:*), so it is read by the same table. An `aka` of category *weak* is
//! a weak alias. Names of elements: OFAC's `sdn.xsd`, published beside the file, as classes made from it repeat it;
//! what is in them was seen in excerpts, not in a whole file. Not used: `uid` of parts, `mainEntry`, which says only
//! which of several OFAC shows first.

use mihenk_entities::{Date, EntityId};
use mihenk_said::Said;

use crate::{
    bookkeeping::{Known, Unknown, beyond},
    error::Error,
    finding::{Finding, Place, Severity, quote},
    input::Input,
    listing::{Listing, one_line},
    reading::Reading,
    relations::{Draft, enter},
    sayings,
    sets::Set,
    sources::ofac::{
        addresses::Address,
        is_consolidated_program,
        record::{self, Ids, Vessel},
        remarks::{self, Labelled},
    },
    xml::{Element, Handler, walk},
};

const fn row(name: &'static str, children: &'static [&'static str]) -> Known {
    Known { name, attributes: &[], children, text: false }
}

/// What is read of an entry.
const KNOWN: [Known; 18] = [
    row(
        "sdnEntry",
        &[
            "uid",
            "firstName",
            "lastName",
            "title",
            "sdnType",
            "remarks",
            "programList",
            "idList",
            "akaList",
            "addressList",
            "nationalityList",
            "citizenshipList",
            "dateOfBirthList",
            "placeOfBirthList",
            "vesselInfo",
        ],
    ),
    row("publshInformation", &["Publish_Date", "Record_Count"]),
    row("programList", &["program"]),
    row("idList", &["id"]),
    row("id", &["uid", "idType", "idNumber", "idCountry", "issueDate", "expirationDate"]),
    row("akaList", &["aka"]),
    row("aka", &["uid", "type", "category", "lastName", "firstName"]),
    row("addressList", &["address"]),
    row(
        "address",
        &["uid", "address1", "address2", "address3", "city", "stateOrProvince", "postalCode", "country", "region"],
    ),
    row("nationalityList", &["nationality"]),
    row("nationality", &["uid", "country", "mainEntry"]),
    row("citizenshipList", &["citizenship"]),
    row("citizenship", &["uid", "country", "mainEntry"]),
    row("dateOfBirthList", &["dateOfBirthItem"]),
    row("dateOfBirthItem", &["uid", "dateOfBirth", "mainEntry"]),
    row("placeOfBirthList", &["placeOfBirthItem"]),
    row("placeOfBirthItem", &["uid", "placeOfBirth", "mainEntry"]),
    row("vesselInfo", &["callSign", "vesselType", "vesselFlag", "vesselOwner", "tonnage", "grossRegisteredTonnage"]),
];

/// Whether a file of this form is the consolidated list: most of its entries are under programmes that do not block.
pub(crate) fn is_consolidated(body: &[u8]) -> bool {
    let text = String::from_utf8_lossy(body);
    let (mut marked, mut entries) = (0usize, 0usize);
    for entry in text.split("<sdnEntry").skip(1) {
        entries += 1;
        let programs = entry.split("<program>").skip(1).map(str::trim_start);
        marked += usize::from(programs.into_iter().any(is_consolidated_program));
    }
    marked * 2 > entries
}

/// Reads a whole list.
pub(super) fn read(set: &Set<'_>, input: &Input) -> Result<Draft, Error> {
    let reading = Reading::new(Some(set.source), set.source.name, set.inputs());
    let mut list = List {
        draft: Draft::of(reading),
        file: &input.name,
        ids: Ids::default(),
        unknown: Unknown::default(),
        entries: 0,
        announced: None,
    };
    walk(input, 1, &mut list)?;
    list.check_count();
    let List { mut draft, unknown, .. } = list;
    unknown.report(&input.name, &mut draft.reading.findings);
    if draft.reading.records == 0 {
        return Err(Error::NoRecords { file: input.name.clone() });
    }
    Ok(draft)
}

struct List<'x> {
    draft: Draft,
    file: &'x str,
    ids: Ids,
    unknown: Unknown,
    /// Entries so far, also those that could not be read.
    entries: u64,
    /// How many the file says it has, and on which line.
    announced: Option<(u64, u64)>,
}

impl<'x> Handler<'x> for List<'x> {
    fn root(&mut self, _root: &Element<'x>) {}

    fn record(&mut self, _path: &[&'x str], record: &Element<'x>) {
        match record.name {
            "sdnEntry" => self.entry(record),
            "publshInformation" => self.publication(record),
            name => {
                let found = format!("<{name}>: {}", quote(&record.all_text()));
                let expected = sayings::not_read_but("sdnEntry or publshInformation");
                self.find(record.line, name, found, expected, Severity::High);
            }
        }
    }

    fn stray_text(&mut self, path: &[&'x str], line: u64, text: &str) {
        let expected = sayings::text_outside_entry(path.join("/"));
        self.find(line, path.last().unwrap_or(&""), quote(text), expected, Severity::High);
    }
}

impl<'x> List<'x> {
    fn find(&mut self, line: u64, field: &str, found: impl Into<Said>, expected: Said, severity: Severity) {
        let place = Place { line: Some(line), record: None, field: Some(field.to_owned()) };
        self.draft.reading.findings.push(Finding {
            file: self.file.to_owned(),
            place,
            found: found.into(),
            expected,
            severity,
        });
    }

    /// When the file was made (`MM/DD/YYYY`) and how many entries it has.
    fn publication(&mut self, information: &Element<'x>) {
        let date = information.text_of("Publish_Date");
        self.draft.reading.published = publish_date(date);
        if self.draft.reading.published.is_none() {
            let expected = sayings::list_day_expected();
            self.find(information.line, "Publish_Date", quote(date), expected, Severity::Low);
        }
        let count = information.text_of("Record_Count");
        match count.parse() {
            Ok(count) => self.announced = Some((count, information.line)),
            Err(_) => {
                let expected = sayings::entries_not_counted();
                self.find(information.line, "Record_Count", quote(count), expected, Severity::Low);
            }
        }
        for (path, line, text) in beyond(information, &KNOWN) {
            let expected = sayings::unknown_and_unused();
            self.find(line, &path, quote(&text), expected, Severity::Low);
        }
    }

    fn check_count(&mut self) {
        let Some((announced, line)) = self.announced.filter(|(announced, _)| *announced != self.entries) else {
            return;
        };
        let found = sayings::found_entries(self.entries.to_string());
        let expected = sayings::entries_announced(announced);
        let severity = if announced > self.entries { Severity::High } else { Severity::Low };
        self.find(line, "Record_Count", found, expected, severity);
    }

    fn entry(&mut self, entry: &Element<'x>) {
        self.entries += 1;
        let name = name_of(entry);
        let Ok(number) = entry.text_of("uid").parse::<u64>() else {
            let found = sayings::found_entry_without_number(quote(&name));
            let expected = sayings::entry_without_number("uid");
            return self.find(entry.line, "uid", found, expected, Severity::High);
        };
        let Some(id) = self.ids.next(number, self.file, entry.line, &mut self.draft.reading.findings) else { return };
        let kind = entry.text_of("sdnType");
        let schema = record::schema(kind, &name);
        let dataset = self.draft.reading.dataset.clone();
        let mut listing = Listing::new(&dataset, id.clone(), schema, self.file, entry.line);
        record::check_kind(kind, "sdnType", &mut listing);
        record::primary_name(&name, "lastName", &mut listing);
        enter(&mut self.draft.names, &name, &id);
        let programs: Vec<&str> = parts(entry, "programList", "program").map(|program| program.text.trim()).collect();
        record::sanction(number, &programs, &dataset, &mut listing);
        record::titles(entry.text_of("title"), &mut listing);
        self.vessel(entry, &id, &mut listing);
        self.aliases(entry, &id, &mut listing);
        addresses(entry, &mut listing);
        births(entry, &mut listing);
        countries(entry, &mut listing);
        self.identifiers(entry, &mut listing);
        for text in entry.children("remarks") {
            listing.goes_on_at_line(text.line);
            let text_as_in_csv = without_brackets(&one_line(&text.text));
            remarks::read(&text_as_in_csv, self.file, text.line, &mut listing, &mut self.draft.mentions);
        }
        self.unknown.keep(entry, &KNOWN, &mut listing);
        self.draft.reading.records += 1;
        listing.finish(&mut self.draft.reading.entities, &mut self.draft.reading.findings);
    }

    fn aliases(&mut self, entry: &Element<'x>, id: &EntityId, listing: &mut Listing<'_>) {
        for aka in parts(entry, "akaList", "aka") {
            listing.goes_on_at_line(aka.line);
            let (name, category) = (name_of(aka), aka.text_of("category"));
            if name.is_empty() {
                listing.report(Severity::Low, "aka", sayings::found_no_name(), sayings::nothing_to_add_to_name());
                continue;
            }
            let weak = category.eq_ignore_ascii_case("weak");
            if !weak && !category.eq_ignore_ascii_case("strong") && !category.is_empty() {
                listing.report(Severity::Low, "category", quote(category), sayings::taken_as_strong("strong or weak"));
                listing.note(&format!("Alias {name}: {category}"));
            }
            record::alias(aka.text_of("type"), &name, weak, "type", listing);
            enter(&mut self.draft.aliases, &name, id);
        }
    }

    fn identifiers(&mut self, entry: &Element<'x>, listing: &mut Listing<'_>) {
        for item in parts(entry, "idList", "id") {
            listing.goes_on_at_line(item.line);
            let labelled = Labelled {
                label: item.text_of("idType"),
                value: item.text_of("idNumber"),
                country: item.text_of("idCountry"),
                issued: item.text_of("issueDate"),
                expires: item.text_of("expirationDate"),
                ..Labelled::default()
            };
            if !labelled.add((self.file, item.line), listing, &mut self.draft.mentions) {
                self.unknown.count(&format!("idType {}", quote(labelled.label)), item.line);
            }
        }
    }

    fn vessel(&mut self, entry: &Element<'x>, id: &EntityId, listing: &mut Listing<'_>) {
        for info in entry.children("vesselInfo") {
            listing.goes_on_at_line(info.line);
            let vessel = Vessel {
                call_sign: info.text_of("callSign"),
                kind: info.text_of("vesselType"),
                tonnage: info.text_of("tonnage"),
                gross_tonnage: info.text_of("grossRegisteredTonnage"),
                flag: info.text_of("vesselFlag"),
            };
            vessel.add(listing);
            let owner = record::owner(info.text_of("vesselOwner"), id, self.file, info.line);
            self.draft.mentions.extend(owner);
        }
        listing.goes_on_at_line(entry.line);
    }
}

/// The elements of that name in every list of that name.
fn parts<'e, 'x>(entry: &'e Element<'x>, list: &'e str, name: &'e str) -> impl Iterator<Item = &'e Element<'x>> {
    entry.children(list).flat_map(move |list| list.children(name))
}

/// `FAMILY, Given`, as the CSV form writes a name.
fn name_of(element: &Element<'_>) -> String {
    let [last, first] = ["lastName", "firstName"].map(|name| one_line(element.text_of(name)));
    match (last.is_empty(), first.is_empty()) {
        (false, false) => format!("{last}, {first}"),
        _ => last + &first,
    }
}

fn addresses(entry: &Element<'_>, listing: &mut Listing<'_>) {
    for address in parts(entry, "addressList", "address") {
        listing.goes_on_at_line(address.line);
        let text = |name| one_line(address.text_of(name));
        let lines = ["address1", "address2", "address3"].map(text);
        let street: Vec<&str> = lines.iter().map(String::as_str).filter(|line| !line.is_empty()).collect();
        let address = Address {
            number: text("uid"),
            street: street.join(", "),
            city: text("city"),
            state: text("stateOrProvince"),
            postal_code: text("postalCode"),
            region: text("region"),
            country: text("country"),
            ..Address::default()
        };
        address.add(listing);
    }
}

fn births(entry: &Element<'_>, listing: &mut Listing<'_>) {
    for item in parts(entry, "dateOfBirthList", "dateOfBirthItem") {
        listing.goes_on_at_line(item.line);
        let date = item.text_of("dateOfBirth");
        if !date.is_empty() {
            listing.date("birthDate", &remarks::interval(date), "dateOfBirth");
        }
    }
    for item in parts(entry, "placeOfBirthList", "placeOfBirthItem") {
        listing.goes_on_at_line(item.line);
        let place = item.text_of("placeOfBirth");
        if !place.is_empty() {
            remarks::place(place, listing);
        }
    }
}

fn countries(entry: &Element<'_>, listing: &mut Listing<'_>) {
    for (list, name, property) in
        [("nationalityList", "nationality", "nationality"), ("citizenshipList", "citizenship", "citizenship")]
    {
        for item in parts(entry, list, name) {
            listing.goes_on_at_line(item.line);
            let country = item.text_of("country");
            if !country.is_empty() {
                remarks::country(property, country, name, listing);
            }
        }
    }
}

/// `08/09/2026`, month first.
fn publish_date(text: &str) -> Option<Date> {
    let mut parts = text.split('/');
    let (Some(month), Some(day), Some(year), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return Date::parse(text).ok();
    };
    Date::day(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// Relations stand in brackets in this form, `(Linked To: A; Linked To: B)`, and behind semicolons in the CSV form.
pub(super) fn without_brackets(text: &str) -> String {
    const OPEN: &str = "(Linked To:";
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((at, length)) = rest.find(OPEN).and_then(|at| Some((at, closing(&rest[at..])?))) {
        pieces.extend([rest[..at].trim_end_matches([' ', ';']), &rest[at + 1..at + length]]);
        rest = rest[at + length + 1..].trim_start_matches(['.', ' ', ';']);
    }
    pieces.push(rest);
    pieces.retain(|piece| !piece.is_empty());
    pieces.join("; ")
}

/// Where the bracket that a text opens with is closed.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 1 => return Some(at),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn relations_in_brackets_are_read_as_behind_semicolons() {
        for (text, expected) in [
            ("(Linked To: EXAMPLE CO.)", "Linked To: EXAMPLE CO."),
            ("(Linked To: A (B)-C; Linked To: D)", "Linked To: A (B)-C; Linked To: D"),
            ("(Linked To: A) (Linked To: B)", "Linked To: A; Linked To: B"),
            ("All offices. (Linked To: A).", "All offices.; Linked To: A"),
            ("(Linked To: A) all offices", "Linked To: A; all offices"),
            ("(Linked To: A", "(Linked To: A"),
            ("a remark (of another kind)", "a remark (of another kind)"),
            ("", ""),
        ] {
            assert_eq!(without_brackets(text), expected, "{text}");
        }
    }

    #[test]
    fn the_day_of_publication_has_the_month_first() {
        assert_eq!(publish_date("08/09/2026"), Date::day(2026, 8, 9));
        assert_eq!(publish_date("2026-08-09"), Date::day(2026, 8, 9));
        assert_eq!(publish_date("13/09/2026"), None);
        assert_eq!(publish_date(""), None);
    }

    #[test]
    fn the_consolidated_list_is_told_by_its_programmes() {
        let entry = |program: &str| format!("<sdnEntry><program> {program}</program></sdnEntry>");
        assert!(is_consolidated((entry("NS-PLC") + &entry("CMIC-EO13959") + &entry("SDGT")).as_bytes()));
        assert!(!is_consolidated((entry("SDGT") + &entry("NS-PLC")).as_bytes()));
        assert!(!is_consolidated(b"<sdnList/>"));
    }

    proptest! {
        #[test]
        fn any_text_loses_its_brackets(text in "\\PC{0,60}|(\\(Linked To:|[() ;A]){0,20}") {
            let _ = without_brackets(&text);
            let _ = publish_date(&text);
        }
    }
}
