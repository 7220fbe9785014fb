//! Server-sent events into signals, resuming from the last event, with polling where they fail.

mod channel;
mod link;
mod merge;

use std::sync::Arc;

use contract::{
    live::Batch,
    paths,
    public::{AirSummary, Sections, Site},
};
use jiff::Timestamp;
use leptos::{prelude::*, task::spawn_local};
use serde::de::DeserializeOwned;
use ui::{Clock, turn::work_in_turn};

pub(crate) use self::{channel::open as listen, link::Phase, merge::merge_station};
use crate::api_client::{self, Failure};

/// What a page shows of one reply: the last good value, and why there is no newer one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Shown<T> {
    pub(crate) value: Option<T>,
    pub(crate) failure: Option<Failure>,
}

impl<T> Default for Shown<T> {
    fn default() -> Self {
        Self { value: None, failure: None }
    }
}

/// The state of the connection and since when it is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Connection {
    pub(crate) phase: Phase,
    pub(crate) since: Timestamp,
}

/// The district's live state; a context.
#[derive(Clone, Copy)]
pub(crate) struct Live {
    pub(crate) site: RwSignal<Shown<Site>>,
    pub(crate) air: RwSignal<Shown<AirSummary>>,
    pub(crate) water: RwSignal<Shown<Sections>>,
    pub(crate) connection: RwSignal<Connection>,
    /// The newest batch, for pages that show one station.
    pub(crate) batch: RwSignal<Option<Arc<Batch>>>,
    clock: Clock,
    asked_again: StoredValue<bool>,
    mending: StoredValue<bool>,
}

impl Live {
    /// Shows what this device kept and fetches what is new; provided as a context.
    pub(crate) fn provide() -> Self {
        let clock = Clock::expect();
        let live = Self {
            site: RwSignal::new(kept(paths::SITE)),
            air: RwSignal::new(kept(paths::AIR_SUMMARY)),
            water: RwSignal::new(kept(paths::WATER_SECTIONS)),
            connection: RwSignal::new(Connection { phase: Phase::Connecting, since: clock.now() }),
            batch: RwSignal::new(None),
            clock,
            asked_again: StoredValue::new(false),
            mending: StoredValue::new(false),
        };
        provide_context(live);
        work_in_turn(move || load(paths::SITE, live.site, clock, |site| site.meta.server_time));
        work_in_turn(move || live.load_air());
        work_in_turn(move || live.load_water());
        live
    }

    /// The live state of this application.
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// Fetches the district's state anew; what is on screen stays until it arrives.
    pub(crate) fn refresh(self) {
        self.load_air();
        self.load_water();
    }

    fn load_air(self) {
        load(paths::AIR_SUMMARY, self.air, self.clock, |air| air.meta.server_time);
    }

    fn load_water(self) {
        load(paths::WATER_SECTIONS, self.water, self.clock, |water| water.meta.server_time);
    }

    /// Takes in what a poll brought, and fetches the rest.
    fn polled(self, air: AirSummary) {
        self.clock.learn(air.meta.server_time);
        self.air.set(Shown { value: Some(air), failure: None });
        self.load_water();
        self.mend();
    }

    /// Takes in the server's time, the sign that it can be reached.
    fn greeted(self, server_time: Timestamp) {
        self.clock.learn(server_time);
        self.mend();
    }

    /// Fetches again what could not be had, now that the server is heard; a page must not say
    /// that it cannot be reached beside values that arrive.
    fn mend(self) {
        let broken = self.site.with_untracked(|site| site.failure.is_some())
            || self.air.with_untracked(|air| air.failure.is_some())
            || self.water.with_untracked(|water| water.failure.is_some());
        if !broken || self.mending.get_value() {
            return;
        }
        self.mending.set_value(true);
        let again = move || {
            self.mending.set_value(false);
            if self.site.with_untracked(|site| site.failure.is_some()) {
                load(paths::SITE, self.site, self.clock, |site| site.meta.server_time);
            }
            if self.air.with_untracked(|air| air.failure.is_some()) {
                self.load_air();
            }
            if self.water.with_untracked(|water| water.failure.is_some()) {
                self.load_water();
            }
        };
        let wait = link::spread_ms(2_000, js_sys::Math::random());
        set_timeout(again, std::time::Duration::from_millis(wait));
    }

    /// Takes in a batch: every signal it touches changes once, the others not at all.
    fn take(self, batch: Batch) {
        self.clock.learn(batch.server_time);
        self.air.maybe_update(|shown| {
            shown.value.as_mut().is_some_and(|air| merge::merge_air(air, &batch))
        });
        self.water.maybe_update(|shown| {
            shown.value.as_mut().is_some_and(|water| merge::merge_water(water, &batch))
        });
        self.batch.set(Some(Arc::new(batch)));
        self.ask_again_for_the_district();
    }

    /// The district's own index is the server's to compute; once an hour a station is ahead of it.
    fn ask_again_for_the_district(self) {
        let behind = self
            .air
            .with_untracked(|air| air.value.as_ref().is_some_and(merge::district_is_behind));
        if !behind || self.asked_again.get_value() {
            return;
        }
        self.asked_again.set_value(true);
        let wait = link::spread_ms(2_000, js_sys::Math::random());
        set_timeout(
            move || {
                self.asked_again.set_value(false);
                self.load_air();
            },
            std::time::Duration::from_millis(wait),
        );
    }

    fn set_phase(self, phase: Phase) {
        if self.connection.with_untracked(|connection| connection.phase != phase) {
            self.connection.set(Connection { phase, since: self.clock.now() });
        }
    }
}

fn kept<T: DeserializeOwned>(path: &str) -> Shown<T> {
    Shown { value: api_client::kept(path), failure: None }
}

/// Fetches `path` into `shown`; a failure is noted beside the last good value.
fn load<T>(path: &'static str, shown: RwSignal<Shown<T>>, clock: Clock, time: fn(&T) -> Timestamp)
where
    T: DeserializeOwned + PartialEq + Send + Sync + 'static,
{
    spawn_local(async move {
        match api_client::get_or_kept::<T>(path).await {
            Ok(loaded) if loaded.kept => failed(shown, Failure::Unreachable),
            Ok(loaded) => {
                clock.learn(time(&loaded.value));
                shown.set(Shown { value: Some(loaded.value), failure: None });
            }
            Err(failure) => failed(shown, failure),
        }
    });
}

/// Notes a failure; the same one again changes nothing, or it would be read out again.
fn failed<T: Send + Sync + 'static>(shown: RwSignal<Shown<T>>, failure: Failure) {
    shown.maybe_update(|shown| {
        let failure = Some(failure);
        let new = shown.failure != failure;
        shown.failure = failure;
        new
    });
}
