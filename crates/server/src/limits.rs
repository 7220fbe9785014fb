//! How often one client may ask for what is costly. Kept in memory, keyed by a hash under a key
//! that changes daily; no address is stored.

use std::{
    hash::{BuildHasher, RandomState},
    net::{IpAddr, SocketAddr},
    num::NonZeroU32,
    sync::{Mutex, PoisonError},
};

use axum::http::HeaderMap;
use contract::problem::Code;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use jiff::civil::Date;

use crate::{config::Network, problem::Problem};

/// A rate per client.
pub struct ClientRate {
    limiter: DefaultKeyedRateLimiter<u64>,
    key: Mutex<(Date, RandomState)>,
}

impl ClientRate {
    /// At most `per_minute` requests a minute, all of which may come at once.
    pub fn per_minute(per_minute: u32) -> Self {
        let rate = NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN);
        Self {
            limiter: RateLimiter::keyed(Quota::per_minute(rate)),
            key: Mutex::new((Date::MIN, RandomState::new())),
        }
    }

    /// Refuses a client that asks too often.
    pub fn check(&self, client: IpAddr, today: Date) -> Result<(), Problem> {
        let hash = self.hashed(client, today);
        self.limiter
            .check_key(&hash)
            .map_err(|_until| Problem::new(Code::TooManyRequests).retry_after(60))
    }

    /// Forgets clients whose share is whole again, so that memory stays bounded.
    pub(crate) fn forget_idle(&self) {
        self.limiter.retain_recent();
        self.limiter.shrink_to_fit();
    }

    fn hashed(&self, client: IpAddr, today: Date) -> u64 {
        let mut key = self.key.lock().unwrap_or_else(PoisonError::into_inner);
        if key.0 != today {
            *key = (today, RandomState::new());
        }
        hash(&key.1, client)
    }
}

/// One client under `key`: an IPv4 address, or the /64 that an IPv6 site is given.
pub(crate) fn hash(key: &RandomState, client: IpAddr) -> u64 {
    match client.to_canonical() {
        IpAddr::V4(address) => key.hash_one(address.octets()),
        IpAddr::V6(address) => key.hash_one(&address.octets()[..8]),
    }
}

/// Who asks: the peer, or, behind a trusted proxy, the last address it vouches for.
pub(crate) fn client(peer: SocketAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    // A listener on [::] names its IPv4 peers ::ffff:a.b.c.d.
    let mut client = peer.ip().to_canonical();
    // A header in several lines is one list (RFC 9110 5.3).
    let lines = headers.get_all("x-forwarded-for").iter();
    let lines: Vec<&str> = lines.filter_map(|line| line.to_str().ok()).collect();
    for hop in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
        if !trusted.iter().any(|proxy| proxy.contains(client)) {
            break;
        }
        match hop.trim().parse::<IpAddr>() {
            Ok(address) => client = address.to_canonical(),
            Err(_malformed) => break,
        }
    }
    client
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "1.1.1.1, 2.2.2.2".parse().unwrap());
        let peer: SocketAddr = "127.0.0.1:5".parse().unwrap();
        let proxy: IpAddr = "127.0.0.1".parse().unwrap();
        let trusted = [Network::from(proxy)];
        assert_eq!(client(peer, &headers, &trusted), "2.2.2.2".parse::<IpAddr>().unwrap());
        assert_eq!(client(peer, &headers, &[]), proxy);
        headers.append("x-forwarded-for", "3.3.3.3".parse().unwrap());
        let last = "3.3.3.3".parse::<IpAddr>().unwrap();
        assert_eq!(client(peer, &headers, &trusted), last, "a second line continues the first");
        let mapped: SocketAddr = "[::ffff:127.0.0.1]:5".parse().unwrap();
        assert_eq!(client(mapped, &headers, &trusted), last, "a listener on [::]");
    }

    #[test]
    fn ipv4_clients_of_an_ipv6_listener_are_told_apart() {
        let rate = ClientRate::per_minute(1);
        let today = "2026-11-23".parse().unwrap();
        let [a, b] = ["::ffff:10.0.0.1", "::ffff:10.0.0.2"].map(|ip| ip.parse().unwrap());
        assert!(rate.check(a, today).is_ok() && rate.check(b, today).is_ok());
        assert!(rate.check(a, today).is_err());
    }

    #[test]
    fn one_client_does_not_use_up_anothers_share() {
        let rate = ClientRate::per_minute(2);
        let today = "2026-11-23".parse().unwrap();
        let [a, b] = ["10.0.0.1", "10.0.0.2"].map(|address| address.parse().unwrap());
        assert!(rate.check(a, today).is_ok() && rate.check(a, today).is_ok());
        assert!(rate.check(a, today).is_err());
        assert!(rate.check(b, today).is_ok());
    }
}
