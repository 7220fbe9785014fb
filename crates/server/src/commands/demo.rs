//! `bilan demo`: the product with generated data, played through its own doors.
//!
//! The address answers at once; `listening on` is printed when the history is in, so that who
//! waits for it finds a whole portal. Started again, only the time since is filled in.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, atomic::Ordering},
    time::Instant,
};

use anyhow::{Context, Result};
use domain::{Averaging, period::beijing_day, reward::RewardState};
use ingest::{
    Clock, Secret,
    demonstration::{
        Endpoints, Generator, Station, Via as PlayedVia, devices, last_full_hour, play_history,
        play_live,
    },
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;

use super::{demo_officers, hold, keygen, keys, note, say};
use crate::{
    cli::Demo,
    clock,
    config::{Config, Log},
    log,
    portal::{Kind, Portal, told_to_stop},
    profile::{Profile, Via},
    record,
    reports::samples,
};

/// The seed without `--seed`.
const SEED: u64 = 500_107;
/// The name of the demonstration's own API key.
const KEY: &str = "demonstration";
/// Hours that simulated instruments may look back beyond the history itself.
const SLACK_HOURS: u32 = 48;

/// The file by which a data folder is known as a demonstration's.
const MEMORY: &str = "demonstration.json";

/// Refuses a folder of generated numbers: a real portal has no place for them.
pub(super) fn refuse_generated(data_dir: &Path) -> Result<()> {
    anyhow::ensure!(
        !data_dir.join(MEMORY).exists(),
        "server.data_dir {} holds a demonstration's generated data; name another folder",
        data_dir.display()
    );
    Ok(())
}

/// What a data folder remembers of its demonstration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Memory {
    seed: u64,
    history_days: u32,
}

/// Runs the demonstration until it is told to stop.
pub async fn run(command: Demo) -> Result<()> {
    log::start(&Log { filter: "warn".into(), ..Log::default() })?;
    let _held = hold(&command.data_dir)?;
    let memory = remembered(&command)?;
    let profile = Arc::new(Profile::demonstration()?);
    let password = Secret::new(keys::random()?.chars().skip(6).take(12).collect::<String>());
    let stations = stations(&profile, &password);
    let mut config = config(&command, &profile);
    config.ingest.hj212_tcp.devices =
        devices(&stations, command.history_days.max(memory.history_days) * 24 + SLACK_HOURS);
    let listener = TcpListener::bind(command.listen)
        .await
        .with_context(|| format!("--listen {}", command.listen))?;
    let address = listener.local_addr()?;
    let base_path = config.base_path();
    config.server.public_url = format!("http://{address}{base_path}");
    let identity = own_identity(&mut config)?;
    let clock = ahead(command.days_ahead);
    let portal = Portal::start_by(clock, config, profile, listener, Kind::Demonstration).await?;
    let endpoints = endpoints(&portal, &format!("http://{address}{base_path}")).await?;
    let generator = Generator::new(memory.seed, stations);
    let played = tokio::select! {
        played = history(&portal, &generator, &endpoints, memory) => played,
        () = told_to_stop() => return portal.stop().await,
    };
    let until = played?;
    let officers = demo_officers::made(&portal.app).await?;
    sample_reports(&portal).await?;
    record::samples::play(&portal.app).await.context("the record of the profile")?;
    portal.app.ready.store(true, Ordering::Release);
    say(&format!("listening on http://{address}{base_path}"))?;
    // Who waited for the address alone may have stopped reading.
    let _ = say(&format!("{officers}\ncontacts of reporters open with {}", identity.display()));
    let (clock, stop) = (portal.app.clock.clone(), portal.app.stop.clone());
    let live = async { play_live(&generator, &endpoints, &clock, until, stop).await };
    tokio::select! {
        () = live => {}
        () = told_to_stop() => {}
    }
    portal.stop().await
}

/// The wall clock, so many days on.
fn ahead(days: u32) -> Clock {
    let days = SignedDuration::from_hours(i64::from(days) * 24);
    Clock::new(move || clock::now().saturating_add(days).unwrap_or(Timestamp::MAX))
}

/// Makes the key that contacts are sealed to, beside the others: a demonstration has no officers' machines to keep it on.
fn own_identity(config: &mut Config) -> Result<PathBuf> {
    crate::keys::make(&config.server.data_dir)?;
    let path = crate::keys::folder(&config.server.data_dir).join("officers-identity.txt");
    config.reports.identity_recipient = keygen::identity(&path)?;
    Ok(path)
}

fn config(command: &Demo, profile: &Profile) -> Config {
    let mut config = Config::default();
    config.reports.enabled = true;
    config.reports.controller.clone_from(&profile.publisher);
    config.reports.controller_contact.clone_from(&profile.contact);
    config.server.data_dir.clone_from(&command.data_dir);
    config.server.base_path.clone_from(&command.base_path);
    config.server.listen = command.listen;
    config.ingest.hj212_tcp.enabled = true;
    config.ingest.hj212_tcp.listen = ([127, 0, 0, 1], 0).into();
    config.ingest.demonstration.enabled = true;
    config
}

/// The seed and length of the folder's demonstration; those of the command on its first start.
fn remembered(command: &Demo) -> Result<Memory> {
    let path = command.data_dir.join(MEMORY);
    let wanted = Memory { seed: command.seed.unwrap_or(SEED), history_days: command.history_days };
    if let Ok(text) = std::fs::read_to_string(&path) {
        let memory: Memory = serde_json::from_str(&text)
            .with_context(|| format!("{} is damaged; remove the folder", path.display()))?;
        anyhow::ensure!(
            command.seed.is_none_or(|seed| seed == memory.seed),
            "{} holds the demonstration of seed {}; choose another --data-dir for seed {}",
            command.data_dir.display(),
            memory.seed,
            wanted.seed
        );
        return Ok(memory);
    }
    refuse_foreign(&command.data_dir)?;
    std::fs::write(&path, serde_json::to_string(&wanted)?)
        .with_context(|| path.display().to_string())?;
    Ok(wanted)
}

/// A real portal's data must not be mixed with generated numbers.
fn refuse_foreign(data_dir: &Path) -> Result<()> {
    anyhow::ensure!(
        !super::database(data_dir).exists(),
        "{} holds a portal's data, not a demonstration's; choose another --data-dir",
        data_dir.display()
    );
    Ok(())
}

/// The profile's stations as the generator plays them.
fn stations(profile: &Profile, password: &Secret) -> Vec<Station> {
    let played = profile.stations.iter().filter_map(|station| {
        let played = station.demonstration?;
        let via = match played.via {
            Via::Http => PlayedVia::Http,
            Via::Hj212 => PlayedVia::Hj212 { mn: mn(&station.code), password: password.clone() },
        };
        Some(Station { code: station.code.clone(), character: played.character, via })
    });
    played.collect()
}

/// An MN of letters and digits, as HJ 212 has them.
fn mn(code: &str) -> String {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("DEMO{plain}")
}

async fn endpoints(portal: &Portal, address: &str) -> Result<Endpoints> {
    let store = &portal.app.store;
    store.revoke_api_key(KEY, portal.app.clock.now()).await?;
    let key = Secret::new(keys::add(store, KEY, Vec::new()).await?);
    let hj212 = portal.hj212.context("the HJ 212 collector is not running")?;
    Ok(Endpoints { hj212, http: format!("{address}{}", contract::paths::READINGS), key })
}

/// Plays what is missing up to the last full hour; the instant up to which everything is in.
async fn history(
    portal: &Portal,
    generator: &Generator,
    endpoints: &Endpoints,
    memory: Memory,
) -> Result<Timestamp> {
    let now = portal.app.clock.now();
    let to = last_full_hour(now);
    let newest = newest(portal).await?;
    let first = domain::period::day_start(beijing_day(now));
    let begin = first
        .checked_sub(SignedDuration::from_hours(i64::from(memory.history_days) * 24))
        .context("the history reaches back too far")?;
    let from = newest.unwrap_or(begin).max(begin);
    if from < to {
        let began = Instant::now();
        let played = play_history(generator, endpoints, from, to, progress()).await?;
        note(&format!(
            "history: {} values in {} reports, {:.1} s",
            played.values,
            played.reports,
            began.elapsed().as_secs_f32()
        ));
    }
    Ok(to)
}

/// Reports and rewards in every state, on the first start; the claim code of a reward that waits to be claimed is told, so
/// that the way back can be tried.
async fn sample_reports(portal: &Portal) -> Result<()> {
    let codes = samples::play(&portal.app).await?;
    samples::play_rewards(&portal.app).await?;
    let samples = &portal.app.profile.reports.samples;
    let waits = |sample: &samples::Sample| {
        sample.reward.is_some_and(|course| course.until == RewardState::AwaitingClaim)
    };
    let told = samples.iter().position(waits).and_then(|at| codes.get(at)).or(codes.first());
    if let Some(code) = told {
        note(&format!("reports: {} samples; one claim code to try is {code}", codes.len()));
    }
    Ok(())
}

/// The end of the regular reports that every played station has; `None` where one has none.
async fn newest(portal: &Portal) -> Result<Option<Timestamp>> {
    let latest = portal.app.store.latest_all().await?;
    let of_station = |code: &str| {
        let regular = latest.iter().filter(|l| l.series.station == code).filter(|l| {
            let water = l.series.item.medium() == domain::item::Medium::Water;
            l.series.averaging == if water { Averaging::Instant } else { Averaging::Hour }
        });
        regular.map(|l| l.observation.period().end()).max()
    };
    let played = portal.app.profile.stations.iter().filter(|s| s.demonstration.is_some());
    let mut oldest = None;
    for station in played {
        match of_station(&station.code) {
            None => return Ok(None),
            Some(end) => oldest = Some(oldest.map_or(end, |known: Timestamp| known.min(end))),
        }
    }
    Ok(oldest)
}

/// Tells of each further tenth on standard error.
fn progress() -> impl Fn(f64) + Clone + Send + Sync + 'static {
    let told = Arc::new(Mutex::new(0_u8));
    move |share: f64| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 10")]
        let tenth = (share.clamp(0.0, 1.0) * 10.0) as u8;
        let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
        if tenth > *told {
            *told = tenth;
            note(&format!("history: {} %", u32::from(tenth) * 10));
        }
    }
}
