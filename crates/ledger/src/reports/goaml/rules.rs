//! The rule tables: which elements a goAML report has, in what order, how long their values may be, and who demands them.
//!
//! In come the tables of `data/goaml/`, one for each version of the schema; out come [`Rules`], in which the check, the
//! writer and the reader look up everything. Each authority exports a schema of its own: a row says by which of the schemas
//! that were read an element is demanded, and a table says where these were read. Code knows nothing of a single element.

use std::{collections::HashMap, sync::LazyLock};

use serde::Deserialize;

use super::{Version, sayings};
use mihenk_said::Said;

static V4_0: LazyLock<Rules> = LazyLock::new(|| built_in(include_str!("../../../../../data/goaml/4.0.toml")));
static V5_0_2: LazyLock<Rules> = LazyLock::new(|| built_in(include_str!("../../../../../data/goaml/5.0.2.toml")));

fn built_in(text: &str) -> Rules {
    // The tables are compiled in, and a test reads each of them.
    Rules::parse(text).expect("a table that comes with the program")
}

/// The rules of a version.
#[must_use]
pub fn rules(version: Version) -> &'static Rules {
    match version {
        Version::V4_0 => &V4_0,
        Version::V5_0_2 => &V5_0_2,
    }
}

/// One table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// The version of the schema, as the table names it.
    pub version: String,
    /// Where it was read.
    #[serde(rename = "source")]
    pub sources: Vec<Source>,
    /// What a decimal may be where its row says nothing else.
    #[serde(default)]
    pub(super) decimal: Bounds,
    /// The types.
    #[serde(rename = "type")]
    pub types: Vec<ComplexType>,
    /// The lists of codes.
    #[serde(default)]
    pub codes: Vec<Codes>,
}

/// A schema that was read for a table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its short name in the rows.
    pub id: String,
    /// Whose schema it is.
    pub authority: String,
    /// Which document.
    pub document: String,
    /// Where it was read, and how much of it.
    pub read_at: String,
    /// Whether the schema itself was read.
    pub verified: bool,
}

/// A complex type of the schema: elements in their order.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComplexType {
    /// Its name in the schema, without `_my_client`.
    pub name: String,
    /// Whether a schema was read for it.
    #[serde(default = "yes")]
    pub verified: bool,
    /// Its elements, in the order of the schema.
    pub elements: Vec<ElementRule>,
    /// Elements that stand for one another.
    #[serde(default)]
    pub groups: Vec<Group>,
    /// Elements that are nothing without another.
    #[serde(default)]
    pub needs: Vec<Need>,
    /// Where each element stands, by its name.
    #[serde(skip)]
    by_name: HashMap<String, usize>,
}

/// An element of a type.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ElementRule {
    /// Its name.
    pub name: String,
    /// What it holds; resolved when the table is read.
    #[serde(default = "text")]
    kind: String,
    #[serde(skip)]
    pub(super) holds: Holds,
    /// Characters, at least.
    #[serde(default)]
    pub(super) min: usize,
    /// Characters, at most.
    #[serde(default)]
    pub(super) max: usize,
    #[serde(default)]
    low: Option<i64>,
    #[serde(default)]
    high: Option<i64>,
    #[serde(default)]
    decimals: Option<u8>,
    #[serde(skip)]
    pub(super) bounds: Bounds,
    /// Whether it may come more than once.
    #[serde(default)]
    pub many: bool,
    /// How often, at most.
    #[serde(default)]
    pub(super) limit: Option<usize>,
    /// It is a list, and its items have this name.
    #[serde(default)]
    pub item: Option<String>,
    /// Whether it has the variant of a type for the reporting entity's own clients.
    #[serde(default)]
    pub(super) my_client: MyClient,
    /// Who demands it.
    #[serde(default)]
    pub must: Must,
    /// Who demands it of the reporting entity's own clients; `must` holds for these as well.
    #[serde(default)]
    pub must_my_client: Must,
    /// Whose schema has no place for it.
    #[serde(default)]
    pub refused_by: Vec<String>,
    /// Whose schema takes only Latin letters in it.
    #[serde(default)]
    pub latin_by: Vec<String>,
}

/// Between what a number may lie; both ends are allowed.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub(super) struct Bounds {
    pub(super) low: Option<i64>,
    pub(super) high: Option<i64>,
    /// Decimals, at most.
    pub(super) decimals: Option<u8>,
}

/// What an element holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Holds {
    #[default]
    Text,
    Int,
    Decimal,
    DateTime,
    Boolean,
    /// A truth that is only ever said when it is so.
    Flag,
    Country,
    Currency,
    /// A code of that list.
    Code(usize),
    /// Elements of that type.
    Type(usize),
}

/// Whether an element has the `_my_client` variant of its type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum MyClient {
    #[default]
    Never,
    /// When what is around it has.
    Inherit,
    Always,
}

/// Who demands an element.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Must {
    /// The schemas of these sources.
    By(Vec<String>),
    /// `all`: each schema that was read.
    All(All),
}

/// The word `all`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum All {
    /// All.
    All,
}

impl Default for Must {
    fn default() -> Must {
        Must::By(Vec::new())
    }
}

impl Must {
    /// Whether no schema that was read demands it.
    #[must_use]
    pub fn is_nobody(&self) -> bool {
        matches!(self, Must::By(sources) if sources.is_empty())
    }
}

/// Elements that stand for one another.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Which.
    pub of: Vec<String>,
    /// How many of them there may be.
    pub rule: GroupRule,
    /// Who demands one of them.
    #[serde(default)]
    pub must: Must,
    /// Who demands one of the reporting entity's own clients.
    #[serde(default)]
    pub must_my_client: Must,
}

/// How many of a group there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GroupRule {
    /// One.
    One,
    /// Any number.
    Some,
}

/// An element that is nothing without another.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Need {
    /// The element.
    pub element: String,
    /// What it needs.
    pub with: String,
    /// Who demands that.
    pub must: Must,
}

/// A list of codes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Codes {
    /// Its name in the schema.
    pub name: String,
    /// Whether it is the same for all authorities.
    #[serde(default)]
    pub strict: bool,
    /// The codes, by source; an authority has its own.
    #[serde(default)]
    pub lists: std::collections::BTreeMap<String, Vec<String>>,
}

fn yes() -> bool {
    true
}

fn text() -> String {
    "text".to_owned()
}

impl Rules {
    /// Reads a table.
    ///
    /// # Errors
    /// When it is no table, or a row names a kind, a source or an element that is not there: which.
    pub fn parse(text: &str) -> Result<Rules, String> {
        let mut rules: Rules = toml::from_str(text).map_err(|error| error.to_string())?;
        let index = |names: Vec<String>| -> HashMap<String, usize> {
            names.into_iter().enumerate().map(|(at, name)| (name, at)).collect()
        };
        let types = index(rules.types.iter().map(|one| one.name.clone()).collect());
        let codes = index(rules.codes.iter().map(|one| one.name.clone()).collect());
        let sources: Vec<String> = rules.sources.iter().map(|source| source.id.clone()).collect();
        for complex in &mut rules.types {
            for element in &mut complex.elements {
                element.holds = holds(&element.kind, &types, &codes)
                    .ok_or_else(|| format!("{}/{}: no kind {:?}", complex.name, element.name, element.kind))?;
                element.bounds = Bounds { low: element.low, high: element.high, decimals: element.decimals };
                if element.holds == Holds::Decimal {
                    element.bounds = element.bounds.or(rules.decimal);
                }
            }
            complex.by_name = index(complex.elements.iter().map(|element| element.name.clone()).collect());
            complex.check(&sources)?;
        }
        if !types.contains_key("report") {
            return Err("there is no type report".to_owned());
        }
        Ok(rules)
    }

    /// The type of the whole report.
    pub(super) fn report(&self) -> Option<&ComplexType> {
        self.types.iter().find(|one| one.name == "report")
    }

    /// The authority of a source, or the id when there is no such source.
    #[must_use]
    pub fn authority<'a>(&'a self, id: &'a str) -> &'a str {
        self.sources.iter().find(|source| source.id == id).map_or(id, |source| source.authority.as_str())
    }
}

fn holds(kind: &str, types: &HashMap<String, usize>, codes: &HashMap<String, usize>) -> Option<Holds> {
    Some(match kind {
        "text" => Holds::Text,
        "int" => Holds::Int,
        "decimal" => Holds::Decimal,
        "dateTime" => Holds::DateTime,
        "boolean" => Holds::Boolean,
        "flag" => Holds::Flag,
        "country" => Holds::Country,
        "currency" => Holds::Currency,
        other => match codes.get(other) {
            Some(&at) => Holds::Code(at),
            None => Holds::Type(*types.get(other)?),
        },
    })
}

impl Bounds {
    fn or(self, other: Bounds) -> Bounds {
        Bounds {
            low: self.low.or(other.low),
            high: self.high.or(other.high),
            decimals: self.decimals.or(other.decimals),
        }
    }

    fn of_whole(self) -> Said {
        match (self.low, self.high) {
            (Some(low), Some(high)) => sayings::whole_number_between(low, high),
            (Some(low), None) => sayings::whole_number_from(low),
            (None, Some(high)) => sayings::whole_number_up_to(high),
            (None, None) => sayings::whole_number(),
        }
    }

    fn of_number(self) -> Said {
        match (self.low, self.high, self.decimals) {
            (Some(low), Some(high), None) => sayings::number_between(low, high),
            (Some(low), None, None) => sayings::number_from(low),
            (None, Some(high), None) => sayings::number_up_to(high),
            (None, None, None) => sayings::number(),
            (Some(low), Some(high), Some(decimals)) => sayings::decimal_between(low, high, decimals),
            (Some(low), None, Some(decimals)) => sayings::decimal_from(low, decimals),
            (None, Some(high), Some(decimals)) => sayings::decimal_up_to(high, decimals),
            (None, None, Some(decimals)) => sayings::decimal(decimals),
        }
    }
}

impl ComplexType {
    /// Where an element of that name stands, and its rule.
    pub(super) fn element(&self, name: &str) -> Option<(usize, &ElementRule)> {
        let at = *self.by_name.get(name)?;
        Some((at, self.elements.get(at)?))
    }

    /// That all names in it exist.
    fn check(&self, sources: &[String]) -> Result<(), String> {
        let of_groups = self.groups.iter().flat_map(|group| &group.of);
        let of_needs = self.needs.iter().flat_map(|need| [&need.element, &need.with]);
        if let Some(name) = of_groups.chain(of_needs).find(|name| !self.by_name.contains_key(*name)) {
            return Err(format!("{}: no element {name:?}", self.name));
        }
        let musts = self.elements.iter().flat_map(|element| [&element.must, &element.must_my_client]);
        let musts = musts.chain(self.groups.iter().flat_map(|group| [&group.must, &group.must_my_client]));
        let musts = musts.chain(self.needs.iter().map(|need| &need.must));
        let named = musts.flat_map(|must| match must {
            Must::By(sources) => sources.as_slice(),
            Must::All(_) => &[],
        });
        let others = self.elements.iter().flat_map(|element| element.refused_by.iter().chain(&element.latin_by));
        match named.chain(others).find(|source| !sources.contains(source)) {
            Some(source) => Err(format!("{}: no source {source:?}", self.name)),
            None => Ok(()),
        }
    }
}

impl ElementRule {
    /// What it holds, in words, such as `text of 1 to 255 characters`.
    #[must_use]
    pub fn in_words(&self, rules: &Rules) -> String {
        self.right(rules).into()
    }

    /// What it holds.
    pub(super) fn right(&self, rules: &Rules) -> Said {
        match self.holds {
            Holds::Text if self.min == self.max => sayings::text_of(self.max),
            Holds::Text if self.min > 0 => sayings::text_between(self.min, self.max),
            Holds::Text => sayings::text_up_to(self.max),
            Holds::Int => self.bounds.of_whole(),
            Holds::Decimal => self.bounds.of_number(),
            Holds::DateTime => sayings::date_and_time(),
            Holds::Boolean => sayings::truth(),
            Holds::Flag => sayings::truth_or_nothing(),
            Holds::Country => sayings::country(),
            Holds::Currency => sayings::currency(),
            // Both places come from the table itself.
            Holds::Code(at) => sayings::code_of(rules.codes.get(at).map_or("", |codes| codes.name.as_str())),
            Holds::Type(at) => sayings::elements_of_type(rules.types.get(at).map_or("", |one| one.name.as_str())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_table_that_comes_with_the_program_can_be_read() {
        for text in
            [include_str!("../../../../../data/goaml/4.0.toml"), include_str!("../../../../../data/goaml/5.0.2.toml")]
        {
            let rules = Rules::parse(text).unwrap();
            assert!(rules.sources.iter().all(|source| !source.read_at.is_empty()));
            assert!(rules.report().is_some());
        }
    }

    #[test]
    fn a_table_with_a_name_that_is_nowhere_is_refused() {
        let table = |rows: &str| {
            format!("version = \"9\"\nsource = []\n[[type]]\nname = \"report\"\nelements = [\n{rows}\n]\n")
        };
        assert!(Rules::parse(&table("{ name = \"a\", max = 3 }")).is_ok());
        for (rows, found) in [
            ("{ name = \"a\", kind = \"t_nothing\" }", "report/a: no kind \"t_nothing\""),
            ("{ name = \"a\", max = 3, must = [\"xx\"] }", "report: no source \"xx\""),
            ("{ name = \"a\", maximum = 3 }", "maximum"),
        ] {
            let error = Rules::parse(&table(rows)).unwrap_err();
            assert!(error.contains(found), "{rows}: {error}");
        }
    }

    #[test]
    fn what_an_element_holds_is_said_in_words() {
        let rules = rules(Version::V5_0_2);
        let of = |name: &str, element: &str| {
            let complex = rules.types.iter().find(|one| one.name == name).unwrap();
            complex.element(element).unwrap().1.in_words(rules)
        };
        assert_eq!(of("t_account", "institution_name"), "text of 1 to 255 characters");
        assert_eq!(of("report", "rentity_id"), "a whole number from 1 to 2147483647");
        assert_eq!(of("t_person", "gender"), "a code of gender_type");
    }
}
