//! The letters of redress: what the person is told, and what whoever received the wrong record is told.
//!
//! In come what was decided and what of it may be said; out comes a [`Letter`]. A letter to a person names public lists alone ([`House::public_list`]), what of the person was
//! compared, what was found, what was put right, and how to complain further. It has no number of ours, no score, nothing of anybody else, and nothing of what
//! authorities are told: nothing of that comes in here.

use super::state::{Compared, Found, Recipient, Redress};
use super::{House, house::FILE};
use crate::{
    day::Day,
    error::LedgerError,
    freezes::{
        Freeze, State,
        notice::{Letter, Part},
    },
    refusals,
};

/// What became of the person's assets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Restraint {
    /// Nothing is or was restrained.
    Never,
    /// Something still is.
    Still,
    /// It was, and was let go.
    Lifted,
}

impl Restraint {
    pub(super) fn of(freezes: &[Freeze]) -> Restraint {
        let is_any = |state: fn(State) -> bool| freezes.iter().any(|freeze| state(freeze.state));
        match (is_any(State::restrains), is_any(|state| state == State::Released)) {
            (true, _) => Restraint::Still,
            (false, true) => Restraint::Lifted,
            (false, false) => Restraint::Never,
        }
    }
}

/// The letter to whoever complained.
///
/// # Errors
/// When the house's file does not say how to complain further: without it nobody gets a letter.
pub fn to_person(
    house: &House,
    redress: &Redress,
    found: Found,
    lists: &[&str],
    restraint: Restraint,
    on: Day,
) -> Result<Letter, LedgerError> {
    let Some(further) = &house.complain_further else {
        return Err(refusals::complain_further_missing(FILE));
    };
    let text = |text: &str| Part::Text(text.to_owned());
    let mut parts = vec![text(&format!("Date: {on}")), text(&format!("Dear {},", redress.person))];
    parts.push(text(&answer(redress, found)));
    parts.push(text(&how_it_came(redress, found, lists)));
    parts.push(text(&outcome(found, !lists.is_empty())));
    match found {
        Found::WronglyMatched => {
            parts.push(text("What we have put right:"));
            parts.push(Part::Pairs(put_right(restraint)));
            parts.push(text("If you are taken for that person again, by us or by somebody else, show this letter."));
        }
        Found::CannotBeTold => parts.push(text(
            "You can help us to tell. A copy of a document with your full name, the date and place of your birth and your nationality may be enough. Send it to us, and we \
             look at it again.",
        )),
        Found::RightlyMatched if !lists.is_empty() => parts.push(text(
            "If you think that the entry on the list itself is wrong, whoever publishes the list can tell you how to have it looked at again.",
        )),
        Found::RightlyMatched => {}
    }
    parts.push(text("If you are not content with this answer:"));
    parts.push(text(further));
    parts.extend(house.house.as_deref().map(text));
    let subject = match found {
        Found::WronglyMatched => "We took you for somebody else, and we are sorry",
        Found::CannotBeTold | Found::RightlyMatched => "Your complaint: our answer",
    };
    Ok(Letter { to: redress.person.clone(), subject: subject.to_owned(), parts })
}

fn answer(redress: &Redress, found: Found) -> String {
    let told = format!("On {} you told us that we had taken you for somebody else.", redress.received);
    match found {
        Found::WronglyMatched => {
            format!("{told} You were right. We are sorry for it, and for the trouble that it gave you.")
        }
        Found::CannotBeTold | Found::RightlyMatched => format!("{told} Thank you for telling us. This is our answer."),
    }
}

fn how_it_came(redress: &Redress, found: Found, lists: &[&str]) -> String {
    let compared = joined(&redress.compared.iter().map(|one| yours(*one)).collect::<Vec<_>>());
    let taken = match found {
        Found::WronglyMatched => "took you for the person who is meant there",
        Found::CannotBeTold | Found::RightlyMatched => "found that you may be the person who is meant there",
    };
    let place = match lists {
        [] => {
            return format!(
                "This is how it came about. We compared {compared} with what we know of somebody else, and {}.",
                taken.replace(" who is meant there", "")
            );
        }
        [one] => format!("a public list: {one}"),
        several => format!("public lists: {}", joined(several)),
    };
    format!(
        "This is how it came about. A name like yours is on {place}. We compared {compared} with what stands there, and {taken}. Many people share a name; that a name is \
         like another does not make two people one."
    )
}

fn outcome(found: Found, is_public: bool) -> String {
    let person = if is_public { "the person on the list" } else { "that person" };
    match found {
        Found::WronglyMatched => format!("Two of us have looked at it again, one after the other. You are not {person}."),
        Found::CannotBeTold => format!(
            "Two of us have looked at it again, one after the other. From what we know we cannot tell whether you are {person} or not. That does not mean that you are."
        ),
        Found::RightlyMatched => {
            "Two of us have looked at it again, one after the other, and come to the same result as before. So we have changed nothing.".to_owned()
        }
    }
}

fn put_right(restraint: Restraint) -> Vec<(String, String)> {
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let mut all = vec![pair(
        "Our record of you",
        "It says now that you are not that person. Our checks leave it at that while what we know of you and what stands there stay as they are. Should either change, or when it has \
         stood for long, one of us looks at it again.",
    )];
    match restraint {
        Restraint::Never => {}
        Restraint::Still => all.push(pair(
            "What belongs to you",
            "It is still restrained. To lift that takes the word of two of us; you hear from us when it is done.",
        )),
        Restraint::Lifted => all.push(pair("What belongs to you", "It is no longer restrained.")),
    }
    all.push(pair("Others", "Where we passed the mistake on, we tell whoever received it that it was wrong."));
    all
}

fn yours(compared: Compared) -> &'static str {
    match compared {
        Compared::Name => "your name",
        Compared::BirthDate => "your date of birth",
        Compared::BirthPlace => "your place of birth",
        Compared::Nationality => "your nationality or country",
        Compared::Gender => "your gender",
        Compared::Document => "the numbers of your documents",
        Compared::Address => "your address",
        Compared::Other => "other things that we know of you",
    }
}

/// `a`, `a and b`, `a, b and c`.
fn joined(all: &[&str]) -> String {
    match all {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The letter to somebody who received the wrong record.
#[must_use]
pub fn to_recipient(
    house: &House,
    redress: &Redress,
    to: &str,
    received: &[Recipient],
    freezes: &[Freeze],
    on: Day,
) -> Letter {
    let text = |text: &str| Part::Text(text.to_owned());
    let person = &redress.person;
    let pairs = received.iter().map(|one| ("You received".to_owned(), one.received.clone())).collect();
    let mut parts = vec![
        text(&format!("Date: {on}")),
        text(&format!("What you received from us about {person} was wrong.")),
        Part::Pairs(pairs),
        text(&format!(
            "We had taken {person} for somebody else who is listed. Two of us have looked at it again: {person} is not the one who is listed."
        )),
        text(
            "Please put your own record right, do not use the wrong one any more, and pass this on to whoever received it from you. See to it that the mistake does the person no \
             further harm.",
        ),
    ];
    for freeze in freezes {
        let id = &freeze.id;
        let said = match freeze.state {
            State::Held | State::InForce | State::Proposed => {
                format!("Restraint {id} itself stands until its release reaches you in writing.")
            }
            State::Released | State::Declined => format!("Restraint {id} has been lifted."),
        };
        parts.push(Part::Text(said));
    }
    parts.push(text("Please confirm in writing that this is done."));
    parts.extend(house.house.as_deref().map(text));
    Letter { to: to.to_owned(), subject: format!("Correction of what we told you about {person}"), parts }
}
