//! Plays the simulated stations: first what they would have sent, then what they send.

use std::{net::SocketAddr, time::Duration};

use domain::Averaging;
use jiff::{SignedDuration, Timestamp};
use tokio::{sync::watch, task::JoinSet};
use tracing::warn;

use super::{
    Batch, DeviceError, Generator, MINUTE_INTERVAL, PushError, Pusher, SimulatedDevice, Station,
    Via, frame, weather::HOUR,
};
use crate::{Clock, Secret};

/// Frames on their way without an answer while history is played.
const WINDOW: usize = 64;
/// Seconds between two real-time frames of one station.
const REALTIME_S: i64 = 5;
/// A report follows the end of its period by so much, as loggers do.
const LATENESS_S: i64 = 2;
/// Before a lost connection is tried again.
const RECONNECT: Duration = Duration::from_secs(3);

/// Where the simulated stations send to.
#[derive(Debug, Clone)]
pub struct Endpoints {
    /// The HJ 212 collector.
    pub hj212: SocketAddr,
    /// The full address of `POST api/v1/readings`.
    pub http: String,
    /// The API key of the simulated gateway.
    pub key: Secret,
}

/// What a played history came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Played {
    /// Values sent and acknowledged.
    pub values: u64,
    /// Reports they travelled in.
    pub reports: u64,
}

/// Why a history broke off. Playing it again stores nothing twice.
#[derive(Debug, thiserror::Error)]
pub enum PlayError {
    /// A device.
    #[error("station {station}: {cause}")]
    Device {
        /// The station's code.
        station: String,
        /// Why.
        cause: DeviceError,
    },
    /// A gateway.
    #[error("station {station}: {cause}")]
    Push {
        /// The station's code.
        station: String,
        /// Why.
        cause: PushError,
    },
}

/// Sends every station's reports between `from` and `to` and waits until all are acknowledged.
/// `progress` hears the share done, 0 to 1, now and then.
///
/// # Errors
///
/// [`PlayError`] of the first station that failed.
pub async fn play_history(
    generator: &Generator,
    endpoints: &Endpoints,
    from: Timestamp,
    to: Timestamp,
    progress: impl Fn(f64) + Clone + Send + Sync + 'static,
) -> Result<Played, PlayError> {
    let total = generator.stations().len().max(1) as f64;
    let done = std::sync::Arc::new(std::sync::Mutex::new(0.0_f64));
    let mut stations = JoinSet::new();
    for number in 0..generator.stations().len() {
        let (generator, endpoints) = (generator.clone(), endpoints.clone());
        let (done, progress) = (done.clone(), progress.clone());
        let advanced = move |share: f64| {
            let mut done = done.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            *done += share / total;
            progress(done.min(1.0));
        };
        stations.spawn(async move {
            let Some(station) = generator.stations().get(number) else {
                return Ok(Played::default());
            };
            history_of(&generator, station, &endpoints, from..to, advanced).await
        });
    }
    let mut played = Played::default();
    while let Some(finished) = stations.join_next().await {
        // A task that panicked has nothing to add; the others' data is in.
        let part = finished.unwrap_or_else(|_panic| Ok(Played::default()))?;
        played.values += part.values;
        played.reports += part.reports;
    }
    Ok(played)
}

async fn history_of(
    generator: &Generator,
    station: &Station,
    endpoints: &Endpoints,
    span: std::ops::Range<Timestamp>,
    advanced: impl Fn(f64),
) -> Result<Played, PlayError> {
    let mut sender = Sender::open(station, endpoints, WINDOW).await?;
    let mut played = Played::default();
    let length = span.end.duration_since(span.start).as_secs().max(1) as f64;
    let mut told = span.start;
    for batch in generator.history(station, span.start, span.end) {
        played.values += batch.samples.len() as u64;
        played.reports += 1;
        sender.send(&batch).await?;
        let since = batch.start.duration_since(told).as_secs();
        if since >= 10 * 24 * HOUR {
            advanced(since as f64 / length);
            told = batch.start;
        }
    }
    sender.settle().await?;
    advanced(span.end.duration_since(told).as_secs() as f64 / length);
    Ok(played)
}

/// Plays every station as time goes by until `stop` turns true: real-time values every few
/// seconds and means of five minutes from air stations that speak HJ 212, the hour or the
/// four-hourly analysis from all. What fell due between `since` (the end of the history, at most
/// two hours ago) and now is sent at once. Lost connections are made again.
pub async fn play_live(
    generator: &Generator,
    endpoints: &Endpoints,
    clock: &Clock,
    since: Timestamp,
    mut stop: watch::Receiver<bool>,
) {
    let mut stations = JoinSet::new();
    for number in 0..generator.stations().len() {
        let (generator, endpoints, clock) = (generator.clone(), endpoints.clone(), clock.clone());
        stations.spawn(async move {
            let Some(station) = generator.stations().get(number) else { return };
            // Stations do not speak all at once.
            let phase = i64::try_from(number).unwrap_or_default() % REALTIME_S;
            live_of(&generator, station, &endpoints, &clock, since, phase).await;
        });
    }
    // An error means the server's end is gone, which is a stop too.
    let _ = stop.wait_for(|stop| *stop).await;
    stations.abort_all();
}

async fn live_of(
    generator: &Generator,
    station: &Station,
    endpoints: &Endpoints,
    clock: &Clock,
    since: Timestamp,
    phase: i64,
) {
    let mut said = since.as_second().max(clock.now().as_second() - 2 * HOUR);
    loop {
        let Err(cause) = speak(generator, station, endpoints, clock, phase, &mut said).await;
        warn!(station = station.code, %cause, "simulated station lost its connection");
        tokio::time::sleep(RECONNECT).await;
    }
}

/// Nothing: speaking ends only in an error.
enum Never {}

async fn speak(
    generator: &Generator,
    station: &Station,
    endpoints: &Endpoints,
    clock: &Clock,
    phase: i64,
    said: &mut i64,
) -> Result<Never, PlayError> {
    let mut sender = Sender::open(station, endpoints, WINDOW).await?;
    loop {
        let now = clock.now().as_second();
        // Every second that has passed since, so that no turn is missed.
        for second in (*said + 1)..=now {
            for batch in due(generator, station, second, phase) {
                sender.send(&batch).await?;
            }
        }
        sender.settle().await?;
        // Only now: what was not acknowledged is said again on the next connection.
        *said = now;
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
}

/// What a station reports at a certain second.
fn due<'a>(generator: &Generator, station: &'a Station, second: i64, phase: i64) -> Vec<Batch<'a>> {
    let mut due = Vec::new();
    let ended = second - LATENESS_S - phase;
    let at = |second| Timestamp::from_second(second).unwrap_or(Timestamp::MIN);
    let is_air = station.character.is_air();
    let speaks = matches!(station.via, Via::Hj212 { .. });
    if is_air && speaks && (second - phase).rem_euclid(REALTIME_S) == 0 {
        due.extend(generator.batch(station, Averaging::Instant, at(second), 0));
    }
    let minutes = i64::from(MINUTE_INTERVAL) * 60;
    if is_air && speaks && ended.rem_euclid(minutes) == 0 {
        due.extend(generator.batch(station, Averaging::Minute, at(ended - minutes), minutes));
    }
    if is_air && !speaks && ended.rem_euclid(60) == 0 {
        due.extend(generator.batch(station, Averaging::Minute, at(ended - 60), 60));
    }
    if is_air && ended.rem_euclid(HOUR) == 0 {
        due.extend(generator.regular(station, at(ended - HOUR)));
    }
    if !is_air && ended.rem_euclid(4 * HOUR) == 0 {
        due.extend(generator.regular(station, at(ended)));
    }
    due
}

/// Either way out of a station.
enum Sender {
    Device { station: String, device: Box<SimulatedDevice>, serial: u16 },
    Gateway { station: String, pusher: Pusher },
}

impl Sender {
    async fn open(station: &Station, to: &Endpoints, window: usize) -> Result<Self, PlayError> {
        let code = station.code.clone();
        match &station.via {
            Via::Hj212 { .. } => match SimulatedDevice::connect(to.hj212, window).await {
                Ok(device) => {
                    Ok(Self::Device { station: code, device: Box::new(device), serial: 0 })
                }
                Err(cause) => Err(PlayError::Device { station: code, cause }),
            },
            Via::Http => match Pusher::new(&to.http, to.key.clone()) {
                Ok(pusher) => Ok(Self::Gateway { station: code, pusher }),
                Err(cause) => Err(PlayError::Push { station: code, cause }),
            },
        }
    }

    async fn send(&mut self, batch: &Batch<'_>) -> Result<(), PlayError> {
        match self {
            Self::Device { station, device, serial } => {
                *serial = (*serial + 1) % 1_000;
                let result = async {
                    for (qn, bytes) in frame(batch, *serial)? {
                        device.send(qn, bytes).await?;
                    }
                    Ok(())
                };
                result.await.map_err(|cause| PlayError::Device { station: station.clone(), cause })
            }
            Self::Gateway { station, pusher } => match pusher.add(batch).await {
                Ok(_) => Ok(()),
                Err(cause) => Err(PlayError::Push { station: station.clone(), cause }),
            },
        }
    }

    /// Waits until everything sent is acknowledged.
    async fn settle(&mut self) -> Result<(), PlayError> {
        match self {
            Self::Device { station, device, .. } => device
                .settle()
                .await
                .map_err(|cause| PlayError::Device { station: station.clone(), cause }),
            Self::Gateway { station, pusher } => match pusher.flush().await {
                Ok(_) => Ok(()),
                Err(cause) => Err(PlayError::Push { station: station.clone(), cause }),
            },
        }
    }
}

/// The last full hour before `now`, where history ends and live data begins.
pub fn last_full_hour(now: Timestamp) -> Timestamp {
    let past = SignedDuration::from_secs(now.as_second().rem_euclid(HOUR));
    now.checked_sub(past).and_then(|at| at.round(jiff::Unit::Second)).unwrap_or(now)
}
