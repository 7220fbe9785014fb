//! The running portal: store, sources, intake, jobs and the web server, started and stopped
//! together.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use anyhow::{Context, Result};
use domain::{Provenance, Text};
use ingest::{
    Clock, FeedHealth, QualityControl, cnemc_air, hj212_tcp,
    polling::{BeforeAsking, Installation},
    surface_water,
};
use store::StationRow;
use tokio::{
    net::TcpListener,
    sync::{Semaphore, mpsc, oneshot, watch},
    task::JoinHandle,
};

use crate::{
    app::{App, Shared, Versions},
    clock, commands,
    config::Config,
    edge::PagePolicy,
    embeds::Embeds,
    front::{assets::Assets, console::Console, shell::Shell},
    hot::Hot,
    intake, jobs,
    keys::{self, Keys, KeysError},
    limits::ClientRate,
    listener, live,
    memo::Memo,
    metrics::Metrics,
    officers::{Officers, webhooks},
    photos::Photos,
    profile::Profile,
    record::Record,
    reports::Reports,
    routes,
    shares::Shares,
    views::feed::FeedFacts,
    work,
};

/// Whether numbers are real.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `bilan serve`.
    Real,
    /// `bilan demo`: everything is simulated.
    Demonstration,
}

/// A running portal.
pub struct Portal {
    /// What the handlers share.
    pub app: App,
    /// Where instruments connect, if the collector runs.
    pub hj212: Option<SocketAddr>,
    stop: watch::Sender<bool>,
    /// Sources and the web server: they end by themselves when told to stop.
    tasks: Vec<JoinHandle<()>>,
    intake: JoinHandle<()>,
    close_intake: oneshot::Sender<()>,
}

impl Portal {
    /// Opens the store and starts the intake alone: for commands that bring data and end.
    pub async fn store_only(config: Config, profile: Arc<Profile>, kind: Kind) -> Result<Self> {
        Self::opened(Clock::new(clock::now), config, profile, kind).await
    }

    async fn opened(
        clock: Clock,
        config: Config,
        profile: Arc<Profile>,
        kind: Kind,
    ) -> Result<Self> {
        let store = commands::open(&config).await?;
        store.sync_stations(rows(&profile)?).await?;
        let (stop, stopped) = watch::channel(false);
        let (sender, deliveries) = mpsc::channel(config.ingest.queue.deliveries.max(1));
        let keys = own_keys(&config, kind)?;
        let photos =
            Photos::open(&config.server.data_dir, config.reports.rates.uploads_per_client)?;
        let officers =
            keys.as_ref().map(|keys| Officers::new(&config, &keys.session)).transpose()?;
        let own = (keys, photos, officers);
        let app = app(clock, (config, profile, kind), own, store, sender, stopped);
        jobs::resume_health(&app).await?;
        let (close_intake, closing) = oneshot::channel();
        let intake = tokio::spawn(intake::run(app.clone(), deliveries, closing));
        Ok(Self { app, hj212: None, stop, tasks: Vec::new(), intake, close_intake })
    }

    /// Starts everything; the portal answers on `listener` from now on.
    pub async fn start(
        config: Config,
        profile: Arc<Profile>,
        listener: TcpListener,
        kind: Kind,
    ) -> Result<Self> {
        Self::start_by(Clock::new(clock::now), config, profile, listener, kind).await
    }

    /// Starts everything by a clock of the caller's: editions and ages depend on the day.
    pub async fn start_by(
        clock: Clock,
        config: Config,
        profile: Arc<Profile>,
        listener: TcpListener,
        kind: Kind,
    ) -> Result<Self> {
        let mut portal = Self::opened(clock, config, profile, kind).await?;
        let app = portal.app.clone();
        let seen = app.store.newest_event_id().await?;
        portal.tasks.push(tokio::spawn(live::run(app.clone(), seen)));
        portal.tasks.push(tokio::spawn(jobs::run(app.clone())));
        portal.tasks.push(tokio::spawn(webhooks::run(app.clone())));
        portal.collect_hj212().await?;
        portal.poll().await?;
        let server = &app.config.server;
        let limits = listener::Limits {
            connections: server.max_connections.max(1),
            per_client: server.max_connections_per_client,
            proxies: server.trusted_proxies.clone(),
            write: Duration::from_secs(server.write_timeout_s.max(1)),
            head: Duration::from_secs(server.head_timeout_s.max(1)),
            shutdown: Duration::from_secs(server.shutdown_timeout_s),
        };
        let ending = app.clone();
        let stopping = async move { ending.stopped().await };
        let edge = routes::all(app);
        portal.tasks.push(tokio::spawn(listener::serve(listener, edge, limits, stopping)));
        // A demonstration is ready once its history is in.
        portal.app.ready.store(kind == Kind::Real, Ordering::Release);
        Ok(portal)
    }

    async fn collect_hj212(&mut self) -> Result<()> {
        let config = self.app.config.ingest.hj212_tcp.clone();
        if !config.enabled {
            return Ok(());
        }
        let listener = TcpListener::bind(config.listen)
            .await
            .with_context(|| format!("ingest.hj212_tcp.listen {}", config.listen))?;
        self.hj212 = Some(listener.local_addr()?);
        config.check()?;
        let wiring = self.app.wiring(hj212_tcp::FEED);
        self.tasks.push(tokio::spawn(async move {
            if let Err(error) = hj212_tcp::serve(listener, config, wiring).await {
                tracing::error!(%error, "the HJ 212 collector does not run");
            }
        }));
        Ok(())
    }

    /// Starts the pollers of the national feeds that are switched on.
    async fn poll(&mut self) -> Result<()> {
        let known = self.app.store.feed_statuses().await?;
        let installation = |feed: &'static str| Installation {
            name: self.app.config.server.data_dir.display().to_string(),
            last_asked: known.iter().find(|s| s.feed == feed).map(|s| s.last_try),
            before_asking: note_tries(&self.app, feed),
        };
        let air = self.app.config.ingest.cnemc_air.clone();
        if air.enabled {
            let (wiring, place) = (self.app.wiring(cnemc_air::FEED), installation(cnemc_air::FEED));
            let air = with_stations(air, &self.app.profile);
            self.tasks.push(tokio::spawn(async move {
                if let Err(error) = cnemc_air::run(air, place, wiring).await {
                    tracing::error!(%error, "the national air feed is not polled");
                }
            }));
        }
        let water = self.app.config.ingest.surface_water.clone();
        if water.enabled {
            let feed = surface_water::FEED;
            let (wiring, place) = (self.app.wiring(feed), installation(feed));
            let water = with_sections(water, &self.app.profile);
            self.tasks.push(tokio::spawn(async move {
                if let Err(error) = surface_water::run(water, place, wiring).await {
                    tracing::error!(%error, "the national water feed is not polled");
                }
            }));
        }
        Ok(())
    }

    /// Lets requests and frames finish, stores what has come in, and closes the store.
    pub async fn stop(self) -> Result<()> {
        let _ = self.stop.send(true);
        for task in self.tasks {
            // A task that panicked has been reported by its panic.
            let _ = task.await;
        }
        let _ = self.close_intake.send(());
        let _ = self.intake.await;
        Ok(self.app.store.close().await?)
    }
}

/// Writes each try down before the request goes out: a server that dies over the answer and
/// starts again must not ask again at once.
fn note_tries(app: &App, feed: &'static str) -> BeforeAsking {
    let store = app.store.clone();
    BeforeAsking::new(move |now| {
        let store = store.clone();
        async move {
            if let Err(error) = store.feed_tried(feed, now).await {
                tracing::error!(%error, feed, "a try cannot be noted");
            }
        }
    })
}

/// The feed lists a whole city; without a choice of its own the operator means the profile's.
fn with_stations(mut air: cnemc_air::Config, profile: &Profile) -> cnemc_air::Config {
    if air.stations.is_empty() {
        air.stations = profile.stations.iter().map(|station| station.code.clone()).collect();
    }
    air
}

/// The profile's published sections beside those of the configuration.
fn with_sections(mut water: surface_water::Config, profile: &Profile) -> surface_water::Config {
    for station in &profile.stations {
        water.sections.extend(station.published.iter().map(|published| surface_water::Section {
            province: published.province.clone(),
            name: published.name.clone(),
            code: station.code.clone(),
        }));
    }
    water
}

fn rows(profile: &Profile) -> Result<Vec<StationRow>> {
    let row = |station: &crate::profile::StationProfile| {
        Ok(StationRow {
            code: station.code.clone(),
            kind: serde_json::to_value(station.kind)?.as_str().unwrap_or_default().to_owned(),
            body: serde_json::json!({ "name": station.name, "place": station.place }).to_string(),
        })
    };
    profile.stations.iter().map(row).collect()
}

/// The server's keys. A demonstration makes its own; a real portal's are made once, by `bilan keygen`.
fn own_keys(config: &Config, kind: Kind) -> Result<Option<Keys>> {
    let folder = &config.server.data_dir;
    if kind == Kind::Demonstration {
        keys::make(folder)?;
    }
    match keys::read(folder) {
        Ok(keys) => Ok(Some(keys)),
        Err(KeysError::Missing(_)) if !config.reports.enabled => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn app(
    clock: Clock,
    (config, profile, kind): (Config, Arc<Profile>, Kind),
    (keys, photos, officers): (Option<Keys>, Photos, Option<Officers>),
    store: store::Store,
    intake: mpsc::Sender<ingest::Delivery>,
    stop: watch::Receiver<bool>,
) -> App {
    let assets = Assets::embedded();
    let shell = Shell::new(assets.portal().page, &config.base_path());
    let tiles = [config.basemap.url.as_str(), config.basemap.labels_url.as_str()];
    let policy = PagePolicy::portal(&assets.portal().inline, &tiles);
    let console = Console::new(assets.console(), &config.base_path(), &tiles);
    App::new(Shared {
        clock,
        hub: live::Hub::default(),
        metrics: Metrics::default(),
        versions: Versions::default(),
        bodies: Hot::default(),
        pages: Hot::default(),
        year: Memo::default(),
        months: Memo::default(),
        first_year: Memo::default(),
        policy,
        embeds: Embeds::new(&config.embed),
        assets,
        shell,
        console,
        workers: Arc::new(Semaphore::new(work::workers())),
        streams: Shares::of(config.server.max_subscribers_per_client),
        series_rate: ClientRate::per_minute(config.server.series_per_minute),
        intake,
        quality: QualityControl::new(),
        feeds: feeds(&config, kind),
        photos,
        reports: Reports::new(&config.reports, &profile, keys.as_ref()),
        record: Record::new(profile.record.rules),
        keys,
        officers,
        demonstration: kind == Kind::Demonstration,
        ready: AtomicBool::new(false),
        stop,
        store,
        profile,
        config,
    })
}

fn feeds(config: &Config, kind: Kind) -> Vec<(FeedFacts, FeedHealth)> {
    let measured = match kind {
        Kind::Real => Provenance::Measured,
        Kind::Demonstration => Provenance::Simulated,
    };
    let ingest = &config.ingest;
    let fact = |key, zh: &str, en: &str, enabled, expected_interval_s, provenance| {
        let name = Text::new(zh, en);
        (FeedFacts { key, name, enabled, expected_interval_s, provenance }, FeedHealth::new())
    };
    vec![
        fact(
            hj212_tcp::FEED,
            "现场仪器（HJ 212）",
            "Instruments (HJ 212)",
            ingest.hj212_tcp.enabled,
            3_600,
            measured,
        ),
        fact(
            routes::readings::FEED,
            "数据推送接口",
            "Pushed batches",
            ingest.http_push.enabled,
            3_600,
            measured,
        ),
        fact(
            cnemc_air::FEED,
            "全国空气质量实时发布",
            "National air feed",
            ingest.cnemc_air.enabled,
            3_600,
            Provenance::Imported,
        ),
        fact(
            surface_water::FEED,
            "国家地表水自动监测",
            "National surface-water feed",
            ingest.surface_water.enabled,
            14_400,
            Provenance::Imported,
        ),
    ]
}

/// Resolves when the process is asked to end.
pub async fn told_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
        }
        Err(error) => {
            tracing::warn!(%error, "SIGTERM cannot be heard; only Ctrl-C ends the portal");
            let _ = interrupt.await;
        }
    }
}
