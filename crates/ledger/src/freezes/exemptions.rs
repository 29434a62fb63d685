//! Exemptions and licences: what may be paid from what is restrained, and how much of it was.
//!
//! An exemption is proposed by one person and confirmed by another, and then goes the way its regime says: the committee is notified and does not object
//! within so many working days, or approves, or an authority's licence is quoted, or nothing more is needed. Each use is an event with
//! an amount; uses never exceed the limit nor leave the days of validity.

use mihenk_store::{Act, Query};
use serde::{Deserialize, Serialize};

use super::{Freeze, FreezeEvent, FreezeId, another, line, person, sql};
use crate::{
    calendar::Calendar,
    day::Day,
    error::LedgerError,
    happening::{record, record_made, revision, unchanged_since},
    id,
    money::Amount,
    refusals,
    regimes::{Procedure, Regimes},
    who::{Reason, Who},
};

id!(
    /// An exemption or a licence.
    ExemptionId, "L", "an exemption"
);

/// What an exemption is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExemptionTerms {
    /// The freeze that it is from.
    pub freeze: FreezeId,
    /// The kind, as the regime names it: `basic-expenses`.
    pub kind: String,
    /// What must happen before it may be used, as the regime said when it was proposed.
    pub procedure: Procedure,
    /// Working days within which the committee may object.
    pub working_days: Option<u32>,
    /// Whether it is for everybody under its terms.
    pub general: bool,
    /// What all uses together must not exceed.
    pub limit: Option<Amount>,
    /// The first day on which it may be used.
    pub from: Day,
    /// The last.
    pub until: Day,
    /// Who is paid.
    pub recipient: String,
    /// The number of a licence.
    pub reference: Option<String>,
}

/// An exemption as somebody asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The kind, as the regime names it.
    pub kind: String,
    /// What all uses together must not exceed.
    pub limit: Option<Amount>,
    /// The first day on which it may be used.
    pub from: Day,
    /// The last.
    pub until: Day,
    /// Who is paid.
    pub recipient: String,
    /// The number of a licence.
    pub reference: Option<String>,
}

/// Where an exemption stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExemptionState {
    /// One person proposed it.
    Proposed,
    /// Two people agree; the committee has to be notified.
    Agreed,
    /// The committee was notified.
    Notified,
    /// It may be used within its days and limit.
    Usable,
    /// The committee objected or refused.
    Refused,
    /// It was taken back or declined.
    Declined,
}

impl ExemptionState {
    const ALL: [ExemptionState; 6] = [
        ExemptionState::Proposed,
        ExemptionState::Agreed,
        ExemptionState::Notified,
        ExemptionState::Usable,
        ExemptionState::Refused,
        ExemptionState::Declined,
    ];

    /// As it is written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            ExemptionState::Proposed => "proposed",
            ExemptionState::Agreed => "agreed",
            ExemptionState::Notified => "notified",
            ExemptionState::Usable => "usable",
            ExemptionState::Refused => "refused",
            ExemptionState::Declined => "declined",
        }
    }

    pub(super) fn read(text: &str) -> Result<ExemptionState, LedgerError> {
        let found = ExemptionState::ALL.into_iter().find(|state| state.as_str() == text);
        found.ok_or_else(|| LedgerError::refused(format!("{text:?} is no state of an exemption")))
    }
}

/// An exemption.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Exemption {
    /// The id.
    pub id: ExemptionId,
    /// Where it stands.
    pub state: ExemptionState,
    /// What it is.
    pub terms: ExemptionTerms,
    /// Who proposed it.
    pub proposed_by: String,
    /// When, in milliseconds since 1970.
    pub proposed_at: i64,
    /// Who confirmed it.
    pub confirmed_by: Option<String>,
    /// When the committee was notified.
    pub notified_on: Option<Day>,
    /// The last day on which the committee may object.
    pub may_object_until: Option<Day>,
    /// How much of the limit was used, in minor units of its currency.
    pub used_minor: i64,
    /// How often it was used.
    pub uses: i64,
    /// The place in the chain of the last event about it.
    pub revision: i64,
}

impl Exemption {
    /// What is left of the limit; none when it has no limit.
    #[must_use]
    pub fn left(&self) -> Option<Amount> {
        let limit = self.terms.limit?;
        Amount::new(limit.minor() - self.used_minor, limit.currency()).ok()
    }

    /// Why it may not be used on a day; `None` when it may.
    #[must_use]
    pub fn hindered(&self, on: Day) -> Option<LedgerError> {
        let terms = &self.terms;
        let waits = match (self.state, self.may_object_until) {
            (ExemptionState::Usable, _) => None,
            (ExemptionState::Notified, Some(until)) if on > until => None,
            (ExemptionState::Notified, Some(until)) => Some(refusals::committee_may_object(until)),
            (ExemptionState::Notified, None) => Some(refusals::committee_not_approved()),
            (ExemptionState::Agreed, _) => Some(refusals::committee_not_notified()),
            (ExemptionState::Proposed, _) => Some(refusals::exemption_not_confirmed()),
            (ExemptionState::Refused, _) => Some(refusals::committee_refused()),
            (ExemptionState::Declined, _) => Some(refusals::exemption_was_declined()),
        };
        let outside = on < terms.from || on > terms.until;
        waits.or_else(|| outside.then(|| refusals::exemption_not_valid(terms.from, terms.until)))
    }
}

/// Proposes an exemption; another person confirms it.
///
/// # Errors
/// When nothing is restrained, the regime knows no such exemption, or a limit, a licence's number or a day is missing or wrong.
pub fn exempt(
    act: &mut Act<'_>,
    who: &Who,
    regimes: &Regimes,
    freeze: &Freeze,
    wanted: &Wanted,
    reason: Reason,
) -> Result<ExemptionId, LedgerError> {
    person(who)?;
    if !freeze.state.restrains() {
        return Err(refusals::nothing_to_exempt(&freeze.id, freeze.state.as_str()));
    }
    let rule = regimes.get(&freeze.terms.programme)?.exemption(&wanted.kind)?;
    if rule.needs_limit && wanted.limit.is_none_or(|limit| limit.minor() == 0) {
        return Err(refusals::exemption_needs_limit(&rule.title));
    }
    if rule.procedure == Procedure::Licence && wanted.reference.is_none() {
        return Err(refusals::exemption_needs_licence(&rule.title));
    }
    if wanted.until < wanted.from || wanted.until < Day::of(who.at) {
        return Err(refusals::exemption_over(wanted.until));
    }
    let terms = ExemptionTerms {
        freeze: freeze.id.clone(),
        kind: rule.kind.clone(),
        procedure: rule.procedure,
        working_days: rule.working_days,
        general: rule.general,
        limit: wanted.limit,
        from: wanted.from,
        until: wanted.until,
        recipient: line(&wanted.recipient, "who is paid")?,
        reference: wanted.reference.as_deref().map(|text| line(text, "the number of the licence")).transpose()?,
    };
    let event = FreezeEvent::ExemptionProposed { terms, reason };
    let event = record_made(act, who, &event, |seq| ExemptionId::at(seq).into())?;
    Ok(ExemptionId::at(event.seq))
}

/// An exemption.
///
/// # Errors
/// When there is none.
pub fn show(query: &mut impl Query, id: &ExemptionId) -> Result<Exemption, LedgerError> {
    let mut exemption = sql::exemption(query, id)?.ok_or_else(|| LedgerError::unknown("exemption", id))?;
    exemption.revision = revision(query, id.as_str())?;
    Ok(exemption)
}

fn looked_at(act: &mut Act<'_>, id: &ExemptionId, seen: Option<i64>) -> Result<Exemption, LedgerError> {
    unchanged_since(act, id.as_str(), seen)?;
    show(act, id)
}

/// Refuses what does not fit where an exemption stands.
fn in_state(exemption: &Exemption, states: &[ExemptionState]) -> Result<(), LedgerError> {
    if states.contains(&exemption.state) {
        return Ok(());
    }
    let right = states.iter().map(|state| state.as_str()).collect::<Vec<_>>().join(" or ");
    Err(refusals::exemption_stands_otherwise(&exemption.id, exemption.state.as_str(), right))
}

/// Confirms what another person proposed.
///
/// # Errors
/// When it is one's own, or does not wait any more.
pub fn confirm(act: &mut Act<'_>, who: &Who, id: &ExemptionId, seen: Option<i64>) -> Result<Exemption, LedgerError> {
    let exemption = looked_at(act, id, seen)?;
    in_state(&exemption, &[ExemptionState::Proposed])?;
    another(who, &exemption.proposed_by, id.as_str())?;
    record(act, who, id.as_str(), &FreezeEvent::ExemptionConfirmed {})?;
    show(act, id)
}

/// Takes one's own proposal back, or declines another's.
///
/// # Errors
/// When it does not wait any more.
pub fn decline(
    act: &mut Act<'_>,
    who: &Who,
    id: &ExemptionId,
    seen: Option<i64>,
    reason: Reason,
) -> Result<Exemption, LedgerError> {
    person(who)?;
    let exemption = looked_at(act, id, seen)?;
    in_state(&exemption, &[ExemptionState::Proposed])?;
    record(act, who, id.as_str(), &FreezeEvent::ExemptionDeclined { reason })?;
    show(act, id)
}

/// What the committee was told or said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Committee {
    /// It was notified.
    Notified {
        /// The number of the letter.
        reference: String,
    },
    /// It approved.
    Approved {
        /// The number of the letter.
        reference: String,
    },
    /// It objected or refused.
    Objected {
        /// What it said.
        reason: Reason,
    },
}

/// Writes down what the committee was told or said on a day. Working days are counted with the calendar.
///
/// # Errors
/// When it does not fit the exemption, or the day is ahead.
pub fn committee(
    act: &mut Act<'_>,
    who: &Who,
    id: &ExemptionId,
    on: Day,
    said: Committee,
    calendar: &Calendar,
) -> Result<Exemption, LedgerError> {
    person(who)?;
    let exemption = show(act, id)?;
    let procedure = exemption.terms.procedure;
    if !matches!(procedure, Procedure::Notify | Procedure::Approve) {
        return Err(refusals::no_committee(id, &exemption.terms.kind));
    }
    if on > Day::of(who.at) || exemption.notified_on.is_some_and(|notified| on < notified) {
        return Err(refusals::committee_day_wrong(on));
    }
    let event = match said {
        Committee::Notified { reference } => {
            in_state(&exemption, &[ExemptionState::Agreed])?;
            let days = exemption.terms.working_days.filter(|_| procedure == Procedure::Notify);
            let may_object_until = days.map(|days| calendar.after(on, days)).transpose()?;
            let reference = line(&reference, "the number of the letter")?;
            FreezeEvent::CommitteeNotified { on, may_object_until, calendar: calendar.title.clone(), reference }
        }
        Committee::Approved { reference } => {
            in_state(&exemption, &[ExemptionState::Notified])?;
            FreezeEvent::CommitteeApproved { on, reference: line(&reference, "the number of the letter")? }
        }
        Committee::Objected { reason } => {
            in_state(&exemption, &[ExemptionState::Notified, ExemptionState::Usable])?;
            FreezeEvent::CommitteeObjected { on, reason }
        }
    };
    record(act, who, id.as_str(), &event)?;
    show(act, id)
}

/// Counts a payment under an exemption, and says what is left.
///
/// # Errors
/// When it may not be used on that day, the freeze restrains nothing any more, or the amount is none, of another currency, or more than is left.
pub fn use_exemption(
    act: &mut Act<'_>,
    who: &Who,
    id: &ExemptionId,
    amount: Amount,
    on: Day,
    reason: Reason,
) -> Result<Exemption, LedgerError> {
    person(who)?;
    let exemption = show(act, id)?;
    let freeze = super::show(act, &exemption.terms.freeze)?;
    if !freeze.state.restrains() {
        return Err(refusals::no_exemption_needed(&freeze.id, freeze.state.as_str()));
    }
    if on > Day::of(who.at) {
        return Err(refusals::payment_ahead(on));
    }
    if let Some(why) = exemption.hindered(on) {
        return Err(why);
    }
    if amount.minor() == 0 {
        return Err(refusals::payment_of_nothing());
    }
    if let (Some(limit), Some(left)) = (exemption.terms.limit, exemption.left()) {
        if limit.currency() != amount.currency() {
            return Err(refusals::payment_other_currency(id, limit.currency(), amount));
        }
        if amount.minor() > left.minor() {
            return Err(refusals::payment_too_large(id, amount, left, limit));
        }
    }
    record(act, who, id.as_str(), &FreezeEvent::Used { amount, on, reason })?;
    show(act, id)
}
