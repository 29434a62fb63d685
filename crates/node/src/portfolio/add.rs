//! Takes a file of customers into a portfolio.
//!
//! In come a file and the name of a portfolio, out comes what became of each record: new, changed, as it was, or rejected with row,
//! column and reason. A few thousand records at a time are one act, in which they are held against the lists as well. Whoever
//! begins again after an interruption finds what was taken in as it was, so nothing is lost and nothing is there twice. What a
//! file does not name stays, unless it is said that the file is the whole portfolio.

use std::path::{Path, PathBuf};

use mihenk_ledger::{
    LedgerError, Reason, Who,
    customers::{self, Against, Contents, Customer, CustomerId, Filter, Party, Put, Screening},
};
use mihenk_said::Said;
use mihenk_store::Act;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use serde::{Deserialize, Serialize};

use super::{
    Bounds, Progress, Rejected, Told, Way,
    found::{Finding, Screens, Thresholds, against},
    lists_changed,
    rejected::RejectedFile,
    rows::{Columns, Given},
    screening::{bring, current},
    settle::settle,
    watched::Watched,
};
use crate::{
    Score,
    batch::{Input, Manner, Raw},
    desk::Seat,
    error::NodeError,
    node::Node,
    permission::Permission,
    sayings,
};

/// How often a batch is begun anew because somebody else changed one of its customers meanwhile.
const TRIES: usize = 5;
/// Warnings that are told one by one.
const WARNINGS: usize = 5;
/// Customers that are looked through at once for those whom a file does not name.
const PAGE: i64 = 2_048;

/// What is to be taken in.
#[derive(Clone, Debug)]
pub struct Add<'a> {
    /// The portfolio; it is there as soon as it has a customer.
    pub portfolio: &'a str,
    /// The data folder.
    pub folder: &'a Path,
    /// What the file is called, for reasons and messages.
    pub name: &'a str,
    /// How the file is read.
    pub manner: &'a Manner,
    /// Whether whoever is missing has left.
    pub is_whole: bool,
    /// Where rejected records go.
    pub rejected: Rejects,
    /// The portfolio's threshold from now on, in ten-thousandths of a score, and why; it stays as it is without.
    pub threshold: Option<(i64, Reason)>,
}

/// Where records go that were not taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Rejects {
    /// Nowhere but into the report.
    #[default]
    Nowhere,
    /// Into a file whose name is that one's with an ending more.
    Beside(PathBuf),
    /// Into that file.
    In(PathBuf),
}

/// What became of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Added {
    /// The portfolio.
    pub portfolio: String,
    /// Its threshold, in ten-thousandths of a score.
    pub threshold: u16,
    /// Records of the file.
    pub records: usize,
    /// Customers that are new.
    pub added: usize,
    /// Customers of whom something else is known.
    pub changed: usize,
    /// Customers that are as they were.
    pub unchanged: usize,
    /// Customers who have left, as the file does not name them.
    pub left: usize,
    /// Records of related parties.
    pub related: usize,
    /// What is found otherwise than before.
    pub told: Told,
    /// Records with a value that could not be read and says nothing.
    pub warned: usize,
    /// The first of these.
    pub first_warnings: Vec<Said>,
    /// Columns that are not understood.
    pub unknown_columns: Vec<String>,
    /// Records that were not taken.
    pub rejected: Vec<Rejected>,
    /// Where they are.
    pub rejected_file: Option<PathBuf>,
    /// Why nobody has left although the file is the whole portfolio.
    pub nobody_leaves: Option<Said>,
}

/// Takes a file in.
///
/// # Errors
/// When whoever sits here may not, the file cannot be read, or the lists change meanwhile. What was taken in until then stays, and the
/// same call goes on.
pub fn add(
    seat: &Seat<'_>,
    node: &Node,
    mut input: Input<'_>,
    add: &Add<'_>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Added, NodeError> {
    seat.act(Permission::KeepCustomers, |act, who| {
        customers::portfolio_named(add.portfolio)?;
        let Some((threshold, reason)) = &add.threshold else { return Ok(false) };
        customers::set_threshold(act, who, add.portfolio, *threshold, reason.clone())
    })?;
    let bounds = Bounds::default();
    bring(seat.desk(), add.folder, node, Way::Changes, &bounds, progress)?;
    let against = against(node);
    let screening = current(seat.desk(), &against)?.ok_or_else(lists_changed)?;
    let threshold = Thresholds::at(seat.desk())?.of(add.portfolio);
    let mut run = Run {
        seat,
        add,
        against: &against,
        screens: Screens::all(node, &against),
        screening,
        rejected: RejectedFile::new(&input, &add.manner.options),
        seen: FxHashMap::default(),
        orphans: Vec::new(),
        threshold,
        added: Added { portfolio: add.portfolio.to_owned(), threshold: threshold.0, ..Added::default() },
    };
    loop {
        let chunk = input.chunk()?;
        if chunk.is_empty() {
            break;
        }
        run.chunk(chunk, &input)?;
        progress(Progress::Read(input.bytes()));
    }
    let columns = Columns::of(&input, add.manner.map.as_ref());
    run.added.unknown_columns = input.unknown_columns().into_iter().filter(|column| !columns.has(column)).collect();
    run.take_orphans(input.headings().unwrap_or_default())?;
    if add.is_whole {
        run.let_go()?;
    }
    let added = run.finish()?;
    // So that the next change of the lists need not wait for it.
    let mut read = |customers| progress(Progress::Indexed(customers));
    Watched::open(seat.desk(), add.folder, node.model(), bounds.loose, &mut read)?;
    Ok(added)
}

/// A record and what it says.
type Record = (Raw, Given);

/// A customer's records that came together.
#[derive(Default)]
struct Group {
    reference: String,
    own: Option<Record>,
    related: Vec<Record>,
}

/// A customer as it is to be.
struct Wanted {
    reference: String,
    contents: Contents,
    before: Option<(CustomerId, i64)>,
    found: Vec<Finding>,
}

/// Where a record was seen in the file, and the hash of what it said.
struct Seen {
    place: String,
    hash: u64,
}

struct Run<'a> {
    seat: &'a Seat<'a>,
    add: &'a Add<'a>,
    against: &'a Against,
    screens: Screens<'a>,
    screening: Screening,
    rejected: RejectedFile,
    seen: FxHashMap<(String, String), Seen>,
    /// Related parties whose customer was not there yet.
    orphans: Vec<Record>,
    threshold: Score,
    added: Added,
}

impl Run<'_> {
    fn chunk(&mut self, chunk: Vec<Raw>, input: &Input<'_>) -> Result<(), NodeError> {
        let headings = input.headings().unwrap_or_default();
        let (asking, columns) = (input.asking(), Columns::of(input, self.add.manner.map.as_ref()));
        self.added.records += chunk.len();
        let read: Vec<_> = chunk.into_par_iter().map(|raw| (columns.read(asking, &raw), raw)).collect();
        let id_column = asking.id_column().and_then(|at| headings.get(at).cloned());
        let mut records = Vec::with_capacity(read.len());
        for (given, raw) in read {
            match given {
                Err(rejected) => self.reject(&raw, headings, *rejected),
                Ok(given) => {
                    self.warn(&given);
                    match self.is_new(&given, &id_column) {
                        Ok(true) => records.push((raw, given)),
                        Ok(false) => {}
                        Err(rejected) => self.reject(&raw, headings, *rejected),
                    }
                }
            }
        }
        self.take(records, headings, false)
    }

    /// Whether a record was not in the file before.
    fn is_new(&mut self, given: &Given, id_column: &Option<String>) -> Result<bool, Box<Rejected>> {
        let rejected = |reason: Said| {
            let (place, reference) = (given.place.clone(), Some(given.reference.clone()));
            Box::new(Rejected { place, reference, column: id_column.clone(), reason })
        };
        customers::reference_named(&given.reference).map_err(|error| rejected(sayings::of_ledger(&error)))?;
        let hash = hash(given);
        let parent = given.parent.clone().unwrap_or_default();
        for party in &given.related {
            let seen = Seen { place: given.place.clone(), hash: 0 };
            self.seen.insert((given.reference.clone(), party.reference.clone()), seen);
        }
        let key = match given.parent {
            Some(_) => (parent, given.reference.clone()),
            None => (given.reference.clone(), String::new()),
        };
        match self.seen.get(&key) {
            None => {
                self.seen.insert(key, Seen { place: given.place.clone(), hash });
                Ok(true)
            }
            Some(seen) if seen.hash == hash => Ok(false),
            Some(seen) => Err(rejected(sayings::number_twice(&given.reference, &seen.place))),
        }
    }

    /// Takes records in; related parties without a customer wait, or are rejected when there is nothing more to come.
    fn take(&mut self, records: Vec<Record>, headings: &[String], is_last: bool) -> Result<(), NodeError> {
        let mut groups: Vec<Group> = Vec::new();
        let mut places: FxHashMap<String, usize> = FxHashMap::default();
        for (raw, given) in records {
            let reference = given.parent.clone().unwrap_or_else(|| given.reference.clone());
            let at = *places.entry(reference.clone()).or_insert_with(|| {
                groups.push(Group { reference, ..Group::default() });
                groups.len() - 1
            });
            match given.parent {
                Some(_) => groups[at].related.push((raw, given)),
                None => groups[at].own = Some((raw, given)),
            }
        }
        let all: Vec<usize> = (0..groups.len()).collect();
        for _ in 0..TRIES {
            let known = self.known(all.iter().map(|&at| groups[at].reference.as_str()))?;
            let (mut wanted, mut apart) = (Vec::new(), Vec::new());
            for (&at, known) in all.iter().zip(&known) {
                match wanted_of(&groups[at], known.as_ref()) {
                    Ok(Some(one)) => wanted.push((at, one, known.as_ref())),
                    Ok(None) => apart.push((at, None)),
                    Err(why) => apart.push((at, Some(why))),
                }
            }
            // What is as it was need not be screened.
            let is_unchanged = |(_, one, known): &(usize, Wanted, Option<&Customer>)| {
                known.is_some_and(|known| known.contents == one.contents && !known.has_left)
            };
            let (unchanged, mut wanted): (Vec<_>, Vec<_>) = wanted.into_iter().partition(is_unchanged);
            let of_one = |(_, wanted, _): &mut (usize, Wanted, Option<&Customer>)| -> Result<(), NodeError> {
                wanted.found = self.screens.of(&wanted.contents, self.threshold)?;
                Ok(())
            };
            wanted.par_iter_mut().try_for_each(of_one)?;
            if self.write(&wanted.iter().map(|(_, one, _)| one).collect::<Vec<_>>())? {
                self.added.unchanged += unchanged.iter().filter(|(at, ..)| groups[*at].own.is_some()).count();
                self.added.related +=
                    unchanged.iter().chain(&wanted).map(|(at, ..)| parties(&groups[*at])).sum::<usize>();
                for (at, why) in apart {
                    self.set_apart(std::mem::take(&mut groups[at]), why, headings, is_last);
                }
                return Ok(());
            }
        }
        Err(NodeError::Act("somebody else changes the same customers; run the same command again".to_owned()))
    }

    /// What is known of customers, in one reading.
    fn known<'r>(&self, references: impl Iterator<Item = &'r str>) -> Result<Vec<Option<Customer>>, NodeError> {
        let portfolio = self.add.portfolio;
        self.seat.desk().read(|reading| {
            references.map(|reference| customers::by_reference(reading, portfolio, reference)).collect()
        })
    }

    /// Writes customers with what is found of them; `false` when one was changed meanwhile, and then nothing was written.
    fn write(&mut self, wanted: &[&Wanted]) -> Result<bool, NodeError> {
        if wanted.is_empty() {
            return Ok(true);
        }
        let (portfolio, against, screening) = (self.add.portfolio, self.against, &self.screening);
        let threshold = self.threshold;
        let written = self.seat.act(Permission::KeepCustomers, |act, who| {
            let last = customers::last_screening(act)?;
            if last.is_none_or(|last| last.id != screening.id) {
                let why =
                    "the lists were changed by another process; what was taken in stays, run the same command again";
                return Err(LedgerError::refused(why));
            }
            if Thresholds::read(act)?.of(portfolio) != threshold {
                let why = "the portfolio's threshold was changed meanwhile; what was taken in stays, run the same command again";
                return Err(LedgerError::refused(why));
            }
            for one in wanted {
                let known = customers::by_reference(act, portfolio, &one.reference)?;
                if known.map(|known| (known.id, known.changed)) != one.before {
                    return Ok(None);
                }
            }
            let mut done = (0, 0, Told::default());
            for one in wanted {
                put(act, who, portfolio, one, (screening, against), &mut done)?;
            }
            Ok(Some(done))
        })?;
        let Some((added, changed, told)) = written else { return Ok(false) };
        self.added.added += added;
        self.added.changed += changed;
        self.added.told.add(told);
        Ok(true)
    }

    /// Puts a customer's records aside that could not be taken.
    fn set_apart(&mut self, group: Group, why: Option<Said>, headings: &[String], is_last: bool) {
        let reference = group.reference;
        if why.is_none() && !is_last {
            self.orphans.extend(group.related);
            return;
        }
        let reason = why.unwrap_or_else(|| sayings::no_such_parent(&reference, self.add.portfolio));
        for (raw, given) in group.own.into_iter().chain(group.related) {
            let rejected =
                Rejected { place: given.place, reference: Some(given.reference), column: None, reason: reason.clone() };
            self.reject(&raw, headings, rejected);
        }
    }

    fn take_orphans(&mut self, headings: &[String]) -> Result<(), NodeError> {
        let orphans = std::mem::take(&mut self.orphans);
        self.take(orphans, headings, true)
    }

    /// Lets go whoever the file does not name, customers and related parties, unless a record could not be read.
    fn let_go(&mut self) -> Result<(), NodeError> {
        if self.added.rejected.iter().any(|rejected| rejected.reference.is_none()) {
            self.added.nobody_leaves = Some(sayings::nobody_can_leave());
            return Ok(());
        }
        let spared: FxHashSet<String> = self.added.rejected.iter().filter_map(|one| one.reference.clone()).collect();
        let reason = Reason::new(&format!("not in {}, which was given as the whole portfolio", self.add.name))?;
        let mut after = 0;
        loop {
            let filter = Filter { portfolio: Some(self.add.portfolio), after, limit: PAGE, ..Filter::default() };
            let page = self.seat.desk().read(|reading| customers::list(reading, &filter))?;
            let Some(last) = page.last() else { return Ok(()) };
            after = customers::number(&last.id)?;
            let named = |customer: &str, party: &str| {
                let key = (customer.to_owned(), party.to_owned());
                self.seen.contains_key(&key) || spared.contains(if party.is_empty() { customer } else { party })
            };
            let (stay, gone): (Vec<Customer>, Vec<Customer>) =
                page.into_iter().partition(|customer| named(&customer.reference, ""));
            let fewer = stay.iter().filter_map(|customer| without_missing(customer, &named).transpose());
            let mut fewer = fewer.collect::<Result<Vec<Wanted>, LedgerError>>()?;
            for one in &mut fewer {
                one.found = self.screens.of(&one.contents, self.threshold)?;
            }
            if !self.write(&fewer.iter().collect::<Vec<_>>())? {
                return Err(NodeError::Act(
                    "somebody else changes the same customers; run the same command again".to_owned(),
                ));
            }
            self.added.left += self.seat.act(Permission::KeepCustomers, |act, who| {
                for customer in &gone {
                    customers::leave(act, who, &customer.id, reason.clone())?;
                }
                Ok(gone.len())
            })?;
        }
    }

    fn reject(&mut self, raw: &Raw, headings: &[String], rejected: Rejected) {
        self.rejected.add(raw, headings);
        self.added.rejected.push(rejected);
    }

    fn warn(&mut self, given: &Given) {
        let Some(first) = given.warnings.first() else { return };
        self.added.warned += 1;
        if self.added.first_warnings.len() < WARNINGS {
            self.added.first_warnings.push(sayings::at_place(&given.place, first));
        }
    }

    fn finish(mut self) -> Result<Added, NodeError> {
        let path = match &self.add.rejected {
            Rejects::Nowhere => return Ok(self.added),
            Rejects::Beside(file) => self.rejected.place(file),
            Rejects::In(path) => path.clone(),
        };
        if self.rejected.write(&path)? {
            self.added.rejected_file = Some(path);
        }
        Ok(self.added)
    }
}

fn put(
    act: &mut Act<'_>,
    who: &Who,
    portfolio: &str,
    one: &Wanted,
    (screening, against): (&Screening, &Against),
    done: &mut (usize, usize, Told),
) -> Result<(), LedgerError> {
    let whose = (portfolio, one.reference.as_str());
    let put = customers::put(act, who, whose, one.contents.clone(), None, Some(screening.id.clone()))?;
    match put {
        Put::Added(_) => done.0 += 1,
        Put::Changed(_) => done.1 += 1,
        Put::Unchanged(_) => return Ok(()),
    }
    // What is found is found by the software, whoever brought the customer.
    let who = Who::new("screening", who.at);
    done.2.add(settle(act, &who, (put.id(), &one.contents), (&screening.id, against), &one.found)?);
    Ok(())
}

/// How many records of related parties a group has.
fn parties(group: &Group) -> usize {
    group.related.len() + group.own.as_ref().map_or(0, |(_, given)| given.related.len())
}

/// A customer as its records say it is, upon what is known of it; none when there are only related parties of nobody.
fn wanted_of(group: &Group, known: Option<&Customer>) -> Result<Option<Wanted>, Said> {
    let stays = known.filter(|known| !known.has_left || group.own.is_some());
    let mut parties: Vec<Party> = stays.map(|known| known.contents.parties.clone()).unwrap_or_default();
    let mut set = |party: Party| match parties.iter_mut().find(|known| known.reference == party.reference) {
        Some(known) => *known = party,
        None => parties.push(party),
    };
    if let Some((_, own)) = &group.own {
        set(own.party.clone());
        own.related.iter().cloned().for_each(&mut set);
    } else if stays.is_none() {
        return Ok(None);
    }
    for (_, related) in &group.related {
        set(Party { reference: related.reference.clone(), ..related.party.clone() });
    }
    let exposure = group.own.as_ref().and_then(|(_, own)| own.exposure);
    let exposure = exposure.unwrap_or_else(|| stays.map_or(0, |known| known.contents.exposure));
    let contents = Contents::new(exposure, parties).map_err(|error| sayings::of_ledger(&error))?;
    let before = known.map(|known| (known.id.clone(), known.changed));
    Ok(Some(Wanted { reference: group.reference.clone(), contents, before, found: Vec::new() }))
}

/// A customer without the related parties that the file does not name; none when it names all of them.
fn without_missing(customer: &Customer, is_named: &impl Fn(&str, &str) -> bool) -> Result<Option<Wanted>, LedgerError> {
    let parties = customer.contents.parties.iter();
    let stay: Vec<Party> = parties.filter(|party| is_named(&customer.reference, &party.reference)).cloned().collect();
    if stay.len() == customer.contents.parties.len() {
        return Ok(None);
    }
    let contents = Contents::new(customer.contents.exposure, stay)?;
    let before = Some((customer.id.clone(), customer.changed));
    Ok(Some(Wanted { reference: customer.reference.clone(), contents, before, found: Vec::new() }))
}

fn hash(given: &Given) -> u64 {
    use std::hash::{Hash, Hasher};
    let mut hasher = FxHasher::default();
    let said = (&given.party, &given.related, given.exposure);
    // Text, numbers and maps with text as keys always have a form in JSON.
    serde_json::to_string(&said).unwrap_or_default().hash(&mut hasher);
    hasher.finish()
}
