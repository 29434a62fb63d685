//! What reporting officers do with reports: draft, correct, send, write down what came back.
//!
//! Every function here takes an act of the compartment's store. A draft can be corrected as often as needed; what was sent changes no more: a report that
//! corrects it follows it.

use mihenk_store::{Act, Query};
use serde::Serialize;

use super::{
    Content, Report, ReportEvent, ReportId, Request, RequestId,
    content::Finding,
    goaml,
    kinds::ReportKind,
    sql,
    state::{Answer, ReportState, Sent},
};
use crate::{
    attachments::{self, Attachment, AttachmentId, Key},
    day::Day,
    error::LedgerError,
    freezes::line,
    happening::{Line, record, record_made, revision, unchanged_since},
    refusals,
    who::{Reason, Who},
};

/// What a new report needs.
#[derive(Clone, Debug, PartialEq)]
pub struct NewReport {
    /// What it is about, in a line.
    pub title: String,
    /// The case or freeze that it is about.
    pub about: Option<String>,
    /// The report that it corrects or answers for.
    pub follows: Option<ReportId>,
    /// The day on which what it reports happened.
    pub event_day: Day,
    /// The day by which it is due.
    pub due: Option<Day>,
    /// What it says at first.
    pub content: Content,
}

/// A report as it goes: bytes with a name, in a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The name of the file.
    pub name: String,
    /// What stands in it.
    pub bytes: Vec<u8>,
    /// The form and its version, such as `goaml 5.0.2`.
    pub form: String,
}

/// A report with all that is known of it.
#[derive(Clone, Debug, Serialize)]
pub struct Detail {
    /// The report.
    pub report: Report,
    /// What the authority asked for.
    pub requests: Vec<Request>,
    /// Its documents.
    pub documents: Vec<Attachment>,
    /// What happened to it.
    pub history: Vec<Line>,
    /// The place of the last event about it.
    pub revision: i64,
}

/// Drafts a report.
///
/// # Errors
/// When it has no title, its day is ahead, or what it follows is unknown or still a draft.
pub fn draft(act: &mut Act<'_>, who: &Who, kind: &ReportKind, new: NewReport) -> Result<ReportId, LedgerError> {
    let title = line(&new.title, "what the report is about")?;
    let today = Day::of(who.at);
    if new.event_day > today {
        return Err(refusals::report_day_ahead(new.event_day));
    }
    if let Some(before) = &new.follows
        && report(act, before)?.state == ReportState::Draft
    {
        return Err(refusals::report_is_draft(before));
    }
    let drafted = ReportEvent::Drafted {
        kind: kind.id.clone(),
        title,
        about: new.about,
        follows: new.follows,
        event_day: new.event_day,
        due: new.due,
        content: new.content,
    };
    Ok(ReportId::at(record_made(act, who, &drafted, |seq| ReportId::at(seq).into())?.seq))
}

/// Puts other content into a draft.
///
/// # Errors
/// When it was sent or withdrawn, or a colleague changed it since it was looked at.
pub fn correct(
    act: &mut Act<'_>,
    who: &Who,
    id: &ReportId,
    content: Content,
    reason: Reason,
    seen: Option<i64>,
) -> Result<(), LedgerError> {
    unchanged_since(act, id.as_str(), seen)?;
    is_draft(act, id)?;
    record(act, who, id.as_str(), &ReportEvent::Corrected { content, reason })?;
    Ok(())
}

/// Writes down that a report was sent, and keeps what was sent, sealed.
///
/// # Errors
/// When something is missing in it, it is no draft, or the day is ahead or before what it reports.
pub fn send(
    act: &mut Act<'_>,
    who: &Who,
    id: &ReportId,
    (kind, version): (&ReportKind, goaml::Version),
    (key, written): (&Key, &Written),
    (on, how): (Day, &str),
) -> Result<Sent, LedgerError> {
    let draft = is_draft(act, id)?;
    complete(&draft, &draft.content.check(kind, version))?;
    if on > Day::of(who.at) || on < draft.event_day {
        return Err(refusals::report_sent_between(draft.event_day, on));
    }
    let how = line(how, "how it was sent")?;
    let document = attachments::attach(act, who, id.as_str(), key, &written.name, &written.bytes)?;
    let sha256 = attachments::attachment(act, &document)?.sha256;
    let sent = Sent { on, how, form: written.form.clone(), document, sha256 };
    record(act, who, id.as_str(), &ReportEvent::Sent { sent: sent.clone() })?;
    Ok(sent)
}

fn complete(report: &Report, findings: &[Finding]) -> Result<(), LedgerError> {
    let errors: Vec<_> = findings.iter().filter(|finding| !finding.is_warning).collect();
    if errors.is_empty() {
        return Ok(());
    }
    let told = errors.iter().map(|finding| format!("\n  {}: {}", finding.place, finding.what)).collect::<String>();
    Err(refusals::report_incomplete(&report.id, told))
}

/// Writes down what the authority said of a report.
///
/// # Errors
/// When it was not sent, or the reference is empty.
pub fn answered(act: &mut Act<'_>, who: &Who, id: &ReportId, answer: Answer) -> Result<(), LedgerError> {
    let report = report(act, id)?;
    let Some(sent) = &report.sent else {
        return Err(refusals::report_not_sent(id, report.state));
    };
    if answer.on < sent.on || answer.on > Day::of(who.at) {
        return Err(refusals::report_answered_between(sent.on, answer.on));
    }
    let answer = Answer { reference: line(&answer.reference, "the authority's reference")?, ..answer };
    record(act, who, id.as_str(), &ReportEvent::Answered { answer })?;
    Ok(())
}

/// Writes down that the authority asks for more.
///
/// # Errors
/// When the report was not sent, or the reference is empty.
pub fn asked(
    act: &mut Act<'_>,
    who: &Who,
    id: &ReportId,
    reference: &str,
    (on, due): (Day, Option<Day>),
    what: Reason,
) -> Result<RequestId, LedgerError> {
    let report = report(act, id)?;
    if report.sent.is_none() {
        return Err(refusals::report_not_sent(id, report.state));
    }
    if due.is_some_and(|due| due < on) {
        return Err(refusals::request_due_before(on));
    }
    let reference = line(reference, "the authority's reference")?;
    let event = record(act, who, id.as_str(), &ReportEvent::Asked { reference, on, due, what })?;
    Ok(RequestId::at(event.seq))
}

/// Writes down that a request was answered, by a report that was sent or by something else that is named.
///
/// # Errors
/// When it is unknown or was answered, or the report that answers was not sent.
pub fn replied(act: &mut Act<'_>, who: &Who, id: &RequestId, by: &str, on: Day) -> Result<ReportId, LedgerError> {
    let request = sql::request(act, id)?.ok_or_else(|| LedgerError::unknown("request", id))?;
    if let Some(on) = request.answered_on {
        return Err(refusals::request_answered_already(id, on));
    }
    if on < request.asked_on || on > Day::of(who.at) {
        return Err(refusals::request_answered_between(request.asked_on, on));
    }
    let by = line(by, "what answers it")?;
    if let Ok(answering) = by.parse::<ReportId>()
        && report(act, &answering)?.sent.is_none()
    {
        return Err(refusals::answering_not_sent(answering));
    }
    record(act, who, request.report.as_str(), &ReportEvent::Replied { request: id.clone(), by, on })?;
    Ok(request.report)
}

/// Gives up a draft.
///
/// # Errors
/// When it is no draft.
pub fn withdraw(act: &mut Act<'_>, who: &Who, id: &ReportId, reason: Reason) -> Result<(), LedgerError> {
    is_draft(act, id)?;
    record(act, who, id.as_str(), &ReportEvent::Withdrawn { reason })?;
    Ok(())
}

/// Notes something.
///
/// # Errors
/// When there is no such report.
pub fn note(act: &mut Act<'_>, who: &Who, id: &ReportId, text: Reason) -> Result<(), LedgerError> {
    report(act, id)?;
    record(act, who, id.as_str(), &ReportEvent::Noted { text })?;
    Ok(())
}

/// Attaches a document that the report rests on.
///
/// # Errors
/// When there is no such report, or the document is refused.
pub fn attach(
    act: &mut Act<'_>,
    who: &Who,
    id: &ReportId,
    key: &Key,
    name: &str,
    content: &[u8],
) -> Result<AttachmentId, LedgerError> {
    report(act, id)?;
    attachments::attach(act, who, id.as_str(), key, name, content)
}

/// A report.
///
/// # Errors
/// When there is none.
pub fn report(query: &mut impl Query, id: &ReportId) -> Result<Report, LedgerError> {
    sql::report(query, id)?.ok_or_else(|| LedgerError::unknown("report", id))
}

/// All reports, oldest first.
///
/// # Errors
/// When the store refuses.
pub fn list(query: &mut impl Query) -> Result<Vec<Report>, LedgerError> {
    sql::reports(query)
}

/// The reports about a case, a freeze or an alert, oldest first.
///
/// # Errors
/// When the store refuses.
pub fn about(query: &mut impl Query, about: &str) -> Result<Vec<Report>, LedgerError> {
    sql::reports_about(query, about)
}

/// A report with all that is known of it.
///
/// # Errors
/// When there is none.
pub fn detail(query: &mut impl Query, id: &ReportId) -> Result<Detail, LedgerError> {
    let report = report(query, id)?;
    Ok(Detail {
        report,
        requests: sql::requests(query, Some(id))?,
        documents: attachments::of(query, id.as_str())?,
        history: attachments::lines(query, id.as_str(), ReportEvent::words)?,
        revision: revision(query, id.as_str())?,
    })
}

fn is_draft(query: &mut impl Query, id: &ReportId) -> Result<Report, LedgerError> {
    let report = report(query, id)?;
    match report.state {
        ReportState::Draft => Ok(report),
        ReportState::Withdrawn => Err(refusals::report_withdrawn(id)),
        state => Err(refusals::report_is_a_record(id, state)),
    }
}
