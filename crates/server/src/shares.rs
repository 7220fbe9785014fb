//! What each client holds open at once. No address is kept beyond what it holds.

use std::{
    collections::HashMap,
    hash::RandomState,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use crate::limits::hash;

/// Places by client: an IPv4 address or an IPv6 /64.
///
/// Loopback addresses are not counted: behind them stands a reverse proxy with many clients, or
/// the operator.
#[derive(Debug, Clone)]
pub struct Shares(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    most: usize,
    key: RandomState,
    held: Mutex<HashMap<u64, usize>>,
}

/// One place; free again when dropped.
#[derive(Debug)]
pub struct Share {
    of: Shares,
    client: Option<u64>,
}

impl Shares {
    /// At most `most` places for each client.
    pub fn of(most: usize) -> Self {
        Self(Arc::new(Inner { most, key: RandomState::new(), held: Mutex::default() }))
    }

    /// A place for `client`; `None` when it holds all it may.
    pub fn take(&self, client: IpAddr) -> Option<Share> {
        if client.to_canonical().is_loopback() {
            return Some(self.uncounted());
        }
        let client = hash(&self.0.key, client);
        let mut held = self.0.held.lock().unwrap_or_else(PoisonError::into_inner);
        let count = held.entry(client).or_default();
        if *count >= self.0.most {
            return None;
        }
        *count += 1;
        Some(Share { of: self.clone(), client: Some(client) })
    }

    /// A place that counts for nobody: of a proxy whose clients are counted elsewhere.
    pub fn uncounted(&self) -> Share {
        Share { of: self.clone(), client: None }
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let Some(client) = self.client else { return };
        let mut held = self.of.0.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = held.get_mut(&client) {
            *count -= 1;
            if *count == 0 {
                held.remove(&client);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_gets_its_share_and_gives_it_back() {
        let shares = Shares::of(2);
        let [a, b, a_mapped] =
            ["10.0.0.1", "10.0.0.2", "::ffff:10.0.0.1"].map(|ip| ip.parse().unwrap());
        let first = shares.take(a).unwrap();
        let _second = shares.take(a_mapped).unwrap();
        assert!(shares.take(a).is_none());
        assert!(shares.take(b).is_some());
        drop(first);
        let _third = shares.take(a).unwrap();
        assert_eq!(shares.0.held.lock().unwrap().len(), 1, "nothing is kept of who holds nothing");
    }

    #[test]
    fn a_proxy_on_this_machine_is_not_one_client() {
        let shares = Shares::of(0);
        assert!(shares.take("::ffff:127.0.0.1".parse().unwrap()).is_some());
    }
}
