//! What waits and what runs out, first things first.
//!
//! In comes the time, out come [`Due`] things: what ran out stands first, then what runs out next. Nothing happens by itself when something runs out:
//! a person does it.

use mihenk_store::Query;
use serde::Serialize;

use super::{Exemption, Freeze, Pause, State, exemptions::ExemptionState, sql};
use crate::{
    day::{Day, minute},
    error::LedgerError,
    regimes::Procedure,
};

/// Days before an exemption ends or a review is due from which it is told.
const TOLD_DAYS_BEFORE: i64 = 30;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Something that a person has to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Due {
    /// By when, in milliseconds since 1970.
    pub by: i64,
    /// Whether that has passed.
    pub is_over: bool,
    /// About which pause, freeze or exemption.
    pub id: String,
    /// What.
    pub what: What,
    /// In words.
    pub told: String,
    /// Whom or what it concerns: who proposed it, who holds the asset, what is paused, which lists.
    #[serde(skip)]
    pub concerns: String,
}

/// What has to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// Decide on what is paused.
    DecidePause,
    /// Confirm a hold.
    ConfirmHold,
    /// Release what rested on a listing that is gone, or say why it stays.
    ReleaseDelisted,
    /// Confirm or decline what somebody proposed.
    Confirm,
    /// Tell whoever holds an asset.
    GiveNotice,
    /// Look at a freeze again.
    Review,
    /// Notify the committee, or wait for its answer.
    Committee,
    /// An exemption ends.
    ExemptionEnds,
}

/// What waits and what runs out, first what ran out.
///
/// # Errors
/// When the store refuses.
pub fn due(query: &mut impl Query, at: i64) -> Result<Vec<Due>, LedgerError> {
    let mut all = Found { at, due: Vec::new() };
    for pause in sql::pauses(query)?.iter().filter(|pause| pause.state.is_open()) {
        all.pause(pause);
    }
    for freeze in &sql::freezes(query)? {
        all.freeze(freeze);
    }
    for exemption in &sql::exemptions(query, None)? {
        all.exemption(exemption);
    }
    let rank = |due: &Due| (!due.is_over, if due.is_over { due.what as u8 } else { 0 }, due.by, due.what);
    all.due.sort_by_key(rank);
    Ok(all.due)
}

struct Found {
    at: i64,
    due: Vec<Due>,
}

impl Found {
    fn add(&mut self, by: i64, id: &str, what: What, told: String) {
        self.due.push(Due { by, is_over: by <= self.at, id: id.to_owned(), what, told, concerns: String::new() });
    }

    /// Says whom or what the last one concerns.
    fn concerning(&mut self, whom: &str) {
        if let Some(last) = self.due.last_mut() {
            last.concerns = whom.to_owned();
        }
    }

    /// Something that has a day: it is over when the day is.
    fn add_day(&mut self, day: Day, id: &str, what: What, told: String) {
        self.add(day.next().begins(), id, what, told);
    }

    fn is_near(&self, day: Day) -> bool {
        day.begins() <= self.at.saturating_add(TOLD_DAYS_BEFORE * DAY_MS)
    }

    fn pause(&mut self, pause: &Pause) {
        let ran_out = if pause.until <= self.at { "ran out, still paused" } else { "paused" };
        let told = format!("{ran_out}: {}; let it go on or propose a freeze", pause.what);
        self.add(pause.until, pause.id.as_str(), What::DecidePause, told);
        self.concerning(&pause.what);
    }

    fn freeze(&mut self, freeze: &Freeze) {
        let id = freeze.id.as_str();
        match freeze.state {
            State::Proposed => {
                let told = format!(
                    "freeze proposed by {}; nothing is restrained until another person confirms",
                    freeze.proposed_by
                );
                self.add_day(Day::of(freeze.proposed_at), id, What::Confirm, told);
                self.concerning(&freeze.proposed_by);
            }
            State::Held => {
                let until = freeze.confirm_until.unwrap_or(freeze.proposed_at);
                let ran_out = if until <= self.at { "not confirmed in time, still held: " } else { "" };
                let told = format!(
                    "{ran_out}held by {} since {}; another person confirms",
                    freeze.proposed_by,
                    minute(freeze.proposed_at)
                );
                self.add(until, id, What::ConfirmHold, told);
                self.concerning(&freeze.proposed_by);
            }
            State::InForce | State::Released | State::Declined => {}
        }
        if let Some(task) = &freeze.delisted {
            let entity = freeze.terms.entity.as_deref().unwrap_or_default();
            let told = format!(
                "{entity} is no more on {}; release it, or review it and say why it stays",
                task.lists.join(", ")
            );
            self.add_day(Day::of(task.at), id, What::ReleaseDelisted, told);
            self.concerning(&task.lists.join(", "));
        }
        if let Some(waiting) = &freeze.waiting {
            let told = format!("{} proposed by {}; another person confirms", waiting.change, waiting.by);
            self.add_day(Day::of(waiting.at), id, What::Confirm, told);
            self.concerning(&waiting.by);
        }
        if !freeze.state.restrains() {
            return;
        }
        for holder in freeze.terms.holders() {
            if !freeze.notices.iter().any(|notice| notice.holder == holder) {
                let day = Day::of(freeze.confirmed_at.unwrap_or(freeze.proposed_at));
                self.add_day(day, id, What::GiveNotice, format!("no notice to {holder} is written down"));
                self.concerning(holder);
            }
        }
        if freeze.state == State::InForce && self.is_near(freeze.terms.review) {
            self.add_day(
                freeze.terms.review,
                id,
                What::Review,
                "review: it stays, becomes other, or is released".to_owned(),
            );
        }
    }

    fn exemption(&mut self, exemption: &Exemption) {
        let (id, terms) = (exemption.id.as_str(), &exemption.terms);
        let day = Day::of(exemption.proposed_at);
        match (exemption.state, exemption.may_object_until) {
            (ExemptionState::Proposed, _) => {
                let told = format!(
                    "{} from {} proposed by {}; another person confirms",
                    terms.kind, terms.freeze, exemption.proposed_by
                );
                self.add_day(day, id, What::Confirm, told);
                self.concerning(&exemption.proposed_by);
            }
            (ExemptionState::Agreed, _) => {
                self.add_day(day, id, What::Committee, "the committee has to be notified".to_owned());
            }
            (ExemptionState::Notified, Some(until)) if until.next().begins() > self.at => {
                self.add_day(until, id, What::Committee, format!("the committee may object until {until}"));
            }
            (ExemptionState::Notified, None) if terms.procedure == Procedure::Approve => {
                self.add_day(terms.until, id, What::Committee, "the committee has to approve".to_owned());
            }
            (ExemptionState::Usable | ExemptionState::Notified, _)
                if self.is_near(terms.until) && terms.until.next().begins() > self.at =>
            {
                self.add_day(
                    terms.until,
                    id,
                    What::ExemptionEnds,
                    format!("{} from {} ends", terms.kind, terms.freeze),
                );
            }
            _ => {}
        }
    }
}
