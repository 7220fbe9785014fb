//! How many connections there are, in all and per address.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::FeedHealth;

/// The places of a listener. Clones share them.
#[derive(Debug, Clone)]
pub(super) struct Places {
    taken: Arc<Mutex<HashMap<IpAddr, usize>>>,
    total: usize,
    per_address: usize,
    health: FeedHealth,
}

/// A place on the listener, given back when dropped.
#[derive(Debug)]
pub(super) struct Place {
    places: Places,
    address: IpAddr,
}

impl Places {
    pub(super) fn new(total: usize, per_address: usize, health: FeedHealth) -> Self {
        Self { taken: Arc::default(), total, per_address, health }
    }

    /// A place for `address`, `None` when it or the listener has as many as it may.
    pub(super) fn take(&self, address: IpAddr) -> Option<Place> {
        let mut taken = self.lock();
        let of_address = taken.get(&address).copied().unwrap_or_default();
        let all: usize = taken.values().sum();
        if all >= self.total || of_address >= self.per_address {
            return None;
        }
        taken.insert(address, of_address + 1);
        self.health.connections(all + 1);
        Some(Place { places: self.clone(), address })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.lock();
        if let Some(count) = taken.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.address);
            }
        }
        self.places.health.connections(taken.values().sum());
    }
}
