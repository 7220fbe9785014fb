//! A portal of one's own: temporary folder, ports chosen by the system, the district's profile.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use serde_json::{Value, json};
use server::{
    config::{self, Config},
    portal::{self, Kind},
    profile::Profile,
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// The station whose instrument the tests play, its MN and its PW.
pub(crate) const STATION: &str = "1424A";
pub(crate) const MN: &str = "TEST1424A";
pub(crate) const PW: &str = "483920";

/// A running portal.
pub(crate) struct Portal {
    pub(crate) inner: Option<portal::Portal>,
    pub(crate) http: std::net::SocketAddr,
    pub(crate) key: String,
    pub(crate) base: String,
    pub(crate) _folder: TempDir,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    /// A header's value; empty if absent.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.head
            .lines()
            .filter_map(|line| line.split_once(':'))
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map_or("", |(_, value)| value.trim())
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| {
            panic!("{error} in {}", String::from_utf8_lossy(&self.body))
        })
    }
}

/// The district's profile folder.
pub(crate) fn profile_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles/jiulongpo")
}

/// The configuration that stories start from.
pub(crate) fn configuration(folder: &Path) -> Config {
    let text = format!(
        r#"
        [server]
        data_dir = {folder:?}
        head_timeout_s = 2
        [ingest.hj212_tcp]
        enabled = true
        listen = "127.0.0.1:0"
        [[ingest.hj212_tcp.devices]]
        mn = "{MN}"
        password = "{PW}"
        station = "{STATION}"
        units = {{ a34004 = "µg/m³", a34002 = "µg/m³", a21026 = "µg/m³", a21004 = "µg/m³", a05024 = "µg/m³", a21005 = "mg/m³" }}
        "#
    );
    config::from_table(text.parse().unwrap(), []).unwrap()
}

impl Portal {
    pub(crate) async fn start() -> Self {
        Self::with(|_| {}).await
    }

    /// A portal whose configuration `change` has been at.
    pub(crate) async fn with(change: impl FnOnce(&mut Config)) -> Self {
        Self::of(Profile::load(&profile_folder()).unwrap(), change).await
    }

    /// A portal of that profile.
    pub(crate) async fn of(profile: Profile, change: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut config = configuration(folder.path());
        change(&mut config);
        let base = config.base_path();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let http = listener.local_addr().unwrap();
        let inner =
            portal::Portal::start(config, Arc::new(profile), listener, Kind::Real).await.unwrap();
        let key = server::commands::keys::add(&inner.app.store, "test", vec![]).await.unwrap();
        Self { inner: Some(inner), http, key, base, _folder: folder }
    }

    pub(crate) fn inner(&self) -> &portal::Portal {
        self.inner.as_ref().unwrap()
    }

    /// Stops as SIGTERM would.
    pub(crate) async fn stop(mut self) {
        self.inner.take().unwrap().stop().await.unwrap();
    }

    /// `GET` of a path below the base.
    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.ask("GET", path, &[], b"").await
    }

    /// The JSON under a path below the base; fails unless it is there.
    pub(crate) async fn json(&self, path: &str) -> Value {
        let reply = self.get(path).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.text());
        reply.json()
    }

    /// A request on a connection of its own.
    pub(crate) async fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Reply {
        let mut stream = TcpStream::connect(self.http).await.unwrap();
        let mut head = format!("{method} {}{path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\n", self.base);
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if !body.is_empty() {
            head.push_str(&format!("content-length: {}\r\n", body.len()));
        }
        head.push_str("\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(body).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        parsed(&answer)
    }

    /// Pushes readings and gives the outcome.
    pub(crate) async fn push(&self, readings: Value) -> Value {
        let reply = self.push_as(&self.key, readings, "en").await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        reply.json()
    }

    pub(crate) async fn push_as(&self, key: &str, readings: Value, lang: &str) -> Reply {
        let bearer = format!("Bearer {key}");
        let headers = [
            ("authorization", bearer.as_str()),
            ("content-type", "application/json"),
            ("accept-language", lang),
        ];
        let body = json!({ "readings": readings }).to_string();
        self.ask("POST", "api/v1/readings", &headers, body.as_bytes()).await
    }
}

/// Takes an answer apart; bodies come with a length or in chunks.
pub(crate) fn parsed(answer: &[u8]) -> Reply {
    let end = answer.windows(4).position(|w| w == b"\r\n\r\n").expect("a head");
    let head = String::from_utf8(answer[..end].to_vec()).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let rest = &answer[end + 4..];
    let chunked = head.to_lowercase().contains("transfer-encoding: chunked");
    let body = if chunked { unchunked(rest) } else { rest.to_vec() };
    Reply { status, head, body }
}

fn unchunked(mut rest: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(at) = rest.windows(2).position(|w| w == b"\r\n") {
        let size = usize::from_str_radix(std::str::from_utf8(&rest[..at]).unwrap().trim(), 16).unwrap();
        if size == 0 {
            break;
        }
        body.extend_from_slice(&rest[at + 2..at + 2 + size]);
        rest = &rest[at + 4 + size..];
    }
    body
}

/// A reading as a gateway pushes it: an hourly mean.
pub(crate) fn hour(station: &str, item: &str, start: &str, value: impl Into<Value>) -> Value {
    let unit = if item == "co" { "mg/m³" } else { "µg/m³" };
    json!({
        "station": station, "item": item, "value": value.into(), "unit": unit,
        "start": start, "averaging": "hour",
    })
}

/// The beginning of the hour that ended last, Beijing time with offset.
pub(crate) fn last_hour() -> jiff::Timestamp {
    let now = jiff::Timestamp::now().as_second();
    jiff::Timestamp::from_second(now.div_euclid(3_600) * 3_600 - 3_600).unwrap()
}

/// The folder of recorded data, or `None` after saying that the test is skipped.
pub(crate) fn recorded(test: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("BILAN_TEST_DATA").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("SKIPPED {test}: BILAN_TEST_DATA is not set");
    }
    folder
}

/// A stream of live events.
pub(crate) struct Events {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// One event.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) id: Option<i64>,
    pub(crate) name: String,
    pub(crate) data: Value,
}

impl Events {
    /// Subscribes, resuming after `last` if given.
    pub(crate) async fn open(portal: &Portal, last: Option<i64>) -> Self {
        let mut stream = TcpStream::connect(portal.http).await.unwrap();
        let resume = last.map_or_else(String::new, |id| format!("last-event-id: {id}\r\n"));
        let head = format!("GET {}api/v1/live HTTP/1.1\r\nhost: test\r\n{resume}\r\n", portal.base);
        stream.write_all(head.as_bytes()).await.unwrap();
        Self { stream, buffer: Vec::new() }
    }

    /// The next event; fails after ten seconds.
    pub(crate) async fn next(&mut self) -> Event {
        let next = self.read_event();
        tokio::time::timeout(std::time::Duration::from_secs(10), next).await.expect("an event in time").expect("an open stream")
    }

    /// True when the server has ended the stream.
    pub(crate) async fn ends(&mut self) -> bool {
        while self.read_event().await.is_some() {}
        true
    }

    async fn read_event(&mut self) -> Option<Event> {
        loop {
            let text = String::from_utf8_lossy(&self.buffer).into_owned();
            if let Some(at) = text.find("event: ") {
                let begin = text[..at].rfind("id: ").unwrap_or(at);
                let rest = &text[begin..];
                if let Some(end) = rest.find("\n\n") {
                    let event = parse_event(&rest[..end]);
                    self.buffer = text.as_bytes()[begin + end + 2..].to_vec();
                    return Some(event);
                }
            }
            let read = self.stream.read_buf(&mut self.buffer).await.unwrap();
            if read == 0 {
                return None;
            }
        }
    }
}

/// Chunk sizes stand on lines of their own between the lines of an event.
fn parse_event(text: &str) -> Event {
    let field = |name: &str| text.lines().find_map(|line| line.strip_prefix(name));
    Event {
        id: field("id: ").map(|id| id.trim().parse().unwrap()),
        name: field("event: ").unwrap().trim().to_owned(),
        data: serde_json::from_str(field("data: ").unwrap()).unwrap(),
    }
}
