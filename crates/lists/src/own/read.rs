//! Reads the rows of a user's own table as the records of a list.
//!
//! In come a table and its map, out comes a [`Reading`]. The id of a row is the dataset's name with what its column says; a table
//! without such a column gets ids from what its rows say, so that the same row has the same id in the next edition. Rows with
//! one id are one record: their values are put together. A row that cannot be read is a finding of high severity with its
//! number; a value that its property cannot take is a finding with the row and the heading of the column.

use mihenk_entities::{Entity, EntityId, Identifier, IdentifierKind, PropertyType, Schema, identifier::Check};
use mihenk_said::Said;
use mihenk_tables::{Form, Row, Table};
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use crate::{
    error::Error,
    finding::{Finding, Place, Severity, quote},
    input::Input,
    listing::{Listing, one_line, schema_named},
    own::map::{Bound, Column, IDENTIFIERS, Map},
    reading::Reading,
    sayings,
};

/// Reads a table by its map.
pub(crate) fn read(input: &Input, map: &Map) -> Result<Reading, Error> {
    let mut table = Table::read(&input.name, &input.bytes[..], &map.options)?;
    // The fields of JSON are known when its first objects are.
    table.peek(ROWS_TRIED)?.count();
    let (bound, missing) = match table.form() {
        Form::Json => map.bind_known(table.columns()),
        _ => (map.bind(table.columns()).map_err(|what| Error::Map { file: input.name.clone(), what })?, Vec::new()),
    };
    let dataset = map.dataset.clone().unwrap_or_else(|| slug(input.stem()));
    let mut reading = Reading::new(None, dataset.as_str(), [input]);
    reading.title.clone_from(&map.title);
    let mut rows =
        Rows { map, bound, dataset, reading, places: FxHashMap::default(), columns: table.columns().to_vec() };
    if let Some(encoding) = table.encoding() {
        rows.told(sayings::found_encoding(encoding), sayings::encoding_found());
    }
    if !missing.is_empty() {
        rows.told(missing.join(", "), sayings::fields_missing());
    }
    for column in rows.bound.unused.clone() {
        rows.told(sayings::found_column(quote(&column)), sayings::map_is_silent());
    }
    while let Some(row) = table.next()? {
        if table.columns().len() > rows.columns.len() {
            rows.columns = table.columns().to_vec();
            rows.bound = map.bind_known(table.columns()).0;
        }
        rows.row(&row);
    }
    if rows.reading.entities.is_empty() {
        return Err(Error::NoRecords { file: input.name.clone() });
    }
    Ok(rows.reading)
}

/// Rows that are looked at before columns are missed.
const ROWS_TRIED: usize = 200;

struct Rows<'a> {
    map: &'a Map,
    bound: Bound,
    dataset: String,
    reading: Reading,
    /// Where the entity with an id is.
    places: FxHashMap<String, usize>,
    columns: Vec<String>,
}

impl Rows<'_> {
    fn row(&mut self, row: &Row) {
        if let Some(problem) = &row.problem {
            return self.refuse(row, None, problem.clone(), sayings::row_not_read());
        }
        let kind = self.bound.kind.map_or("", |at| row.cells.get(at));
        let schema = match self.map.schema_of(kind) {
            Ok(schema) => schema.unwrap_or_else(|| schema_named("LegalEntity")),
            Err(what) => {
                let field = self.bound.kind.and_then(|at| self.columns.get(at)).cloned();
                return self.refuse(row, field, what, sayings::row_not_read());
            }
        };
        let id = match self.id(row) {
            Ok(id) => id,
            Err(what) => return self.refuse(row, None, what, sayings::row_not_read()),
        };
        let file = self.reading.inputs.first().map_or_else(String::new, |input| input.name.clone());
        let schema = if self.has_half_a_name(row) && !schema.is("Person") { schema_named("Person") } else { schema };
        let mut listing = Listing::new(&self.dataset, id, schema, &file, row.number);
        for column in &self.bound.properties {
            let field = self.columns.get(column.at).map_or("", String::as_str);
            for value in self.map.values(&row.cells, column) {
                add(&mut listing, &column.property, &value, field);
            }
        }
        self.constants(&mut listing);
        self.listing(&mut listing, row);
        self.enter(listing, row);
    }

    /// Who has a first or last name and may be anything is a person.
    fn has_half_a_name(&self, row: &Row) -> bool {
        let may_be_anything = self.map.schema.is_none_or(|schema| matches!(schema.name(), "LegalEntity" | "Thing"));
        let is_half = |column: &&Column| matches!(column.property.as_str(), "firstName" | "lastName");
        let is_filled = |column: &Column| !row.cells.get(column.at).is_empty();
        let has_kind = self.bound.kind.is_some_and(|at| !row.cells.get(at).is_empty());
        may_be_anything && !has_kind && self.bound.properties.iter().filter(is_half).any(is_filled)
    }

    fn id(&self, row: &Row) -> Result<EntityId, Said> {
        let given = self.bound.id.map_or("", |at| row.cells.get(at));
        if self.bound.id.is_some() && given.is_empty() {
            return Err(sayings::found_no_id());
        }
        let own = if given.is_empty() { self.digest(row) } else { tidy(given) };
        let text = format!("{}-{own}", self.dataset);
        EntityId::new(text).map_err(|e| e.to_string().into())
    }

    /// What a row says, in short.
    fn digest(&self, row: &Row) -> String {
        let mut hash = Sha256::new();
        for column in self.bound.properties.iter().map(|column| column.at).chain(self.bound.kind) {
            hash.update(row.cells.get(column).as_bytes());
            hash.update([0x1F]);
        }
        hash.finalize()[..8].iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// What holds for every row, and the name of a person that stands in parts.
    fn constants(&self, listing: &mut Listing<'_>) {
        let first = |property: &str| listing.values(property).first().cloned();
        if first("name").is_none() {
            let parts: Vec<String> =
                ["firstName", "middleName", "lastName"].iter().filter_map(|part| first(part)).collect();
            listing.add("name", &parts.join(" "));
        }
        let countries = ["country", "nationality", "jurisdiction", "flag", "citizenship"];
        let names_none = countries.iter().all(|property| listing.values(property).is_empty());
        if let Some(country) = self.map.country.filter(|_| names_none) {
            listing.add("country", country.code());
        }
        self.map.topics.iter().for_each(|topic| listing.add("topics", topic));
    }

    /// The row's listing, where the map speaks of one.
    fn listing(&self, listing: &mut Listing<'_>, row: &Row) {
        if !self.map.has_listing() {
            return;
        }
        let values: Vec<(&Column, Vec<String>)> =
            self.bound.sanction.iter().map(|column| (column, self.map.values(&row.cells, column))).collect();
        let mut read: Vec<(&str, String)> = Vec::new();
        for (column, values) in values {
            let field = self.columns.get(column.at).map_or("", String::as_str);
            for value in values {
                let value = if column.is_date { listing.read_date(&value, field).unwrap_or(value) } else { value };
                read.push((column.property.as_str(), value));
            }
        }
        let id = listing.id().to_owned();
        let title = self.map.title.as_deref().unwrap_or(&self.dataset);
        let sanction = listing.satellite("Sanction", "sanction");
        sanction.add("entity", id);
        sanction.add("authority", self.map.authority.as_deref().unwrap_or(title));
        sanction.add("program", self.map.programme.as_deref().unwrap_or(""));
        read.into_iter().for_each(|(property, value)| sanction.add(property, value));
    }

    /// Adds a record, or what a row adds to a record that was there before.
    fn enter(&mut self, listing: Listing<'_>, row: &Row) {
        let (mut entities, mut findings) = (Vec::new(), Vec::new());
        listing.finish(&mut entities, &mut findings);
        self.reading.findings.extend(findings);
        let named = |entity: &Entity| {
            let names = ["name", "alias", "previousName", "weakAlias", "firstName", "lastName"];
            let numbers = entity.properties.keys().any(|property| IdentifierKind::of_property(property).is_some());
            numbers || names.iter().any(|property| !entity.values(property).is_empty())
        };
        let Some(entity) = entities.first() else { return };
        let id = entity.id.to_string();
        let known = self.places.get(&id).copied();
        if known.is_none() && !named(entity) {
            return self.refuse(row, None, sayings::found_neither(), sayings::row_not_read());
        }
        let Some(place) = known else {
            self.places.insert(id, self.reading.entities.len());
            self.reading.records += 1;
            return self.reading.entities.extend(entities);
        };
        if self.reading.entities[place].schema != entity.schema {
            let found = sayings::found_id_again_as(
                id.as_str(),
                self.reading.entities[place].schema.name(),
                entity.schema.name(),
            );
            return self.refuse(row, None, found, sayings::row_of_two_kinds());
        }
        let first = &mut self.reading.entities[place];
        let mut is_new = false;
        for (property, values) in &entities[0].properties {
            is_new |= values.iter().any(|value| !first.values(property).contains(value));
            values.iter().for_each(|value| first.add(property, value.as_str()));
        }
        if is_new {
            self.find(row, None, sayings::found_own_id_again(), sayings::rows_put_together(), Severity::Low);
        } else {
            self.find(row, None, sayings::found_row_again(), sayings::read_once(), Severity::Low);
        }
    }

    fn refuse(&mut self, row: &Row, field: Option<String>, found: impl Into<Said>, expected: Said) {
        self.find(row, field, found, expected, Severity::High);
    }

    fn find(&mut self, row: &Row, field: Option<String>, found: impl Into<Said>, expected: Said, severity: Severity) {
        let given = self.bound.id.map(|at| row.cells.get(at)).filter(|id| !id.is_empty()).map(one_line);
        let place = Place { line: Some(row.number), record: given, field };
        let file = self.reading.inputs.first().map_or_else(String::new, |input| input.name.clone());
        self.reading.findings.push(Finding { file, place, found: found.into(), expected, severity });
    }

    /// Something about the whole file.
    fn told(&mut self, found: impl Into<Said>, expected: Said) {
        let file = self.reading.inputs.first().map_or_else(String::new, |input| input.name.clone());
        let place = Place::default();
        self.reading.findings.push(Finding { file, place, found: found.into(), expected, severity: Severity::Low });
    }
}

/// Adds a value as its property takes it.
pub(crate) fn add(listing: &mut Listing<'_>, property: &str, value: &str, field: &str) {
    if property == IDENTIFIERS {
        return listing.number(identifier_property(listing.schema(), value), value, field);
    }
    let property = match property {
        "nationality" | "citizenship" if !listing.is("Person") => "country",
        property => property,
    };
    let kind = Schema::all().find_map(|schema| schema.property(property)).map(|property| property.kind);
    match kind {
        Some(PropertyType::Date) => listing.date(property, value, field),
        Some(PropertyType::Country) => listing.country(property, value, field),
        Some(PropertyType::Gender) => listing.gender(value, field),
        Some(PropertyType::Identifier) => listing.number(property, value, field),
        _ => listing.add(property, value),
    }
}

/// The property that takes a number of which nobody said what it is: told by its own check digits, else by what the record is.
#[must_use]
pub fn identifier_property(schema: Schema, value: &str) -> &'static str {
    let passes = |kind| Identifier::read(kind, value).is_some_and(|identifier| identifier.check == Check::Passed);
    let is_labelled = value.to_uppercase().starts_with("IMO");
    match () {
        () if passes(IdentifierKind::Lei) && schema.is("LegalEntity") => "leiCode",
        () if schema.is("CryptoWallet") => "publicKey",
        () if schema.is("Vessel") && passes(IdentifierKind::Imo) => "imoNumber",
        () if schema.is("LegalEntity") && is_labelled && passes(IdentifierKind::Imo) => "imoNumber",
        () if schema.is("Vessel") && passes(IdentifierKind::Mmsi) => "mmsi",
        () if schema.is("Person") => "idNumber",
        () => "registrationNumber",
    }
}

/// An id without what an id cannot have.
fn tidy(id: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' };
    id.trim().chars().map(plain).take(100).collect()
}

/// The name of a file as the name of a dataset.
pub(crate) fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().take(80) {
        match c {
            c if c.is_ascii_alphanumeric() => out.push(c.to_ascii_lowercase()),
            _ if out.is_empty() || out.ends_with('_') => {}
            _ => out.push('_'),
        }
    }
    let out = out.trim_end_matches('_');
    if out.is_empty() { "own_list".to_owned() } else { out.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_parts_is_put_together() {
        let map = Map::parse("[columns]\nfirstName = \"F\"\nlastName = \"L\"\n").unwrap();
        let input = Input { name: "x.csv".to_owned(), bytes: b"F,L\nAli,Example\n".to_vec() };
        assert_eq!(read(&input, &map).unwrap().entities[0].caption(), "Ali Example");
    }

    const MAP: &str = "dataset = \"own\"\ntitle = \"Our list\"\nschema = \"Person\"\nid = \"No\"\nkind = \"Kind\"\ncountry = \"tr\"\n\
        date_format = \"dmy\"\ntopics = [\"role.pep\"]\nprogramme = \"P1\"\n[columns]\nname = \"Name\"\nbirthDate = \"Born\"\n\
        identifiers = \"Numbers\"\n[sanction]\nlistingDate = \"Since\"\n";

    fn reading(text: &str) -> Reading {
        let input = Input { name: "own.csv".to_owned(), bytes: text.as_bytes().to_vec() };
        read(&input, &Map::parse(MAP).unwrap()).unwrap()
    }

    #[test]
    fn rows_become_entities_with_their_listing() {
        let read = reading(
            "No,Kind,Name,Born,Numbers,Since\n7,,Ali Example,03/04/1990,A123;B456,01/02/2020\n8,Vessel,Sea Star,,IMO 9074729,\n",
        );
        let [ali, listing, ship, _] = read.entities.as_slice() else { panic!("{:?}", read.entities) };
        assert_eq!(
            (ali.id.as_str(), ali.schema.name(), ali.first("birthDate")),
            ("own-7", "Person", Some("1990-04-03"))
        );
        assert_eq!(
            (ali.values("idNumber"), ali.first("country")),
            (&["A123".to_owned(), "B456".to_owned()][..], Some("tr"))
        );
        assert_eq!((ali.first("topics"), ali.datasets.as_slice()), (Some("role.pep"), &["own".to_owned()][..]));
        assert_eq!((listing.schema.name(), listing.first("listingDate")), ("Sanction", Some("2020-02-01")));
        assert_eq!((listing.first("authority"), listing.first("program")), (Some("Our list"), Some("P1")));
        // 9074729 is the example of IMO Resolution A.1117(30): 9·7+0·6+7·5+4·4+7·3+2·2 = 139.
        assert_eq!(ship.first("imoNumber"), Some("IMO 9074729"));
        assert_eq!((read.records, read.title.as_deref()), (2, Some("Our list")));
    }

    #[test]
    fn what_cannot_be_read_is_a_finding_with_row_and_column() {
        let read = reading(
            "No,Kind,Name,Born,Numbers,Since,Colour\n1,,Ali,31/02/1990,,,\n2,Robot,Vera,,,,\n,,Ada,,,,\n3,,,,,,\n4,,\"Open,,,,\n5,,Zoe,,,,\n",
        );
        let told: Vec<String> = read.findings.iter().map(ToString::to_string).collect();
        assert_eq!(read.records, 2, "{told:?}");
        for (at, parts) in [
            (0, vec!["'Colour'"]),
            (1, vec!["line 2, own-1, Born: '31/02/1990'"]),
            (2, vec!["line 3, 2, Kind: 'Robot' is no kind"]),
            (3, vec!["line 4: no id in its column"]),
            (4, vec!["line 5, 3: neither a name nor a number"]),
            (5, vec!["line 6, 4: a quote is not closed"]),
        ] {
            assert!(parts.iter().all(|part| told[at].contains(part)), "{}", told[at]);
        }
        assert_eq!(read.entities[0].values("notes"), ["Born: 31/02/1990"], "what cannot be read is kept");
    }

    #[test]
    fn rows_with_one_id_are_one_record() {
        let read = reading("No,Kind,Name,Born,Numbers,Since\n1,,Ali,,,\n1,,Ali B.,,,\n1,,Ali,,,\n1,Vessel,Sea,,,\n");
        assert_eq!(read.entities[0].values("name"), ["Ali", "Ali B."]);
        let severities: Vec<Severity> = read.findings.iter().map(|f| f.severity).collect();
        assert_eq!(severities, [Severity::Low, Severity::Low, Severity::High]);
        assert_eq!(read.records, 1);
    }

    #[test]
    fn a_row_without_an_id_column_has_the_same_id_in_the_next_edition() {
        let map = Map::parse("[columns]\nname = \"Name\"\n").unwrap();
        let ids = |text: &str| {
            let input = Input { name: "My list (2).csv".to_owned(), bytes: text.as_bytes().to_vec() };
            read(&input, &map).unwrap().entities.iter().map(|e| e.id.to_string()).collect::<Vec<_>>()
        };
        let (first, second) = (ids("Name\nAli\nVera\n"), ids("Name\nAda\nVera\nAli\n"));
        assert_eq!([&first[0], &first[1]], [&second[2], &second[1]]);
        assert!(first[0].starts_with("my_list_2-"));
    }
}
