//! What a connection sent in vain: counted always, logged once per kind.

use std::{
    collections::BTreeSet,
    fmt::Display,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use domain::Text;
use hj212::{Frame, FrameError};
use jiff::Timestamp;
use tracing::warn;

use super::{FEED, device_list::DeviceList};
use crate::{
    Reason, Wiring,
    health::{Quarantined, shortened},
};

/// Frames refused in a row after which a connection is not worth keeping.
const PATIENCE: u32 = 1_000;

/// Lines per minute about refusals, over all connections: who reconnects for each bad frame
/// shall not fill the log.
const LINES_PER_MINUTE: u32 = 60;

/// What of [`LINES_PER_MINUTE`] is left; shared by all connections.
#[derive(Debug, Default)]
pub(super) struct LogBudget(Mutex<(i64, u32)>);

impl LogBudget {
    fn allows_line(&self, now: Timestamp) -> bool {
        let mut spent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let minute = now.as_second().div_euclid(60);
        if spent.0 != minute {
            *spent = (minute, 0);
        }
        spent.1 += 1;
        spent.1 <= LINES_PER_MINUTE
    }
}

/// The refusals of one connection.
#[derive(Debug)]
pub(super) struct Refusals {
    peer: SocketAddr,
    budget: Arc<LogBudget>,
    logged: BTreeSet<Reason>,
    in_a_row: u32,
}

impl Refusals {
    pub(super) fn new(peer: SocketAddr, budget: Arc<LogBudget>) -> Self {
        Self { peer, budget, logged: BTreeSet::new(), in_a_row: 0 }
    }

    /// A device was let in: what came before was a slip.
    pub(super) fn forgive(&mut self) {
        self.in_a_row = 0;
    }

    /// True once nothing but refusals can be expected.
    pub(super) fn exhausted(&self) -> bool {
        self.in_a_row >= PATIENCE
    }

    /// Bytes that are no valid frame. The MN they seem to carry is good enough for counting.
    pub(super) fn damaged(&mut self, error: &FrameError, devices: &DeviceList, wiring: &Wiring) {
        let reason = reason(error);
        let refused = error.refused();
        self.log(reason, error, &refused.excerpt, wiring);
        match refused.mn.as_deref().and_then(|mn| devices.get(mn)) {
            Some(device) => {
                let now = wiring.clock.now();
                wiring.health.station_rejected(&device.station, now, reason, reason.text());
            }
            None => wiring.health.stranger(&self.peer.ip().to_string(), reason),
        }
    }

    /// A valid frame of someone not on the list, or with a wrong password: kept for the operator
    /// without its password.
    pub(super) fn not_admitted(&mut self, frame: &Frame, reason: Reason, wiring: &Wiring) {
        let bytes = frame.raw_without_password();
        let text = String::from_utf8_lossy(&bytes);
        self.log(
            reason,
            &"frame quarantined; register the device or correct its row",
            &text,
            wiring,
        );
        let from = self.peer.ip().to_string();
        wiring.health.stranger(&from, reason);
        let at = wiring.clock.now();
        wiring.health.quarantine(Quarantined { at, from, reason, text: shortened(&text, 1024) });
    }

    /// A factor of an admitted frame that did not become a reading.
    pub(super) fn factor(&mut self, station: &str, factor: &str, reason: Reason, wiring: &Wiring) {
        self.log(reason, &format_args!("factor {factor} not used"), station, wiring);
        let factor = shortened(factor, 24);
        let text = Text::new(
            format!("因子 {factor}：{}", reason.name(domain::Lang::Zh)),
            format!("factor {factor}: {}", reason.name(domain::Lang::En)),
        );
        wiring.health.station_rejected(station, wiring.clock.now(), reason, text);
    }

    /// The whole connection, at its end.
    pub(super) fn connection(&mut self, reason: Reason, cause: &dyn Display, wiring: &Wiring) {
        self.log(reason, cause, "", wiring);
        wiring.health.stranger(&self.peer.ip().to_string(), reason);
    }

    fn log(&mut self, reason: Reason, cause: &dyn Display, excerpt: &str, wiring: &Wiring) {
        self.in_a_row = self.in_a_row.saturating_add(1);
        if self.logged.insert(reason) && self.budget.allows_line(wiring.clock.now()) {
            let (peer, reason, excerpt) = (self.peer, reason.key(), shortened(excerpt, 200));
            warn!(feed = FEED, %peer, reason, %cause, excerpt, "refused; more of this kind is only counted");
        }
    }
}

fn reason(error: &FrameError) -> Reason {
    match error {
        FrameError::Crc { modbus: true, .. } => Reason::ModbusCrc,
        FrameError::Crc { .. } => Reason::Crc,
        FrameError::Length { .. } => Reason::Length,
        FrameError::Malformed { .. } | FrameError::Endless { .. } => Reason::Malformed,
        FrameError::Encrypted { .. } | FrameError::WrongKey { .. } => Reason::Encrypted,
    }
}
