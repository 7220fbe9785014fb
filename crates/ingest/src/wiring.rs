//! What the server connects a source to, and the one way from readings to the store and back.

use domain::{Provenance, Reading, Text};
use tokio::sync::{oneshot, watch};

use crate::{
    Clock, Delivery, Intake, NotStored, Stored,
    health::{FeedHealth, Newest},
    quality::{Arrival, Learnt, QualityControl},
};

/// Everything a source needs from outside: one value per feed, cloned as needed.
#[derive(Debug, Clone)]
pub struct Wiring {
    /// The bounded channel to the store.
    pub intake: Intake,
    /// The checks on arrival; the same for every feed, so that series from two feeds agree.
    pub quality: QualityControl,
    /// This feed's health.
    pub health: FeedHealth,
    /// The time.
    pub clock: Clock,
    /// Turns true when the server shuts down; a source then finishes what it has begun.
    pub stop: watch::Receiver<bool>,
}

/// Readings on their way out of a source.
#[derive(Debug)]
pub struct Parcel {
    /// The feed's key, see [`Delivery::feed`].
    pub feed: &'static str,
    /// See [`Delivery::source`].
    pub source: String,
    /// Set by the feed's configuration.
    pub provenance: Provenance,
    /// The bytes as received, passwords blanked.
    pub raw: Vec<u8>,
    /// The readings, without quality marks.
    pub readings: Vec<Reading>,
    /// When they arrived, and from when on they are news.
    pub arrival: Arrival,
}

/// A parcel on its way through the store.
#[derive(Debug)]
pub(crate) struct Pending {
    newest: Vec<Newest>,
    received: jiff::Timestamp,
    learnt: Learnt,
    answer: oneshot::Receiver<Result<Stored, NotStored>>,
}

impl Wiring {
    /// Marks and hands over a parcel and waits until it is stored; keeps the feed's health.
    ///
    /// # Errors
    ///
    /// [`NotStored`] if the store refused the whole: the sender may send it again.
    pub async fn deliver(&self, parcel: Parcel) -> Result<Stored, NotStored> {
        let pending = self.hand_over(parcel).await;
        self.settled(pending).await
    }

    /// The first half of [`Wiring::deliver`]: waits only for room in the channel.
    pub(crate) async fn hand_over(&self, parcel: Parcel) -> Pending {
        let Parcel { feed, source, provenance, raw, mut readings, arrival } = parcel;
        for reading in &mut readings {
            // Whatever built the reading: only the feed says what is measured.
            reading.provenance = provenance;
        }
        let learnt = self.quality.judge_and_learn(&source, &mut readings, arrival);
        let newest = Newest::of(&readings, arrival.now);
        let (answer, answered) = oneshot::channel();
        let received = arrival.now;
        let delivery = Delivery { feed, source, provenance, received, raw, readings, answer };
        // A closed channel drops the one-shot, which `settled` reads as unavailable.
        let _ = self.intake.send(delivery).await;
        Pending { newest, received, learnt, answer: answered }
    }

    /// The second half: the store's answer, recorded in the feed's health.
    pub(crate) async fn settled(&self, pending: Pending) -> Result<Stored, NotStored> {
        let answer = pending.answer.await.unwrap_or(Err(NotStored::Unavailable));
        let now = self.clock.now();
        match &answer {
            Ok(stored) => {
                self.health.stored(now, &pending.newest, stored);
                self.health.recovered(&pending.newest, pending.received);
            }
            Err(cause) => {
                // Sent again it is not a repetition: nothing of it is stored.
                self.quality.forget(pending.learnt);
                self.health.rejected(crate::Reason::NotStored, 1);
                self.health.failed(now, not_stored(cause));
            }
        }
        answer
    }

    /// Returns once the server shuts down.
    pub(crate) async fn stopped(&self) {
        // An error means that the server's end is gone, which is a shutdown too.
        let _ = self.stop.clone().wait_for(|stop| *stop).await;
    }
}

fn not_stored(cause: &NotStored) -> Text {
    match cause {
        NotStored::StorageFull => Text::new(
            "存储空间已满，新数据暂未入库",
            "storage is full; new data is not being stored",
        ),
        NotStored::Unavailable => Text::new(
            "存储暂不可用，新数据将由来源重发",
            "storage is unavailable; sources will resend",
        ),
    }
}
