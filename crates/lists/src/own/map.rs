//! A map: which column of a table holds which property, as TOML.
//!
//! In comes the text of a map, out comes a [`Map`] of which every name was looked up, or what is wrong with which line of it.
//! [`Map::bind`] finds its columns in a table.
//!
//! ```toml
//! dataset = "internal_list"            # what the list is called
//! schema = "Person"                    # what a row is, where no column says so
//! id = "Number"                        # the column with the id of a row
//! kind = "Type"                        # the column that says what a row is
//! parent = "Belongs to"                # of customers: the column with the id of the customer that a row is related to
//! role = "Role"                        # of customers: the column that says what it is to the customer
//! exposure = "Balance"                 # of customers: the column with what is at stake
//! date_format = "dmy"                  # 03/04/1990 is the third of April
//! programme = "…"                      # makes a listing of each row, as `authority` and [sanction] do
//!
//! [columns]
//! name = "Full name"
//! alias = ["Other name 1", "Other name 2"]
//! ```

use std::collections::BTreeMap;

use mihenk_entities::{Date, PropertyType, Schema, country::Country};
use mihenk_said::Said;
use mihenk_tables::{BETWEEN_VALUES, Cells, Heading, Options, encoding};
use serde::Deserialize;

use crate::{own::headings::schema_word, sayings};

/// A property that stands for numbers of any kind, which are told apart by their own check digits.
pub const IDENTIFIERS: &str = "identifiers";

/// The order of the parts of a date that is written in numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// 31/12/1990
    DayFirst,
    /// 12/31/1990
    MonthFirst,
    /// 1990/12/31
    YearFirst,
}

/// Which column of a table holds which property.
#[derive(Clone, Debug, Default)]
pub struct Map {
    /// The name of the dataset.
    pub dataset: Option<String>,
    /// What the list is called.
    pub title: Option<String>,
    /// What a row is where its column does not say so.
    pub schema: Option<Schema>,
    /// The column with the id of a row.
    pub id: Option<String>,
    /// The column that says what a row is.
    pub kind: Option<String>,
    /// Of customers: the column with the id of the customer that a row is related to.
    pub parent: Option<String>,
    /// Of customers: the column that says what a related party is to the customer.
    pub role: Option<String>,
    /// Of customers: the column with what is at stake, in whole units.
    pub exposure: Option<String>,
    /// What words in that column stand for.
    pub kinds: BTreeMap<String, Schema>,
    /// The country of a row that names none.
    pub country: Option<Country>,
    /// The order of the parts of dates.
    pub date_order: Option<DateOrder>,
    /// Topics of every row, as FollowTheMoney has them.
    pub topics: Vec<String>,
    /// The programme under which every row is listed.
    pub programme: Option<String>,
    /// Who lists every row.
    pub authority: Option<String>,
    /// Properties of the entity with their columns.
    pub columns: Vec<(String, Vec<String>)>,
    /// Properties of its listing (`Sanction`) with their columns.
    pub sanction: Vec<(String, Vec<String>)>,
    /// What stands between several values of a cell; none for cells with one value.
    pub separator: Option<char>,
    /// How the table is to be read.
    pub options: Options,
}

/// A map as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    dataset: Option<String>,
    title: Option<String>,
    schema: Option<String>,
    id: Option<String>,
    kind: Option<String>,
    parent: Option<String>,
    role: Option<String>,
    exposure: Option<String>,
    #[serde(default)]
    kinds: BTreeMap<String, String>,
    country: Option<String>,
    date_format: Option<String>,
    #[serde(default)]
    topics: Vec<String>,
    programme: Option<String>,
    authority: Option<String>,
    #[serde(default)]
    columns: BTreeMap<String, OneOrMany>,
    #[serde(default)]
    sanction: BTreeMap<String, OneOrMany>,
    separator: Option<String>,
    encoding: Option<String>,
    delimiter: Option<String>,
    sheet: Option<String>,
    heading_row: Option<u64>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    fn names(self) -> Vec<String> {
        match self {
            OneOrMany::One(name) => vec![name],
            OneOrMany::Many(names) => names,
        }
    }
}

impl Map {
    /// Reads a map.
    ///
    /// # Errors
    /// The line or key, what was found and what would be right.
    pub fn parse(text: &str) -> Result<Map, String> {
        let written: Written = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| 1 + text[..span.start.min(text.len())].matches('\n').count());
            format!("line {line}: {}", error.message())
        })?;
        let schema = written.schema.as_deref().map(|name| named_schema("schema", name)).transpose()?;
        let kinds = written.kinds.iter().map(|(word, name)| Ok((word.clone(), named_schema("kinds", name)?)));
        let country = |text: &str| Country::parse(text).ok_or_else(|| format!("country: '{text}' is not a country"));
        let separator = match written.separator.as_deref() {
            None => Some(';'),
            Some("") => None,
            Some(text) => Some(one_char("separator", text)?),
        };
        let map = Map {
            kinds: kinds.collect::<Result<_, String>>()?,
            country: written.country.as_deref().map(country).transpose()?,
            date_order: written.date_format.as_deref().map(date_order).transpose()?,
            columns: properties("columns", written.columns)?,
            sanction: properties("sanction", written.sanction)?,
            options: options(&written.encoding, &written.delimiter, written.sheet, written.heading_row)?,
            dataset: written.dataset,
            title: written.title,
            schema,
            id: written.id,
            kind: written.kind,
            parent: written.parent,
            role: written.role,
            exposure: written.exposure,
            topics: written.topics,
            programme: written.programme,
            authority: written.authority,
            separator,
        };
        if map.columns.is_empty() {
            return Err("there are no [columns]; write for example: [columns] and below it name = \"Full name\"".into());
        }
        Ok(map)
    }

    /// Whether every row has a listing beside the entity.
    #[must_use]
    pub fn has_listing(&self) -> bool {
        self.programme.is_some() || self.authority.is_some() || !self.sanction.is_empty()
    }

    /// The schema of a row, by what its column of kinds says.
    ///
    /// # Errors
    /// What the column says, and what would be right.
    pub fn schema_of(&self, kind: &str) -> Result<Option<Schema>, Said> {
        if kind.is_empty() {
            return Ok(self.schema);
        }
        if let Some(schema) = self.kinds.get(kind) {
            return Ok(Some(*schema));
        }
        let known = schema_word(kind).and_then(Schema::named);
        known.map(Some).ok_or_else(|| sayings::no_kind(kind))
    }

    /// Finds the columns in a table.
    ///
    /// # Errors
    /// The columns that the table does not have.
    pub fn bind(&self, columns: &[String]) -> Result<Bound, String> {
        let (bound, missing) = self.bind_known(columns);
        if missing.is_empty() {
            return Ok(bound);
        }
        let have: Vec<String> = columns.iter().take(40).map(|column| format!("'{column}'")).collect();
        Err(format!("the map names {}, which the table does not have; it has {}", missing.join(", "), have.join(", ")))
    }

    /// Finds the columns in a table that may still get more of them; also gives those it does not have yet.
    #[must_use]
    pub fn bind_known(&self, columns: &[String]) -> (Bound, Vec<String>) {
        let mut missing = Vec::new();
        let mut find = |wanted: &str| -> Vec<usize> {
            let same = |exact: bool| -> Vec<usize> {
                let is = |column: &String| {
                    if exact {
                        column.trim() == wanted.trim()
                    } else {
                        column.trim().to_lowercase() == wanted.trim().to_lowercase()
                    }
                };
                columns.iter().enumerate().filter(|(_, column)| is(column)).map(|(at, _)| at).collect()
            };
            let found = Some(same(true)).filter(|found| !found.is_empty()).unwrap_or_else(|| same(false));
            if found.is_empty() && !missing.contains(&format!("'{wanted}'")) {
                missing.push(format!("'{wanted}'"));
            }
            found
        };
        let mut all = |properties: &[(String, Vec<String>)]| {
            let mut out = Vec::new();
            for (property, names) in properties {
                let places = names.iter().flat_map(|name| find(name)).collect::<Vec<_>>();
                out.extend(places.into_iter().map(|at| Column::new(at, property)));
            }
            out
        };
        let (properties, sanction) = (all(&self.columns), all(&self.sanction));
        let id = self.id.as_deref().and_then(|name| find(name).first().copied());
        let kind = self.kind.as_deref().and_then(|name| find(name).first().copied());
        let used = |at: &usize| {
            Some(*at) == id || Some(*at) == kind || properties.iter().chain(&sanction).any(|column| column.at == *at)
        };
        let unused = (0..columns.len()).filter(|at| !used(at)).map(|at| columns[at].clone()).collect();
        (Bound { id, kind, properties, sanction, unused }, missing)
    }

    /// The values of a cell: several where its form or the separator says so; dates in numbers in the order of ISO 8601.
    #[must_use]
    pub fn values(&self, cells: &Cells, column: &Column) -> Vec<String> {
        let mut values: Vec<String> = Vec::new();
        for cell in cells.get(column.at).split(BETWEEN_VALUES) {
            match self.separator {
                Some(separator) if cell.contains(separator) => values.extend(split(cell, separator)),
                _ => values.push(cell.trim().to_owned()),
            }
        }
        values.retain(|value| !value.is_empty());
        if let Some(order) = self.date_order.filter(|_| column.is_date) {
            for value in &mut values {
                if let Some(date) = in_order(value, order) {
                    *value = date;
                }
            }
        }
        values
    }
}

/// Where the columns of a map are in a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bound {
    /// The column with the id.
    pub id: Option<usize>,
    /// The column that says what a row is.
    pub kind: Option<usize>,
    /// Columns and their properties.
    pub properties: Vec<Column>,
    /// Columns and their properties of the listing.
    pub sanction: Vec<Column>,
    /// The names of columns that the map does not speak of.
    pub unused: Vec<String>,
}

/// A column of a table and the property that it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its number, from 0.
    pub at: usize,
    /// The property.
    pub property: String,
    /// Whether its values are dates.
    pub is_date: bool,
}

impl Column {
    /// A column of that number with that property.
    #[must_use]
    pub fn new(at: usize, property: &str) -> Column {
        let kind = Schema::all().find_map(|schema| schema.property(property)).map(|property| property.kind);
        Column { at, property: property.to_owned(), is_date: kind == Some(PropertyType::Date) }
    }
}

fn named_schema(key: &str, name: &str) -> Result<Schema, String> {
    schema_word(name).and_then(Schema::named).ok_or_else(|| {
        format!(
            "{key}: '{name}' is not a FollowTheMoney schema; write for example Person, Company, Vessel, LegalEntity"
        )
    })
}

fn one_char(key: &str, text: &str) -> Result<char, String> {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Ok(c),
        _ => Err(format!("{key}: expected one character, found '{text}'")),
    }
}

fn date_order(text: &str) -> Result<DateOrder, String> {
    let letters: String = text.to_lowercase().chars().filter(|c| matches!(c, 'd' | 'm' | 'y')).collect();
    let mut order: Vec<char> = letters.chars().collect();
    order.dedup();
    match order.as_slice() {
        ['d', 'm', 'y'] => Ok(DateOrder::DayFirst),
        ['m', 'd', 'y'] => Ok(DateOrder::MonthFirst),
        ['y', 'm', 'd'] => Ok(DateOrder::YearFirst),
        _ => Err(format!("date_format: expected dmy, mdy or ymd, found '{text}'")),
    }
}

fn options(
    encoding: &Option<String>,
    delimiter: &Option<String>,
    sheet: Option<String>,
    heading_row: Option<u64>,
) -> Result<Options, String> {
    let delimiter = delimiter.as_deref().map(|text| {
        let c = if text == "tab" { '\t' } else { one_char("delimiter", text)? };
        u8::try_from(c)
            .ok()
            .filter(u8::is_ascii)
            .ok_or_else(|| format!("delimiter: expected an ASCII character, found '{c}'"))
    });
    Ok(Options {
        encoding: encoding.as_deref().map(encoding::named).transpose().map_err(|e| format!("encoding: {e}"))?,
        delimiter: delimiter.transpose()?,
        sheet,
        heading: heading_row.map_or(Heading::First, Heading::At),
    })
}

/// Checks that the properties of a part of the map exist.
fn properties(part: &str, written: BTreeMap<String, OneOrMany>) -> Result<Vec<(String, Vec<String>)>, String> {
    let exists = |name: &str| match part {
        "sanction" => Schema::named("Sanction").is_some_and(|schema| schema.property(name).is_some()),
        _ => name == IDENTIFIERS || Schema::all().any(|schema| schema.property(name).is_some()),
    };
    let read = |(property, columns): (String, OneOrMany)| match exists(&property) {
        true => Ok((property, columns.names())),
        false => Err(format!(
            "[{part}]: '{property}' is not a property of FollowTheMoney; the left side is a property such as name or birthDate, \
             the right side the heading of a column"
        )),
    };
    written.into_iter().map(read).collect()
}

/// Values between separators; one that contains the separator stands in quotes, as in a row of CSV.
fn split(cell: &str, separator: char) -> Vec<String> {
    let (mut values, mut value, mut is_quoted) = (Vec::new(), String::new(), false);
    let mut chars = cell.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if is_quoted && chars.peek() == Some(&'"') => {
                chars.next();
                value.push('"');
            }
            '"' if is_quoted => is_quoted = false,
            '"' if value.trim().is_empty() && cell.matches('"').count().is_multiple_of(2) => is_quoted = true,
            c if c == separator && !is_quoted => values.push(std::mem::take(&mut value).trim().to_owned()),
            c => value.push(c),
        }
    }
    values.push(value.trim().to_owned());
    values
}

/// A date in numbers as year, month and day; none if it is something else.
fn in_order(value: &str, order: DateOrder) -> Option<String> {
    let parts: Vec<u16> = value
        .trim()
        .split(['/', '.', '-', ' '])
        .filter(|part| !part.is_empty())
        .map(|part| part.chars().map(digit).collect::<Option<String>>()?.parse().ok())
        .collect::<Option<_>>()?;
    let [a, b, c] = parts.as_slice() else { return None };
    let (year, month, day) = match order {
        // A year that comes first is a year, whatever the map says of the others.
        _ if *a > 999 => (a, b, c),
        DateOrder::DayFirst => (c, b, a),
        DateOrder::MonthFirst => (c, a, b),
        DateOrder::YearFirst => return None,
    };
    let is_day = Date::day(i16::try_from(*year).ok()?, u8::try_from(*month).ok()?, u8::try_from(*day).ok()?).is_some();
    (*year >= 1000 && is_day).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// A digit of any script that dates are written in, as ours.
fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '٠'..='٩' => char::from_digit(c as u32 - '٠' as u32, 10),
        '۰'..='۹' => char::from_digit(c as u32 - '۰' as u32, 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const WHOLE: &str = "dataset = \"own\"\nschema = \"person\"\nid = \"No\"\nkind = \"Type\"\ncountry = \"Türkiye\"\n\
        date_format = \"dd/mm/yyyy\"\ntopics = [\"role.pep\"]\nencoding = \"latin5\"\ndelimiter = \"tab\"\nheading_row = 3\n\
        [columns]\nname = \"Full name\"\nalias = [\"A1\", \"A2\"]\n[kinds]\n\"G\" = \"Person\"\n[sanction]\nlistingDate = \"Since\"\n";

    #[test]
    fn a_map_is_read() {
        let map = Map::parse(WHOLE).unwrap();
        assert_eq!(map.schema.map(Schema::name), Some("Person"));
        assert_eq!(map.country.map(Country::code), Some("tr"));
        assert_eq!(map.date_order, Some(DateOrder::DayFirst));
        assert_eq!((map.options.delimiter, map.options.heading), (Some(b'\t'), Heading::At(3)));
        assert_eq!(map.options.encoding.unwrap().name(), "windows-1254");
        assert_eq!(map.separator, Some(';'));
        assert!(map.has_listing());
    }

    #[test]
    fn what_is_wrong_with_a_map_is_said() {
        for (text, what) in [
            ("x = 1", "line 1: unknown field `x`"),
            ("[columns]\nname = \n", "line 2"),
            ("[columns]\nfullname = \"X\"", "'fullname' is not a property"),
            ("[sanction]\nname = \"X\"\n[columns]\nname = \"X\"\n[sanction2]\n", "sanction2"),
            ("schema = \"Pirson\"\n[columns]\nname = \"X\"", "'Pirson' is not a FollowTheMoney schema"),
            ("country = \"xx\"\n[columns]\nname = \"X\"", "'xx' is not a country"),
            ("date_format = \"dm\"\n[columns]\nname = \"X\"", "expected dmy, mdy or ymd"),
            ("delimiter = \"ab\"\n[columns]\nname = \"X\"", "expected one character"),
            ("encoding = \"klingon\"\n[columns]\nname = \"X\"", "no encoding"),
            ("dataset = \"x\"", "there are no [columns]"),
        ] {
            let error = Map::parse(text).unwrap_err();
            assert!(error.contains(what), "{error}");
        }
    }

    #[test]
    fn columns_are_found_or_missed() {
        let map = Map::parse(WHOLE).unwrap();
        let columns = ["no", "Type", "Full name", "A1", "A2", "A1", "Since", "Colour"].map(str::to_owned);
        let bound = map.bind(&columns).unwrap();
        assert_eq!((bound.id, bound.kind), (Some(0), Some(1)), "case makes no difference");
        let names: Vec<(usize, &str)> = bound.properties.iter().map(|c| (c.at, c.property.as_str())).collect();
        assert_eq!(
            names,
            [(3, "alias"), (5, "alias"), (4, "alias"), (2, "name")],
            "a heading that stands twice is two columns"
        );
        assert_eq!((bound.sanction.len(), bound.unused.as_slice()), (1, ["Colour".to_owned()].as_slice()));
        let error = map.bind(&columns[..4]).unwrap_err();
        assert!(error.contains("the map names 'A2', 'Since', which the table does not have; it has 'no'"), "{error}");
    }

    #[test]
    fn dates_in_numbers_are_read_in_the_order_of_the_map() {
        for (order, value, expected) in [
            (DateOrder::DayFirst, "03/04/1990", Some("1990-04-03")),
            (DateOrder::MonthFirst, "03/04/1990", Some("1990-03-04")),
            (DateOrder::DayFirst, "3. 4. 1990", Some("1990-04-03")),
            (DateOrder::DayFirst, "1990-04-03", Some("1990-04-03")),
            (DateOrder::DayFirst, "۰۳/۰۴/۱۹۹۰", Some("1990-04-03")),
            (DateOrder::DayFirst, "31/02/1990", None),
            (DateOrder::DayFirst, "April 1990", None),
            (DateOrder::DayFirst, "3/4/90", None),
        ] {
            assert_eq!(in_order(value, order).as_deref(), expected, "{value}");
        }
        let map = Map::parse("date_format = \"dmy\"\n[columns]\nbirthDate = \"a\"\nidNumber = \"b\"").unwrap();
        let bound = map.bind(&["a", "b"].map(str::to_owned)).unwrap();
        let mut table =
            mihenk_tables::Table::read("t", &b"a|b\n03/04/1990;1/1/1991|03/04/1990\n"[..], &map.options).unwrap();
        let cells = table.next().unwrap().unwrap().cells;
        assert_eq!(map.values(&cells, &bound.properties[0]), ["1990-04-03", "1991-01-01"]);
        assert_eq!(map.values(&cells, &bound.properties[1]), ["03/04/1990"]);
    }

    #[test]
    fn a_cell_has_the_values_that_its_separator_says() {
        assert_eq!(split("a; b;;\"c;d\"", ';'), ["a", "b", "", "c;d"]);
        assert_eq!(split("5\" pipe; b", ';'), ["5\" pipe", "b"]);
        assert_eq!(split("\"open; b", ';'), ["\"open", "b"]);
        assert_eq!(split("\"say \"\"x\"\"\"|b", '|'), ["say \"x\"", "b"]);
    }

    proptest! {
        #[test]
        fn any_text_is_a_map_or_refused(text in "\\PC{0,80}|[a-z=\\[\\]\"\n]{0,80}") {
            let _ = Map::parse(&text);
        }

        #[test]
        fn no_letter_of_a_cell_is_lost(cell in "[a-c;\" ]{0,40}") {
            let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
            prop_assert_eq!(letters(&split(&cell, ';').join("")), letters(&cell));
        }
    }
}
