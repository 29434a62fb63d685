//! Acts on reports to an authority: draft, correct, send, write down what came back, and what is due.
//!
//! In come a seat and what a reporting officer wants; out comes what is so now. Everything takes [`Permission::Report`] and happens within the compartment
//! ([`crate::desk`]); what a draft is made from (a case, a freeze, the register) is read from the store as anybody reads it who may see it. Nothing in the store says
//! that a report was made.

mod facts;
mod house;
pub mod schema;

use std::path::Path;

use mihenk_ledger::{
    LedgerError, Reason, access,
    attachments::{self, Attachment, AttachmentId, Key},
    calendar::Calendar,
    day::Day,
    freezes, refusals,
    reports::{
        Content, Kinds, Report, ReportId, ReportKind, RequestId,
        clocks::{Calendars, Clock},
        content::Finding,
        due::{self, Due},
        goaml,
        kinds::{About, Form},
        sheet,
        state::{Answer, Sent},
        work::{self, Detail, NewReport, Written},
    },
};

use self::house::House;
use crate::{desk::Seat, error::NodeError, freezes::own_files, named::Named, permission::Permission};

/// What somebody wants to draft.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The kind of report.
    pub kind: String,
    /// What it is about: a case (`C-3`) or a freeze (`F-12`).
    pub about: Option<String>,
    /// In a line; made from what it is about when it is not given.
    pub title: Option<String>,
    /// The day on which what it reports happened; known for a freeze and a yearly report.
    pub event_day: Option<Day>,
    /// The report that it corrects or answers for.
    pub follows: Option<ReportId>,
}

/// A report as it is shown.
#[derive(Clone, Debug)]
pub struct Shown {
    /// All that is known of it.
    pub detail: Detail,
    /// Its kind.
    pub kind: ReportKind,
    /// What is missing in it, while it is a draft.
    pub findings: Vec<Finding>,
    /// Who the ids are.
    pub named: Named,
}

/// The kinds that come with the program, and those in the folder `reports` of the data folder.
///
/// # Errors
/// When a file of the user's own is none.
pub fn kinds(root: &Path) -> Result<Kinds, NodeError> {
    let mut all = Kinds::built_in()?;
    for (file, text) in own_files(&root.join("reports"))? {
        all.add(&file, &text)?;
    }
    Ok(all)
}

/// The calendars that come with the program, those in the folder `calendars` of the data folder, and the house's own.
///
/// # Errors
/// When a file of the user's own is no calendar.
pub fn calendars(root: &Path, house: Calendar) -> Result<Calendars, NodeError> {
    let mut all = Calendars::built_in(house)?;
    for (file, text) in own_files(&root.join("calendars"))? {
        let name = Path::new(&file).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        all.add(&name, &text, &file)?;
    }
    Ok(all)
}

/// Drafts a report from what it is about.
///
/// # Errors
/// When whoever sits here is no reporting officer, there is no such kind, case or freeze, or a day is missing.
pub fn draft(seat: &Seat<'_>, root: &Path, draft: &Draft) -> Result<ReportId, NodeError> {
    let kinds = kinds(root)?;
    let calendars = calendars(root, crate::freezes::calendar(root, None)?)?;
    seat.act_apart(Permission::Report, |_, _| Ok(()))?;
    let kind = kinds.get(&draft.kind)?;
    let house = House::read(root)?;
    let made = facts::gather(seat, kind, draft)?;
    let due = kind.clock.due(made.event_day, &calendars)?;
    let due = if matches!(kind.clock, Clock::Yearly { .. }) { made.due } else { due };
    let content = match kind.form {
        Form::Sheet => Content::filled(kind, &house.sheet, &made.facts),
        Form::Goaml => Content::Goaml(Box::new(facts::goaml(kind, house.goaml, &made))),
    };
    seat.act_apart(Permission::Report, |act, who| {
        let new = NewReport {
            title: draft.title.clone().unwrap_or(made.title),
            about: made.about,
            follows: draft.follows.clone(),
            event_day: made.event_day,
            due,
            content,
        };
        work::draft(act, who, kind, new)
    })
}

/// Puts other values into fields of a draft, or other content in its place.
///
/// # Errors
/// When it is no draft, or there is no such field.
pub fn correct(
    seat: &Seat<'_>,
    root: &Path,
    id: &ReportId,
    change: &Change,
    reason: Reason,
    seen: Option<i64>,
) -> Result<(), NodeError> {
    let kinds = kinds(root)?;
    seat.act_apart(Permission::Report, |act, who| {
        let report = work::report(act, id)?;
        let content = match change {
            Change::Fields(values) => report.content.with(kinds.get(&report.kind)?, values)?,
            Change::Whole(content) => content.clone(),
        };
        work::correct(act, who, id, content, reason, seen)
    })
}

/// How a draft becomes other.
#[derive(Clone, Debug)]
pub enum Change {
    /// Other values of fields.
    Fields(Vec<(String, String)>),
    /// Other content.
    Whole(Content),
}

/// All reports, oldest first.
///
/// # Errors
/// When whoever sits here is no reporting officer.
pub fn list(seat: &Seat<'_>) -> Result<Vec<Report>, NodeError> {
    seat.act_apart(Permission::Report, |act, who| {
        let reports = work::list(act)?;
        access::many_seen(act, who, reports.iter().map(|report| report.id.as_str()), "report list")?;
        Ok(reports)
    })
}

/// The reports about a case, a freeze or an alert, oldest first.
///
/// # Errors
/// When whoever sits here is no reporting officer.
pub fn about(seat: &Seat<'_>, about: &str) -> Result<Vec<Report>, NodeError> {
    seat.act_apart(Permission::Report, |act, who| {
        let reports = work::about(act, about)?;
        access::many_seen(act, who, reports.iter().map(|report| report.id.as_str()), "report about")?;
        Ok(reports)
    })
}

/// A report with all that is known of it.
///
/// # Errors
/// When there is none, or whoever sits here is no reporting officer.
pub fn show(seat: &Seat<'_>, root: &Path, id: &ReportId, version: goaml::Version) -> Result<Shown, NodeError> {
    let kinds = kinds(root)?;
    let (detail, kind) = seat.act_apart(Permission::Report, |act, who| {
        let detail = work::detail(act, id)?;
        access::seen(act, who, id.as_str(), "report show")?;
        let kind = kinds.get(&detail.report.kind)?.clone();
        Ok((detail, kind))
    })?;
    let is_draft = detail.report.sent.is_none();
    let findings = if is_draft { detail.report.content.check(&kind, version) } else { Vec::new() };
    let named = seat.act(Permission::See, |act, _| Named::read(act))?;
    Ok(Shown { detail, kind, findings, named })
}

/// The report as it would go now, or as it went.
///
/// # Errors
/// When it cannot be written as it is; the findings say why.
pub fn written(seat: &Seat<'_>, root: &Path, id: &ReportId, version: goaml::Version) -> Result<Written, NodeError> {
    let kinds = kinds(root)?;
    seat.act_apart(Permission::Report, |act, who| {
        let report = work::report(act, id)?;
        access::seen(act, who, id.as_str(), "report write")?;
        write(kinds.get(&report.kind)?, &report, version)
    })
}

fn write(kind: &ReportKind, report: &Report, version: goaml::Version) -> Result<Written, LedgerError> {
    let name = report.id.as_str();
    match &report.content {
        Content::Sheet(fields) => Ok(Written {
            name: format!("{name}.html"),
            bytes: sheet::letter(kind, report, fields).html().into_bytes(),
            form: format!("{} as a page", kind.id),
        }),
        Content::Goaml(content) => match goaml::write(content, version) {
            Ok(text) => {
                Ok(Written { name: format!("{name}.xml"), bytes: text.into_bytes(), form: format!("goAML {version}") })
            }
            Err(findings) => {
                let errors = findings.iter().filter(|finding| finding.is_error());
                let told = errors.map(|finding| format!("\n  {finding}")).collect::<String>();
                Err(refusals::report_not_written(name, told))
            }
        },
    }
}

/// Writes down that a report was sent, and keeps what was sent.
///
/// # Errors
/// When something is missing in it, or it is no draft.
pub fn send(
    seat: &Seat<'_>,
    root: &Path,
    id: &ReportId,
    version: goaml::Version,
    key: &Key,
    (on, how): (Option<Day>, &str),
) -> Result<Sent, NodeError> {
    let kinds = kinds(root)?;
    seat.act_apart(Permission::Report, |act, who| {
        let report = work::report(act, id)?;
        let kind = kinds.get(&report.kind)?;
        let written = write(kind, &report, version)?;
        let on = on.unwrap_or_else(|| Day::of(who.at));
        work::send(act, who, id, (kind, version), (key, &written), (on, how))
    })
}

/// Writes down what the authority said of a report.
///
/// # Errors
/// When it was not sent.
pub fn answered(seat: &Seat<'_>, id: &ReportId, answer: Answer) -> Result<(), NodeError> {
    seat.act_apart(Permission::Report, |act, who| work::answered(act, who, id, answer))
}

/// Writes down that the authority asks for more.
///
/// # Errors
/// When the report was not sent.
pub fn asked(
    seat: &Seat<'_>,
    id: &ReportId,
    reference: &str,
    (on, due): (Option<Day>, Option<Day>),
    what: Reason,
) -> Result<RequestId, NodeError> {
    seat.act_apart(Permission::Report, |act, who| {
        let on = on.unwrap_or_else(|| Day::of(who.at));
        work::asked(act, who, id, reference, (on, due), what)
    })
}

/// Writes down that a request was answered.
///
/// # Errors
/// When it is unknown or was answered.
pub fn replied(seat: &Seat<'_>, id: &RequestId, by: &str, on: Option<Day>) -> Result<ReportId, NodeError> {
    seat.act_apart(Permission::Report, |act, who| {
        let on = on.unwrap_or_else(|| Day::of(who.at));
        work::replied(act, who, id, by, on)
    })
}

/// Gives up a draft.
///
/// # Errors
/// When it is no draft.
pub fn withdraw(seat: &Seat<'_>, id: &ReportId, reason: Reason) -> Result<(), NodeError> {
    seat.act_apart(Permission::Report, |act, who| work::withdraw(act, who, id, reason))
}

/// Notes something.
///
/// # Errors
/// When there is no such report.
pub fn note(seat: &Seat<'_>, id: &ReportId, text: Reason) -> Result<(), NodeError> {
    seat.act_apart(Permission::Report, |act, who| work::note(act, who, id, text))
}

/// Attaches a document that a report rests on.
///
/// # Errors
/// When there is no such report, or the document is refused.
pub fn attach(
    seat: &Seat<'_>,
    id: &ReportId,
    key: &Key,
    name: &str,
    content: &[u8],
) -> Result<AttachmentId, NodeError> {
    seat.act_apart(Permission::Report, |act, who| work::attach(act, who, id, key, name, content))
}

/// What is due to authorities, what is over first.
///
/// # Errors
/// When whoever sits here is no reporting officer, or a calendar is unknown or ends.
pub fn due(seat: &Seat<'_>, root: &Path) -> Result<Vec<Due>, NodeError> {
    let kinds = kinds(root)?;
    let calendars = calendars(root, crate::freezes::calendar(root, None)?)?;
    seat.act_apart(Permission::Report, |_, _| Ok(()))?;
    let freezes = seat.act(Permission::See, |act, who| {
        let all = freezes::list(act, false)?;
        access::many_seen(act, who, all.iter().map(|freeze| freeze.id.as_str()), "freeze list")?;
        Ok(all)
    })?;
    seat.act_apart(Permission::Report, |act, who| {
        let today = Day::of(who.at);
        let all = due::due(act, &kinds, &calendars, &freezes, today)?;
        access::many_seen(act, who, all.iter().map(|due| due.id.as_str()), "report due")?;
        Ok(all)
    })
}

/// Whether a kind of report is about what an id names.
fn fits(kind: &ReportKind, about: Option<&str>) -> Result<(), LedgerError> {
    match (kind.about, about.and_then(|about| about.chars().next())) {
        (About::Case | About::Happening, Some('C' | 'c')) | (About::Freeze, Some('F' | 'f')) => Ok(()),
        (About::Register | About::Happening, None) => Ok(()),
        (About::Case, _) => Err(refusals::report_about_a_case(&kind.title)),
        (About::Freeze, _) => Err(refusals::report_about_a_freeze(&kind.title)),
        (About::Register, _) => Err(refusals::report_about_a_register(&kind.title)),
        (About::Happening, _) => Err(refusals::report_about_a_happening(&kind.title)),
    }
}

/// A document of a report, opened.
///
/// # Errors
/// When there is none in the compartment, or the key is another.
pub fn document(seat: &Seat<'_>, id: &AttachmentId, key: &Key) -> Result<(Attachment, Vec<u8>), NodeError> {
    seat.act_apart(Permission::Report, |act, who| {
        let (document, content) = attachments::content(act, key, id)?;
        access::seen(act, who, document.subject.as_str(), "report export-attachment")?;
        Ok((document, content))
    })
}
