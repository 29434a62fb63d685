//! Customers and those related to them: taken from files, watched against the lists, shown, changed, let go.
//!
//! In come a seat and a file, an id, or lists that have changed; out comes what became of it. A customer is held against the lists
//! in the act that makes or changes it, and everybody whom a change of the lists can touch when the lists change
//! ([`screen`]); what is found becomes alerts ([`mihenk_ledger::alerts::observe`]). `rows` says what a record is, `add` takes a file in,
//! `rejected` writes what was not taken, `screening` decides who is held against what, `watched` and `stood` are the files
//! that make it fast; both are made from the store and the lists, and can be deleted.

mod add;
mod found;
mod rejected;
mod replay;
mod rows;
mod screening;
mod settle;
mod stood;
mod watched;

use std::{collections::BTreeSet, path::Path};

use mihenk_ledger::{
    LedgerError, Reason, access,
    customers::{self, Contents, Counts, Customer, CustomerId, Filter, Hit, Put},
};
use mihenk_store::{Act, Place};
use serde::Serialize;

pub use self::{
    add::{Add, Added, Rejects, add},
    replay::{Replayed, replay},
    rows::{Given, Rejected},
    screening::{Done, Report, Way},
    settle::Told,
};
pub(crate) use self::{found::entity_of, rows::Columns, watched::forget};
use crate::{
    Model,
    desk::{Desk, Seat},
    error::NodeError,
    node::{Node, Source},
    permission::Permission,
};

/// From which sizes on which way is taken. Every way finds the same.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// So many customers that are in no index of customers are looked at one by one.
    pub loose: i64,
    /// So many changed entities are always few.
    pub few: usize,
    /// With more customers than this for each changed entity, whom it touches is looked for; otherwise everybody is screened.
    pub customers_an_entity: usize,
}

impl Default for Bounds {
    fn default() -> Bounds {
        // Asking whom an entity concerns takes as long as screening some twenty customers.
        Bounds { loose: 20_000, few: 200, customers_an_entity: 20 }
    }
}

/// What happens meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// So many customers of so many were held against the lists.
    Screened(usize, usize),
    /// So many customers were read to find them by their names.
    Indexed(usize),
    /// So many bytes of the file were read.
    Read(u64),
}

/// A customer with what is found of it.
#[derive(Clone, Debug, Serialize)]
pub struct Shown {
    /// The customer.
    #[serde(flatten)]
    pub customer: Customer,
    /// What is found.
    pub hits: Vec<Hit>,
    /// The portfolio's threshold, in ten-thousandths of a score.
    pub threshold: u16,
    /// The place of the last event about it, for whoever changes it next.
    pub revision: i64,
}

/// The lists that are in use; none of them is a list without anybody.
///
/// # Errors
/// When the folder cannot be read, or is a file.
pub fn node(folder: &Path, model: Model) -> Result<Node, NodeError> {
    let source = Source::of(folder.to_owned());
    if matches!(source, Source::Files(_)) {
        return Err(NodeError::Act(format!(
            "{} is a file; customers are watched against the lists of a folder: give --data the name of one",
            folder.display()
        )));
    }
    match Node::open(&source, model.clone()) {
        Err(NodeError::NoLists(_)) => Node::from_readings(Vec::new(), model),
        other => other,
    }
}

/// Holds customers against the lists that are in use, as the software by itself.
///
/// # Errors
/// When the store or the lists cannot be read, or somebody else screens at the same time.
pub fn screen(
    desk: &Desk,
    folder: &Path,
    node: &Node,
    way: Way,
    bounds: &Bounds,
    progress: &mut dyn FnMut(Progress),
) -> Result<Report, NodeError> {
    screening::bring(desk, folder, node, way, bounds, progress)
}

/// The same, asked for by a person.
///
/// # Errors
/// As [`screen`], and when they may not.
pub fn screen_for(
    seat: &Seat<'_>,
    folder: &Path,
    node: &Node,
    way: Way,
    progress: &mut dyn FnMut(Progress),
) -> Result<Report, NodeError> {
    seat.may(Permission::KeepCustomers)?;
    screening::bring(seat.desk(), folder, node, way, &Bounds::default(), progress)
}

/// Whether there is a store here at all: one that nobody made yet is not made for looking.
#[must_use]
pub fn has_store(place: &Place) -> bool {
    match place {
        Place::Sqlite(path) => path.exists(),
        Place::Postgres(_) => true,
    }
}

/// After the lists have changed: holds customers against them, if there are any, as the software by itself.
///
/// # Errors
/// As [`screen`].
pub fn after_lists_changed(
    desk: &Desk,
    folder: &Path,
    node: &Node,
    progress: &mut dyn FnMut(Progress),
) -> Result<Option<Report>, NodeError> {
    let has_customers = desk.read(|reading| Ok(customers::changed_after(reading, i64::MAX)?.1 > 0))?;
    if !has_customers {
        return Ok(None);
    }
    screening::bring(desk, folder, node, Way::Changes, &Bounds::default(), progress).map(Some)
}

/// The portfolios, each with the threshold that holds for it.
///
/// # Errors
/// When whoever sits here may not see customers.
pub fn portfolios(seat: &Seat<'_>) -> Result<Vec<Counts>, NodeError> {
    let mut all = seat.act(Permission::See, |act, _| customers::portfolios(act))?;
    for one in &mut all {
        one.threshold.get_or_insert(i64::from(crate::Score::THRESHOLD.0));
    }
    Ok(all)
}

/// Of how many customers something is found by one of these entities. Nobody's data are read for it.
///
/// # Errors
/// When whoever sits here may not see customers.
pub fn touched(seat: &Seat<'_>, entities: &BTreeSet<&str>) -> Result<usize, NodeError> {
    seat.act(Permission::See, |act, _| {
        let mut customers = BTreeSet::new();
        for entity in customers::hit_entities(act)? {
            if entities.contains(entity.as_str()) {
                customers.extend(customers::hit_by(act, &entity)?.into_iter().map(|id| id.to_string()));
            }
        }
        Ok(customers.len())
    })
}

/// Some customers, which leaves an event.
///
/// # Errors
/// When whoever sits here may not see customers.
pub fn list(seat: &Seat<'_>, filter: &Filter<'_>) -> Result<Vec<Customer>, NodeError> {
    seat.act(Permission::See, |act, who| {
        let found = customers::list(act, filter)?;
        access::many_seen(act, who, found.iter().map(|customer| customer.id.as_str()), "customers list")?;
        Ok(found)
    })
}

/// A customer with all that is known and found, which leaves an event.
///
/// # Errors
/// When there is none, or whoever sits here may not see customers.
pub fn show(seat: &Seat<'_>, which: &Which<'_>) -> Result<Shown, NodeError> {
    seat.act(Permission::See, |act, who| {
        let customer = which.find(act)?;
        access::seen(act, who, customer.id.as_str(), "customers show")?;
        let hits = customers::hits(act, &customer.id)?;
        let revision = mihenk_ledger::happening::revision(act, customer.id.as_str())?;
        let threshold = found::Thresholds::read(act)?.of(&customer.portfolio).0;
        Ok(Shown { customer, hits, threshold, revision })
    })
}

/// How a customer is named by a person.
#[derive(Clone, Copy, Debug)]
pub struct Which<'a> {
    /// An id, or the house's own number.
    pub name: &'a str,
    /// The portfolio of that number.
    pub portfolio: Option<&'a str>,
}

impl Which<'_> {
    fn find(&self, act: &mut Act<'_>) -> Result<Customer, LedgerError> {
        if let Some(portfolio) = self.portfolio {
            let found = customers::by_reference(act, portfolio, self.name)?;
            return found.ok_or_else(|| LedgerError::unknown("customer", format!("{} in {portfolio}", self.name)));
        }
        match self.name.parse::<CustomerId>() {
            Ok(id) => customers::customer(act, &id),
            Err(_) => {
                let mut found = Vec::new();
                for counts in customers::portfolios(act)? {
                    found.extend(customers::by_reference(act, &counts.portfolio, self.name)?);
                }
                match found.len() {
                    0 => Err(LedgerError::unknown("customer", self.name)),
                    1 => Ok(found.remove(0)),
                    _ => Err(LedgerError::refused(format!(
                        "{} is the number of a customer in several portfolios; say in which with --portfolio",
                        self.name
                    ))),
                }
            }
        }
    }
}

/// What is to be changed of a customer by hand.
#[derive(Clone, Debug, Default)]
pub struct Edit {
    /// Properties and their values from now on; a property without values is taken away.
    pub set: Vec<(String, Vec<String>)>,
    /// What is at stake from now on.
    pub exposure: Option<i64>,
    /// The related party that is meant; the customer itself without one.
    pub party: Option<String>,
    /// Whether that party is related no more.
    pub drop_party: bool,
    /// The revision that was looked at.
    pub seen: Option<i64>,
}

/// Changes a customer by hand, and holds it against the lists in the same act.
///
/// # Errors
/// When there is no such customer or party, what is left cannot be screened, or somebody changed it since it was looked at.
pub fn change(
    seat: &Seat<'_>,
    folder: &Path,
    node: &Node,
    which: &Which<'_>,
    edit: &Edit,
    reason: &Reason,
) -> Result<(CustomerId, Told), NodeError> {
    let before = seat.act(Permission::KeepCustomers, |act, _| which.find(act))?;
    if before.has_left {
        return Err(NodeError::Act(format!("{} has left; it comes back with 'mihenk customers add'", before.id)));
    }
    screening::bring(seat.desk(), folder, node, Way::Changes, &Bounds::default(), &mut |_| {})?;
    let contents = edit.of(&before.contents)?;
    let against = found::against(node);
    let threshold = found::Thresholds::at(seat.desk())?.of(&before.portfolio);
    let found = found::Screens::all(node, &against).of(&contents, threshold)?;
    let current = screening::current(seat.desk(), &against)?.ok_or_else(lists_changed)?;
    seat.act(Permission::KeepCustomers, |act, who| {
        mihenk_ledger::happening::unchanged_since(act, before.id.as_str(), edit.seen)?;
        let now = customers::customer(act, &before.id)?;
        if now.changed != before.changed || found::Thresholds::read(act)?.of(&before.portfolio) != threshold {
            return Err(LedgerError::refused(format!("{} was changed just now; look at it again", before.id)));
        }
        let whose = (before.portfolio.as_str(), before.reference.as_str());
        let screening = current.id.clone();
        let put = customers::put(act, who, whose, contents.clone(), Some(reason.clone()), Some(screening))?;
        if matches!(put, Put::Unchanged(_)) {
            return Err(LedgerError::refused(format!("{} is so already; nothing was changed", before.id)));
        }
        let told = settle::settle(act, who, (&before.id, &contents), (&current.id, &against), &found)?;
        Ok((before.id.clone(), told))
    })
}

fn lists_changed() -> NodeError {
    NodeError::Act("the lists were changed by another process just now; do it again".to_owned())
}

impl Edit {
    fn of(&self, before: &Contents) -> Result<Contents, NodeError> {
        let wanted = self.party.clone().unwrap_or_default();
        let mut parties = before.parties.clone();
        let at = parties.iter().position(|party| party.reference == wanted);
        let at = at.ok_or_else(|| NodeError::Act(format!("there is no related party {wanted:?}")))?;
        if self.drop_party {
            if wanted.is_empty() {
                return Err(NodeError::Act(
                    "the customer itself stays; it leaves with 'mihenk customers remove'".to_owned(),
                ));
            }
            parties.remove(at);
        } else {
            for (property, values) in &self.set {
                match values.is_empty() {
                    true => drop(parties[at].properties.remove(property)),
                    false => drop(parties[at].properties.insert(property.clone(), values.clone())),
                }
            }
            let entity = found::entity_of("customer", &parties[at]);
            let entity = entity.ok_or_else(|| NodeError::Act(format!("{:?} is no schema", parties[at].schema)))?;
            let query = crate::query::Query::of(entity).map_err(|what| NodeError::Act(what.into()))?;
            if let Some(unknown) = query.unknown.first() {
                let schema = &parties[at].schema;
                return Err(NodeError::Act(format!("{unknown:?} is no property of {schema} in FollowTheMoney")));
            }
        }
        Ok(Contents::new(self.exposure.unwrap_or(before.exposure), parties)?)
    }
}

/// Lets a customer leave; its alerts, cases and freezes stay as they are.
///
/// # Errors
/// When there is none, it has left, or somebody changed it since it was looked at.
pub fn remove(seat: &Seat<'_>, which: &Which<'_>, seen: Option<i64>, reason: Reason) -> Result<CustomerId, NodeError> {
    seat.act(Permission::KeepCustomers, |act, who| {
        let customer = which.find(act)?;
        mihenk_ledger::happening::unchanged_since(act, customer.id.as_str(), seen)?;
        customers::leave(act, who, &customer.id, reason)?;
        Ok(customer.id)
    })
}
