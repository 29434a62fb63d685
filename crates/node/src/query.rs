//! What is asked: a record typed in, a line of JSON in yente's form, a row of a CSV file.
//!
//! Out comes an [`Entity`] to screen and what was noticed on the way, or an error that names the field. A query needs a
//! schema and something to go by: a name or a number. Values of a JSON query may be text, numbers or lists of these.

use std::collections::BTreeMap;

use mihenk_entities::{Entity, EntityId, Schema};
use mihenk_screening::record::Record;
use serde_json::Value;

/// A query ready to screen.
#[derive(Clone, Debug)]
pub struct Query {
    /// Its id, as it goes into the answer.
    pub id: String,
    /// The record.
    pub record: Record,
    /// Properties that its schema does not have; they say nothing.
    pub unknown: Vec<String>,
}

impl Query {
    /// Takes an entity as a query.
    ///
    /// # Errors
    /// When it has nothing to go by, or a name or date that cannot be read.
    pub fn of(entity: &Entity) -> Result<Query, String> {
        let record = Record::of(entity);
        if let Some((property, what)) = record.problems.first() {
            return Err(format!("field 'properties.{property}': {what}"));
        }
        if record.names.is_empty() && record.identifiers.is_empty() {
            return Err(
                "nothing to go by: give at least a name (\"properties\": {\"name\": [\"…\"]}) or a number".to_owned()
            );
        }
        let unknown =
            entity.unknown_properties().filter(|_| entity.schema.name() != "Thing").map(str::to_owned).collect();
        Ok(Query { id: entity.id.as_str().to_owned(), record, unknown })
    }

    /// Reads a line of JSON: `{"id", "schema", "properties"}`. Without an id the line's number is the id.
    ///
    /// # Errors
    /// The id, if the line has one, and what is wrong with it.
    pub fn from_json(line: &str, number: u64) -> Result<Query, (Option<String>, String)> {
        let mut value: Value = serde_json::from_str(line).map_err(|e| (None, format!("not JSON: {e}")))?;
        let given = value
            .get("id")
            .filter(|id| !id.is_null())
            .map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned));
        let id = given.clone().unwrap_or_else(|| number.to_string());
        if let Some(object) = value.as_object_mut() {
            // Any text may be the id of a question; only ids of listed entities must be tidy.
            object.insert("id".into(), Value::String("query".into()));
        }
        let entity = Entity::from_value(value).map_err(|e| (given.clone(), e.to_string()))?;
        let mut query = Query::of(&entity).map_err(|e| (given, e))?;
        query.id = id;
        Ok(query)
    }
}

/// The columns of a CSV file and the properties they hold.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    id: Option<usize>,
    schema: Option<usize>,
    properties: Vec<(usize, String)>,
    /// Columns that are not understood.
    pub unknown: Vec<String>,
}

impl Columns {
    /// Reads the header row. Columns may be named as FollowTheMoney names properties, or as people do.
    ///
    /// # Errors
    /// When no column holds a name or a number.
    pub fn read<'a>(header: impl Iterator<Item = &'a str>) -> Result<Columns, String> {
        let mut columns = Columns::default();
        for (i, name) in header.enumerate() {
            let plain: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
            match plain.as_str() {
                "id" | "customerid" | "recordid" | "key" if columns.id.is_none() => columns.id = Some(i),
                "schema" | "type" | "kind" | "entitytype" => columns.schema = Some(i),
                _ => match property_of(&plain, name) {
                    Some(property) => columns.properties.push((i, property)),
                    None => columns.unknown.push(name.to_owned()),
                },
            }
        }
        let usable = columns.properties.iter().any(|(_, p)| p != "country" && p != "birthDate");
        if usable {
            Ok(columns)
        } else {
            Err("the first row names no column with a name or a number; expected for example: id,schema,name,birthDate,country".into())
        }
    }

    /// Reads a row.
    ///
    /// # Errors
    /// The id, if the row has one, and what is wrong with it.
    pub fn query(&self, row: &[String], number: u64) -> Result<Query, (Option<String>, String)> {
        let cell = |i: usize| row.get(i).map_or("", |c| c.trim());
        let given = self.id.map(cell).filter(|id| !id.is_empty()).map(str::to_owned);
        let schema = self.schema.map(cell).filter(|s| !s.is_empty());
        let schema = schema.map_or(Ok("LegalEntity"), schema_of).map_err(|e| (given.clone(), e))?;
        // "query" is an id, and the schemata of `schema_of` exist: both are checked by the tests.
        let id = EntityId::new("query").map_err(|e| (given.clone(), e.to_string()))?;
        let schema = Schema::named(schema).ok_or_else(|| (given.clone(), format!("schema '{schema}' is unknown")))?;
        let mut entity = Entity::new(id, schema);
        for (i, property) in &self.properties {
            for value in cell(*i).split(';') {
                entity.add(property, value);
            }
        }
        let mut query = Query::of(&entity).map_err(|e| (given.clone(), e))?;
        query.id = given.unwrap_or_else(|| number.to_string());
        query.unknown.clear();
        Ok(query)
    }
}

/// A schema as FollowTheMoney or a person names it.
fn schema_of(text: &str) -> Result<&str, String> {
    if Schema::named(text).is_some() {
        return Ok(text);
    }
    Ok(match text.to_lowercase().as_str() {
        "person" | "individual" | "natural person" | "p" | "human" => "Person",
        "company" | "firm" | "corporate" | "business" => "Company",
        "organization" | "organisation" | "entity" | "org" => "Organization",
        "vessel" | "ship" => "Vessel",
        "aircraft" | "airplane" | "plane" => "Airplane",
        "wallet" => "CryptoWallet",
        _ => return Err(format!("'{text}' is not a FollowTheMoney schema; write for example Person, Company, Vessel")),
    })
}

/// The property that a column holds, by its name in plain letters.
fn property_of(plain: &str, name: &str) -> Option<String> {
    let property = match plain {
        "name" | "fullname" | "customername" | "names" | "title" if plain != "title" => "name",
        "alias" | "aliases" | "aka" | "othername" | "othernames" => "alias",
        "firstname" | "givenname" | "forename" => "firstName",
        "middlename" => "middleName",
        "lastname" | "surname" | "familyname" => "lastName",
        "birthdate" | "dateofbirth" | "dob" | "born" => "birthDate",
        "birthplace" | "placeofbirth" | "pob" => "birthPlace",
        "country" | "countries" | "residence" => "country",
        "nationality" | "citizenship" => "nationality",
        "gender" | "sex" => "gender",
        "address" => "address",
        "passport" | "passportnumber" | "passportno" => "passportNumber",
        "idnumber" | "nationalid" | "identitynumber" => "idNumber",
        "taxnumber" | "taxid" | "tin" | "vat" => "taxNumber",
        "registrationnumber" | "companynumber" | "regno" => "registrationNumber",
        "imo" | "imonumber" => "imoNumber",
        "mmsi" => "mmsi",
        "callsign" => "callSign",
        "lei" | "leicode" => "leiCode",
        "bic" | "swift" | "swiftbic" => "swiftBic",
        "iban" => "iban",
        "wallet" | "walletaddress" | "publickey" => "publicKey",
        _ => {
            let known = Schema::all().any(|s| s.property(name).is_some());
            return known.then(|| name.to_owned());
        }
    };
    Some(property.to_owned())
}

/// Counts what was noticed over a whole file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Noticed {
    /// Properties that a query's schema does not have, and how often.
    pub unknown: BTreeMap<String, u64>,
}

impl Noticed {
    /// Takes note of a query.
    pub fn add(&mut self, query: &Query) {
        for property in &query.unknown {
            *self.unknown.entry(property.clone()).or_default() += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_in_yentes_form_is_read() {
        let query =
            Query::from_json(r#"{"id": "q 1", "schema": "Person", "properties": {"name": "Ali", "x": ["y"]}}"#, 7)
                .unwrap();
        assert_eq!((query.id.as_str(), query.unknown.as_slice()), ("q 1", ["x".to_owned()].as_slice()));
        let without = Query::from_json(r#"{"schema": "Person", "properties": {"name": ["Ali"]}}"#, 7).unwrap();
        assert_eq!(without.id, "7", "the line's number stands in for a missing id");
    }

    #[test]
    fn a_query_that_cannot_be_asked_says_why() {
        let error = |line: &str| Query::from_json(line, 1).unwrap_err().1;
        assert!(error(r#"{"id":"1","schema":"Person","properties":{}}"#).starts_with("nothing to go by"));
        assert!(
            error(r#"{"id":"1","schema":"Person","properties":{"name":["---"]}}"#)
                .contains("neither letters nor digits")
        );
        assert!(
            error(r#"{"id":"1","schema":"Person","properties":{"name":["A"],"birthDate":["1990-02-31"]}}"#)
                .contains("no day 31")
        );
        assert!(error(r#"{"id":"1","schema":"Pirson","properties":{"name":["A"]}}"#).contains("did you mean 'Person'"));
        assert!(error(r#"{"id":"1","schema":"Person","properties":{"name":["\ud83d"]}}"#).starts_with("not JSON"));
        assert!(error("{").starts_with("not JSON"));
    }

    #[test]
    fn columns_are_known_by_the_names_that_people_give_them() {
        let columns =
            Columns::read(["Customer ID", "Full name", "D.O.B.", "Country", "IMO", "colour"].into_iter()).unwrap();
        assert_eq!(columns.unknown, ["colour"]);
        let row: Vec<String> = ["c1", "Ali Example", "1990-01-02", "Iran", "", "red"].map(str::to_owned).to_vec();
        let query = columns.query(&row, 2).unwrap();
        assert_eq!((query.id.as_str(), query.record.names[0].text.as_str()), ("c1", "Ali Example"));
        assert_eq!(query.record.attributes.born.len(), 1);
        assert!(Columns::read(["colour", "country"].into_iter()).is_err());
    }
}
