//! What every handler shares.

use std::{
    borrow::Cow,
    collections::HashMap,
    ops::Deref,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use contract::public::{DayCount, Meta, MonthClass};
use domain::air::IndexStandard;
use ingest::{Clock, FeedHealth, Intake, QualityControl, Wiring};
use jiff::civil::Date;
use store::Store;
use tokio::sync::{Semaphore, watch};

use crate::{
    config::Config,
    edge::PagePolicy,
    embeds::Embeds,
    front::{assets::Assets, console::Console, shell::Shell},
    hot::Hot,
    keys::Keys,
    limits::ClientRate,
    live::Hub,
    memo::Memo,
    metrics::Metrics,
    officers::Officers,
    photos::Photos,
    profile::Profile,
    record::Record,
    reports::Reports,
    shares::Shares,
    views::feed::FeedFacts,
};

/// Handlers' state; clones share it.
#[derive(Clone)]
pub struct App(Arc<Shared>);

impl Deref for App {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

/// The shared state.
pub struct Shared {
    pub config: Config,
    pub profile: Arc<Profile>,
    pub store: Store,
    /// The server's own keys; `None` where nothing that needs them is switched on.
    pub keys: Option<Keys>,
    /// What handlers of reports share.
    pub reports: Reports,
    /// What handlers of the district's record share.
    pub record: Record,
    /// What sign-in and sessions of staff need; `None` without the server's keys.
    pub officers: Option<Officers>,
    /// What handlers of photos share.
    pub photos: Photos,
    pub clock: Clock,
    pub hub: Hub,
    pub metrics: Metrics,
    pub versions: Versions,
    pub bodies: Hot<Cow<'static, str>>,
    pub pages: Hot<String>,
    /// Days by level of the year up to a day, by ruler.
    pub year: Memo<(Option<IndexStandard>, Date), DayCount>,
    /// Classes of the last months, by section.
    pub months: Memo<String, Vec<MonthClass>>,
    /// The first year with data, by station.
    pub first_year: Memo<String, i16>,
    pub policy: PagePolicy,
    /// What handlers of widgets, badges and cards share.
    pub embeds: Embeds,
    pub assets: Assets,
    pub shell: Shell,
    pub console: Console,
    pub series_rate: ClientRate,
    /// Turns at computing history.
    pub workers: Arc<Semaphore>,
    /// Live streams of each client.
    pub streams: Shares,
    pub intake: Intake,
    pub quality: QualityControl,
    pub feeds: Vec<(FeedFacts, FeedHealth)>,
    /// True when this is a demonstration.
    pub demonstration: bool,
    /// True once data can be read and taken.
    pub ready: AtomicBool,
    /// Turns true when the server shuts down.
    pub stop: watch::Receiver<bool>,
}

/// What changed since a body was made.
#[derive(Debug, Default)]
pub struct Versions {
    any: AtomicU64,
    past: AtomicU64,
}

impl Versions {
    /// Rises with every commit that changed something.
    pub fn any(&self) -> u64 {
        self.any.load(Ordering::Acquire)
    }

    /// Rises with every commit that changed a day before today.
    pub fn past(&self) -> u64 {
        self.past.load(Ordering::Acquire)
    }

    /// Notes a commit.
    pub fn changed(&self, past: bool) {
        self.any.fetch_add(1, Ordering::AcqRel);
        if past {
            self.past.fetch_add(1, Ordering::AcqRel);
        }
    }
}

impl App {
    /// Shares `shared`.
    pub fn new(shared: Shared) -> Self {
        Self(Arc::new(shared))
    }

    /// Returns once the server shuts down.
    pub async fn stopped(&self) {
        // An error means that the sender is gone, which is a shutdown too.
        let _ = self.stop.clone().wait_for(|stop| *stop).await;
    }

    /// What a reply says of itself; `simulated` when any of its numbers is.
    pub fn meta(&self, simulated: bool) -> Meta {
        Meta {
            server_time: self.clock.now(),
            publisher: self.profile.publisher.clone(),
            licence: self.profile.licence.clone(),
            simulated: simulated || self.demonstration,
        }
    }

    /// The health of the feed with that key.
    pub fn feed(&self, key: &str) -> FeedHealth {
        let known = self.feeds.iter().find(|(facts, _)| facts.key == key);
        known.map(|(_, health)| health.clone()).unwrap_or_default()
    }

    /// What a source of that feed is connected to.
    pub fn wiring(&self, feed: &str) -> Wiring {
        Wiring {
            intake: self.intake.clone(),
            quality: self.quality.clone(),
            health: self.feed(feed),
            clock: self.clock.clone(),
            stop: self.stop.clone(),
        }
    }

    /// Each station's last error over all feeds, in words for the public.
    pub fn station_errors(&self) -> HashMap<String, domain::Text> {
        let mut errors: HashMap<String, (jiff::Timestamp, domain::Text)> = HashMap::new();
        for (_, health) in &self.feeds {
            for (code, status) in health.status().stations {
                if let Some(failure) = status.last_error
                    && errors.get(&code).is_none_or(|(at, _)| *at < failure.at)
                {
                    errors.insert(code, (failure.at, failure.text));
                }
            }
        }
        errors.into_iter().map(|(code, (_, text))| (code, text)).collect()
    }
}
