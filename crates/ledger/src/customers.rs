//! Customers and those related to them, by portfolio, and what screening found of each.
//!
//! A customer is known by the house's own number, its reference, which is unique within a portfolio. In come what a file says
//! ([`put`], [`leave`]) and what screening found ([`found`]); an act that brings nothing new leaves no event. A hit is kept with
//! the hash of its evidence, so that a later screening knows what is new; hits become alerts elsewhere ([`crate::alerts`]).
//!
//! Screenings follow one another. A *full* one holds every customer against all lists, batch after batch ([`screened_part`]), and can go on
//! after an interruption. Any other is one act, which writes what a change of the lists touched. So at any time every
//! customer's hits are those of the last screening that is done, or the customer is among [`unscreened`].

mod record;
mod sql;

use std::collections::BTreeMap;

use mihenk_store::{Act, Event, Migrations, Query};
use serde::{Deserialize, Serialize};

pub use record::{Against, Contents, Customer, Hit, Party, Screening};
pub use sql::{Counts, Filter};

pub use crate::id::CustomerId;
use crate::{
    error::LedgerError,
    happening::{Happening, record, record_made},
    id, refusals,
    retention::Part,
    who::{Reason, Who},
};

/// The tables.
pub const MIGRATIONS: Migrations = Migrations {
    part: "customers",
    versions: &[
        include_str!("migrate/customers_1.sql"),
        include_str!("migrate/customers_2.sql"),
        include_str!("migrate/customers_3.sql"),
    ],
};

/// What a threshold may be, in ten-thousandths of a score: below, what is not returned when one screens would be an alert.
const THRESHOLDS: std::ops::RangeInclusive<i64> = 5_000..=9_900;

/// What retention may erase of it: customers who have left, once no alert about them is undecided. Screenings and thresholds say nothing
/// of a person and stay.
pub const KEPT: Part = Part {
    name: "customer",
    open: Some(
        "SELECT 'K-' || number FROM customers WHERE has_left = 0 UNION ALL SELECT 'S-' || number FROM screenings
         UNION ALL SELECT id FROM portfolios
         UNION ALL SELECT customer FROM alerts WHERE state <> 'cleared'
         UNION ALL SELECT customer FROM redresses WHERE is_open = 1",
    ),
    forget: &[
        "UPDATE portfolio_counts SET gone = gone - 1
         WHERE portfolio = (SELECT portfolio FROM customers WHERE number = CAST(substr($1, 3) AS BIGINT))",
        "DELETE FROM customer_hits WHERE customer = CAST(substr($1, 3) AS BIGINT)",
        "DELETE FROM customers WHERE number = CAST(substr($1, 3) AS BIGINT)",
    ],
};

id!(
    /// A screening of all portfolios.
    ScreeningId, "S", "a screening"
);

id!(
    /// A portfolio that has a threshold of its own.
    PortfolioId, "PF", "a portfolio"
);

/// What can happen to customers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CustomerEvent {
    /// A customer is new.
    Added {
        /// The portfolio.
        portfolio: String,
        /// The house's own number.
        reference: String,
        /// What is known.
        contents: Contents,
        /// The screening whose lists it was held against in the same act.
        screening: Option<ScreeningId>,
    },
    /// Something else is known of a customer, or one who had left is back.
    Changed {
        /// What is known now.
        contents: Contents,
        /// Why, when a person changed it by hand.
        reason: Option<Reason>,
        /// The screening whose lists it was held against in the same act.
        screening: Option<ScreeningId>,
    },
    /// From another score on than before a hit on a customer of a portfolio is kept; they wait to be held against all lists.
    ThresholdSet {
        /// The portfolio's name.
        portfolio: String,
        /// In ten-thousandths.
        threshold: i64,
        /// Why.
        reason: Reason,
    },
    /// It is a customer no more.
    Left {
        /// Why.
        reason: Reason,
    },
    /// What screening finds of a customer is other than before: all of it.
    Found {
        /// In which screening.
        screening: ScreeningId,
        /// The hits, sorted.
        hits: Vec<Hit>,
    },
    /// A screening began; or, when it is not full, is done at once.
    ScreeningBegun {
        /// Against what.
        against: Against,
        /// Whether it holds every customer against all lists.
        is_full: bool,
    },
    /// The customers behind `after`, up to `to`, were held against all lists.
    ScreeningPart {
        /// The number of the last customer before.
        after: i64,
        /// The number of the last one.
        to: i64,
    },
    /// A screening came to its end.
    ScreeningDone {},
}

/// What [`put`] came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Put {
    /// A new customer.
    Added(CustomerId),
    /// Something else is known of it.
    Changed(CustomerId),
    /// It is as it was: no event.
    Unchanged(CustomerId),
}

impl Put {
    /// The customer.
    #[must_use]
    pub fn id(&self) -> &CustomerId {
        match self {
            Put::Added(id) | Put::Changed(id) | Put::Unchanged(id) => id,
        }
    }
}

/// Holds a customer as a file or a person says it is. `screening` is the one whose lists it is held against in the same act.
///
/// # Errors
/// When portfolio or reference are no names.
pub fn put(
    act: &mut Act<'_>,
    who: &Who,
    (portfolio, reference): (&str, &str),
    contents: Contents,
    reason: Option<Reason>,
    screening: Option<ScreeningId>,
) -> Result<Put, LedgerError> {
    portfolio_named(portfolio)?;
    reference_named(reference)?;
    let Some(known) = sql::brief(act, portfolio, reference)? else {
        let (portfolio, reference) = (portfolio.to_owned(), reference.to_owned());
        let event = CustomerEvent::Added { portfolio, reference, contents, screening };
        let seq = record_made(act, who, &event, |seq| CustomerId::at(seq).into())?.seq;
        return Ok(Put::Added(CustomerId::at(seq)));
    };
    let id = CustomerId::at(known.number);
    if known.digest == Contents::digest(&contents.to_json()) && !known.has_left {
        return Ok(Put::Unchanged(id));
    }
    record(act, who, id.as_str(), &CustomerEvent::Changed { contents, reason, screening })?;
    Ok(Put::Changed(id))
}

/// Refuses what is no reference of a customer.
///
/// # Errors
/// When it is empty, too long, or has control characters.
pub fn reference_named(reference: &str) -> Result<(), LedgerError> {
    if reference.is_empty() {
        return Err(refusals::reference_needed());
    }
    record::named("the reference", reference)
}

/// Refuses what is no name of a portfolio.
///
/// # Errors
/// When it is empty, too long, or has control characters.
pub fn portfolio_named(portfolio: &str) -> Result<(), LedgerError> {
    if portfolio.trim().is_empty() || portfolio.trim() != portfolio {
        return Err(refusals::not_a_portfolio(portfolio));
    }
    record::named("the name of a portfolio", portfolio)
}

/// Gives a portfolio a threshold of its own, in ten-thousandths of a score; `false` when it has it already, and then there is no event.
///
/// # Errors
/// When it is no name, or the threshold is not one of 0.50 to 0.99.
pub fn set_threshold(
    act: &mut Act<'_>,
    who: &Who,
    portfolio: &str,
    threshold: i64,
    reason: Reason,
) -> Result<bool, LedgerError> {
    portfolio_named(portfolio)?;
    if !THRESHOLDS.contains(&threshold) {
        let found = threshold as f64 / 10_000.0;
        return Err(LedgerError::refused(format!("a threshold of {found}; right would be 0.50 to 0.99")));
    }
    let known = sql::portfolio(act, portfolio)?;
    if known.as_ref().is_some_and(|(_, before)| *before == threshold) {
        return Ok(false);
    }
    let event = CustomerEvent::ThresholdSet { portfolio: portfolio.to_owned(), threshold, reason };
    record_made(act, who, &event, |seq| known.map_or_else(|| PortfolioId::at(seq).into(), |(id, _)| id))?;
    Ok(true)
}

/// The thresholds of portfolios that have one of their own, by name, in ten-thousandths of a score.
///
/// # Errors
/// When the store refuses.
pub fn thresholds(query: &mut impl Query) -> Result<BTreeMap<String, i64>, LedgerError> {
    Ok(sql::thresholds(query)?)
}

/// Lets a customer leave. Its alerts, cases and freezes stay as they are.
///
/// # Errors
/// When it is unknown or has left already.
pub fn leave(act: &mut Act<'_>, who: &Who, id: &CustomerId, reason: Reason) -> Result<(), LedgerError> {
    let customer = customer(act, id)?;
    if customer.has_left {
        return Err(refusals::customer_has_left(id));
    }
    record(act, who, id.as_str(), &CustomerEvent::Left { reason })?;
    Ok(())
}

/// Keeps what screening finds of a customer now; `false` when it is what was found before, and then there is no event.
///
/// # Errors
/// When the store refuses.
pub fn found(
    act: &mut Act<'_>,
    who: &Who,
    id: &CustomerId,
    screening: &ScreeningId,
    mut hits: Vec<Hit>,
) -> Result<bool, LedgerError> {
    hits.sort();
    if hits == sql::hits(act, number(id)?)? {
        return Ok(false);
    }
    record(act, who, id.as_str(), &CustomerEvent::Found { screening: screening.clone(), hits })?;
    Ok(true)
}

/// Begins a screening. One that is not full is one act with [`screening_done`].
///
/// # Errors
/// When the store refuses.
pub fn begin_screening(
    act: &mut Act<'_>,
    who: &Who,
    against: Against,
    is_full: bool,
) -> Result<ScreeningId, LedgerError> {
    let event = CustomerEvent::ScreeningBegun { against, is_full };
    let seq = record_made(act, who, &event, |seq| ScreeningId::at(seq).into())?.seq;
    Ok(ScreeningId::at(seq))
}

/// Takes down that the customers behind `after`, up to `to`, were held against all lists.
///
/// # Errors
/// When the store refuses.
pub fn screened_part(
    act: &mut Act<'_>,
    who: &Who,
    screening: &ScreeningId,
    (after, to): (i64, i64),
) -> Result<(), LedgerError> {
    record(act, who, screening.as_str(), &CustomerEvent::ScreeningPart { after, to })?;
    Ok(())
}

/// Ends a screening.
///
/// # Errors
/// When the store refuses.
pub fn screening_done(act: &mut Act<'_>, who: &Who, screening: &ScreeningId) -> Result<(), LedgerError> {
    record(act, who, screening.as_str(), &CustomerEvent::ScreeningDone {})?;
    Ok(())
}

/// The screening that was begun last.
///
/// # Errors
/// When the store refuses.
pub fn last_screening(query: &mut impl Query) -> Result<Option<Screening>, LedgerError> {
    sql::last_screening(query, false)
}

/// The full screening that was begun last.
///
/// # Errors
/// When the store refuses.
pub fn last_full_screening(query: &mut impl Query) -> Result<Option<Screening>, LedgerError> {
    sql::last_screening(query, true)
}

/// Customers behind `after` that were not yet held against all lists since the screening `since`, by number, `limit` at most.
///
/// # Errors
/// When the store refuses.
pub fn unscreened(query: &mut impl Query, since: i64, after: i64, limit: i64) -> Result<Vec<Customer>, LedgerError> {
    sql::unscreened(query, since, after, limit)
}

/// How many there are of these.
///
/// # Errors
/// When the store refuses.
pub fn unscreened_count(query: &mut impl Query, since: i64) -> Result<i64, LedgerError> {
    sql::unscreened_count(query, since)
}

/// A customer by id.
///
/// # Errors
/// When there is none.
pub fn customer(query: &mut impl Query, id: &CustomerId) -> Result<Customer, LedgerError> {
    sql::customer(query, number(id)?)?.ok_or_else(|| LedgerError::unknown("customer", id))
}

/// A customer by the house's own number.
///
/// # Errors
/// When the store refuses.
pub fn by_reference(query: &mut impl Query, portfolio: &str, reference: &str) -> Result<Option<Customer>, LedgerError> {
    sql::by_reference(query, portfolio, reference)
}

/// Customers in the order of their numbers.
///
/// # Errors
/// When the store refuses.
pub fn list(query: &mut impl Query, filter: &Filter<'_>) -> Result<Vec<Customer>, LedgerError> {
    sql::list(query, filter)
}

/// Calls `each` with every customer who has not left and was changed after an event.
///
/// # Errors
/// What `each` returns, or when the store refuses.
pub fn each_changed_after(
    query: &mut impl Query,
    after: i64,
    each: &mut dyn FnMut(Customer) -> Result<(), mihenk_store::StoreError>,
) -> Result<(), LedgerError> {
    sql::each_changed_after(query, after, each)
}

/// How many customers have not left and were changed after an event, and the place of the last change of any.
///
/// # Errors
/// When the store refuses.
pub fn changed_after(query: &mut impl Query, after: i64) -> Result<(i64, i64), LedgerError> {
    sql::changed_after(query, after)
}

/// The portfolios, with what is in them.
///
/// # Errors
/// When the store refuses.
pub fn portfolios(query: &mut impl Query) -> Result<Vec<Counts>, LedgerError> {
    sql::portfolios(query)
}

/// What is kept as found of a customer, sorted.
///
/// # Errors
/// When the store refuses.
pub fn hits(query: &mut impl Query, id: &CustomerId) -> Result<Vec<Hit>, LedgerError> {
    sql::hits(query, number(id)?)
}

/// The customers of whom a hit on a listed entity is kept.
///
/// # Errors
/// When the store refuses.
pub fn hit_by(query: &mut impl Query, entity: &str) -> Result<Vec<CustomerId>, LedgerError> {
    sql::hit_by(query, entity)
}

/// The listed entities on which a hit is kept.
///
/// # Errors
/// When the store refuses.
pub fn hit_entities(query: &mut impl Query) -> Result<Vec<String>, LedgerError> {
    sql::hit_entities(query)
}

/// The hash of an event, which tells one store from another; `None` when there is none in that place.
///
/// # Errors
/// When the store refuses.
pub fn event_hash(query: &mut impl Query, seq: i64) -> Result<Option<Vec<u8>>, LedgerError> {
    Ok(sql::event_hash(query, seq)?)
}

/// The number in a customer's id.
///
/// # Errors
/// Never, for an id that was read or made.
pub fn number(id: &CustomerId) -> Result<i64, LedgerError> {
    let digits = id.as_str().rsplit('-').next().and_then(|digits| digits.parse().ok());
    digits.ok_or_else(|| LedgerError::unknown("customer", id))
}

fn screening_number(id: &ScreeningId) -> i64 {
    id.as_str().rsplit('-').next().and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

impl Happening for CustomerEvent {
    const PART: &'static str = "customer";

    fn apply(&self, act: &mut Act<'_>, event: &Event) -> Result<(), LedgerError> {
        let screened = |screening: &Option<ScreeningId>| screening.as_ref().map_or(0, screening_number);
        match self {
            CustomerEvent::Added { portfolio, reference, contents, screening } => {
                sql::insert(act, event.seq, (portfolio, reference), contents, screened(screening))?;
            }
            CustomerEvent::Changed { contents, screening, .. } => {
                sql::update(act, number(&event.subject.parse()?)?, contents, event.seq, screened(screening))?;
            }
            CustomerEvent::ThresholdSet { portfolio, threshold, .. } => {
                sql::set_threshold(act, &event.subject, portfolio, *threshold)?;
            }
            CustomerEvent::Left { .. } => sql::leave(act, number(&event.subject.parse()?)?, event.seq)?,
            CustomerEvent::Found { hits, .. } => sql::set_hits(act, number(&event.subject.parse()?)?, hits)?,
            CustomerEvent::ScreeningBegun { against, is_full } => {
                sql::insert_screening(act, event.seq, event.at, against, *is_full)?;
            }
            CustomerEvent::ScreeningPart { after, to } => {
                sql::set_screened(act, screening_number(&event.subject.parse()?), *after, *to)?;
            }
            CustomerEvent::ScreeningDone {} => sql::end_screening(act, screening_number(&event.subject.parse()?))?,
        }
        Ok(())
    }
}
