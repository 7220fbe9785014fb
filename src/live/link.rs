//! When to try again, and what the reader is told meanwhile.

/// What the connection is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    /// The first attempt is under way.
    Connecting,
    /// Values arrive as they are measured.
    Live,
    /// The connection broke; it is being restored.
    Reconnecting,
    /// Events cannot be had; the state is fetched once a minute.
    Polling,
    /// Nothing can be reached.
    Offline,
}

/// What happened to the event stream or the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Happening {
    /// The stream is open.
    Opened,
    /// The stream broke; the browser itself is trying to resume it.
    Interrupted,
    /// The stream is closed for good, or was refused.
    Closed,
    /// For longer than the server is ever quiet, nothing was heard.
    Silent,
    /// This browser has no event streams.
    Unsupported,
    /// The device says it has no network.
    NetworkLost,
    /// The device says it has one again.
    NetworkBack,
    /// A poll brought data.
    PollSucceeded,
    /// A poll brought nothing.
    PollFailed,
}

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// Nothing; wait for events.
    Wait,
    /// Open a new stream after so many milliseconds, before spreading.
    ReopenIn(u64),
    /// Open a new stream at once.
    ReopenNow,
}

/// A stream that failed so often in a row is replaced by polling until it works again.
const GIVE_UP_AFTER: u32 = 3;
const FIRST_WAIT_MS: u64 = 1_000;
const LONGEST_WAIT_MS: u64 = 60_000;

/// The memory of the connection: how often it failed in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) phase: Phase,
    failures: u32,
    has_stream: bool,
}

impl Default for Link {
    fn default() -> Self {
        Self { phase: Phase::Connecting, failures: 0, has_stream: true }
    }
}

impl Link {
    /// True while the state must be fetched by polling.
    pub(super) fn polls(self) -> bool {
        !self.has_stream || self.failures >= GIVE_UP_AFTER
    }

    /// True while a stream should be heard of; without a network, or between attempts, none can be.
    fn expects_news(self) -> bool {
        self.has_stream
            && matches!(self.phase, Phase::Connecting | Phase::Live | Phase::Reconnecting)
    }

    /// Takes note of what happened and says what to do.
    pub(super) fn after(&mut self, happening: Happening) -> Next {
        use Happening as H;
        match happening {
            H::Opened => {
                (self.phase, self.failures) = (Phase::Live, 0);
                Next::Wait
            }
            H::Interrupted | H::Closed => self.failed(happening == H::Closed),
            H::Silent if self.expects_news() => self.failed(true),
            H::Silent => Next::Wait,
            H::Unsupported => {
                (self.phase, self.has_stream) = (Phase::Polling, false);
                Next::Wait
            }
            H::NetworkLost => {
                self.phase = Phase::Offline;
                Next::Wait
            }
            H::NetworkBack => {
                (self.phase, self.failures) = (Phase::Reconnecting, 0);
                if self.has_stream { Next::ReopenNow } else { Next::Wait }
            }
            H::PollSucceeded => {
                if self.polls() {
                    self.phase = Phase::Polling;
                }
                Next::Wait
            }
            H::PollFailed => {
                if self.polls() {
                    self.phase = Phase::Offline;
                }
                Next::Wait
            }
        }
    }

    /// The browser resumes an interrupted stream twice with the last event's id; then it is ours to
    /// open anew, ever more slowly, and the server answers with the full state.
    fn failed(&mut self, closed: bool) -> Next {
        self.failures = self.failures.saturating_add(1);
        if self.phase != Phase::Offline {
            self.phase = if self.polls() { Phase::Polling } else { Phase::Reconnecting };
        }
        if closed || self.polls() { Next::ReopenIn(wait_ms(self.failures)) } else { Next::Wait }
    }
}

/// Doubles with every failure, up to a minute.
fn wait_ms(failures: u32) -> u64 {
    FIRST_WAIT_MS.saturating_mul(1 << failures.saturating_sub(1).min(10)).min(LONGEST_WAIT_MS)
}

/// `ms` spread over half to one and a half of it by `random` (0 to 1), so that thousands of phones
/// do not come back in the same second.
pub(super) fn spread_ms(ms: u64, random: f64) -> u64 {
    ms / 2 + (ms as f64 * random.clamp(0.0, 1.0)) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_brief_interruption_is_left_to_the_browser() {
        let mut link = Link::default();
        assert_eq!(link.after(Happening::Opened), Next::Wait);
        assert_eq!(link.after(Happening::Interrupted), Next::Wait);
        assert_eq!(link.phase, Phase::Reconnecting);
        link.after(Happening::Opened);
        assert_eq!((link.phase, link.polls()), (Phase::Live, false));
    }

    #[test]
    fn a_stream_that_died_without_a_word_is_opened_anew() {
        let mut link = Link::default();
        link.after(Happening::Opened);
        assert_eq!(link.after(Happening::Silent), Next::ReopenIn(1_000));
        assert_eq!(link.phase, Phase::Reconnecting);
        link.after(Happening::NetworkLost);
        assert_eq!(link.after(Happening::Silent), Next::Wait, "silence is no news offline");
        assert_eq!(link.phase, Phase::Offline);
    }

    #[test]
    fn waits_double_up_to_a_minute() {
        let mut link = Link::default();
        let waits: Vec<Next> = (0..9).map(|_| link.after(Happening::Closed)).collect();
        let expected = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000];
        assert_eq!(waits, expected.map(Next::ReopenIn));
    }

    #[test]
    fn three_failures_in_a_row_start_polling_and_one_success_ends_it() {
        let mut link = Link::default();
        for _ in 0..3 {
            link.after(Happening::Closed);
        }
        assert!(link.polls());
        assert_eq!(link.phase, Phase::Polling);
        link.after(Happening::PollFailed);
        assert_eq!(link.phase, Phase::Offline);
        link.after(Happening::PollSucceeded);
        assert_eq!(link.phase, Phase::Polling);
        link.after(Happening::Opened);
        assert_eq!((link.phase, link.polls()), (Phase::Live, false));
    }

    #[test]
    fn a_browser_without_streams_polls_for_ever() {
        let mut link = Link::default();
        link.after(Happening::Unsupported);
        link.after(Happening::NetworkLost);
        assert_eq!(link.after(Happening::NetworkBack), Next::Wait);
        assert!(link.polls());
    }

    #[test]
    fn a_network_that_comes_back_is_used_at_once() {
        let mut link = Link::default();
        link.after(Happening::NetworkLost);
        link.after(Happening::Closed);
        assert_eq!(link.phase, Phase::Offline);
        assert_eq!(link.after(Happening::NetworkBack), Next::ReopenNow);
    }

    #[test]
    fn waits_are_spread_over_half_to_one_and_a_half() {
        assert_eq!((spread_ms(1_000, 0.0), spread_ms(1_000, 1.0)), (500, 1_500));
    }
}
