//! How each feed is doing, for `api/v1/feeds`, the metrics and the pages.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use domain::{Reading, Text};
use jiff::Timestamp;

use crate::{Reason, Stored};

/// Stations and refused senders remembered per feed; what lies beyond is counted, not named.
const NAMES: usize = 4_096;
/// Quarantined frames kept per feed.
const QUARANTINE: usize = 64;

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
    /// Frames refused per sender's address, for senders that no device list knows.
    pub strangers: BTreeMap<String, u64>,
    /// The last frames of such senders, oldest first; for the operator, not for the public.
    pub quarantine: VecDeque<Quarantined>,
}

/// A frame that was not let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarantined {
    /// When it came.
    pub at: Timestamp,
    /// The sender's address.
    pub from: String,
    /// Why it was not let in.
    pub reason: Reason,
    /// Its first 1024 characters, the password blanked.
    pub text: String,
}

/// What is known of one station within a feed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StationStatus {
    /// When it was last heard, data or heartbeat.
    pub last_seen: Option<Timestamp>,
    /// End of the newest period it brought.
    pub newest: Option<Timestamp>,
    /// Its last fault and when; it stays after the station has recovered.
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

    /// A sender that no list knows was refused.
    pub fn stranger(&self, address: &str, reason: Reason) {
        let mut status = self.lock();
        *status.rejected.entry(reason).or_default() += 1;
        if status.strangers.len() < NAMES || status.strangers.contains_key(address) {
            *status.strangers.entry(address.to_owned()).or_default() += 1;
        }
    }

    /// Keeps a frame that was not let in, in place of the oldest.
    pub(crate) fn quarantine(&self, frame: Quarantined) {
        let mut status = self.lock();
        if status.quarantine.len() >= QUARANTINE {
            status.quarantine.pop_front();
        }
        status.quarantine.push_back(frame);
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
