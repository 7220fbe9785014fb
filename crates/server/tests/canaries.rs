//! What must never be kept or told, searched for in everything that a portal writes: database, photos, log, public answers.
#![expect(clippy::unwrap_used, reason = "the helpers of tests fail by panicking, as tests do")]

use std::{
    fs::{self, File},
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use base64::{Engine, prelude::BASE64_STANDARD};
use contract::{officer::CSRF_HEADER, paths};
use domain::report::{ClaimCode, ReportId};
use jiff::Timestamp;
use reqwest::{Client, Method, Response};
use serde_json::{Value, json};
use server::{keys, officers::totp::TotpSecret};
use tempfile::TempDir;

/// Where the reporter sends from.
const ADDRESS: &str = "203.0.113.77";
/// Who they are, which they seal on the phone.
const IDENTITY: &str = "欧阳金丝雀 canary-13987654321";
/// What they wrote too much of: for officers, not for the public.
const PHONE: &str = "13812345678";
const HOME: &str = "石坪桥横街77号8栋2单元1203室";

/// A real portal as a process, its log in a file.
struct Portal {
    process: Child,
    url: String,
    folder: TempDir,
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

fn printed(folder: &Path, words: &[&str]) -> String {
    let output = bilan(folder, words).output().unwrap();
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

impl Portal {
    fn start(folder: TempDir) -> Self {
        let log = File::create(folder.path().join("log.txt")).unwrap();
        let mut process = bilan(folder.path(), &["serve", "--listen", "127.0.0.1:0"]);
        let mut process = process.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim().strip_prefix("listening on ").expect(&line).to_owned();
        Self { process, url, folder, client: ingest::http_client().build().unwrap() }
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        more: &[(&str, &str)],
        body: Value,
    ) -> Response {
        let url = format!("{}/{path}", self.url.trim_end_matches('/'));
        let mut request = self.client.request(method, url).header("x-forwarded-for", ADDRESS);
        for (name, value) in more {
            request = request.header(*name, *value);
        }
        if !body.is_null() {
            request = request.json(&body);
        }
        request.send().await.unwrap()
    }

    async fn get(&self, path: &str) -> String {
        self.send(Method::GET, path, &[], Value::Null).await.text().await.unwrap()
    }
}

fn configured() -> TempDir {
    let folder = TempDir::new().unwrap();
    let profiles = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../profiles");
    let profile = fs::read_dir(profiles).unwrap().next().unwrap().unwrap().path();
    let file = |recipient: &str| {
        format!(
            "[server]\ndata_dir = \"data\"\nprofile = {:?}\ntrusted_proxies = [\"127.0.0.1\"]\n\
             [site]\nallow_missing_identifiers = true\n[log]\nfilter = \"trace\"\n\
             [reports]\nenabled = true\ncontroller = {{ zh = \"某局\", en = \"A bureau\" }}\n\
             controller_contact = {{ zh = \"12345\", en = \"12345\" }}\n{recipient}",
            profile.canonicalize().unwrap(),
        )
    };
    fs::write(folder.path().join("bilan.toml"), file("")).unwrap();
    let recipient = printed(folder.path(), &["keygen"]).replace("reports.", "");
    fs::write(folder.path().join("bilan.toml"), file(&recipient)).unwrap();
    folder
}

/// What a phone seals is opaque to the portal; any armor is, too.
fn sealed() -> String {
    let pad: [u8; 64] = keys::random().unwrap();
    let hidden: Vec<u8> = IDENTITY.bytes().zip(pad).map(|(byte, pad)| byte ^ pad).collect();
    let hidden = BASE64_STANDARD.encode(hidden);
    format!("-----BEGIN AGE ENCRYPTED FILE-----\n{hidden}\n-----END AGE ENCRYPTED FILE-----\n")
}

fn report(code: &str) -> Value {
    json!({
        "category": "outfall_discharge",
        "answers": [{ "code": "WEATHER", "values": ["dry"] }],
        "text": format!("桃花溪边有油花。我的电话{PHONE}，住{HOME}。"),
        "location": { "place": { "lon": 106.495_371, "lat": 29.502_173 } },
        "claim_code": code,
        "sealed_contact": sealed(),
        "lang": "zh-CN",
        "written_ms": 60_000,
    })
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

/// Every file below `folder`.
fn files(folder: &Path, found: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push((path.display().to_string(), fs::read(&path).unwrap()));
        }
    }
}

#[track_caller]
fn lacks(place: &str, bytes: &[u8], canaries: &[(&str, &str)]) {
    for (what, canary) in canaries {
        let found = bytes.windows(canary.len()).any(|window| window == canary.as_bytes());
        assert!(!found, "{what} is in {place}");
    }
}

#[tokio::test]
async fn neither_files_nor_log_nor_public_answers_tell_who_reported_or_open_a_report() {
    let folder = configured();
    // A password of the operator's making would be typed by a person; this one is chosen by its owner below.
    let added = printed(
        folder.path(),
        &["user", "add", "pub", "--role", "publisher", "--role", "verifier"],
    );
    let line = |name: &str| {
        added.lines().find_map(|line| line.strip_prefix(&format!("{name}\t"))).unwrap().to_owned()
    };
    let (initial, authenticator) = (line("password"), line("authenticator"));
    let portal = Portal::start(folder);

    let code = ClaimCode::from_random(keys::random().unwrap());
    let (shown, secret) = (code.shown("JLP"), code.secret());
    let now = u64::try_from(Timestamp::now().as_millisecond()).unwrap();
    let id = ReportId::new(now, keys::random().unwrap());
    let path = paths::report(id.as_str());
    let sent = portal.send(Method::PUT, &path, &[], report(&shown)).await;
    assert_eq!(sent.status(), 201, "{}", sent.text().await.unwrap());
    let public_id = sent.json::<Value>().await.unwrap()["public_id"].as_str().unwrap().to_owned();
    let tracked = portal.send(Method::POST, paths::TRACK, &[], json!({ "code": shown })).await;
    assert_eq!(tracked.status(), 200);
    let wrong = ClaimCode::from_random(keys::random().unwrap()).shown("JLP");
    let unknown = portal.send(Method::POST, paths::TRACK, &[], json!({ "code": wrong })).await;
    assert_eq!(unknown.status(), 404);

    let chosen = "一百零八棵黄葛树-canary";
    let (cookie, csrf) = signed_in(&portal, &initial, &authenticator, chosen).await;
    let headers = [("cookie", cookie.as_str()), (CSRF_HEADER, csrf.as_str())];
    let case = format!("{}/cases/{public_id}", paths::CONSOLE);
    let seen: Value =
        portal.send(Method::GET, &case, &headers, Value::Null).await.json().await.unwrap();
    let act = json!({ "seen_version": seen["version"], "action": "publish" });
    let published = portal.send(Method::POST, &format!("{case}/actions"), &headers, act).await;
    assert_eq!(published.status(), 200, "{}", published.text().await.unwrap());
    let ask = json!({ "reason": "核实" });
    let contact = portal.send(Method::POST, &format!("{case}/identity"), &headers, ask).await;
    assert_eq!(contact.status(), 200, "{}", contact.text().await.unwrap());

    let token = cookie.split_once('=').unwrap().1.to_owned();
    let plain = shown.replace('-', "");
    let secrets = [
        ("the claim code", shown.as_str()),
        ("the claim code", plain.as_str()),
        ("the code's secret", secret.as_str()),
        ("a wrong code", wrong.as_str()),
        ("the reporter's address", ADDRESS),
        ("the reporter's name", "欧阳金丝雀"),
        ("the reporter's number", "13987654321"),
        ("a password", initial.as_str()),
        ("a password", chosen),
        ("a session's token", token.as_str()),
        ("a session's proof", csrf.as_str()),
    ];
    let private = [
        ("a phone number", PHONE),
        ("a home", HOME),
        ("the report's own id", id.as_str()),
        ("the exact place", "106.49537"),
        ("the exact place", "29.50217"),
        ("the exact place", "106495371"),
        ("the colleague's name", "pub"),
    ];
    let one = format!("{}/{public_id}", paths::REPORTS);
    let near =
        format!("{}?lon=106.4953&lat=29.5021&category=outfall_discharge", paths::REPORTS_NEARBY);
    let mut told = 0;
    let public = [
        paths::REPORTS,
        &one,
        &near,
        paths::REPORTS_GEOJSON,
        paths::REPORTS_CSV,
        paths::REPORTS_ATOM,
    ];
    for path in public {
        let answer = portal.get(path).await;
        lacks(path, answer.as_bytes(), &secrets);
        lacks(path, answer.as_bytes(), &private[..6]);
        told += usize::from(answer.contains(&public_id));
    }
    assert!(told >= 4, "the report is public in {told} of {} places", public.len());

    let mut found = Vec::new();
    files(&portal.folder.path().join("data"), &mut found);
    let log = portal.folder.path().join("log.txt");
    let logged = fs::read(&log).unwrap();
    assert!(!logged.is_empty(), "a log at the level trace says something");
    lacks("the log", &logged, &private[..6]);
    found.push((log.display().to_string(), logged));
    assert!(found.iter().any(|(name, _)| name.ends_with("bilan.sqlite")));
    for (name, bytes) in &found {
        lacks(name, bytes, &secrets);
    }
    let text = found
        .iter()
        .any(|(_, bytes)| bytes.windows(PHONE.len()).any(|window| window == PHONE.as_bytes()));
    assert!(text, "the search finds what is there: the text that officers read");
    println!("{} files searched for {} canaries", found.len(), secrets.len());
}

/// The cookie and the proof of a session, after the initial password was replaced by `chosen`.
async fn signed_in(
    portal: &Portal,
    initial: &str,
    authenticator: &str,
    chosen: &str,
) -> (String, String) {
    let session = format!("{}/session", paths::CONSOLE);
    let first = sign_in(portal, &session, initial, &totp(authenticator), 0).await;
    let headers = [("cookie", first.0.as_str()), (CSRF_HEADER, first.1.as_str())];
    let change = json!({ "seen_version": 1, "old_password": initial, "new_password": chosen });
    let own = format!("{}/users/pub", paths::CONSOLE);
    let changed = portal.send(Method::PATCH, &own, &headers, change).await;
    assert_eq!(changed.status(), 200, "{}", changed.text().await.unwrap());
    // The code of the step to come is taken, too: no need to wait for it.
    sign_in(portal, &session, chosen, &totp(authenticator), 30).await
}

async fn sign_in(
    portal: &Portal,
    path: &str,
    password: &str,
    totp: &TotpSecret,
    ahead_s: i64,
) -> (String, String) {
    let at = Timestamp::now() + jiff::SignedDuration::from_secs(ahead_s);
    let body = json!({ "name": "pub", "password": password, "totp": totp.code_at(at) });
    let answer = portal.send(Method::POST, path, &[], body).await;
    assert_eq!(answer.status(), 200, "{}", answer.text().await.unwrap());
    let cookie = answer.headers()["set-cookie"].to_str().unwrap();
    let cookie = cookie.split_once(';').unwrap().0.to_owned();
    let csrf = answer.json::<Value>().await.unwrap()["csrf"].as_str().unwrap().to_owned();
    (cookie, csrf)
}
