//! What a person says of the columns of a file.
//!
//! In come words as a form sends them, out comes a [`Map`], or what is missing in it ([`Wrong`]). Everything is kept as it was chosen, also what makes no map yet,
//! so that half-done work is there when its person comes back.

use std::collections::BTreeMap;

use mihenk_entities::{Schema, country::Country};
use mihenk_lists::own::{DateOrder, IDENTIFIERS, Map, Meaning};
use mihenk_said::Said;
use mihenk_tables::{Heading, Options, encoding};
use serde::{Deserialize, Serialize};

use crate::sayings;

/// What a column of customers holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Nothing that is used.
    Nothing,
    /// The number of the record.
    Number,
    /// Whether it is a person, a company, a ship.
    Kind,
    /// The number of the customer to whom the record is related.
    Parent,
    /// What it is to that customer.
    Role,
    /// What is at stake, in whole units.
    Exposure,
    /// Values of a property of FollowTheMoney.
    Property(&'static str),
}

/// What a form offers for a column, in groups with the words of their names.
pub const OFFERED: [(&str, &[Holds]); 4] = [
    (
        "who",
        &[
            Holds::Number,
            Holds::Kind,
            Holds::Property("name"),
            Holds::Property("firstName"),
            Holds::Property("middleName"),
            Holds::Property("lastName"),
            Holds::Property("alias"),
            Holds::Property("previousName"),
            Holds::Property("fatherName"),
            Holds::Property("gender"),
            Holds::Property("birthDate"),
            Holds::Property("birthPlace"),
            Holds::Property("nationality"),
            Holds::Property("country"),
            Holds::Property("address"),
            Holds::Property("position"),
        ],
    ),
    (
        "numbers",
        &[
            Holds::Property(IDENTIFIERS),
            Holds::Property("passportNumber"),
            Holds::Property("idNumber"),
            Holds::Property("taxNumber"),
            Holds::Property("registrationNumber"),
            Holds::Property("leiCode"),
            Holds::Property("swiftBic"),
            Holds::Property("iban"),
            Holds::Property("publicKey"),
            Holds::Property("imoNumber"),
            Holds::Property("mmsi"),
        ],
    ),
    (
        "firms",
        &[
            Holds::Property("jurisdiction"),
            Holds::Property("incorporationDate"),
            Holds::Property("legalForm"),
            Holds::Property("flag"),
            Holds::Property("callSign"),
            Holds::Property("phone"),
            Holds::Property("email"),
            Holds::Property("website"),
            Holds::Property("notes"),
        ],
    ),
    ("ties", &[Holds::Parent, Holds::Role, Holds::Exposure]),
];

impl Holds {
    /// The word for it: a property by its name, the others with a dot, which no property has.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Holds::Nothing => "",
            Holds::Number => "customer.number",
            Holds::Kind => "customer.kind",
            Holds::Parent => "customer.parent",
            Holds::Role => "customer.role",
            Holds::Exposure => "customer.exposure",
            Holds::Property(name) => name,
        }
    }

    /// What a word stands for; what is none is nothing.
    #[must_use]
    pub fn of_word(word: &str) -> Holds {
        let apart = [Holds::Number, Holds::Kind, Holds::Parent, Holds::Role, Holds::Exposure];
        if let Some(known) = apart.into_iter().find(|known| known.word() == word) {
            return known;
        }
        if word == IDENTIFIERS {
            return Holds::Property(IDENTIFIERS);
        }
        let property = Schema::all().find_map(|schema| schema.property(word));
        property.map_or(Holds::Nothing, |property| Holds::Property(property.name))
    }

    pub(super) fn of_meaning(meaning: Option<Meaning>) -> Holds {
        match meaning {
            None => Holds::Nothing,
            Some(Meaning::Id) => Holds::Number,
            Some(Meaning::Kind) => Holds::Kind,
            Some(Meaning::Property(property)) => Holds::Property(property),
        }
    }
}

/// How a file is laid out, where its content does not say it right; empty where it does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// The encoding of its text.
    pub encoding: String,
    /// What stands between cells; `tab` for a tabulator.
    pub delimiter: String,
    /// The sheet of a workbook.
    pub sheet: String,
    /// The line or row with the headings.
    pub heading_row: String,
}

/// What a person says of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// What columns hold ([`Holds::word`]), by their headings; one that is not there holds nothing.
    pub columns: BTreeMap<String, String>,
    /// What a row is where no column says so: the name of a schema.
    pub each: String,
    /// What words in the column of kinds stand for, where nothing knows them: names of schemata.
    pub kinds: BTreeMap<String, String>,
    /// The order of the parts of dates: `dmy`, `mdy`, or nothing.
    pub dates: String,
    /// The country of a row that names none.
    pub country: String,
    /// What stands between several values of a cell; empty for the usual semicolon.
    pub separator: String,
    /// How the file is laid out.
    pub layout: Layout,
}

/// Why choices make no map yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// No column holds the number of a record.
    NoNumber,
    /// No column holds a name or a number by which somebody is found.
    NoName,
    /// Two columns hold what stands in one only.
    Twice(Holds),
    /// The country is none.
    Country(String),
    /// The layout cannot be so.
    Layout(Said),
}

impl std::fmt::Display for Wrong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Wrong::NoNumber => f.write_str("say which column holds the number of each customer"),
            Wrong::NoName => f.write_str("say which column holds the name"),
            Wrong::Twice(holds) => write!(f, "two columns are said to hold '{}'; one of them does", holds.word()),
            Wrong::Country(text) => {
                write!(f, "'{text}' is not a country; right would be a name or a code such as TR")
            }
            Wrong::Layout(what) => what.fmt(f),
        }
    }
}

impl Layout {
    /// How a table is opened with it.
    ///
    /// # Errors
    /// What cannot be so.
    pub fn options(&self) -> Result<Options, Wrong> {
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let encoding = given(&self.encoding).map(|name| encoding::named(&name)).transpose().map_err(Wrong::Layout)?;
        let delimiter = match given(&self.delimiter).as_deref() {
            None => None,
            Some("tab") => Some(b'\t'),
            Some(text) => match text.as_bytes() {
                [one] if one.is_ascii() => Some(*one),
                _ => return Err(Wrong::Layout(sayings::not_one_sign(text))),
            },
        };
        let heading = match given(&self.heading_row) {
            None => Heading::First,
            Some(text) => match text.parse() {
                Ok(row @ 1..) => Heading::At(row),
                _ => return Err(Wrong::Layout(sayings::not_a_line(text))),
            },
        };
        Ok(Options { encoding, delimiter, sheet: given(&self.sheet), heading })
    }

    fn of(options: &Options) -> Layout {
        let delimiter = options.delimiter.map(|delimiter| match delimiter {
            b'\t' => "tab".to_owned(),
            other => char::from(other).to_string(),
        });
        let heading_row = if let Heading::At(row) = options.heading { row.to_string() } else { String::new() };
        Layout {
            encoding: options.encoding.map_or_else(String::new, |encoding| encoding.name().to_owned()),
            delimiter: delimiter.unwrap_or_default(),
            sheet: options.sheet.clone().unwrap_or_default(),
            heading_row,
        }
    }
}

impl Choices {
    /// What a column holds.
    #[must_use]
    pub fn holds(&self, heading: &str) -> Holds {
        self.columns.get(heading).map_or(Holds::Nothing, |word| Holds::of_word(word))
    }

    /// The map for a file with these headings.
    ///
    /// # Errors
    /// What is missing in it.
    pub fn map(&self, headings: &[String]) -> Result<Map, Wrong> {
        let separator = self.separator.trim().chars().next().or(Some(';'));
        let mut map = Map { separator, options: self.layout.options()?, ..Map::default() };
        let mut by: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
        for (at, heading) in headings.iter().enumerate() {
            // A heading that stands twice is one column of the map.
            if headings[..at].contains(heading) {
                continue;
            }
            let holds = self.holds(heading);
            let single = match holds {
                Holds::Nothing => continue,
                Holds::Property(property) => {
                    by.entry(property).or_default().push(heading.clone());
                    continue;
                }
                Holds::Number => &mut map.id,
                Holds::Kind => &mut map.kind,
                Holds::Parent => &mut map.parent,
                Holds::Role => &mut map.role,
                Holds::Exposure => &mut map.exposure,
            };
            if single.replace(heading.clone()).is_some() {
                return Err(Wrong::Twice(holds));
            }
        }
        map.columns = by.into_iter().map(|(property, headings)| (property.to_owned(), headings)).collect();
        map.schema = Schema::named(&self.each);
        let kinds = self.kinds.iter().filter_map(|(word, schema)| Some((word.clone(), Schema::named(schema)?)));
        map.kinds = kinds.collect();
        map.date_order = match self.dates.as_str() {
            "dmy" => Some(DateOrder::DayFirst),
            "mdy" => Some(DateOrder::MonthFirst),
            _ => None,
        };
        map.country = match self.country.trim() {
            "" => None,
            text => Some(Country::parse(text).ok_or_else(|| Wrong::Country(text.to_owned()))?),
        };
        match () {
            () if map.id.is_none() => Err(Wrong::NoNumber),
            () if !crate::query::can_ask(map.columns.iter().map(|(property, _)| property.as_str())) => {
                Err(Wrong::NoName)
            }
            () => Ok(map),
        }
    }

    /// The choices that give this map.
    #[must_use]
    pub fn of(map: &Map) -> Choices {
        let mut columns = BTreeMap::new();
        for (property, headings) in &map.columns {
            columns.extend(headings.iter().map(|heading| (heading.clone(), property.clone())));
        }
        let apart = [
            (&map.id, Holds::Number),
            (&map.kind, Holds::Kind),
            (&map.parent, Holds::Parent),
            (&map.role, Holds::Role),
            (&map.exposure, Holds::Exposure),
        ];
        for (heading, holds) in apart {
            columns.extend(heading.iter().map(|heading| (heading.clone(), holds.word().to_owned())));
        }
        Choices {
            columns,
            each: map.schema.map_or_else(String::new, |schema| schema.name().to_owned()),
            kinds: map.kinds.iter().map(|(word, schema)| (word.clone(), schema.name().to_owned())).collect(),
            dates: map.date_order.map_or_else(String::new, |order| order.letters().to_owned()),
            country: map.country.map_or_else(String::new, |country| country.code().to_owned()),
            separator: map.separator.filter(|c| *c != ';').map_or_else(String::new, String::from),
            layout: Layout::of(&map.options),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choices(columns: &[(&str, &str)]) -> Choices {
        let columns = columns.iter().map(|(heading, word)| ((*heading).to_owned(), (*word).to_owned())).collect();
        Choices { columns, ..Choices::default() }
    }

    fn headings(all: &[&str]) -> Vec<String> {
        all.iter().map(|heading| (*heading).to_owned()).collect()
    }

    #[test]
    fn choices_become_a_map_and_a_map_the_same_choices() {
        let mut chosen = choices(&[
            ("No", "customer.number"),
            ("Tür", "customer.kind"),
            ("Ad", "firstName"),
            ("Soyad", "lastName"),
            ("Bakiye", "customer.exposure"),
        ]);
        chosen.each = "Person".to_owned();
        chosen.dates = "dmy".to_owned();
        chosen.country = "tr".to_owned();
        chosen.kinds.insert("T".to_owned(), "Company".to_owned());
        chosen.layout =
            Layout { encoding: "windows-1254".to_owned(), delimiter: "tab".to_owned(), ..Layout::default() };
        let map = chosen.map(&headings(&["No", "Tür", "Ad", "Soyad", "Bakiye", "Renk"])).unwrap();
        assert_eq!((map.id.as_deref(), map.exposure.as_deref()), (Some("No"), Some("Bakiye")));
        assert_eq!(Choices::of(&map), chosen);
        assert_eq!(Choices::of(&Map::parse(&map.to_toml()).unwrap()), chosen, "what is kept as a file is the same");
    }

    #[test]
    fn what_is_missing_is_said() {
        let all = headings(&["No", "Name", "Other"]);
        let wrong = |pairs: &[(&str, &str)]| choices(pairs).map(&all).unwrap_err();
        assert_eq!(wrong(&[("Name", "name")]), Wrong::NoNumber);
        assert_eq!(wrong(&[("No", "customer.number"), ("Name", "birthDate")]), Wrong::NoName);
        assert_eq!(wrong(&[("No", "customer.number"), ("Other", "customer.number")]), Wrong::Twice(Holds::Number));
        let mut abroad = choices(&[("No", "customer.number"), ("Name", "name")]);
        abroad.country = "Atlantis".to_owned();
        assert_eq!(abroad.map(&all).unwrap_err(), Wrong::Country("Atlantis".to_owned()));
        abroad.country.clear();
        abroad.layout.encoding = "klingon".to_owned();
        assert!(matches!(abroad.map(&all).unwrap_err(), Wrong::Layout(what) if what.as_str().contains("klingon")));
    }

    #[test]
    fn everything_that_is_offered_comes_back_by_its_word() {
        for holds in OFFERED.iter().flat_map(|(_, all)| all.iter()) {
            assert_eq!(Holds::of_word(holds.word()), *holds);
        }
        for word in ["", "customer.shoe", "<script>", "nome"] {
            assert_eq!(Holds::of_word(word), Holds::Nothing);
        }
    }
}
