//! How much each client has done lately. No address is kept: only a keyed hash of it, under a key that is thrown away
//! every day, and only while there is something to remember.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use domain::period::beijing_day;
use jiff::{Timestamp, civil::Date};

use crate::keys::Key;

/// A /48 is what a site is given at most; it may hold this many busy /64.
const NETWORKS_OF_A_SITE: u64 = 4;
/// Clients remembered at once; a flood from more of them finds every bucket full.
const MOST_CLIENTS: usize = 200_000;
const MICROS_PER_HOUR: u128 = 3_600_000_000;
/// Fill is counted in thousandths, so that slow leaks are exact.
const ONE: u64 = 1_000;

/// What one bucket holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Level {
    fill: u64,
    at: Timestamp,
}

impl Level {
    /// What is left at `now` of a bucket that loses `per_hour` an hour.
    fn left(self, per_hour: u32, now: Timestamp) -> u64 {
        let elapsed = now.as_microsecond().saturating_sub(self.at.as_microsecond()).max(0);
        let lost = u128::from(elapsed.unsigned_abs()) * u128::from(per_hour) * u128::from(ONE)
            / MICROS_PER_HOUR;
        u128::from(self.fill).saturating_sub(lost).try_into().unwrap_or(0)
    }
}

/// One leaking bucket: at most `per_hour` in an hour, all of which may come at once.
#[derive(Debug)]
pub struct Rate {
    per_hour: u32,
    level: Mutex<Level>,
}

impl Rate {
    /// A bucket of `per_hour`, empty.
    pub const fn per_hour(per_hour: u32) -> Self {
        Self { per_hour, level: Mutex::new(Level { fill: 0, at: Timestamp::MIN }) }
    }

    /// Takes one; false when there is none left.
    pub fn take(&self, now: Timestamp) -> bool {
        let mut level = self.level.lock().unwrap_or_else(PoisonError::into_inner);
        let fill = level.left(self.per_hour, now) + ONE;
        let within = fill <= u64::from(self.per_hour) * ONE;
        *level = Level { fill: if within { fill } else { fill - ONE }, at: now };
        within
    }

    /// Takes as many as leave half of the bucket free, `most` at most; how many.
    pub fn take_spare(&self, most: usize, now: Timestamp) -> usize {
        let mut level = self.level.lock().unwrap_or_else(PoisonError::into_inner);
        let fill = level.left(self.per_hour, now);
        let half = u64::from(self.per_hour) * ONE / 2;
        let taken = (half.saturating_sub(fill) / ONE).min(most as u64);
        *level = Level { fill: fill + taken * ONE, at: now };
        usize::try_from(taken).unwrap_or(most)
    }

    /// Adds one without a limit; how many times over the bucket is now full, rounded down.
    pub fn press(&self, now: Timestamp) -> u64 {
        let mut level = self.level.lock().unwrap_or_else(PoisonError::into_inner);
        let most = u64::from(self.per_hour.max(1)) * ONE;
        let fill = (level.left(self.per_hour, now) + ONE).min(most.saturating_mul(64));
        *level = Level { fill, at: now };
        fill / most
    }
}

/// A leaking bucket per client: per IPv4 address; per IPv6 /64 and, four times as wide, per /48.
#[derive(Debug)]
pub struct Buckets {
    per_hour: u32,
    held: Mutex<Held>,
}

#[derive(Debug)]
struct Held {
    day: Date,
    /// `None` when the operating system gives no randomness: then all clients share one bucket.
    key: Option<Key>,
    levels: HashMap<[u8; 16], Level>,
}

impl Buckets {
    /// Buckets of `per_hour`, all empty.
    pub fn per_hour(per_hour: u32) -> Self {
        let held = Held { day: Date::MIN, key: None, levels: HashMap::new() };
        Self { per_hour, held: Mutex::new(held) }
    }

    /// Takes one from `client`'s buckets; false, and nothing taken, when one of them has none left.
    pub fn take(&self, client: IpAddr, now: Timestamp) -> bool {
        let mut held = self.held(now);
        let wanted: Vec<_> = held
            .names(client)
            .into_iter()
            .map(|(name, width)| (name, width, held.left(name, self.per_hour, width, now)))
            .collect();
        let room = held.levels.len() < MOST_CLIENTS;
        let within = |&(name, width, fill): &([u8; 16], u64, u64)| {
            let known = held.levels.contains_key(&name);
            (room || known) && fill + ONE <= u64::from(self.per_hour) * width * ONE
        };
        let all = wanted.iter().all(within);
        if all {
            for (name, _, fill) in wanted {
                held.levels.insert(name, Level { fill: fill + ONE, at: now });
            }
        }
        all
    }

    /// Adds one to `client`'s buckets without a limit; how many times over the fullest of them is now full.
    pub fn press(&self, client: IpAddr, now: Timestamp) -> u64 {
        let mut held = self.held(now);
        let mut over = 0;
        for (name, width) in held.names(client) {
            let most = u64::from(self.per_hour.max(1)) * width * ONE;
            let fill = held.left(name, self.per_hour, width, now) + ONE;
            let fill = fill.min(most.saturating_mul(64));
            if held.levels.len() < MOST_CLIENTS {
                held.levels.insert(name, Level { fill, at: now });
            }
            over = over.max(fill / most);
        }
        over
    }

    /// True when `client` has nothing left, without taking anything.
    pub fn is_full(&self, client: IpAddr, now: Timestamp) -> bool {
        let held = self.held(now);
        held.names(client).into_iter().any(|(name, width)| {
            let most = u64::from(self.per_hour) * width * ONE;
            held.left(name, self.per_hour, width, now) + ONE > most
        })
    }

    /// How many there are that hold something, or lately held.
    pub fn len(&self) -> usize {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).levels.len()
    }

    /// True when none holds anything.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Forgets clients whose buckets are empty again.
    pub fn forget_idle(&self, now: Timestamp) {
        let mut held = self.held(now);
        let per_hour = self.per_hour;
        // Of a /48 more leaks than this counts, so that it is forgotten a little late.
        held.levels.retain(|_, level| level.left(per_hour, now) > 0);
        held.levels.shrink_to_fit();
    }

    fn held(&self, now: Timestamp) -> std::sync::MutexGuard<'_, Held> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let today = beijing_day(now);
        if held.day != today || held.key.is_none() {
            *held = Held { day: today, key: Key::random().ok(), levels: HashMap::new() };
        }
        held
    }
}

impl Held {
    /// The buckets of a client: their names and how many times wider than one they are.
    fn names(&self, client: IpAddr) -> Vec<([u8; 16], u64)> {
        match client.to_canonical() {
            IpAddr::V4(address) => vec![(self.name(4, &address.octets()), 1)],
            IpAddr::V6(address) => {
                let octets = address.octets();
                vec![
                    (self.name(6, &octets[..8]), 1),
                    (self.name(6, &octets[..6]), NETWORKS_OF_A_SITE),
                ]
            }
        }
    }

    fn name(&self, family: u8, network: &[u8]) -> [u8; 16] {
        let mut name = [0; 16];
        if let Some(key) = &self.key {
            name.copy_from_slice(&key.mac(&[&[family], network])[..16]);
        }
        name
    }

    fn left(&self, name: [u8; 16], per_hour: u32, width: u64, now: Timestamp) -> u64 {
        let per_hour = u32::try_from(u64::from(per_hour) * width).unwrap_or(u32::MAX);
        self.levels.get(&name).map_or(0, |level| level.left(per_hour, now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-27 18:00 in Beijing.
    const NOW: i64 = 1_795_773_600;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(NOW + second).unwrap()
    }

    fn taken(buckets: &Buckets, clients: impl IntoIterator<Item = String>) -> usize {
        let clients = clients.into_iter().map(|ip| ip.parse().unwrap());
        clients.filter(|client| buckets.take(*client, at(0))).count()
    }

    #[test]
    fn an_address_has_its_hour_and_gets_it_back_bit_by_bit() {
        let buckets = Buckets::per_hour(5);
        let client = "203.0.113.9".parse().unwrap();
        assert_eq!((0..9).filter(|_| buckets.take(client, at(0))).count(), 5);
        assert!(buckets.is_full(client, at(700)) && !buckets.take(client, at(700)));
        assert!(!buckets.is_full(client, at(720)) && buckets.take(client, at(720)));
        assert!(!buckets.take(client, at(721)));
    }

    #[test]
    fn what_is_spare_leaves_half_for_who_comes() {
        let rate = Rate::per_hour(20);
        assert_eq!((rate.take_spare(3, at(0)), rate.take_spare(99, at(0))), (3, 7));
        assert_eq!((0..30).filter(|_| rate.take(at(0))).count(), 10);
        // Half of it has leaked after half an hour, and one more three minutes later.
        assert_eq!((rate.take_spare(99, at(1_800)), rate.take_spare(99, at(1_980))), (0, 1));
    }

    #[test]
    fn an_ipv6_client_cannot_leave_its_64() {
        let buckets = Buckets::per_hour(5);
        let hosts = (0..50).map(|host| format!("2001:db8:0:1::{host:x}"));
        assert_eq!(taken(&buckets, hosts), 5);
        assert_eq!(taken(&buckets, ["2001:db8:0:2::1".to_owned()]), 1);
    }

    #[test]
    fn a_site_with_many_networks_has_four_shares() {
        let buckets = Buckets::per_hour(5);
        let networks = (0..200).map(|network| format!("2001:db8:0:{network:x}::1"));
        assert_eq!(taken(&buckets, networks), 20);
        assert_eq!(taken(&buckets, ["2001:db8:1::1".to_owned()]), 1, "another /48");
    }

    #[test]
    fn an_ipv4_client_of_an_ipv6_listener_is_the_same_client() {
        let buckets = Buckets::per_hour(1);
        assert_eq!(taken(&buckets, ["192.0.2.1", "::ffff:192.0.2.1"].map(str::to_owned)), 1);
    }

    #[test]
    fn a_new_day_in_beijing_knows_nobody() {
        let buckets = Buckets::per_hour(1);
        let client = "192.0.2.1".parse().unwrap();
        assert!(
            buckets.take(client, at(6 * 3_600 - 1)) && !buckets.take(client, at(6 * 3_600 - 1))
        );
        let name = buckets.held(at(6 * 3_600 - 1)).names(client);
        assert!(buckets.take(client, at(6 * 3_600)));
        assert_ne!(buckets.held(at(6 * 3_600)).names(client), name, "the key is another");
    }

    #[test]
    fn more_addresses_than_are_remembered_find_every_bucket_full() {
        let buckets = Buckets::per_hour(5);
        let address = |n: u32| IpAddr::from((0x0a00_0000 + n).to_be_bytes());
        let most = u32::try_from(MOST_CLIENTS).unwrap();
        assert!((0..most).all(|n| buckets.take(address(n), at(0))));
        assert!((most..most + 1_000).all(|n| !buckets.take(address(n), at(0))));
        assert!(buckets.take(address(0), at(0)), "who is known has what is left");
        assert_eq!(buckets.held(at(0)).levels.len(), MOST_CLIENTS);
    }

    #[test]
    fn who_has_done_nothing_lately_is_forgotten() {
        let buckets = Buckets::per_hour(10);
        taken(&buckets, ["192.0.2.1", "2001:db8::1"].map(str::to_owned));
        buckets.forget_idle(at(300));
        assert_eq!(buckets.held(at(300)).levels.len(), 3);
        buckets.forget_idle(at(361));
        assert_eq!(buckets.held(at(361)).levels.len(), 0);
    }

    #[test]
    fn pressure_counts_how_many_times_over_a_bucket_is_full() {
        let buckets = Buckets::per_hour(10);
        let client = "192.0.2.1".parse().unwrap();
        let pressure: Vec<u64> = (0..30).map(|_| buckets.press(client, at(0))).collect();
        assert_eq!((pressure[8], pressure[9], pressure[28], pressure[29]), (0, 1, 2, 3));
        let rate = Rate::per_hour(10);
        assert_eq!((0..10).map(|_| rate.press(at(0))).max(), Some(1));
    }

    #[test]
    fn a_rate_gives_no_more_than_its_hour() {
        let rate = Rate::per_hour(20);
        let taken = |seconds: std::ops::Range<i64>| seconds.filter(|s| rate.take(at(*s))).count();
        assert_eq!(taken(0..1) + taken(0..1) + taken(1..100), 20);
        assert_eq!(taken(3_700..3_701), 1);
    }
}
