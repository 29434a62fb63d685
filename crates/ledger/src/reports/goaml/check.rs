//! The check: a tree of elements held against the table of a version.
//!
//! In come a report, or the tree of a file, and the rules; out come [`Finding`]s: what is missing, too long, twice, in the wrong place, not
//! understood or unknown, each with its path and what would be right. What every schema that was read demands is an error; what only
//! some demand is a warning that names them, unless it is known for whom the report is. Nothing is changed here.

mod finding;
mod leaf;

use std::{borrow::Cow, collections::HashSet};

pub use finding::{Finding, Severity};
pub(super) use finding::{cut, quote};

use super::{
    element::Element,
    rules::{ComplexType, ElementRule, Group, GroupRule, Holds, Must, MyClient, Rules},
    sayings, value,
};

/// Holds a tree against the rules; `authority` is the source whose schema decides, if that is known.
pub(super) fn check(root: &Element<'_>, rules: &Rules, authority: Option<&str>) -> Vec<Finding> {
    let mut check = Check { rules, authority, findings: Vec::new(), codes: HashSet::new() };
    if let Some(report) = rules.report() {
        let around = Around { path: "report".to_owned(), is_client: false };
        check.complex(root, report, &around);
    }
    check.findings
}

/// So many findings are made of one report; a reader has no use for more, and memory has an end.
pub(super) const FINDINGS_MAX: usize = 100_000;

struct Check<'r> {
    rules: &'r Rules,
    authority: Option<&'r str>,
    findings: Vec<Finding>,
    /// Codes that were told already, by their list; the same one may be in every transaction.
    codes: HashSet<(usize, String)>,
}

/// Where the check stands.
struct Around {
    path: String,
    /// Whether the types are those of the reporting entity's own clients.
    is_client: bool,
}

/// Who demands something, of those that count here.
enum Demand<'r> {
    Nobody,
    Everybody,
    Some(Vec<&'r str>),
}

impl<'r> Check<'r> {
    fn found(&mut self, finding: Finding) {
        if self.findings.len() <= FINDINGS_MAX {
            self.findings.push(finding);
        }
    }

    fn demand(&self, must: &'r Must) -> Demand<'r> {
        match (must, self.authority) {
            (Must::All(_), _) => Demand::Everybody,
            (Must::By(sources), Some(authority)) if sources.iter().any(|source| source == authority) => {
                Demand::Everybody
            }
            (Must::By(sources), None) if !sources.is_empty() => {
                Demand::Some(sources.iter().map(|source| self.rules.authority(source)).collect())
            }
            (Must::By(_), _) => Demand::Nobody,
        }
    }

    /// The stronger of two demands; the second is only made of clients.
    fn demand_of(&self, must: &'r Must, of_client: &'r Must, is_client: bool) -> Demand<'r> {
        let second = if is_client { self.demand(of_client) } else { Demand::Nobody };
        match (self.demand(must), second) {
            (Demand::Everybody, _) | (_, Demand::Everybody) => Demand::Everybody,
            (Demand::Some(mut some), Demand::Some(more)) => {
                some.extend(more);
                some.sort_unstable();
                some.dedup();
                Demand::Some(some)
            }
            (Demand::Some(some), Demand::Nobody) | (Demand::Nobody, Demand::Some(some)) => Demand::Some(some),
            (Demand::Nobody, Demand::Nobody) => Demand::Nobody,
        }
    }

    /// Says that something is missing, as strongly as it is demanded.
    fn missing(&mut self, demand: Demand<'r>, finding: Finding, is_verified: bool) {
        let finding = if is_verified { finding } else { finding.unverified() };
        match demand {
            Demand::Nobody => {}
            Demand::Everybody => self.found(finding),
            Demand::Some(by) => self.found(finding.warning().demanded_by(&by)),
        }
    }

    /// An element of a type with everything in it.
    fn complex(&mut self, element: &Element<'_>, complex: &'r ComplexType, around: &Around) {
        let beside = element.text.trim_matches(value::is_blank);
        if !beside.is_empty() {
            let (found, right) = (sayings::text_beside(cut(beside)), sayings::only_elements_of(&complex.name));
            let finding = Finding::at(&around.path, element.place, found, right);
            self.found(finding.kept(beside.to_owned()));
        }
        let mut counts = vec![0_usize; complex.elements.len()];
        let mut furthest = 0;
        for child in &element.children {
            let Some((at, rule)) = complex.element(&child.name) else {
                self.unknown(child, &around.path, &complex.name);
                continue;
            };
            if at < furthest {
                let found = sayings::behind(&child.name, &complex.elements[furthest].name);
                let right = sayings::order_of_schema(&child.name);
                let path = format!("{}/{}", around.path, child.name);
                self.found(Finding::at(&path, child.place, found, right));
            }
            furthest = furthest.max(at);
            counts[at] += 1;
            self.occurrence(child, rule, counts[at], around);
        }
        for (rule, count) in complex.elements.iter().zip(&counts) {
            if *count > 0 {
                continue;
            }
            let demand = self.demand_of(&rule.must, &rule.must_my_client, around.is_client);
            // Most elements may be absent; nothing is said of these.
            if !matches!(demand, Demand::Nobody) {
                let path = format!("{}/{}", around.path, rule.name);
                let finding = Finding::at(&path, element.place, sayings::nothing(), rule.right(self.rules));
                self.missing(demand, finding, complex.verified);
            }
        }
        self.groups(element, complex, around);
        self.needs(element, complex, around);
    }

    /// The so-manieth element of a name.
    fn occurrence(&mut self, child: &Element<'_>, rule: &'r ElementRule, count: usize, around: &Around) {
        let index = if rule.many { format!("[{count}]") } else { String::new() };
        let path = format!("{}/{}{index}", around.path, rule.name);
        if !rule.many && count > 1 {
            let finding = Finding::at(&path, child.place, sayings::once_more(&rule.name), sayings::once());
            self.found(finding.kept(child.whole()));
            return;
        }
        if rule.limit.is_some_and(|limit| count > limit) {
            let right = sayings::at_most(rule.limit.unwrap_or_default());
            self.found(Finding::at(&path, child.place, sayings::so_manieth(&rule.name, count), right));
        }
        self.refused(child, rule, &path);
        let Some(item) = &rule.item else { return self.content(child, rule, path, around) };
        let beside = child.text.trim_matches(value::is_blank);
        if !beside.is_empty() {
            let (found, right) = (sayings::text_beside(cut(beside)), sayings::only_elements(item));
            let finding = Finding::at(&path, child.place, found, right);
            self.found(finding.kept(beside.to_owned()));
        }
        let mut items = 0_usize;
        for inner in &child.children {
            if inner.name != item.as_str() {
                self.unknown(inner, &path, &rule.name);
                continue;
            }
            items += 1;
            self.content(inner, rule, format!("{path}/{item}[{items}]"), around);
        }
        if items == 0 {
            let demand = self.demand_of(&rule.must, &rule.must_my_client, around.is_client);
            let right = sayings::at_least_one(item);
            self.missing(demand, Finding::at(&path, child.place, sayings::empty_list(), right), true);
        }
    }

    /// What an element, or an item of a list, holds.
    fn content(&mut self, element: &Element<'_>, rule: &'r ElementRule, path: String, around: &Around) {
        if let Holds::Type(at) = rule.holds {
            let is_client = match rule.my_client {
                MyClient::Never => false,
                MyClient::Inherit => around.is_client,
                MyClient::Always => true,
            };
            if let Some(complex) = self.rules.types.get(at) {
                self.complex(element, complex, &Around { path, is_client });
            }
            return;
        }
        for child in &element.children {
            self.unknown(child, &path, &rule.name);
        }
        self.leaf(element, rule, &path, around);
    }

    fn unknown(&mut self, element: &Element<'_>, path: &str, parent: &str) {
        let path = format!("{path}/{}", element.name);
        let found = match element.text.trim_matches(value::is_blank) {
            "" => sayings::element(&element.name),
            text => sayings::element_with(&element.name, cut(text)),
        };
        let right = sayings::element_that_is_there(&self.rules.version, parent);
        self.found(Finding::at(&path, element.place, found, right).kept(element.whole()));
    }

    /// Schemas that have no place for an element that is there.
    fn refused(&mut self, child: &Element<'_>, rule: &'r ElementRule, path: &str) {
        let counts = |source: &&String| self.authority.is_none_or(|authority| authority == source.as_str());
        let by: Vec<&str> = rule.refused_by.iter().filter(counts).map(|source| self.rules.authority(source)).collect();
        if by.is_empty() {
            return;
        }
        let finding = Finding::at(path, child.place, sayings::element(&rule.name), sayings::no_such_element());
        self.found(if self.authority.is_some() { finding } else { finding.warning() }.demanded_by(&by));
    }

    fn groups(&mut self, element: &Element<'_>, complex: &'r ComplexType, around: &Around) {
        for group in &complex.groups {
            let here: Vec<&str> =
                group.of.iter().map(String::as_str).filter(|name| element.child(name).is_some()).collect();
            let or = group.of.join(" or ");
            match here.as_slice() {
                [] => {
                    let demand = self.demand_of(&group.must, &group.must_my_client, around.is_client);
                    let path = format!("{}/{}", around.path, one_of(group));
                    let finding = Finding::at(&path, element.place, sayings::nothing(), sayings::any_of(or));
                    self.missing(demand, finding, complex.verified);
                }
                [_] => {}
                several if group.rule == GroupRule::One => {
                    let place = element.child(several[1]).and_then(|child| child.place);
                    let path = format!("{}/{}", around.path, several[1]);
                    let found = sayings::several(several.join(" and "));
                    self.found(Finding::at(&path, place, found, sayings::one_of(or)));
                }
                _ => {}
            }
        }
    }

    fn needs(&mut self, element: &Element<'_>, complex: &'r ComplexType, around: &Around) {
        for need in &complex.needs {
            let Some(child) = element.child(&need.element) else { continue };
            if element.child(&need.with).is_some() {
                continue;
            }
            let path = format!("{}/{}", around.path, need.with);
            let right = sayings::with(&need.with, &need.element);
            let demand = self.demand(&need.must);
            self.missing(demand, Finding::at(&path, child.place, sayings::nothing(), right), complex.verified);
        }
    }
}

/// A group as the last part of a path.
fn one_of(group: &Group) -> Cow<'_, str> {
    match group.of.as_slice() {
        [one] => Cow::Borrowed(one.as_str()),
        several => Cow::Owned(format!("({})", several.join("|"))),
    }
}
