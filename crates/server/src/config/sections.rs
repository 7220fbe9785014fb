//! The configuration's sections. Each field's default and meaning also stand in
//! `reference::KEYS`, from which `docs/configuration.md` is written.

use std::{net::SocketAddr, path::PathBuf};

use domain::Text;
use serde::Deserialize;

use super::{Network, Reports};

/// Everything an operator can set.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct Config {
    /// How the portal is served.
    pub server: Server,
    /// Site identifiers and whether they may be missing.
    pub site: Site,
    /// Where data enters.
    pub ingest: Ingest,
    /// How long things are kept.
    pub store: Store,
    /// The base map of the map pages.
    pub basemap: Basemap,
    /// Reports from the public.
    pub reports: Reports,
    /// Sessions of staff.
    pub officers: Officers,
    /// Widgets in other sites.
    pub embed: Embed,
    /// What is logged, and how.
    pub log: Log,
}

/// How the portal is served.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default)]
pub struct Server {
    pub listen: SocketAddr,
    pub base_path: String,
    pub public_url: String,
    pub data_dir: PathBuf,
    pub profile: PathBuf,
    pub max_connections: usize,
    pub max_connections_per_client: usize,
    pub head_timeout_s: u64,
    pub request_timeout_s: u64,
    pub write_timeout_s: u64,
    pub shutdown_timeout_s: u64,
    pub max_body_bytes: usize,
    pub series_per_minute: u32,
    pub max_subscribers: usize,
    pub max_subscribers_per_client: usize,
    pub trusted_proxies: Vec<Network>,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            base_path: "/".into(),
            public_url: String::new(),
            data_dir: PathBuf::from("/var/lib/bilan"),
            profile: PathBuf::new(),
            max_connections: 10_000,
            max_connections_per_client: 500,
            head_timeout_s: 10,
            request_timeout_s: 30,
            write_timeout_s: 30,
            shutdown_timeout_s: 10,
            max_body_bytes: 2 * 1024 * 1024,
            series_per_minute: 240,
            max_subscribers: 8_000,
            max_subscribers_per_client: 200,
            trusted_proxies: Vec::new(),
        }
    }
}

/// Widgets in other sites.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default)]
pub struct Embed {
    pub allowed_hosts: Vec<String>,
}

impl Default for Embed {
    fn default() -> Self {
        Self { allowed_hosts: vec!["*".into()] }
    }
}

/// Site identifiers and whether they may be missing.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct Site {
    pub allow_missing_identifiers: bool,
}

/// Where data enters.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct Ingest {
    pub queue: Queue,
    pub hj212_tcp: ingest::hj212_tcp::Config,
    pub http_push: HttpPush,
    pub cnemc_air: ingest::cnemc_air::Config,
    pub surface_water: ingest::surface_water::Config,
    pub demonstration: Demonstration,
}

/// The one bounded channel between sources and store.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default)]
pub struct Queue {
    pub deliveries: usize,
}

impl Default for Queue {
    fn default() -> Self {
        Self { deliveries: 1_024 }
    }
}

/// Batches over HTTP with an API key.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default)]
pub struct HttpPush {
    pub enabled: bool,
}

impl Default for HttpPush {
    fn default() -> Self {
        Self { enabled: true }
    }
}

/// The demonstration's generator. `bilan serve` refuses it.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct Demonstration {
    pub enabled: bool,
}

/// How long things are kept.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default)]
pub struct Store {
    pub hot_days: u16,
    pub readers: usize,
    pub most_mebibytes: u32,
}

impl Default for Store {
    fn default() -> Self {
        Self { hot_days: 1, readers: 2, most_mebibytes: 0 }
    }
}

/// The base map. Empty `url`: stations and rivers on a plain ground.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default)]
pub struct Basemap {
    pub url: String,
    pub labels_url: String,
    pub attribution: Text,
    pub max_zoom: u8,
    pub key: ingest::Secret,
}

impl Default for Basemap {
    fn default() -> Self {
        Self {
            url: String::new(),
            labels_url: String::new(),
            attribution: Text::default(),
            max_zoom: 18,
            key: ingest::Secret::default(),
        }
    }
}

/// Sessions of staff.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Officers {
    pub idle_minutes: u16,
    pub longest_minutes: u16,
}

impl Default for Officers {
    fn default() -> Self {
        Self { idle_minutes: 30, longest_minutes: 720 }
    }
}

/// What is logged, and how.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default)]
pub struct Log {
    pub filter: String,
    /// `text` or `json`.
    pub format: String,
}

impl Default for Log {
    fn default() -> Self {
        Self { filter: "info".into(), format: "text".into() }
    }
}
