//! The letters of redress: what the person is told, and what whoever received the wrong record is told.
//!
//! In come what was decided and what of it may be said; out comes a [`Letter`]. A letter to a person names public lists alone ([`House::public_list`]), what of the person was
//! compared, what was found, what was put right, and how to complain further. It has no number of ours, no score, nothing of anybody else, and nothing of what
//! authorities are told: nothing of that comes in here.

use super::state::{Found, Recipient, Redress};
use super::{House, house::FILE};
use crate::{
    day::Day,
    error::LedgerError,
    freezes::{
        Freeze, State,
        notice::{Letter, Part},
    },
    language::Language,
    refusals,
};

mod sentences;

use sentences::Sentences;

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
    (language, on): (Language, Day),
) -> Result<Letter, LedgerError> {
    let Some(further) = &house.complain_further else {
        return Err(refusals::complain_further_missing(FILE));
    };
    let says = Sentences::of(language);
    let text = |text: &str| Part::Text(text.to_owned());
    let filled = |sentence: &str, name: &str, value: &str| Part::Text(put(language, sentence, &[(name, value)]));
    let is_public = !lists.is_empty();
    let by_list = |both: [&'static str; 2]| both[usize::from(!is_public)];
    let mut parts = vec![filled(says.date, "day", &on.to_string()), filled(says.dear, "person", &redress.person)];
    let told = put(language, says.told, &[("day", &redress.received.to_string())]);
    let answer = if found == Found::WronglyMatched { says.were_right } else { says.thanks };
    parts.push(Part::Text(format!("{told} {answer}")));
    parts.push(Part::Text(how_it_came(redress, found, lists, language)));
    parts.push(text(match found {
        Found::WronglyMatched => by_list(says.not_the_person),
        Found::CannotBeTold => by_list(says.cannot_be_told),
        Found::RightlyMatched => says.same_as_before,
    }));
    match found {
        Found::WronglyMatched => {
            parts.push(text(says.put_right));
            parts.push(Part::Pairs(put_right(restraint, says)));
            parts.push(text(says.show_this));
        }
        Found::CannotBeTold => parts.push(text(says.help_us)),
        Found::RightlyMatched if is_public => parts.push(text(says.list_is_wrong)),
        Found::RightlyMatched => {}
    }
    parts.push(text(says.not_content));
    parts.push(text(further));
    parts.extend(house.house.as_deref().map(text));
    let subject = if found == Found::WronglyMatched { says.subject_sorry } else { says.subject_answer };
    Ok(Letter { to: redress.person.clone(), subject: subject.to_owned(), parts, language })
}

/// A sentence with what is put into it, kept apart from a line of another direction (U+2068, U+2069).
fn put(language: Language, sentence: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut pieces = sentence.split('{');
    out.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (name, rest) = piece.split_once('}').unwrap_or((piece, ""));
        let value = values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
        if language == Language::Persian {
            out.push_str(&format!("\u{2068}{value}\u{2069}{rest}"));
        } else {
            out.push_str(&format!("{value}{rest}"));
        }
    }
    out
}

fn how_it_came(redress: &Redress, found: Found, lists: &[&str], language: Language) -> String {
    let says = Sentences::of(language);
    let compared = redress.compared.iter().map(|one| says.compared(*one)).collect::<Vec<_>>();
    let both = match lists {
        [] => says.how_unlisted,
        [_] => says.how_on_list,
        _ => says.how_on_lists,
    };
    let sentence = both[usize::from(found != Found::WronglyMatched)];
    put(language, sentence, &[("compared", &joined(&compared, says)), ("lists", &joined(lists, says))])
}

fn put_right(restraint: Restraint, says: &Sentences) -> Vec<(String, String)> {
    let pair = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
    let mut all = vec![pair(says.our_record)];
    match restraint {
        Restraint::Never => {}
        Restraint::Still => all.push(pair((says.belongings, says.still_restrained))),
        Restraint::Lifted => all.push(pair((says.belongings, says.restrained_no_more))),
    }
    all.push(pair(says.others));
    all
}

/// `a`, `a and b`, `a, b and c`.
fn joined(all: &[&str], says: &Sentences) -> String {
    match all {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{}{}{last}", first.join(says.comma), says.and),
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
    (language, on): (Language, Day),
) -> Letter {
    let says = Sentences::of(language);
    let text = |text: &str| Part::Text(text.to_owned());
    let of_person = |sentence: &str| put(language, sentence, &[("person", &redress.person)]);
    let pairs = received.iter().map(|one| (says.you_received.to_owned(), one.received.clone())).collect();
    let mut parts = vec![
        Part::Text(put(language, says.date, &[("day", &on.to_string())])),
        Part::Text(of_person(says.was_wrong)),
        Part::Pairs(pairs),
        Part::Text(of_person(says.mistaken)),
        text(says.put_yours_right),
    ];
    for freeze in freezes {
        let sentence = match freeze.state {
            State::Held | State::InForce | State::Proposed => says.restraint_stands,
            State::Released | State::Declined => says.restraint_lifted,
        };
        parts.push(Part::Text(put(language, sentence, &[("id", freeze.id.as_str())])));
    }
    parts.push(text(says.confirm));
    parts.extend(house.house.as_deref().map(text));
    Letter { to: to.to_owned(), subject: of_person(says.subject_correction), parts, language }
}
