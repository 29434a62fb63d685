//! Complaints of people who were taken for somebody else: what is due, all of them, one, and a letter.
//!
//! In comes what the desk shows, out come pages. Who proposes, who confirms and what follows is the ledger's; nothing here can be undone with a key, as two people stand behind it.

use askama::Template;
use mihenk_node::{
    ledger::{
        alerts::{
            Alert,
            policy::{ClearingReason, Finding},
        },
        day::Day,
        freezes::notice::{Letter, Part},
        language::Language,
        redress::{
            Compared, Decision, Found, Recipient, Redress, RedressState,
            due::{Due, What},
        },
    },
    named::Named,
    redress::Shown,
};

use crate::frame::Frame;

/// What is due, and all complaints.
#[derive(Debug, Template)]
#[template(path = "redresses.html")]
pub struct RedressesPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// What is to be done, first what is over.
    pub due: &'a [Due],
    /// The complaints, oldest first.
    pub all: &'a [Redress],
    /// Who ids are.
    pub named: &'a Named,
    /// Whether those of which nothing is left to do are among them.
    pub with_done: bool,
    /// The customer of whom a new one is opened.
    pub customer: &'a str,
    /// What was typed for a new one.
    pub draft: &'a str,
    /// Today.
    pub today: &'a str,
}

/// One complaint.
#[derive(Debug, Template)]
#[template(path = "redress.html")]
pub struct RedressPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// The complaint with all that is known of it.
    pub shown: &'a Shown,
    /// The alerts that it is about.
    pub alerts: &'a [Alert],
    /// What is still to be done about it.
    pub due: &'a [Due],
    /// The vocabulary of clearing.
    pub reasons: &'a [ClearingReason],
    /// Whether the house says to whom a person may complain further, without which there is no letter.
    pub has_letters: bool,
    /// What was typed for the decision.
    pub draft: &'a str,
}

/// A letter as it would be given today.
#[derive(Debug, Template)]
#[template(path = "letter.html")]
pub struct LetterPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// The complaint.
    pub id: &'a str,
    /// The letter.
    pub letter: &'a Letter,
    /// To whom, where it is a correction.
    pub to: &'a str,
}

/// A step on the way of a complaint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The key of its name.
    pub key: &'static str,
    /// The day on which it was done, or by which it is due.
    pub day: Option<Day>,
    /// `done`, `now`, `over` or `later`.
    pub how: &'static str,
}

fn what(due: &Due) -> &'static str {
    match due.what {
        What::Decide => "redress-due-decide",
        What::Confirm => "redress-due-confirm",
        What::Release => "redress-due-release",
        What::Answer => "redress-due-answer",
        What::Correct => "redress-due-correct",
    }
}

impl RedressesPage<'_> {
    fn what(&self, due: &Due) -> &'static str {
        what(due)
    }

    /// The complaint of something that is due.
    fn person(&self, due: &Due) -> &str {
        self.all.iter().find(|one| one.id.as_str() == due.id).map_or("", |one| one.person.as_str())
    }

    fn found(&self, redress: &Redress) -> Option<Found> {
        redress.decision.as_ref().map(|decision| decision.found)
    }

    fn may_open(&self) -> bool {
        self.t.is_analyst()
    }
}

impl RedressPage<'_> {
    /// The languages of letters.
    fn languages(&self) -> &'static [Language] {
        &Language::ALL
    }

    fn redress(&self) -> &Redress {
        &self.shown.detail.redress
    }

    fn what(&self, due: &Due) -> &'static str {
        what(due)
    }

    /// The way from the complaint to whoever was told last.
    fn steps(&self) -> Vec<Step> {
        let (redress, today) = (self.redress(), self.shown.today);
        let step = |key, done: Option<Day>, due: Option<Day>, is_next: bool| Step {
            key,
            day: done.or(due),
            how: match (done, due) {
                (Some(_), _) => "done",
                (None, Some(due)) if is_next && due < today => "over",
                (None, _) if is_next => "now",
                _ => "later",
            },
        };
        let decided = redress.decided();
        let decided_on = decided.map(|(_, confirmed)| Day::of(confirmed.at));
        let mut steps = vec![
            step("redress-step-received", Some(redress.received), None, false),
            step("redress-step-decided", decided_on, Some(redress.due), true),
            step(
                "redress-step-answered",
                redress.answered.as_ref().map(|told| told.on),
                decided.map(|(_, confirmed)| confirmed.answer_by),
                decided.is_some(),
            ),
        ];
        if self.corrects() {
            let told: Option<Vec<Day>> =
                self.shown.detail.recipients.iter().map(|one| one.told.as_ref().map(|told| told.on)).collect();
            let last =
                told.filter(|days| decided.is_some() && !days.is_empty()).and_then(|days| days.into_iter().max());
            let due = decided.map(|(_, confirmed)| confirmed.correct_by);
            steps.push(step("redress-step-corrected", last, due, decided.is_some()));
        }
        steps
    }

    /// Whether somebody has to be told that what they received was wrong.
    fn corrects(&self) -> bool {
        let is_wrong = self.redress().decision.as_ref().is_none_or(|decision| decision.found == Found::WronglyMatched);
        is_wrong && !self.shown.detail.recipients.is_empty()
    }

    fn decision(&self) -> Option<&Decision> {
        self.redress().decision.as_ref()
    }

    fn is_open(&self) -> bool {
        self.redress().state == RedressState::Open
    }

    /// Whether a proposal waits for a second person.
    fn waits(&self) -> bool {
        self.redress().state == RedressState::Proposed
    }

    fn is_decided(&self) -> bool {
        self.redress().state == RedressState::Decided
    }

    /// Whether it is the user's own proposal that waits.
    fn is_mine(&self) -> bool {
        self.decision().is_some_and(|decision| self.t.is_me(&decision.by))
    }

    fn findings(&self) -> [Found; 3] {
        Found::ALL
    }

    /// Reasons that say that it is another person.
    fn reasons(&self) -> impl Iterator<Item = &ClearingReason> {
        let kinds: Vec<_> = self.alerts.iter().map(|alert| alert.kind).collect();
        let fits =
            move |one: &&ClearingReason| one.kinds.is_empty() || kinds.iter().all(|kind| one.kinds.contains(kind));
        self.reasons.iter().filter(|one| one.outcome == Finding::OtherPerson).filter(fits)
    }

    fn reason_text(&self, reason: &ClearingReason) -> String {
        self.t.reason(&reason.code, &reason.says)
    }

    fn compared(&self, one: &Compared) -> String {
        self.t.of("compared", one.as_str())
    }

    /// Whoever received the wrong record and does not know it yet, each once.
    fn untold(&self) -> Vec<&Recipient> {
        let mut all: Vec<&Recipient> = self.shown.detail.recipients.iter().filter(|one| one.told.is_none()).collect();
        all.dedup_by(|one, other| one.name == other.name);
        all
    }

    fn can_add_recipient(&self) -> bool {
        self.decision().is_none_or(|decision| decision.confirmed.is_none() || decision.found == Found::WronglyMatched)
    }
}

impl LetterPage<'_> {
    fn languages(&self) -> &'static [Language] {
        &Language::ALL
    }

    fn text<'l>(&self, part: &'l Part) -> Option<&'l str> {
        match part {
            Part::Text(text) => Some(text),
            Part::Pairs(_) => None,
        }
    }

    fn pairs<'l>(&self, part: &'l Part) -> &'l [(String, String)] {
        match part {
            Part::Text(_) => &[],
            Part::Pairs(pairs) => pairs,
        }
    }
}
