//! The facts that fill a draft: what is known of a case, a freeze, or the register of a day.
//!
//! In come a seat and what a draft is about; out come names and values, as kinds of reports ask for them (`freeze.reference`). Reading is recorded in the store as
//! for anybody who looks.

use std::collections::BTreeMap;

use mihenk_ledger::{
    LedgerError, access,
    cases::{Detail, PartyKind, queue},
    day::Day,
    freezes::{
        self, Freeze,
        register::{self, By, Register},
    },
    money::Amount,
    refusals,
    reports::{ReportKind, goaml, kinds::About},
};

use super::{Draft, fits};
use crate::{desk::Seat, error::NodeError, permission::Permission};

/// What a draft is made from.
pub(super) struct Made {
    /// What it is about, in a line.
    pub(super) title: String,
    pub(super) about: Option<String>,
    pub(super) event_day: Day,
    /// By when a yearly one is due.
    pub(super) due: Option<Day>,
    pub(super) facts: BTreeMap<String, String>,
    pub(super) case: Option<Detail>,
}

pub(super) fn gather(seat: &Seat<'_>, kind: &ReportKind, draft: &Draft) -> Result<Made, NodeError> {
    let about = draft.about.as_deref();
    fits(kind, about)?;
    let today = Day::of(seat.desk().now());
    let happened = || draft.event_day.ok_or_else(refusals::report_day_needed);
    match (kind.about, about) {
        (About::Freeze, Some(id)) => {
            let freeze = seat.act(Permission::See, |act, who| {
                let freeze = freezes::show(act, &id.parse()?)?;
                access::seen(act, who, freeze.id.as_str(), "freeze show")?;
                Ok(freeze)
            })?;
            let day = draft.event_day.unwrap_or(freeze.terms.start);
            let title =
                format!("{} ({})", freeze.terms.entity.as_deref().unwrap_or(&freeze.terms.reference), freeze.id);
            Ok(made(title, Some(freeze.id.to_string()), day, of_freeze(&freeze)))
        }
        (About::Register, _) => {
            let (as_of, by) = kind.clock.next(today).ok_or_else(|| {
                LedgerError::refused(format!("{} is about a register and has no yearly clock", kind.title))
            })?;
            let as_of = draft.event_day.unwrap_or(as_of);
            if as_of > today {
                return Err(NodeError::Act(format!("{as_of} is ahead; the report is as of that day")));
            }
            let register = seat.act(Permission::See, |act, who| {
                let register = register::register(act, as_of.next().begins() - 1)?;
                access::many_seen(
                    act,
                    who,
                    register.entries.iter().map(|entry| entry.freeze.as_str()),
                    "freeze register",
                )?;
                Ok(register)
            })?;
            let facts = of_register(&register, kind.regime.as_deref().unwrap_or_default(), as_of);
            Ok(Made { due: Some(by), ..made(format!("as of {as_of}"), None, as_of, facts) })
        }
        (_, Some(id)) => {
            let detail = seat.act(Permission::See, |act, who| {
                let detail = queue::detail(act, &id.parse()?)?;
                access::seen(act, who, detail.case.id.as_str(), "case show")?;
                Ok(detail)
            })?;
            let day = if kind.about == About::Case { draft.event_day.unwrap_or(today) } else { happened()? };
            let made = made(detail.case.title.clone(), Some(detail.case.id.to_string()), day, of_case(&detail));
            Ok(Made { case: Some(detail), ..made })
        }
        (_, None) => {
            let title = draft.title.clone().unwrap_or_else(|| kind.title.clone());
            Ok(made(title, None, happened()?, BTreeMap::new()))
        }
    }
}

fn made(title: String, about: Option<String>, event_day: Day, facts: BTreeMap<String, String>) -> Made {
    Made { title, about, event_day, due: None, facts, case: None }
}

fn facts<const N: usize>(pairs: [(&str, String); N]) -> BTreeMap<String, String> {
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn lines(all: impl Iterator<Item = String>) -> String {
    all.collect::<Vec<_>>().join("\n")
}

fn worth(value: Option<Amount>) -> String {
    value.map_or_else(|| "value not known".to_owned(), |value| value.to_string())
}

fn of_freeze(freeze: &Freeze) -> BTreeMap<String, String> {
    let terms = &freeze.terms;
    let asset = |asset: &freezes::terms::Asset| {
        format!("{} {} at {}, {}", asset.kind.as_str(), asset.identifier, asset.holder, worth(asset.value))
    };
    facts([
        ("freeze.id", freeze.id.to_string()),
        ("freeze.entity", terms.entity.clone().unwrap_or_default()),
        ("freeze.authority", terms.authority.clone()),
        ("freeze.reference", terms.reference.clone()),
        ("freeze.start", terms.start.to_string()),
        ("freeze.holders", terms.holders().join("\n")),
        ("freeze.assets", lines(terms.restrained().map(asset))),
        ("freeze.values", lines(terms.restrained().filter_map(|asset| asset.value).map(|value| value.to_string()))),
    ])
}

fn of_register(register: &Register, regime: &str, as_of: Day) -> BTreeMap<String, String> {
    let entries = register.entries.iter().filter(|entry| entry.programme == regime);
    let line = |entry: &register::Entry| {
        let whose = entry.entity.as_deref().or(entry.customer.as_deref()).unwrap_or(&entry.reference);
        let (freeze, kind, holder) = (&entry.freeze, entry.kind.as_str(), &entry.holder);
        format!(
            "{freeze}: {whose}, {kind} {} at {holder}, {}, {}",
            entry.identifier,
            worth(entry.value),
            entry.reference
        )
    };
    let of_regime = Register { seq: register.seq, entries: entries.clone().cloned().collect() };
    let total = |total: register::Total| {
        let currency = total.currency?;
        let minor = i64::try_from(total.amount_minor).ok()?;
        Amount::new(minor, currency).ok().map(|total| total.to_string())
    };
    facts([
        ("register.as-of", as_of.to_string()),
        ("register.count", of_regime.entries.len().to_string()),
        ("register.lines", lines(entries.map(line))),
        ("register.totals", lines(of_regime.totals(By::Currency).into_iter().filter_map(total))),
    ])
}

fn of_case(detail: &Detail) -> BTreeMap<String, String> {
    let parties = detail.parties.iter().filter(|party| !party.is_struck);
    let named = parties.map(|party| {
        let role = if party.role.is_empty() { String::new() } else { format!(", {}", party.role) };
        format!("{} {}{role}", party.kind, party.name)
    });
    let customers = detail.alerts.iter().map(|joined| format!("{} {}", joined.customer_kind, joined.customer_name));
    facts([
        ("case.id", detail.case.id.to_string()),
        ("case.title", detail.case.title.clone()),
        ("case.legal-basis", detail.case.legal_basis.clone()),
        ("case.purpose", detail.case.purpose.clone()),
        ("case.parties", lines(named.chain(customers))),
    ])
}

/// The first form of a report of goAML: what the house says of itself, and who is in the case. What happened has to be written by a person.
pub(super) fn goaml(kind: &ReportKind, house: goaml::Report, made: &Made) -> goaml::Report {
    let Some(detail) = &made.case else { return goaml::Report { report_code: kind.code.clone(), ..house } };
    let customers = detail.alerts.iter().map(|joined| {
        let why = format!("{}: may be {} ({})", joined.alert_kind, joined.entity_name, joined.entity);
        report_party(joined.customer_kind, &joined.customer_name, true, why)
    });
    let parties = detail.parties.iter().filter(|party| !party.is_struck);
    let parties =
        parties.map(|party| report_party(party.kind, &party.name, party.customer.is_some(), party.role.clone()));
    goaml::Report {
        report_code: kind.code.clone(),
        submission_code: Some("E".to_owned()),
        entity_reference: Some(detail.case.id.to_string()),
        submission_date: Some(made.event_day.date().at(0, 0, 0, 0)),
        activity: Some(goaml::Activity { report_parties: customers.chain(parties).collect(), ..Default::default() }),
        ..house
    }
}

fn report_party(kind: PartyKind, name: &str, is_client: bool, reason: String) -> goaml::ReportParty {
    let text = || Some(name.to_owned());
    let mut party =
        goaml::ReportParty { reason: Some(reason).filter(|reason| !reason.is_empty()), ..Default::default() };
    match kind {
        PartyKind::Person => {
            let (first, last) = name.rsplit_once(' ').unwrap_or(("", name));
            let some = |part: &str| (!part.is_empty()).then(|| part.to_owned());
            let person = goaml::Person { first_name: some(first), last_name: some(last), ..Default::default() };
            let place = if is_client { &mut party.person_my_client } else { &mut party.person };
            *place = Some(Box::new(person));
        }
        PartyKind::Account | PartyKind::Wallet => {
            let account = goaml::Account { account: text(), ..Default::default() };
            let place = if is_client { &mut party.account_my_client } else { &mut party.account };
            *place = Some(Box::new(account));
        }
        PartyKind::Company | PartyKind::Vessel | PartyKind::Other => {
            let entity = goaml::Entity { name: text(), ..Default::default() };
            let place = if is_client { &mut party.entity_my_client } else { &mut party.entity };
            *place = Some(Box::new(entity));
        }
    }
    party
}
