//! Guessing passwords is slow: by address, and by name.
//!
//! In comes where somebody tries to sign in and under which name, out comes how long the answer waits, or that the address has to wait. An address has
//! [`TRIES`] tries, and one more every [`REFILL`]; a try that succeeds is given back. A name for which wrong passwords were given is answered later and later,
//! up to [`SLOWEST`]; it is never locked, so that nobody can keep somebody else out. Names are counted whether they are anybody's or not.

use std::{
    collections::HashMap,
    hash::Hash,
    net::IpAddr,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// Tries of an address.
const TRIES: f64 = 20.0;
/// Time after which an address has one more.
const REFILL: Duration = Duration::from_secs(6);
/// Wrong passwords of a name that do not slow it down.
const FREE: u32 = 3;
/// How long the first answer after those waits; the next one twice as long.
const FIRST: Duration = Duration::from_millis(250);
/// The longest that an answer waits.
const SLOWEST: Duration = Duration::from_secs(8);
/// Time after which wrong passwords of a name are forgotten.
const FORGOTTEN: Duration = Duration::from_secs(15 * 60);
/// Addresses, and names, that are remembered.
const REMEMBERED: usize = 20_000;

/// What is remembered of those who try.
#[derive(Debug, Default)]
pub(crate) struct Throttle {
    addresses: Mutex<HashMap<IpAddr, Tries>>,
    names: Mutex<HashMap<String, Wrong>>,
}

#[derive(Clone, Copy, Debug)]
struct Tries {
    left: f64,
    at: Instant,
}

#[derive(Clone, Copy, Debug)]
struct Wrong {
    count: u32,
    at: Instant,
}

impl Throttle {
    /// How long the answer to a try waits, or after which time the address may try again.
    pub(crate) fn tries(&self, from: IpAddr, name: &str, now: Instant) -> Result<Duration, Duration> {
        let mut addresses = locked(&self.addresses);
        make_room(&mut addresses, |tries| tries.at);
        let tries = addresses.entry(from).or_insert(Tries { left: TRIES, at: now });
        let more = now.saturating_duration_since(tries.at).as_secs_f64() / REFILL.as_secs_f64();
        *tries = Tries { left: (tries.left + more).min(TRIES), at: now };
        if tries.left < 1.0 {
            return Err(REFILL.mul_f64(1.0 - tries.left));
        }
        tries.left -= 1.0;
        drop(addresses);
        let wrong =
            locked(&self.names).get(&key(name)).filter(|wrong| now.duration_since(wrong.at) < FORGOTTEN).copied();
        let count = wrong.map_or(0, |wrong| wrong.count);
        Ok(match count.checked_sub(FREE) {
            None => Duration::ZERO,
            Some(doublings) => FIRST.saturating_mul(1 << doublings.min(16)).min(SLOWEST),
        })
    }

    /// The password was right.
    pub(crate) fn right(&self, from: IpAddr, name: &str) {
        if let Some(tries) = locked(&self.addresses).get_mut(&from) {
            tries.left = (tries.left + 1.0).min(TRIES);
        }
        locked(&self.names).remove(&key(name));
    }

    /// The password was wrong.
    pub(crate) fn wrong(&self, name: &str, now: Instant) {
        let mut names = locked(&self.names);
        make_room(&mut names, |wrong| wrong.at);
        let wrong = names.entry(key(name)).or_insert(Wrong { count: 0, at: now });
        let before = if now.duration_since(wrong.at) < FORGOTTEN { wrong.count } else { 0 };
        *wrong = Wrong { count: before.saturating_add(1), at: now };
    }
}

/// A name as it is counted: no longer than a name can be.
fn key(name: &str) -> String {
    name.chars().take(64).collect::<String>().to_lowercase()
}

/// Forgets the older half when there are too many, so that whoever makes up names fills no memory.
fn make_room<K: Eq + Hash, V: Copy>(map: &mut HashMap<K, V>, at: impl Fn(V) -> Instant) {
    if map.len() < REMEMBERED {
        return;
    }
    let mut times: Vec<Instant> = map.values().map(|value| at(*value)).collect();
    let middle = times.len() / 2;
    let (_, half, _) = times.select_nth_unstable(middle);
    let half = *half;
    map.retain(|_, value| at(*value) > half);
}

/// What is remembered is true at every moment, whoever panicked.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(last: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, last])
    }

    #[test]
    fn an_address_waits_and_others_do_not() {
        let (throttle, now) = (Throttle::default(), Instant::now());
        for _ in 0..20 {
            throttle.tries(address(1), "nobody", now).unwrap();
        }
        assert_eq!(throttle.tries(address(1), "ayse", now), Err(REFILL));
        assert!(throttle.tries(address(2), "ayse", now).is_ok());
        assert!(throttle.tries(address(1), "ayse", now + REFILL).is_ok());
        assert!(throttle.tries(address(1), "ayse", now + REFILL).is_err());
    }

    #[test]
    fn what_succeeds_costs_nothing() {
        let (throttle, now) = (Throttle::default(), Instant::now());
        for _ in 0..100 {
            throttle.tries(address(1), "ayse", now).unwrap();
            throttle.right(address(1), "ayse");
        }
    }

    #[test]
    fn a_name_is_slower_and_never_locked() {
        let (throttle, now) = (Throttle::default(), Instant::now());
        let mut waits = Vec::new();
        for at in 0..200 {
            waits.push(throttle.tries(address(at), "Ayse", now).unwrap().as_millis());
            throttle.wrong("ayse", now);
        }
        assert_eq!(waits[..10], [0, 0, 0, 250, 500, 1000, 2000, 4000, 8000, 8000]);
        assert_eq!(waits[199], 8000);
        assert_eq!(throttle.tries(address(201), "bahram", now), Ok(Duration::ZERO));
        assert_eq!(throttle.tries(address(201), "ayse", now + FORGOTTEN), Ok(Duration::ZERO));
        throttle.right(address(201), "ayse");
        assert_eq!(throttle.tries(address(201), "ayse", now), Ok(Duration::ZERO));
    }

    #[test]
    fn made_up_names_fill_no_memory() {
        let (throttle, now) = (Throttle::default(), Instant::now());
        for number in 0..50_000_u32 {
            throttle.wrong(&number.to_string(), now + Duration::from_millis(number.into()));
        }
        assert!(locked(&throttle.names).len() <= REMEMBERED);
    }
}
