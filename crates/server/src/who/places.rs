//! Connections of one address: so many at once, so that one client that opens many and says nothing leaves places for others.
//!
//! In comes an address, out comes a place that is free again when it is dropped, or none. This machine, and proxies, through which many come, have no such limit.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Connections of one address.
const MOST: u32 = 256;

/// Who has how many.
#[derive(Debug, Default)]
pub(crate) struct Places(Mutex<HashMap<IpAddr, u32>>);

/// A connection of an address.
#[derive(Debug)]
pub(crate) struct Place {
    places: Arc<Places>,
    address: IpAddr,
}

impl Places {
    /// A place for one more connection.
    pub(crate) fn take(self: &Arc<Places>, address: IpAddr) -> Option<Place> {
        let mut all = self.locked();
        let taken = all.entry(address).or_insert(0);
        if *taken >= MOST {
            return None;
        }
        *taken += 1;
        Some(Place { places: Arc::clone(self), address })
    }

    /// Counts are true at every moment, whoever panicked.
    fn locked(&self) -> MutexGuard<'_, HashMap<IpAddr, u32>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut all = self.places.locked();
        if let Some(taken) = all.get_mut(&self.address) {
            *taken -= 1;
            if *taken == 0 {
                all.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_leaves_places_for_others_and_gives_its_own_back() {
        let (places, one, other) =
            (Arc::new(Places::default()), IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
        let taken: Vec<Place> = (0..MOST).map(|_| places.take(one).unwrap()).collect();
        assert!(places.take(one).is_none() && places.take(other).is_some());
        drop(taken);
        assert!(places.take(one).is_some());
        assert!(places.locked().is_empty(), "what is free is forgotten");
    }
}
