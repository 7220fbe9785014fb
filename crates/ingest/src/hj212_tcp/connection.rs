//! One connection: bytes in, deliveries out, answers back.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use hj212::{CommandKind, Data, Decoder, Frame, Segment, command};
use jiff::Timestamp;
use tokio::{
    io::AsyncReadExt,
    net::{TcpStream, tcp::OwnedReadHalf},
    sync::mpsc,
    time::Instant,
};
use tracing::debug;

use super::{
    FEED,
    answers::{self, Answer, WAITING},
    config::Device,
    device_list::DeviceList,
    readings::{self, local_time},
    refusals::Refusals,
};
use crate::{Reason, Wiring, quality::Arrival, wiring::Parcel};

/// A line that is silent for so long has said what it had to say.
const PAUSE: Duration = Duration::from_secs(1);

/// How long a connection may take to bring its first frame of a device that is let in: who only
/// holds a place open shall not hold it for hours.
const INTRODUCTION: Duration = Duration::from_secs(60);

/// Bytes read at a time; a thousand idle connections should cost little.
const READ: usize = 4 * 1024;

/// One connection; several devices may share it.
pub(super) struct Connection {
    devices: Arc<DeviceList>,
    wiring: Wiring,
    refusals: Refusals,
}

impl Connection {
    pub(super) fn new(peer: SocketAddr, devices: Arc<DeviceList>, wiring: Wiring) -> Self {
        let refusals = Refusals::new(peer, devices.log_budget.clone());
        Self { devices, wiring, refusals }
    }

    /// Talks until either side closes, nothing valid comes for too long, or the server stops.
    pub(super) async fn run(mut self, stream: TcpStream) {
        // Answers are small and waited for; without it they would wait for company.
        let _ = stream.set_nodelay(true);
        let (from, to) = stream.into_split();
        let (queue, waiting) = mpsc::channel(WAITING);
        let budget = self.devices.log_budget.clone();
        let writing = answers::send(to, waiting, self.wiring.clone(), budget);
        // The queue ends with the reading, and the writing with the queue.
        let reading = async move { self.read(from, queue).await };
        tokio::join!(reading, writing);
    }

    async fn read(&mut self, mut from: OwnedReadHalf, queue: mpsc::Sender<Answer>) {
        let mut decoder = Decoder::with_keys(self.devices.keys.clone());
        let mut bytes = vec![0; READ];
        let mut last_valid = Instant::now();
        let mut limit = INTRODUCTION;
        let mut paused = false;
        loop {
            let left = limit.saturating_sub(last_valid.elapsed());
            let patience = if paused { left } else { left.min(PAUSE) };
            let read = tokio::select! {
                biased;
                () = self.wiring.stopped() => return,
                () = queue.closed() => return,
                read = tokio::time::timeout(patience, from.read(&mut bytes)) => read,
            };
            let pushed = match read {
                Ok(Ok(0) | Err(_)) => return,
                Ok(Ok(count)) => {
                    paused = false;
                    decoder.push(&bytes[..count])
                }
                Err(_elapsed) if last_valid.elapsed() >= limit => return,
                Err(_elapsed) => {
                    paused = true;
                    decoder.idle();
                    Ok(())
                }
            };
            for found in decoder.by_ref() {
                match found {
                    Ok(frame) => {
                        if self.take(&frame, &queue).await == Admitted::Yes {
                            last_valid = Instant::now();
                            limit = self.devices.idle_timeout;
                        }
                    }
                    Err(error) => self.refusals.damaged(&error, &self.devices, &self.wiring),
                }
                if self.refusals.exhausted() {
                    return;
                }
            }
            if let Err(cause) = pushed {
                return self.refusals.connection(Reason::Garbage, &cause, &self.wiring);
            }
        }
    }

    /// Does what the frame asks, if its sender is known.
    async fn take(&mut self, frame: &Frame, queue: &mpsc::Sender<Answer>) -> Admitted {
        let now = self.wiring.clock.now();
        self.wiring.health.tried(now);
        let devices = self.devices.clone();
        let device = match devices.admit(frame) {
            Ok(device) => device,
            Err(reason) => {
                self.refusals.not_admitted(frame, reason, &self.wiring);
                return Admitted::No;
            }
        };
        self.refusals.admitted(&device.mn);
        self.wiring.health.seen(&device.station, now);
        match frame.kind() {
            CommandKind::Upload => self.store(frame, device, queue).await,
            CommandKind::Notice => self.answer_notice(frame, queue).await,
            CommandKind::Answer => debug!(feed = FEED, %frame, "answer from a device"),
            CommandKind::Request | CommandKind::Unknown => {
                self.refusals.factor(
                    &device.station,
                    &format!("CN={}", frame.cn),
                    Reason::UnknownCommand,
                    &self.wiring,
                );
                // Data of an edition to come: kept raw, so that it can be read later.
                if (2_000..3_000).contains(&frame.cn) && frame.data.get("DataTime").is_some() {
                    self.store(frame, device, queue).await;
                }
            }
        }
        Admitted::Yes
    }

    /// Hands the frame over with what could be read from it; 9014 follows the commit.
    async fn store(&mut self, frame: &Frame, device: &Device, queue: &mpsc::Sender<Answer>) {
        // Taken first: what is refused below is not older than the delivery it is part of.
        let now = self.wiring.clock.now();
        let found = readings::readings(frame, device);
        for (factor, reason) in &found.rejected {
            self.refusals.factor(&device.station, factor, *reason, &self.wiring);
        }
        let arrival =
            if frame.rf { Arrival::history(now) } else { Arrival::live(now, device.history_hours) };
        let parcel = Parcel {
            feed: FEED,
            source: format!("hj212:{}", device.mn),
            provenance: device.provenance,
            raw: frame.raw_without_password(),
            readings: found.readings,
            arrival,
        };
        let answer = frame.wants_answer().then(|| hj212::answers::data_answer(frame)).flatten();
        let pending = self.wiring.hand_over(parcel).await;
        // If the writer is gone the connection is about to close; the data is on its way anyway.
        let _ = queue.send(Answer::WhenStored(pending, answer)).await;
    }

    /// 9013 to a heartbeat or a wish for the time, and then the time if we keep theirs.
    async fn answer_notice(&self, frame: &Frame, queue: &mpsc::Sender<Answer>) {
        if let Some(bytes) = hj212::answers::notice_answer(frame) {
            let _ = queue.send(Answer::Now(bytes)).await;
        }
        if frame.cn == command::TIME_WANTED
            && self.devices.send_time
            && let Some(bytes) = set_time(frame, self.wiring.clock.now())
        {
            let _ = queue.send(Answer::Now(bytes)).await;
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Admitted {
    Yes,
    No,
}

/// 1012 to the device that sent `frame`.
fn set_time(frame: &Frame, now: Timestamp) -> Option<Vec<u8>> {
    let time = local_time(now)?;
    let segment = Segment {
        qn: Some(format!("{time}{:03}", now.subsec_millisecond().unsigned_abs())),
        pw: frame.pw.clone(),
        flag: Some(frame.edition().flag() | 1),
        data: Data::of_fields(&[("SystemTime", &time.to_string())]),
        ..Segment::new(&frame.st, command::SET_DEVICE_TIME, &frame.mn)
    };
    segment.encode().ok()
}
