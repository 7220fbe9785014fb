//! A gateway and an instrument that never give up: what is not acknowledged is sent again.

use std::{
    collections::{BTreeMap, VecDeque},
    io::{self, Read, Write},
    net::{SocketAddr, TcpStream},
    ops::Range,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use domain::{Averaging, Item, Quantity, period::BEIJING};
use hj212::{Data, Decoder, Segment, command};
use jiff::{SignedDuration, Timestamp};

use super::{Key, Place};

pub(crate) const GATEWAY_STATION: &str = "1424A";
pub(crate) const DEVICE_STATION: &str = "1422A";

/// The instrument's row of the configuration.
pub(crate) const DEVICE_ROW: &str = "[[ingest.hj212_tcp.devices]]\nmn = \"5001070000001422A\"\n\
    password = \"tk-1422\"\nstation = \"1422A\"\n\
    units = { a34004 = \"µg/m³\", a34002 = \"µg/m³\", a05024 = \"µg/m³\" }\n";

const ITEMS: [(Item, &str); 3] =
    [(Item::Pm25, "a34004"), (Item::Pm10, "a34002"), (Item::O3, "a05024")];

/// Moments in one batch of the gateway.
const MOMENTS: usize = 8;
/// Every so many-th batch is late: hours of a month that is sealed.
const LATE: usize = 5;
/// Frames on their way without an answer.
const WINDOW: usize = 6;
const PATIENCE: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(15);

/// What is sent: message by message, each a function of its number alone.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    /// The first moment; a day lies between it and now.
    first: Timestamp,
    /// The first late hour, two years back.
    late: Timestamp,
}

impl Plan {
    pub(crate) fn new() -> Self {
        let now = Timestamp::now();
        let whole = |hours: i64| {
            let at = now - SignedDuration::from_hours(hours);
            Timestamp::from_second(at.as_second().div_euclid(3_600) * 3_600).unwrap()
        };
        Self { first: whole(24), late: whole(24 * 730) }
    }

    /// The time and readings of a message, values in millionths.
    fn message(&self, station: &str, number: usize) -> Vec<(Key, i64)> {
        let gateway = station == GATEWAY_STATION;
        let late = gateway && number % LATE == LATE - 1;
        let moments = if gateway { MOMENTS } else { 1 };
        let seconds = |step: i64, at: usize| step * i64::try_from(at).unwrap();
        (0..moments)
            .flat_map(|moment| {
                let at = number * moments + moment;
                let (start, averaging) = if late {
                    (self.late.as_second() + seconds(3_600, at), Averaging::Hour)
                } else {
                    (self.first.as_second() + seconds(1, at), Averaging::Instant)
                };
                ITEMS.iter().enumerate().map(move |(place, (item, _))| {
                    let value = i32::try_from((at * 3 + place) % 400).unwrap();
                    let key = (station.to_owned(), *item, averaging, start * 1_000_000);
                    (key, Quantity::from_integer(value).millionths())
                })
            })
            .collect()
    }
}

/// What a sender did.
pub(crate) struct Sent {
    /// Everything acknowledged.
    pub(crate) readings: BTreeMap<Key, i64>,
    /// Messages that were sent more than once.
    pub(crate) resent: usize,
}

/// What a sender and the test both see.
pub(crate) struct Progress {
    place: Arc<Place>,
    plan: Plan,
    /// Messages acknowledged: all below this number.
    acknowledged: AtomicUsize,
    resent: AtomicUsize,
    ending: Arc<AtomicBool>,
}

impl Progress {
    fn is_ending(&self) -> bool {
        self.ending.load(Ordering::SeqCst)
    }
}

/// A sender in a thread of its own.
pub(crate) struct Sender {
    station: &'static str,
    progress: Arc<Progress>,
    thread: JoinHandle<()>,
}

/// A way of sending: its station, and what it does until it may end.
pub(crate) type Way = (&'static str, fn(&Progress));

pub(crate) fn gateway() -> Way {
    (GATEWAY_STATION, push)
}

pub(crate) fn device() -> Way {
    (DEVICE_STATION, report)
}

impl Sender {
    pub(crate) fn new(
        way: fn() -> Way,
        place: &Arc<Place>,
        plan: &Plan,
        ending: &Arc<AtomicBool>,
    ) -> Self {
        let (station, send) = way();
        let progress = Arc::new(Progress {
            place: place.clone(),
            plan: *plan,
            acknowledged: AtomicUsize::new(0),
            resent: AtomicUsize::new(0),
            ending: ending.clone(),
        });
        let own = progress.clone();
        Self { station, progress, thread: thread::spawn(move || send(&own)) }
    }

    /// Messages acknowledged so far.
    pub(crate) fn acknowledged(&self) -> usize {
        self.progress.acknowledged.load(Ordering::SeqCst)
    }

    /// The readings of these messages.
    pub(crate) fn expected(&self, messages: Range<usize>) -> BTreeMap<Key, i64> {
        messages.flat_map(|number| self.progress.plan.message(self.station, number)).collect()
    }

    /// Waits until everything begun is acknowledged.
    pub(crate) fn finish(self) -> Sent {
        let (station, progress) = (self.station, self.progress.clone());
        self.thread.join().unwrap();
        let acknowledged = progress.acknowledged.load(Ordering::SeqCst);
        let all = (0..acknowledged).flat_map(|number| progress.plan.message(station, number));
        Sent { readings: all.collect(), resent: progress.resent.load(Ordering::SeqCst) }
    }
}

/// One batch after the other, each until it is answered.
fn push(progress: &Progress) {
    while !progress.is_ending() {
        let number = progress.acknowledged.load(Ordering::SeqCst);
        let message = progress.plan.message(GATEWAY_STATION, number);
        let body = batch(&message);
        let mut tries = 0;
        while !matches!(post(&progress.place, &body), Ok(taken) if taken == message.len()) {
            tries += 1;
            thread::sleep(PAUSE);
        }
        progress.resent.fetch_add(usize::from(tries > 0), Ordering::SeqCst);
        progress.acknowledged.store(number + 1, Ordering::SeqCst);
    }
}

fn batch(message: &[(Key, i64)]) -> String {
    let rows = message.iter().map(|((station, item, averaging, start_us), micro)| {
        serde_json::json!({
            "station": station, "item": item.key(), "value": micro / 1_000_000, "unit": "µg/m³",
            "start": Timestamp::from_microsecond(*start_us).unwrap().to_string(),
            "averaging": averaging.key(),
        })
    });
    serde_json::json!({ "readings": rows.collect::<Vec<_>>() }).to_string()
}

/// Rows that the portal says it has of the batch.
fn post(place: &Place, body: &str) -> io::Result<usize> {
    let mut stream = connect(place.http)?;
    let head = format!(
        "POST /api/v1/readings HTTP/1.1\r\nhost: portal\r\nconnection: close\r\nauthorization: Bearer {}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n",
        place.key,
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let Some((head, json)) = answer.split_once("\r\n\r\n") else { return Ok(0) };
    if !head.starts_with("HTTP/1.1 200") {
        return Ok(0);
    }
    // An answer cut off by the kill is none.
    let Ok(outcome) = serde_json::from_str::<contract::push::PushOutcome>(json) else {
        return Ok(0);
    };
    assert!(outcome.rejected.is_empty() && outcome.revised == 0, "{json}");
    Ok(outcome.stored + outcome.duplicate)
}

fn connect(to: SocketAddr) -> io::Result<TcpStream> {
    let stream = TcpStream::connect_timeout(&to, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// Frames with a few on their way, over as many connections as it takes.
fn report(progress: &Progress) {
    let mut waiting: VecDeque<usize> = VecDeque::new();
    let mut next = 0;
    while !(progress.is_ending() && waiting.is_empty()) {
        if converse(progress, &mut waiting, &mut next).is_err() {
            thread::sleep(PAUSE);
        }
    }
}

/// One connection: what is unanswered again, then new frames, until the connection breaks or
/// everything is answered and the end has come.
fn converse(
    progress: &Progress,
    waiting: &mut VecDeque<usize>,
    next: &mut usize,
) -> io::Result<()> {
    let mut stream = connect(progress.place.hj212)?;
    progress.resent.fetch_add(waiting.len(), Ordering::SeqCst);
    for number in waiting.iter() {
        stream.write_all(&frame(&progress.plan, *number))?;
    }
    let mut decoder = Decoder::new();
    let mut bytes = [0; 4_096];
    loop {
        while waiting.len() < WINDOW && !progress.is_ending() {
            waiting.push_back(*next);
            *next += 1;
            stream.write_all(&frame(&progress.plan, *next - 1))?;
        }
        if waiting.is_empty() {
            return Ok(());
        }
        let count = stream.read(&mut bytes)?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        decoder.push(&bytes[..count]).unwrap();
        for answer in decoder.by_ref().flatten().filter(|answer| answer.cn == command::DATA_ANSWER)
        {
            let number: usize = answer.exchange().unwrap()[8..].parse().unwrap();
            // Answers come in the order of the frames.
            if waiting.front() == Some(&number) {
                waiting.pop_front();
                progress.acknowledged.store(number + 1, Ordering::SeqCst);
            }
        }
    }
}

fn frame(plan: &Plan, number: usize) -> Vec<u8> {
    let message = plan.message(DEVICE_STATION, number);
    let start = Timestamp::from_microsecond(message[0].0.3).unwrap();
    let local = BEIJING.to_datetime(start);
    let label = format!(
        "{:04}{:02}{:02}{:02}{:02}{:02}",
        local.year(),
        local.month(),
        local.day(),
        local.hour(),
        local.minute(),
        local.second()
    );
    let items = message.iter().zip(ITEMS).map(|((_, micro), (_, factor))| {
        hj212::Item::new(factor, &[("Rtd", &(micro / 1_000_000).to_string()), ("Flag", "N")])
    });
    let segment = Segment {
        qn: Some(format!("20261123{number:09}")),
        pw: Some("tk-1422".to_owned()),
        flag: Some(5),
        data: Data { items: items.collect(), ..Data::of_fields(&[("DataTime", &label)]) },
        ..Segment::new("22", command::REALTIME, "5001070000001422A")
    };
    segment.encode().unwrap()
}
