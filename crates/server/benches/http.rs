//! HTTP against a bare handler, and live events to five thousand subscribers; loopback only.
//!
//! Figures compare within one run: the load generator shares the machine with the server.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use axum::{Router, http::header, routing::get};
use bytes::Bytes;
use serde_json::json;
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::timeout,
};

const CONNECTIONS: usize = 32;
const ROUNDS: usize = 5;
const ROUND: Duration = Duration::from_secs(2);
const SUBSCRIBERS: usize = 5_000;
const PUSHES: usize = 15;
const PATH: &str = "api/v1/air/summary";

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let server = Server::start();
        rate(&server).await;
        fan_out(&server).await;
    });
}

fn say(line: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

/// `bilan serve` as it is shipped, in a process of its own.
struct Server {
    process: Child,
    address: SocketAddr,
    key: String,
    _folder: TempDir,
}

impl Server {
    fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let profile = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../profiles/jiulongpo");
        let config = folder.path().join("bilan.toml");
        let text = format!(
            "[server]\ndata_dir = {:?}\nprofile = {profile:?}\nhead_timeout_s = 120\n\
             [site]\nallow_missing_identifiers = true\n",
            folder.path()
        );
        fs::write(&config, text).expect("a configuration");
        let bilan = || Command::new(env!("CARGO_BIN_EXE_bilan"));
        let key = bilan().args(["key", "add", "bench", "--config"]).arg(&config).output();
        let key = String::from_utf8(key.expect("a key").stdout).expect("text").trim().to_owned();
        let mut process = bilan()
            .args(["serve", "--listen", "127.0.0.1:0", "--config"])
            .arg(&config)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("bilan starts");
        let mut line = String::new();
        let stdout = process.stdout.take().expect("its output");
        BufReader::new(stdout).read_line(&mut line).expect("a line");
        let address = line.trim().strip_prefix("listening on http://").expect("its address");
        let address = address.trim_end_matches('/').parse().expect("an address");
        Self { process, address, key, _folder: folder }
    }

    /// Resident memory in kB.
    fn memory_kb(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id()));
        let status = status.unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or("0");
        line.trim().trim_end_matches(" kB").parse().unwrap_or(0)
    }

    /// Pushes one hourly value for every pollutant; resolves with the answer.
    async fn push(&self, value: usize) {
        let hour = jiff::Timestamp::now().as_second().div_euclid(3_600) * 3_600 - 3_600;
        let start = jiff::Timestamp::from_second(hour).expect("a time").to_string();
        let rows: Vec<_> = ["pm2_5", "pm10", "o3", "no2", "so2"]
            .iter()
            .map(|item| {
                json!({ "station": "1424A", "item": item, "value": value, "unit": "µg/m³",
                    "start": start, "averaging": "hour" })
            })
            .collect();
        let body = json!({ "readings": rows }).to_string();
        let head = format!(
            "POST /api/v1/readings HTTP/1.1\r\nhost: b\r\nauthorization: Bearer {}\r\n\
             content-type: application/json\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
            self.key,
            body.len()
        );
        let mut stream = TcpStream::connect(self.address).await.expect("a connection");
        stream.write_all(head.as_bytes()).await.expect("a request");
        stream.write_all(body.as_bytes()).await.expect("a request");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.expect("an answer");
        assert!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Requests per second of a kept JSON body, against a bare handler that sends the same bytes.
async fn rate(server: &Server) {
    server.push(50).await;
    let body = one(server.address).await;
    let length = body.len();
    let bare = bare(body).await;
    let mut ratios = Vec::new();
    for round in 0..=ROUNDS {
        let ours = requests_per_second(server.address).await;
        let theirs = requests_per_second(bare).await;
        // The first round warms both up.
        if round > 0 {
            say(&format!("  round {round}: bilan {ours:.0}/s, bare axum {theirs:.0}/s"));
            ratios.push(ours / theirs);
        }
    }
    ratios.sort_by(f64::total_cmp);
    let median = ratios[ratios.len() / 2];
    say(&format!(
        "http: cached JSON ({length} bytes, brotli) at {median:.2} × bare axum (median of {ROUNDS}; budget ≥ 0.80)"
    ));
}

/// axum with nothing around the handler, in a process of its own as far as it can be: a runtime.
async fn bare(body: Bytes) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        runtime.expect("a runtime").block_on(async move {
            let listener = listener.into_std().expect("a listener");
            let listener = TcpListener::from_std(listener).expect("a listener");
            let answer = move || async move {
                ([(header::CONTENT_TYPE, "application/json"), (header::CONTENT_ENCODING, "br")], body)
            };
            let router = Router::new().route(&format!("/{PATH}"), get(answer));
            let _ = axum::serve(listener, router).await;
        });
    });
    address
}

fn request() -> String {
    format!("GET /{PATH} HTTP/1.1\r\nhost: b\r\naccept-encoding: br\r\n\r\n")
}

async fn one(address: SocketAddr) -> Bytes {
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    stream.write_all(request().as_bytes()).await.expect("a request");
    let mut buffer = Vec::new();
    let (head, length) = answer(&mut stream, &mut buffer).await;
    Bytes::copy_from_slice(&buffer[head..head + length])
}

/// Reads one answer into `buffer`: the lengths of head and body.
async fn answer(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> (usize, usize) {
    loop {
        if let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&buffer[..end]).to_lowercase();
            let length = head.split("content-length: ").nth(1).expect("a length");
            let length: usize = length.lines().next().expect("a line").parse().expect("a number");
            while buffer.len() < end + 4 + length {
                assert!(stream.read_buf(buffer).await.expect("a body") > 0);
            }
            return (end + 4, length);
        }
        assert!(stream.read_buf(buffer).await.expect("a head") > 0);
    }
}

async fn requests_per_second(address: SocketAddr) -> f64 {
    let stop = Arc::new(AtomicBool::new(false));
    let count = Arc::new(AtomicU64::new(0));
    let tasks: Vec<_> = (0..CONNECTIONS)
        .map(|_| {
            let (stop, count) = (stop.clone(), count.clone());
            tokio::spawn(async move {
                let request = request();
                let mut stream = TcpStream::connect(address).await.expect("a connection");
                let mut buffer = Vec::with_capacity(64 * 1024);
                while !stop.load(Ordering::Relaxed) {
                    stream.write_all(request.as_bytes()).await.expect("a request");
                    answer(&mut stream, &mut buffer).await;
                    buffer.clear();
                    count.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    let began = Instant::now();
    tokio::time::sleep(ROUND).await;
    let done = count.load(Ordering::Relaxed);
    let took = began.elapsed().as_secs_f64();
    stop.store(true, Ordering::Relaxed);
    for task in tasks {
        let _ = task.await;
    }
    #[expect(clippy::cast_precision_loss, reason = "a rate")]
    let rate = done as f64 / took;
    rate
}

/// When each push was sent, and the delays that were seen.
#[derive(Default)]
struct Seen {
    sent: Mutex<Vec<Instant>>,
    delays: Mutex<Vec<Duration>>,
    subscribed: AtomicU64,
}

/// From a value's sending to every subscriber's having it.
async fn fan_out(server: &Server) {
    let before = server.memory_kb();
    let seen = Arc::new(Seen::default());
    let mut tasks = Vec::new();
    for _ in 0..SUBSCRIBERS {
        let stream = TcpStream::connect(server.address).await.expect("a connection; is `ulimit -n` above 6000?");
        tasks.push(tokio::spawn(subscribe(stream, seen.clone())));
    }
    let all = async {
        while seen.subscribed.load(Ordering::Relaxed) < SUBSCRIBERS as u64 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(Duration::from_secs(30), all).await.expect("every subscriber in 30 s");
    tokio::time::sleep(Duration::from_secs(1)).await;
    let kept = server.memory_kb().saturating_sub(before);
    for push in 0..PUSHES {
        seen.sent.lock().expect("a lock").push(Instant::now());
        server.push(101 + push).await;
        tokio::time::sleep(Duration::from_millis(1_100)).await;
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    for task in tasks {
        task.abort();
    }
    let mut delays = seen.delays.lock().expect("a lock").clone();
    delays.sort_unstable();
    let at = |share: usize| delays.get(delays.len() * share / 100).copied().unwrap_or_default();
    say(&format!(
        "live: {SUBSCRIBERS} subscribers, {PUSHES} values: p50 {:?}, p99 {:?}, last {:?} from sending to received \
         (budget ≤ 1 s at p99); {} of {} received; {:.1} kB of the server's memory each",
        at(50),
        at(99),
        delays.last().copied().unwrap_or_default(),
        delays.len(),
        SUBSCRIBERS * PUSHES,
        kept as f64 / SUBSCRIBERS as f64
    ));
}

async fn subscribe(mut stream: TcpStream, seen: Arc<Seen>) {
    stream.write_all(b"GET /api/v1/live HTTP/1.1\r\nhost: b\r\n\r\n").await.expect("a request");
    let mut buffer = vec![0; 16 * 1024];
    let mut subscribed = false;
    let mut tail = Vec::new();
    let mut next = 0;
    loop {
        let Ok(read @ 1..) = stream.read(&mut buffer).await else { return };
        let now = Instant::now();
        tail.extend_from_slice(&buffer[..read]);
        if !subscribed && contains(&tail, b"event: snapshot") {
            subscribed = true;
            seen.subscribed.fetch_add(1, Ordering::Relaxed);
        }
        while next < PUSHES && contains(&tail, format!("\"value\":{},\"unit\"", 101 + next).as_bytes()) {
            let sent = seen.sent.lock().expect("a lock").get(next).copied();
            if let Some(sent) = sent {
                seen.delays.lock().expect("a lock").push(now - sent);
            }
            next += 1;
        }
        // What lies behind cannot hold the next value; its beginning may lie in the last bytes.
        let keep = tail.len().saturating_sub(64);
        tail.drain(..keep);
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
