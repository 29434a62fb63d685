//! Which alerts somebody means: terms `name=value` as they are written, into a [`Filter`].
//!
//! A term that cannot be understood is refused with those that there are.

use mihenk_store::Query;

use super::{
    observation::AlertKind,
    queue::{Filter, Term},
    state::State,
};
use crate::{error::LedgerError, people, who::Who};

/// The terms there are, with what each means; for a command's help.
pub const TERMS: &[(&str, &str)] = &[
    ("open", "somebody has to work on it: new, assigned or reopened"),
    ("free", "open, and no colleague holds it"),
    ("gone", "screening finds it no longer"),
    ("state=STATE,…", "new, assigned, reopened, proposed, cleared, escalated"),
    ("kind=KIND", "sanctions, wanted, pep, adverse-press, own-list"),
    ("list=NAME", "the entity stands on this list"),
    ("customer=ID", "of this customer"),
    ("entity=ID", "about this listed entity"),
    ("holder=NAME", "held by this user; 'me' and 'nobody' too"),
    ("older=DAYS", "open for so many days or more"),
    ("below=PERCENT", "probability below this"),
    ("from=PERCENT", "probability of this or more"),
];

/// Reads terms as `who` wrote them.
///
/// # Errors
/// When one cannot be understood: which, and what there is.
pub fn read(query: &mut impl Query, who: &Who, written: &[String]) -> Result<Filter, LedgerError> {
    let terms = written.iter().map(|term| read_one(query, who, term.trim())).collect::<Result<_, _>>()?;
    Ok(Filter { terms })
}

fn read_one(query: &mut impl Query, who: &Who, written: &str) -> Result<Term, LedgerError> {
    let (name, value) = match written.split_once('=') {
        Some((name, value)) => (name.trim(), value.trim()),
        None => (written, ""),
    };
    Ok(match (name, value) {
        ("open", "") => Term::Open,
        ("free", "") => Term::FreeFor(who.actor.clone()),
        ("gone", "") => Term::Gone,
        ("state", "") => return Err(unknown(written)),
        ("state", states) => {
            Term::State(states.split(',').map(|state| state.trim().parse::<State>()).collect::<Result<_, _>>()?)
        }
        ("kind", kind) => Term::Kind(kind.parse::<AlertKind>()?),
        ("list", list) if !list.is_empty() => Term::List(list.to_owned()),
        ("customer", id) => Term::Customer(id.parse()?),
        ("entity", id) if !id.is_empty() => Term::Entity(id.to_owned()),
        ("holder", "me") => Term::Holder(Some(who.actor.clone())),
        ("holder", "nobody") => Term::Holder(None),
        ("holder", name) => Term::Holder(Some(people::find(query, name)?.id.into())),
        ("older", days) => Term::OlderThanDays(whole(written, days, 100_000)?),
        ("below", percent) => Term::Below(whole(written, percent, 100)? * 10_000),
        ("from", percent) => Term::From(whole(written, percent, 100)? * 10_000),
        _ => return Err(unknown(written)),
    })
}

fn whole(written: &str, value: &str, most: i64) -> Result<i64, LedgerError> {
    match value.trim_end_matches('%').parse::<i64>() {
        Ok(number) if (0..=most).contains(&number) => Ok(number),
        _ => Err(LedgerError::refused(format!("{written:?}: right would be a whole number from 0 to {most}"))),
    }
}

fn unknown(written: &str) -> LedgerError {
    let known = TERMS.iter().map(|(term, _)| *term).collect::<Vec<_>>().join(", ");
    LedgerError::refused(format!("{written:?} says nothing about alerts; right would be {known}"))
}
