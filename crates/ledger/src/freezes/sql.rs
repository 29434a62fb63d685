//! The statements of freezes: pauses, freezes, what waits, notices, the register, exemptions and their uses.
//!
//! Terms, changes, lists and notices stand in their rows as JSON, as they stand in the events; what is asked for has columns of its own.

use std::collections::BTreeSet;

use mihenk_store::{Act, Event, Query, Row, StoreError, params};

use super::{
    Delisting, Exemption, ExemptionId, ExemptionTerms, Freeze, FreezeId, Notice, Pause, PauseId, PauseState, State,
    Terms, Waiting,
    exemptions::ExemptionState,
    register::{Entry, Used},
};
use crate::{
    day::Day,
    error::LedgerError,
    money::{Amount, Currency},
    rows::{json, read},
};

pub(super) fn insert_pause(
    act: &mut Act<'_>,
    id: &PauseId,
    what: &str,
    customer: Option<&str>,
    entity: Option<&str>,
    (by, at, until): (&str, i64, i64),
) -> Result<(), StoreError> {
    act.execute(
        "INSERT INTO pauses (id, state, what, customer, entity, paused_by, paused_at, paused_until)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![id, PauseState::Paused.as_str(), what, customer, entity, by, at, until],
    )?;
    Ok(())
}

pub(super) fn set_pause(
    act: &mut Act<'_>,
    id: &PauseId,
    state: PauseState,
    freeze: Option<&FreezeId>,
) -> Result<(), StoreError> {
    act.execute("UPDATE pauses SET state = $1, freeze_id = $2 WHERE id = $3", params![state.as_str(), freeze, id])?;
    Ok(())
}

const PAUSE: &str =
    "SELECT id, state, what, customer, entity, paused_by, paused_at, paused_until, freeze_id FROM pauses";

pub(super) fn pause(query: &mut impl Query, id: &PauseId) -> Result<Option<Pause>, LedgerError> {
    query.first(&format!("{PAUSE} WHERE id = $1"), params![id])?.as_ref().map(to_pause).transpose()
}

pub(super) fn pauses(query: &mut impl Query) -> Result<Vec<Pause>, LedgerError> {
    query.query(&format!("{PAUSE} ORDER BY paused_at DESC, id DESC"), params![])?.iter().map(to_pause).collect()
}

fn to_pause(row: &Row) -> Result<Pause, LedgerError> {
    Ok(Pause {
        id: row.text(0)?.parse()?,
        state: PauseState::read(&row.text(1)?)?,
        what: row.text(2)?,
        customer: row.maybe_text(3)?,
        entity: row.maybe_text(4)?,
        by: row.text(5)?,
        at: row.integer(6)?,
        until: row.integer(7)?,
        freeze: row.maybe_text(8)?.map(|id| id.parse()).transpose()?,
        revision: 0,
    })
}

pub(super) fn pauses_that_ran_out(query: &mut impl Query, at: i64) -> Result<Vec<PauseId>, LedgerError> {
    let sql = "SELECT id FROM pauses WHERE state = $1 AND paused_until <= $2 ORDER BY paused_until, id";
    query.query(sql, params![PauseState::Paused.as_str(), at])?.iter().map(|row| row.text(0)?.parse()).collect()
}

pub(super) fn holds_that_ran_out(query: &mut impl Query, at: i64) -> Result<Vec<FreezeId>, LedgerError> {
    let sql =
        "SELECT id FROM freezes WHERE state = $1 AND ran_out = 0 AND confirm_until <= $2 ORDER BY confirm_until, id";
    query.query(sql, params![State::Held.as_str(), at])?.iter().map(|row| row.text(0)?.parse()).collect()
}

/// Freezes in force, with the day on which each is to be reviewed.
pub(super) fn reviews(query: &mut impl Query) -> Result<Vec<(FreezeId, Day)>, LedgerError> {
    let sql = "SELECT id, terms FROM freezes WHERE state = $1 ORDER BY seq";
    let rows = query.query(sql, params![State::InForce.as_str()])?;
    rows.iter().map(|row| Ok((row.text(0)?.parse()?, read::<Terms>(&row.text(1)?)?.review))).collect()
}

/// Exemptions that may be used or for which the committee was notified, with the last day of each.
pub(super) fn last_days(query: &mut impl Query) -> Result<Vec<(ExemptionId, Day)>, LedgerError> {
    let sql = "SELECT id, terms FROM exemptions WHERE state IN ($1, $2) ORDER BY seq";
    let rows = query.query(sql, params![ExemptionState::Usable.as_str(), ExemptionState::Notified.as_str()])?;
    rows.iter().map(|row| Ok((row.text(0)?.parse()?, read::<ExemptionTerms>(&row.text(1)?)?.until))).collect()
}

pub(super) fn told(query: &mut impl Query) -> Result<BTreeSet<(String, Day)>, LedgerError> {
    let rows = query.query("SELECT subject, day FROM freeze_told", params![])?;
    rows.iter().map(|row| Ok((row.text(0)?, row.text(1)?.parse()?))).collect()
}

pub(super) fn insert_told(act: &mut Act<'_>, subject: &str, day: Day) -> Result<(), LedgerError> {
    act.execute("INSERT INTO freeze_told (subject, day) VALUES ($1, $2)", params![subject, day.to_string()])?;
    Ok(())
}

pub(super) fn insert_freeze(act: &mut Act<'_>, freeze: &Freeze, seq: i64) -> Result<(), LedgerError> {
    act.execute(
        "INSERT INTO freezes (id, seq, state, terms, proposed_by, proposed_at, confirm_until, ran_out, pause_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8)",
        params![
            &freeze.id,
            seq,
            freeze.state.as_str(),
            json(&freeze.terms)?,
            &freeze.proposed_by,
            freeze.proposed_at,
            freeze.confirm_until,
            freeze.pause.as_ref()
        ],
    )?;
    Ok(())
}

pub(super) fn set_freeze(act: &mut Act<'_>, freeze: &Freeze) -> Result<(), LedgerError> {
    act.execute(
        "UPDATE freezes SET state = $1, terms = $2, confirmed_by = $3, confirmed_at = $4, ran_out = $5 WHERE id = $6",
        params![
            freeze.state.as_str(),
            json(&freeze.terms)?,
            freeze.confirmed_by.as_ref(),
            freeze.confirmed_at,
            freeze.ran_out,
            &freeze.id
        ],
    )?;
    Ok(())
}

const FREEZE: &str = "SELECT f.id, f.state, f.terms, f.proposed_by, f.proposed_at, f.confirmed_by, f.confirmed_at, f.confirm_until, f.ran_out,
    f.pause_id, w.proposed_by, w.proposed_at, w.change, d.opened_at, d.lists
    FROM freezes f LEFT JOIN freeze_changes_waiting w ON w.freeze_id = f.id LEFT JOIN freeze_delistings d ON d.freeze_id = f.id";

pub(super) fn freeze(query: &mut impl Query, id: &FreezeId) -> Result<Option<Freeze>, LedgerError> {
    let row = query.first(&format!("{FREEZE} WHERE f.id = $1"), params![id])?;
    row.map(|row| to_freeze(query, &row)).transpose()
}

pub(super) fn freezes(query: &mut impl Query) -> Result<Vec<Freeze>, LedgerError> {
    let rows = query.query(&format!("{FREEZE} ORDER BY f.seq DESC"), params![])?;
    rows.iter().map(|row| to_freeze(query, row)).collect()
}

fn to_freeze(query: &mut impl Query, row: &Row) -> Result<Freeze, LedgerError> {
    let id: FreezeId = row.text(0)?.parse()?;
    let waiting = match (row.maybe_text(10)?, row.maybe_integer(11)?, row.maybe_text(12)?) {
        (Some(by), Some(at), Some(change)) => Some(Waiting { by, at, change: read(&change)? }),
        _ => None,
    };
    let delisted = match (row.maybe_integer(13)?, row.maybe_text(14)?) {
        (Some(at), Some(lists)) => Some(Delisting { at, lists: read(&lists)? }),
        _ => None,
    };
    let notices = query.query("SELECT notice FROM freeze_notices WHERE freeze_id = $1 ORDER BY seq", params![&id])?;
    Ok(Freeze {
        state: State::read(&row.text(1)?)?,
        terms: read(&row.text(2)?)?,
        proposed_by: row.text(3)?,
        proposed_at: row.integer(4)?,
        confirmed_by: row.maybe_text(5)?,
        confirmed_at: row.maybe_integer(6)?,
        confirm_until: row.maybe_integer(7)?,
        ran_out: row.truth(8)?,
        pause: row.maybe_text(9)?.map(|id| id.parse()).transpose()?,
        waiting,
        delisted,
        notices: notices.iter().map(|row| read(&row.text(0)?)).collect::<Result<_, LedgerError>>()?,
        revision: 0,
        id,
    })
}

pub(super) fn set_waiting(act: &mut Act<'_>, id: &FreezeId, waiting: Option<&Waiting>) -> Result<(), LedgerError> {
    act.execute("DELETE FROM freeze_changes_waiting WHERE freeze_id = $1", params![id])?;
    if let Some(waiting) = waiting {
        act.execute(
            "INSERT INTO freeze_changes_waiting (freeze_id, proposed_by, proposed_at, change) VALUES ($1, $2, $3, $4)",
            params![id, &waiting.by, waiting.at, json(&waiting.change)?],
        )?;
    }
    Ok(())
}

pub(super) fn set_delisting(act: &mut Act<'_>, id: &FreezeId, task: Option<&Delisting>) -> Result<(), LedgerError> {
    act.execute("DELETE FROM freeze_delistings WHERE freeze_id = $1", params![id])?;
    if let Some(task) = task {
        let sql = "INSERT INTO freeze_delistings (freeze_id, opened_at, lists) VALUES ($1, $2, $3)";
        act.execute(sql, params![id, task.at, json(&task.lists)?])?;
    }
    Ok(())
}

pub(super) fn insert_notice(act: &mut Act<'_>, id: &FreezeId, seq: i64, notice: &Notice) -> Result<(), LedgerError> {
    let sql = "INSERT INTO freeze_notices (freeze_id, seq, notice) VALUES ($1, $2, $3)";
    act.execute(sql, params![id, seq, json(notice)?])?;
    Ok(())
}

/// Ends what the register says of a freeze and writes what it says from this place of the chain on.
pub(super) fn set_register(act: &mut Act<'_>, freeze: &Freeze, seq: i64) -> Result<(), LedgerError> {
    let end = "UPDATE freeze_register SET until_seq = $1 WHERE freeze_id = $2 AND until_seq IS NULL";
    act.execute(end, params![seq, &freeze.id])?;
    if !freeze.state.restrains() {
        return Ok(());
    }
    let terms = &freeze.terms;
    for asset in terms.restrained() {
        act.execute(
            "INSERT INTO freeze_register (freeze_id, number, from_seq, state, programme, reference, entity, customer, kind, identifier, holder,
             amount_minor, currency, review) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
            params![
                &freeze.id,
                asset.number,
                seq,
                freeze.state.as_str(),
                &terms.programme,
                &terms.reference,
                terms.entity.as_ref(),
                terms.customer.as_ref(),
                asset.kind.as_str(),
                &asset.identifier,
                &asset.holder,
                asset.value.map(Amount::minor),
                asset.value.map(|value| value.currency().code()),
                terms.review.to_string()
            ],
        )?;
    }
    Ok(())
}

/// The last place of the chain at a moment.
pub(super) fn place_at(query: &mut impl Query, at: i64) -> Result<i64, LedgerError> {
    let row = query.first("SELECT seq FROM events WHERE at <= $1 ORDER BY seq DESC LIMIT 1", params![at])?;
    Ok(row.map_or(Ok(0), |row| row.integer(0))?)
}

pub(super) fn register(query: &mut impl Query, seq: i64) -> Result<Vec<Entry>, LedgerError> {
    let rows = query.query(
        "SELECT freeze_id, number, state, programme, reference, entity, customer, kind, identifier, holder, amount_minor, currency, review
         FROM freeze_register WHERE from_seq <= $1 AND (until_seq IS NULL OR until_seq > $1)",
        params![seq],
    )?;
    rows.iter().map(to_entry).collect()
}

fn to_entry(row: &Row) -> Result<Entry, LedgerError> {
    Ok(Entry {
        freeze: row.text(0)?.parse()?,
        number: u32::try_from(row.integer(1)?).unwrap_or(u32::MAX),
        state: State::read(&row.text(2)?)?,
        programme: row.text(3)?,
        reference: row.text(4)?,
        entity: row.maybe_text(5)?,
        customer: row.maybe_text(6)?,
        kind: row.text(7)?.parse()?,
        identifier: row.text(8)?,
        holder: row.text(9)?,
        value: amount(row.maybe_integer(10)?, row.maybe_text(11)?)?,
        review: row.text(12)?.parse()?,
    })
}

fn amount(minor: Option<i64>, currency: Option<String>) -> Result<Option<Amount>, LedgerError> {
    match (minor, currency) {
        (Some(minor), Some(currency)) => Ok(Some(Amount::new(minor, currency.parse::<Currency>()?)?)),
        _ => Ok(None),
    }
}

pub(super) fn insert_exemption(
    act: &mut Act<'_>,
    id: &ExemptionId,
    terms: &ExemptionTerms,
    event: &Event,
) -> Result<(), LedgerError> {
    act.execute(
        "INSERT INTO exemptions (id, seq, freeze_id, state, terms, proposed_by, proposed_at, used_minor, uses)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0)",
        params![id, event.seq, &terms.freeze, ExemptionState::Proposed.as_str(), json(terms)?, &event.actor, event.at],
    )?;
    Ok(())
}

pub(super) fn set_exemption(act: &mut Act<'_>, exemption: &Exemption) -> Result<(), LedgerError> {
    act.execute(
        "UPDATE exemptions SET state = $1, confirmed_by = $2, notified_on = $3, may_object_until = $4, used_minor = $5, uses = $6
         WHERE id = $7",
        params![
            exemption.state.as_str(),
            exemption.confirmed_by.as_ref(),
            exemption.notified_on.map(String::from),
            exemption.may_object_until.map(String::from),
            exemption.used_minor,
            exemption.uses,
            &exemption.id
        ],
    )?;
    Ok(())
}

const EXEMPTION: &str =
    "SELECT id, state, terms, proposed_by, proposed_at, confirmed_by, notified_on, may_object_until, used_minor, uses
    FROM exemptions";

pub(super) fn exemption(query: &mut impl Query, id: &ExemptionId) -> Result<Option<Exemption>, LedgerError> {
    query.first(&format!("{EXEMPTION} WHERE id = $1"), params![id])?.as_ref().map(to_exemption).transpose()
}

/// Those of a freeze, or all, oldest first.
pub(super) fn exemptions(query: &mut impl Query, freeze: Option<&FreezeId>) -> Result<Vec<Exemption>, LedgerError> {
    let rows = match freeze {
        Some(id) => query.query(&format!("{EXEMPTION} WHERE freeze_id = $1 ORDER BY seq"), params![id])?,
        None => query.query(&format!("{EXEMPTION} ORDER BY seq"), params![])?,
    };
    rows.iter().map(to_exemption).collect()
}

fn to_exemption(row: &Row) -> Result<Exemption, LedgerError> {
    Ok(Exemption {
        id: row.text(0)?.parse()?,
        state: ExemptionState::read(&row.text(1)?)?,
        terms: read(&row.text(2)?)?,
        proposed_by: row.text(3)?,
        proposed_at: row.integer(4)?,
        confirmed_by: row.maybe_text(5)?,
        notified_on: row.maybe_text(6)?.map(|day| day.parse()).transpose()?,
        may_object_until: row.maybe_text(7)?.map(|day| day.parse()).transpose()?,
        used_minor: row.integer(8)?,
        uses: row.integer(9)?,
        revision: 0,
    })
}

pub(super) fn insert_use(
    act: &mut Act<'_>,
    id: &ExemptionId,
    event: &Event,
    amount: Amount,
    on: Day,
) -> Result<(), StoreError> {
    act.execute(
        "INSERT INTO exemption_uses (exemption_id, seq, used_by, used_on, amount_minor, currency) VALUES ($1, $2, $3, $4, $5, $6)",
        params![id, event.seq, &event.actor, on.to_string(), amount.minor(), amount.currency().code()],
    )?;
    Ok(())
}

pub(super) fn uses(query: &mut impl Query, id: &ExemptionId) -> Result<Vec<Used>, LedgerError> {
    let sql =
        "SELECT used_by, used_on, amount_minor, currency FROM exemption_uses WHERE exemption_id = $1 ORDER BY seq";
    let rows = query.query(sql, params![id])?;
    let to_use = |row: &Row| -> Result<Used, LedgerError> {
        let amount = Amount::new(row.integer(2)?, row.text(3)?.parse()?)?;
        Ok(Used { by: row.text(0)?, on: row.text(1)?.parse()?, amount })
    };
    rows.iter().map(to_use).collect()
}
