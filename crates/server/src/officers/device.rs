//! Browsers that have signed an account in before. Failures of others do not lock them out: whoever knows an officer's
//! name could else keep the account locked for as long as they like.

use axum::http::{HeaderMap, HeaderValue};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::canonical::hex;
use jiff::Timestamp;

use super::{lockout::Strangers, token::Cookie};
use crate::keys::{Key, random};

/// Days that a browser is known without signing in.
const DAYS: i64 = 180;

/// Knows browsers by a cookie that says nothing but that; it opens no session.
#[derive(Debug)]
pub struct Devices {
    key: Key,
    cookie: Cookie,
    failures: Strangers,
}

/// A browser that has signed `name` in before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device(String);

impl Devices {
    /// Cookies made under `key`, sent as `cookie` says.
    pub fn new(key: Key, cookie: Cookie) -> Self {
        Self { key, cookie, failures: Strangers::default() }
    }

    /// The browser, if it has signed `name` in before.
    pub fn known(&self, headers: &HeaderMap, name: &str) -> Option<Device> {
        let mut nonces = self.cookie.values(headers).filter_map(|value| {
            let bytes = BASE64_URL_SAFE_NO_PAD.decode(value).ok()?;
            let (nonce, mac) = bytes.split_first_chunk::<16>()?;
            self.key.confirms(&[name.as_bytes(), nonce], mac).then(|| hex(nonce))
        });
        nonces.next().map(|nonce| Device(format!("{name} {nonce}")))
    }

    /// The header by which the browser is known from now on.
    pub fn introduce(&self, name: &str) -> std::io::Result<HeaderValue> {
        let nonce = random::<16>()?;
        let mac = self.key.mac(&[name.as_bytes(), &nonce]);
        let value = BASE64_URL_SAFE_NO_PAD.encode([nonce.as_slice(), &mac].concat());
        Ok(self.cookie.header(&value, DAYS * 24 * 3_600))
    }

    /// Until when this browser's own failures lock it.
    pub fn locked_until(&self, device: &Device) -> Option<Timestamp> {
        self.failures.locked_until(&device.0)
    }

    /// Notes a failure of this browser.
    pub fn failed(&self, device: &Device, now: Timestamp) {
        self.failures.failed(&device.0, now);
    }

    /// Forgets its failures.
    pub fn succeeded(&self, device: &Device) {
        self.failures.forgive(&device.0);
    }
}

#[cfg(test)]
mod tests {
    use axum::http::header;

    use super::*;

    #[test]
    fn a_browser_is_known_for_the_account_it_signed_in_and_no_other() {
        let cookie = || Cookie::new("/", true).of_devices();
        let devices = Devices::new(Key::random().unwrap(), cookie());
        let set = devices.introduce("li").unwrap();
        let pair = set.to_str().unwrap().split(';').next().unwrap().to_owned();
        assert!(pair.starts_with("__Host-bilan-known="), "{pair}");
        let brought = |pair: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, pair.parse().unwrap());
            headers
        };
        let headers = brought(&pair);
        assert!(devices.known(&headers, "li").is_some());
        assert_eq!(devices.known(&headers, "wang"), None);
        let other = Devices::new(Key::random().unwrap(), cookie());
        assert_eq!(other.known(&headers, "li"), None, "under another key");
        assert_eq!(devices.known(&brought("__Host-bilan-known=AAAA"), "li"), None);
        assert_eq!(devices.known(&HeaderMap::new(), "li"), None);
    }
}
