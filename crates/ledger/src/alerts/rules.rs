//! Rules *not the same person*: listed, withdrawn, run out.
//!
//! A rule begins when an alert is cleared with one (and, where that takes two, when the second person agrees). It ends when what it rested on
//! changes ([`super::observe`]), when it is withdrawn, or when its time is over; each opens the alert again.

use std::collections::BTreeMap;

use mihenk_store::{Act, Query};

use super::{
    event::AlertEvent,
    sql,
    state::{Alert, Clearing, Rule, RuleId},
};
use crate::{
    error::LedgerError,
    happening::record,
    id::AlertId,
    refusals,
    who::{Reason, Who},
};

/// The rules that hold, the one that runs out next first; with those that have ended if they are wanted.
///
/// # Errors
/// When the store refuses.
pub fn rules(query: &mut impl Query, with_ended: bool) -> Result<Vec<Rule>, LedgerError> {
    sql::rules(query, with_ended)
}

/// Why the pairs of rules were found to be two, by alert; nothing is told of one whose alert is open again.
///
/// # Errors
/// When the store refuses.
pub fn reasons(query: &mut impl Query) -> Result<BTreeMap<AlertId, Clearing>, LedgerError> {
    let all = sql::clearings_of_rules(query)?;
    Ok(all.into_iter().map(|clearing| (clearing.alert.clone(), clearing)).collect())
}

/// The alerts that rules keep quiet now: what would be on the work list without them.
///
/// # Errors
/// When the store refuses.
pub fn kept_quiet(query: &mut impl Query) -> Result<BTreeMap<AlertId, Alert>, LedgerError> {
    let all = sql::alerts(query, "WHERE id IN (SELECT alert FROM not_same WHERE ended_at IS NULL)", &[])?;
    Ok(all.into_iter().map(|alert| (alert.id.clone(), alert)).collect())
}

/// A rule.
///
/// # Errors
/// When there is none.
pub fn rule(query: &mut impl Query, id: &RuleId) -> Result<Rule, LedgerError> {
    sql::rule(query, id)?.ok_or_else(|| LedgerError::unknown("rule", id))
}

/// Withdraws a rule; the alert that it kept quiet is open again.
///
/// # Errors
/// When there is none, or it has ended.
pub fn withdraw(act: &mut Act<'_>, who: &Who, id: &RuleId, reason: Reason) -> Result<AlertId, LedgerError> {
    let rule = rule(act, id)?;
    if let Some(at) = rule.ended_at {
        let why = rule.ended_why.unwrap_or_default();
        return Err(refusals::pair_rule_has_ended(id, super::event::day(at), why));
    }
    record(act, who, rule.alert.as_str(), &AlertEvent::RuleWithdrawn { rule: id.clone(), reason })?;
    Ok(rule.alert)
}

/// Whether any rule has run out.
///
/// # Errors
/// When the store refuses.
pub fn is_any_due(query: &mut impl Query, now: i64) -> Result<bool, LedgerError> {
    Ok(!sql::rules_due(query, now)?.is_empty())
}

/// Ends all rules that have run out, and opens their alerts again.
///
/// # Errors
/// When the store refuses.
pub fn expire_due(act: &mut Act<'_>, who: &Who) -> Result<Vec<AlertId>, LedgerError> {
    let due = sql::rules_due(act, who.at)?;
    due.into_iter().map(|rule| expire(act, who, &rule.id).map(|_| rule.alert)).collect()
}

/// Ends a rule if it has run out, and says whether it has.
pub(super) fn expire(act: &mut Act<'_>, who: &Who, id: &RuleId) -> Result<bool, LedgerError> {
    let rule = rule(act, id)?;
    if rule.until > who.at || rule.ended_at.is_some() {
        return Ok(false);
    }
    record(act, who, rule.alert.as_str(), &AlertEvent::RuleExpired { rule: id.clone() })?;
    Ok(true)
}
