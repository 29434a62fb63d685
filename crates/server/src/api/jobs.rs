//! What takes longer than a request: bringing lists up to date, screening everybody.
//!
//! In comes work, out comes a number under which its state can be asked for; what happens meanwhile goes to those who listen ([`super::events`]). Work is done on a
//! thread of its own, one after another. States are kept in memory for the last hundred; what the work itself did is in the data folder and in the ledger.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use mihenk_node::{NodeError, said::Said};
use serde::Serialize;
use serde_json::Value;

use super::{
    code::Code,
    schema::{Schema, millis, object, one_of, shape, text, whole},
};
use crate::{app::State, listen::Told};

/// States that are kept.
const MOST: usize = 100;
/// Work that waits or is done.
const AT_ONCE: usize = 8;
/// How long the answer of a page waits for work before it says that it is not done yet.
const WAIT: Duration = Duration::from_secs(8);
/// How often it is looked meanwhile.
const LOOK: Duration = Duration::from_millis(50);

/// Work and its states.
#[derive(Debug, Default)]
pub(crate) struct Jobs {
    all: Mutex<Kept>,
    /// Who works.
    turn: Mutex<()>,
}

#[derive(Debug, Default)]
struct Kept {
    last: u64,
    jobs: VecDeque<Job>,
}

/// Some work.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Job {
    /// Its number.
    job: u64,
    /// What it is.
    kind: &'static str,
    state: &'static str,
    /// Since when.
    begun_at: i64,
    ended_at: Option<i64>,
    /// What came of it.
    report: Option<Value>,
    /// Why nothing did.
    problem: Option<Said>,
    /// Why a part of it failed, by what the part is called: what is text in the report, with its name and its facts.
    #[serde(skip)]
    failed: BTreeMap<String, Said>,
}

/// What came of some work.
#[derive(Debug)]
pub(crate) struct Came {
    /// As programs read it.
    pub(crate) report: Value,
    /// Why a part of it failed, by what the part is called.
    pub(crate) failed: BTreeMap<String, Said>,
}

impl From<Value> for Came {
    fn from(report: Value) -> Came {
        Came { report, failed: BTreeMap::new() }
    }
}

impl Job {
    /// Its number.
    pub(crate) fn number(&self) -> u64 {
        self.job
    }

    /// Whether it is work of this kind.
    pub(crate) fn is(&self, kind: &str) -> bool {
        self.kind == kind
    }

    /// What came of it.
    pub(crate) fn report(&self) -> Option<&Value> {
        self.report.as_ref()
    }

    /// Why nothing came of it.
    pub(crate) fn problem(&self) -> Option<&Said> {
        self.problem.as_ref()
    }

    /// Why a part of it failed.
    pub(crate) fn failed(&self, part: &str) -> Option<&Said> {
        self.failed.get(part)
    }

    /// Whether it is not done yet.
    pub(crate) fn is_running(&self) -> bool {
        self.state == "running"
    }
}

/// Waits a little for work to be done.
pub(crate) async fn wait(state: &State, number: u64) {
    let done = async {
        while state.api.jobs.get(number).is_some_and(|job| job.is_running()) {
            tokio::time::sleep(LOOK).await;
        }
    };
    // What takes longer is told on the page.
    let _ = tokio::time::timeout(WAIT, done).await;
}

/// What a job looks like.
pub(crate) fn schema() -> Schema {
    shape! {
        "job": whole(), "kind": text(), "state": one_of(&["running", "done", "failed"]), "begun_at": millis(),
        "ended_at": whole().or_null(), "report": object().or_null(), "problem": text().or_null(),
    }
}

impl Jobs {
    /// The work with this number.
    pub(crate) fn get(&self, number: u64) -> Option<Job> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner).jobs.iter().find(|job| job.job == number).cloned()
    }

    fn begin(&self, kind: &'static str, at: i64) -> Result<Job, NodeError> {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        if all.jobs.iter().filter(|job| job.state == "running").count() >= AT_ONCE {
            return Err(NodeError::Act(format!(
                "{AT_ONCE} jobs are running or wait already; ask again when one is done"
            )));
        }
        all.last += 1;
        let job = Job {
            job: all.last,
            kind,
            state: "running",
            begun_at: at,
            ended_at: None,
            report: None,
            problem: None,
            failed: BTreeMap::new(),
        };
        all.jobs.push_back(job.clone());
        if all.jobs.len() > MOST {
            all.jobs.pop_front();
        }
        Ok(job)
    }

    fn end(&self, number: u64, at: i64, result: Result<Came, Said>) {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(job) = all.jobs.iter_mut().find(|job| job.job == number) else { return };
        job.ended_at = Some(at);
        match result {
            Ok(came) => (job.state, job.report, job.failed) = ("done", Some(came.report), came.failed),
            Err(why) => (job.state, job.problem) = ("failed", Some(why)),
        }
    }
}

/// Begins some work on a thread of its own; the work is given what tells those who listen how far it is.
pub(crate) fn begin<C: Into<Came>>(
    state: &Arc<State>,
    kind: &'static str,
    now: i64,
    work: impl FnOnce(&State, &(dyn Fn(Value) + Sync)) -> Result<C, NodeError> + Send + 'static,
) -> Result<Job, NodeError> {
    let job = state.api.jobs.begin(kind, now)?;
    let number = job.job;
    let state = Arc::clone(state);
    let run = move || {
        let _turn = state.api.jobs.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let tell = |what: Value| state.api.feed.tell_progress(number, kind, &what);
        let worked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| work(&state, &tell)));
        let result = match worked {
            Ok(result) => result.map(Into::into).map_err(|error| error.said()),
            Err(_) => {
                (state.tell)(Told::Warning(format!("{kind} ended in a panic")));
                Err(Said::words(Code::Broken.about().title))
            }
        };
        let how = if result.is_ok() { "done" } else { "failed" };
        let at = state.office.as_ref().map_or(now, |office| office.desk.now());
        state.api.jobs.end(number, at, result);
        state.api.feed.tell_progress(number, kind, &serde_json::json!({ "state": how }));
    };
    let spawned = std::thread::Builder::new().name(kind.to_owned()).spawn(run);
    spawned.map_err(|error| NodeError::Act(format!("no thread can be had: {error}")))?;
    Ok(job)
}
