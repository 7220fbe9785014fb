//! What a session is known by: a random token in a cookie, of which only a hash is kept, and the value that proves
//! that a change comes from our own page.

use axum::http::{HeaderMap, HeaderValue, header};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::keys::{Key, random};

/// 256 random bits. Never logged: it has no `Debug`.
pub struct Token([u8; 32]);

impl Token {
    /// A new one.
    pub fn random() -> std::io::Result<Self> {
        random().map(Self)
    }

    /// The one in a cookie; `None` for what never was one.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// What is kept of it.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0).into()
    }

    fn text(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(self.0)
    }
}

/// How the cookie is named and where a browser sends it.
///
/// Over TLS at the root of a host it bears the prefix `__Host-`, which no other host and no page without TLS can set;
/// browsers demand `Path=/` of that name. Below a base path it is `__Secure-` and sent below that path alone, so that
/// neighbours on the host do not receive it. Without TLS, which is for a machine's own browser, neither name is
/// allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cookie {
    name: &'static str,
    path: String,
    secure: bool,
}

impl Cookie {
    /// For a portal below `base_path`; without `secure` only where the public address is `http://`.
    pub fn new(base_path: &str, secure: bool) -> Self {
        let console = format!("{base_path}console/");
        match (secure, base_path) {
            (true, "/") => Self { name: "__Host-bilan", path: "/".into(), secure },
            (true, _) => Self { name: "__Secure-bilan", path: console, secure },
            (false, _) => Self { name: "bilan", path: console, secure },
        }
    }

    /// The cookie, sent to the same places, by which a browser is known that has signed in before.
    pub fn of_devices(&self) -> Self {
        let name = match self.name {
            "__Host-bilan" => "__Host-bilan-known",
            "__Secure-bilan" => "__Secure-bilan-known",
            _ => "bilan-known",
        };
        Self { name, path: self.path.clone(), secure: self.secure }
    }

    /// Every token the browser sent under the name; a neighbour may have planted another one.
    pub fn tokens<'a>(&'a self, headers: &'a HeaderMap) -> impl Iterator<Item = Token> + 'a {
        self.values(headers).filter_map(Token::parse)
    }

    /// Everything the browser sent under the name.
    pub fn values<'a>(&'a self, headers: &'a HeaderMap) -> impl Iterator<Item = &'a str> + 'a {
        let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
        let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.split_once('='));
        pairs.filter(|(name, _)| name.trim() == self.name).map(|(_, value)| value.trim())
    }

    /// The header that hands `token` to the browser for `seconds`.
    pub fn set(&self, token: &Token, seconds: i64) -> HeaderValue {
        self.header(&token.text(), seconds)
    }

    /// The header that makes the browser forget.
    pub fn forget(&self) -> HeaderValue {
        self.header("", 0)
    }

    /// The header that sets the cookie to `value` for `seconds`.
    pub fn header(&self, value: &str, seconds: i64) -> HeaderValue {
        let Self { name, path, secure } = self;
        let secure = if *secure { "; Secure" } else { "" };
        let text = format!(
            "{name}={value}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}"
        );
        HeaderValue::from_str(&text).unwrap_or_else(|_never| HeaderValue::from_static(""))
    }
}

/// The value of the header that proves that a change comes from our own page: derived from who signed in when, so that
/// it stays while the token is replaced.
pub fn csrf(key: &Key, staff: i64, signed_in: Timestamp) -> String {
    let parts = [staff.to_be_bytes(), signed_in.as_microsecond().to_be_bytes()];
    BASE64_URL_SAFE_NO_PAD.encode(key.mac(&[&parts[0], &parts[1]]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_named_by_what_protects_it() {
        let token = Token([7; 32]);
        let shown = |base: &str, secure| {
            Cookie::new(base, secure).set(&token, 60).to_str().unwrap().replace(&token.text(), "T")
        };
        assert_eq!(
            shown("/", true),
            "__Host-bilan=T; Path=/; Max-Age=60; HttpOnly; SameSite=Strict; Secure"
        );
        assert_eq!(
            shown("/env/", true),
            "__Secure-bilan=T; Path=/env/console/; Max-Age=60; HttpOnly; SameSite=Strict; Secure"
        );
        assert_eq!(
            shown("/env/", false),
            "bilan=T; Path=/env/console/; Max-Age=60; HttpOnly; SameSite=Strict"
        );
    }

    #[test]
    fn every_cookie_of_the_name_is_read_and_no_other() {
        let cookie = Cookie::new("/", false);
        let (one, other) = (Token([1; 32]), Token([2; 32]));
        let mut headers = HeaderMap::new();
        let line = format!("a=b; bilan={}; xbilan={}; bilan=short", one.text(), other.text());
        headers.append(header::COOKIE, line.parse().unwrap());
        headers.append(header::COOKIE, format!("bilan={}", other.text()).parse().unwrap());
        let found: Vec<_> = cookie.tokens(&headers).map(|token| token.0[0]).collect();
        assert_eq!(found, [1, 2]);
    }

    #[test]
    fn the_proof_differs_by_account_and_by_sign_in() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let (key, other) = (Key::random().unwrap(), Key::random().unwrap());
        let proofs = [(1, 5), (1, 6), (2, 5)].map(|(staff, second)| csrf(&key, staff, at(second)));
        assert!(proofs[0] != proofs[1] && proofs[1] != proofs[2] && proofs[0] != proofs[2]);
        assert_eq!(proofs[0], csrf(&key, 1, at(5)));
        assert_ne!(proofs[0], csrf(&other, 1, at(5)));
    }
}
