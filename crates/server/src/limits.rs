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

use crate::problem::Problem;

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

    fn hashed(&self, client: IpAddr, today: Date) -> u64 {
        let mut key = self.key.lock().unwrap_or_else(PoisonError::into_inner);
        if key.0 != today {
            *key = (today, RandomState::new());
            self.limiter.retain_recent();
        }
        match client {
            IpAddr::V4(address) => key.1.hash_one(address.octets()),
            IpAddr::V6(address) => key.1.hash_one(&address.octets()[..8]),
        }
    }
}

/// Who asks: the peer, or, behind a trusted proxy, the last address it vouches for.
pub(crate) fn client(peer: SocketAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    let mut client = peer.ip();
    let forwarded = headers.get("x-forwarded-for").and_then(|value| value.to_str().ok());
    for hop in forwarded.unwrap_or_default().rsplit(',') {
        if !trusted.contains(&client) {
            break;
        }
        match hop.trim().parse() {
            Ok(address) => client = address,
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
        assert_eq!(client(peer, &headers, &[proxy]), "2.2.2.2".parse::<IpAddr>().unwrap());
        assert_eq!(client(peer, &headers, &[]), proxy);
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
