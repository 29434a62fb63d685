//! The one who writes: a transaction that several acts share, and what became of its commit.
//!
//! In come acts, one after another under the store's lock, each within a savepoint; out come their outcomes and a
//! [`SharedCommit`] on which they wait. A connection that broke is opened anew for the next act. When it breaks during the
//! commit, the store is asked over another one whether the chain got there, so that nobody is told wrongly; what cannot be
//! found out is said to be unknown.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Condvar, Mutex, PoisonError},
};

use crate::{
    connection::{Connection, Role},
    error::StoreError,
    params,
    place::Place,
    store::{Act, Head, head, locked, to_hash},
};

/// Acts that share one commit at most.
const ACTS_A_COMMIT: usize = 256;

pub(crate) struct Writer {
    place: Place,
    connection: Connection,
    open: Option<Open>,
}

/// A transaction that is open.
struct Open {
    /// Where the chain stood when it began.
    before: Head,
    head: Head,
    acts: usize,
    commit: Arc<SharedCommit>,
    /// Why nothing of it can be stored any more.
    spoiled: Option<String>,
}

/// What the acts of one transaction wait for.
#[derive(Default)]
pub(crate) struct SharedCommit {
    outcome: Mutex<Option<Result<(), NotCommitted>>>,
    told: Condvar,
}

/// Why a commit is not known to have happened.
#[derive(Clone, Debug)]
enum NotCommitted {
    /// Nothing was stored.
    Nothing(String),
    /// Nobody can say.
    Unknown(String),
}

impl From<NotCommitted> for StoreError {
    fn from(why: NotCommitted) -> StoreError {
        match why {
            NotCommitted::Nothing(why) => StoreError::Commit(why),
            NotCommitted::Unknown(why) => StoreError::CommitUnknown(why),
        }
    }
}

/// What an act came to: its own answer, or a panic that goes on after the commit of the others.
pub(crate) type Outcome<T, E> = std::thread::Result<Result<T, E>>;

impl Writer {
    pub(crate) fn new(place: &Place, connection: Connection) -> Writer {
        Writer { place: place.clone(), connection, open: None }
    }

    /// Runs an act within a savepoint of the open transaction, which is begun if there is none. The commit to wait for is
    /// given back with the outcome.
    pub(crate) fn run<T, E: From<StoreError>>(
        &mut self,
        act: impl FnOnce(&mut Act<'_>) -> Result<T, E>,
    ) -> (Outcome<T, E>, Option<Arc<SharedCommit>>) {
        let commit = match self.begin() {
            Ok(commit) => commit,
            Err(error) => return (Ok(Err(error.into())), None),
        };
        let outcome = match &mut self.open {
            Some(open) => in_savepoint(&mut self.connection, open, act),
            None => Ok(Err(StoreError::Commit("no transaction is open".to_owned()).into())),
        };
        (outcome, Some(commit))
    }

    /// Whether the open transaction must end now, whoever waits.
    pub(crate) fn must_commit(&self) -> bool {
        self.open.as_ref().is_none_or(|open| open.acts >= ACTS_A_COMMIT || open.spoiled.is_some())
    }

    /// The transaction that is open, or a new one; over a new connection if the old one is broken.
    fn begin(&mut self) -> Result<Arc<SharedCommit>, StoreError> {
        if let Some(open) = &self.open {
            return Ok(open.commit.clone());
        }
        if !self.connection.is_broken() {
            match self.begin_once() {
                Err(_) if self.connection.is_broken() => {}
                outcome => return outcome,
            }
        }
        self.connection = Connection::open(&self.place, Role::Writer)?;
        self.begin_once()
    }

    fn begin_once(&mut self) -> Result<Arc<SharedCommit>, StoreError> {
        match self.connection.begin_writing().and_then(|()| head(&mut self.connection)) {
            Ok(head) => {
                let commit = Arc::<SharedCommit>::default();
                self.open = Some(Open { before: head, head, acts: 0, commit: commit.clone(), spoiled: None });
                Ok(commit)
            }
            Err(error) => {
                // A transaction may be open or not; what is to be said is the first error.
                let _ = self.connection.run("ROLLBACK");
                Err(error)
            }
        }
    }

    /// Commits what is open and tells everybody who waits for it.
    pub(crate) fn commit(&mut self) {
        let Some(open) = self.open.take() else { return };
        let outcome = self.try_commit(&open);
        if outcome.is_err() && !self.connection.is_broken() {
            // Nothing more can be done about it if this fails too: everybody is told.
            let _ = self.connection.run("ROLLBACK");
        }
        open.commit.tell(outcome);
    }

    fn try_commit(&mut self, open: &Open) -> Result<(), NotCommitted> {
        if let Some(why) = &open.spoiled {
            return Err(NotCommitted::Nothing(why.clone()));
        }
        if self.connection.is_broken() {
            return Err(NotCommitted::Nothing("the connection broke before the commit".to_owned()));
        }
        match self.connection.run("COMMIT") {
            Ok(()) => Ok(()),
            Err(error) if !self.connection.is_broken() => Err(NotCommitted::Nothing(error.to_string())),
            Err(error) => self.look_again(open, &error.to_string()),
        }
    }

    /// Asks over a new connection whether the chain got to where the transaction would have brought it.
    fn look_again(&mut self, open: &Open, why: &str) -> Result<(), NotCommitted> {
        let unknown = |also: &dyn ToString| NotCommitted::Unknown(format!("{why}; {}", also.to_string()));
        if open.head == open.before {
            return Err(unknown(&"it appended no event that could be looked for"));
        }
        self.connection = Connection::open(&self.place, Role::Writer).map_err(|error| unknown(&error))?;
        // The writer's lock is held until the server has ended the transaction whose connection broke.
        let found = self.connection.transaction(|connection| {
            let row = connection.first("SELECT hash FROM events WHERE seq = $1", params![open.head.seq])?;
            row.map(|row| to_hash(&row, 0)).transpose()
        });
        match found {
            Ok(Some(hash)) if hash == open.head.hash => Ok(()),
            Ok(_) => Err(NotCommitted::Nothing(why.to_owned())),
            Err(error) => Err(unknown(&error)),
        }
    }
}

fn in_savepoint<T, E: From<StoreError>>(
    connection: &mut Connection,
    open: &mut Open,
    act: impl FnOnce(&mut Act<'_>) -> Result<T, E>,
) -> Outcome<T, E> {
    if let Err(error) = connection.run("SAVEPOINT act") {
        open.spoiled = Some(error.to_string());
        return Ok(Err(error.into()));
    }
    let before = open.head;
    open.acts += 1;
    let outcome = catch_unwind(AssertUnwindSafe(|| act(&mut Act::new(connection, &mut open.head))));
    let mut refused = None;
    if matches!(outcome, Ok(Ok(_))) {
        match connection.run("RELEASE act") {
            Ok(()) => return outcome,
            // PostgreSQL refuses it when the act went on after a statement that failed.
            Err(error) => refused = Some(error),
        }
    }
    open.head = before;
    if let Err(error) = connection.run("ROLLBACK TO act; RELEASE act") {
        open.spoiled = Some(error.to_string());
    }
    refused.map_or(outcome, |error| Ok(Err(error.into())))
}

impl SharedCommit {
    fn tell(&self, outcome: Result<(), NotCommitted>) {
        *locked(&self.outcome) = Some(outcome);
        self.told.notify_all();
    }

    /// Waits until it is known what became of it.
    pub(crate) fn wait(&self) -> Result<(), StoreError> {
        let mut outcome = locked(&self.outcome);
        loop {
            match &*outcome {
                Some(outcome) => return outcome.clone().map_err(StoreError::from),
                None => outcome = self.told.wait(outcome).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }
}
