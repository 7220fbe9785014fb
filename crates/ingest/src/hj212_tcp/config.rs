//! The listener, its limits, and what the wire does not say about each device.

use std::{
    collections::{BTreeMap, HashMap},
    net::{Ipv4Addr, SocketAddr},
    time::Duration,
};

use domain::Provenance;
use hj212::{Edition, Key, KeyRing};
use serde::Deserialize;

use super::factors;
use crate::{Secret, units};

/// The HJ 212 listener, `[ingest.hj212_tcp]`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Whether to listen at all. Default: false.
    pub enabled: bool,
    /// Address and port. Default: `127.0.0.1:9212`, reachable from this machine alone: the
    /// protocol belongs behind the district's gateway, never on the open internet.
    pub listen: SocketAddr,
    /// Connections at a time. Default: 1024.
    pub max_connections: usize,
    /// Connections at a time from one address; a gateway bundles many devices. Default: 256.
    pub max_connections_per_address: usize,
    /// Seconds without a valid frame after which a connection is closed, at least 600: three
    /// times the longest reporting interval. Default: 10800, for hourly reports. A connection
    /// that has brought none yet is closed after a minute.
    pub idle_timeout_s: u64,
    /// Whether a device that asks (1013) is sent the time (1012). Default: false, because a
    /// second clock that sets a logger does more harm than none.
    pub send_time: bool,
    /// The devices that are let in. Default: none.
    pub devices: Vec<Device>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            enabled: false,
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 9212)),
            max_connections: 1024,
            max_connections_per_address: 256,
            idle_timeout_s: 3 * 3600,
            send_time: false,
            devices: Vec::new(),
        }
    }
}

/// One field device, `[[ingest.hj212_tcp.devices]]`: what stands on no wire.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Device {
    /// Its MN, exactly as it sends it. No default.
    pub mn: String,
    /// Its PW; a label rather than a secret, yet kept out of every log. No default.
    pub password: Secret,
    /// The code of the station it stands at. No default.
    pub station: String,
    /// Which protocol it follows; never guessed from Flag. Default: `2017`.
    pub profile: Profile,
    /// The unit of each factor it sends, by the factor's code as sent, e.g.
    /// `a34004 = "µg/m³"`. Required: the standard's default for PM is ng/m³, most instruments
    /// send µg/m³. A factor without a unit is refused and counted. Default: none.
    pub units: BTreeMap<String, String>,
    /// Other names it sends for factors, e.g. `PM25 = "a34004"`. Default: none.
    pub aliases: BTreeMap<String, String>,
    /// Length of its minute data (2051) in minutes. Default: 10.
    pub minute_interval: u32,
    /// How many hours old its data may be; older periods are marked as a clock error. Raise it
    /// while a logger replays its memory. Default: 72.
    pub history_hours: u32,
    /// `measured`, or `simulated` for the demonstration's devices. Default: `measured`.
    pub provenance: Provenance,
    /// Its SM4 key, 32 hexadecimal digits, if it encrypts (HJ 212-2025). Default: none.
    pub sm4_key: Secret,
}

impl Default for Device {
    fn default() -> Self {
        Self {
            mn: String::new(),
            password: Secret::default(),
            station: String::new(),
            profile: Profile::V2017,
            units: BTreeMap::new(),
            aliases: BTreeMap::new(),
            minute_interval: 10,
            history_hours: 72,
            provenance: Provenance::Measured,
            sm4_key: Secret::default(),
        }
    }
}

/// Which protocol a device follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Profile {
    /// HJ/T 212-2005.
    #[serde(rename = "2005")]
    V2005,
    /// HJ 212-2017.
    #[serde(rename = "2017")]
    V2017,
    /// HJ 212-2025.
    #[serde(rename = "2025")]
    V2025,
    /// The surface-water stations' protocol (HJ 1404-2024 and before it): one analysis every
    /// four hours, sent as hourly data; an instant, not a mean.
    #[serde(rename = "surface-water")]
    SurfaceWater,
}

impl Profile {
    /// The edition whose data marks it uses. That the surface-water protocol shares those of
    /// 2017 is seen on the wire; its text was not at hand.
    pub(super) fn marks(self) -> Edition {
        match self {
            Self::V2005 => Edition::V2005,
            Self::V2017 | Self::SurfaceWater => Edition::V2017,
            Self::V2025 => Edition::V2025,
        }
    }
}

/// What is wrong with the configuration, with its place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// A setting outside its range.
    #[error("ingest.hj212_tcp.{key} is {value}; it must be {wanted}")]
    Setting {
        /// The key.
        key: &'static str,
        /// Its value.
        value: String,
        /// What it may be.
        wanted: &'static str,
    },
    /// A device without one of the things it needs.
    #[error("ingest.hj212_tcp.devices: {mn:?} {what}")]
    Device {
        /// The device's MN.
        mn: String,
        /// What is wrong and what to do.
        what: String,
    },
}

impl Config {
    /// Checks what the types cannot.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] for limits of zero, an idle timeout under ten minutes, and for a device
    /// without MN, password or station, with a doubled MN, a unit its factor cannot have, a
    /// minute interval the standard does not allow, or a key that is not 32 hexadecimal digits.
    pub fn check(&self) -> Result<(), ConfigError> {
        let setting = |key, value: String, wanted| ConfigError::Setting { key, value, wanted };
        if self.idle_timeout_s < 600 {
            return Err(setting("idle_timeout_s", self.idle_timeout_s.to_string(), "at least 600"));
        }
        for (key, value) in [
            ("max_connections", self.max_connections),
            ("max_connections_per_address", self.max_connections_per_address),
        ] {
            if value == 0 {
                return Err(setting(key, "0".into(), "at least 1"));
            }
        }
        let mut seen = HashMap::new();
        for device in &self.devices {
            device.check()?;
            if seen.insert(&device.mn, ()).is_some() {
                return Err(device.fault("is listed twice; remove one entry"));
            }
        }
        Ok(())
    }

    pub(super) fn idle_timeout(&self) -> Duration {
        Duration::from_secs(self.idle_timeout_s)
    }

    /// The keys of the devices that encrypt.
    pub(super) fn keys(&self) -> KeyRing {
        let mut keys = KeyRing::default();
        for device in &self.devices {
            if let Some(key) = key_of(device.sm4_key.reveal()) {
                keys.insert(device.mn.clone(), key);
            }
        }
        keys
    }
}

/// Table 4 of HJ 212-2017: the minute intervals there are.
const MINUTE_INTERVALS: [u32; 11] = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30];

impl Device {
    fn check(&self) -> Result<(), ConfigError> {
        if self.mn.is_empty() {
            return Err(self.fault("has no mn; enter it exactly as the device sends it"));
        }
        if self.station.is_empty() {
            return Err(self.fault("has no station; name the station it stands at"));
        }
        if self.password.is_empty() {
            return Err(self.fault("has no password; enter the PW it sends"));
        }
        if !MINUTE_INTERVALS.contains(&self.minute_interval) {
            let given = self.minute_interval;
            let allowed = "1, 2, 3, 4, 5, 6, 10, 12, 15, 20 or 30";
            return Err(
                self.fault(&format!("has minute_interval {given}; HJ 212 allows {allowed}"))
            );
        }
        let key = self.sm4_key.reveal();
        if !key.is_empty() && key_of(key).is_none() {
            return Err(self.fault("has an sm4_key that is not 32 hexadecimal digits"));
        }
        for (factor, unit) in &self.units {
            let known = self.aliases.get(factor).unwrap_or(factor);
            let item = factors::item(known).ok_or_else(|| {
                self.fault(&format!("has a unit for {factor}, which is no known factor or alias"))
            })?;
            if !units::fits(unit, item) {
                let own = item.unit();
                return Err(self.fault(&format!(
                    "has unit {unit:?} for {factor} ({}), which does not convert into {own:?}",
                    item.key(),
                )));
            }
        }
        Ok(())
    }

    fn fault(&self, what: &str) -> ConfigError {
        ConfigError::Device { mn: self.mn.clone(), what: what.to_owned() }
    }
}

fn key_of(digits: &str) -> Option<Key> {
    let mut key = Key::default();
    if digits.len() != 2 * key.len() || !digits.is_ascii() {
        return None;
    }
    for (place, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(digits.get(2 * place..2 * place + 2)?, 16).ok()?;
    }
    Some(key)
}
