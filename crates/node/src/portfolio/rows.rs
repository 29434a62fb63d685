//! A file of customers, record by record: customers themselves and those related to them.
//!
//! In come records as [`crate::batch`] reads them; out come [`Given`]s, or [`Rejected`]s with row, column and reason. A table has a row for each
//! party: one that names a customer in its column *parent* is related to that one. A JSON object may hold related parties in
//! `parties`. A record is refused for what an answer of screening would be refused for: a name or a date that cannot be read.

use mihenk_entities::Entity;
use mihenk_ledger::customers::Party;
use mihenk_lists::own::Map;
use mihenk_said::{Fact, Said};
use serde_json::{Map as Object, Value};

use crate::{
    batch::{Asking, Input, Raw},
    lists::is_screened,
    query::{Query, Refusal},
    sayings,
};

/// What a record says.
#[derive(Clone, Debug)]
pub struct Given {
    /// Where it stands: `line 7`.
    pub place: String,
    /// Its own number.
    pub reference: String,
    /// The number of the customer that it is related to; none of a customer itself.
    pub parent: Option<String>,
    /// What is at stake, if it says so.
    pub exposure: Option<i64>,
    /// The party, without its number.
    pub party: Party,
    /// Related parties that stand within it.
    pub related: Vec<Party>,
    /// Values that could not be read and say nothing.
    pub warnings: Vec<Said>,
}

/// A record that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Rejected {
    /// Where it stands: `line 7`.
    pub place: String,
    /// Its own number, if it could be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The column, if it is one that is wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// What was found and what would be right.
    pub reason: Said,
}

/// The columns that only customers have, by their numbers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Columns {
    headings: Vec<String>,
    parent: Option<usize>,
    role: Option<usize>,
    exposure: Option<usize>,
}

const PARENTS: [&str; 8] =
    ["parent", "parentid", "parentcustomer", "parentreference", "relatedto", "belongsto", "customerof", "baglimusteri"];
const ROLES: [&str; 5] = ["role", "relation", "relationship", "capacity", "rol"];
const EXPOSURES: [&str; 3] = ["exposure", "riskexposure", "risktutari"];

impl Columns {
    /// Finds them by a map, or else by their headings.
    pub(super) fn of(input: &Input<'_>, map: Option<&Map>) -> Columns {
        input.headings().map_or_else(Columns::default, |headings| Columns::among(headings, map))
    }

    /// The same of headings alone.
    pub(crate) fn among(headings: &[String], map: Option<&Map>) -> Columns {
        let find = |named: Option<&String>, known: &[&str]| match (named, map) {
            (Some(name), _) => headings.iter().position(|heading| heading.trim() == name.trim()),
            (None, Some(_)) => None,
            (None, None) => headings.iter().position(|heading| known.contains(&plain(heading).as_str())),
        };
        Columns {
            parent: find(map.and_then(|map| map.parent.as_ref()), &PARENTS),
            role: find(map.and_then(|map| map.role.as_ref()), &ROLES),
            exposure: find(map.and_then(|map| map.exposure.as_ref()), &EXPOSURES),
            headings: headings.to_vec(),
        }
    }

    /// Where they are: the one with the customer's number, with the role, with what is at stake.
    pub(crate) fn places(&self) -> [Option<usize>; 3] {
        [self.parent, self.role, self.exposure]
    }

    /// Whether a column is one of these.
    pub(super) fn has(&self, heading: &str) -> bool {
        let mut own = [self.parent, self.role, self.exposure].into_iter().flatten();
        own.any(|at| self.headings.get(at).is_some_and(|known| known == heading))
    }

    /// What a record says.
    pub(crate) fn read(&self, asking: Asking<'_>, raw: &Raw) -> Result<Given, Box<Rejected>> {
        let place = asking.place(raw);
        let refused = |refusal: Refusal| {
            let (column, reason) = self.column_in(asking, refusal.what);
            let reference = refusal.id.map(|id| id.as_str().to_owned());
            Box::new(Rejected { place: place.clone(), reference, column, reason })
        };
        let query = asking.query(raw).map_err(refused)?;
        let reference = query.id.as_str().to_owned();
        let wrong = |column: Option<usize>, reason: Said| {
            let column = column.and_then(|at| self.headings.get(at).cloned());
            let reference = Some(reference.clone());
            Box::new(Rejected { place: place.clone(), reference, column, reason })
        };
        let (given, details) = match raw {
            Raw::Row(row) => {
                let cell = |column: Option<usize>| column.map_or("", |at| row.cells.get(at));
                if asking.id_column().is_none_or(|at| row.cells.get(at).is_empty()) {
                    let rejected = wrong(asking.id_column(), sayings::number_missing());
                    return Err(Box::new(Rejected { reference: None, ..*rejected }));
                }
                let exposure = exposure(cell(self.exposure)).map_err(|what| wrong(self.exposure, what))?;
                let parent = Some(cell(self.parent)).filter(|text| !text.is_empty()).map(str::to_owned);
                ((exposure, parent, cell(self.role).to_owned()), Vec::new())
            }
            Raw::Query(object) => {
                let details = Details::of(&object.bytes).map_err(|what| wrong(None, what))?;
                ((details.exposure, details.parent, details.role), details.related)
            }
        };
        let (exposure, parent, role) = given;
        let own = party(String::new(), role, &query.entity, self.has_own()).map_err(|what| wrong(None, what))?;
        Ok(Given {
            place: place.clone(),
            parent,
            exposure,
            party: own,
            related: details,
            warnings: query.warnings,
            reference: reference.clone(),
        })
    }

    fn has_own(&self) -> bool {
        self.parent.is_some() || self.role.is_some()
    }

    /// The column of which an error of a record speaks, as the file calls it.
    fn column_in(&self, asking: Asking<'_>, what: Said) -> (Option<String>, Said) {
        let (property, reason) = match (what.fact("property"), what.fact("what")) {
            (Some(Fact::Text(property)), Some(Fact::Said(reason))) => (property, reason.as_ref().clone()),
            _ => return (None, what),
        };
        let heading = asking.column_of(property).and_then(|at| self.headings.get(at));
        (Some(heading.unwrap_or(property).clone()), reason)
    }
}

/// A heading in small letters without accents, as the tables above have them.
fn plain(text: &str) -> String {
    let base = |c: char| match c {
        'ı' => 'i',
        'ş' => 's',
        'ç' => 'c',
        'ğ' => 'g',
        'ö' => 'o',
        'ü' => 'u',
        other => other,
    };
    text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).map(base).collect()
}

/// What a JSON object says beside id, schema and properties.
struct Details {
    exposure: Option<i64>,
    parent: Option<String>,
    role: String,
    related: Vec<Party>,
}

impl Details {
    fn of(bytes: &[u8]) -> Result<Details, Said> {
        let object: Object<String, Value> =
            serde_json::from_slice(bytes).map_err(|error| Said::words(error.to_string()))?;
        if text(object.get("id")).is_none() {
            return Err(sayings::id_missing());
        }
        let exposure = match object.get("exposure") {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => exposure(text)?,
            Some(value) => exposure(&value.to_string())?,
        };
        let related = match object.get("parties") {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Array(parties)) => {
                let numbered = parties.iter().enumerate();
                numbered.map(|(at, party)| related(at, party)).collect::<Result<_, Said>>()?
            }
            Some(_) => return Err(sayings::parties_no_list()),
        };
        let parent = text(object.get("parent"));
        Ok(Details { exposure, parent, role: text(object.get("role")).unwrap_or_default(), related })
    }
}

fn related(at: usize, value: &Value) -> Result<Party, Said> {
    let wrong = |what: Said| sayings::party_wrong(at + 1, what);
    let Value::Object(object) = value else { return Err(wrong(sayings::party_no_object())) };
    let query = Query::from_json(&value.to_string(), at as u64 + 1).map_err(|refusal| wrong(refusal.what))?;
    let role = text(object.get("role")).unwrap_or_default();
    party(query.id.as_str().to_owned(), role, &query.entity, false).map_err(wrong)
}

fn text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A party; `has_own` when the columns that only customers have must not count as properties.
fn party(reference: String, role: String, entity: &Entity, has_own: bool) -> Result<Party, Said> {
    if !is_screened(entity) {
        return Err(sayings::schema_not_screened(entity.schema.name()));
    }
    let is_kept = |property: &str| !(has_own && matches!(property, "parent" | "role"));
    let schema = entity.schema.name().to_owned();
    let properties = entity.properties.iter().filter(|(property, _)| is_kept(property));
    let properties = properties.map(|(property, values)| (property.clone(), values.clone())).collect();
    Ok(Party { reference, role, schema, properties })
}

/// An amount in whole units: `12500`, `12,500`, `12.500`; what is behind the unit is left out.
fn exposure(text: &str) -> Result<Option<i64>, Said> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = || sayings::not_an_exposure(text);
    let whole = match text.rsplit_once(['.', ',']) {
        Some((whole, cents)) if cents.len() <= 2 => whole,
        _ => text,
    };
    let is_plain = whole.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '\u{A0}' | '\''));
    let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
    if !is_plain {
        return Err(wrong());
    }
    digits.parse().map(Some).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_in_turkish_letters_too() {
        let headings = ["No", "BAĞLI MÜŞTERİ", "Rol", "Risk tutarı"].map(str::to_owned);
        assert_eq!(Columns::among(&headings, None).places(), [Some(1), Some(2), Some(3)]);
    }

    #[test]
    fn an_amount_is_read_as_people_write_it() {
        for (text, expected) in [
            ("", None),
            ("12500", Some(12_500)),
            ("12,500", Some(12_500)),
            ("12.500,75", Some(12_500)),
            ("1 000.5", Some(1_000)),
        ] {
            assert_eq!(exposure(text), Ok(expected), "{text}");
        }
        for text in ["much", "-5", "1e6", "99999999999999999999"] {
            assert!(exposure(text).is_err(), "{text}");
        }
    }
}
