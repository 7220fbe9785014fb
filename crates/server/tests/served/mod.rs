//! A real portal as a process, with a folder and a log of its own, and an officer of it.
#![allow(dead_code, reason = "each test file uses its own part")]

pub(crate) mod search;

use std::{
    fs::{self, File},
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use contract::{officer::CSRF_HEADER, paths};
use domain::{
    canonical::{hex, sha256},
    report::{ClaimCode, ReportId},
};
use jiff::Timestamp;
use reqwest::{Client, Method, Response};
use serde_json::{Value, json};
use server::{keys, officers::totp::TotpSecret};
use tempfile::TempDir;

/// Where everything is sent from, as a trusted proxy says.
pub(crate) const ADDRESS: &str = "2001:db8:5b1f:a3c7:91e2:4d68:b05a:e37c";

/// The portal; its log is in `log.txt`.
pub(crate) struct Portal {
    process: Child,
    url: String,
    pub(crate) folder: TempDir,
    client: Client,
}

impl Drop for Portal {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn bilan(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bilan"));
    command.current_dir(folder).args(words).args(["--config", "bilan.toml"]);
    command
}

/// What a command prints that must succeed.
pub(crate) fn printed(folder: &Path, words: &[&str]) -> String {
    let output = bilan(folder, words).output().unwrap();
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A folder with keys and a configuration that takes reports; `log` is what the log is told.
pub(crate) fn configured(log: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    let profiles = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../profiles");
    let profile = fs::read_dir(profiles).unwrap().next().unwrap().unwrap().path();
    let file = |recipient: &str| {
        format!(
            "[server]\ndata_dir = \"data\"\nprofile = {:?}\ntrusted_proxies = [\"127.0.0.1\"]\n\
             [site]\nallow_missing_identifiers = true\n[log]\nfilter = \"{log}\"\n\
             [reports]\nenabled = true\ncontroller = {{ zh = \"某局\", en = \"A bureau\" }}\n\
             controller_contact = {{ zh = \"12345\", en = \"12345\" }}\n{recipient}\n",
            profile.canonicalize().unwrap(),
        )
    };
    fs::write(folder.path().join("bilan.toml"), file("")).unwrap();
    let recipient = printed(folder.path(), &["keygen"]).replace("reports.", "");
    fs::write(folder.path().join("bilan.toml"), file(&recipient)).unwrap();
    folder
}

impl Portal {
    pub(crate) fn start(folder: TempDir) -> Self {
        Self::of(bilan(folder.path(), &["serve", "--listen", "127.0.0.1:0"]), folder)
    }

    fn of(mut command: Command, folder: TempDir) -> Self {
        let log = File::create(folder.path().join("log.txt")).unwrap();
        let mut process = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim().strip_prefix("listening on ").expect(&line).to_owned();
        Self { process, url, folder, client: ingest::http_client().build().unwrap() }
    }

    /// A demonstration in `data`, as it is started by hand; what it complains of is in `log.txt`.
    pub(crate) fn demonstration() -> Self {
        let folder = TempDir::new().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_bilan"));
        command.current_dir(folder.path()).args(["demo", "--listen", "127.0.0.1:0"]);
        command.args(["--history-days", "1", "--data-dir", "data"]);
        Self::of(command, folder)
    }

    pub(crate) fn pid(&self) -> u32 {
        self.process.id()
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.request_from(ADDRESS, method, path)
    }

    pub(crate) fn request_from(
        &self,
        address: &str,
        method: Method,
        path: &str,
    ) -> reqwest::RequestBuilder {
        let url = format!("{}/{path}", self.url.trim_end_matches('/'));
        self.client.request(method, url).header("x-forwarded-for", address)
    }

    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        more: &[(&str, &str)],
        body: Value,
    ) -> Response {
        let mut request = self.request(method, path);
        for (name, value) in more {
            request = request.header(*name, *value);
        }
        if !body.is_null() {
            request = request.json(&body);
        }
        request.send().await.unwrap()
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.send(Method::GET, path, &[], Value::Null).await
    }

    /// Sends a photo as a whole; its name is the digest of these bytes.
    pub(crate) async fn put_photo(&self, photo: &[u8]) -> Response {
        let path = format!("{}?lang=en", paths::report_photo(&digest(photo)));
        self.request(Method::PUT, &path).body(photo.to_vec()).send().await.unwrap()
    }

    /// Files a report under an id of now; the id, and the number it was given.
    pub(crate) async fn file(&self, report: Value) -> (ReportId, String) {
        let now = u64::try_from(Timestamp::now().as_millisecond()).unwrap();
        let id = ReportId::new(now, keys::random().unwrap());
        let sent = self.send(Method::PUT, &paths::report(id.as_str()), &[], report).await;
        assert_eq!(sent.status(), 201, "{}", sent.text().await.unwrap());
        let receipt = sent.json::<Value>().await.unwrap();
        (id, receipt["public_id"].as_str().unwrap().to_owned())
    }
}

/// A report from a pipe by a stream, with photos that were sent before.
pub(crate) fn report(code: &ClaimCode, text: &str, photos: &[String]) -> Value {
    json!({
        "category": "outfall_discharge",
        "answers": [{ "code": "WEATHER", "values": ["dry"] }],
        "text": text,
        "location": { "place": { "lon": 106.495_371, "lat": 29.502_173 } },
        "claim_code": code.shown("JLP"),
        "photos": photos,
        "lang": "zh-CN",
        "written_ms": 60_000,
    })
}

pub(crate) fn digest(photo: &[u8]) -> String {
    hex(&sha256(photo))
}

pub(crate) fn random_code() -> ClaimCode {
    ClaimCode::from_random(keys::random().unwrap())
}

/// Every file below `folder`.
pub(crate) fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.display().to_string(), fs::read(&path).unwrap()));
        }
    }
    found
}

/// An account as `bilan user add` printed it, and the session it has.
pub(crate) struct Officer {
    name: String,
    pub(crate) initial: String,
    authenticator: TotpSecret,
    pub(crate) cookie: String,
    pub(crate) csrf: String,
}

impl Officer {
    /// Makes an account; no server may run in the folder.
    pub(crate) fn added(folder: &Path, name: &str, roles: &[&str]) -> Self {
        let mut words = vec!["user", "add", name];
        words.extend(roles.iter().flat_map(|role| ["--role", *role]));
        let added = printed(folder, &words);
        let line = |name: &str| {
            let mut lines = added.lines();
            lines.find_map(|line| line.strip_prefix(&format!("{name}\t"))).unwrap().to_owned()
        };
        Self {
            name: name.to_owned(),
            initial: line("password"),
            authenticator: totp(&line("authenticator")),
            cookie: String::new(),
            csrf: String::new(),
        }
    }

    /// Signs in, replaces the initial password by `chosen`, and signs in with that.
    pub(crate) async fn sign_in(&mut self, portal: &Portal, chosen: &str) {
        let initial = self.initial.clone();
        self.session(portal, &initial, 0).await;
        let change = json!({ "seen_version": 1, "old_password": initial, "new_password": chosen });
        let own = format!("users/{}", self.name);
        let changed = self.send(portal, Method::PATCH, &own, change).await;
        assert_eq!(changed.status(), 200, "{}", changed.text().await.unwrap());
        // The code of the step to come is taken, too: no need to wait for it.
        self.session(portal, chosen, 30).await;
    }

    async fn session(&mut self, portal: &Portal, password: &str, ahead_s: i64) {
        let at = Timestamp::now() + jiff::SignedDuration::from_secs(ahead_s);
        let totp = self.authenticator.code_at(at);
        let body = json!({ "name": self.name, "password": password, "totp": totp });
        let answer = self.send(portal, Method::POST, "session", body).await;
        assert_eq!(answer.status(), 200, "{}", answer.text().await.unwrap());
        let cookie = answer.headers()["set-cookie"].to_str().unwrap();
        self.cookie = cookie.split_once(';').unwrap().0.to_owned();
        self.csrf = answer.json::<Value>().await.unwrap()["csrf"].as_str().unwrap().to_owned();
    }

    pub(crate) async fn send(
        &self,
        portal: &Portal,
        method: Method,
        path: &str,
        body: Value,
    ) -> Response {
        let headers = [("cookie", self.cookie.as_str()), (CSRF_HEADER, self.csrf.as_str())];
        portal.send(method, &format!("{}/{path}", paths::CONSOLE), &headers, body).await
    }

    /// Does something to a case as it is now; it must succeed.
    pub(crate) async fn act(&self, portal: &Portal, case: &str, mut act: Value) -> Value {
        let path = format!("cases/{case}");
        let seen = self.send(portal, Method::GET, &path, Value::Null).await;
        act["seen_version"] = seen.json::<Value>().await.unwrap()["version"].clone();
        let done = self.send(portal, Method::POST, &format!("{path}/actions"), act).await;
        assert_eq!(done.status(), 200, "{}", done.text().await.unwrap());
        done.json().await.unwrap()
    }
}

/// The secret in an authenticator's address.
fn totp(uri: &str) -> TotpSecret {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let text = uri.trim().split("secret=").nth(1).unwrap().split('&').next().unwrap();
    let bits: String =
        text.chars().map(|letter| format!("{:05b}", LETTERS.find(letter).unwrap())).collect();
    let byte = |at: usize| u8::from_str_radix(&bits[at * 8..at * 8 + 8], 2).unwrap();
    TotpSecret::from_bytes((0..bits.len() / 8).map(byte).collect())
}
