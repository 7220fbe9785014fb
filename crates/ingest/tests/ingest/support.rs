//! The far ends: a store that keeps everything in memory, and a web server with a script.

use std::{
    collections::{BTreeMap, VecDeque},
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use domain::{Averaging, Item, Quantity, Reading};
use ingest::{Clock, Delivery, FeedHealth, NotStored, QualityControl, Stored, Wiring};
use jiff::Timestamp;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    sync::{mpsc, watch},
};

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn quantity(text: &str) -> Quantity {
    text.parse().unwrap()
}

/// A recorded file, or `None` with a word about it when there are none on this machine.
pub(crate) fn recorded_file(test: &str, name: &str) -> Option<std::path::PathBuf> {
    match std::env::var_os("BILAN_TEST_DATA") {
        Some(folder) => Some(std::path::Path::new(&folder).join(name)),
        None => {
            println!("SKIPPED {test}: BILAN_TEST_DATA is not set");
            None
        }
    }
}

type Key = (String, Item, Averaging, Timestamp, String);

/// Everything that was delivered, by identity.
#[derive(Clone, Default)]
pub(crate) struct Kept {
    pub(crate) readings: Arc<Mutex<BTreeMap<Key, Reading>>>,
    pub(crate) raw: Arc<Mutex<Vec<Vec<u8>>>>,
    pub(crate) full: Arc<AtomicBool>,
    /// While true nothing is taken from the channel.
    pub(crate) paused: Arc<AtomicBool>,
}

impl Kept {
    pub(crate) fn all(&self) -> Vec<Reading> {
        self.readings.lock().unwrap().values().cloned().collect()
    }

    pub(crate) fn value(&self, station: &str, item: Item) -> Option<String> {
        let found = self.all().into_iter().find(|r| r.station == station && r.item == item)?;
        found.value.map(|value| value.to_string())
    }

    fn store(&self, delivery: &Delivery) -> Stored {
        self.raw.lock().unwrap().push(delivery.raw.clone());
        let mut outcome = Stored::default();
        let mut kept = self.readings.lock().unwrap();
        for reading in &delivery.readings {
            let Reading { station, item, averaging, period, .. } = reading.clone();
            let key = (station, item, averaging, period.start, delivery.source.clone());
            match kept.insert(key, reading.clone()) {
                None => outcome.stored += 1,
                Some(before) if before.value == reading.value => outcome.duplicate += 1,
                Some(_) => outcome.revised += 1,
            }
        }
        outcome
    }
}

/// A source's surroundings, with the store at the other end of the channel.
pub(crate) struct Bench {
    pub(crate) wiring: Wiring,
    pub(crate) kept: Kept,
    pub(crate) stop: watch::Sender<bool>,
}

impl Bench {
    pub(crate) fn new(clock: Clock) -> Self {
        let (intake, mut deliveries) = mpsc::channel::<Delivery>(16);
        let (stop, stopped) = watch::channel(false);
        let kept = Kept::default();
        let store = kept.clone();
        tokio::spawn(async move {
            loop {
                while store.paused.load(Ordering::SeqCst) {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
                let Some(delivery) = deliveries.recv().await else { return };
                let answer = if store.full.load(Ordering::SeqCst) {
                    Err(NotStored::StorageFull)
                } else {
                    Ok(store.store(&delivery))
                };
                let _ = delivery.answer.send(answer);
            }
        });
        let wiring = Wiring {
            intake,
            quality: QualityControl::new(),
            health: FeedHealth::new(),
            clock,
            stop: stopped,
        };
        Self { wiring, kept, stop }
    }
}

/// Waits until `done`, for at most ten seconds.
pub(crate) async fn until(what: &str, done: impl Fn() -> bool) {
    for _ in 0..2_000 {
        if done() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("{what}: did not happen within ten seconds");
}

/// What the web server answers to one request.
#[derive(Clone)]
pub(crate) struct Reply {
    pub(crate) status: &'static str,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn ok(body: impl Into<Vec<u8>>) -> Self {
        Self { status: "200 OK", headers: Vec::new(), body: body.into() }
    }

    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub(crate) fn status(status: &'static str) -> Self {
        Self { status, headers: Vec::new(), body: Vec::new() }
    }
}

/// A publisher: answers requests by a script, then repeats the last answer.
pub(crate) struct Publisher {
    pub(crate) address: SocketAddr,
    pub(crate) requests: Arc<Mutex<Vec<String>>>,
}

impl Publisher {
    pub(crate) async fn start(script: Vec<Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = requests.clone();
        let script = Arc::new(Mutex::new(VecDeque::from(script)));
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (seen, script) = (seen.clone(), script.clone());
                tokio::spawn(async move {
                    let mut head = Vec::new();
                    while !head.ends_with(b"\r\n\r\n") {
                        match stream.read_u8().await {
                            Ok(byte) => head.push(byte),
                            Err(_) => return,
                        }
                    }
                    seen.lock().unwrap().push(String::from_utf8_lossy(&head).into_owned());
                    let reply = {
                        let mut script = script.lock().unwrap();
                        if script.len() > 1 {
                            script.pop_front().unwrap()
                        } else {
                            script[0].clone()
                        }
                    };
                    let mut answer = format!("HTTP/1.1 {}\r\nconnection: close\r\n", reply.status);
                    for (name, value) in &reply.headers {
                        answer += &format!("{name}: {value}\r\n");
                    }
                    if !reply.headers.iter().any(|(name, _)| *name == "content-length") {
                        answer += &format!("content-length: {}\r\n", reply.body.len());
                    }
                    answer += "\r\n";
                    let _ = stream.write_all(answer.as_bytes()).await;
                    let _ = stream.write_all(&reply.body).await;
                });
            }
        });
        Self { address, requests }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) fn asked(&self) -> usize {
        self.requests.lock().unwrap().len()
    }
}

/// Every log line of this thread, as `name=value` of its fields.
#[derive(Clone, Default)]
pub(crate) struct Lines(Arc<Mutex<Vec<String>>>);

impl Lines {
    /// Listens until the guard is dropped.
    pub(crate) fn listen() -> (Self, tracing::subscriber::DefaultGuard) {
        let lines = Self::default();
        let guard = tracing::subscriber::set_default(lines.clone());
        (lines, guard)
    }

    pub(crate) fn with(&self, words: &str) -> Vec<String> {
        self.0.lock().unwrap().iter().filter(|line| line.contains(words)).cloned().collect()
    }
}

struct Fields(String);

impl tracing::field::Visit for Fields {
    fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
        self.0 += &format!("{}={value:?} ", field.name());
    }
}

impl tracing::Subscriber for Lines {
    fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
        *metadata.level() <= tracing::Level::WARN
    }

    fn event(&self, event: &tracing::Event<'_>) {
        let mut fields = Fields(String::new());
        event.record(&mut fields);
        self.0.lock().unwrap().push(fields.0);
    }

    fn new_span(&self, _span: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        tracing::span::Id::from_u64(1)
    }

    fn record(&self, _span: &tracing::span::Id, _values: &tracing::span::Record<'_>) {}
    fn record_follows_from(&self, _span: &tracing::span::Id, _follows: &tracing::span::Id) {}
    fn enter(&self, _span: &tracing::span::Id) {}
    fn exit(&self, _span: &tracing::span::Id) {}
}
