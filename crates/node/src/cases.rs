//! Acts on cases: who may look and work, and what is recorded of it.
//!
//! The rules are in the ledger; the picture is drawn by [`crate::graph`], the page that prints is written by `page`.

mod page;

use jiff::civil::Date;
use mihenk_ledger::{
    LedgerError, Reason, Who,
    access::{many_seen, seen},
    alerts::AlertId,
    attachments::{AttachmentId, Key},
    cases::{
        Case, CaseId, CaseTaskId, Detail, LinkId, PartyId, Task,
        graph::{self, Graph},
        queue,
        work::{self, NewCase, NewParty},
    },
    happening::Line,
};
use mihenk_store::Act;

pub use self::page::export;
use crate::{
    alerts::who_may,
    desk::Seat,
    error::NodeError,
    named::{self, Named},
    permission::Permission,
};

/// Cases as they are listed, with what whoever asks has still to do.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The cases, oldest first.
    pub cases: Vec<Case>,
    /// The open tasks of whoever asks, the one that is due next first.
    pub tasks: Vec<Task>,
    /// Who the ids are.
    pub named: Named,
    /// The time at which tasks are overdue or not.
    pub now: i64,
}

/// A case as it is shown, with the time at which tasks are overdue or not.
pub type Shown = named::Shown<Detail>;

/// Opens a case, with alerts if there are any.
///
/// # Errors
/// When something is empty, or an alert cannot be joined; then there is no case either.
pub fn open(seat: &Seat<'_>, new: NewCase, alerts: &[AlertId]) -> Result<CaseId, NodeError> {
    seat.act(Permission::WorkCases, |act, who| {
        let reason = new.purpose.clone();
        let id = work::open(act, who, new)?;
        work::join_alerts(act, who, &id, alerts, &reason, None)?;
        Ok(id)
    })
}

/// All cases.
///
/// # Errors
/// When whoever sits here may not see cases.
pub fn list(seat: &Seat<'_>, with_closed: bool) -> Result<Listed, NodeError> {
    seat.act(Permission::See, |act, who| {
        let cases = queue::list(act, with_closed)?;
        many_seen(act, who, cases.iter().map(|case| case.id.as_str()), "case list")?;
        let tasks = queue::tasks_of(act, &who.actor)?;
        Ok(Listed { cases, tasks, named: Named::read(act)?, now: who.at })
    })
}

/// A case with all that is known of it.
///
/// # Errors
/// When there is none.
pub fn show(seat: &Seat<'_>, id: &CaseId) -> Result<Shown, NodeError> {
    seat.act(Permission::See, |act, who| {
        let detail = queue::detail(act, id)?;
        Shown::to(act, who, id.as_str(), "case show", detail)
    })
}

/// What happened in a case and to its alerts.
///
/// # Errors
/// When there is none.
pub fn timeline(seat: &Seat<'_>, id: &CaseId) -> Result<(Vec<Line>, Named), NodeError> {
    seat.act(Permission::See, |act, who| {
        let lines = queue::timeline(act, id)?;
        seen(act, who, id.as_str(), "case timeline")?;
        Ok((lines, Named::read(act)?))
    })
}

/// Who is in a case and what ties them, with the case's title; [`crate::graph::draw`] draws it.
///
/// # Errors
/// When there is none.
pub fn graph(seat: &Seat<'_>, id: &CaseId) -> Result<(String, Graph), NodeError> {
    seat.act(Permission::See, |act, who| {
        let detail = queue::detail(act, id)?;
        seen(act, who, id.as_str(), "case graph")?;
        Ok((detail.case.title.clone(), graph::of(&detail)))
    })
}

/// Makes alerts part of a case, all or none.
///
/// # Errors
/// When the case is closed, or an alert is held by a colleague or in a case already.
pub fn join(
    seat: &Seat<'_>,
    id: &CaseId,
    alerts: &[AlertId],
    reason: &Reason,
    revision: Option<i64>,
) -> Result<(), NodeError> {
    seat.act(Permission::WorkCases, |act, who| work::join_alerts(act, who, id, alerts, reason, revision))
}

/// Takes an alert out of a case; it is open again.
///
/// # Errors
/// When it is not part of it.
pub fn part(seat: &Seat<'_>, id: &CaseId, alert: &AlertId, reason: Reason) -> Result<(), NodeError> {
    seat.act(Permission::WorkCases, |act, who| work::part_alert(act, who, id, alert, reason))
}

/// Adds a person, a company, an account, a vessel.
///
/// # Errors
/// When it is there already, or the case is closed.
pub fn add_party(seat: &Seat<'_>, id: &CaseId, new: NewParty) -> Result<PartyId, NodeError> {
    seat.act(Permission::WorkCases, |act, who| work::add_party(act, who, id, new))
}

/// Ties two parties.
///
/// # Errors
/// When an end is not in the case.
pub fn link(
    seat: &Seat<'_>,
    id: &CaseId,
    ends: (&str, &str),
    (kind, source): (&str, &str),
) -> Result<LinkId, NodeError> {
    seat.act(Permission::WorkCases, |act, who| work::link(act, who, id, ends, (kind, source)))
}

/// Strikes out a party or a link, by its id.
///
/// # Errors
/// When it is not in the case.
pub fn strike(seat: &Seat<'_>, id: &CaseId, what: &str, reason: Reason) -> Result<(), NodeError> {
    seat.act(Permission::WorkCases, |act, who| match what.parse::<PartyId>() {
        Ok(party) => work::strike_party(act, who, id, &party, reason),
        Err(_) => match what.parse::<LinkId>() {
            Ok(link) => work::strike_link(act, who, id, &link, reason),
            Err(_) => Err(LedgerError::refused(format!(
                "{what:?} is no id of a party or a link; right would be one such as CP-17 or CL-18"
            ))),
        },
    })
}

/// Notes something.
///
/// # Errors
/// When the case is closed.
pub fn note(seat: &Seat<'_>, id: &CaseId, text: Reason) -> Result<(), NodeError> {
    seat.act(Permission::WorkCases, |act, who| work::note(act, who, id, text))
}

/// Attaches a document.
///
/// # Errors
/// When the case is closed, or the document is refused.
pub fn attach(seat: &Seat<'_>, id: &CaseId, key: &Key, name: &str, content: &[u8]) -> Result<AttachmentId, NodeError> {
    seat.act(Permission::WorkCases, |act, who| work::attach(act, who, id, key, name, content))
}

/// Sets a task for an analyst; for oneself when nobody is named.
///
/// # Errors
/// When its day is past, or there is no such analyst.
pub fn set_task(
    seat: &Seat<'_>,
    id: &CaseId,
    what: &str,
    due: Date,
    owner: Option<&str>,
) -> Result<CaseTaskId, NodeError> {
    seat.act(Permission::WorkCases, |act, who| {
        let owner = match owner {
            Some(name) => who_may(act, name, Permission::WorkCases)?,
            None => who.actor.parse()?,
        };
        work::set_task(act, who, id, what, due, &owner)
    })
}

/// Says that a task is done.
///
/// # Errors
/// When there is none, or it was done already.
pub fn task_done(seat: &Seat<'_>, id: &CaseTaskId, note: Option<Reason>) -> Result<CaseId, NodeError> {
    seat.act(Permission::WorkCases, |act, who| work::task_done(act, who, id, note))
}

/// Offers a case to another analyst.
///
/// # Errors
/// When whoever sits here does not own it, or there is no such analyst.
pub fn offer(seat: &Seat<'_>, id: &CaseId, to: &str, reason: Reason) -> Result<(), NodeError> {
    seat.act(Permission::WorkCases, |act, who| {
        let to = who_may(act, to, Permission::WorkCases)?;
        work::offer(act, who, id, &to, reason)
    })
}

/// Takes over a case that was offered.
///
/// # Errors
/// When it was not.
pub fn accept(seat: &Seat<'_>, id: &CaseId) -> Result<(), NodeError> {
    on(seat, |act, who| work::accept(act, who, id))
}

/// Does not take over a case that was offered, or takes the offer back.
///
/// # Errors
/// When there is no such offer.
pub fn decline(seat: &Seat<'_>, id: &CaseId, reason: Reason) -> Result<(), NodeError> {
    on(seat, |act, who| work::decline(act, who, id, reason))
}

/// Closes a case.
///
/// # Errors
/// When whoever sits here does not own it, or a task is not done.
pub fn close(seat: &Seat<'_>, id: &CaseId, reason: Reason, revision: Option<i64>) -> Result<(), NodeError> {
    on(seat, |act, who| work::close(act, who, id, reason, revision))
}

/// Opens a closed case again.
///
/// # Errors
/// When it is open.
pub fn reopen(seat: &Seat<'_>, id: &CaseId, reason: Reason) -> Result<(), NodeError> {
    on(seat, |act, who| work::reopen(act, who, id, reason))
}

fn on<T>(seat: &Seat<'_>, act: impl FnOnce(&mut Act<'_>, &Who) -> Result<T, LedgerError>) -> Result<T, NodeError> {
    seat.act(Permission::WorkCases, act)
}
