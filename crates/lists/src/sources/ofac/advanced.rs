//! OFAC's advanced XML form: `SDN_ADVANCED.XML` and `CONS_ADVANCED.XML`, root element `Sanctions`.
//!
//! In comes one file, which is the whole list; out come the entities of its parties, with names in every script the
//! list has. The form keeps everything apart: parties refer to places, documents, sanctions entries and values by
//! number. It is read twice, first what is referred to ([`references`]), then the parties, so that only what is
//! referred to is held. Names of elements: OFAC's `sdn_advanced.xsd` (the Advanced Sanctions Data Model of the United
//! Nations), as classes made from it repeat it; what is in them was seen in excerpts, not in a whole file. Not used:
//! numbers of parts, and what they refer back to.

mod dates;
mod entries;
mod known;
mod names;
mod party;
mod references;

use mihenk_entities::Date;
use mihenk_said::Said;

use crate::{
    bookkeeping::{Unknown, beyond},
    error::Error,
    finding::{Finding, Place, Severity, quote},
    input::Input,
    listing::{Listing, one_line},
    reading::Reading,
    relations::{Draft, enter},
    sayings,
    sets::Set,
    sources::ofac::{
        advanced::{entries::Ties, known::KNOWN, party::Target, references::References},
        is_consolidated_program,
        record::{self, Ids},
        remarks, xml,
    },
    xml::{Element, Handler, walk},
};

/// Whether a file of this form is the consolidated list: most of its entries are on another list than *SDN List*, or,
/// where lists have no names, under programmes that do not block.
pub(crate) fn is_consolidated(body: &[u8]) -> bool {
    let text = String::from_utf8_lossy(body);
    let name = text.find(">SDN List</List>").and_then(|end| text[..end].rfind("<List ").map(|start| &text[start..end]));
    let sdn = name.and_then(|tag| tag.split_once("ID=\"")).and_then(|(_, rest)| rest.split('"').next());
    let (mut other, mut entries) = (0usize, 0usize);
    for entry in text.split("<SanctionsEntry ").skip(1) {
        entries += 1;
        other += usize::from(match sdn {
            Some(number) => !entry.split('>').next().is_some_and(|tag| tag.contains(&format!("ListID=\"{number}\""))),
            None => entry.split("<Comment>").skip(1).map(str::trim_start).any(is_consolidated_program),
        });
    }
    other * 2 > entries
}

/// Reads a whole list.
pub(super) fn read(set: &Set<'_>, input: &Input) -> Result<Draft, Error> {
    let mut tables = Tables {
        references: References::default(),
        published: None,
        findings: Vec::new(),
        file: &input.name,
        is_delta: false,
    };
    walk(input, 2, &mut tables)?;
    let Tables { references, published, findings, is_delta, .. } = tables;
    if is_delta {
        let found = sayings::ofac_changes();
        let expected = sayings::ofac_whole_list();
        return Err(Error::WrongKind { file: input.name.clone(), found, expected });
    }
    if references.is_too_large() {
        let (line, found) = (1, "more places, documents and entries than any list has".to_owned().into());
        let expected = "a file of OFAC's; download it again".to_owned().into();
        return Err(Error::Malformed { file: input.name.clone(), line, byte: 0, found, expected });
    }
    let mut reading = Reading::new(Some(set.source), set.source.name, set.inputs());
    (reading.published, reading.findings) = (published, findings);
    let mut parties = Parties {
        draft: Draft::of(reading),
        file: &input.name,
        references,
        ids: Ids::default(),
        unknown: Unknown::default(),
    };
    walk(input, 2, &mut parties)?;
    parties.finish()
}

/// The first reading: what parties refer to.
struct Tables<'x> {
    references: References<'x>,
    published: Option<Date>,
    findings: Vec<Finding>,
    file: &'x str,
    /// Whether the file only adds to an earlier version.
    is_delta: bool,
}

impl Tables<'_> {
    fn find(&mut self, line: u64, field: &str, found: impl Into<Said>, expected: Said, severity: Severity) {
        let place = Place { line: Some(line), record: None, field: Some(field.to_owned()) };
        self.findings.push(Finding { file: self.file.to_owned(), place, found: found.into(), expected, severity });
    }

    /// `DateOfIssue` has its parts where other elements have records.
    fn issued(&mut self, part: &Element<'_>) {
        let text = part.text.trim();
        let (year, month, day) = match self.published.and_then(|date| date.exact_day()) {
            Some(day) => (day.year, day.month, day.day),
            None => (1, 1, 1),
        };
        let date = match part.name {
            "Year" => text.parse().ok().and_then(|year| Date::day(year, month, day)),
            "Month" => text.parse().ok().and_then(|month| Date::day(year, month, day)),
            _ => text.parse().ok().and_then(|day| Date::day(year, month, day)),
        };
        match date {
            Some(date) => self.published = Some(date),
            None => {
                let expected = sayings::list_day_wrong();
                self.find(part.line, "DateOfIssue", format!("{} {}", part.name, quote(text)), expected, Severity::Low);
            }
        }
    }
}

impl<'x> Handler<'x> for Tables<'x> {
    fn root(&mut self, root: &Element<'x>) {
        let base = root.attribute("DeltaBaseVersion").unwrap_or_default();
        self.is_delta = !["", "0"].contains(&base);
    }

    fn record(&mut self, path: &[&'x str], record: &Element<'x>) {
        if self.references.is_too_large() {
            return;
        }
        let known = match path.last() {
            Some(&"DateOfIssue") => {
                self.issued(record);
                true
            }
            Some(&"ReferenceValueSets") => {
                self.references.enter_values(record);
                true
            }
            // Read the second time.
            Some(&"DistinctParties") => record.name == "DistinctParty",
            _ => self.references.enter(record),
        };
        if record.name == "Location" {
            for (path, line, text) in beyond(record, KNOWN) {
                let expected = sayings::unknown_and_unused();
                self.find(line, &path, quote(&text), expected, Severity::Low);
            }
        }
        if !known {
            let found = format!("<{}> in <{}>: {}", record.name, path.join("/"), quote(&record.all_text()));
            let expected = sayings::unknown_and_unread();
            self.find(record.line, record.name, found, expected, Severity::High);
        }
    }

    fn stray_text(&mut self, path: &[&'x str], line: u64, text: &str) {
        let expected = sayings::text_outside_record(path.join("/"));
        self.find(line, path.last().unwrap_or(&""), quote(text), expected, Severity::High);
    }
}

/// The second reading: the parties.
struct Parties<'x> {
    draft: Draft,
    file: &'x str,
    references: References<'x>,
    ids: Ids,
    unknown: Unknown,
}

impl<'x> Handler<'x> for Parties<'x> {
    fn root(&mut self, _root: &Element<'x>) {}

    fn record(&mut self, path: &[&'x str], record: &Element<'x>) {
        if path.last() != Some(&"DistinctParties") || record.name != "DistinctParty" {
            return;
        }
        let profiles = record.children("Profile").count();
        for profile in record.children("Profile") {
            self.party(record, profile);
        }
        if profiles == 0 {
            let found = sayings::found_party_without_profile(quote(&record.all_text()));
            self.find(record.line, "DistinctParty", found, sayings::party_without("Profile"), Severity::High);
        }
    }

    fn stray_text(&mut self, _path: &[&'x str], _line: u64, _text: &str) {}
}

impl<'x> Parties<'x> {
    fn find(&mut self, line: u64, field: &str, found: impl Into<Said>, expected: Said, severity: Severity) {
        let place = Place { line: Some(line), record: None, field: Some(field.to_owned()) };
        let file = self.file.to_owned();
        self.draft.reading.findings.push(Finding { file, place, found: found.into(), expected, severity });
    }

    fn party(&mut self, party: &Element<'x>, profile: &Element<'x>) {
        let number = profile.attribute("ID").or(party.attribute("FixedRef")).unwrap_or_default();
        let Ok(entity_number) = number.parse::<u64>() else {
            let found = sayings::found_party_without_number(quote(&party.all_text()));
            return self.find(party.line, "Profile", found, sayings::party_without_number("ID"), Severity::High);
        };
        let Some(id) = self.ids.next(entity_number, self.file, party.line, &mut self.draft.reading.findings) else {
            return;
        };
        let all: Vec<names::Names> = profile.children("Identity").map(|i| names::read(i, &self.references)).collect();
        let kind = self.references.party_kind(profile.attribute("PartySubTypeID")).to_owned();
        let first = all.iter().find_map(|names| names.primary.first()).map(names::Name::as_in_csv).unwrap_or_default();
        let dataset = self.draft.reading.dataset.clone();
        let schema = record::schema(&kind, &first);
        let mut listing = Listing::new(&dataset, id.clone(), schema, self.file, party.line);
        record::check_kind(&kind, "PartySubType", &mut listing);
        let entries = self.references.take_entries(number);
        let programs = entries::programs(&entries, &self.references);
        let programs: Vec<&str> = programs.iter().map(String::as_str).collect();
        record::sanction(entity_number, &programs, &dataset, &mut listing);
        entries::add(&entries, &self.references, &mut listing);
        listing.goes_on_at_line(profile.line);
        self.names(&all, &id, &mut listing);
        self.profile(party, profile, &mut listing);
        self.unknown.keep(party, KNOWN, &mut listing);
        for entry in &entries {
            self.unknown.keep(entry, KNOWN, &mut listing);
        }
        self.draft.reading.records += 1;
        listing.finish(&mut self.draft.reading.entities, &mut self.draft.reading.findings);
    }

    fn names(&mut self, all: &[names::Names], id: &mihenk_entities::EntityId, listing: &mut Listing<'x>) {
        if all.is_empty() {
            listing.report(
                Severity::High,
                "Identity",
                sayings::found_no_name(),
                sayings::identity_expected("Identity"),
            );
        }
        for names in all {
            let called = names::add(names, listing);
            for (i, name) in called.iter().enumerate() {
                let table = if i < names.primary.len() { &mut self.draft.names } else { &mut self.draft.aliases };
                enter(table, name, id);
            }
        }
    }

    fn profile(&mut self, party: &Element<'x>, profile: &Element<'x>, listing: &mut Listing<'x>) {
        for identity in profile.children("Identity") {
            for document in self.references.take_documents(identity.attribute("ID").unwrap_or_default()) {
                let Parties { references, draft, unknown, file, .. } = self;
                let mut target = Target { file, listing, mentions: &mut draft.mentions, unknown };
                target.document(&document, references);
                self.unknown.keep(&document, KNOWN, listing);
            }
        }
        for feature in profile.children("Feature") {
            let Parties { references, draft, unknown, file, .. } = self;
            let mut target = Target { file, listing, mentions: &mut draft.mentions, unknown };
            target.feature(feature, references);
        }
        for reference in profile.children("ExternalReference") {
            listing.goes_on_at_line(reference.line);
            self.external(reference, listing);
        }
        let comments = [party, profile].into_iter().chain(profile.children("Identity"));
        for comment in comments.flat_map(|element| element.children("Comment")) {
            listing.goes_on_at_line(comment.line);
            let text = xml::without_brackets(&one_line(&comment.text));
            remarks::read(&text, self.file, comment.line, listing, &mut self.draft.mentions);
        }
    }

    /// What others call the party, and pages about it.
    fn external(&self, reference: &Element<'_>, listing: &mut Listing<'_>) {
        let kind = self.references.text("ExRefType", reference.attribute("ExRefTypeID"));
        let links = reference.children("SubLink").map(|link| link.text_of("Description"));
        let texts: Vec<&str> =
            [reference.text_of("ExRefValue"), reference.text_of("Comment")].into_iter().chain(links).collect();
        for text in texts.into_iter().filter(|text| !text.is_empty()) {
            listing.note(&one_line(&format!("{kind}: {text}")));
        }
        let pages = std::iter::once(reference).chain(reference.children("SubLink"));
        pages.for_each(|element| listing.add("sourceUrl", element.text_of("DirectURL")));
    }

    /// Reports what belongs to nobody and ties the parties together.
    fn finish(mut self) -> Result<Draft, Error> {
        if self.draft.reading.records == 0 {
            return Err(Error::NoRecords { file: self.file.to_owned() });
        }
        for (line, text) in self.references.unused_places() {
            let expected = sayings::place_of_nobody();
            self.find(line, "Location", quote(&text), expected, Severity::Medium);
        }
        let left: Vec<(u64, &'x str, String)> =
            self.references.left_over().iter().map(|e| (e.line, e.name, quote(&e.all_text()))).collect();
        for (line, name, text) in left {
            let expected = sayings::number_of_no_party();
            self.find(line, name, text, expected, Severity::High);
        }
        let Parties { mut draft, file, references, unknown, .. } = self;
        unknown.report(file, &mut draft.reading.findings);
        for element in references.relations.iter().chain(&references.links) {
            for (path, line, text) in beyond(element, KNOWN) {
                let place = Place { line: Some(line), record: None, field: Some(path) };
                let (found, severity) = (quote(&text).into(), Severity::Low);
                let expected = sayings::unknown_and_unused();
                draft.reading.findings.push(Finding { file: file.to_owned(), place, found, expected, severity });
            }
        }
        Ties::of(&mut draft.reading, file).add(&references);
        Ok(draft)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_consolidated_list_is_told_by_the_names_of_its_lists() {
        let list = |sdn: &str, entries: &[&str]| {
            let entries: String = entries
                .iter()
                .map(|number| format!("<SanctionsEntry ID=\"1\" ListID=\"{number}\"></SanctionsEntry>"))
                .collect();
            format!("<List ID=\"7\">Other</List><List ID=\"{sdn}\">SDN List</List>{entries}").into_bytes()
        };
        assert!(!is_consolidated(&list("1550", &["1550", "1550", "7"])));
        assert!(is_consolidated(&list("1550", &["7", "7", "1550"])));
        let unnamed =
            "<SanctionsEntry ID=\"1\"><SanctionsMeasure><Comment>NS-PLC</Comment></SanctionsMeasure></SanctionsEntry>";
        assert!(is_consolidated(unnamed.as_bytes()));
        assert!(!is_consolidated(unnamed.replace("NS-PLC", "SDGT").as_bytes()));
        assert!(!is_consolidated(b"<Sanctions/>"));
    }
}
