//! Proof that no event was changed: the chain is walked, and the first event that is wrong is named.
//!
//! In come the events in their order, from the store or from an export; out comes a [`Verdict`]. Each event must stand in its
//! place without a gap, name the hash of the one before, and have the hash that follows from its fields; its body and salt
//! must give its body hash. An erased body is right only if a later event of kind [`ERASED`] names its place
//! (`{"seq": [3, 7], "reason": "…"}`); a body that such an event names and that is still there is wrong too. Memory
//! grows with the number of erased events only.
//!
//! A chain that somebody made anew from the beginning is right in itself. Against that helps a head that was kept elsewhere.

use std::{
    collections::{BTreeSet, HashSet},
    fmt,
};

use serde::{Deserialize, Serialize};

use crate::{
    connection::{Connection, Seen},
    error::StoreError,
    event::{BEFORE_ALL, EventRef, Hash},
    hex,
    store::{Head, Store},
};

/// The kind of events that say which bodies were erased.
pub const ERASED: &str = "body.erased";

/// The body of an event of kind [`ERASED`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ErasedBody {
    pub(crate) seq: Vec<i64>,
    pub(crate) reason: String,
}

/// What the walk came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// All is as it was written.
    Whole(Verified),
    /// The first event that is not.
    Broken(Broken),
}

/// What was found to be whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Events walked.
    pub events: u64,
    /// Those among them whose body is erased.
    pub erased: u64,
    /// The last one.
    pub head: Head,
}

/// An event that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Its place in the chain.
    pub seq: i64,
    /// What is wrong with it.
    pub wrong: Wrong,
}

/// What can be wrong with an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Another place was to follow; events between are missing, or one is there twice.
    Place {
        /// The place that had to follow.
        expected: i64,
    },
    /// It does not name the hash of the event before: that one was changed or exchanged together with its hash.
    PrevHash,
    /// Its hash does not follow from its fields: when, who, what or to what was changed.
    Hash,
    /// Body and salt do not give the body hash: the body was changed.
    BodyHash,
    /// Body or salt are gone, and no later event says that they were erased.
    BodyGone,
    /// A later event says that the body was erased, and it is there.
    BodyThere {
        /// The event that erased it.
        by: i64,
    },
    /// A column holds something else than it must.
    Cell {
        /// Which.
        column: &'static str,
    },
    /// An event of kind [`ERASED`] whose body does not say which.
    ErasedBody,
    /// The chain ends before the head that was kept: events at its end are missing.
    Short {
        /// The last event there is.
        last: i64,
    },
    /// The hash is not the one that was kept: the chain was written anew.
    NotKept {
        /// What was kept.
        kept: Hash,
        /// What is there.
        found: Hash,
    },
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seq = self.seq;
        match &self.wrong {
            Wrong::Place { expected } => write!(f, "event {seq} stands where event {expected} must be"),
            Wrong::PrevHash => {
                write!(f, "event {seq} does not follow the one before: the hash that it names is another")
            }
            Wrong::Hash => {
                write!(f, "event {seq} was changed: its time, actor, kind, subject or body hash do not give its hash")
            }
            Wrong::BodyHash => write!(f, "event {seq} was changed: its body and salt do not give its body hash"),
            Wrong::BodyGone => write!(f, "the body of event {seq} is gone, and no later event says that it was erased"),
            Wrong::BodyThere { by } => write!(f, "the body of event {seq} is there, although event {by} erased it"),
            Wrong::Cell { column } => write!(f, "event {seq} is damaged: its {column} is not of the kind it must be"),
            Wrong::ErasedBody => write!(f, "event {seq} erased bodies, and its own does not say which"),
            Wrong::Short { last } => {
                write!(f, "event {seq} was kept elsewhere as the head, and the chain ends with event {last}")
            }
            Wrong::NotKept { kept, found } => write!(
                f,
                "event {seq} has the hash {}, and the one that was kept elsewhere is {}",
                hex::text(found),
                hex::text(kept)
            ),
        }
    }
}

/// A walk along the chain.
pub(crate) struct Walk {
    last: Head,
    events: u64,
    erased: HashSet<i64>,
    /// Erased events that no event has named yet.
    unnamed: BTreeSet<i64>,
    kept: Option<Head>,
}

impl Walk {
    /// A walk that goes on behind `before`, past a head that was kept.
    pub(crate) fn behind(before: Head, kept: Option<Head>) -> Walk {
        Walk { last: before, events: 0, erased: HashSet::new(), unnamed: BTreeSet::new(), kept }
    }

    /// From the first event on.
    pub(crate) fn from_start(kept: Option<Head>) -> Walk {
        Walk::behind(Head { seq: 0, hash: BEFORE_ALL }, kept)
    }

    /// Looks at the next event.
    pub(crate) fn see(&mut self, event: &EventRef<'_>) -> Result<(), Broken> {
        let broken = |wrong| Err(Broken { seq: event.seq, wrong });
        if event.seq != self.last.seq + 1 {
            return broken(Wrong::Place { expected: self.last.seq + 1 });
        }
        if event.prev_hash != self.last.hash {
            return broken(Wrong::PrevHash);
        }
        if event.computed_hash() != event.hash {
            return broken(Wrong::Hash);
        }
        match event.computed_body_hash() {
            Some(hash) if hash != event.body_hash => return broken(Wrong::BodyHash),
            Some(_) => {}
            None => {
                self.erased.insert(event.seq);
                self.unnamed.insert(event.seq);
            }
        }
        if let (true, Some((_, body))) = (event.kind == ERASED, event.content) {
            self.see_erasure(event.seq, body)?;
        }
        if let Some(kept) = self.kept.filter(|kept| kept.seq == event.seq && kept.hash != event.hash) {
            return broken(Wrong::NotKept { kept: kept.hash, found: event.hash });
        }
        self.last = Head { seq: event.seq, hash: event.hash };
        self.events += 1;
        Ok(())
    }

    fn see_erasure(&mut self, by: i64, body: &str) -> Result<(), Broken> {
        let Ok(erased) = serde_json::from_str::<ErasedBody>(body) else {
            return Err(Broken { seq: by, wrong: Wrong::ErasedBody });
        };
        let first = self.last.seq + 1 - self.events as i64;
        for seq in erased.seq {
            self.unnamed.remove(&seq);
            if seq >= first && !self.erased.contains(&seq) {
                return Err(Broken { seq, wrong: Wrong::BodyThere { by } });
            }
        }
        Ok(())
    }

    /// Says that an event beyond the end erased that one.
    pub(crate) fn erased_beyond(&mut self, seq: i64) {
        self.unnamed.remove(&seq);
    }

    /// What it came to, when there are no more events.
    pub(crate) fn end(self) -> Result<Verified, Broken> {
        if let Some(seq) = self.unnamed.into_iter().next() {
            return Err(Broken { seq, wrong: Wrong::BodyGone });
        }
        if let Some(kept) = self.kept.filter(|kept| kept.seq > self.last.seq) {
            return Err(Broken { seq: kept.seq, wrong: Wrong::Short { last: self.last.seq } });
        }
        Ok(Verified { events: self.events, erased: self.erased.len() as u64, head: self.last })
    }

    /// Looks at what lies in a row.
    pub(crate) fn see_row(&mut self, seen: Seen<'_>) -> Result<(), Broken> {
        match seen {
            Ok(event) => self.see(&event),
            Err((seq, column)) => Err(Broken { seq, wrong: Wrong::Cell { column } }),
        }
    }
}

impl Store {
    /// Walks the whole chain in one state of the store. `kept` is a head that somebody kept elsewhere; it must be part of the
    /// chain.
    ///
    /// # Errors
    /// When the store cannot be read. A chain that is broken is no error but a [`Verdict`].
    pub fn verify(&self, kept: Option<Head>) -> Result<Verdict, StoreError> {
        self.read(|reading| walk(reading.connection(), Walk::from_start(kept), &[]))
    }
}

/// Walks the whole chain that a connection sees; `beyond` are places that were erased after it.
pub(crate) fn walk(connection: &mut Connection, mut walk: Walk, beyond: &[i64]) -> Result<Verdict, StoreError> {
    let mut broken = None;
    connection.each_event((i64::MIN, i64::MAX), &mut |seen| {
        broken = walk.see_row(seen).err();
        Ok(broken.is_none())
    })?;
    beyond.iter().for_each(|seq| walk.erased_beyond(*seq));
    Ok(match broken.map_or_else(|| walk.end(), Err) {
        Ok(verified) => Verdict::Whole(verified),
        Err(broken) => Verdict::Broken(broken),
    })
}

impl Verdict {
    /// What was verified, or the words about what is broken.
    ///
    /// # Errors
    /// The first event that is wrong.
    pub fn whole(self) -> Result<Verified, Broken> {
        match self {
            Verdict::Whole(verified) => Ok(verified),
            Verdict::Broken(broken) => Err(broken),
        }
    }
}
