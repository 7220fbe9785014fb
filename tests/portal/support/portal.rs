//! The portal itself: the server's own parts, in this process, on ports of its own.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Instant,
};

use contract::{paths, public::Feeds, push::PushOutcome};
use domain::Provenance;
use ingest::{Clock, Secret, demonstration, hj212_tcp};
use jiff::{SignedDuration, Timestamp};
use reqwest::{Client, Method, RequestBuilder};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use server::{
    app::App,
    commands::keys,
    config::Config,
    keys as keys_of_the_server,
    portal::{Kind, Portal as Running},
    profile::{Profile, Via},
};
use tempfile::TempDir;
use tokio::net::{TcpListener, TcpSocket};

use super::{AIR, Answer, Device, RIVER, SIMULATED, Stream, at};

/// An air station of the profile.
pub(crate) const STATION: &str = "1424A";
/// A section of the profile: a river with target class II.
pub(crate) const RIVER_SECTION: &str = "A500107_0001";

/// What the portal's clock shows at the start of a story: a quarter past two in Beijing.
const BEGIN: &str = "2026-11-23T14:15:00+08:00";

/// A running portal. Dropping it stops it.
pub(crate) struct Portal {
    running: Option<Running>,
    client: Client,
    address: SocketAddr,
    base_path: String,
    key: String,
    folder: PathBuf,
    /// Seconds that a story let pass at once.
    ahead: Arc<AtomicI64>,
    _temporary: Option<TempDir>,
}

impl Portal {
    /// A portal with three instruments and one gateway, and no data.
    pub(crate) async fn start() -> Self {
        Self::with(|_| {}).await
    }

    /// The same with its configuration changed.
    pub(crate) async fn with(change: impl FnOnce(&mut Config)) -> Self {
        Self::at_time(BEGIN, change).await
    }

    /// The same at another time.
    pub(crate) async fn at_time(begin: &str, change: impl FnOnce(&mut Config)) -> Self {
        Self::of(Profile::demonstration().unwrap(), begin, change).await
    }

    /// The same for another place, too.
    pub(crate) async fn of(
        profile: Profile,
        begin: &str,
        change: impl FnOnce(&mut Config),
    ) -> Self {
        let mut config = Config::default();
        config.ingest.hj212_tcp.devices = instruments();
        change(&mut config);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Self::boot(begin, config, profile, listener, Kind::Real).await
    }

    /// A demonstration of another place, without any data.
    pub(crate) async fn showing(profile: Profile, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config::default();
        change(&mut config);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Self::boot(BEGIN, config, profile, listener, Kind::Demonstration).await
    }

    /// A portal whose system keeps little of what a reader has not yet taken.
    pub(crate) async fn with_small_buffers(change: impl FnOnce(&mut Config)) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_send_buffer_size(4_096).unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let mut config = Config::default();
        config.ingest.hj212_tcp.devices = instruments();
        change(&mut config);
        let profile = Profile::demonstration().unwrap();
        Self::boot(BEGIN, config, profile, socket.listen(64).unwrap(), Kind::Real).await
    }

    /// A demonstration with two days of history.
    pub(crate) async fn demonstration() -> Self {
        let profile = Profile::demonstration().unwrap();
        let stations: Vec<_> = profile.stations.iter().filter_map(played).collect();
        let mut config = Config::default();
        config.ingest.hj212_tcp.devices = demonstration::devices(&stations, 24 * 30);
        take_reports(&mut config);
        config.reports.identity_recipient = RECIPIENT.to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let portal = Self::boot(BEGIN, config, profile, listener, Kind::Demonstration).await;
        let endpoints = demonstration::Endpoints {
            hj212: portal.collector(),
            http: portal.url(paths::READINGS),
            key: Secret::new(portal.key.clone()),
        };
        let generator = demonstration::Generator::new(7, stations);
        let (from, to) = (at("2026-11-21T16:00:00Z"), at("2026-11-23T06:00:00Z"));
        demonstration::play_history(&generator, &endpoints, from, to, |_| {}).await.unwrap();
        portal
    }

    async fn boot(
        begin: &str,
        mut config: Config,
        profile: Profile,
        listener: TcpListener,
        kind: Kind,
    ) -> Self {
        let temporary = TempDir::new().unwrap();
        let given = config.server.data_dir != Config::default().server.data_dir;
        if !given {
            config.server.data_dir = temporary.path().to_owned();
        }
        config.ingest.hj212_tcp.enabled = true;
        config.ingest.hj212_tcp.listen = "127.0.0.1:0".parse().unwrap();
        let (folder, base_path) = (config.server.data_dir.clone(), config.base_path());
        let address = listener.local_addr().unwrap();
        if config.reports.enabled {
            keys_of_the_server::make(&folder).unwrap();
        }
        let ahead = Arc::new(AtomicI64::new(0));
        let clock = clock(begin, ahead.clone());
        let running = Running::start_by(clock, config, Arc::new(profile), listener, kind);
        let running = running.await.unwrap();
        let key = keys::add(&running.app.store, "gateway", Vec::new()).await.unwrap();
        let client = ingest::http_client().build().unwrap();
        let running = Some(running);
        let _temporary = Some(temporary);
        Self { running, client, address, base_path, key, folder, ahead, _temporary }
    }

    fn running(&self) -> &Running {
        self.running.as_ref().expect("the portal has not been stopped")
    }

    /// What the portal's handlers share.
    pub(crate) fn app(&self) -> &App {
        &self.running().app
    }

    /// The store behind the portal, for what is shown to no reader.
    pub(crate) fn store(&self) -> &store::Store {
        &self.app().store
    }

    /// The portal's clock.
    pub(crate) fn now(&self) -> Timestamp {
        self.app().clock.now()
    }

    /// Lets time pass at once.
    pub(crate) fn pass(&self, time: SignedDuration) {
        self.ahead.fetch_add(time.as_secs(), Ordering::SeqCst);
    }

    /// Where instruments connect.
    pub(crate) fn collector(&self) -> SocketAddr {
        self.running().hj212.expect("the collector runs")
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The folder of its data.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// A key for the portal's interface.
    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    /// The address of `path` below the base path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{}{path}", self.address, self.base_path)
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, self.url(path))
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, path).send().await.unwrap()).await
    }

    /// The body of an answer that must be a success.
    pub(crate) async fn read<T: DeserializeOwned>(&self, path: &str) -> T {
        let answer = self.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.read()
    }

    /// Pushes rows with the gateway's key.
    pub(crate) async fn push(&self, rows: Vec<Value>) -> PushOutcome {
        let answer = self.push_as(&self.key, "", json!({ "readings": rows })).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.read()
    }

    /// Pushes rows all of which must be taken.
    pub(crate) async fn push_good(&self, rows: Vec<Value>) {
        let count = rows.len();
        let outcome = self.push(rows).await;
        let taken = outcome.stored + outcome.revised + outcome.duplicate;
        assert_eq!((taken, outcome.rejected), (count, Vec::new()));
    }

    /// Posts `body` with a key; `query` begins with `?`.
    pub(crate) async fn push_as(&self, key: &str, query: &str, body: Value) -> Answer {
        let path = format!("{}{query}", paths::READINGS);
        let request = self.request(Method::POST, &path).bearer_auth(key).json(&body);
        Answer::of(request.send().await.unwrap()).await
    }

    /// An instrument's connection.
    pub(crate) async fn device(&self) -> Device {
        Device::connect(self.collector()).await
    }

    /// A reader of the live events, from `last_seen` on.
    pub(crate) async fn subscribe(&self, last_seen: Option<i64>) -> Stream {
        let mut request = self.request(Method::GET, paths::LIVE);
        if let Some(id) = last_seen {
            request = request.header("last-event-id", id);
        }
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Stream::new(response)
    }

    /// How many things a feed has refused for that reason.
    pub(crate) async fn refused(&self, feed: &str, reason: &str) -> u64 {
        let feeds: Feeds = self.read(paths::FEEDS).await;
        let feed = feeds.feeds.into_iter().find(|known| known.key == feed).expect(feed);
        feed.rejected.iter().find(|r| r.reason == reason).map_or(0, |r| r.count)
    }

    /// A counter or gauge of the portal's metrics.
    pub(crate) async fn metric(&self, name: &str) -> f64 {
        let answer = self.get("metrics").await;
        let mut lines = answer.text().lines();
        let line = lines.find(|line| line.starts_with(name)).expect(name);
        line.rsplit(' ').next().unwrap().parse().unwrap()
    }

    /// Lets everything finish, as SIGTERM does.
    pub(crate) async fn stop(&mut self) {
        self.running.take().expect("the portal has not been stopped").stop().await.unwrap();
    }

    /// Takes the part that stops, so that a story can go on while it does.
    pub(crate) fn take_running(&mut self) -> Running {
        self.running.take().expect("the portal has not been stopped")
    }
}

/// The recipient that the age crate's own tests use.
const RECIPIENT: &str = "age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa";

/// Switches reports on, by a handler that is named.
pub(crate) fn take_reports(config: &mut Config) {
    config.reports.enabled = true;
    config.reports.controller = domain::Text::new("碧蓝演示站", "Bilan demonstration site");
    config.reports.controller_contact = domain::Text::new("12345", "12345");
}

/// A clock that shows `begin` now and goes on, and `ahead` seconds more.
fn clock(begin: &str, ahead: Arc<AtomicI64>) -> Clock {
    let (begin, started) = (at(begin), Instant::now());
    Clock::new(move || {
        let passed = SignedDuration::try_from(started.elapsed()).unwrap();
        begin + passed + SignedDuration::from_secs(ahead.load(Ordering::SeqCst))
    })
}

fn instruments() -> Vec<hj212_tcp::Device> {
    let units = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(factor, unit)| ((*factor).to_owned(), (*unit).to_owned())).collect()
    };
    let air = units(&[
        ("a34004", "µg/m³"),
        ("a34002", "µg/m³"),
        ("a21026", "µg/m³"),
        ("a21004", "µg/m³"),
        ("a05024", "µg/m³"),
        ("a21005", "mg/m³"),
    ]);
    let river = units(&[
        ("w01001", ""),
        ("w01009", "mg/L"),
        ("w01019", "mg/L"),
        ("w21003", "mg/L"),
        ("w21011", "mg/L"),
    ]);
    let device = |sender: super::device::Sender, station: &str, units| hj212_tcp::Device {
        mn: sender.mn.to_owned(),
        password: Secret::new(sender.password),
        station: station.to_owned(),
        units,
        ..hj212_tcp::Device::default()
    };
    let surface_water = hj212_tcp::Profile::SurfaceWater;
    vec![
        device(AIR, STATION, air),
        hj212_tcp::Device { profile: surface_water, ..device(RIVER, RIVER_SECTION, river.clone()) },
        hj212_tcp::Device {
            profile: surface_water,
            provenance: Provenance::Simulated,
            ..device(SIMULATED, "JLP-TAOHUA", river)
        },
    ]
}

/// A station of the profile as the demonstration plays it.
fn played(station: &server::profile::StationProfile) -> Option<demonstration::Station> {
    let played = station.demonstration?;
    let via = match played.via {
        Via::Http => demonstration::Via::Http,
        Via::Hj212 => {
            demonstration::Via::Hj212 { mn: station.code.clone(), password: Secret::new("tk-demo") }
        }
    };
    Some(demonstration::Station { code: station.code.clone(), character: played.character, via })
}
