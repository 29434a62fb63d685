//! A clock that moves only when somebody sleeps, or a test says so.
//!
//! It keeps for how long was slept, and can break the waiting off after so many sleeps.

#![allow(dead_code, reason = "each test crate uses what it needs")]

use std::{sync::Mutex, time::Duration};

use jiff::Timestamp;
use mihenk_lists::download::Clock;

/// A clock that moves only when somebody sleeps.
pub(crate) struct TestClock {
    now: Mutex<Timestamp>,
    slept: Mutex<Vec<Duration>>,
    /// Sleeps that are granted before waiting is broken off.
    granted: usize,
}

impl TestClock {
    pub(crate) fn at(time: &str) -> TestClock {
        TestClock { now: Mutex::new(time.parse().unwrap()), slept: Mutex::default(), granted: usize::MAX }
    }

    pub(crate) fn granting(mut self, sleeps: usize) -> TestClock {
        self.granted = sleeps;
        self
    }

    pub(crate) fn set(&self, time: &str) {
        *self.now.lock().unwrap() = time.parse().unwrap();
    }

    pub(crate) fn slept(&self) -> Vec<Duration> {
        self.slept.lock().unwrap().clone()
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        *self.now.lock().unwrap()
    }

    fn sleep(&self, time: Duration) -> bool {
        let mut slept = self.slept.lock().unwrap();
        if slept.len() >= self.granted {
            return false;
        }
        slept.push(time);
        let mut now = self.now.lock().unwrap();
        *now = now.checked_add(time).unwrap();
        true
    }
}
