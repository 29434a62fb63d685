//! An alert: the customer and the listed entity side by side, the evidence, what was decided, and what can be.
//!
//! In comes an alert with all that is known of it, out comes the page on which it is decided.

use std::collections::BTreeMap;

use std::ops::Deref;

use askama::{Template, filters::HtmlSafe};
use mihenk_node::{
    entities::{
        country::Country,
        identifier::{Identifier, IdentifierKind},
    },
    ledger::{
        alerts::{
            Alert, Listing, Observation, Policy, State,
            policy::{ClearingReason, Finding},
            priority::age_percent,
            queue::Detail,
        },
        cases::Case,
    },
    named::Named,
};

use crate::{
    evidence::{Evidence, lines_of},
    frame::Frame,
    office::Here,
};

/// What was typed and not sent yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// The reason that was chosen.
    pub reason: String,
    /// The note of a decision.
    pub note: String,
    /// What is missing.
    pub more: String,
    /// Why it becomes a case.
    pub escalate: String,
    /// The legal basis of the case.
    pub basis: String,
    /// Why it is opened again.
    pub reopen: String,
}

/// What the two sides say of one property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SideRow {
    /// The property as FollowTheMoney names it.
    pub property: String,
    /// What the customer's file says.
    pub customer: Vec<String>,
    /// What the list says.
    pub listed: Vec<String>,
    /// `agree` when they share a value, `differ` when both say something else, `unknown` when one says nothing.
    pub how: &'static str,
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "alert.html")]
pub struct AlertPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// The alert.
    pub alert: &'a Alert,
    /// All that is known of it.
    pub detail: &'a Detail,
    /// Who ids are.
    pub named: &'a Named,
    /// The time.
    pub now: i64,
    /// What the customer is called.
    pub customer: &'a str,
    /// The evidence.
    pub evidence: Evidence,
    /// Both sides.
    pub sides: Vec<SideRow>,
    /// Other alerts that wait, most urgent first.
    pub queue: &'a [Alert],
    /// The one before it there.
    pub previous: Option<String>,
    /// The one behind it there.
    pub next: Option<String>,
    /// Open cases.
    pub cases: &'a [Case],
    /// The vocabulary.
    pub policy: &'a Policy,
    /// Whether a true match may be cleared as an accepted risk.
    pub accepts: bool,
    /// Days that a rule usually holds.
    pub rule_days: u32,
    /// Whether clearing takes a second person.
    pub takes_two: bool,
    /// What was typed.
    pub draft: Draft,
    /// Which decision is open.
    pub open: &'a str,
    /// The filter of the work list that it is open beside, if it is.
    pub beside: Option<&'a str>,
    /// Who else is here.
    pub here: Here<'a>,
    /// Whether what was decided is not shown, as the user is to say first what they would have decided.
    pub facts_only: bool,
}

/// What the page is made of.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// The alert.
    pub detail: &'a Detail,
    /// Who ids are.
    pub named: &'a Named,
    /// The time.
    pub now: i64,
    /// What waits.
    pub queue: &'a [Alert],
    /// Open cases.
    pub cases: &'a [Case],
    /// What holds in the house.
    pub policy: &'a Policy,
    /// Who else looked lately, by id, with when.
    pub readers: &'a [(String, i64)],
    /// Whether what was decided was left out, for a second person.
    pub facts_only: bool,
}

/// An alert beside the work list: what is needed to decide, and deciding.
#[derive(Debug, Template)]
#[template(path = "beside.html")]
pub struct BesidePart<'a>(AlertPage<'a>);

impl<'a> Deref for BesidePart<'a> {
    type Target = AlertPage<'a>;

    fn deref(&self) -> &AlertPage<'a> {
        &self.0
    }
}

impl HtmlSafe for BesidePart<'_> {}

impl<'a> AlertPage<'a> {
    /// The page of an alert.
    #[must_use]
    pub fn new(t: &'a Frame, given: Given<'a>, draft: Draft, open: &'a str) -> AlertPage<'a> {
        let Given { detail, named, now, queue, cases, policy, readers, facts_only } = given;
        let alert = &detail.alert;
        let observation = detail.observation.as_ref();
        let place = queue.iter().position(|other| other.id == alert.id);
        let beside = |at: Option<usize>| at.and_then(|at| queue.get(at)).map(|other| other.id.to_string());
        let kind = policy.kind(alert.kind).ok();
        let second_from = kind.map_or(0, |kind| i64::from(kind.second_from_percent) * 10_000);
        AlertPage {
            customer: customer_name(detail),
            evidence: Evidence::of(t.words, &observation.map(lines_of).unwrap_or_default()),
            sides: observation.map(sides_of).unwrap_or_default(),
            previous: beside(place.and_then(|at| at.checked_sub(1))),
            next: beside(place.map_or(Some(0), |at| Some(at + 1))),
            accepts: kind.is_some_and(|kind| kind.accept_same_person),
            rule_days: kind.map_or(0, |kind| kind.rule_days),
            takes_two: alert.probability_millionths >= second_from,
            here: Here { t, named, readers, changed: false },
            t,
            alert,
            detail,
            named,
            now,
            queue,
            cases,
            policy,
            draft,
            open,
            beside: None,
            facts_only,
        }
    }

    /// The same beside the work list.
    #[must_use]
    pub fn beside(self, filter: &'a str) -> BesidePart<'a> {
        BesidePart(AlertPage { beside: Some(filter), ..self })
    }

    fn reasons(&self, is_same: bool) -> impl Iterator<Item = &'a ClearingReason> {
        let kind = self.alert.kind;
        let reasons = self.policy.reasons().iter();
        reasons.filter(move |reason| {
            (reason.kinds.is_empty() || reason.kinds.contains(&kind))
                && (reason.outcome == Finding::SamePerson) == is_same
        })
    }

    fn reasons_against(&self) -> impl Iterator<Item = &'a ClearingReason> {
        self.reasons(false)
    }

    fn reasons_for(&self) -> impl Iterator<Item = &'a ClearingReason> {
        self.reasons(true)
    }

    fn reason_text(&self, reason: &ClearingReason) -> String {
        self.t.reason(&reason.code, &reason.says)
    }

    /// Whether no colleague holds it.
    fn is_free(&self) -> bool {
        self.alert.holder.as_ref().is_none_or(|holder| self.t.is_me(holder))
    }

    fn can_reopen(&self) -> bool {
        matches!(self.alert.state, State::Cleared | State::Proposed)
    }

    fn per_mille(&self) -> i64 {
        (self.alert.probability_millionths / 1_000).clamp(1, 1_000)
    }

    fn priority(&self) -> i64 {
        self.alert.priority(self.now)
    }

    fn age(&self) -> i64 {
        age_percent(self.alert.opened_at, self.now)
    }

    fn listings(&self) -> &[Listing] {
        let found = self.detail.observation.as_ref().and_then(|observation| observation.found.as_ref());
        found.map_or(&[], |found| &found.listings)
    }
}

/// What the customer of an alert is called; its id where nothing says.
#[must_use]
pub fn customer_name(detail: &Detail) -> &str {
    let observation = detail.observation.as_ref();
    let name = observation.and_then(|one| one.basis.customer.get("name")?.first());
    name.map_or(detail.alert.customer.as_str(), String::as_str)
}

/// Properties that say the same kind of thing; the first is the one that names the row.
const SAME_KIND: [(&str, &[&str]); 2] =
    [("name", &["name"]), ("country", &["country", "nationality", "citizenship", "jurisdiction", "flag"])];

/// What the two sides say; what can be compared stands first. Names are not judged here: the evidence says how alike they are.
pub(crate) fn sides_of(observation: &Observation) -> Vec<SideRow> {
    let mut rows: BTreeMap<&str, [Vec<String>; 2]> = BTreeMap::new();
    for (side, values) in [&observation.basis.customer, &observation.basis.listing].into_iter().enumerate() {
        for (property, values) in values.iter().filter(|(property, _)| *property != "topics") {
            let kind = SAME_KIND.iter().find(|(_, same)| same.contains(&property.as_str()));
            let row = &mut rows.entry(kind.map_or(property.as_str(), |(kind, _)| kind)).or_default()[side];
            let shown = values.iter().map(|value| {
                if kind.is_some_and(|(kind, _)| *kind == "country") { country(value) } else { value.clone() }
            });
            row.extend(shown.filter(|value| !row.contains(value)).collect::<Vec<_>>());
        }
    }
    let mut all: Vec<SideRow> = rows
        .into_iter()
        .map(|(property, [customer, listed])| SideRow {
            how: agreement(property, &customer, &listed),
            property: property.to_owned(),
            customer,
            listed,
        })
        .collect();
    let order = ["name", "alias", "weakAlias", "birthDate", "country", "birthPlace", "gender", "schema"];
    let place = |property: &str| order.iter().position(|other| *other == property).unwrap_or(order.len());
    all.sort_by_key(|side| (side.customer.is_empty() || side.listed.is_empty(), place(&side.property)));
    all
}

/// A country by its name, where the value is its code.
fn country(value: &str) -> String {
    Country::parse(value).map_or_else(|| value.to_owned(), |country| country.name().to_owned())
}

/// Whether both sides say the same, as far as both say something.
fn agreement(property: &str, customer: &[String], listed: &[String]) -> &'static str {
    if customer.is_empty() || listed.is_empty() {
        return "unknown";
    }
    // A number is the same in any of the ways in which it is written, as screening reads it.
    let kind = IdentifierKind::of_property(property);
    let same = |a: &String, b: &String| {
        let number = |text: &str| kind.and_then(|kind| Identifier::read(kind, text));
        if number(a).is_some_and(|a| Some(a) == number(b)) {
            return true;
        }
        // A date that is known to the year agrees with one of that year that is known to the day.
        let is_part = property.ends_with("Date") && (a.starts_with(b.as_str()) || b.starts_with(a.as_str()));
        is_part || a.to_lowercase() == b.to_lowercase()
    };
    let agree = customer.iter().any(|a| listed.iter().any(|b| same(a, b)));
    match (agree, property) {
        (true, _) => "agree",
        (false, "name" | "alias" | "weakAlias" | "address" | "notes") => "unknown",
        (false, _) => "differ",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_both_sides_say_agrees_or_differs_and_names_are_left_to_the_evidence() {
        let texts = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>();
        let how = |property, a: &[&str], b: &[&str]| agreement(property, &texts(a), &texts(b));
        assert_eq!(how("birthDate", &["1961"], &["1961-04-05"]), "agree");
        assert_eq!(how("birthDate", &["1961-05"], &["1961-04-05"]), "differ");
        assert_eq!(how("gender", &["Female"], &["female"]), "agree");
        assert_eq!(how("name", &["Zerrin Ornekoglu"], &["Zerrin Örnekoğlu"]), "unknown");
        assert_eq!(how("passportNumber", &[], &["U1"]), "unknown");
        assert_eq!(how("passportNumber", &["a 405-9346"], &["A4059346"]), "agree");
        assert_eq!(how("imoNumber", &["9116412"], &["IMO 9116412"]), "agree");
        assert_eq!(how("passportNumber", &["A4059347"], &["A4059346"]), "differ");
        assert_eq!(country("tr"), "Türkiye");
    }
}
