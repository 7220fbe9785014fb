//! From a reading's acknowledgement to thousands of open pages.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::mpsc,
    time::timeout,
};

use crate::{portal::Portal, table::Table};

const SUBSCRIBERS: usize = 5_000;
/// Connections being opened at a time: fewer than the system's queue holds.
const OPENING: usize = 100;
/// Readings sent, half of them in the worst moment: just after a batch has gone out.
const READINGS: u32 = 24;
/// A reader that has heard nothing by then has missed it.
const MISSED: Duration = Duration::from_secs(5);
/// The end of a batch, as chunks are framed.
const END: &[u8] = b"\n\n\r\n";

pub(crate) async fn measure(portal: &Portal, table: &mut Table) -> Result<()> {
    let before = portal.process.resident_kb()?;
    let (arrived, mut arrivals) = mpsc::unbounded_channel();
    let began = Instant::now();
    subscribe(portal.http, arrived).await?;
    let opening = began.elapsed();
    tokio::time::sleep(Duration::from_secs(2)).await;
    let held = portal.process.resident_kb()?.saturating_sub(before);

    let mut instrument = portal.instrument().await?;
    let [mut calm, mut worst, mut answers] = [Vec::new(), Vec::new(), Vec::new()];
    let mut missed = 0;
    for number in 0..READINGS {
        let is_calm = number % 2 == 0;
        if is_calm {
            tokio::time::sleep(Duration::from_millis(900)).await;
        }
        let sent = Instant::now();
        // Pairs alternate between the two ways in.
        if number % 4 < 2 {
            portal.push_now(100 + number).await?;
        } else {
            Portal::report_now(&mut instrument, 100 + number).await?;
        }
        answers.push(sent.elapsed());
        let times = gather(&mut arrivals, sent).await;
        missed += SUBSCRIBERS - times.len();
        if is_calm { &mut calm } else { &mut worst }.extend(times);
    }
    ensure!(!calm.is_empty(), "no reader received anything");
    let mut all = [calm.clone(), worst.clone()].concat();
    let readers = format!("{SUBSCRIBERS} live readers");
    table.line(&format!("{readers}: connected and given the full state in"), ms(opening), "");
    table.line(
        &format!("{readers}: memory of the server for each"),
        format!("{:.1} kB", held as f64 / SUBSCRIBERS as f64),
        "",
    );
    table.line("reading sent → acknowledged, p50 / p99", pair(&mut answers), "");
    table.line("reading sent → received, after a pause, p50 / p99", pair(&mut calm), "");
    table.line("reading sent → received, just after a batch, p50 / p99", pair(&mut worst), "");
    table.line(
        &format!("reading sent → received by {SUBSCRIBERS}, p50 / p99"),
        pair(&mut all),
        "p99 ≤ 1000 ms",
    );
    table.line("batches missed", missed.to_string(), "0");
    Ok(())
}

/// Opens all streams and waits until each has its state; what comes later is told to `arrived`.
async fn subscribe(address: SocketAddr, arrived: mpsc::UnboundedSender<Instant>) -> Result<()> {
    let ready = Arc::new(AtomicUsize::new(0));
    for wave in 0..SUBSCRIBERS.div_ceil(OPENING) {
        for _ in 0..OPENING {
            tokio::spawn(read(address, ready.clone(), arrived.clone()));
        }
        let began = Instant::now();
        while ready.load(Ordering::Relaxed) < (wave + 1) * OPENING {
            ensure!(began.elapsed() < MISSED, "readers cannot connect");
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }
    Ok(())
}

/// One reader: counts itself ready after its state, then tells when each batch has come whole.
async fn read(
    address: SocketAddr,
    ready: Arc<AtomicUsize>,
    arrived: mpsc::UnboundedSender<Instant>,
) -> Result<()> {
    let mut stream = TcpStream::connect(address).await?;
    let head = format!("GET /{} HTTP/1.1\r\nhost: portal\r\n\r\n", contract::paths::LIVE);
    stream.write_all(head.as_bytes()).await?;
    let mut buffer = Vec::with_capacity(4_096);
    let mut is_ready = false;
    loop {
        let count = stream.read_buf(&mut buffer).await?;
        ensure!(count > 0, "the server ended the stream");
        if !buffer.ends_with(END) {
            continue;
        }
        if is_ready && holds(&buffer, b"event: batch") {
            arrived.send(Instant::now()).context("nobody listens")?;
        } else if !is_ready && holds(&buffer, b"event: snapshot") {
            is_ready = true;
            ready.fetch_add(1, Ordering::Relaxed);
        }
        // Thousands of readers hold no more than a small buffer each.
        buffer = Vec::with_capacity(1_024);
    }
}

fn holds(buffer: &[u8], words: &[u8]) -> bool {
    buffer.windows(words.len()).any(|window| window == words)
}

/// How long after `sent` each reader had the batch.
async fn gather(arrivals: &mut mpsc::UnboundedReceiver<Instant>, sent: Instant) -> Vec<Duration> {
    let mut times = Vec::with_capacity(SUBSCRIBERS);
    while times.len() < SUBSCRIBERS {
        match timeout(MISSED, arrivals.recv()).await {
            Ok(Some(at)) => times.push(at.duration_since(sent)),
            _ => break,
        }
    }
    times
}

fn ms(time: Duration) -> String {
    format!("{:.0} ms", time.as_secs_f64() * 1e3)
}

/// The middle, and what all but one in a hundred stay below.
fn pair(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() - 1) * share / 100].as_secs_f64() * 1e3;
    format!("{:.0} / {:.0} ms", at(50), at(99))
}
