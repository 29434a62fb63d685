//! Acts of a financial intelligence unit on reports that it receives: take in, match, triage, join, ask for consent, postpone, disclose.
//!
//! In come a seat and files of goAML, or what an officer wants with one that was received; out comes what is so now. Everything takes [`Permission::Report`] and happens
//! within the compartment. What is held (customers, parties of cases) is read from the store as anybody reads it who may see it.

mod matching;

use std::path::Path;

use mihenk_ledger::{
    LedgerError, Reason, access,
    attachments::Key,
    cases::{self, CaseId},
    intake::{
        Clock, ClockId, ClockState, DisclosureId, Match, Priority, Received, ReceivedId,
        work::{self, Detail, NewClock, NewDisclosure},
    },
    reports::goaml,
};

use mihenk_screening::model::Model;

use crate::{desk::Seat, error::NodeError, named::Named, permission::Permission};

/// A received report as it is shown.
#[derive(Clone, Debug)]
pub struct Shown {
    /// All that is known of it.
    pub detail: Detail,
    /// Who the ids are.
    pub named: Named,
    /// The time at which clocks have run out or not.
    pub now: i64,
}

/// What became of a file.
#[derive(Clone, Debug)]
pub struct Taken {
    /// The received report.
    pub id: ReceivedId,
    /// Its findings that an authority would not take it for.
    pub errors: usize,
    /// Whom its subjects may be.
    pub matches: Vec<Match>,
}

/// Takes a file in: reads it, keeps it sealed, holds its subjects against the lists and what is held.
///
/// # Errors
/// When whoever sits here is no reporting officer, the file cannot be read as a report (with its place), or was received before; then nothing is kept.
pub fn receive(
    seat: &Seat<'_>,
    root: &Path,
    model: Model,
    key: &Key,
    (file, bytes): (&str, &[u8]),
) -> Result<Taken, NodeError> {
    seat.act_apart(Permission::Report, |_, _| Ok(()))?;
    let incoming = goaml::read(bytes).map_err(|error| NodeError::Act(format!("{file}: {error}")))?;
    let matches = matching::of(seat, root, model, &incoming.report, None)?;
    seat.act_apart(Permission::Report, |act, who| {
        let id = work::receive(act, who, key, (file, bytes), incoming)?;
        work::matched(act, who, &id, matches.clone())?;
        let errors = work::received(act, &id)?.errors().count();
        Ok(Taken { id, errors, matches })
    })
}

/// Holds the subjects of a report against the lists and what is held now.
///
/// # Errors
/// When there is none, or the lists cannot be read.
pub fn rematch(seat: &Seat<'_>, root: &Path, model: Model, id: &ReceivedId) -> Result<Vec<Match>, NodeError> {
    let received = seat.act_apart(Permission::Report, |act, who| {
        access::seen(act, who, id.as_str(), "intake match")?;
        work::received(act, id)
    })?;
    let matches = matching::of(seat, root, model, &received.report, Some(id))?;
    seat.act_apart(Permission::Report, |act, who| work::matched(act, who, id, matches.clone()))?;
    Ok(matches)
}

/// Received reports, what wants attention first, with consents and orders that run.
///
/// # Errors
/// When whoever sits here is no reporting officer.
pub fn list(seat: &Seat<'_>, with_closed: bool) -> Result<(Vec<Received>, Vec<Clock>), NodeError> {
    seat.act_apart(Permission::Report, |act, who| {
        let all = work::list(act, with_closed)?;
        access::many_seen(act, who, all.iter().map(|received| received.id.as_str()), "intake list")?;
        Ok((all, work::running(act)?))
    })
}

/// A received report with all that is known of it.
///
/// # Errors
/// When there is none.
pub fn show(seat: &Seat<'_>, id: &ReceivedId) -> Result<Shown, NodeError> {
    let detail = seat.act_apart(Permission::Report, |act, who| {
        let detail = work::detail(act, id)?;
        access::seen(act, who, id.as_str(), "intake show")?;
        Ok(detail)
    })?;
    let named = seat.act(Permission::See, |act, _| Named::read(act))?;
    Ok(Shown { detail, named, now: seat.desk().now() })
}

/// Says how much a report matters.
///
/// # Errors
/// When it is closed or went back.
pub fn triage(seat: &Seat<'_>, id: &ReceivedId, priority: Priority, reason: Reason) -> Result<(), NodeError> {
    seat.act_apart(Permission::Report, |act, who| work::triage(act, who, id, priority, reason))
}

/// Makes a report part of a case. The case does not say so.
///
/// # Errors
/// When there is no such case, or the report is closed.
pub fn join(seat: &Seat<'_>, id: &ReceivedId, case: &CaseId, reason: Reason) -> Result<(), NodeError> {
    seat.act_apart(Permission::Report, |_, _| Ok(()))?;
    seat.act(Permission::See, |act, who| {
        cases::case(act, case)?;
        access::seen(act, who, case.as_str(), "case show")
    })?;
    seat.act_apart(Permission::Report, |act, who| work::join(act, who, id, case.as_str(), reason))
}

/// Returns a report to whoever sent it.
///
/// # Errors
/// When it is closed or went back already.
pub fn give_back(seat: &Seat<'_>, id: &ReceivedId, reason: Reason) -> Result<Received, NodeError> {
    seat.act_apart(Permission::Report, |act, who| {
        work::give_back(act, who, id, reason)?;
        work::received(act, id)
    })
}

/// Asks for a consent, or orders a transaction to wait.
///
/// # Errors
/// When something is missing, or the end is not ahead.
pub fn begin(seat: &Seat<'_>, id: &ReceivedId, new: &NewClock) -> Result<ClockId, NodeError> {
    seat.act_apart(Permission::Report, |act, who| work::begin(act, who, id, new))
}

/// Lets a clock run longer.
///
/// # Errors
/// When it does not run.
pub fn extend(seat: &Seat<'_>, id: &ClockId, until: i64, reason: Reason) -> Result<(), NodeError> {
    seat.act_apart(Permission::Report, |act, who| work::extend(act, who, id, until, reason))
}

/// Writes down that a consent was given or refused, or ends an order.
///
/// # Errors
/// When it does not run, or cannot end like this.
pub fn end(seat: &Seat<'_>, id: &ClockId, state: ClockState, reason: Reason) -> Result<ReceivedId, NodeError> {
    seat.act_apart(Permission::Report, |act, who| work::end(act, who, id, state, reason))
}

/// Writes down what was disclosed to somebody.
///
/// # Errors
/// When a consent is missing.
pub fn disclose(seat: &Seat<'_>, id: &ReceivedId, new: NewDisclosure) -> Result<DisclosureId, NodeError> {
    seat.act_apart(Permission::Report, |act, who| work::disclose(act, who, id, new))
}

/// Notes something.
///
/// # Errors
/// When there is no such report.
pub fn note(seat: &Seat<'_>, id: &ReceivedId, text: Reason) -> Result<(), NodeError> {
    seat.act_apart(Permission::Report, |act, who| work::note(act, who, id, text))
}

/// Closes a report.
///
/// # Errors
/// When a consent or an order of it still runs.
pub fn close(seat: &Seat<'_>, id: &ReceivedId, reason: Reason) -> Result<(), NodeError> {
    seat.act_apart(Permission::Report, |act, who| work::close(act, who, id, reason))
}

/// What has run out and what runs, what ran out first.
///
/// # Errors
/// When whoever sits here is no reporting officer.
pub fn due(seat: &Seat<'_>) -> Result<Vec<Clock>, NodeError> {
    seat.act_apart(Permission::Report, |act, who| {
        let clocks = work::running(act)?;
        access::many_seen(act, who, clocks.iter().map(|clock| clock.id.as_str()), "intake due")?;
        Ok::<_, LedgerError>(clocks)
    })
}
