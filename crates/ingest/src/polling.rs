//! Asking other publishers, politely: the limits here are code, not configuration.

mod before_asking;
mod fault;
mod fetch;
mod hosts;
mod schedule;

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tracing::{info, warn};

pub use before_asking::BeforeAsking;
pub(crate) use fault::Fault;
pub use schedule::{Cadence, Outcome, Schedule};

use crate::Wiring;
use fetch::{Fetched, Fetcher};

/// The longest sleep at a time, so that a clock set right is noticed.
const NAP: Duration = Duration::from_secs(30);

/// What a poller is told about itself by the server.
#[derive(Debug, Clone, Default)]
pub struct Installation {
    /// Anything that differs between installations; spreads their requests over two minutes.
    pub name: String,
    /// When this feed was last asked, by an earlier run of the server. `None` means not known:
    /// a foreign host is then first asked after ten minutes, so that a server that restarts
    /// again and again stays polite.
    pub last_asked: Option<Timestamp>,
    /// Notes each try where the next run of the server finds it as `last_asked`.
    pub before_asking: BeforeAsking,
}

/// One feed's way of asking: when, whom, and how it went.
pub(crate) struct Poller {
    feed: &'static str,
    schedule: Schedule,
    fetcher: Fetcher,
    before_asking: BeforeAsking,
    wiring: Wiring,
}

impl Poller {
    /// A poller of `url`; `interval` overrides the rhythm, but not the least distance between
    /// two requests to a foreign host.
    pub(crate) fn new(
        feed: &'static str,
        request: &Request<'_>,
        installation: &Installation,
        wiring: Wiring,
    ) -> Result<Self, PollError> {
        let fetcher = Fetcher::new(request.url, request.contact)?;
        let cadence = Cadence { interval: request.interval_s.map(seconds), ..request.cadence };
        let started = wiring.clock.now();
        let schedule = if fetcher.is_loopback() {
            Schedule::on_this_machine(cadence, started)
        } else {
            Schedule::new(cadence, &installation.name, started, installation.last_asked)
        };
        let before_asking = installation.before_asking.clone();
        Ok(Self { feed, schedule, fetcher, before_asking, wiring })
    }

    /// Waits until it is time to ask; `false` when the server stops.
    pub(crate) async fn is_due(&self) -> bool {
        loop {
            let left = self.schedule.next().duration_since(self.wiring.clock.now());
            if left <= SignedDuration::ZERO {
                return true;
            }
            let nap = Duration::try_from(left).unwrap_or(NAP).min(NAP);
            tokio::select! {
                () = self.wiring.stopped() => return false,
                () = tokio::time::sleep(nap) => {}
            }
        }
    }

    /// Asks with these parameters; `None` when the reply is the same as last time.
    pub(crate) async fn ask(&mut self, query: &[(&str, &str)]) -> Result<Option<Vec<u8>>, Fault> {
        let now = self.wiring.clock.now();
        self.wiring.health.tried(now);
        self.schedule.asked(now);
        // Before, not after: a server that dies over each reply must not ask at each start.
        self.before_asking.call(now).await;
        match self.fetcher.fetch(query, now).await? {
            Fetched::Fresh(body) => Ok(Some(body)),
            Fetched::Unchanged => Ok(None),
        }
    }

    /// Records how a try went, and says so once.
    pub(crate) fn concluded(&mut self, result: Result<Outcome, Fault>) {
        let now = self.wiring.clock.now();
        let outcome = match result {
            Ok(outcome) => {
                if outcome == Outcome::NothingNew {
                    self.wiring.health.unchanged(now);
                }
                outcome
            }
            Err(fault) => {
                // The same reply again would be the same fault, not "unchanged".
                self.fetcher.forget();
                warn!(feed = self.feed, cause = %fault.detail, "{}", fault.text.en);
                self.wiring.health.rejected(fault.reason, 1);
                let outcome = fault.outcome();
                self.wiring.health.failed(now, fault.text);
                outcome
            }
        };
        self.schedule.concluded(now, outcome);
        info!(feed = self.feed, next = %self.schedule.next(), ?outcome, "asked");
    }

    /// What the poller is connected to.
    pub(crate) fn wiring(&self) -> &Wiring {
        &self.wiring
    }
}

/// Whom to ask, and as whom.
pub(crate) struct Request<'a> {
    pub(crate) url: &'a str,
    pub(crate) contact: &'a str,
    pub(crate) cadence: Cadence,
    pub(crate) interval_s: Option<u32>,
}

fn seconds(seconds: u32) -> SignedDuration {
    SignedDuration::from_secs(i64::from(seconds))
}

/// Why a poller cannot start; the operator corrects the configuration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PollError {
    /// Not an http or https address.
    #[error("url {0:?} is not an http or https address")]
    Url(String),
    /// Requests must say whom to turn to.
    #[error("contact is empty; give an e-mail address or page of the operator")]
    NoContact,
    /// Something else is missing.
    #[error("{key} is empty; {wanted}")]
    Missing {
        /// The key.
        key: &'static str,
        /// What it should hold.
        wanted: &'static str,
    },
    /// The HTTP client could not be built.
    #[error("the HTTP client cannot start: {0}")]
    Client(String),
}

/// The replies accepted lately, to notice one that is only half there.
#[derive(Debug, Default)]
pub(crate) struct UsualSize {
    accepted: Vec<(Timestamp, usize)>,
}

impl UsualSize {
    /// Accepts a reply of `rows` rows, unless the last two days knew one of more than twice as
    /// many: then a fault says so.
    pub(crate) fn accept(&mut self, now: Timestamp, rows: usize) -> Result<(), Fault> {
        let days = SignedDuration::from_hours(48);
        self.accepted.retain(|(at, _)| now.duration_since(*at) <= days);
        let usual = self.accepted.iter().map(|(_, rows)| *rows).max().unwrap_or_default();
        if rows * 2 < usual {
            return Err(Fault::shrunk(rows, usual));
        }
        self.accepted.push((now, rows));
        // One entry per hour is plenty; a poller asks at most six times an hour.
        if self.accepted.len() > 512 {
            self.accepted.remove(0);
        }
        Ok(())
    }
}
