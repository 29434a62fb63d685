//! Acts on alerts: who may look, work, review, and what is recorded of it.
//!
//! Reading alerts is an act: it leaves who read how many of which. The rules of the house are files in the data folder or those that are built in
//! ([`policy`]).

pub mod desk;

use std::{collections::BTreeMap, path::Path};

use mihenk_ledger::{
    LedgerError, Reason, Who,
    access::{many_seen, seen},
    alerts::{
        Alert, AlertId, Clearing, Filter, Policy, Rule, RuleId, Term,
        policy::{KINDS_FILE, REASONS_FILE},
        queue::{self, Detail},
        review::{self, ReasonCount, Verdict},
        rules, terms,
        work::{self, Cleared, ToClear},
    },
    attachments::{self, Attachment, AttachmentId, Key},
    people::{self, UserId},
    refusals,
};
use mihenk_store::Act;

use crate::{
    desk::Seat,
    error::NodeError,
    folder::read_if_there,
    named::{self, Named},
    permission::Permission,
};

/// Alerts as they are shown.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Some of them, most urgent first.
    pub alerts: Vec<Alert>,
    /// How many there are of this kind.
    pub count: u64,
    /// Who the ids are.
    pub named: Named,
    /// The time at which the priorities hold.
    pub now: i64,
}

/// An alert as it is shown, with the time at which its priority holds.
pub type Shown = named::Shown<Detail>;

/// What holds in this house: the files of the data folder where they are, and what is built in.
///
/// # Errors
/// When one is there and cannot be read or is wrong.
pub fn policy(folder: Option<&Path>) -> Result<Policy, NodeError> {
    let read = |name: &str| folder.map_or(Ok(None), |folder| read_if_there(&folder.join(name)));
    let (kinds, reasons) = (read(KINDS_FILE)?, read(REASONS_FILE)?);
    Ok(Policy::read(kinds.as_deref(), reasons.as_deref())?)
}

/// Alerts for which all `terms` are so, most urgent first.
///
/// # Errors
/// When a term cannot be understood, or whoever sits here may not see alerts.
pub fn list(seat: &Seat<'_>, written: &[String], limit: u32) -> Result<Listed, NodeError> {
    seat.act(Permission::See, |act, who| listed(act, who, written, limit))
}

fn listed(act: &mut Act<'_>, who: &Who, written: &[String], limit: u32) -> Result<Listed, LedgerError> {
    let filter = terms::read(act, who, written)?;
    let alerts = queue::list(act, &filter, who.at, limit)?;
    let count = queue::count(act, &filter, who.at)?;
    many_seen(act, who, alerts.iter().map(|alert| alert.id.as_str()), "alert list")?;
    Ok(Listed { alerts, count, named: Named::read(act)?, now: who.at })
}

/// An alert with all that is known of it.
///
/// # Errors
/// When there is none, or whoever sits here may not see alerts.
pub fn show(seat: &Seat<'_>, id: &AlertId) -> Result<Shown, NodeError> {
    seat.act(Permission::See, |act, who| shown(act, who, id, "alert show"))
}

/// Takes the most urgent alert that no colleague holds; `None` when there is none.
///
/// # Errors
/// When whoever sits here may not work on alerts.
pub fn next(seat: &Seat<'_>) -> Result<Option<Shown>, NodeError> {
    seat.act(Permission::WorkAlerts, |act, who| {
        let next = work::next(act, who)?;
        next.map(|alert| shown(act, who, &alert.id, "alert next")).transpose()
    })
}

fn shown(act: &mut Act<'_>, who: &Who, id: &AlertId, request: &str) -> Result<Shown, LedgerError> {
    let detail = queue::detail(act, id)?;
    Shown::to(act, who, id.as_str(), request, detail)
}

/// Takes alerts for oneself.
///
/// # Errors
/// When one is not open, or a colleague holds it.
pub fn take(seat: &Seat<'_>, ids: &[AlertId], revision: Option<i64>) -> Result<(), NodeError> {
    seat.act(Permission::WorkAlerts, |act, who| work::assign(act, who, ids, &who.actor.parse()?, None, revision))
}

/// Gives alerts to an analyst. What a colleague holds is given on with a reason.
///
/// # Errors
/// When there is no such analyst, one is not open, or a colleague holds it and there is no reason.
pub fn assign(
    seat: &Seat<'_>,
    ids: &[AlertId],
    to: &str,
    reason: Option<&Reason>,
    revision: Option<i64>,
) -> Result<(), NodeError> {
    seat.act(Permission::WorkAlerts, |act, who| {
        let to = who_may(act, to, Permission::WorkAlerts)?;
        work::assign(act, who, ids, &to, reason, revision)
    })
}

/// A user by name who may do something and signs in.
pub(crate) fn who_may(act: &mut Act<'_>, name: &str, permission: Permission) -> Result<UserId, LedgerError> {
    let user = people::find(act, name)?;
    if !user.is_active {
        return Err(refusals::signs_in_no_more(user.name));
    }
    permission.must_have(&user)?;
    Ok(user.id)
}

/// Gives alerts back, all or none, so that anybody can take them.
///
/// # Errors
/// When whoever sits here does not hold one.
pub fn give_back(seat: &Seat<'_>, ids: &[AlertId], reason: Option<&Reason>) -> Result<(), NodeError> {
    seat.act(Permission::WorkAlerts, |act, who| {
        ids.iter().try_for_each(|id| work::give_back(act, who, id, reason.cloned()))
    })
}

/// Says something about an alert.
///
/// # Errors
/// When there is none.
pub fn comment(seat: &Seat<'_>, id: &AlertId, text: Reason) -> Result<(), NodeError> {
    seat.act(Permission::WorkAlerts, |act, who| work::comment(act, who, id, text))
}

/// The alerts that `terms` mean and that whoever sits here could work on, for an act on many.
///
/// # Errors
/// When a term cannot be understood.
pub fn choose(seat: &Seat<'_>, written: &[String]) -> Result<Vec<AlertId>, NodeError> {
    seat.act(Permission::WorkAlerts, |act, who| {
        let Filter { mut terms } = terms::read(act, who, written)?;
        terms.push(Term::FreeFor(who.actor.clone()));
        let ids = queue::ids(act, &Filter { terms }, who.at)?;
        many_seen(act, who, ids.iter().map(AlertId::as_str), "alert clear --where")?;
        Ok(ids)
    })
}

/// Clears alerts, all or none.
///
/// # Errors
/// When a rule speaks against one of them.
pub fn clear(
    seat: &Seat<'_>,
    policy: &Policy,
    ids: &[AlertId],
    how: &ToClear,
    revision: Option<i64>,
) -> Result<Cleared, NodeError> {
    seat.act(Permission::WorkAlerts, |act, who| work::clear(act, who, policy, ids, how, revision))
}

/// Opens a cleared alert again.
///
/// # Errors
/// When it is open, or part of a case.
pub fn reopen(seat: &Seat<'_>, id: &AlertId, reason: Reason, revision: Option<i64>) -> Result<(), NodeError> {
    seat.act(Permission::WorkAlerts, |act, who| work::reopen(act, who, id, reason, revision))
}

/// What waits for whoever sits here as a second person.
///
/// # Errors
/// When they may not review.
pub fn reviews(seat: &Seat<'_>) -> Result<(Vec<Clearing>, Named), NodeError> {
    seat.act(Permission::ReviewQuality, |act, who| {
        let waiting = review::waiting_for(act, who)?;
        many_seen(act, who, waiting.iter().map(|one| one.alert.as_str()), "alert review")?;
        Ok((waiting, Named::read(act)?))
    })
}

/// Says what a second person thinks of a clearing.
///
/// # Errors
/// When it is their own, or waits for nobody.
pub fn review(seat: &Seat<'_>, id: &AlertId, verdict: Verdict, revision: Option<i64>) -> Result<(), NodeError> {
    seat.act(Permission::ReviewQuality, |act, who| review::review(act, who, id, verdict, revision))
}

/// How often each reason was given, and what second persons thought of it.
///
/// # Errors
/// When whoever sits here may not see alerts.
pub fn statistics(seat: &Seat<'_>) -> Result<Vec<ReasonCount>, NodeError> {
    seat.act(Permission::See, |act, _| review::statistics(act))
}

/// Rules *not the same person*, the one that runs out next first.
///
/// # Errors
/// When whoever sits here may not see alerts.
pub fn rules(seat: &Seat<'_>, with_ended: bool) -> Result<(Vec<Rule>, Named), NodeError> {
    seat.act(Permission::See, |act, who| seen_rules(act, who, with_ended))
}

fn seen_rules(act: &mut Act<'_>, who: &Who, with_ended: bool) -> Result<(Vec<Rule>, Named), LedgerError> {
    let rules = rules::rules(act, with_ended)?;
    many_seen(act, who, rules.iter().map(|rule| rule.alert.as_str()), "alert rules")?;
    Ok((rules, Named::read(act)?))
}

/// Rules with why each pair was found to be two, and by whom.
#[derive(Clone, Debug, Default)]
pub struct QuietPairs {
    /// The rules, the one that runs out next first.
    pub rules: Vec<Rule>,
    /// The clearing of each alert that is still cleared.
    pub reasons: BTreeMap<AlertId, Clearing>,
    /// The alerts that would surface without a rule, as far as screening still finds them.
    pub quiet: BTreeMap<AlertId, Alert>,
    /// Who the ids are.
    pub named: Named,
}

/// As [`rules()`], with the reasons.
///
/// # Errors
/// When whoever sits here may not see alerts.
pub fn quiet_pairs(seat: &Seat<'_>, with_ended: bool) -> Result<QuietPairs, NodeError> {
    seat.act(Permission::See, |act, who| {
        let (rules, named) = seen_rules(act, who, with_ended)?;
        let quiet = rules::kept_quiet(act)?;
        many_seen(act, who, quiet.keys().map(AlertId::as_str), "alert list")?;
        Ok(QuietPairs { rules, reasons: rules::reasons(act)?, quiet, named })
    })
}

/// Withdraws a rule; its alert is open again.
///
/// # Errors
/// When there is none, or it has ended.
pub fn withdraw(seat: &Seat<'_>, id: &RuleId, reason: Reason) -> Result<AlertId, NodeError> {
    seat.act(Permission::WorkAlerts, |act, who| rules::withdraw(act, who, id, reason))
}

/// Attaches a document to an alert.
///
/// # Errors
/// When there is no such alert, or the document is refused.
pub fn attach(seat: &Seat<'_>, id: &AlertId, key: &Key, name: &str, content: &[u8]) -> Result<AttachmentId, NodeError> {
    seat.act(Permission::WorkAlerts, |act, who| work::attach(act, who, id, key, name, content))
}

/// A document of an alert or a case, opened.
///
/// # Errors
/// When there is none, it was erased, or the key is another.
pub fn document(seat: &Seat<'_>, id: &AttachmentId, key: &Key) -> Result<(Attachment, Vec<u8>), NodeError> {
    seat.act(Permission::See, |act, who| {
        let opened = attachments::content(act, key, id)?;
        seen(act, who, &opened.0.subject, &format!("export-attachment {id}"))?;
        Ok(opened)
    })
}
