//! OFAC's remarks: pieces between semicolons, each a label and a value, read by the table of [`super::labels`].
//!
//! In comes the Remarks field of a record with what the comment file adds to it; out come dates, places, documents,
//! numbers, wallets, weak aliases, provisions of the sanction, and the names of other records. A piece without a label
//! is kept as a note, word for word. Strength of aliases: OFAC's FAQ 122 and 123
//! (<https://ofac.treasury.gov/faqs/topic/1646>): in this form weak aliases are those in the remarks, between quotes.

use mihenk_entities::{Date, EntityId, country::Country};

use crate::{
    document::Document,
    finding::{Severity, quote},
    listing::{Listing, one_line},
    relations::Mention,
    sayings,
    sources::ofac::{
        addresses::NO_COUNTRY,
        labels::{Does, Label, find},
        names,
    },
};

/// Reads remarks into a listing; names of other records go to the mentions.
pub(super) fn read(text: &str, file: &str, line: u64, listing: &mut Listing<'_>, mentions: &mut Vec<Mention>) {
    let mut pieces = text.split(';').map(str::trim).filter(|piece| !piece.is_empty()).peekable();
    while let Some(piece) = pieces.next() {
        let piece = if pieces.peek().is_none() { without_end(piece) } else { piece };
        let bare = ["alt. ", "Alt. "].iter().find_map(|alt| piece.strip_prefix(alt)).unwrap_or(piece);
        match find(bare) {
            Some((label, rest)) => {
                if let Does::Mention(property) = label.does {
                    mention(label, rest, property, (file, line), listing, mentions);
                } else {
                    labelled(label, rest, bare, listing);
                }
            }
            None => without_label(piece, listing),
        }
    }
}

/// A value whose label stands beside it in an element of its own: a number, a date, a country, a provision.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Labelled<'a> {
    /// The words of the label, as in remarks.
    pub(super) label: &'a str,
    /// What stands behind it in remarks.
    pub(super) value: &'a str,
    /// The country that issued a document.
    pub(super) country: &'a str,
    /// When it was issued.
    pub(super) issued: &'a str,
    /// When it expires or expired.
    pub(super) expires: &'a str,
    /// Who issued it.
    pub(super) authority: &'a str,
    /// What else is said.
    pub(super) comment: &'a str,
}

impl Labelled<'_> {
    /// Adds it as the same words in a remark are added. False, and kept as a note, if no label is like that.
    pub(super) fn add(&self, place: (&str, u64), listing: &mut Listing<'_>, mentions: &mut Vec<Mention>) -> bool {
        let piece = one_line(&format!("{} {}", self.label, self.value));
        let Some((label, rest)) = find(&piece) else {
            listing.note(&self.as_text());
            return false;
        };
        if let Does::Document(property) = label.does {
            let document = self.document(property, self.label.trim_end_matches([':', '-', ',', ' ']), rest);
            listing.document(&document, self.label);
            return true;
        }
        match label.does {
            Does::Mention(property) => mention(label, rest, property, place, listing, mentions),
            _ => labelled(label, rest, &piece, listing),
        }
        if [self.country, self.issued, self.expires, self.authority, self.comment].iter().any(|part| !part.is_empty()) {
            listing.note(&self.as_text());
        }
        true
    }

    /// The parts that have elements of their own go before what is in the text.
    fn document(&self, property: &'static str, kind: &str, rest: &str) -> Document {
        let mut document = document(property, kind, rest);
        let given = one_line(self.country);
        if !given.is_empty() {
            if !document.country.is_empty() && !document.country.eq_ignore_ascii_case(&given) {
                document.summary = one_line(&format!("{} {}", document.summary, document.country));
            }
            document.country = given;
        }
        for (part, given) in [
            (&mut document.issued, self.issued),
            (&mut document.expires, self.expires),
            (&mut document.authority, self.authority),
        ] {
            if !given.is_empty() {
                *part = one_line(given);
            }
        }
        document.summary = one_line(&format!("{} {}", document.summary, self.comment));
        document
    }

    /// All of it in one line.
    fn as_text(&self) -> String {
        let mut text = one_line(&format!("{} {}", self.label, self.value));
        for (before, part, behind) in [
            (" (", self.country, ")"),
            (" issued ", self.issued, ""),
            (" expires ", self.expires, ""),
            (", ", self.authority, ""),
            (", ", self.comment, ""),
        ] {
            if !part.trim().is_empty() {
                text.push_str(before);
                text.push_str(&one_line(part));
                text.push_str(behind);
            }
        }
        text
    }
}

/// The last piece without the full stop that ends every remark, unless it belongs to an abbreviation.
fn without_end(piece: &str) -> &str {
    const SHORT: [&str; 14] =
        ["ltd", "co", "inc", "corp", "jr", "sr", "dr", "st", "ltda", "cia", "bros", "etc", "gen", "intl"];
    let Some(bare) = piece.strip_suffix('.') else { return piece };
    if bare.ends_with('.') {
        return bare;
    }
    let word = bare.rsplit([' ', '(']).next().unwrap_or(bare);
    let abbreviation =
        word.contains('.') && !word.contains(['@', '/']) && word.rsplit('.').next().is_some_and(|w| w.len() <= 2)
            || SHORT.contains(&word.to_lowercase().as_str());
    let abbreviation = abbreviation && !word.starts_with(|c: char| c.is_ascii_digit());
    if abbreviation { piece } else { bare }
}

fn mention(
    label: &Label,
    rest: &str,
    property: Option<&'static str>,
    (file, line): (&str, u64),
    listing: &mut Listing<'_>,
    mentions: &mut Vec<Mention>,
) {
    // Only something that is operated or owned has the property; the id of a listing is an id.
    let (Ok(subject), role) = (EntityId::new(listing.id()), label.words.trim_end_matches(':')) else {
        return listing.note(&format!("{} {rest}", label.words));
    };
    let property = property.filter(|_| listing.is("Vehicle"));
    mentions.push(Mention {
        subject,
        role: role.to_owned(),
        name: rest.to_owned(),
        property,
        file: file.to_owned(),
        line,
    });
}

fn labelled(label: &Label, rest: &str, piece: &str, listing: &mut Listing<'_>) {
    let field = label.words.trim_end_matches([':', '-', ',']).trim();
    match label.does {
        Does::Date(property) => listing.date(property, &interval(rest), field),
        Does::Place => place(rest, listing),
        Does::Country(property) => country(property, rest, field, listing),
        Does::Gender => listing.gender(rest, field),
        Does::Text("email" | "website") if !rest.contains(['@', '.']) => listing.note(piece),
        Does::Text(property @ ("email" | "website")) => listing.add(property, rest.trim_end_matches('.')),
        Does::Text(property) => listing.add(property, rest),
        Does::Number(property) => listing.number(property, rest.trim_matches(['(', ')', '.']), field),
        Does::Document(property) => {
            let document = document(property, field, rest);
            listing.document(&document, field);
        }
        Does::Wallet => wallet(rest, piece, listing),
        Does::WeakAlias => weak_alias(rest, listing),
        Does::Provision => provision(piece, listing),
        Does::SanctionDate(property) => {
            provision(piece, listing);
            let date = rest.rsplit_once(')').map_or(rest, |(_, date)| date).trim_start_matches([':', ' ']);
            if let Some(date) = listing.read_date(date, field) {
                sanction(listing, property, &date);
            }
        }
        Does::Link => {
            sanction(listing, "sourceUrl", rest.split(' ').next().unwrap_or(rest).trim_end_matches('.'));
        }
        Does::Mention(_) => listing.note(piece),
    }
}

/// `circa 1979-1982` is an interval as well.
pub(super) fn interval(text: &str) -> String {
    let bare = text.trim_start_matches("circa ");
    match bare.split_once('-') {
        Some((from, to)) if from.len() == 4 && to.len() == 4 => format!("{from}/{to}"),
        _ => text.to_owned(),
    }
}

/// A place of birth; what stands behind its last comma is often a country.
pub(super) fn place(text: &str, listing: &mut Listing<'_>) {
    let last = text.rsplit(',').next().unwrap_or(text).trim();
    if let Some(country) = Country::parse(last) {
        listing.add("birthCountry", country.code());
        if last.len() == text.trim().len() {
            return;
        }
    }
    listing.add("birthPlace", text);
}

pub(super) fn country(property: &'static str, text: &str, field: &str, listing: &mut Listing<'_>) {
    if NO_COUNTRY.contains(&text.to_lowercase().as_str()) {
        return listing.note(&format!("{field}: {text}"));
    }
    // An aircraft is registered in a country; only an organisation has a jurisdiction.
    let property = if property == "jurisdiction" && !listing.is("LegalEntity") { "country" } else { property };
    match text.strip_prefix("possibly ") {
        // The doubt is kept in words.
        Some(country) if mihenk_entities::country::Country::parse(country).is_some() => {
            listing.country(property, country, field);
            listing.note(&format!("{field}: {text}"));
        }
        _ => listing.country(property, text, field),
    }
}

fn weak_alias(text: &str, listing: &mut Listing<'_>) {
    let name = names::unquoted(text);
    if listing.is("Person") {
        listing.add("weakAlias", &names::person(name).full);
    } else {
        listing.add("weakAlias", name);
    }
}

fn sanction(listing: &mut Listing<'_>, property: &str, value: &str) {
    if let Some(sanction) = listing.sanction() {
        sanction.add(property, one_line(value));
    }
}

fn provision(piece: &str, listing: &mut Listing<'_>) {
    sanction(listing, "provisions", piece);
}

/// `XBT 1Boat…`: a currency and an address.
fn wallet(text: &str, piece: &str, listing: &mut Listing<'_>) {
    let Some((currency, address)) = text.split_once(' ').map(|(currency, address)| (currency, address.trim())) else {
        listing.report(Severity::Medium, "Digital Currency Address", quote(text), sayings::currency_expected());
        return listing.note(piece);
    };
    listing.check_number("publicKey", address, "Digital Currency Address");
    let holder = listing.id().to_owned();
    let satellite = listing.satellite("CryptoWallet", &format!("wallet-{address}"));
    satellite.add("publicKey", address);
    satellite.add("currency", currency);
    satellite.add("holder", holder);
}

/// A piece that no label announces: some are addresses of the web, the rest stays as it is.
fn without_label(piece: &str, listing: &mut Listing<'_>) {
    let word = piece.trim_end_matches('.').trim_end_matches(" (website)").trim_end_matches(" (email)");
    if word.contains(' ') {
        // Often the title of the primary file once more.
        if !listing.values("position").iter().any(|known| known.eq_ignore_ascii_case(piece.trim_end_matches('.'))) {
            listing.note(piece);
        }
    } else if word.starts_with("http://") || word.starts_with("https://") || word.starts_with("www.") {
        listing.add("website", word);
    } else if word.split_once('@').is_some_and(|(_, host)| host.contains('.')) {
        listing.add("email", word);
    } else if !listing.values("position").iter().any(|known| known.eq_ignore_ascii_case(word)) {
        listing.note(piece);
    }
}

/// `A123 (Iran) issued 01 Jan 2010 expires 2015` behind the label *Passport*.
fn document(property: &'static str, kind: &str, text: &str) -> Document {
    let mut document = Document { property, kind: kind.trim_end_matches([' ', '#']).to_owned(), ..Document::default() };
    let mut rest = text.trim();
    for (word, date) in [(" expires ", &mut document.expires), (" issued ", &mut document.issued)] {
        if let Some((before, behind)) = rest.rsplit_once(word).filter(|(_, behind)| Date::parse(behind).is_ok()) {
            *date = behind.to_owned();
            rest = before.trim();
        }
    }
    let mut summary = Vec::new();
    while let Some((before, inside)) = rest.strip_suffix(')').and_then(|text| text.rsplit_once(" (")) {
        if document.country.is_empty() && summary.is_empty() {
            inside.clone_into(&mut document.country);
        } else {
            summary.push(inside.to_owned());
        }
        rest = before.trim();
    }
    if let Some((before, behind)) =
        rest.split_once(": ").filter(|(before, behind)| !has_digit(before) && has_digit(behind))
    {
        document.kind = format!("{} {before}", document.kind);
        rest = behind;
    }
    if let Some((before, behind)) = rest.split_once(", ").filter(|(before, _)| has_digit(before)) {
        match Country::parse(behind) {
            Some(_) if document.country.is_empty() => behind.clone_into(&mut document.country),
            _ => summary.push(behind.to_owned()),
        }
        rest = before;
    }
    if let Some((before, behind)) =
        rest.rsplit_once(' ').filter(|(before, behind)| has_digit(before) && !has_digit(behind))
        && document.country.is_empty()
        && Country::parse(behind).is_some()
    {
        behind.clone_into(&mut document.country);
        rest = before;
    }
    // "OR801100 issued under the name X", "405800 Bogota"
    if let Some((before, behind)) = [" issued under", " and "].iter().find_map(|words| rest.split_once(words)) {
        summary.push(behind.trim().to_owned());
        rest = before;
    }
    while let Some((before, word)) = rest.rsplit_once(' ').filter(|(before, word)| has_digit(before) && is_word(word)) {
        summary.insert(0, word.to_owned());
        rest = before;
    }
    document.number = rest.trim_start_matches(['#', ' ', ':']).trim().to_owned();
    document.summary = summary.join(" ");
    document
}

/// A word rather than a part of a number: the `i` of *FN 161200 i* is none.
fn is_word(text: &str) -> bool {
    text.chars().count() > 2 && text.chars().all(char::is_alphabetic) && text.chars().skip(1).any(char::is_lowercase)
}

fn has_digit(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use mihenk_entities::{Entity, Schema};
    use proptest::prelude::*;

    use super::*;
    use crate::{finding::Finding, sources::ofac::labels::LABELS};

    fn read_as(schema: &str, text: &str) -> (Vec<Entity>, Vec<Mention>, Vec<Finding>) {
        let id = EntityId::new("ofac-1").unwrap();
        let mut listing = Listing::new("us_ofac_sdn", id, Schema::named(schema).unwrap(), "sdn.csv", 1);
        listing.satellite("Sanction", "sanction");
        let mut mentions = Vec::new();
        read(text, "sdn.csv", 1, &mut listing, &mut mentions);
        let (mut entities, mut findings) = (Vec::new(), Vec::new());
        listing.finish(&mut entities, &mut findings);
        (entities, mentions, findings)
    }

    /// The schema that has the property a label fills.
    fn schema_for(label: &Label) -> &'static str {
        let property = match label.does {
            Does::Date(p) | Does::Country(p) | Does::Text(p) | Does::Number(p) | Does::Document(p) => p,
            Does::Place | Does::Gender | Does::WeakAlias => "birthPlace",
            Does::Mention(Some(_)) => "operator",
            _ => "name",
        };
        let has = |schema: &&str| Schema::named(schema).is_some_and(|schema| schema.property(property).is_some());
        ["Person", "Company", "Vessel", "Airplane"].into_iter().find(has).unwrap()
    }

    #[test]
    fn every_label_does_what_its_row_says() {
        for label in LABELS {
            for text in
                [format!("{} {}", label.words, label.example), format!("alt. {} {}.", label.words, label.example)]
            {
                let (entities, mentions, findings) = read_as(schema_for(label), &text);
                assert_eq!(findings, [], "{text}");
                let property = match label.does {
                    Does::Date(p) | Does::Country(p) | Does::Text(p) | Does::Number(p) | Does::Document(p) => p,
                    Does::SanctionDate(p) => p,
                    Does::Place => "birthPlace",
                    Does::Gender => "gender",
                    Does::WeakAlias => "weakAlias",
                    Does::Wallet => "publicKey",
                    Does::Provision => "provisions",
                    Does::Link => "sourceUrl",
                    Does::Mention(_) => {
                        assert_eq!(mentions[0].name, label.gives, "{text}");
                        continue;
                    }
                };
                let got: Vec<&str> =
                    entities.iter().flat_map(|entity| entity.values(property)).map(String::as_str).collect();
                let right = match label.does {
                    Does::Provision => got.iter().any(|value| value.ends_with(label.gives)),
                    _ => got.contains(&label.gives),
                };
                assert!(right, "{text}: {property} is {got:?}, not {}", label.gives);
                assert!(entities[0].values("notes").is_empty(), "{text}: {:?}", entities[0].values("notes"));
            }
        }
    }

    #[test]
    fn a_remark_is_read_piece_by_piece_and_the_rest_is_kept() {
        let text = "DOB 16 May 1957; alt. DOB 1955 to 1958; POB Tikrit, Iraq; nationality Iraq; Minister of Examples; \
                    Passport M000/970 (Iraq) issued Jul 1997; a.k.a. 'EXAMPLE, Abu'; Linked To: EXAMPLE CO.; named in \
                    a report.";
        let (entities, mentions, findings) = read_as("Person", text);
        let person = &entities[0];
        assert_eq!(person.values("birthDate"), ["1957-05-16", "1955/1958"]);
        assert_eq!((person.first("birthPlace"), person.first("birthCountry")), (Some("Tikrit, Iraq"), Some("iq")));
        assert_eq!(person.values("weakAlias"), ["Abu EXAMPLE"]);
        assert_eq!(person.values("notes"), ["Minister of Examples", "named in a report"]);
        assert_eq!(mentions[0].name, "EXAMPLE CO.");
        assert_eq!(entities[2].first("startDate"), Some("1997-07"));
        assert!(findings.is_empty());
    }

    #[test]
    fn what_cannot_be_understood_is_kept_and_reported() {
        let text = "DOB 31 Feb 1960; nationality Atlantis; NIT # Provisional (Colombia); Passport issued in Sarajevo";
        let (entities, _, findings) = read_as("Person", text);
        assert_eq!(
            entities[0].values("notes"),
            ["DOB: 31 Feb 1960", "nationality: Atlantis", "NIT Provisional (Colombia)", "Passport issued in Sarajevo",]
        );
        assert_eq!(findings.len(), 4);
    }

    #[test]
    fn documents_are_taken_apart() {
        for (text, number, country, summary) in [
            ("D489833(9) (Hong Kong)", "D489833(9)", "Hong Kong", ""),
            ("D000000483, Diplomatic (Syria)", "D000000483", "Syria", "Diplomatic"),
            ("3934472 (New York) (United States)", "3934472", "United States", "New York"),
            ("AF465500 Colombia", "AF465500", "Colombia", ""),
            ("293400 Distrito Federal (Mexico)", "293400", "Mexico", "Distrito Federal"),
            ("4117900 issued under the name Ali Example", "4117900", "", "the name Ali Example"),
            ("#H0044200 (Iraq)", "H0044200", "Iraq", ""),
            ("13/Ta Ta Na (Naing)019077 (Burma)", "13/Ta Ta Na (Naing)019077", "Burma", ""),
            ("FN 161200 i (Austria)", "FN 161200 i", "Austria", ""),
            ("L 191600 issued 28 Feb 1996 expires 27 Feb 2001", "L 191600", "", ""),
        ] {
            let document = document("passportNumber", "Passport", text);
            let got = (document.number.as_str(), document.country.as_str(), document.summary.as_str());
            assert_eq!(got, (number, country, summary), "{text}");
        }
    }

    #[test]
    fn the_full_stop_at_the_end_is_not_part_of_the_value() {
        for (piece, expected) in [
            ("nationality Iran.", "nationality Iran"),
            ("Linked To: EXAMPLE S.A.", "Linked To: EXAMPLE S.A."),
            ("Linked To: EXAMPLE CO.", "Linked To: EXAMPLE CO."),
            ("Email Address a@net.sy.", "Email Address a@net.sy"),
            ("D.N.I. 78.865.88.", "D.N.I. 78.865.88"),
            ("a.k.a. 'X'.", "a.k.a. 'X'"),
        ] {
            assert_eq!(without_end(piece), expected);
        }
    }

    proptest! {
        #[test]
        fn any_remark_is_read(
            text in "\\PC{0,80}|([A-Z][a-z.]{0,8} ?|[;()0-9 ,.#:'-]){0,30}",
            label in 0usize..LABELS.len(),
        ) {
            let label = LABELS[label].words;
            let _ = read_as("Person", &text);
            let _ = read_as("Vessel", &format!("{label} {text}; {text}"));
            let _ = document("passportNumber", "Passport", &text);
        }
    }
}
