//! The statements of customers, their hits, and screenings.
//!
//! In come ids and values, out come customers and hits, one after another where there may be millions.

use std::collections::BTreeMap;

use mihenk_store::{Act, Query, Row, StoreError, params};
use serde::Serialize;

use super::{Against, Contents, Customer, Hit, Screening, ScreeningId};
use crate::{error::LedgerError, id::CustomerId};

const CUSTOMER: &str = "SELECT number, portfolio, reference, contents, changed, screened, has_left FROM customers";

/// What is asked for before a customer is changed.
pub(super) struct Brief {
    pub(super) number: i64,
    pub(super) digest: String,
    pub(super) has_left: bool,
}

/// Which customers are wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter<'a> {
    /// Of one portfolio.
    pub portfolio: Option<&'a str>,
    /// Only those of whom a hit is kept.
    pub with_hits: bool,
    /// Those who have left as well.
    pub with_left: bool,
    /// With a number behind this one.
    pub after: i64,
    /// So many at most.
    pub limit: i64,
}

/// A portfolio and what is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// The name.
    pub portfolio: String,
    /// Customers who have not left.
    pub customers: i64,
    /// Customers who have.
    pub left: i64,
    /// Customers who have not left and of whom a hit is kept.
    pub with_hits: i64,
    /// The score from which on a hit is kept, in ten-thousandths; none when it is that of every portfolio.
    pub threshold: Option<i64>,
}

/// A portfolio's id and threshold, if it has one of its own.
pub(super) fn portfolio(query: &mut impl Query, name: &str) -> Result<Option<(String, i64)>, StoreError> {
    let row = query.first("SELECT id, threshold FROM portfolios WHERE name = $1", params![name])?;
    row.map(|row| Ok((row.text(0)?, row.integer(1)?))).transpose()
}

pub(super) fn thresholds(query: &mut impl Query) -> Result<BTreeMap<String, i64>, StoreError> {
    let rows = query.query("SELECT name, threshold FROM portfolios", params![])?;
    rows.iter().map(|row| Ok((row.text(0)?, row.integer(1)?))).collect()
}

pub(super) fn set_threshold(act: &mut Act<'_>, id: &str, name: &str, threshold: i64) -> Result<(), StoreError> {
    act.execute(
        "INSERT INTO portfolios (name, id, threshold) VALUES ($1, $2, $3)
         ON CONFLICT (name) DO UPDATE SET threshold = excluded.threshold",
        params![name, id, threshold],
    )?;
    act.execute("UPDATE customers SET screened = 0 WHERE portfolio = $1 AND has_left = 0", params![name])?;
    Ok(())
}

pub(super) fn brief(query: &mut impl Query, portfolio: &str, reference: &str) -> Result<Option<Brief>, StoreError> {
    let sql = "SELECT number, digest, has_left FROM customers WHERE portfolio = $1 AND reference = $2";
    let row = query.first(sql, params![portfolio, reference])?;
    row.map(|row| Ok(Brief { number: row.integer(0)?, digest: row.text(1)?, has_left: row.truth(2)? })).transpose()
}

pub(super) fn by_reference(
    query: &mut impl Query,
    portfolio: &str,
    reference: &str,
) -> Result<Option<Customer>, LedgerError> {
    let sql = format!("{CUSTOMER} WHERE portfolio = $1 AND reference = $2");
    query.first(&sql, params![portfolio, reference])?.as_ref().map(to_customer).transpose()
}

pub(super) fn customer(query: &mut impl Query, number: i64) -> Result<Option<Customer>, LedgerError> {
    let row = query.first(&format!("{CUSTOMER} WHERE number = $1"), params![number])?;
    row.as_ref().map(to_customer).transpose()
}

pub(super) fn unscreened(
    query: &mut impl Query,
    since: i64,
    after: i64,
    limit: i64,
) -> Result<Vec<Customer>, LedgerError> {
    let sql = format!("{CUSTOMER} WHERE screened < $1 AND number > $2 AND has_left = 0 ORDER BY number LIMIT $3");
    query.query(&sql, params![since, after, limit])?.iter().map(to_customer).collect()
}

pub(super) fn unscreened_count(query: &mut impl Query, since: i64) -> Result<i64, LedgerError> {
    let sql = "SELECT count(*) FROM customers WHERE screened < $1 AND has_left = 0";
    Ok(query.first(sql, params![since])?.map_or(Ok(0), |row| row.integer(0))?)
}

pub(super) fn list(query: &mut impl Query, filter: &Filter<'_>) -> Result<Vec<Customer>, LedgerError> {
    let mut sql = format!("{CUSTOMER} WHERE number > $1");
    if !filter.with_left {
        sql += " AND has_left = 0";
    }
    if filter.with_hits {
        sql += " AND number IN (SELECT customer FROM customer_hits)";
    }
    match filter.portfolio {
        Some(portfolio) => {
            sql += " AND portfolio = $2 ORDER BY number LIMIT $3";
            query.query(&sql, params![filter.after, portfolio, filter.limit])?
        }
        None => {
            sql += " ORDER BY number LIMIT $2";
            query.query(&sql, params![filter.after, filter.limit])?
        }
    }
    .iter()
    .map(to_customer)
    .collect()
}

pub(super) fn each_changed_after(
    query: &mut impl Query,
    after: i64,
    each: &mut dyn FnMut(Customer) -> Result<(), StoreError>,
) -> Result<(), LedgerError> {
    let sql = format!("{CUSTOMER} WHERE changed > $1 AND has_left = 0");
    let mut unread = None;
    query.each(&sql, params![after], &mut |row| match to_customer(&row) {
        Ok(customer) => each(customer),
        Err(error) => {
            unread = unread.take().or(Some(error));
            Ok(())
        }
    })?;
    unread.map_or(Ok(()), Err)
}

pub(super) fn changed_after(query: &mut impl Query, after: i64) -> Result<(i64, i64), LedgerError> {
    let sql = "SELECT count(*) FROM customers WHERE changed > $1 AND has_left = 0";
    let count = query.first(sql, params![after])?.map_or(Ok(0), |row| row.integer(0))?;
    let last = query.first("SELECT COALESCE(max(changed), 0) FROM customers", params![])?;
    Ok((count, last.map_or(Ok(0), |row| row.integer(0))?))
}

pub(super) fn portfolios(query: &mut impl Query) -> Result<Vec<Counts>, LedgerError> {
    let sql =
        "SELECT portfolio, present, gone, with_hits FROM portfolio_counts WHERE present + gone > 0 ORDER BY portfolio";
    let mut thresholds = thresholds(query)?;
    let rows = query.query(sql, params![])?;
    let counts = |row: &Row| {
        let portfolio = row.text(0)?;
        let threshold = thresholds.remove(&portfolio);
        let (customers, left, with_hits) = (row.integer(1)?, row.integer(2)?, row.integer(3)?);
        Ok(Counts { portfolio, customers, left, with_hits, threshold })
    };
    rows.iter().map(counts).collect()
}

/// What a customer counts as in its portfolio.
struct Counted {
    portfolio: String,
    has_left: bool,
    has_hits: bool,
}

impl Counted {
    fn of(query: &mut impl Query, number: i64) -> Result<Counted, StoreError> {
        let sql = "SELECT portfolio, has_left, CASE WHEN EXISTS (SELECT 1 FROM customer_hits WHERE customer = number) THEN 1 ELSE 0 END
                   FROM customers WHERE number = $1";
        let row = query.first(sql, params![number])?.ok_or_else(|| {
            StoreError::Statement(format!("there is no customer K-{number} although an event is about it"))
        })?;
        Ok(Counted { portfolio: row.text(0)?, has_left: row.truth(1)?, has_hits: row.truth(2)? })
    }

    /// Present, gone, present with hits: 1 or 0 each.
    fn cells(&self) -> [i64; 3] {
        [!self.has_left, self.has_left, !self.has_left && self.has_hits].map(i64::from)
    }

    /// Changes the counts of the portfolio from what this customer counted as `before`.
    fn replaces(&self, act: &mut Act<'_>, before: [i64; 3]) -> Result<(), StoreError> {
        let now = self.cells();
        if now == before {
            return Ok(());
        }
        act.execute(
            "INSERT INTO portfolio_counts (portfolio, present, gone, with_hits) VALUES ($1, $2, $3, $4)
             ON CONFLICT (portfolio) DO UPDATE SET present = portfolio_counts.present + excluded.present,
             gone = portfolio_counts.gone + excluded.gone, with_hits = portfolio_counts.with_hits + excluded.with_hits",
            params![&self.portfolio, now[0] - before[0], now[1] - before[1], now[2] - before[2]],
        )?;
        Ok(())
    }
}

/// Does something that may change what a customer counts as, and keeps the counts of its portfolio.
fn counting(
    act: &mut Act<'_>,
    number: i64,
    change: impl FnOnce(&mut Act<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let before = Counted::of(act, number)?.cells();
    change(act)?;
    Counted::of(act, number)?.replaces(act, before)
}

fn to_customer(row: &Row) -> Result<Customer, LedgerError> {
    let id = CustomerId::at(row.integer(0)?);
    let contents = serde_json::from_str(&row.text(3)?)
        .map_err(|error| LedgerError::refused(format!("what is known of {id} cannot be read: {error}")))?;
    Ok(Customer {
        id,
        portfolio: row.text(1)?,
        reference: row.text(2)?,
        contents,
        changed: row.integer(4)?,
        screened: row.integer(5)?,
        has_left: row.truth(6)?,
    })
}

pub(super) fn insert(
    act: &mut Act<'_>,
    number: i64,
    (portfolio, reference): (&str, &str),
    contents: &Contents,
    screened: i64,
) -> Result<(), StoreError> {
    let json = contents.to_json();
    let digest = Contents::digest(&json);
    act.execute(
        "INSERT INTO customers (number, portfolio, reference, contents, digest, changed, screened, has_left)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 0)",
        params![number, portfolio, reference, json, digest, number, screened],
    )?;
    Counted { portfolio: portfolio.to_owned(), has_left: false, has_hits: false }.replaces(act, [0; 3])
}

pub(super) fn update(
    act: &mut Act<'_>,
    number: i64,
    contents: &Contents,
    changed: i64,
    screened: i64,
) -> Result<(), StoreError> {
    let json = contents.to_json();
    let digest = Contents::digest(&json);
    counting(act, number, |act| {
        act.execute(
            "UPDATE customers SET contents = $1, digest = $2, changed = $3, screened = $4, has_left = 0 WHERE number = $5",
            params![json, digest, changed, screened, number],
        )?;
        Ok(())
    })
}

pub(super) fn leave(act: &mut Act<'_>, number: i64, changed: i64) -> Result<(), StoreError> {
    counting(act, number, |act| {
        act.execute(
            "UPDATE customers SET has_left = 1, changed = $1, screened = 0 WHERE number = $2",
            params![changed, number],
        )?;
        Ok(())
    })
}

pub(super) fn set_screened(act: &mut Act<'_>, screening: i64, after: i64, to: i64) -> Result<(), StoreError> {
    act.execute(
        "UPDATE customers SET screened = $1 WHERE number > $2 AND number <= $3 AND has_left = 0 AND screened < $1",
        params![screening, after, to],
    )?;
    Ok(())
}

pub(super) fn hits(query: &mut impl Query, customer: i64) -> Result<Vec<Hit>, LedgerError> {
    let sql = "SELECT party, entity, kind, score, probability, bits, evidence FROM customer_hits WHERE customer = $1";
    let rows = query.query(sql, params![customer])?;
    let mut hits = rows.iter().map(to_hit).collect::<Result<Vec<Hit>, LedgerError>>()?;
    // Not by the statement: databases sort text in ways of their own.
    hits.sort();
    Ok(hits)
}

fn to_hit(row: &Row) -> Result<Hit, LedgerError> {
    Ok(Hit {
        party: row.text(0)?,
        entity: row.text(1)?,
        kind: row.text(2)?.parse()?,
        score: row.integer(3)?,
        probability: row.integer(4)?,
        bits: row.integer(5)?,
        evidence: row.text(6)?,
    })
}

pub(super) fn hit_by(query: &mut impl Query, entity: &str) -> Result<Vec<CustomerId>, LedgerError> {
    let sql = "SELECT DISTINCT customer FROM customer_hits WHERE entity = $1";
    let rows = query.query(sql, params![entity])?;
    rows.iter().map(|row| Ok(CustomerId::at(row.integer(0)?))).collect()
}

pub(super) fn hit_entities(query: &mut impl Query) -> Result<Vec<String>, LedgerError> {
    let rows = query.query("SELECT DISTINCT entity FROM customer_hits", params![])?;
    rows.iter().map(|row| Ok(row.text(0)?)).collect()
}

pub(super) fn event_hash(query: &mut impl Query, seq: i64) -> Result<Option<Vec<u8>>, StoreError> {
    let row = query.first("SELECT hash FROM events WHERE seq = $1", params![seq])?;
    row.map(|row| row.bytes(0)).transpose()
}

pub(super) fn set_hits(act: &mut Act<'_>, customer: i64, hits: &[Hit]) -> Result<(), StoreError> {
    counting(act, customer, |act| {
        act.execute("DELETE FROM customer_hits WHERE customer = $1", params![customer])?;
        hits.iter().try_for_each(|hit| insert_hit(act, customer, hit))
    })
}

fn insert_hit(act: &mut Act<'_>, customer: i64, hit: &Hit) -> Result<(), StoreError> {
    act.execute(
        "INSERT INTO customer_hits (customer, party, entity, kind, score, probability, bits, evidence)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![
            customer,
            &hit.party,
            &hit.entity,
            hit.kind.as_str(),
            hit.score,
            hit.probability,
            hit.bits,
            &hit.evidence
        ],
    )?;
    Ok(())
}

pub(super) fn insert_screening(
    act: &mut Act<'_>,
    number: i64,
    at: i64,
    against: &Against,
    is_full: bool,
) -> Result<(), StoreError> {
    let about = serde_json::to_string(against).map_err(|error| StoreError::Statement(error.to_string()))?;
    act.execute(
        "INSERT INTO screenings (number, begun_at, about, is_full, is_done) VALUES ($1, $2, $3, $4, 0)",
        params![number, at, about, is_full],
    )?;
    Ok(())
}

pub(super) fn end_screening(act: &mut Act<'_>, number: i64) -> Result<(), StoreError> {
    act.execute("UPDATE screenings SET is_done = 1 WHERE number = $1", params![number])?;
    Ok(())
}

pub(super) fn last_screening(query: &mut impl Query, full: bool) -> Result<Option<Screening>, LedgerError> {
    let only = if full { "WHERE is_full = 1" } else { "" };
    let sql =
        format!("SELECT number, begun_at, about, is_full, is_done FROM screenings {only} ORDER BY number DESC LIMIT 1");
    query.first(&sql, params![])?.as_ref().map(to_screening).transpose()
}

fn to_screening(row: &Row) -> Result<Screening, LedgerError> {
    let number = row.integer(0)?;
    let against = serde_json::from_str(&row.text(2)?)
        .map_err(|error| LedgerError::refused(format!("what S-{number} was held against cannot be read: {error}")))?;
    Ok(Screening {
        id: ScreeningId::at(number),
        number,
        begun_at: row.integer(1)?,
        against,
        is_full: row.truth(3)?,
        is_done: row.truth(4)?,
    })
}
