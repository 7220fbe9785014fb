//! Storing what arrived: the one way in for observations.

mod accept;
mod hot;
mod months;
mod settle;

use std::{collections::HashMap, sync::Arc};

use domain::{Provenance, Reading};
use jiff::{SignedDuration, Timestamp};

use self::accept::Arrival;
pub(crate) use self::hot::bring_back;
use crate::{
    AirIndex, NewEvent, Observation, Series, SeriesId, Store, StoreError, View, air_index, event,
    latest, raw_frame, seal, sqlite::WriteSide,
};

/// Readings that came together, with the bytes they came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDelivery {
    /// The feed: `hj212`, `http`, …
    pub feed: String,
    /// Tells apart equal readings from different senders; part of a series' identity.
    pub source: String,
    /// Of the feed. It, not the readings', enters the database.
    pub provenance: Provenance,
    /// When the bytes arrived.
    pub received: Timestamp,
    /// The bytes as received; kept for 30 days if anything of them is stored or refused, or if
    /// nothing in them could be read. Empty: there is nothing to keep.
    pub raw: Vec<u8>,
    /// The readings, quality marks set.
    pub readings: Vec<Reading>,
}

/// What became of one delivery.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// Newly stored.
    pub stored: usize,
    /// Already known with the same value and mark.
    pub duplicate: usize,
    /// Replaced an earlier value or mark; the trace is in the corrections.
    pub revised: usize,
    /// Refused, as places in `readings` and reasons for the sender.
    pub rejected: Vec<(usize, String)>,
}

/// One observation that is new, or no longer what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Whose.
    pub series: Arc<Series>,
    /// As it is stored now.
    pub observation: Observation,
    /// As it was; `None` when it is new.
    pub before: Option<Observation>,
    /// True when it is now the series' newest.
    pub newest: bool,
    /// True when its month was already sealed.
    pub sealed: bool,
}

/// What follows from changes, stored in the same transaction.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Derived {
    /// For the live feed.
    pub events: Vec<NewEvent>,
    /// For pages that show an index.
    pub indices: Vec<AirIndex>,
}

/// What was committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// One for each delivery, in order.
    pub outcomes: Vec<Outcome>,
    /// Everything that is new or different, by series and time.
    pub changes: Vec<Change>,
}

/// Periods that end later than this after now never become a series' newest: one device with a
/// wrong clock would hide every reading after it.
pub(crate) const AHEAD: SignedDuration = SignedDuration::from_mins(10);

impl Store {
    /// Stores `deliveries` in one transaction, together with what `derive` makes of the changes,
    /// and answers after the commit. Sent again, everything is a duplicate.
    ///
    /// Of two different values for the same period the one recorded later stands; the earlier
    /// one stays in the corrections. `derive` runs inside the transaction and sees the new state;
    /// keep it short, for nothing else is written meanwhile.
    ///
    /// # Errors
    ///
    /// [`StoreError::Full`] when the disk is full; then, and after any other error, nothing of
    /// this call was stored.
    pub async fn record<D>(
        &self,
        deliveries: Vec<NewDelivery>,
        now: Timestamp,
        derive: D,
    ) -> Result<Recorded, StoreError>
    where
        D: FnOnce(&[Change], &View<'_>) -> Result<Derived, StoreError> + Send + 'static,
    {
        let weight = deliveries.iter().map(|delivery| delivery.readings.len()).sum();
        self.write(weight, move |side| record(side, &deliveries, now, derive)).await
    }
}

fn record(
    side: &mut WriteSide,
    deliveries: &[NewDelivery],
    now: Timestamp,
    derive: impl FnOnce(&[Change], &View<'_>) -> Result<Derived, StoreError>,
) -> Result<Recorded, StoreError> {
    let mut ledger = Ledger::new(deliveries.len());
    let arrivals = accept::all(side, deliveries, now, &mut ledger)?;
    let line = seal::line(side, now)?;
    let (sealed, hot): (Vec<_>, Vec<_>) =
        arrivals.into_iter().partition(|arrival| arrival.observation.start_us < line);
    months::store(side, sealed, now, &mut ledger)?;
    hot::store(side, hot, now, &mut ledger)?;
    advance_newest(side, &mut ledger)?;
    keep_frames(side, deliveries, &ledger)?;
    let view = View { db: &side.db, catalogue: &side.known.catalogue };
    let derived = derive(&ledger.changes, &view)?;
    air_index::keep(&side.db, &derived.indices)?;
    event::append(&side.db, &derived.events, now)?;
    Ok(Recorded { outcomes: ledger.outcomes, changes: ledger.changes })
}

/// What has become of everything so far.
struct Ledger {
    outcomes: Vec<Outcome>,
    changes: Vec<Change>,
    /// By series, what may be its newest observation, with its arrival.
    candidates: HashMap<SeriesId, (Observation, i64)>,
}

impl Ledger {
    fn new(deliveries: usize) -> Self {
        Self {
            outcomes: vec![Outcome::default(); deliveries],
            changes: Vec::new(),
            candidates: HashMap::new(),
        }
    }

    fn outcome(&mut self, delivery: usize) -> &mut Outcome {
        &mut self.outcomes[delivery]
    }

    /// Notes an observation as stored, its predecessor, and whether a block holds it.
    fn changed(
        &mut self,
        arrival: &Arrival,
        now: Observation,
        before: Option<Observation>,
        sealed: bool,
    ) {
        let outcome = self.outcome(arrival.delivery);
        match before {
            Some(_) => outcome.revised += 1,
            None => outcome.stored += 1,
        }
        self.propose(arrival, now);
        let series = Arc::clone(&arrival.series);
        self.changes.push(Change { series, observation: now, before, newest: false, sealed });
    }

    fn duplicate(&mut self, arrival: &Arrival, stored: Observation) {
        self.outcome(arrival.delivery).duplicate += 1;
        // Sent too early for its period to count, and now again in time.
        self.propose(arrival, stored);
    }

    fn propose(&mut self, arrival: &Arrival, observation: Observation) {
        if !arrival.may_be_newest {
            return;
        }
        let proposed = (observation, arrival.received_us);
        let best = self.candidates.entry(arrival.series.id).or_insert(proposed);
        if observation.start_us >= best.0.start_us {
            *best = proposed;
        }
    }
}

fn advance_newest(side: &mut WriteSide, ledger: &mut Ledger) -> Result<(), StoreError> {
    ledger.candidates.retain(|series, (observation, _)| {
        let known = side.known.newest.get(series).copied().unwrap_or(i64::MIN);
        observation.start_us >= known
    });
    let mut newest: Vec<_> = ledger.candidates.iter().collect();
    newest.sort_unstable_by_key(|(series, _)| **series);
    for (series, (observation, received_us)) in newest {
        latest::advance(&side.db, *series, observation, *received_us)?;
        side.known.newest.insert(*series, observation.start_us);
    }
    for change in &mut ledger.changes {
        let newest = ledger.candidates.get(&change.series.id);
        change.newest = newest.is_some_and(|(o, _)| o.start_us == change.observation.start_us);
    }
    Ok(())
}

/// Keeps the frames that something points at, or that hold something refused or unread: an
/// acknowledged frame is the only copy of what no reading was made of.
fn keep_frames(
    side: &WriteSide,
    deliveries: &[NewDelivery],
    ledger: &Ledger,
) -> Result<(), StoreError> {
    let first = raw_frame::next_id(&side.db)?;
    for ((id, delivery), outcome) in (first..).zip(deliveries).zip(&ledger.outcomes) {
        let used = outcome.stored + outcome.revised + outcome.rejected.len() > 0;
        let unread = delivery.readings.is_empty();
        if (used || unread) && !delivery.raw.is_empty() {
            raw_frame::keep(&side.db, id, delivery)?;
        }
    }
    Ok(())
}
