//! How each feed is doing, for `api/v1/feeds`, the metrics and the pages.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use domain::{Reading, Text};
use jiff::Timestamp;

use crate::{Reason, Stored};

/// Stations remembered per feed; what lies beyond is counted, not named.
const NAMES: usize = 4_096;

/// The health of one feed. Clones share it: the source writes, the server reads.
#[derive(Debug, Clone, Default)]
pub struct FeedHealth(Arc<Mutex<FeedStatus>>);

/// What is known of a feed at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FeedStatus {
    /// When it last tried: a request, a connection, a batch.
    pub last_try: Option<Timestamp>,
    /// When it last brought something that was stored or already known.
    pub last_success: Option<Timestamp>,
    /// End of the newest period it brought; a time in the future does not count.
    pub newest: Option<Timestamp>,
    /// Readings newly stored since the start.
    pub accepted: u64,
    /// Readings that were already known.
    pub duplicate: u64,
    /// Readings that replaced an earlier value.
    pub revised: u64,
    /// Frames, rows and cells refused since the start, by reason.
    pub rejected: BTreeMap<Reason, u64>,
    /// Why the last try failed, in words for the public; `None` once one succeeds.
    pub last_error: Option<Failure>,
    /// Open connections, for a feed that listens.
    pub connections: usize,
    /// Each station the feed is configured for, by code.
    pub stations: BTreeMap<String, StationStatus>,
}

/// What is known of one station within a feed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StationStatus {
    /// When it was last heard, data or heartbeat.
    pub last_seen: Option<Timestamp>,
    /// End of the newest period it brought.
    pub newest: Option<Timestamp>,
    /// Its last fault and when; `None` once data that came later is stored.
    pub last_error: Option<Failure>,
    /// What was refused from it, by reason.
    pub rejected: BTreeMap<Reason, u64>,
}

/// A fault and its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// When it happened.
    pub at: Timestamp,
    /// What the public may read: no address, no password, no library's words.
    pub text: Text,
}

impl FeedHealth {
    /// Nothing has happened yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes up what an earlier run of the server knew, where nothing newer is known: times,
    /// periods, the last fault. Counters count from this start.
    pub fn resume(&self, earlier: FeedStatus) {
        let mut status = self.lock();
        status.last_try = status.last_try.max(earlier.last_try);
        status.last_success = status.last_success.max(earlier.last_success);
        status.newest = status.newest.max(earlier.newest);
        let last_success = status.last_success;
        let open = earlier.last_error.filter(|fault| last_success.is_none_or(|at| at < fault.at));
        if status.last_error.is_none() {
            status.last_error = open;
        }
        for (code, known) in earlier.stations {
            let Some(station) = status.station(&code) else { continue };
            station.last_seen = station.last_seen.max(known.last_seen);
            station.newest = station.newest.max(known.newest);
            if station.last_error.is_none() {
                station.last_error = known.last_error;
            }
        }
    }

    /// Everything as it stands.
    pub fn status(&self) -> FeedStatus {
        self.lock().clone()
    }

    /// A try begins.
    pub fn tried(&self, now: Timestamp) {
        self.lock().last_try = Some(now);
    }

    /// A try failed as a whole.
    pub fn failed(&self, now: Timestamp, text: Text) {
        self.lock().last_error = Some(Failure { at: now, text });
    }

    /// A try succeeded though it brought nothing new: an unchanged reply.
    pub fn unchanged(&self, now: Timestamp) {
        let mut status = self.lock();
        status.last_success = Some(now);
        status.last_error = None;
    }

    /// `count` things were refused for `reason`.
    pub fn rejected(&self, reason: Reason, count: usize) {
        if count > 0 {
            *self.lock().rejected.entry(reason).or_default() += count as u64;
        }
    }

    /// A station's frame or row was refused; `text` says so to the public.
    pub fn station_rejected(&self, station: &str, now: Timestamp, reason: Reason, text: Text) {
        let mut status = self.lock();
        *status.rejected.entry(reason).or_default() += 1;
        if let Some(station) = status.station(station) {
            *station.rejected.entry(reason).or_default() += 1;
            station.last_error = Some(Failure { at: now, text });
        }
    }

    /// A station was heard without bringing data.
    pub fn seen(&self, station: &str, now: Timestamp) {
        if let Some(station) = self.lock().station(station) {
            station.last_seen = Some(now);
        }
    }

    /// A delivery of `readings` was committed.
    pub fn stored(&self, now: Timestamp, newest: &[Newest], stored: &Stored) {
        let mut status = self.lock();
        status.last_success = Some(now);
        status.last_error = None;
        status.accepted += stored.stored as u64;
        status.duplicate += stored.duplicate as u64;
        status.revised += stored.revised as u64;
        if !stored.rejected.is_empty() {
            *status.rejected.entry(Reason::UnknownStation).or_default() +=
                stored.rejected.len() as u64;
        }
        for Newest { station, end } in newest {
            status.newest = status.newest.max(Some(*end));
            if let Some(station) = status.station(station) {
                station.last_seen = Some(now);
                station.newest = station.newest.max(Some(*end));
            }
        }
    }

    /// A delivery that came at `received` was committed: faults of its stations from before then
    /// are over.
    pub(crate) fn recovered(&self, stations: &[Newest], received: Timestamp) {
        let mut status = self.lock();
        for Newest { station, .. } in stations {
            if let Some(station) = status.station(station)
                && station.last_error.as_ref().is_some_and(|fault| fault.at < received)
            {
                station.last_error = None;
            }
        }
    }

    /// One connection more or fewer.
    pub(crate) fn connections(&self, open: usize) {
        self.lock().connections = open;
    }

    fn lock(&self) -> MutexGuard<'_, FeedStatus> {
        // Counters stay meaningful even if a holder of the lock died.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl FeedStatus {
    fn station(&mut self, code: &str) -> Option<&mut StationStatus> {
        if !self.stations.contains_key(code) {
            if self.stations.len() >= NAMES {
                return None;
            }
            self.stations.insert(code.to_owned(), StationStatus::default());
        }
        self.stations.get_mut(code)
    }
}

/// The end of the newest period of one station within a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Newest {
    /// The station's code.
    pub station: String,
    /// The end of its newest period, not after the moment of arrival.
    pub end: Timestamp,
}

impl Newest {
    /// The newest period of each station in `readings`; periods that end after `now` are not
    /// news but a wrong clock.
    pub fn of(readings: &[Reading], now: Timestamp) -> Vec<Self> {
        let mut newest: BTreeMap<&str, Timestamp> = BTreeMap::new();
        for reading in readings {
            let end = reading.period.end();
            if end <= now {
                let known = newest.entry(&reading.station).or_insert(end);
                *known = (*known).max(end);
            }
        }
        newest.into_iter().map(|(station, end)| Self { station: station.to_owned(), end }).collect()
    }
}

/// At most `limit` characters of what was sent, control characters replaced, for logs and
/// sentences.
pub(crate) fn shortened(text: &str, limit: usize) -> String {
    let mut short: String = text
        .chars()
        .take(limit + 1)
        .map(|letter| if letter.is_control() { '\u{FFFD}' } else { letter })
        .collect();
    if short.chars().count() > limit {
        short.pop();
        short.push('…');
    }
    short
}
