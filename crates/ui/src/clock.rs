//! The browser's only clock, corrected by the server's.

use std::time::Duration;

use jiff::Timestamp;
use leptos::prelude::*;

/// The time as the server has it: this device's clock plus an offset learned from replies, so that
/// ages are right on a phone whose clock is wrong.
#[derive(Clone, Copy)]
pub struct Clock {
    offset_ms: RwSignal<i64>,
    beat: RwSignal<u32>,
}

/// An offset is replaced when a reply disagrees by more than this: less is the network's delay.
const TOLERANCE_MS: i64 = 1_500;
/// How often ages on screen are counted again.
const BEAT: Duration = Duration::from_secs(5);

impl Clock {
    /// A clock that trusts the device until the server has spoken, provided as a context.
    pub fn provide() -> Self {
        let clock = Self { offset_ms: RwSignal::new(0), beat: RwSignal::new(0) };
        // Ages are not worth keeping a page awake for: without a timer they count on each render.
        let _ =
            set_interval_with_handle(move || clock.beat.update(|n| *n = n.wrapping_add(1)), BEAT);
        provide_context(clock);
        clock
    }

    /// The clock of this application.
    pub fn expect() -> Self {
        expect_context()
    }

    /// Learns the server's time from a reply that has just arrived.
    pub fn learn(self, server_time: Timestamp) {
        let heard = server_time.as_millisecond().saturating_sub(device_ms());
        if let Some(offset) = corrected(self.offset_ms.get_untracked(), heard) {
            self.offset_ms.set(offset);
        }
    }

    /// The server's time now.
    pub fn now(self) -> Timestamp {
        let now_ms = device_ms().saturating_add(self.offset_ms.get_untracked());
        Timestamp::from_millisecond(now_ms).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// The server's time now; whoever calls it in a view is called again as time passes.
    pub fn ticking(self) -> Timestamp {
        self.beat.track();
        self.offset_ms.track();
        self.now()
    }
}

fn device_ms() -> i64 {
    js_sys::Date::now() as i64
}

/// The new offset, if `heard` differs from the `kept` one by more than a network delay.
fn corrected(kept: i64, heard: i64) -> Option<i64> {
    (heard.saturating_sub(kept).abs() > TOLERANCE_MS).then_some(heard)
}

#[cfg(test)]
mod tests {
    use super::corrected;

    #[test]
    fn a_clock_off_by_a_day_is_corrected_and_a_slow_reply_is_not_heeded() {
        assert_eq!(corrected(0, 86_400_000), Some(86_400_000));
        assert_eq!(corrected(86_400_000, 86_399_200), None);
        assert_eq!(corrected(86_400_000, 0), Some(0));
    }
}
