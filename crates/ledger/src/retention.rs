//! How long what is kept, and what is due to be erased.
//!
//! A [`Rule`] says for a part of the ledger (`customer`, `alert`, …) for what purpose its data is kept, and how many days after the last thing
//! that was done to a subject. One administrator proposes a rule, another confirms it. A legal hold keeps a subject, and what
//! names it, until it is lifted, whatever the rules say. Without a rule nothing is ever due. What is still open (an alert nobody
//! decided, a case that is not closed, an asset that is not released, a customer who has not left) is never due either:
//! each part says which these are ([`Part`]).
//!
//! [`due`] says what is due; [`mihenk_store::Store::erase`] erases it, with the statements that this module gives for the tables
//! beside the chain.

mod sql;

use mihenk_store::{Act, Event, Migrations, Query, erase::Statement};
use serde::{Deserialize, Serialize};

use crate::{
    error::LedgerError,
    happening::{Happening, record, record_made},
    id,
    who::{Reason, Who},
};

/// The tables.
pub const MIGRATIONS: Migrations =
    Migrations { part: "retention", versions: &[include_str!("migrate/retention_1.sql")] };

/// The longest time that a rule may name: a century.
const MOST_DAYS: u32 = 36_525;
/// Milliseconds in a day.
const DAY_MS: i64 = 86_400_000;

id!(
    /// A rule that one administrator proposed.
    RuleId, "R", "a proposed rule of retention"
);

/// What a part of the ledger says about its subjects.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// Its name in the kinds of events.
    pub name: &'static str,
    /// A statement that selects the ids of subjects that are still open, or nothing when none ever is.
    pub open: Option<&'static str>,
    /// Statements that take a subject's rows out of the tables; each has the subject's id as its only parameter.
    pub forget: &'static [&'static str],
}

/// For what a part's data is kept, and how long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// The part, such as `alert`.
    pub part: String,
    /// Days after the last thing that was done to a subject.
    pub keep_days: u32,
    /// For what, in words.
    pub purpose: String,
}

/// A legal hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LegalHold {
    /// What is kept.
    pub subject: String,
    /// Who placed it.
    pub by: String,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// Why.
    pub reason: String,
}

/// A subject whose time has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Due {
    /// The part.
    pub part: String,
    /// The subject.
    pub subject: String,
    /// When something was done to it last, in milliseconds since 1970.
    pub last: i64,
    /// The events whose content goes.
    pub seqs: Vec<i64>,
}

/// What can happen to rules and holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RetentionEvent {
    /// An administrator proposed a rule.
    RuleProposed {
        /// Which.
        rule: Rule,
        /// Why.
        reason: Reason,
    },
    /// Another one confirmed it.
    RuleConfirmed {
        /// The proposal.
        id: RuleId,
        /// Which rule.
        rule: Rule,
    },
    /// It was declined, or taken back.
    RuleDeclined {
        /// The proposal.
        id: RuleId,
        /// Why.
        reason: Reason,
    },
    /// A subject is kept until this is lifted.
    HoldPlaced {
        /// Why.
        reason: Reason,
    },
    /// It is kept no longer than others.
    HoldLifted {
        /// Why.
        reason: Reason,
    },
}

/// Proposes a rule, which another administrator confirms.
///
/// # Errors
/// When there is no such part, the time is none, or no purpose is named.
pub fn propose(
    act: &mut Act<'_>,
    who: &Who,
    parts: &[Part],
    rule: Rule,
    reason: Reason,
) -> Result<RuleId, LedgerError> {
    possible(parts, &rule)?;
    let event = record_made(act, who, &RetentionEvent::RuleProposed { rule, reason }, |seq| RuleId::at(seq).into())?;
    Ok(RuleId::at(event.seq))
}

/// Confirms what another administrator proposed.
///
/// # Errors
/// When it is unknown, or one's own.
pub fn confirm(act: &mut Act<'_>, who: &Who, id: &RuleId) -> Result<Rule, LedgerError> {
    let (by, rule) = sql::waiting(act, id)?.ok_or_else(|| LedgerError::unknown("proposed rule", id))?;
    if by == who.actor {
        return Err(LedgerError::refused(format!("{id} was proposed by you; another administrator has to confirm it")));
    }
    record(act, who, id.as_str(), &RetentionEvent::RuleConfirmed { id: id.clone(), rule: rule.clone() })?;
    Ok(rule)
}

/// Declines a proposed rule, or takes one's own back.
///
/// # Errors
/// When it is unknown.
pub fn decline(act: &mut Act<'_>, who: &Who, id: &RuleId, reason: Reason) -> Result<(), LedgerError> {
    sql::waiting(act, id)?.ok_or_else(|| LedgerError::unknown("proposed rule", id))?;
    record(act, who, id.as_str(), &RetentionEvent::RuleDeclined { id: id.clone(), reason })?;
    Ok(())
}

/// Keeps a subject whatever the rules say.
///
/// # Errors
/// When nothing is known of it, or it is held already.
pub fn hold(act: &mut Act<'_>, who: &Who, subject: &str, reason: Reason) -> Result<(), LedgerError> {
    if crate::happening::revision(act, subject)? == 0 {
        return Err(LedgerError::unknown("subject", subject));
    }
    if let Some(held) = sql::holds(act)?.into_iter().find(|hold| hold.subject == subject) {
        return Err(LedgerError::refused(format!(
            "{subject} is under legal hold already, by {}: {}",
            held.by, held.reason
        )));
    }
    record(act, who, subject, &RetentionEvent::HoldPlaced { reason })?;
    Ok(())
}

/// Ends a legal hold.
///
/// # Errors
/// When there is none.
pub fn lift(act: &mut Act<'_>, who: &Who, subject: &str, reason: Reason) -> Result<(), LedgerError> {
    if !sql::holds(act)?.iter().any(|hold| hold.subject == subject) {
        return Err(LedgerError::refused(format!("{subject} is under no legal hold")));
    }
    record(act, who, subject, &RetentionEvent::HoldLifted { reason })?;
    Ok(())
}

/// The rules, the proposals with who made them, the holds.
pub type Shown = (Vec<Rule>, Vec<(RuleId, String, Rule)>, Vec<LegalHold>);

/// What there is.
///
/// # Errors
/// When the store refuses.
pub fn show(query: &mut impl Query) -> Result<Shown, LedgerError> {
    Ok((sql::rules(query)?, sql::all_waiting(query)?, sql::holds(query)?))
}

/// What is due at a time, by part and subject.
///
/// # Errors
/// When the store refuses.
pub fn due(query: &mut impl Query, parts: &[Part], at: i64) -> Result<Vec<Due>, LedgerError> {
    let rules = rules(query)?;
    due_by(query, &rules, parts, at)
}

/// The rules that are in force.
///
/// # Errors
/// When the store refuses.
pub fn rules(query: &mut impl Query) -> Result<Vec<Rule>, LedgerError> {
    sql::rules(query)
}

/// What is due by rules that another store has.
///
/// # Errors
/// When the store refuses.
pub fn due_by(query: &mut impl Query, rules: &[Rule], parts: &[Part], at: i64) -> Result<Vec<Due>, LedgerError> {
    let mut due = Vec::new();
    for rule in rules {
        let Some(part) = parts.iter().find(|part| part.name == rule.part) else { continue };
        due.extend(sql::due(query, part, at - i64::from(rule.keep_days) * DAY_MS)?);
    }
    Ok(due)
}

/// What takes a due subject out of the tables beside the chain.
#[must_use]
pub fn forget(parts: &[Part], due: &Due) -> Vec<Statement> {
    let part = parts.iter().find(|part| part.name == due.part);
    let statements = part.map_or(&[][..], |part| part.forget);
    statements
        .iter()
        .map(|sql| Statement { sql: (*sql).to_owned(), parameters: vec![due.subject.clone().into()] })
        .collect()
}

fn possible(parts: &[Part], rule: &Rule) -> Result<(), LedgerError> {
    if !parts.iter().any(|part| part.name == rule.part) {
        let names = parts.iter().map(|part| part.name).collect::<Vec<_>>().join(", ");
        return Err(LedgerError::refused(format!(
            "nothing is kept under {:?}; right would be one of {names}",
            rule.part
        )));
    }
    if rule.keep_days == 0 || rule.keep_days > MOST_DAYS {
        return Err(LedgerError::refused(format!(
            "{} days are no time to keep something; right would be 1 to {MOST_DAYS}",
            rule.keep_days
        )));
    }
    if rule.purpose.trim().is_empty() {
        return Err(LedgerError::refused("a rule says for what purpose the data is kept, and what was given is empty"));
    }
    Ok(())
}

impl Happening for RetentionEvent {
    const PART: &'static str = "retention";

    fn apply(&self, act: &mut Act<'_>, event: &Event) -> Result<(), LedgerError> {
        match self {
            RetentionEvent::RuleProposed { rule, .. } => {
                sql::insert_waiting(act, &RuleId::at(event.seq), &event.actor, rule)?;
            }
            RetentionEvent::RuleConfirmed { id, rule } => {
                sql::remove_waiting(act, id)?;
                sql::set_rule(act, rule)?;
            }
            RetentionEvent::RuleDeclined { id, .. } => sql::remove_waiting(act, id)?,
            RetentionEvent::HoldPlaced { reason } => sql::place_hold(act, event, reason)?,
            RetentionEvent::HoldLifted { .. } => sql::lift_hold(act, &event.subject)?,
        }
        Ok(())
    }
}
