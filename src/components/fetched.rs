//! A reply that follows its address; the old one stays on screen while the new one loads.

use jiff::Timestamp;
use leptos::{prelude::*, task::spawn_local};
use serde::de::DeserializeOwned;
use ui::Clock;

use crate::{
    api_client::{self, Failure},
    live::{Live, Phase, Shown},
};

/// Where a reply says its server's time.
pub(crate) trait Dated {
    /// The server's clock when the reply was made.
    fn server_time(&self) -> Timestamp;
}

macro_rules! dated {
    ($($module:ident::{$($reply:ident),+};)+) => {
        $($(impl Dated for contract::$module::$reply {
            fn server_time(&self) -> Timestamp {
                self.meta.server_time
            }
        })+)+
    };
}

dated! {
    public::{AirSummary, StationNow, Days, Feeds, MapShapes, Series};
    report::{PublishedReports, OnePublishedReport};
    rectification::{Item, Ledger};
    green::{Green};
    scorecard::{Scorecard};
    programme::{Programme, Programmes};
}

impl Dated for contract::public::Section {
    fn server_time(&self) -> Timestamp {
        self.now.meta.server_time
    }
}

/// Fetches `path` whenever it changes, and again when the connection is back.
///
/// A reply that a newer address has overtaken is dropped. Without a connection the reply kept on
/// this device is shown, with the failure beside it.
pub(crate) fn fetched<T>(path: Signal<Option<String>>) -> RwSignal<Shown<T>>
where
    T: Dated + DeserializeOwned + Send + Sync + 'static,
{
    following(path, api_client::parse)
}

/// As [`fetched`] for a reply of many rows, which is read faster without crossing into the browser for each.
pub(crate) fn fetched_rows<T>(path: Signal<Option<String>>) -> RwSignal<Shown<T>>
where
    T: Dated + DeserializeOwned + Send + Sync + 'static,
{
    following(path, api_client::parse_columns)
}

fn following<T>(
    path: Signal<Option<String>>,
    read: fn(&str) -> Result<T, Failure>,
) -> RwSignal<Shown<T>>
where
    T: Dated + Send + Sync + 'static,
{
    let (shown, clock, online) = (RwSignal::new(Shown::default()), Clock::expect(), came_back());
    let asked = StoredValue::new(0_u32);
    Effect::new(move |before: Option<Option<String>>| {
        // Read and not only tracked: see the root component.
        online.with(|_| ());
        let path = path.get();
        if before.flatten().is_some_and(|before| Some(&before) != path.as_ref()) {
            // Another place's numbers must not stand under this one's name.
            shown.update(|shown| shown.failure = None);
        }
        if let Some(path) = path.clone() {
            asked.update_value(|asked| *asked = asked.wrapping_add(1));
            let number = asked.get_value();
            spawn_local(async move {
                let outcome = api_client::read_or_kept(&path, read).await;
                if asked.try_get_value() == Some(number) {
                    accept(shown, clock, outcome);
                }
            });
        }
        path
    });
    shown
}

fn accept<T: Dated + Send + Sync + 'static>(
    shown: RwSignal<Shown<T>>,
    clock: Clock,
    outcome: Result<api_client::Loaded<T>, Failure>,
) {
    match outcome {
        Ok(loaded) => {
            if !loaded.kept {
                clock.learn(loaded.value.server_time());
            }
            let failure = loaded.kept.then_some(Failure::Unreachable);
            shown.set(Shown { value: Some(loaded.value), failure });
        }
        Err(failure) => shown.update(|shown| shown.failure = Some(failure)),
    }
}

/// Counts how often values arrive again after they did not.
pub(super) fn came_back() -> Memo<u32> {
    let live = Live::expect();
    let broken = StoredValue::new(false);
    Memo::new(move |before: Option<&u32>| {
        let count = before.copied().unwrap_or_default();
        match live.connection.get().phase {
            Phase::Connecting => count,
            Phase::Reconnecting | Phase::Offline => {
                broken.set_value(true);
                count
            }
            Phase::Live | Phase::Polling => {
                let again = broken.get_value();
                broken.set_value(false);
                count + u32::from(again)
            }
        }
    })
}
