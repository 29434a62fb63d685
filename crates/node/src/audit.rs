//! Answering for what was done: show, verify, export.
//!
//! Each takes the permission to audit and is itself an event, before the answer leaves. An export can be checked without a
//! store; so can a copy of the chain's head that somebody kept ([`head`]).

use std::{
    fs::File,
    io::{BufReader, BufWriter, Write},
    path::Path,
};

use mihenk_ledger::{
    access,
    audit::{self, Filter, Told},
    compartment, refusals,
};
use mihenk_store::{
    export::{ExportVerdict, Exported, verify_export},
    store::Head,
    verify::Verdict,
};

use crate::{desk::Seat, error::NodeError, permission::Permission};

/// What was done to something, and by whom.
#[derive(Clone, Debug)]
pub struct History {
    /// The events, oldest first.
    pub events: Vec<Told>,
    /// How often many things were read at once, each of which may have held this one.
    pub among_many: i64,
}

/// All that was done to something, reading included.
///
/// # Errors
/// When whoever sits here is no auditor.
pub fn show(seat: &Seat<'_>, filter: &Filter) -> Result<History, NodeError> {
    seat.act(Permission::Audit, |act, who| {
        let filter = named(act, filter)?;
        let events = audit::events(act, &filter)?;
        let among_many = audit::read_among_many(act, &filter)?;
        match &filter.subject {
            Some(subject) => access::seen(act, who, subject, "audit show")?,
            None => {
                let seqs: Vec<String> = events.iter().map(|event| event.seq.to_string()).collect();
                access::many_seen(act, who, seqs.iter().map(String::as_str), "audit show")?;
            }
        }
        Ok(History { events, among_many })
    })
}

/// The filter with the id of the user whose name it holds.
fn named(act: &mut mihenk_store::Act<'_>, filter: &Filter) -> Result<Filter, mihenk_ledger::LedgerError> {
    let actor = filter.actor.as_deref().map(|name| audit::actor(act, name)).transpose()?;
    Ok(Filter { actor, ..filter.clone() })
}

/// Walks the chain, and holds it against a head that was kept elsewhere.
///
/// # Errors
/// When whoever sits here is no auditor, or the store cannot be read. A broken chain is no error but the [`Verdict`].
pub fn verify(seat: &Seat<'_>, kept: Option<Head>) -> Result<Verdict, NodeError> {
    seat.may(Permission::Audit)?;
    Ok(seat.desk().store().verify(kept)?)
}

/// Whether the compartment's chain is whole and holds every head of it that the store's chain names. Of what it holds nothing is said.
///
/// # Errors
/// When whoever sits here is no auditor, or a store cannot be read.
pub fn compartment_is_whole(seat: &Seat<'_>) -> Result<bool, NodeError> {
    let heads = seat.act(Permission::Audit, |act, _| compartment::heads(act))?;
    let apart = seat.desk().compartment();
    let is_whole = matches!(apart.verify(None)?, Verdict::Whole(_));
    Ok(is_whole && apart.read(|reading| compartment::holds(reading, &heads))?)
}

/// Where the chain stands, to be kept elsewhere.
///
/// # Errors
/// When whoever sits here is no auditor.
pub fn head(seat: &Seat<'_>) -> Result<Head, NodeError> {
    seat.may(Permission::Audit)?;
    Ok(seat.desk().store().head()?)
}

/// Writes a range of the chain to a file that can be checked without the store.
///
/// # Errors
/// When whoever sits here is no auditor, the range is none, or the file cannot be written; a file that is there is left as
/// it is.
pub fn export(seat: &Seat<'_>, first: i64, last: Option<i64>, to: &Path) -> Result<Exported, NodeError> {
    seat.act(Permission::Audit, |act, who| access::seen(act, who, "chain", "audit export"))?;
    let end = seat.desk().store().head()?.seq;
    if first < 1 || last.is_some_and(|last| last < first || last > end) || first > end {
        return Err(refusals::no_such_range(first, last.unwrap_or(end), end).into());
    }
    let file = File::create_new(to).map_err(NodeError::io(to))?;
    let mut out = BufWriter::new(file);
    let exported = seat.desk().store().export(first, last, &mut out)?;
    out.flush().map_err(NodeError::io(to))?;
    out.get_ref().sync_all().map_err(NodeError::io(to))?;
    Ok(exported)
}

/// Checks an export; takes neither a store nor a permission.
///
/// # Errors
/// When the file cannot be read.
pub fn verify_file(path: &Path) -> Result<ExportVerdict, NodeError> {
    let file = File::open(path).map_err(NodeError::io(path))?;
    verify_export(&mut BufReader::with_capacity(1 << 20, file)).map_err(NodeError::io(path))
}
