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
use crate::{Reason, Wiring, health::shortened};

/// Frames refused in a row after which a connection is not worth keeping.
const PATIENCE: u32 = 1_000;

/// Lines per minute about frames that were not taken, over all connections: neither who
/// reconnects for each bad frame nor a full disk shall fill the log.
const LINES_PER_MINUTE: u32 = 60;

/// Characters of a frame in the log: the most that HJ 212-2017 lets one have.
const EXCERPT: usize = 1_024;

/// What of [`LINES_PER_MINUTE`] is left; shared by all connections.
#[derive(Debug, Default)]
pub(super) struct LogBudget(Mutex<(i64, u32)>);

impl LogBudget {
    /// Takes one line of this minute's; `false` if none is left.
    pub(super) fn allows_line(&self, now: Timestamp) -> bool {
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
    /// The devices that have shown their password on this connection.
    admitted: BTreeSet<String>,
    in_a_row: u32,
}

impl Refusals {
    pub(super) fn new(peer: SocketAddr, budget: Arc<LogBudget>) -> Self {
        let (logged, admitted) = (BTreeSet::new(), BTreeSet::new());
        Self { peer, budget, logged, admitted, in_a_row: 0 }
    }

    /// The device of that MN was let in: what came before was a slip.
    pub(super) fn admitted(&mut self, mn: &str) {
        self.in_a_row = 0;
        if !self.admitted.contains(mn) {
            self.admitted.insert(mn.to_owned());
        }
    }

    /// True once nothing but refusals can be expected.
    pub(super) fn exhausted(&self) -> bool {
        self.in_a_row >= PATIENCE
    }

    /// Bytes that are no valid frame. The MN they seem to carry is believed only where that device
    /// has been let in: what is noted at a station is public, and an MN is no secret.
    pub(super) fn damaged(&mut self, error: &FrameError, devices: &DeviceList, wiring: &Wiring) {
        let reason = reason(error);
        let refused = error.refused();
        self.log(reason, error, &refused.excerpt, wiring);
        let mn = refused.mn.as_deref().filter(|mn| self.admitted.contains(*mn));
        match mn.and_then(|mn| devices.get(mn)) {
            Some(device) => {
                let now = wiring.clock.now();
                wiring.health.station_rejected(&device.station, now, reason, reason.text());
            }
            None => wiring.health.rejected(reason, 1),
        }
    }

    /// A valid frame of someone not on the list, or with a wrong password: logged for the
    /// operator without its password.
    pub(super) fn not_admitted(&mut self, frame: &Frame, reason: Reason, wiring: &Wiring) {
        let bytes = frame.raw_without_password();
        let text = String::from_utf8_lossy(&bytes);
        self.log(
            reason,
            &"frame not admitted; register the device or correct its row",
            &text,
            wiring,
        );
        wiring.health.rejected(reason, 1);
    }

    /// A factor of an admitted frame that did not become a reading.
    pub(super) fn factor(&mut self, station: &str, factor: &str, reason: Reason, wiring: &Wiring) {
        let factor = shortened(factor, 24);
        self.log(reason, &format_args!("factor {factor} not used"), station, wiring);
        let text = Text::new(
            format!("因子 {factor}：{}", reason.name(domain::Lang::Zh)),
            format!("factor {factor}: {}", reason.name(domain::Lang::En)),
        );
        wiring.health.station_rejected(station, wiring.clock.now(), reason, text);
    }

    /// The whole connection, at its end.
    pub(super) fn connection(&mut self, reason: Reason, cause: &dyn Display, wiring: &Wiring) {
        self.log(reason, cause, "", wiring);
        wiring.health.rejected(reason, 1);
    }

    fn log(&mut self, reason: Reason, cause: &dyn Display, excerpt: &str, wiring: &Wiring) {
        self.in_a_row = self.in_a_row.saturating_add(1);
        if self.logged.insert(reason) && self.budget.allows_line(wiring.clock.now()) {
            let (peer, reason, excerpt) = (self.peer, reason.key(), shortened(excerpt, EXCERPT));
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
