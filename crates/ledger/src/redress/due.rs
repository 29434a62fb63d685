//! What has to be done about complaints, what is over first.
//!
//! In come the tables and a day, out come things to do with their day: propose and confirm a decision, answer the person, tell whoever received the wrong record, and let go what is
//! still restrained. Nothing is done here.

use mihenk_store::Query;
use serde::Serialize;

use super::{
    sql,
    state::{Confirmed, Decision, Found, Redress, RedressState},
    tell,
};
use crate::{
    day::Day,
    error::LedgerError,
    freezes::{self, Freeze},
};

/// Something that a person has to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Due {
    /// The last day for it.
    pub by: Day,
    /// Whether that has passed.
    pub is_over: bool,
    /// About which redress.
    pub id: String,
    /// What.
    pub what: What,
    /// Who works on it.
    pub owner: String,
    /// In words.
    pub told: String,
    /// Whom it concerns: who complains, who received the wrong record, which freeze.
    #[serde(skip)]
    pub concerns: String,
}

/// What has to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// Propose what was found.
    Decide,
    /// Confirm or decline what somebody proposed.
    Confirm,
    /// Let go what is still restrained by the mistake.
    Release,
    /// Give the person the letter.
    Answer,
    /// Tell whoever received the wrong record.
    Correct,
}

/// What has to be done, first what is over, then what is next.
///
/// # Errors
/// When the store refuses.
pub fn due(query: &mut impl Query, today: Day) -> Result<Vec<Due>, LedgerError> {
    let freezes = freezes::list(query, true)?;
    let mut all = Vec::new();
    for redress in sql::redresses(query, true)? {
        all.extend(of(query, &redress, &freezes, today)?);
    }
    all.sort_by_key(|due| (!due.is_over, due.by, due.what));
    Ok(all)
}

fn of(query: &mut impl Query, redress: &Redress, freezes: &[Freeze], today: Day) -> Result<Vec<Due>, LedgerError> {
    let mut all = Vec::new();
    let person = &redress.person;
    let mut add_about = |by: Day, what: What, concerns: &str, told: String| {
        let (id, owner) = (redress.id.to_string(), redress.owner.clone());
        all.push(Due { by, is_over: by < today, id, what, owner, told, concerns: concerns.to_owned() });
    };
    let mut add = |by: Day, what: What, told: String| add_about(by, what, person, told);
    let (decision, confirmed) = match (redress.state, &redress.decision) {
        (RedressState::Proposed, Some(decision)) => {
            let told = format!("{person}: {} proposed by {}; another person confirms", decision.found, decision.by);
            add(redress.due, What::Confirm, told);
            return Ok(all);
        }
        (RedressState::Decided, Some(Decision { confirmed: Some(confirmed), .. })) => (&redress.decision, confirmed),
        _ => {
            add(redress.due, What::Decide, format!("{person}: nobody has proposed what was found"));
            return Ok(all);
        }
    };
    let Confirmed { answer_by, correct_by, .. } = confirmed;
    if redress.answered.is_none() {
        add(*answer_by, What::Answer, format!("{person} has no letter yet"));
    }
    for one in tell::recipients(query, redress, freezes)?.iter().filter(|one| one.told.is_none()) {
        let told = format!("{} does not know that it was wrong: {}", one.name, one.received);
        add_about(*correct_by, What::Correct, &one.name, told);
    }
    if decision.as_ref().is_some_and(|decision| decision.found == Found::WronglyMatched) {
        for freeze in freezes.iter().filter(|freeze| redress.freezes.contains(&freeze.id)) {
            if let Some(told) = restrained(freeze) {
                add_about(*correct_by, What::Release, freeze.id.as_str(), format!("{person}: {told}"));
            }
        }
    }
    Ok(all)
}

/// What is still to be done about a freeze that rests on a mistake.
fn restrained(freeze: &Freeze) -> Option<String> {
    let id = &freeze.id;
    match (freeze.state, &freeze.waiting) {
        (freezes::State::Proposed | freezes::State::Held, _) => {
            Some(format!("{id} is {}; decline it: 'mihenk freeze decline {id}'", freeze.state.as_str()))
        }
        (freezes::State::InForce, Some(waiting)) => Some(format!(
            "{id} is in force; {} was proposed by {}, another person confirms",
            waiting.change, waiting.by
        )),
        (freezes::State::InForce, None) => {
            Some(format!("{id} is in force; propose its release: 'mihenk freeze release {id}'"))
        }
        (freezes::State::Released | freezes::State::Declined, _) => None,
    }
}
