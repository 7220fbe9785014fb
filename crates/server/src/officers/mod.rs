//! Staff: who may sign in, what they may do, and everything they do to reports.

pub mod accounts;
pub mod audit;
pub mod cases;
pub mod device;
pub mod hands;
pub mod lockout;
pub mod names;
pub mod password;
pub mod record;
pub mod rewards;
pub mod session;
pub mod sign_in;
pub mod stale;
pub mod statistics;
pub mod token;
pub mod totp;
pub mod vault;
pub mod webhooks;

use contract::problem::Code;
use jiff::{SignedDuration, Timestamp};

use self::{
    device::Devices,
    lockout::Strangers,
    password::{PasswordError, Passwords},
    record::Imports,
    token::Cookie,
    vault::Vault,
};
use crate::{app::App, config::Config, keys::Key, limits::ClientRate, problem::Problem};

/// Attempts to sign in that one client may make in a minute; an office behind one address has several people.
const ATTEMPTS_PER_MINUTE: u32 = 20;

/// What sign-in and sessions need.
pub struct Officers {
    passwords: Passwords,
    strangers: Strangers,
    devices: Devices,
    vault: Vault,
    csrf: Key,
    cookie: Cookie,
    idle: SignedDuration,
    longest: SignedDuration,
    /// Attempts are compared one after the other.
    signing_in: tokio::sync::Mutex<()>,
    /// Attempts of one client.
    pub attempts: ClientRate,
    /// Lists of issues that are looked at and imported.
    pub imports: Imports,
}

impl Officers {
    /// Ready for staff to sign in.
    ///
    /// # Errors
    ///
    /// When the operating system gives no randomness.
    pub fn new(config: &Config, session_key: &Key) -> Result<Self, PasswordError> {
        // Without an address, TLS is supposed: a cookie without `Secure` is for a machine's own browser.
        let secure = !config.server.public_url.starts_with("http://");
        let cookie = Cookie::new(&config.base_path(), secure);
        Ok(Self {
            devices: Devices::new(session_key.derive("device"), cookie.of_devices()),
            passwords: Passwords::new()?,
            strangers: Strangers::default(),
            vault: Vault::new(session_key),
            csrf: session_key.derive("csrf"),
            cookie,
            idle: SignedDuration::from_mins(config.officers.idle_minutes.into()),
            longest: SignedDuration::from_mins(config.officers.longest_minutes.into()),
            signing_in: tokio::sync::Mutex::default(),
            attempts: ClientRate::per_minute(ATTEMPTS_PER_MINUTE),
            imports: Imports::default(),
        })
    }

    /// Seals the secrets of authenticators.
    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    /// Browsers that have signed in before.
    pub fn devices(&self) -> &Devices {
        &self.devices
    }

    /// When a session that began at `created` and is used at `now` ends without further use.
    fn expires(&self, created: Timestamp, now: Timestamp) -> Timestamp {
        let last = |from: Timestamp, length| from.checked_add(length).unwrap_or(Timestamp::MAX);
        last(created, self.longest).min(last(now, self.idle))
    }
}

impl App {
    /// Staff's side of the portal; it is closed where reports are not taken.
    pub fn officers(&self) -> Result<&Officers, Problem> {
        self.officers.as_ref().ok_or_else(|| Problem::new(Code::FormClosed))
    }
}
