//! Acts on what is restrained: pauses, holds, freezes, exemptions, the register, and the hook for lists that changed.
//!
//! In come a seat, the data folder and what somebody wants; out comes what is so now. Analysts propose, approvers confirm; that nobody confirms what they
//! proposed is the ledger's rule. On which lists an entity stands is looked up here when a freeze is written, and again when lists
//! change ([`after_lists_changed`]): what rested on a listing that is gone becomes a task, never a release.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
};

use mihenk_ledger::{
    LedgerError, Reason, access,
    calendar::Calendar,
    day::Day,
    freezes::{
        self, Exemption, ExemptionId, Freeze, FreezeId, Notice, Pause, PauseId, Terms, Variation,
        due::Due,
        exemptions::{self, Committee, Wanted},
        notice::{self, Letter},
        register::{self, Register, Used},
    },
    happening::{Line, unchanged_since},
    money::Amount,
    people, refusals,
    regimes::{Regimes, RestsOn},
};
use mihenk_store::Act;
use rustc_hash::FxHashSet;
use serde::Serialize;

use crate::{
    assembly,
    desk::{Desk, Seat},
    error::NodeError,
    folder::Folder,
    merging::merges::Lookup,
    permission::Permission,
};

/// The regimes that come with the program, and those in the folder `regimes` of the data folder.
///
/// # Errors
/// When a file of the user's own is no regime.
pub fn regimes(root: &Path) -> Result<Regimes, NodeError> {
    let mut all = Regimes::built_in()?;
    for (file, text) in own_files(&root.join("regimes"))? {
        all.add(&file, &text)?;
    }
    Ok(all)
}

/// The TOML files of a folder with their texts, by name; none where there is no folder.
pub(crate) fn own_files(folder: &Path) -> Result<Vec<(String, String)>, NodeError> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(Vec::new()) };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).map_err(NodeError::io(&path))?;
        Ok((path.display().to_string(), text))
    };
    paths.into_iter().map(read).collect()
}

/// The calendar in a file, or in `calendar.toml` of the data folder; without one, Saturday and Sunday are free.
///
/// # Errors
/// When the file is no calendar, or the named one is not there.
pub fn calendar(root: &Path, file: Option<&Path>) -> Result<Calendar, NodeError> {
    let path = file.map_or_else(|| root.join("calendar.toml"), Path::to_owned);
    match fs::read_to_string(&path) {
        Ok(text) => Ok(Calendar::read(&text, &path.display().to_string())?),
        Err(error) if error.kind() == io::ErrorKind::NotFound && file.is_none() => Ok(Calendar::default()),
        Err(source) => Err(NodeError::Io { path, source }),
    }
}

/// An entity's other ids: those of what it is merged into.
fn others<'l>(lookup: &'l Lookup, entity: &str) -> Vec<&'l str> {
    let ids = lookup.of(entity).into_iter().flat_map(|merged| &merged.ids);
    ids.map(String::as_str).filter(|id| *id != entity).collect()
}

/// The lists in use that an entity is on, by any of these ids.
fn lists_of(root: &Path, ids: &FxHashSet<&str>) -> Result<Vec<String>, NodeError> {
    let folder = Folder::new(root.to_owned());
    let mut all = Vec::new();
    for (dataset, version) in folder.current()?.lists {
        if assembly::screened(&folder, &dataset, &version)?.iter().any(|id| ids.contains(id.as_str())) {
            all.push(dataset);
        }
    }
    Ok(all)
}

/// The terms with the lists of their regime that the entity stands on now, by any of its ids: the freeze rests on them. Lists that somebody named are kept when they are
/// not loaded here. What rests on an order rests on no list.
fn listed(root: &Path, lookup: &Lookup, regimes: &Regimes, mut terms: Terms) -> Result<Terms, NodeError> {
    let regime = regimes.get(&terms.programme)?;
    let Some(entity) = terms.entity.as_deref().map(str::trim).filter(|_| regime.rests_on == RestsOn::Listing) else {
        return Ok(Terms { lists: Vec::new(), ..terms });
    };
    let others = others(lookup, entity);
    let mut found = lists_of(root, &others.iter().copied().chain([entity]).collect())?;
    let current = Folder::new(root.to_owned()).current()?.lists;
    if let Some(wrong) = terms.lists.iter().find(|list| current.contains_key(*list) && !found.contains(*list)) {
        return Err(NodeError::Act(format!("{entity} is not on {wrong}, which is loaded here")));
    }
    found.retain(|list| regime.lists.is_empty() || regime.lists.contains(list));
    terms.also = others.into_iter().map(str::to_owned).collect();
    terms.lists.extend(found);
    terms.lists.sort();
    terms.lists.dedup();
    Ok(terms)
}

/// What is to be paused.
#[derive(Clone, Debug)]
pub struct NewPause {
    /// A payment, an account, an onboarding.
    pub what: String,
    /// The customer.
    pub customer: Option<String>,
    /// The listed entity.
    pub entity: Option<String>,
    /// For how long, in milliseconds.
    pub for_ms: i64,
}

/// Pauses something.
///
/// # Errors
/// When whoever sits here is no analyst, or it cannot be paused so.
pub fn pause(seat: &Seat<'_>, new: &NewPause, reason: Reason) -> Result<PauseId, NodeError> {
    let (customer, entity) = (new.customer.as_deref(), new.entity.as_deref());
    seat.act(Permission::ProposeRestraint, |act, who| {
        freezes::pause(act, who, &new.what, customer, entity, new.for_ms, reason)
    })
}

/// Lets go on what was paused.
///
/// # Errors
/// When whoever sits here is no analyst, or may not any more.
pub fn resume(seat: &Seat<'_>, id: &PauseId, seen: Option<i64>, reason: Reason) -> Result<(), NodeError> {
    seat.act(Permission::ProposeRestraint, |act, who| freezes::resume(act, who, id, seen, reason))
}

/// Proposes a freeze.
///
/// # Errors
/// When whoever sits here is no analyst, or the terms cannot be.
pub fn propose(
    seat: &Seat<'_>,
    root: &Path,
    lookup: &Lookup,
    terms: Terms,
    pause: Option<&PauseId>,
    reason: Reason,
) -> Result<FreezeId, NodeError> {
    let regimes = regimes(root)?;
    let terms = listed(root, lookup, &regimes, terms)?;
    seat.act(Permission::ProposeRestraint, |act, who| freezes::propose(act, who, &regimes, terms, pause, reason))
}

/// Holds at once on a UN listing that is in use here.
///
/// # Errors
/// As [`propose`], and when there is no such listing.
pub fn hold(
    seat: &Seat<'_>,
    root: &Path,
    lookup: &Lookup,
    terms: Terms,
    pause: Option<&PauseId>,
    reason: Reason,
) -> Result<FreezeId, NodeError> {
    // Only what is listed here and now counts, not what somebody says.
    let regimes = regimes(root)?;
    let terms = listed(root, lookup, &regimes, Terms { lists: Vec::new(), ..terms })?;
    seat.act(Permission::ProposeRestraint, |act, who| freezes::hold(act, who, &regimes, terms, pause, reason))
}

/// What is confirmed or declined: a freeze (or its change), or an exemption.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proposal {
    /// A freeze, or the change of one that waits.
    Freeze(FreezeId),
    /// An exemption.
    Exemption(ExemptionId),
}

impl std::str::FromStr for Proposal {
    type Err = LedgerError;

    fn from_str(text: &str) -> Result<Proposal, LedgerError> {
        match text.trim().to_ascii_uppercase().chars().next() {
            Some('L') => text.parse().map(Proposal::Exemption),
            Some('F') => text.parse().map(Proposal::Freeze),
            _ => Err(LedgerError::refused(format!(
                "{text:?} is no id of a freeze or an exemption; right would be F-17 or L-17"
            ))),
        }
    }
}

/// What confirming or declining came to.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Now {
    /// The freeze as it is now.
    Freeze(Box<Freeze>),
    /// The exemption as it is now.
    Exemption(Box<Exemption>),
}

/// Confirms what another person proposed.
///
/// # Errors
/// When whoever sits here is no approver, or it is their own.
pub fn confirm(seat: &Seat<'_>, what: &Proposal, seen: Option<i64>) -> Result<Now, NodeError> {
    seat.act(Permission::ConfirmRestraint, |act, who| match what {
        Proposal::Freeze(id) => Ok(Now::Freeze(Box::new(freezes::confirm(act, who, id, seen)?))),
        Proposal::Exemption(id) => Ok(Now::Exemption(Box::new(exemptions::confirm(act, who, id, seen)?))),
    })
}

/// Takes one's own proposal back, or, as an approver, declines another's.
///
/// # Errors
/// When nothing waits, or whoever sits here may not.
pub fn decline(seat: &Seat<'_>, what: &Proposal, seen: Option<i64>, reason: Reason) -> Result<Now, NodeError> {
    seat.act(Permission::See, |act, who| {
        let by = proposer(act, what)?;
        let needed = if by == who.actor { Permission::ProposeRestraint } else { Permission::ConfirmRestraint };
        let user = people::user(act, &who.actor.parse()?)?;
        needed.must_have(&user)?;
        match what {
            Proposal::Freeze(id) => Ok(Now::Freeze(Box::new(freezes::decline(act, who, id, seen, reason)?))),
            Proposal::Exemption(id) => Ok(Now::Exemption(Box::new(exemptions::decline(act, who, id, seen, reason)?))),
        }
    })
}

/// Who proposed what waits.
fn proposer(act: &mut Act<'_>, what: &Proposal) -> Result<String, LedgerError> {
    match what {
        Proposal::Freeze(id) => {
            let freeze = freezes::show(act, id)?;
            Ok(freeze.waiting.map_or(freeze.proposed_by, |waiting| waiting.by))
        }
        Proposal::Exemption(id) => Ok(exemptions::show(act, id)?.proposed_by),
    }
}

/// Proposes other terms.
///
/// # Errors
/// When whoever sits here is no analyst, or it cannot be.
pub fn vary(
    seat: &Seat<'_>,
    id: &FreezeId,
    seen: Option<i64>,
    variation: Variation,
    reason: Reason,
) -> Result<(), NodeError> {
    seat.act(Permission::ProposeRestraint, |act, who| freezes::propose_variation(act, who, id, seen, variation, reason))
}

/// Proposes to let assets go.
///
/// # Errors
/// When whoever sits here is no analyst, or it cannot be.
pub fn release(
    seat: &Seat<'_>,
    id: &FreezeId,
    seen: Option<i64>,
    assets: Vec<u32>,
    reason: Reason,
) -> Result<(), NodeError> {
    seat.act(Permission::ProposeRestraint, |act, who| freezes::propose_release(act, who, id, seen, assets, reason))
}

/// Says that a freeze was looked at again and stays.
///
/// # Errors
/// When whoever sits here is no approver, or it is not in force.
pub fn review(seat: &Seat<'_>, id: &FreezeId, seen: Option<i64>, next: Day, reason: Reason) -> Result<(), NodeError> {
    seat.act(Permission::ConfirmRestraint, |act, who| freezes::review(act, who, id, seen, next, reason))
}

/// The letters to whoever holds assets, or to one of them.
///
/// # Errors
/// When whoever sits here may not see it, or nobody by that name holds an asset.
pub fn letters(seat: &Seat<'_>, root: &Path, id: &FreezeId, to: Option<&str>) -> Result<Vec<Letter>, NodeError> {
    let regimes = regimes(root)?;
    seat.act(Permission::See, |act, who| {
        let freeze = freezes::show(act, id)?;
        access::seen(act, who, id.as_str(), "freeze notice")?;
        if !freeze.state.restrains() {
            let state = freeze.state.as_str();
            return Err(LedgerError::refused(format!(
                "{id} is {state}: nothing is restrained that anybody could be told of"
            )));
        }
        let regime = regimes.get(&freeze.terms.programme)?;
        let holders = to.map_or_else(|| freeze.terms.holders(), |to| vec![to]);
        holders.into_iter().map(|holder| notice::letter(&freeze, regime, holder, Day::of(who.at))).collect()
    })
}

/// Writes down that a notice was given.
///
/// # Errors
/// When whoever sits here is no analyst, or it cannot be.
pub fn give_notice(seat: &Seat<'_>, id: &FreezeId, notice: Notice) -> Result<(), NodeError> {
    seat.act(Permission::ProposeRestraint, |act, who| freezes::give_notice(act, who, id, notice))
}

/// Proposes an exemption.
///
/// # Errors
/// When whoever sits here is no analyst, or the regime knows none such.
pub fn exempt(
    seat: &Seat<'_>,
    root: &Path,
    id: &FreezeId,
    seen: Option<i64>,
    wanted: &Wanted,
    reason: Reason,
) -> Result<ExemptionId, NodeError> {
    let regimes = regimes(root)?;
    seat.act(Permission::ProposeRestraint, |act, who| {
        unchanged_since(act, id.as_str(), seen)?;
        let freeze = freezes::show(act, id)?;
        exemptions::exempt(act, who, &regimes, &freeze, wanted, reason)
    })
}

/// Writes down what the committee was told or said.
///
/// # Errors
/// When whoever sits here is no analyst, or it does not fit.
pub fn committee(
    seat: &Seat<'_>,
    id: &ExemptionId,
    on: Day,
    said: Committee,
    calendar: &Calendar,
) -> Result<Exemption, NodeError> {
    seat.act(Permission::ProposeRestraint, |act, who| exemptions::committee(act, who, id, on, said, calendar))
}

/// Counts a payment under an exemption.
///
/// # Errors
/// When whoever sits here is no analyst, or it may not be used so.
pub fn use_exemption(
    seat: &Seat<'_>,
    id: &ExemptionId,
    amount: Amount,
    on: Day,
    reason: Reason,
) -> Result<Exemption, NodeError> {
    seat.act(Permission::ProposeRestraint, |act, who| exemptions::use_exemption(act, who, id, amount, on, reason))
}

/// A freeze with its exemptions and their uses.
#[derive(Clone, Debug, Serialize)]
pub struct Shown {
    /// The freeze.
    pub freeze: Freeze,
    /// Its exemptions, with what was paid.
    pub exemptions: Vec<(Exemption, Vec<Used>)>,
    /// What happened to it.
    #[serde(skip)]
    pub history: Vec<Line>,
}

/// Shows a freeze.
///
/// # Errors
/// When whoever sits here may not see it, or there is none.
pub fn show(seat: &Seat<'_>, id: &FreezeId) -> Result<Shown, NodeError> {
    seat.desk().tick()?;
    seat.act(Permission::See, |act, who| {
        let freeze = freezes::show(act, id)?;
        access::seen(act, who, id.as_str(), "freeze show")?;
        let exemptions = freezes::exemptions_of(act, id)?.into_iter().map(|exemption| {
            let uses = register::uses(act, &exemption.id)?;
            Ok((exemption, uses))
        });
        let exemptions = exemptions.collect::<Result<_, LedgerError>>()?;
        Ok(Shown { exemptions, freeze, history: freezes::history(act, id.as_str())? })
    })
}

/// All freezes and pauses, newest first.
///
/// # Errors
/// When whoever sits here may not see them.
pub fn list(seat: &Seat<'_>, also_ended: bool) -> Result<(Vec<Freeze>, Vec<Pause>), NodeError> {
    seat.desk().tick()?;
    seat.act(Permission::See, |act, who| {
        let (freezes, pauses) = (freezes::list(act, also_ended)?, freezes::pauses(act, also_ended)?);
        let ids = freezes.iter().map(|freeze| freeze.id.as_str()).chain(pauses.iter().map(|pause| pause.id.as_str()));
        access::many_seen(act, who, ids, "freeze list")?;
        Ok((freezes, pauses))
    })
}

/// What waits and what runs out, first things first.
///
/// # Errors
/// When whoever sits here may not see it.
pub fn due(seat: &Seat<'_>) -> Result<Vec<Due>, NodeError> {
    seat.desk().tick()?;
    seat.act(Permission::See, |act, who| {
        let due = freezes::due(act, who.at)?;
        access::many_seen(act, who, due.iter().map(|due| due.id.as_str()), "freeze due")?;
        Ok(due)
    })
}

/// The register now, or at a moment that was.
///
/// # Errors
/// When whoever sits here may not see it, or the moment is ahead.
pub fn register(seat: &Seat<'_>, at: Option<i64>) -> Result<Register, NodeError> {
    seat.act(Permission::See, |act, who| {
        if at.is_some_and(|at| at > who.at) {
            return Err(refusals::moment_ahead());
        }
        let register = freezes::register(act, at.unwrap_or(who.at))?;
        access::many_seen(act, who, register.entries.iter().map(|entry| entry.freeze.as_str()), "freeze register")?;
        Ok(register)
    })
}

/// What the lists say of the freezes that rest on them.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Checked {
    /// Freezes that rest on a listing.
    pub looked_at: usize,
    /// For which a task to release was opened now.
    pub opened: Vec<FreezeId>,
    /// For which a task is open already.
    pub open: Vec<FreezeId>,
    /// That rest on a list that is not loaded here, with the list: nothing can be said of them.
    pub unknown: Vec<(FreezeId, String)>,
}

/// Called when lists were put in use: for every freeze whose listing is gone a task to release is opened, the same day. A listing is gone when its list
/// has the entity under none of its ids: neither what it is named by, nor what it was called when the freeze was written, nor what either is
/// merged into now. Whom a list lost but who is still screened, because a removal waits for somebody, is still listed.
///
/// # Errors
/// When a list or the store cannot be read.
pub fn after_lists_changed(desk: &Desk, folder: &Folder, lookup: &Lookup) -> Result<Checked, NodeError> {
    let live = desk.read(|reading| freezes::list(reading, false))?;
    let rests: Vec<(&Freeze, FxHashSet<&str>)> = live.iter().filter_map(|freeze| rests(lookup, freeze)).collect();
    let mut checked = Checked { looked_at: rests.len(), ..Checked::default() };
    let lists: BTreeSet<&String> = rests.iter().flat_map(|(freeze, _)| &freeze.terms.lists).collect();
    let current = folder.current()?.lists;
    let mut gone: Vec<Vec<String>> = vec![Vec::new(); rests.len()];
    for list in lists {
        let on_it = rests.iter().enumerate().filter(|(_, (freeze, _))| freeze.terms.lists.contains(list));
        let Some(version) = current.get(list) else {
            checked.unknown.extend(on_it.map(|(_, (freeze, _))| (freeze.id.clone(), list.clone())));
            continue;
        };
        let listed: FxHashSet<String> = assembly::screened(folder, list, version)?.into_iter().collect();
        for (at, _) in on_it.filter(|(_, (_, ids))| !ids.iter().any(|id| listed.contains(*id))) {
            gone[at].push(list.clone());
        }
    }
    for ((freeze, _), lists) in rests.iter().zip(&gone) {
        if freeze.delisted.is_some() {
            checked.open.push(freeze.id.clone());
        }
        if !lists.is_empty() && desk.act_as("screening", |act, who| freezes::delisted(act, who, &freeze.id, lists))? {
            checked.opened.push(freeze.id.clone());
        }
    }
    Ok(checked)
}

/// A freeze that rests on lists, with every id of its entity.
fn rests<'f>(lookup: &'f Lookup, freeze: &'f Freeze) -> Option<(&'f Freeze, FxHashSet<&'f str>)> {
    let terms = &freeze.terms;
    let named = terms.entity.as_deref().filter(|_| !terms.lists.is_empty())?;
    let named = terms.also.iter().map(String::as_str).chain([named]);
    Some((freeze, named.flat_map(|id| others(lookup, id).into_iter().chain([id])).collect()))
}

/// The same, asked for by somebody.
///
/// # Errors
/// When whoever sits here may not see freezes, or a list cannot be read.
pub fn check_listings(seat: &Seat<'_>, root: &Path, lookup: &Lookup) -> Result<Checked, NodeError> {
    seat.may(Permission::See)?;
    let checked = after_lists_changed(seat.desk(), &Folder::new(root.to_owned()), lookup)?;
    let ids = checked.opened.iter().chain(&checked.open).map(|id| id.as_str().to_owned()).collect::<Vec<_>>();
    seat.act(Permission::See, |act, who| {
        access::many_seen(act, who, ids.iter().map(String::as_str), "freeze check-listings")
    })?;
    Ok(checked)
}

/// The names of users by id, for whoever may see what they did.
///
/// # Errors
/// When whoever sits here may not.
pub fn names(seat: &Seat<'_>) -> Result<BTreeMap<String, String>, NodeError> {
    seat.act(Permission::See, |act, _| {
        let users = people::users(act)?;
        Ok(users.into_iter().map(|user| (user.id.to_string(), user.name)).collect())
    })
}

/// The register as CSV, one line for each asset.
///
/// # Errors
/// Never in memory, but for a text that is no UTF-8, which none is.
pub fn entries_csv(register: &Register) -> Result<String, NodeError> {
    let heading = [
        "freeze",
        "asset",
        "state",
        "programme",
        "reference",
        "entity",
        "customer",
        "kind",
        "identifier",
        "holder",
        "amount_minor",
        "currency",
        "review",
    ];
    let rows = register.entries.iter().map(|entry| {
        let amount =
            entry.value.map(|value| (value.minor().to_string(), value.currency().to_string())).unwrap_or_default();
        [
            entry.freeze.to_string(),
            entry.number.to_string(),
            entry.state.as_str().to_owned(),
            entry.programme.clone(),
            entry.reference.clone(),
            entry.entity.clone().unwrap_or_default(),
            entry.customer.clone().unwrap_or_default(),
            entry.kind.as_str().to_owned(),
            entry.identifier.clone(),
            entry.holder.clone(),
            amount.0,
            amount.1,
            entry.review.to_string(),
        ]
    });
    written(&heading, rows)
}

/// Totals of the register as CSV.
///
/// # Errors
/// As [`entries_csv`].
pub fn totals_csv(register: &Register, by: register::By) -> Result<String, NodeError> {
    let rows = register.totals(by).into_iter().map(|total| {
        [
            total.of,
            total.currency.map(|currency| currency.to_string()).unwrap_or_default(),
            total.assets.to_string(),
            total.held.to_string(),
            total.amount_minor.to_string(),
        ]
    });
    written(&["of", "currency", "assets", "held", "amount_minor"], rows)
}

fn written<const N: usize>(heading: &[&str; N], rows: impl Iterator<Item = [String; N]>) -> Result<String, NodeError> {
    let wrong = |error: csv::Error| NodeError::Output { source: io::Error::other(error) };
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(heading).map_err(wrong)?;
    for row in rows {
        out.write_record(row).map_err(wrong)?;
    }
    let bytes = out.into_inner().map_err(|error| NodeError::Output { source: io::Error::other(error.to_string()) })?;
    String::from_utf8(bytes).map_err(|error| NodeError::Output { source: io::Error::other(error) })
}
