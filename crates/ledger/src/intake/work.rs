//! What officers of a financial intelligence unit do with received reports: take in, triage, match, join, ask, order, disclose.
//!
//! Every function here takes an act of the compartment's store.

use mihenk_store::{Act, Query};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{
    ClockId, DisclosureId, IntakeEvent, ReceivedId, sql,
    state::{Clock, ClockKind, ClockState, Disclosure, Match, Priority, Received, ReceivedState},
};
use crate::{
    attachments::{self, Attachment, Key},
    error::LedgerError,
    freezes::line,
    happening::{Line, record, record_made, revision},
    reports::goaml,
    who::{Reason, Who},
};

/// The longest time that a clock may run at first or be extended by, in milliseconds: two years.
const CLOCK_MS: i64 = 2 * 366 * 24 * 60 * 60 * 1000;

/// A received report with all that is known of it.
#[derive(Clone, Debug, Serialize)]
pub struct Detail {
    /// The report.
    pub received: Received,
    /// Consents and orders.
    pub clocks: Vec<Clock>,
    /// What was disclosed.
    pub disclosures: Vec<Disclosure>,
    /// Its documents, the file among them.
    pub documents: Vec<Attachment>,
    /// What happened to it.
    pub history: Vec<Line>,
    /// The place of the last event about it.
    pub revision: i64,
}

/// Takes a report in, with its file, sealed.
///
/// A report that cannot be read never comes this far. One with errors is taken in and shows them: it can be returned to its sender.
///
/// # Errors
/// When the same file was received before.
pub fn receive(
    act: &mut Act<'_>,
    who: &Who,
    key: &Key,
    (file, bytes): (&str, &[u8]),
    incoming: goaml::Incoming,
) -> Result<ReceivedId, LedgerError> {
    let goaml::Incoming { report, version, mut findings, .. } = incoming;
    let sha256 = mihenk_store::hex::text(&Sha256::digest(bytes));
    let reference = report.entity_reference.clone().unwrap_or_default();
    let (same_file, same_reference) = sql::same(act, &sha256, &sql::reporter(&report), &reference)?;
    if let Some(before) = same_file {
        return Err(LedgerError::refused(format!("{file} was received before, as {before}")));
    }
    for finding in goaml::check(&report, version) {
        if !findings.iter().any(|known| known.path == finding.path && known.found == finding.found) {
            findings.push(finding);
        }
    }
    let priority = proposed(&report, &[]);
    let received =
        IntakeEvent::Received { file: file.to_owned(), sha256, version, report: Box::new(report), findings, priority };
    let id = ReceivedId::at(record_made(act, who, &received, |seq| ReceivedId::at(seq).into())?.seq);
    attachments::attach(act, who, id.as_str(), key, file, bytes)?;
    if let Some(before) = same_reference {
        let text = Reason::new(&format!("the same reporter sent {before} under the same reference {reference}"))?;
        record(act, who, id.as_str(), &IntakeEvent::Noted { text })?;
    }
    Ok(id)
}

/// How soon a report wants attention, by what it says and whom it matches; a person has the last word.
///
/// What is about terrorism, and what matches somebody listed, comes first.
fn proposed(report: &goaml::Report, matches: &[Match]) -> Priority {
    let is_terror = |text: &String| {
        let text = text.to_ascii_lowercase();
        text.contains("terror") || text == "tfr" || text == "tf"
    };
    let said = report.report_code.iter().chain(&report.report_indicators).chain(&report.reason);
    let is_listed = matches.iter().any(|found| found.among == "lists");
    if is_listed || said.into_iter().any(is_terror) { Priority::High } else { Priority::Normal }
}

/// Writes down whom the subjects of a report may be.
///
/// # Errors
/// When there is no such report.
pub fn matched(act: &mut Act<'_>, who: &Who, id: &ReceivedId, mut matches: Vec<Match>) -> Result<(), LedgerError> {
    let received = received(act, id)?;
    matches.sort();
    matches.dedup();
    if matches == received.matches && !matches.is_empty() {
        return Ok(());
    }
    // What somebody has said of its priority stays.
    let priority = (received.state == ReceivedState::New).then(|| proposed(&received.report, &matches));
    record(act, who, id.as_str(), &IntakeEvent::Matched { matches, priority })?;
    Ok(())
}

/// Says how much a report matters.
///
/// # Errors
/// When it is closed or went back.
pub fn triage(
    act: &mut Act<'_>,
    who: &Who,
    id: &ReceivedId,
    priority: Priority,
    reason: Reason,
) -> Result<(), LedgerError> {
    is_open(act, id)?;
    record(act, who, id.as_str(), &IntakeEvent::Triaged { priority, reason })?;
    Ok(())
}

/// Makes a report part of a case, which the caller has made sure of. The case does not say so.
///
/// # Errors
/// When it is closed or went back, or is part of that case.
pub fn join(act: &mut Act<'_>, who: &Who, id: &ReceivedId, case: &str, reason: Reason) -> Result<(), LedgerError> {
    let received = is_open(act, id)?;
    if received.case.as_deref() == Some(case) {
        return Err(LedgerError::refused(format!("{id} is part of {case} already")));
    }
    record(act, who, id.as_str(), &IntakeEvent::Joined { case: case.to_owned(), reason })?;
    Ok(())
}

/// Returns a report to whoever sent it.
///
/// # Errors
/// When it is closed or went back already.
pub fn give_back(act: &mut Act<'_>, who: &Who, id: &ReceivedId, reason: Reason) -> Result<(), LedgerError> {
    is_open(act, id)?;
    record(act, who, id.as_str(), &IntakeEvent::Returned { reason })?;
    Ok(())
}

/// A consent to be asked, or an order that postpones a transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewClock {
    /// Which of these.
    pub kind: ClockKind,
    /// Who is asked, or who has to hold the transaction.
    pub whom: String,
    /// To what, or which transaction.
    pub what: String,
    /// On what law or agreement it rests.
    pub basis: String,
    /// When it runs out, in milliseconds since 1970; an order always does.
    pub until: Option<i64>,
}

/// Asks for a consent, or orders a transaction to wait.
///
/// # Errors
/// When something is empty, an order has no end, or the end is not ahead.
pub fn begin(act: &mut Act<'_>, who: &Who, id: &ReceivedId, new: &NewClock) -> Result<ClockId, LedgerError> {
    is_open(act, id)?;
    if new.kind == ClockKind::Postponement && new.until.is_none() {
        return Err(LedgerError::refused("an order that postpones a transaction has an end; say until when"));
    }
    new.until.map_or(Ok(()), |until| ahead(until, who.at))?;
    let begun = IntakeEvent::ClockBegun {
        kind: new.kind,
        whom: line(&new.whom, "whom it is about")?,
        what: line(&new.what, "what it is about")?,
        basis: line(&new.basis, "the law or agreement that it rests on")?,
        until: new.until,
    };
    Ok(ClockId::at(record(act, who, id.as_str(), &begun)?.seq))
}

/// Lets a consent's or an order's clock run longer.
///
/// # Errors
/// When it does not run, or the new end is not behind the one before.
pub fn extend(act: &mut Act<'_>, who: &Who, id: &ClockId, until: i64, reason: Reason) -> Result<(), LedgerError> {
    let clock = runs(act, id)?;
    ahead(until, who.at)?;
    if clock.until.is_some_and(|before| until <= before) {
        return Err(LedgerError::refused(format!("{id} runs that long already; to end it sooner, end it")));
    }
    record(act, who, clock.report.as_str(), &IntakeEvent::ClockExtended { clock: id.clone(), until, reason })?;
    Ok(())
}

/// Writes down that a consent was given or refused, or ends an order.
///
/// # Errors
/// When it does not run any more, or cannot end like this.
pub fn end(
    act: &mut Act<'_>,
    who: &Who,
    id: &ClockId,
    state: ClockState,
    reason: Reason,
) -> Result<ReceivedId, LedgerError> {
    let clock = runs(act, id)?;
    let fits = match clock.kind {
        ClockKind::Consent => state != ClockState::Running,
        ClockKind::Postponement => state == ClockState::Ended,
    };
    if !fits {
        return Err(LedgerError::refused(format!("{id} is a {}; it cannot be {state}", clock.kind)));
    }
    record(act, who, clock.report.as_str(), &IntakeEvent::ClockEnded { clock: id.clone(), state, reason })?;
    Ok(clock.report)
}

/// What is to be disclosed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDisclosure {
    /// To whom.
    pub whom: String,
    /// What.
    pub what: Reason,
    /// What the receiver may do with it.
    pub caveats: String,
    /// Whether nobody had asked for it.
    pub is_spontaneous: bool,
    /// The consent that it rests on, when it needs one.
    pub consent: Option<ClockId>,
}

/// Writes down what was disclosed to somebody.
///
/// # Errors
/// When something is empty, or the consent was not given or is another report's.
pub fn disclose(
    act: &mut Act<'_>,
    who: &Who,
    id: &ReceivedId,
    new: NewDisclosure,
) -> Result<DisclosureId, LedgerError> {
    let received = received(act, id)?;
    if received.state == ReceivedState::Returned {
        return Err(LedgerError::refused(format!("{id} went back to its sender")));
    }
    for clock in sql::clocks(act, Some(id))? {
        let is_meant = new.consent.as_ref() == Some(&clock.id);
        if clock.kind == ClockKind::Consent && clock.state == ClockState::Refused && (is_meant || new.consent.is_none())
        {
            let why = clock.ended.unwrap_or_default();
            return Err(LedgerError::refused(format!("{} was refused by {}: {why}", clock.id, clock.whom)));
        }
        if clock.kind == ClockKind::Consent && clock.state == ClockState::Running && (is_meant || new.consent.is_none())
        {
            return Err(LedgerError::refused(format!("{} was asked of {} and is not given yet", clock.id, clock.whom)));
        }
    }
    if let Some(consent) = &new.consent {
        let clock = sql::clock(act, consent)?.ok_or_else(|| LedgerError::unknown("consent", consent))?;
        if clock.report != *id || clock.state != ClockState::Given {
            return Err(LedgerError::refused(format!("{consent} is no consent that was given for {id}")));
        }
    }
    let disclosed = IntakeEvent::Disclosed {
        whom: line(&new.whom, "to whom")?,
        what: new.what,
        caveats: line(&new.caveats, "what the receiver may do with it")?,
        is_spontaneous: new.is_spontaneous,
        consent: new.consent,
    };
    Ok(DisclosureId::at(record(act, who, id.as_str(), &disclosed)?.seq))
}

/// Notes something.
///
/// # Errors
/// When there is no such report.
pub fn note(act: &mut Act<'_>, who: &Who, id: &ReceivedId, text: Reason) -> Result<(), LedgerError> {
    received(act, id)?;
    record(act, who, id.as_str(), &IntakeEvent::Noted { text })?;
    Ok(())
}

/// Closes a report.
///
/// # Errors
/// When it is closed, or a consent or an order of it still runs.
pub fn close(act: &mut Act<'_>, who: &Who, id: &ReceivedId, reason: Reason) -> Result<(), LedgerError> {
    is_open(act, id)?;
    if let Some(clock) = sql::clocks(act, Some(id))?.iter().find(|clock| clock.state == ClockState::Running) {
        return Err(LedgerError::refused(format!("{} of {id} still runs: {}", clock.id, clock.what)));
    }
    record(act, who, id.as_str(), &IntakeEvent::Closed { reason })?;
    Ok(())
}

/// A received report.
///
/// # Errors
/// When there is none.
pub fn received(query: &mut impl Query, id: &ReceivedId) -> Result<Received, LedgerError> {
    sql::received(query, id)?.ok_or_else(|| LedgerError::unknown("received report", id))
}

/// Received reports, what wants attention first.
///
/// # Errors
/// When the store refuses.
pub fn list(query: &mut impl Query, with_closed: bool) -> Result<Vec<Received>, LedgerError> {
    sql::all(query, with_closed)
}

/// Consents and orders that run, what ran out first.
///
/// # Errors
/// When the store refuses.
pub fn running(query: &mut impl Query) -> Result<Vec<Clock>, LedgerError> {
    let mut clocks = sql::clocks(query, None)?;
    clocks.sort_by_key(|clock| clock.until.unwrap_or(i64::MAX));
    Ok(clocks)
}

/// A received report with all that is known of it.
///
/// # Errors
/// When there is none.
pub fn detail(query: &mut impl Query, id: &ReceivedId) -> Result<Detail, LedgerError> {
    let received = received(query, id)?;
    Ok(Detail {
        received,
        clocks: sql::clocks(query, Some(id))?,
        disclosures: sql::disclosures(query, id)?,
        documents: attachments::of(query, id.as_str())?,
        history: attachments::lines(query, id.as_str(), IntakeEvent::words)?,
        revision: revision(query, id.as_str())?,
    })
}

fn is_open(query: &mut impl Query, id: &ReceivedId) -> Result<Received, LedgerError> {
    let received = received(query, id)?;
    match received.state {
        ReceivedState::New | ReceivedState::Triaged => Ok(received),
        state => Err(LedgerError::refused(format!("{id} is {state}"))),
    }
}

fn runs(query: &mut impl Query, id: &ClockId) -> Result<Clock, LedgerError> {
    let clock = sql::clock(query, id)?.ok_or_else(|| LedgerError::unknown("consent or order", id))?;
    if clock.state != ClockState::Running {
        let why = clock.ended.unwrap_or_default();
        return Err(LedgerError::refused(format!("{id} does not run any more: {} ({why})", clock.state)));
    }
    Ok(clock)
}

fn ahead(until: i64, at: i64) -> Result<(), LedgerError> {
    if until <= at || until - at > CLOCK_MS {
        return Err(LedgerError::refused("a clock runs out after now, and within two years"));
    }
    Ok(())
}
