//! Names of OFAC's advanced XML form: each alias is a set of documented names, each of them a set of parts.
//!
//! In comes an `Identity`: aliases of a type (*Name*, *A.K.A.*, *F.K.A.*), of good or low quality, with a
//! `DocumentedName` for each script, and groups that say which part is a family name; out come `name`, `alias`,
//! `previousName` and `weakAlias`, the parts of the primary name, and all in natural order as the other forms have it.

use crate::{
    finding::{Severity, quote},
    listing::{Listing, one_line},
    sayings,
    sources::ofac::{advanced::references::References, names, record},
    xml::Element,
};

/// One name in one script, part by part.
#[derive(Clone, Debug, Default)]
pub(super) struct Name {
    parts: Vec<(String, String)>,
    acronym: bool,
}

/// What is read of an identity.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    /// The primary name, first the one that is in Latin letters.
    pub(super) primary: Vec<Name>,
    /// Other names: the type, whether it is weak, what is said of it.
    pub(super) others: Vec<(String, bool, Name, String)>,
}

/// Takes an identity apart.
pub(super) fn read(identity: &Element<'_>, references: &References<'_>) -> Names {
    let groups: Vec<(&str, &str)> = identity
        .children("NamePartGroups")
        .flat_map(|groups| groups.children("MasterNamePartGroup"))
        .flat_map(|master| master.children("NamePartGroup"))
        .map(|group| {
            let kind = references.text("NamePartType", group.attribute("NamePartTypeID"));
            (group.attribute("ID").unwrap_or_default(), kind)
        })
        .collect();
    let mut names = Names::default();
    let is_false = identity.attribute("False") == Some("true");
    for alias in identity.children("Alias") {
        let kind = references.text("AliasType", alias.attribute("AliasTypeID"));
        let weak = alias.attribute("LowQuality") == Some("true");
        let mut documented: Vec<&Element<'_>> = alias.children("DocumentedName").collect();
        documented.sort_by_key(|name| {
            !references.text("DocNameStatus", name.attribute("DocNameStatusID")).contains("Primary")
        });
        for element in documented {
            let name = of(element, &groups);
            let said = remarks(alias, element, is_false, references);
            if kind == "Name" && !weak && !is_false {
                if !said.is_empty() {
                    names.others.push((kind.to_owned(), weak, name.clone(), said));
                }
                names.primary.push(name);
            } else {
                names.others.push((kind.to_owned(), weak, name, said));
            }
        }
    }
    names
}

fn of(element: &Element<'_>, groups: &[(&str, &str)]) -> Name {
    let mut name = Name::default();
    for part in element.children("DocumentedNamePart") {
        for value in part.children("NamePartValue") {
            let group = value.attribute("NamePartGroupID").unwrap_or_default();
            let kind = groups.iter().find(|(id, _)| *id == group).map_or("", |(_, kind)| kind);
            let around = |name| part.attribute(name).unwrap_or_default();
            let text = format!("{}{}{}", around("LeadingChars"), value.text, around("TrailingChars"));
            name.parts.push((kind.to_owned(), one_line(&text)));
            name.acronym |= value.attribute("Acronym") == Some("true");
        }
    }
    name.parts.retain(|(_, text)| !text.is_empty());
    name
}

/// What is said of a name: comments, since when it is used, where.
fn remarks(alias: &Element<'_>, name: &Element<'_>, is_false: bool, references: &References<'_>) -> String {
    let mut texts: Vec<String> = Vec::new();
    if is_false {
        texts.push("false identity".to_owned());
    }
    texts.extend([alias, name].map(|element| one_line(element.text_of("Comment"))));
    texts.extend(alias.children("DatePeriod").map(super::dates::period));
    for country in name.children("DocumentedNameCountry") {
        texts.push(one_line(references.country(country.attribute("CountryID"))));
        texts.push(one_line(country.text_of("Comment")));
    }
    texts.retain(|text| !text.is_empty());
    texts.join(", ")
}

impl Name {
    fn part(&self, kind: &str) -> String {
        let parts: Vec<&str> =
            self.parts.iter().filter(|(known, _)| known == kind).map(|(_, text)| text.as_str()).collect();
        parts.join(" ")
    }

    /// The name as the CSV form writes it: `FAMILY, Given`, and anything but a person's as it is.
    pub(super) fn as_in_csv(&self) -> String {
        let last = self.part("Last Name");
        let given: Vec<&str> = ["First Name", "Middle Name", "Patronymic", "Matronymic"]
            .iter()
            .flat_map(|kind| self.parts.iter().filter(move |(known, _)| known == kind))
            .map(|(_, text)| text.as_str())
            .collect();
        let given = given.join(" ");
        if last.is_empty() || given.is_empty() {
            let all: Vec<&str> = self.parts.iter().map(|(_, text)| text.as_str()).collect();
            return all.join(" ");
        }
        let other = ["Last Name", "First Name", "Middle Name", "Patronymic", "Matronymic", "Maiden Name", "Nickname"];
        let rest = self.parts.iter().filter(|(kind, _)| !other.contains(&kind.as_str())).map(|(_, text)| text.as_str());
        let given: Vec<&str> = std::iter::once(given.as_str()).chain(rest).collect();
        format!("{last}, {}", given.join(" "))
    }

    /// The name before marriage, which is a former name.
    fn maiden(&self) -> Option<String> {
        let maiden = self.part("Maiden Name");
        let given = self.part("First Name");
        (!maiden.is_empty() && !self.part("Last Name").is_empty()).then(|| one_line(&format!("{given} {maiden}")))
    }
}

/// Adds the names; gives those by which others may call the record: the first name, then the rest.
pub(super) fn add(all: &Names, listing: &mut Listing<'_>) -> Vec<String> {
    let mut called = Vec::new();
    if !listing.is("Person") || all.primary.is_empty() {
        let first = all.primary.first().map(Name::as_in_csv).unwrap_or_default();
        record::primary_name(&first, "DocumentedName", listing);
    }
    for name in &all.primary {
        let text = name.as_in_csv();
        if listing.is("Person") {
            let person = names::person(&text);
            listing.add("name", &person.full);
            listing.add("nameSuffix", &person.suffix);
            parts(name, listing);
        } else {
            listing.add("name", &text);
        }
        called.push(text);
    }
    for (kind, weak, name, said) in &all.others {
        let text = name.as_in_csv();
        if text.is_empty() {
            continue;
        }
        if kind != "Name" {
            record::alias(kind, &text, *weak, "AliasType", listing);
        } else if *weak || said.contains("false identity") {
            let full = if listing.is("Person") { names::person(&text).full } else { text.clone() };
            listing.add(if *weak { "weakAlias" } else { "alias" }, &full);
        }
        if !said.is_empty() {
            listing.note(&format!("Alias {text}: {said}"));
        }
        if name.acronym && !listing.is("Person") {
            listing.add("abbreviation", &text);
        }
        if let Some(maiden) = name.maiden() {
            listing.add("previousName", &maiden);
        }
        called.push(text);
    }
    if all.primary.is_empty() && !all.others.is_empty() {
        let found = quote(&all.others[0].2.as_in_csv());
        listing.report(Severity::High, "Alias", found, sayings::alias_expected("Name"));
    }
    called
}

/// The parts of a person's primary name. A suffix stands behind a comma: *Vasili, Jr.*
fn parts(name: &Name, listing: &mut Listing<'_>) {
    for (kind, text) in &name.parts {
        match kind.as_str() {
            "First Name" => listing.add("firstName", &names::person(&format!("-, {text}")).first),
            "Last Name" => listing.add("lastName", text.split(',').next().unwrap_or(text)),
            "Middle Name" => listing.add("middleName", text),
            "Patronymic" => listing.add("fatherName", text),
            "Matronymic" => listing.add("motherName", text),
            "Nickname" if name.parts.len() > 1 => listing.add("weakAlias", text),
            "Nickname" | "Maiden Name" | "Entity Name" | "" => {}
            other => listing.note(&format!("{other}: {text}")),
        }
    }
    if let Some(maiden) = name.maiden() {
        listing.add("previousName", &maiden);
    }
}
