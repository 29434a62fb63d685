//! Under which regulation, since when, with which references: the listing itself.
//!
//! In come the attributes of a record, its `regulation` elements and the `regulationSummary` of each of its parts; out come a
//! `Sanction` for each regulation, in the order of publication, with programme, dates, address and the EU's and UN's reference
//! numbers. A regulation that changed one part only (a name, a document) is a line of the description of the first.

use crate::{
    listing::{Listing, one_line},
    sources::eu_fsf::{EU_FSF, remarks, value},
    xml::Element,
};

/// A regulation as the list describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Regulation {
    published: String,
    number: String,
    kind: String,
    organisation: String,
    in_force: String,
    programme: String,
    url: String,
    remarks: Vec<String>,
}

impl Regulation {
    fn of(element: &Element<'_>) -> Regulation {
        let url = value(element, "publicationUrl");
        Regulation {
            published: value(element, "publicationDate"),
            number: value(element, "numberTitle"),
            kind: value(element, "regulationType"),
            organisation: value(element, "organisationType"),
            in_force: value(element, "entryIntoForceDate"),
            programme: value(element, "programme"),
            url: if url.is_empty() { one_line(element.text_of("publicationUrl")) } else { url },
            remarks: remarks(element),
        }
    }

    /// In one line.
    fn as_text(&self) -> String {
        let mut text = one_line(&format!("{} {} {}", self.organisation, self.kind, self.number));
        for (before, part) in [
            (", published ", &self.published),
            (", in force ", &self.in_force),
            (", ", &self.programme),
            (": ", &self.url),
        ] {
            if !part.is_empty() {
                text.push_str(before);
                text.push_str(part);
            }
        }
        text
    }
}

/// Adds the listing.
pub(super) fn read(record: &Element<'_>, listing: &mut Listing<'_>) {
    let mut regulations: Vec<Regulation> = record.children("regulation").map(Regulation::of).collect();
    regulations.sort_by_key(|regulation| (regulation.published.clone(), regulation.number.clone()));
    regulations.dedup();
    let mut parts: Vec<Regulation> =
        record.children.iter().flat_map(|part| part.children("regulationSummary")).map(Regulation::of).collect();
    parts.retain(|part| !regulations.iter().any(|main| main.number == part.number && main.url == part.url));
    parts.sort_by_key(Regulation::as_text);
    parts.dedup();
    if regulations.is_empty() {
        sanction(record, None, listing);
    }
    for regulation in &regulations {
        sanction(record, Some(regulation), listing);
    }
    if let Some(sanction) = listing.sanction() {
        for part in parts {
            sanction.add("description", part.as_text());
        }
    }
}

fn sanction(record: &Element<'_>, regulation: Option<&Regulation>, listing: &mut Listing<'_>) {
    let designated = read_date(&value(record, "designationDate"), "designationDate", listing);
    let in_force = regulation.map_or("", |regulation| &regulation.in_force);
    let in_force = read_date(in_force, "entryIntoForceDate", listing);
    let published = regulation.map_or("", |regulation| &regulation.published);
    let published = read_date(published, "publicationDate", listing);
    listing.add("modifiedAt", &in_force);
    listing.add("program", regulation.map_or("", |regulation| &regulation.programme));
    let id = listing.id().to_owned();
    let sanction = listing.satellite("Sanction", "sanction");
    sanction.add("entity", id);
    sanction.add("authority", EU_FSF.publisher);
    sanction.add("country", "eu");
    sanction.add("authorityId", value(record, "euReferenceNumber"));
    sanction.add("recordId", value(record, "logicalId"));
    sanction.add("unscId", value(record, "unitedNationId"));
    sanction.add("summary", value(record, "designationDetails"));
    // The regulation can be an amendment, and the designation older; where both are given the earlier day began it.
    let start = [&designated, &in_force].into_iter().filter(|date| !date.is_empty()).min();
    if let Some(start) = start {
        sanction.add("startDate", start.as_str());
        if !designated.is_empty() && start != &designated {
            sanction.add("summary", format!("Designated {designated}"));
        }
    }
    sanction.add("listingDate", published);
    let Some(regulation) = regulation else { return };
    sanction.add("program", regulation.programme.as_str());
    sanction.add("reason", regulation.number.as_str());
    sanction.add("sourceUrl", regulation.url.as_str());
    sanction.add("description", one_line(&format!("{} {}", regulation.organisation, regulation.kind)));
    for remark in &regulation.remarks {
        sanction.add("description", remark.as_str());
    }
}

/// The date in ISO form; one that cannot be read is kept as a note and reported.
fn read_date(text: &str, field: &str, listing: &mut Listing<'_>) -> String {
    if text.is_empty() {
        return String::new();
    }
    let date = listing.read_date(text, field);
    if date.is_none() {
        listing.note(&format!("{field}: {text}"));
    }
    date.unwrap_or_default()
}
