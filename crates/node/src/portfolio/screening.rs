//! Holds customers against the lists that are in use: all of it, or what a change of the lists can touch.
//!
//! In come a desk and a node, out comes a [`Report`]. What is found of a customer and an entity depends on these two and the
//! model alone. So when the model is as it was, only hits on entities that were added, changed or removed can be other
//! than before. Who may have one is known from two sides: whoever had a hit on one of them, and whoever has words or numbers
//! in common with one of them as it is now ([`super::watched`]). They are held against those few entities; what else was found
//! of them stays. All of it is one act: either every customer is as the new lists say, or none is.
//!
//! Everybody is held against all lists when nothing is known of before, when the model is another, when so much has changed that
//! it takes no longer, and when somebody asks for it. That is done in batches, each an act; after an interruption it goes on.

use std::{collections::BTreeSet, path::Path};

use mihenk_entities::Entity;
use mihenk_ledger::{
    LedgerError,
    customers::{self, Against, Customer, CustomerId, Screening, ScreeningId},
};
use mihenk_screening::{
    index::{Index, build::build},
    model::calibration::Score,
};
use rayon::prelude::*;
use serde::Serialize;

use super::{
    Bounds, Progress,
    found::{Finding, Screens, Thresholds, against},
    settle::{Told, settle},
    stood::{Changes, Stood, id_hash},
    watched::Watched,
};
use crate::{desk::Desk, error::NodeError, kept, node::Node, records::for_index};

/// Who the events of a screening are by.
const ACTOR: &str = "screening";
/// Customers that are held against the lists and written together.
const BATCH: i64 = 2_048;
/// How often a change of the lists is begun anew because customers were changed meanwhile.
const TRIES: usize = 5;

/// What is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// What has changed.
    Changes,
    /// Everybody against all lists.
    Full,
}

/// What a screening came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The screening; the last one, when nothing was to be done.
    pub screening: ScreeningId,
    /// What was done.
    pub done: Done,
    /// Listed entities that were added, changed or removed; none when everything counts as changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entities: Option<usize>,
    /// Customers that were looked at.
    pub screened: usize,
    /// What is found otherwise than before.
    #[serde(flatten)]
    pub told: Told,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Done {
    /// All was as it should be.
    Nothing,
    /// Whom the change touched was looked at.
    Changes,
    /// Everybody was.
    Full,
}

/// What has to be done.
enum Need {
    Nothing(Screening),
    /// A full screening goes on, or what was missed is made up for.
    GoOn(Screening),
    Changes(Screening, Stood),
    Full,
}

/// Holds customers against the lists that are in use.
///
/// # Errors
/// When the store or the lists cannot be read, or somebody else screens at the same time.
pub(super) fn bring(
    desk: &Desk,
    folder: &Path,
    node: &Node,
    way: Way,
    bounds: &Bounds,
    progress: &mut dyn FnMut(Progress),
) -> Result<Report, NodeError> {
    let against = against(node);
    for _ in 0..TRIES {
        let need = need(desk, folder, &against, way)?;
        if !matches!(need, Need::Nothing(_)) && !against.lists.is_empty() {
            // What is found rests on them, and may have to be found again.
            kept::keep(desk, folder, against.lists.values(), node.model())?;
        }
        match need {
            Need::Nothing(last) => return Ok(report(last.id, Done::Nothing, None, 0, Told::default())),
            Need::GoOn(screening) => return full(desk, folder, node, &against, screening.id, progress),
            Need::Changes(last, stood) => {
                let run = Run { desk, folder, node, against: &against, bounds, last };
                match run.changes(&stood, progress)? {
                    Outcome::Done(report) => return Ok(report),
                    Outcome::Disturbed => {}
                    Outcome::TooMany => {
                        let id = begin_full(desk, &against)?;
                        return full(desk, folder, node, &against, id, progress);
                    }
                }
            }
            Need::Full => {
                let id = begin_full(desk, &against)?;
                return full(desk, folder, node, &against, id, progress);
            }
        }
    }
    let why = "customers were changed again and again while they were screened; screen them again with 'mihenk customers screen'";
    Err(NodeError::Act(why.to_owned()))
}

/// The screening that customers are held against now, if it is done and of these lists.
pub(super) fn current(desk: &Desk, against: &Against) -> Result<Option<Screening>, NodeError> {
    let last = desk.read(|reading| customers::last_screening(reading))?;
    Ok(last.filter(|last| last.is_done && last.against == *against))
}

fn need(desk: &Desk, folder: &Path, against: &Against, way: Way) -> Result<Need, NodeError> {
    let (last, missed) = desk.read(|reading| {
        let since = customers::last_full_screening(reading)?.map_or(0, |full| full.number);
        Ok((customers::last_screening(reading)?, customers::unscreened_count(reading, since)?))
    })?;
    let Some(last) = last else { return Ok(Need::Full) };
    let is_same = last.against == *against;
    Ok(match () {
        () if is_same && !last.is_done => Need::GoOn(last),
        // What was begun against other lists is half done: nobody knows who stands where.
        () if !last.is_done || way == Way::Full => Need::Full,
        () if is_same && missed > 0 => Need::GoOn(last),
        () if is_same => Need::Nothing(last),
        () if missed > 0 || !weighs_alike(&last.against, against) => Need::Full,
        () => match Stood::read(folder, &last.against) {
            Some(stood) => Need::Changes(last, stood),
            None => Need::Full,
        },
    })
}

/// Whether the same customer and entity give the same evidence.
fn weighs_alike(one: &Against, other: &Against) -> bool {
    (&one.model, &one.reading, one.threshold) == (&other.model, &other.reading, other.threshold)
}

fn begin_full(desk: &Desk, against: &Against) -> Result<ScreeningId, NodeError> {
    desk.act_as(ACTOR, |act, who| customers::begin_screening(act, who, against.clone(), true))
}

/// Holds everybody against all lists who was not since the last full screening began.
fn full(
    desk: &Desk,
    folder: &Path,
    node: &Node,
    against: &Against,
    screening: ScreeningId,
    progress: &mut dyn FnMut(Progress),
) -> Result<Report, NodeError> {
    let since = desk.read(|reading| Ok(customers::last_full_screening(reading)?.map_or(0, |full| full.number)))?;
    let total = desk.read(|reading| customers::unscreened_count(reading, since))? as usize;
    let screens = Screens::all(node, against);
    let thresholds = Thresholds::at(desk)?;
    let (mut after, mut screened, mut told) = (0, 0, Told::default());
    loop {
        let batch = desk.read(|reading| customers::unscreened(reading, since, after, BATCH))?;
        let Some(last) = batch.last() else { break };
        let to = customers::number(&last.id)?;
        let found = all_found(&batch, |one| screens.of(&one.contents, thresholds.of(&one.portfolio)))?;
        let written = desk.act_as(ACTOR, |act, who| {
            is_still_last(act, &screening)?;
            if Thresholds::read(act)? != thresholds {
                return Err(LedgerError::refused(
                    "a threshold was changed while customers were screened; screen again",
                ));
            }
            // Whoever was changed meanwhile was held against the lists by whoever changed them.
            if customers::unscreened(act, since, after, BATCH)? != batch {
                return Ok(None);
            }
            let mut told = Told::default();
            for (customer, found) in batch.iter().zip(&found) {
                told.add(settle(act, who, (&customer.id, &customer.contents), (&screening, against), found)?);
            }
            customers::screened_part(act, who, &screening, (after, to))?;
            Ok::<_, LedgerError>(Some(told))
        })?;
        if let Some(more) = written {
            told.add(more);
            screened += batch.len();
            after = to;
            progress(Progress::Screened(screened, total));
        }
    }
    // Before it is said that it is done: what is not there counts as changed, what is wrong would not.
    Stood::of(node.screener().index).write(folder, against)?;
    desk.act_as(ACTOR, |act, who| {
        is_still_last(act, &screening)?;
        customers::screening_done(act, who, &screening)
    })?;
    Ok(report(screening, Done::Full, None, screened, told))
}

fn is_still_last(query: &mut impl mihenk_store::Query, screening: &ScreeningId) -> Result<(), LedgerError> {
    let last = customers::last_screening(query)?;
    if last.is_some_and(|last| last.id == *screening) {
        return Ok(());
    }
    Err(LedgerError::refused("another process screens the customers as well; see what it came to, then screen again"))
}

fn all_found(
    customers: &[Customer],
    of: impl Fn(&Customer) -> Result<Vec<Finding>, NodeError> + Send + Sync,
) -> Result<Vec<Vec<Finding>>, NodeError> {
    customers.par_iter().map(of).collect()
}

fn report(screening: ScreeningId, done: Done, entities: Option<usize>, screened: usize, told: Told) -> Report {
    Report { screening, done, entities, screened, told }
}

enum Outcome {
    Done(Report),
    /// Customers were changed meanwhile.
    Disturbed,
    /// Everybody can be held against all lists in the same time.
    TooMany,
}

/// A change of the lists.
struct Run<'a> {
    desk: &'a Desk,
    folder: &'a Path,
    node: &'a Node,
    against: &'a Against,
    bounds: &'a Bounds,
    last: Screening,
}

impl Run<'_> {
    fn changes(&self, stood: &Stood, progress: &mut dyn FnMut(Progress)) -> Result<Outcome, NodeError> {
        let changes = stood.changes(self.node.screener().index);
        let (count, last_change) = self.desk.read(|reading| customers::changed_after(reading, 0))?;
        if changes.present.len() > self.bounds.few.max(count as usize / self.bounds.customers_an_entity) {
            return Ok(Outcome::TooMany);
        }
        let entities = self.entities(&changes)?;
        let index = Index::from_bytes(&build(&entities, self.node.model(), [0; 32]))?;
        let screens = Screens::some(self.node, self.against, &index, &changes.present);
        let thresholds = Thresholds::at(self.desk)?;
        let touched = self.touched(&changes, &entities, thresholds.lowest(), progress)?;
        let mut found: Vec<(Customer, Vec<Finding>)> = Vec::new();
        let total = touched.len();
        let touched: Vec<i64> = touched.into_iter().collect();
        for (done, some) in touched.chunks(BATCH as usize).enumerate() {
            let customers = self.customers(some)?;
            let of_one = |one: &Customer| screens.of(&one.contents, thresholds.of(&one.portfolio));
            let now = all_found(&customers.iter().map(|(c, _)| c.clone()).collect::<Vec<_>>(), of_one)?;
            for ((customer, kept), mut now) in customers.into_iter().zip(now) {
                let stays = kept.iter().filter(|finding| !changes.ids.contains(&id_hash(&finding.hit.entity)));
                now.extend(stays.cloned());
                if !is_as_before(&kept, &now) {
                    found.push((customer, now));
                }
            }
            progress(Progress::Screened((done * BATCH as usize + some.len()).min(total), total));
        }
        changes.now.write(self.folder, self.against)?;
        self.write(&changes, &found, (last_change, &thresholds), total)
    }

    fn entities(&self, changes: &Changes) -> Result<Vec<Entity>, NodeError> {
        changes.present.par_iter().map(|&number| Ok(for_index(&self.node.profile(number)?))).collect()
    }

    /// The numbers of the customers whom a change may touch.
    fn touched(
        &self,
        changes: &Changes,
        entities: &[Entity],
        cutoff: Score,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<BTreeSet<i64>, NodeError> {
        let mut touched: BTreeSet<i64> = self.desk.read(|reading| {
            let mut all = BTreeSet::new();
            for entity in customers::hit_entities(reading)? {
                if changes.ids.contains(&id_hash(&entity)) {
                    let hit = customers::hit_by(reading, &entity)?;
                    all.extend(hit.iter().map(customers::number).collect::<Result<Vec<i64>, _>>()?);
                }
            }
            Ok(all)
        })?;
        if entities.is_empty() {
            return Ok(touched);
        }
        let mut read = |customers| progress(Progress::Indexed(customers));
        let watched = Watched::open(self.desk, self.folder, self.node.model(), self.bounds.loose, &mut read)?;
        touched.extend(watched.concerned_by(entities, self.node.model(), cutoff));
        self.desk.read(|reading| {
            customers::each_changed_after(reading, watched.through, &mut |customer| {
                touched.extend(customers::number(&customer.id).ok());
                Ok(())
            })
        })?;
        Ok(touched)
    }

    /// Customers who have not left, with what is kept of them.
    fn customers(&self, numbers: &[i64]) -> Result<Vec<(Customer, Vec<Finding>)>, NodeError> {
        self.desk.read(|reading| {
            let mut all = Vec::with_capacity(numbers.len());
            for &number in numbers {
                let customer = customers::customer(reading, &CustomerId::at(number))?;
                if !customer.has_left {
                    let kept = customers::hits(reading, &customer.id)?;
                    all.push((customer, kept.into_iter().map(|hit| Finding { hit, observation: None }).collect()));
                }
            }
            Ok(all)
        })
    }

    fn write(
        &self,
        changes: &Changes,
        found: &[(Customer, Vec<Finding>)],
        (last_change, thresholds): (i64, &Thresholds),
        screened: usize,
    ) -> Result<Outcome, NodeError> {
        self.desk.act_as(ACTOR, |act, who| {
            is_still_last(act, &self.last.id)?;
            if customers::changed_after(act, i64::MAX)?.1 != last_change || Thresholds::read(act)? != *thresholds {
                return Ok(Outcome::Disturbed);
            }
            let screening = customers::begin_screening(act, who, self.against.clone(), false)?;
            let mut told = Told::default();
            for (customer, now) in found {
                told.add(settle(act, who, (&customer.id, &customer.contents), (&screening, self.against), now)?);
            }
            customers::screening_done(act, who, &screening)?;
            let entities = Some(changes.ids.len());
            Ok::<_, LedgerError>(Outcome::Done(report(screening, Done::Changes, entities, screened, told)))
        })
    }
}

fn is_as_before(kept: &[Finding], now: &[Finding]) -> bool {
    let sorted = |findings: &[Finding]| {
        let mut hits: Vec<_> = findings.iter().map(|finding| finding.hit.clone()).collect();
        hits.sort();
        hits
    };
    sorted(kept) == sorted(now)
}
