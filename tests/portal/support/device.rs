//! A field device's side of an HJ 212 connection.

use std::time::Duration;

use hj212::{Data, Decoder, Frame, Item, Segment, command};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// A device's number and password.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sender {
    pub(crate) mn: &'static str,
    pub(crate) password: &'static str,
    /// The system code: 22 air, 21 surface water.
    st: &'static str,
}

/// The instrument at station 1424A.
pub(crate) const AIR: Sender = Sender { mn: "5001070000001424A", password: "tk-1424", st: "22" };
/// The analyser at the section on the river.
pub(crate) const RIVER: Sender = Sender { mn: "A500107_0001", password: "tk-0001", st: "21" };
/// A device that its row calls simulated.
pub(crate) const SIMULATED: Sender = Sender { mn: "SIMTAOHUA", password: "tk-sim", st: "21" };

/// An open connection to the collector.
pub(crate) struct Device {
    stream: TcpStream,
    decoder: Decoder,
}

impl Device {
    pub(crate) async fn connect(to: std::net::SocketAddr) -> Self {
        Self { stream: TcpStream::connect(to).await.unwrap(), decoder: Decoder::new() }
    }

    pub(crate) async fn send(&mut self, bytes: &[u8]) {
        self.stream.write_all(bytes).await.unwrap();
    }

    /// Sends as much as is taken; false when the other end closed before it was all.
    pub(crate) async fn offer(&mut self, bytes: &[u8]) -> bool {
        self.stream.write_all(bytes).await.is_ok()
    }

    /// The next answer; `None` when none comes for `patience`, or the other end closes.
    pub(crate) async fn answer_within(&mut self, patience: Duration) -> Option<Frame> {
        let mut bytes = [0; 4096];
        loop {
            if let Some(found) = self.decoder.next() {
                return Some(found.unwrap());
            }
            let read = tokio::time::timeout(patience, self.stream.read(&mut bytes)).await;
            match read {
                Ok(Ok(count)) if count > 0 => self.decoder.push(&bytes[..count]).unwrap(),
                _ => return None,
            }
        }
    }

    /// Sends a frame and waits for its 9014.
    #[track_caller]
    pub(crate) fn report(&mut self, frame: &[u8]) -> impl Future<Output = ()> {
        let caller = std::panic::Location::caller();
        async move {
            self.send(frame).await;
            let answer = self.answer_within(Duration::from_secs(10)).await;
            let answered = answer.is_some_and(|answer| answer.cn == command::DATA_ANSWER);
            assert!(answered, "no 9014 to the frame sent at {caller}");
        }
    }

    /// True once the other end has closed.
    pub(crate) async fn is_closed(&mut self) -> bool {
        let mut bytes = [0; 4096];
        let all = async {
            while let Ok(count) = self.stream.read(&mut bytes).await {
                if count == 0 {
                    return;
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(10), all).await.is_ok()
    }
}

/// A frame that wants an answer: `label` is DataTime, values are averages in the device's units.
pub(crate) fn frame(sender: Sender, cn: u16, label: &str, values: &[(&str, &str)]) -> Vec<u8> {
    let suffix = if cn == command::REALTIME { "Rtd" } else { "Avg" };
    let items =
        values.iter().map(|(factor, value)| Item::new(factor, &[(suffix, value), ("Flag", "N")]));
    let segment = Segment {
        // Unique per label and command, as a logger's clock would make it.
        qn: Some(format!("{label}{:03}", cn % 1000)),
        pw: Some(sender.password.to_owned()),
        flag: Some(5),
        data: Data { items: items.collect(), ..Data::of_fields(&[("DataTime", label)]) },
        ..Segment::new(sender.st, cn, sender.mn)
    };
    segment.encode().unwrap()
}

/// Hourly data labelled by the start of the hour.
pub(crate) fn hour(sender: Sender, label: &str, values: &[(&str, &str)]) -> Vec<u8> {
    frame(sender, command::HOUR, label, values)
}
