//! What screening reads of an entity: names by kind, attributes, identifiers.
//!
//! In comes an [`Entity`], a listed one or a query; out comes a [`Record`], with values parsed and normalised. A value that
//! cannot be parsed is named in `problems` and left out of the evidence; it stays in the entity.

use mihenk_entities::{
    Date, Entity, Identifier, IdentifierKind, PropertyType, Schema, country::Country, gender::Gender,
};
use mihenk_names::{Bearer, Name, Part, Role, name::is_ordinary_word, tokenize};
use mihenk_said::Said;

use crate::{
    attributes::Attributes,
    rarity::{Aspect, key},
    sayings,
    shape::Field,
};

/// What kind of name it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum NameKind {
    /// The name that the source shows first.
    Primary = 0,
    /// Another name.
    Alias = 1,
    /// A name borne before.
    Previous = 2,
    /// A name that the source itself calls weak: a nickname, a nom de guerre.
    Weak = 3,
    /// An abbreviation.
    Abbreviation = 4,
}

/// One name of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordName {
    /// As the source wrote it.
    pub text: String,
    /// What kind of name it is.
    pub kind: NameKind,
}

/// An entity as screening sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// What it is.
    pub schema: Schema,
    /// How its names are to be read; a legal entity of unknown kind is read as a person and as an organisation.
    pub bearers: &'static [Bearer],
    /// Its names, each once.
    pub names: Vec<RecordName>,
    /// How many of these the source gives; the others are parts of them that are names as well.
    pub name_count: usize,
    /// Which words of its names are given and which are family names, as far as it says.
    pub fields: Fields,
    /// Dates, countries, gender, places.
    pub attributes: Attributes,
    /// Numbers that identify it.
    pub identifiers: Vec<Identifier>,
    /// Values that could not be read: property and reason.
    pub problems: Vec<(String, Said)>,
}

/// The words of given names and of family names, romanised, as the fields of an entity name them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    given: Vec<String>,
    family: Vec<String>,
}

impl Fields {
    fn of(entity: &Entity) -> Fields {
        let words = |properties: &[&str]| -> Vec<String> {
            let values = properties.iter().flat_map(|property| entity.values(property));
            values.flat_map(|value| tokenize(value)).map(|token| token.form).collect()
        };
        if !entity.schema.is("Person") {
            return Fields::default();
        }
        Fields { given: words(&["firstName", "secondName", "middleName"]), family: words(&["lastName"]) }
    }

    /// Whether the entity does not tell given from family names.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.given.is_empty() || self.family.is_empty()
    }

    /// Which of the two a word is; neither, if it is both.
    #[must_use]
    pub fn of_word(&self, form: &str) -> Field {
        let is_in = |words: &[String]| words.iter().any(|word| word == form);
        match (is_in(&self.given), is_in(&self.family)) {
            (true, false) => Field::Given,
            (false, true) => Field::Family,
            _ => Field::Unsaid,
        }
    }
}

/// Longest name that is read, in bytes; a longer one is no name.
pub const NAME_LEN_MAX: usize = 2_000;

impl Record {
    /// Reads an entity.
    #[must_use]
    pub fn of(entity: &Entity) -> Record {
        let mut record = Record {
            schema: entity.schema,
            bearers: bearers(entity.schema),
            names: Vec::new(),
            name_count: 0,
            fields: Fields::of(entity),
            attributes: Attributes::default(),
            identifiers: Vec::new(),
            problems: Vec::new(),
        };
        record.read_names(entity);
        for (property, values) in &entity.properties {
            record.read_property(property, values);
        }
        record
    }

    fn read_names(&mut self, entity: &Entity) {
        const KINDS: [(&str, NameKind); 5] = [
            ("name", NameKind::Primary),
            ("alias", NameKind::Alias),
            ("previousName", NameKind::Previous),
            ("weakAlias", NameKind::Weak),
            ("abbreviation", NameKind::Abbreviation),
        ];
        for (property, kind) in KINDS {
            for text in entity.values(property) {
                self.add_name(property, text, kind);
            }
        }
        if self.names.is_empty() && entity.schema.is("Person") {
            let parts = ["firstName", "secondName", "middleName", "fatherName", "lastName"];
            let full: Vec<&str> = parts.iter().filter_map(|p| entity.first(p)).collect();
            if !full.is_empty() {
                self.add_name("lastName", &full.join(" "), NameKind::Primary);
            }
        }
        self.name_count = self.names.len();
        if self.bearers.contains(&Bearer::Organization) {
            for (property, kind) in KINDS {
                for text in entity.values(property).iter().flat_map(|text| alternatives(text)) {
                    self.add_name(property, text, kind);
                }
            }
        }
    }

    fn add_name(&mut self, property: &str, text: &str, kind: NameKind) {
        if text.len() > NAME_LEN_MAX {
            self.problems.push((property.to_owned(), sayings::long_name(text.len(), NAME_LEN_MAX)));
        } else if tokenize(text).is_empty() {
            self.problems.push((property.to_owned(), sayings::no_letters(text)));
        } else if !self.names.iter().any(|n| n.text == text) {
            self.names.push(RecordName { text: text.to_owned(), kind });
        }
    }

    fn read_property(&mut self, property: &str, values: &[String]) {
        if let Some(kind) = IdentifierKind::of_property(property) {
            for value in values {
                match Identifier::read(kind, value) {
                    Some(id) if !self.identifiers.contains(&id) => self.identifiers.push(id),
                    Some(_) => {}
                    None => {
                        self.problems.push((property.to_owned(), sayings::not_a_number(value)));
                    }
                }
            }
            return;
        }
        match property {
            "birthDate" | "incorporationDate" => self.read_dates(property, values),
            "gender" => self.read_genders(property, values),
            "birthPlace" => self.attributes.places.extend(values.iter().map(|v| words(v))),
            "address" => self.attributes.addresses.extend(values.iter().map(|v| words(v))),
            // A place of birth is no sign of where somebody belongs, but lists use both for it.
            _ if self.schema.property(property).is_some_and(|p| p.kind == PropertyType::Country) => {
                self.read_countries(property, values);
            }
            _ => {}
        }
    }

    fn read_dates(&mut self, property: &str, values: &[String]) {
        for value in values {
            match Date::parse(value) {
                Ok(date) if !self.attributes.born.contains(&date) => self.attributes.born.push(date),
                Ok(_) => {}
                Err(e) => self.problems.push((property.to_owned(), e.said())),
            }
        }
    }

    fn read_genders(&mut self, property: &str, values: &[String]) {
        for value in values {
            match Gender::parse(value) {
                Some(gender) => self.attributes.genders.push(gender),
                None => self.problems.push((property.to_owned(), sayings::not_a_gender(value))),
            }
        }
    }

    fn read_countries(&mut self, property: &str, values: &[String]) {
        for value in values {
            match Country::parse(value) {
                Some(country) if !self.attributes.countries.contains(&country) => {
                    self.attributes.countries.push(country);
                }
                Some(_) => {}
                None => self.problems.push((property.to_owned(), sayings::not_a_country(value))),
            }
        }
    }
}

/// How the names of a schema's entities are to be read.
#[must_use]
pub fn bearers(schema: Schema) -> &'static [Bearer] {
    if schema.is("Person") {
        &[Bearer::Person]
    } else if schema.is("Vehicle") {
        &[Bearer::Vessel]
    } else if schema.name() == "LegalEntity" {
        &[Bearer::Person, Bearer::Organization]
    } else if schema.name() == "Thing" {
        &Bearer::ALL
    } else {
        &[Bearer::Organization]
    }
}

/// How one name of a record is to be read: not as a person's when only a firm can be called so.
pub fn readings(text: &str, bearers: &'static [Bearer]) -> impl Iterator<Item = Bearer> {
    let may_be_both = bearers.contains(&Bearer::Person) && bearers.contains(&Bearer::Organization);
    let is_firm = may_be_both && is_firm(&Name::read(text, Bearer::Organization));
    bearers.iter().copied().filter(move |&bearer| !is_firm || bearer != Bearer::Person)
}

/// Whether a name, read as an organisation's, has a legal form that nobody is called by: *Inc.* is no surname, *Co* is one.
#[must_use]
pub fn is_firm(name: &Name) -> bool {
    const TELLING_LETTERS: usize = 3;
    let telling = |part: &Part| matches!(part.role, Role::LegalForm(..)) && part.form.len() >= TELLING_LETTERS;
    name.bearer == Bearer::Organization && name.parts.iter().skip(1).any(telling)
}

/// The names that a slash holds apart in the name of an organisation: *Al-Qaida/Islamic Army* is called *Al-Qaida* as well. What
/// follows without a space may be the alternative of the last words alone (*… of Jihad/Mesopotamia*) unless it is as long as
/// what stands before; and a name of nothing but ordinary words is none.
fn alternatives(text: &str) -> Vec<&str> {
    let words = |part: &str| Name::read(part, Bearer::Organization).parts.iter().filter(|p| tells(p)).count();
    let Some((before, _)) = text.split_once('/') else { return Vec::new() };
    let first = words(before);
    if first == 0 {
        return Vec::new();
    }
    let is_name = |&(at, part): &(usize, &str)| {
        let telling = words(part);
        telling > 0 && (at == 0 || part.starts_with(' ') || telling >= first)
    };
    text.split('/').enumerate().filter(is_name).map(|(_, part)| part.trim()).collect()
}

/// Whether a word of an organisation's name tells it from others.
fn tells(part: &Part) -> bool {
    const LETTERS_MIN: usize = 3;
    part.role == Role::Word && part.form.len() >= LETTERS_MIN && !is_ordinary_word(&part.form)
}

/// The words of a place or an address, hashed, each once; countries are left out, they are evidence of their own.
fn words(text: &str) -> Vec<u32> {
    let mut out: Vec<u32> = Vec::new();
    for piece in text.split([',', ';']).filter(|p| Country::parse(p).is_none()) {
        for token in tokenize(piece).into_iter().filter(|t| t.form.len() > 1) {
            let hash = (key(Aspect::Form, token.form.as_bytes()) >> 32) as u32;
            if !out.contains(&hash) {
                out.push(hash);
            }
        }
    }
    out
}
