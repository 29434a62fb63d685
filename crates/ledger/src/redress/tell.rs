//! Who received the wrong record, and that the person and they were told.
//!
//! Recipients are found where the ledger knows of them, in the notices of freezes, and written down by people where it does not. Each letter that went out is kept
//! as a document, as it was.

use mihenk_store::{Act, Query};

use super::{
    House, RedressEvent,
    decide::alerts_of,
    letter, sql,
    state::{Confirmed, Decision, Found, Recipient, Redress, RedressId, RedressState},
    work::redress,
};
use crate::{
    alerts::{self, Alert},
    attachments::{self, AttachmentId, Key},
    day::Day,
    error::LedgerError,
    freezes::{self, Freeze, FreezeId, notice::Letter},
    happening::record,
    language::Language,
    refusals,
    who::{Reason, Who},
};

/// Who received the wrong record: whom somebody wrote down, and who had notice of a freeze since.
pub(super) fn recipients(
    query: &mut impl Query,
    redress: &Redress,
    freezes: &[Freeze],
) -> Result<Vec<Recipient>, LedgerError> {
    let mut all = sql::recipients(query, &redress.id)?;
    let is_wrong = redress.decided().is_some_and(|(decision, _)| decision.found == Found::WronglyMatched);
    if !is_wrong {
        return Ok(all);
    }
    let is_known = |all: &[Recipient], one: &Recipient| {
        all.iter().any(|known| known.freeze.is_some() && known.freeze == one.freeze && known.name == one.name)
    };
    let alerts = redress.alerts.iter().map(|id| alerts::alert(query, id)).filter_map(Result::ok).collect::<Vec<_>>();
    for one in recipients_found(redress, &alerts, freezes) {
        if !is_known(&all, &one) {
            all.push(one);
        }
    }
    Ok(all)
}

/// Whoever had notice of a freeze of the customer that rests on the same mistake, each once for each freeze.
pub(super) fn recipients_found(redress: &Redress, alerts: &[Alert], freezes: &[Freeze]) -> Vec<Recipient> {
    let listed = |id: &FreezeId| redress.freezes.contains(id);
    let mut entities: Vec<&str> = alerts.iter().map(|alert| alert.entity.as_str()).collect();
    entities.extend(freezes.iter().filter(|one| listed(&one.id)).filter_map(|one| one.terms.entity.as_deref()));
    let mut found: Vec<Recipient> = Vec::new();
    for freeze in freezes {
        let is_same = freeze.terms.entity.as_deref().is_some_and(|entity| entities.contains(&entity));
        if freeze.terms.customer.as_deref() != Some(redress.customer.as_str()) || !(is_same || listed(&freeze.id)) {
            continue;
        }
        for notice in &freeze.notices {
            if found.iter().any(|one| one.name == notice.holder && one.freeze.as_ref() == Some(&freeze.id)) {
                continue;
            }
            let received =
                format!("notice of restraint {}, given on {} to {} by {}", freeze.id, notice.on, notice.to, notice.how);
            found.push(Recipient {
                seq: 0,
                name: notice.holder.clone(),
                received,
                freeze: Some(freeze.id.clone()),
                told: None,
            });
        }
    }
    found
}

/// Writes down somebody else who received the wrong record.
///
/// # Errors
/// When they are written down already with the same, or the record was found to be right.
pub fn add_recipient(
    act: &mut Act<'_>,
    who: &Who,
    id: &RedressId,
    (name, received): (&str, &str),
    reason: Reason,
) -> Result<(), LedgerError> {
    let redress = redress(act, id)?;
    if let Some((decision, _)) = redress.decided().filter(|(decision, _)| decision.found != Found::WronglyMatched) {
        return Err(refusals::nothing_to_correct(id, decision.found));
    }
    let name = freezes::line(name, "the name of who received it")?;
    let received = freezes::line(received, "what they received")?;
    if sql::recipients(act, id)?.iter().any(|one| one.name == name && one.received == received) {
        return Err(refusals::recipient_there_already(name, received));
    }
    let added = RedressEvent::RecipientAdded { name, received, freeze: None, reason: Some(reason) };
    record(act, who, id.as_str(), &added)?;
    Ok(())
}

/// The letter to whoever complained, on this day.
///
/// # Errors
/// When it is not decided, or the house does not say how to complain further.
pub fn answer(
    query: &mut impl Query,
    house: &House,
    id: &RedressId,
    (language, on): (Language, Day),
) -> Result<Letter, LedgerError> {
    let redress = redress(query, id)?;
    let (decision, _) = decided(&redress)?;
    let freezes = redress.freezes.iter().map(|id| freezes::show(query, id)).collect::<Result<Vec<_>, _>>()?;
    let alerts = alerts_of(query, &redress)?;
    let on_lists = alerts.iter().flat_map(|alert| &alert.lists).chain(freezes.iter().flat_map(|one| &one.terms.lists));
    let mut lists: Vec<&str> = on_lists.filter_map(|list| house.public_list(list)).collect();
    lists.sort_unstable();
    lists.dedup();
    letter::to_person(house, &redress, decision.found, &lists, letter::Restraint::of(&freezes), (language, on))
}

/// The letter to somebody who received the wrong record, on this day.
///
/// # Errors
/// When they received nothing, or the record was not found to be wrong.
pub fn correction(
    query: &mut impl Query,
    house: &House,
    id: &RedressId,
    to: &str,
    (language, on): (Language, Day),
) -> Result<Letter, LedgerError> {
    let redress = redress(query, id)?;
    let (received, freezes) = received_by(query, &redress, to)?;
    Ok(letter::to_recipient(house, &redress, to, &received, &freezes, (language, on)))
}

/// What somebody received, and the freezes of which they had notice.
fn received_by(
    query: &mut impl Query,
    redress: &Redress,
    to: &str,
) -> Result<(Vec<Recipient>, Vec<Freeze>), LedgerError> {
    let id = &redress.id;
    let (decision, _) = decided(redress)?;
    if decision.found != Found::WronglyMatched {
        return Err(refusals::nothing_to_correct(id, decision.found));
    }
    let freezes = freezes::list(query, true)?;
    let all = recipients(query, redress, &freezes)?;
    let theirs: Vec<Recipient> = all.iter().filter(|one| one.name == to).cloned().collect();
    if theirs.is_empty() {
        let mut known: Vec<&str> = all.iter().map(|one| one.name.as_str()).collect();
        known.dedup();
        return Err(match known.is_empty() {
            true => refusals::nobody_received_anything(to, id),
            false => refusals::received_nothing(to, id, known.join(", ")),
        });
    }
    let concerned =
        freezes.into_iter().filter(|freeze| theirs.iter().any(|one| one.freeze.as_ref() == Some(&freeze.id)));
    let concerned = concerned.collect();
    Ok((theirs, concerned))
}

fn decided(redress: &Redress) -> Result<(&Decision, &Confirmed), LedgerError> {
    redress.decided().ok_or_else(|| match redress.state {
        RedressState::Proposed => refusals::redress_waits_for_second(&redress.id),
        _ => refusals::redress_not_proposed(&redress.id),
    })
}

/// How and when somebody was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telling {
    /// How: letter, e-mail, in person.
    pub how: String,
    /// On which day; today when nobody says.
    pub on: Option<Day>,
    /// The language of the letter that they have.
    pub language: Language,
}

/// Writes down that the person has the answer; the letter of that day is kept as a document.
///
/// # Errors
/// When it is not decided, they have it already, or the day cannot be.
pub fn answered(
    act: &mut Act<'_>,
    who: &Who,
    (house, key): (&House, &Key),
    id: &RedressId,
    telling: &Telling,
) -> Result<AttachmentId, LedgerError> {
    let redress = redress(act, id)?;
    if let Some(told) = &redress.answered {
        return Err(refusals::answered_already(&redress.person, told.on, &told.how));
    }
    let (how, on) = checked(who, &redress, telling)?;
    let letter = answer(act, house, id, (telling.language, on))?.html();
    let document = attachments::attach(act, who, id.as_str(), key, "answer.html", letter.as_bytes())?;
    record(act, who, id.as_str(), &RedressEvent::Answered { how, on, document: document.clone() })?;
    Ok(document)
}

/// Writes down that somebody was told that what they received was wrong; the letter of that day is kept as a document.
///
/// # Errors
/// When they received nothing, were told already, or the day cannot be.
pub fn corrected(
    act: &mut Act<'_>,
    who: &Who,
    (house, key): (&House, &Key),
    id: &RedressId,
    to: &str,
    telling: &Telling,
) -> Result<AttachmentId, LedgerError> {
    let redress = redress(act, id)?;
    let (theirs, _) = received_by(act, &redress, to)?;
    let untold: Vec<&Recipient> = theirs.iter().filter(|one| one.told.is_none()).collect();
    if untold.is_empty() {
        let told = theirs.iter().filter_map(|one| one.told.as_ref()).next_back();
        let (on, how) = told.map(|told| (told.on.to_string(), told.how.clone())).unwrap_or_default();
        return Err(refusals::told_already(to, on, how));
    }
    let (how, on) = checked(who, &redress, telling)?;
    let letter = correction(act, house, id, to, (telling.language, on))?.html();
    let document = attachments::attach(act, who, id.as_str(), key, "correction.html", letter.as_bytes())?;
    for one in untold {
        let recipient = match one.seq {
            0 => {
                let (name, received, freeze) = (one.name.clone(), one.received.clone(), one.freeze.clone());
                record(act, who, id.as_str(), &RedressEvent::RecipientAdded { name, received, freeze, reason: None })?
                    .seq
            }
            seq => seq,
        };
        let (name, how, document) = (to.to_owned(), how.clone(), document.clone());
        record(act, who, id.as_str(), &RedressEvent::Corrected { recipient, name, how, on, document })?;
    }
    Ok(document)
}

/// Nobody is told before it is decided, nor in days to come.
fn checked(who: &Who, redress: &Redress, telling: &Telling) -> Result<(String, Day), LedgerError> {
    let (_, confirmed) = decided(redress)?;
    let (first, today) = (Day::of(confirmed.at), Day::of(who.at));
    let on = telling.on.unwrap_or(today);
    if on < first || on > today {
        return Err(refusals::told_on_another_day(on, &redress.id, first, today));
    }
    Ok((freezes::line(&telling.how, "how they were told")?, on))
}
