//! Requests per second of one cached answer, over kept connections, one request at a time each.

use std::{
    net::SocketAddr,
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinSet,
};

use crate::{bare, portal::Portal, process::Process, table::Table};

const CONNECTIONS: usize = 64;
/// Each side in turn, so that a noisy neighbour meets both.
const ROUNDS: usize = 5;
const ROUND: Duration = Duration::from_secs(2);

/// What one side did, over all rounds.
#[derive(Default)]
struct Side {
    rates: Vec<f64>,
    requests: u64,
    worked: Duration,
}

impl Side {
    /// The middle of the rounds.
    fn rate(&mut self) -> f64 {
        self.rates.sort_by(f64::total_cmp);
        self.rates[self.rates.len() / 2]
    }

    /// Processor time of the server per request, in microseconds.
    fn cost_us(&self) -> f64 {
        self.worked.as_secs_f64() * 1e6 / self.requests.max(1) as f64
    }
}

/// An answer of the interface and a badge, each against the same bytes from a bare handler.
pub(crate) async fn measure(portal: &Portal, table: &mut Table) -> Result<()> {
    for path in [contract::paths::AIR_SUMMARY, "badge/air.svg"] {
        measure_one(portal, table, path).await?;
    }
    Ok(())
}

async fn measure_one(portal: &Portal, table: &mut Table, path: &str) -> Result<()> {
    let request =
        format!("GET /{path} HTTP/1.1\r\nhost: portal\r\naccept-encoding: gzip, br\r\n\r\n");
    let body = one(portal.http, &request).await?;
    let folder = tempfile::TempDir::new()?;
    let file = folder.path().join("body");
    std::fs::write(&file, &body)?;
    let mut command = Command::new(std::env::current_exe()?);
    let mut bare = Process::start(command.env(bare::BODY, &file).env(bare::PATH, path))?;
    let bare_address: SocketAddr = bare.line()?.parse()?;
    ensure!(one(bare_address, &request).await? == body, "the bare handler gives other bytes");

    let [mut ours, mut theirs] = [Side::default(), Side::default()];
    for round in 0..=ROUNDS {
        for (side, address, process) in
            [(&mut ours, portal.http, &portal.process), (&mut theirs, bare_address, &bare)]
        {
            let before = process.worked()?;
            let began = Instant::now();
            let requests = load(address, &request).await?;
            let rate = requests as f64 / began.elapsed().as_secs_f64();
            // The first round warms up.
            if round > 0 {
                side.rates.push(rate);
                side.requests += requests;
                side.worked += process.worked()?.saturating_sub(before);
            }
        }
    }
    let [fast, bare_fast] = [ours.rate(), theirs.rate()];
    table.line(&format!("GET {path} ({} B, brotli)", body.len()), format!("{fast:.0}/s"), "");
    table.line("the same bytes from a bare axum handler", format!("{bare_fast:.0}/s"), "");
    table.line("rate against the bare handler", format!("{:.2}", fast / bare_fast), "≥ 0.80");
    let costs = format!("{:.1} / {:.1} µs", ours.cost_us(), theirs.cost_us());
    table.line("server time per request, ours / bare", costs, "");
    Ok(())
}

/// One answer's body.
async fn one(address: SocketAddr, request: &str) -> Result<Vec<u8>> {
    let mut client = Client::open(address).await?;
    client.ask(request.as_bytes()).await?;
    Ok(client.body)
}

/// Requests answered in one round.
async fn load(address: SocketAddr, request: &str) -> Result<u64> {
    let end = Instant::now() + ROUND;
    let mut clients = JoinSet::new();
    for _ in 0..CONNECTIONS {
        let (mut client, request) = (Client::open(address).await?, request.to_owned());
        clients.spawn(async move {
            let mut answered = 0_u64;
            while Instant::now() < end {
                client.ask(request.as_bytes()).await?;
                answered += 1;
            }
            anyhow::Ok(answered)
        });
    }
    let mut answered = 0;
    while let Some(of_client) = clients.join_next().await {
        answered += of_client??;
    }
    Ok(answered)
}

struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
    body: Vec<u8>,
}

impl Client {
    async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(64 * 1024), body: Vec::new() })
    }

    /// Sends the request and reads its whole answer.
    async fn ask(&mut self, request: &[u8]) -> Result<()> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let mut whole = None;
        loop {
            let count = self.stream.read_buf(&mut self.buffer).await?;
            ensure!(count > 0, "the server closed the connection");
            if whole.is_none() {
                whole = self.extent()?;
            }
            if let Some((from, to)) = whole.filter(|(_, to)| self.buffer.len() >= *to) {
                ensure!(self.buffer.starts_with(b"HTTP/1.1 200"), "the answer is no success");
                self.body.clear();
                self.body.extend_from_slice(&self.buffer[from..to]);
                return Ok(());
            }
        }
    }

    /// Where the body begins and ends, once the head is there.
    fn extent(&self) -> Result<Option<(usize, usize)>> {
        let Some(end) = self.buffer.windows(4).position(|four| four == b"\r\n\r\n") else {
            return Ok(None);
        };
        let head = std::str::from_utf8(&self.buffer[..end])?;
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length").then(|| value.trim())
        });
        let length: usize = length.context("no content-length")?.parse()?;
        Ok(Some((end + 4, end + 4 + length)))
    }
}
