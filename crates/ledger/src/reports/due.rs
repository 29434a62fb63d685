//! What is due to authorities, first things first.
//!
//! In come the reports with what authorities asked, the freezes that are in force, and the day; out come [`Due`] things: a draft to send, a request to answer, a report
//! that a freeze owes and nobody has drafted, and the yearly ones. Nothing is sent by the software.

use mihenk_store::Query;
use serde::Serialize;

use super::{
    Kinds, Report,
    clocks::{Calendars, Clock},
    kinds::{About, ReportKind},
    sql,
    state::ReportState,
};
use crate::{day::Day, error::LedgerError, freezes::Freeze};

/// Days before a yearly report is due from which it is told.
const TOLD_DAYS_BEFORE: i64 = 92;

/// Something that an authority waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Due {
    /// By which day; nothing where the law names none.
    pub by: Option<Day>,
    /// Whether that has passed.
    pub is_over: bool,
    /// The kind of report.
    pub kind: String,
    /// About which draft, request or freeze.
    pub id: String,
    /// In words.
    pub told: String,
    /// What has to be done.
    #[serde(skip)]
    pub what: What,
}

/// What an authority waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A draft that was not sent.
    Send,
    /// A report that follows one that was not taken.
    Follow,
    /// An answer to what was asked.
    Reply,
    /// A report that a freeze or a register owes, and that nobody has drafted.
    Draft,
}

/// What is due, what is over first, then by day, then what the law wants promptly.
///
/// # Errors
/// When the store refuses, or a calendar is unknown.
pub fn due(
    query: &mut impl Query,
    kinds: &Kinds,
    calendars: &Calendars,
    freezes: &[Freeze],
    today: Day,
) -> Result<Vec<Due>, LedgerError> {
    let reports = sql::reports(query)?;
    let mut all = Vec::new();
    let mut add = |what: What, by: Option<Day>, (kind, id): (&str, &str), told: String| {
        let is_over = by.is_some_and(|by| by < today);
        all.push(Due { by, is_over, kind: kind.to_owned(), id: id.to_owned(), told, what });
    };
    for report in reports.iter().filter(|report| report.state == ReportState::Draft) {
        add(What::Send, report.due, (&report.kind, report.id.as_str()), format!("draft to send: {}", report.title));
    }
    for report in reports.iter().filter(|report| report.state == ReportState::Rejected) {
        if !reports.iter().any(|later| later.follows.as_ref() == Some(&report.id) && counts(later)) {
            let told = "not taken; another one has to follow".to_owned();
            add(What::Follow, report.due, (&report.kind, report.id.as_str()), told);
        }
    }
    for request in sql::requests(query, None)?.iter().filter(|request| request.answered_on.is_none()) {
        let kind = reports.iter().find(|report| report.id == request.report).map_or("", |report| report.kind.as_str());
        let told = format!("asked about {}: {}", request.report, request.what);
        add(What::Reply, request.due, (kind, request.id.as_str()), told);
    }
    for kind in kinds.all() {
        for (by, id, told) in owed(kind, calendars, freezes, &reports, today)? {
            add(What::Draft, by, (&kind.id, &id), told);
        }
    }
    all.sort_by(|a, b| (!a.is_over, a.by.is_none(), a.by, &a.id).cmp(&(!b.is_over, b.by.is_none(), b.by, &b.id)));
    Ok(all)
}

type Owed = (Option<Day>, String, String);

/// What a kind of report owes that nobody has drafted.
fn owed(
    kind: &ReportKind,
    calendars: &Calendars,
    freezes: &[Freeze],
    reports: &[Report],
    today: Day,
) -> Result<Vec<Owed>, LedgerError> {
    let Some(regime) = &kind.regime else { return Ok(Vec::new()) };
    let of_regime = freezes.iter().filter(|freeze| freeze.state.restrains() && freeze.terms.programme == *regime);
    match (kind.about, &kind.clock) {
        (About::Freeze, clock) => {
            let open =
                of_regime.filter(|freeze| !reports.iter().any(|report| is_about(report, kind, freeze.id.as_str())));
            let owed = open.map(|freeze| {
                let by = clock.due(freeze.terms.start, calendars)?;
                Ok((
                    by,
                    freeze.id.to_string(),
                    format!("{} owed, {} of {}", kind.title, clock.words(), freeze.terms.start),
                ))
            });
            owed.collect()
        }
        (About::Register, clock @ Clock::Yearly { .. }) => {
            let Some((as_of, by)) = clock.next(today) else { return Ok(Vec::new()) };
            let is_near = by.begins() - today.begins() <= TOLD_DAYS_BEFORE * 86_400_000;
            let is_owed = is_near
                && of_regime.count() > 0
                && !reports.iter().any(|r| r.kind == kind.id && counts(r) && r.event_day == as_of);
            Ok(if is_owed {
                vec![(Some(by), String::new(), format!("{} as of {as_of}", kind.title))]
            } else {
                Vec::new()
            })
        }
        _ => Ok(Vec::new()),
    }
}

fn is_about(report: &Report, kind: &ReportKind, id: &str) -> bool {
    report.kind == kind.id && counts(report) && report.about.as_deref() == Some(id)
}

fn counts(report: &Report) -> bool {
    report.state != ReportState::Withdrawn
}
