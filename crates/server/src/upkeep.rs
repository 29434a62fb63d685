//! Keeps lists up to date while the server answers, and does what time alone does.
//!
//! In come a manifest, a client and a [`Schedule`]; out come lists in the data folder, words of what became of them ([`Told`]), and [`Known`]: what is known
//! of how fresh they are. A round fetches a manifest that is at an address, and its catalogues, then whatever is due, as `mihenk lists update` does; what cannot be had leaves the list
//! before serving, is said, and is tried again sooner than the next round. Nothing here opens a connection by itself: `mihenk-lists` does.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::http::HeaderValue;
use jiff::{SignedDuration, Timestamp};
use mihenk_node::{
    Downloader, Model, NodeError, Step, SystemClock,
    freshness::{Freshness, freshness},
    imports,
    manifest::{Dataset, ManifestAt},
    model,
    update::{Outcome, Report, Update, update},
    watch::due,
};

use crate::{
    listen::{Told, look},
    live::Holder,
    office::Office,
    schedule::Schedule,
};

/// The pause behind a round that failed; each further one doubles it.
const FIRST_PAUSE: SignedDuration = SignedDuration::from_mins(5);
/// How often it is looked at the clock.
const LOOK: Duration = Duration::from_millis(500);
/// How often what runs out is looked for.
const TICK: SignedDuration = SignedDuration::from_mins(1);

/// What follows from something, done by whoever knows how: in words what went wrong.
pub type Follow = Box<dyn Fn() -> Result<(), String> + Send + Sync>;

/// How lists are kept up to date.
pub struct Upkeep {
    /// The data folder.
    pub data: PathBuf,
    /// A model file in place of the built-in model.
    pub model: Option<PathBuf>,
    /// The data sets beside those that are loaded.
    pub manifest: ManifestAt,
    /// The client.
    pub downloader: Downloader,
    /// When lists are looked for; never by itself if there is none.
    pub schedule: Option<Schedule>,
    /// Whether changes are fetched in place of whole lists where both are there.
    pub deltas: bool,
    /// How old a copy may be; what its source says if nothing.
    pub stale_after: Option<Duration>,
    /// What follows when lists have changed: customers are screened.
    pub follow: Follow,
}

impl std::fmt::Debug for Upkeep {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Upkeep").field("data", &self.data).field("schedule", &self.schedule).finish_non_exhaustive()
    }
}

/// Is told what happens.
pub(crate) type Tell = Arc<dyn Fn(Told) + Send + Sync>;

/// What is known of how fresh lists are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    /// The manifest's data sets, as its catalogues last said.
    pub(crate) datasets: Vec<Dataset>,
    /// Each list.
    pub(crate) lists: BTreeMap<String, Freshness>,
    /// What failed in the last round and concerns no one list.
    pub(crate) failures: Vec<String>,
    /// The lists that are old, with the seconds since somebody looked with success.
    pub(crate) stale: BTreeMap<String, i64>,
    /// The same for the header of every answer.
    pub(crate) stale_header: Option<HeaderValue>,
}

/// Counts for `/metrics`.
#[derive(Debug, Default)]
struct State {
    known: Arc<Known>,
    failed_rounds: u64,
    failed_lists: BTreeMap<String, u64>,
}

/// What keeps lists up to date, shared by the thread that does and by requests that ask for it.
pub(crate) struct Keeper {
    upkeep: Upkeep,
    tell: Tell,
    state: Mutex<State>,
    /// One round at a time.
    round: Mutex<()>,
}

impl std::fmt::Debug for Keeper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keeper").field("state", &self.state).finish_non_exhaustive()
    }
}

impl Keeper {
    pub(crate) fn new(upkeep: Upkeep, tell: Tell) -> Keeper {
        let known = Known { datasets: upkeep.manifest.now().datasets().to_vec(), ..Known::default() };
        let state = State { known: Arc::new(known), ..State::default() };
        let keeper = Keeper { upkeep, tell, state: Mutex::new(state), round: Mutex::default() };
        keeper.look();
        keeper
    }

    /// What is known now.
    pub(crate) fn known(&self) -> Arc<Known> {
        Arc::clone(&self.state().known)
    }

    /// Rounds that failed as a whole, and lists that could not be brought up to date, since the start.
    pub(crate) fn failures(&self) -> (u64, BTreeMap<String, u64>) {
        let state = self.state();
        (state.failed_rounds, state.failed_lists.clone())
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, change: impl FnOnce(&mut Known)) {
        let mut state = self.state();
        let mut known = (*state.known).clone();
        change(&mut known);
        state.known = Arc::new(known);
    }

    /// Looks how fresh lists are.
    pub(crate) fn look(&self) {
        let known = self.known();
        // A folder that cannot be read is said by whoever opens it.
        let Ok(all) = freshness(&self.upkeep.data, &known.datasets) else { return };
        let now = Timestamp::now();
        let stale: BTreeMap<String, i64> =
            all.iter().filter_map(|list| Some((list.dataset.clone(), self.old(list, now)?))).collect();
        for (dataset, &seconds) in stale.iter().filter(|(dataset, _)| !known.stale.contains_key(*dataset)) {
            (self.tell)(Told::Stale { dataset: dataset.clone(), seconds });
        }
        let lists = all.into_iter().map(|list| (list.dataset.clone(), list)).collect();
        let header = stale_header(&stale);
        self.set(|known| (known.stale, known.lists, known.stale_header) = (stale, lists, header));
    }

    /// The seconds since a good look, if they are too many.
    fn old(&self, list: &Freshness, now: Timestamp) -> Option<i64> {
        let allowed = list.allowed.map(|usual| self.upkeep.stale_after.unwrap_or(usual))?;
        // One that nobody has ever looked for was brought by hand.
        let seconds = now.duration_since(list.good?).as_secs();
        (seconds > i64::try_from(allowed.as_secs()).unwrap_or(i64::MAX)).then_some(seconds)
    }

    /// Whether the manifest names a data set that is to be loaded and is not.
    fn wants_first_round(&self) -> bool {
        let known = self.known();
        let is_new = |said: &Dataset| said.load && known.lists.get(&said.name).is_none_or(|list| list.good.is_none());
        self.upkeep.manifest.is_away() || known.datasets.iter().any(is_new)
    }

    /// Brings lists up to date: whatever is due, or everything if it `must`.
    pub(crate) fn round(&self, must: bool) -> Result<(), NodeError> {
        let _one = self.round.lock().unwrap_or_else(PoisonError::into_inner);
        let watch = |_: &str, step: Step| {
            if let Step::Again { why, .. } = step {
                (self.tell)(Told::Retrying(why));
            }
        };
        let (downloader, clock) = (&self.upkeep.downloader, &SystemClock);
        let fetched = self.upkeep.manifest.fetch(downloader, clock, &|step| watch("", step));
        let mut resolved = self.upkeep.manifest.now().resolve(downloader, clock, &|step| watch("", step));
        resolved.failures.extend(fetched.err());
        if !resolved.failures.is_empty() {
            // What a catalogue said before still holds for what is loaded.
            let before = self.known();
            let known: Vec<String> = resolved.datasets.iter().map(|said| said.name.clone()).collect();
            resolved.datasets.extend(before.datasets.iter().filter(|said| !known.contains(&said.name)).cloned());
        }
        if !self.upkeep.deltas {
            resolved.datasets.iter_mut().for_each(|said| said.delta_url = None);
        }
        self.set(|known| (known.datasets, known.failures) = (resolved.datasets.clone(), resolved.failures.clone()));
        resolved.failures.iter().for_each(|why| (self.tell)(Told::NotUpdated { dataset: None, why: why.clone() }));
        if !resolved.datasets.iter().any(|said| said.load) && self.known().lists.is_empty() {
            // Nothing is loaded, and nothing is named to begin with.
            return Ok(());
        }
        let model: Model = model::open(self.upkeep.model.as_deref())?;
        let mut options = Update {
            folder: &self.upkeep.data,
            model: &model,
            downloader,
            clock,
            names: &[],
            from: &[],
            manifest: &resolved.datasets,
            keep: None,
            watch: &watch,
        };
        let names = if must { Vec::new() } else { due(&options)?.0 };
        if !must && names.is_empty() {
            return Ok(());
        }
        options.names = &names;
        let report = update(&options)?;
        self.told(&report);
        if report.entities.is_some()
            && let Err(why) = (self.upkeep.follow)()
        {
            (self.tell)(Told::NotFollowed(why));
        }
        Ok(())
    }

    fn told(&self, report: &Report) {
        for list in &report.lists {
            let dataset = list.dataset.clone();
            match &list.outcome {
                Outcome::Live { added, changed, removed, .. } => {
                    let (added, changed, removed) = (*added, *changed, *removed);
                    (self.tell)(Told::Updated { dataset, added, changed, removed });
                }
                Outcome::Failed { why, .. } => {
                    *self.state().failed_lists.entry(dataset.clone()).or_default() += 1;
                    (self.tell)(Told::NotUpdated { dataset: Some(dataset), why: why.to_string() });
                }
                Outcome::Unchanged { .. } | Outcome::Nowhere => {}
            }
        }
        report.warnings.iter().for_each(|why| (self.tell)(Told::Warning(why.clone())));
    }

    /// A round that was asked for, and the folder opened again after it.
    pub(crate) fn forced(&self, holder: &Holder) -> Result<(), NodeError> {
        let result = self.whole_round(true);
        holder.set_datasets(self.known().datasets.clone());
        look(holder, true, &*self.tell)?;
        result
    }

    fn whole_round(&self, must: bool) -> Result<(), NodeError> {
        let result = self.round(must);
        if let Err(error) = &result {
            self.state().failed_rounds += 1;
            (self.tell)(Told::NotUpdated { dataset: None, why: error.to_string() });
            self.set(|known| known.failures = vec![error.to_string()]);
        }
        self.look();
        result
    }

    /// Whether something of the last round failed.
    fn has_failed(&self) -> bool {
        let known = self.known();
        !known.failures.is_empty() || known.lists.values().any(|list| list.failed.is_some())
    }

    /// Keeps lists up to date for ever; it ends with the program.
    pub(crate) fn keep(&self, holder: &Holder, office: Option<&Office>) {
        let mut clock = Times { next: self.first(), tick: Timestamp::MIN, look: Timestamp::MIN, failures: 0 };
        loop {
            let now = Timestamp::now();
            if clock.next.is_some_and(|next| next <= now) {
                // Said where it happens.
                let _ = self.whole_round(false);
                if holder.set_datasets(self.known().datasets.clone()) {
                    let _ = look(holder, true, &*self.tell);
                }
                clock.failures = if self.has_failed() { clock.failures + 1 } else { 0 };
                clock.next = self.next(Timestamp::now(), clock.failures);
            }
            if clock.tick <= now {
                office.into_iter().for_each(|office| self.tick(office));
                clock.tick = now.saturating_add(TICK).unwrap_or(Timestamp::MAX);
            }
            if clock.look <= now {
                self.look();
                clock.look = now.saturating_add(SignedDuration::from_secs(10)).unwrap_or(Timestamp::MAX);
            }
            std::thread::sleep(LOOK);
        }
    }

    /// Does what time alone does: what ran out is recorded.
    fn tick(&self, office: &Office) {
        match office.desk.tick() {
            Ok(ticked) => {
                let told = ticked.told().map(|words| Told::RanOut { words, count: ticked.count() });
                told.into_iter().for_each(|told| (self.tell)(told));
            }
            Err(error) => (self.tell)(Told::NotFollowed(error.to_string())),
        }
        // Files of customers that nobody came back to.
        if let Err(error) = imports::held::sweep(&office.folder, office.desk.now()) {
            (self.tell)(Told::Warning(error.to_string()));
        }
    }

    fn first(&self) -> Option<Timestamp> {
        self.upkeep.schedule.as_ref()?;
        if self.wants_first_round() { Some(Timestamp::MIN) } else { self.next(Timestamp::now(), 0) }
    }

    /// When the next round is: by the schedule, or sooner behind one that failed.
    fn next(&self, now: Timestamp, failures: u32) -> Option<Timestamp> {
        next(self.upkeep.schedule.as_ref()?, now, failures)
    }
}

fn next(schedule: &Schedule, now: Timestamp, failures: u32) -> Option<Timestamp> {
    let next = schedule.next(now)?;
    if failures == 0 {
        return Some(next);
    }
    let pause = FIRST_PAUSE.saturating_mul(1 << failures.min(10).saturating_sub(1));
    Some(now.saturating_add(pause).map_or(next, |again| again.min(next)))
}

/// The lists that are old, with the days since somebody looked with success: `un_sc_sanctions;days=3`.
fn stale_header(stale: &BTreeMap<String, i64>) -> Option<HeaderValue> {
    let told: Vec<String> = stale.iter().map(|(name, seconds)| format!("{name};days={}", seconds / 86_400)).collect();
    // Names of lists have letters, digits and signs.
    if told.is_empty() { None } else { HeaderValue::from_str(&told.join(", ")).ok() }
}

/// When what is done next.
struct Times {
    next: Option<Timestamp>,
    tick: Timestamp,
    look: Timestamp,
    failures: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_failed_is_tried_again_before_the_next_time_and_less_and_less_often() {
        let schedule = Schedule::read("0 * * * *").unwrap();
        let at =
            |failures: u32| next(&schedule, "2026-01-31T12:10:00Z".parse().unwrap(), failures).unwrap().to_string();
        assert_eq!(at(0), "2026-01-31T13:00:00Z");
        assert_eq!([at(1), at(2), at(3)], ["2026-01-31T12:15:00Z", "2026-01-31T12:20:00Z", "2026-01-31T12:30:00Z"]);
        assert_eq!([at(4), at(5), at(100)], ["2026-01-31T12:50:00Z", "2026-01-31T13:00:00Z", "2026-01-31T13:00:00Z"]);
    }

    #[test]
    fn old_lists_are_named_with_their_days() {
        let header = |pairs: &[(&str, i64)]| {
            let stale = pairs.iter().map(|(name, seconds)| ((*name).to_owned(), *seconds)).collect();
            stale_header(&stale).map(|value| value.to_str().unwrap().to_owned())
        };
        assert_eq!(header(&[]), None);
        assert_eq!(header(&[("b", 86_399), ("a", 3 * 86_400)]).as_deref(), Some("a;days=3, b;days=0"));
    }
}
