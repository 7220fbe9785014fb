//! When to ask next: pure, told the time, tested without waiting.

use std::hash::{DefaultHasher, Hash, Hasher};

use jiff::{SignedDuration, Timestamp};

/// The least distance between two requests to a foreign host, whatever is configured.
pub(super) const LEAST: SignedDuration = SignedDuration::from_mins(10);
/// The least wait after a refusal: 401, 403, 429 or a captcha page.
const REFUSED: SignedDuration = SignedDuration::from_hours(6);
/// The longest wait after failures in a row.
const LONGEST: SignedDuration = SignedDuration::from_mins(360);
/// A publisher's wish to be left alone is granted up to here.
const AT_MOST: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Installations spread over twice this.
const JITTER_S: i64 = 60;

/// The rhythm of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cadence {
    /// Seconds between two changes at the source; turns begin at multiples of it in UTC, which
    /// for hours are those of Beijing time.
    pub period_s: i64,
    /// Seconds after the turn of the first try.
    pub first_s: i64,
    /// Seconds between two tries of the same turn.
    pub again_s: i64,
    /// Tries per turn.
    pub tries: u32,
    /// A fixed distance instead of all this.
    pub interval: Option<SignedDuration>,
}

impl Cadence {
    /// A feed that changes hourly: 12 minutes past, then every 15, at most 4 tries.
    pub const HOURLY: Self =
        Self { period_s: 3_600, first_s: 720, again_s: 900, tries: 4, interval: None };
    /// A feed that changes every few hours at times of its own: once per hour.
    pub const ONCE_AN_HOUR: Self =
        Self { period_s: 3_600, first_s: 720, again_s: 900, tries: 1, interval: None };
}

/// How a try went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It brought what was awaited.
    New,
    /// All well, but the new period is not in yet.
    NothingNew,
    /// No answer, or not a usable one; with the wait the source asked for.
    Failed(Option<SignedDuration>),
    /// Refused to us in particular; with the wait the source asked for.
    Refused(Option<SignedDuration>),
    /// More pages follow: as soon as politeness allows.
    MorePages,
}

/// When to ask next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    cadence: Cadence,
    jitter: SignedDuration,
    least: SignedDuration,
    next: Timestamp,
    last_asked: Option<Timestamp>,
    /// Tries in this turn so far.
    tries: u32,
    /// Failures in a row.
    failures: u32,
}

impl Schedule {
    /// For a foreign host: never less than ten minutes between two requests, `last_asked`
    /// included; if that is not known, the start of the server counts as a request.
    pub fn new(
        cadence: Cadence,
        installation: &str,
        started: Timestamp,
        last_asked: Option<Timestamp>,
    ) -> Self {
        // Stable across runs of one build, which is all the spreading needs.
        let mut hasher = DefaultHasher::new();
        installation.hash(&mut hasher);
        let spread = i64::try_from(hasher.finish() % (2 * JITTER_S.unsigned_abs() + 1));
        let jitter = SignedDuration::from_secs(spread.unwrap_or_default() - JITTER_S);
        let next = plus(last_asked.unwrap_or(started), LEAST).max(started);
        Self { cadence, jitter, least: LEAST, next, last_asked, tries: 0, failures: 0 }
    }

    /// For a server on this machine, which bothers nobody: at once, and as often as configured.
    pub fn on_this_machine(cadence: Cadence, started: Timestamp) -> Self {
        Self {
            cadence,
            jitter: SignedDuration::ZERO,
            least: SignedDuration::from_secs(1),
            next: started,
            last_asked: None,
            tries: 0,
            failures: 0,
        }
    }

    /// When to ask next.
    pub fn next(&self) -> Timestamp {
        self.next
    }

    /// A request goes out.
    pub fn asked(&mut self, now: Timestamp) {
        self.last_asked = Some(now);
        self.tries += 1;
    }

    /// How it went; sets the next time.
    pub fn concluded(&mut self, now: Timestamp, outcome: Outcome) {
        self.failures = match outcome {
            Outcome::Failed(_) | Outcome::Refused(_) => self.failures.saturating_add(1),
            _ => 0,
        };
        let wished = match outcome {
            Outcome::New => self.turn_after(now),
            Outcome::NothingNew if self.tries < self.cadence.tries => {
                let again = SignedDuration::from_secs(self.cadence.again_s);
                plus(now, self.cadence.interval.unwrap_or(again))
            }
            Outcome::NothingNew => self.turn_after(now),
            Outcome::MorePages => now,
            Outcome::Failed(asked_for) => self.after_failure(now, asked_for),
            Outcome::Refused(asked_for) => {
                let wait = REFUSED.max(asked_for.unwrap_or_default()).min(AT_MOST);
                plus(now, wait + self.jitter.abs())
            }
        };
        self.next = self.politely(now, wished);
    }

    /// 10, 20, 40 … up to 360 minutes, and no sooner than the source asked for.
    fn after_failure(&self, now: Timestamp, asked_for: Option<SignedDuration>) -> Timestamp {
        let doublings = self.failures.saturating_sub(1).min(6);
        // On this machine failures, too, are met at the configured pace.
        let first = match self.cadence.interval {
            Some(interval) if self.least < LEAST => interval,
            _ => LEAST,
        };
        let wait = first.saturating_mul(1 << doublings).min(LONGEST);
        let wait = wait.max(asked_for.unwrap_or_default().min(AT_MOST));
        plus(now, wait + self.jitter.abs())
    }

    /// The first try of the next turn.
    fn turn_after(&mut self, now: Timestamp) -> Timestamp {
        self.tries = 0;
        if let Some(interval) = self.cadence.interval {
            return plus(now, interval);
        }
        let period = self.cadence.period_s.max(1);
        let offset = self.cadence.first_s + self.jitter.as_secs();
        let turns = (now.as_second() - offset).div_euclid(period) + 1;
        Timestamp::from_second(turns * period + offset).unwrap_or(Timestamp::MAX)
    }

    fn politely(&self, now: Timestamp, wished: Timestamp) -> Timestamp {
        plus(self.last_asked.unwrap_or(now), self.least).max(wished)
    }
}

fn plus(at: Timestamp, wait: SignedDuration) -> Timestamp {
    at.checked_add(wait).unwrap_or(Timestamp::MAX)
}
