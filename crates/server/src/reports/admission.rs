//! Which queue a report joins. None is refused: what a program may have sent, and what comes too fast, waits in the
//! delayed queue until somebody has time to look.

use std::net::IpAddr;

use jiff::Timestamp;

use super::buckets::{Buckets, Rate};
use crate::config::Rates;

/// People need longer than this from first sight of the form to sending.
const LEAST_WRITING_MS: u64 = 3_000;
/// Links in an honest description.
const MOST_LINKS: usize = 2;
/// Doublings of the work at most: 32 times the usual.
const MOST_DOUBLINGS: u32 = 5;

/// What speaks for and against a person having written a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signs {
    /// The proof of work, if one was sent.
    pub proof: ProofSign,
    /// Something stands in the field that people do not see.
    pub trap: bool,
    /// Milliseconds from first sight to sending; unknown without script.
    pub written_ms: Option<u64>,
    /// Links in the text.
    pub links: usize,
}

/// What became of a proof of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProofSign {
    /// It holds, and had not been used before.
    Held,
    /// None was sent: no script, or an old phone.
    Missing,
    /// Forged, expired, unsolved, or used before.
    Void,
}

/// Where a report waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Queue {
    /// Looked at within the promised days.
    Normal,
    /// Looked at when there is time; the receipt says so.
    Delayed,
}

/// Queue and priority of a new report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placement {
    /// Where it waits.
    pub queue: Queue,
    /// True when something spoke against a person having written it: looked at last.
    pub low: bool,
}

impl Signs {
    /// True when something speaks against a person. A void proof alone does not: a phone that was out of reach for
    /// an hour sends one that has expired.
    pub fn doubtful(&self) -> bool {
        let hurried = self.written_ms.is_some_and(|ms| ms < LEAST_WRITING_MS);
        self.trap || hurried || self.links > MOST_LINKS
    }
}

/// The rates at which reports reach the normal queue.
#[derive(Debug)]
pub struct Admission {
    proved: Rate,
    unproved: Rate,
    proved_clients: Buckets,
    unproved_clients: Buckets,
    challenges: Buckets,
    traffic: Rate,
    work: u64,
}

impl Admission {
    /// By the configured rates.
    pub fn new(rates: &Rates) -> Self {
        Self {
            proved: Rate::per_hour(rates.queue_per_hour),
            unproved: Rate::per_hour(rates.unproved_per_hour),
            proved_clients: Buckets::per_hour(rates.proved_per_client),
            unproved_clients: Buckets::per_hour(rates.unproved_per_client),
            challenges: Buckets::per_hour(rates.challenges_per_client),
            traffic: Rate::per_hour(rates.queue_per_hour.saturating_mul(4)),
            work: rates.work,
        }
    }

    /// The size of the next challenge for `client`: it doubles with each time that the client's hour, or that of all
    /// clients, has been used up.
    pub fn work(&self, client: IpAddr, now: Timestamp) -> u64 {
        let over = self.challenges.press(client, now).saturating_add(self.traffic.press(now));
        let doublings = u32::try_from(over).unwrap_or(u32::MAX).min(MOST_DOUBLINGS);
        self.work.saturating_mul(1 << doublings)
    }

    /// Where a report of `client` waits.
    pub fn place(&self, signs: &Signs, client: IpAddr, now: Timestamp) -> Placement {
        if signs.doubtful() {
            return Placement { queue: Queue::Delayed, low: true };
        }
        // The client first: who has used up the own hour takes nothing from that of all.
        let within = match signs.proof {
            ProofSign::Held => self.proved_clients.take(client, now) && self.proved.take(now),
            ProofSign::Missing | ProofSign::Void => {
                self.unproved_clients.take(client, now) && self.unproved.take(now)
            }
        };
        Placement { queue: if within { Queue::Normal } else { Queue::Delayed }, low: false }
    }

    /// How many of `waiting` delayed reports may enter the queue now: what those without a proof have left of their
    /// hour, but for the half that stays for who comes next. A backlog never takes the places of people with a proof.
    pub fn room(&self, waiting: usize, now: Timestamp) -> usize {
        self.unproved.take_spare(waiting, now)
    }

    /// How many buckets are remembered of clients.
    pub fn clients(&self) -> usize {
        [&self.proved_clients, &self.unproved_clients, &self.challenges]
            .map(Buckets::len)
            .iter()
            .sum()
    }

    /// Forgets clients that have done nothing lately.
    pub fn forget_idle(&self, now: Timestamp) {
        for buckets in [&self.proved_clients, &self.unproved_clients, &self.challenges] {
            buckets.forget_idle(now);
        }
    }
}

/// Links in a text: what a reader could follow.
pub fn links(text: &str) -> usize {
    let text = text.to_lowercase();
    text.matches("://").count() + text.matches("www.").count() - text.matches("://www.").count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PERSON: Signs =
        Signs { proof: ProofSign::Held, trap: false, written_ms: Some(60_000), links: 0 };
    const WITHOUT_SCRIPT: Signs = Signs { proof: ProofSign::Missing, written_ms: None, ..PERSON };

    fn now() -> Timestamp {
        "2026-11-27T10:00:00Z".parse().unwrap()
    }

    fn admission() -> Admission {
        Admission::new(&Rates::default())
    }

    fn normal(admission: &Admission, signs: Signs, client: &str) -> bool {
        admission.place(&signs, client.parse().unwrap(), now()).queue == Queue::Normal
    }

    #[test]
    fn fifty_people_behind_one_address_reach_the_queue() {
        let admission = admission();
        assert_eq!((0..50).filter(|_| normal(&admission, PERSON, "203.0.113.1")).count(), 50);
    }

    #[test]
    fn who_sends_no_proof_takes_a_slower_way_and_leaves_the_others_theirs() {
        let admission = admission();
        let flood =
            |n: u32| normal(&admission, WITHOUT_SCRIPT, &format!("10.0.{}.{}", n / 250, n % 250));
        assert_eq!((0..10_000).filter(|n| flood(*n)).count(), 20);
        assert!(normal(&admission, PERSON, "10.0.0.1"));
    }

    #[test]
    fn one_client_does_not_fill_the_queue_for_all() {
        let admission = admission();
        let rates = Rates::default();
        let flood = (0..10_000).filter(|_| normal(&admission, PERSON, "192.0.2.7")).count();
        assert_eq!(flood, rates.proved_per_client as usize);
        assert!(rates.proved_per_client < rates.queue_per_hour);
        assert!(normal(&admission, PERSON, "192.0.2.8"));
    }

    #[test]
    fn doubts_delay_a_report_and_a_stale_proof_alone_is_none() {
        let doubts = [
            Signs { trap: true, ..PERSON },
            Signs { written_ms: Some(2_999), ..PERSON },
            Signs { links: 3, ..PERSON },
        ];
        for signs in doubts {
            let placed = admission().place(&signs, "192.0.2.7".parse().unwrap(), now());
            assert_eq!(placed, Placement { queue: Queue::Delayed, low: true }, "{signs:?}");
        }
        assert!(normal(&admission(), Signs { proof: ProofSign::Void, ..PERSON }, "192.0.2.7"));
    }

    #[test]
    fn work_doubles_for_a_busy_client_and_for_busy_times_but_not_without_end() {
        let admission = admission();
        let rates = Rates::default();
        let busy = "192.0.2.7".parse().unwrap();
        let work: Vec<u64> = (0..600).map(|_| admission.work(busy, now())).collect();
        assert_eq!(work[0], rates.work);
        assert!(work.is_sorted() && work[599] == rates.work * 32, "{:?}", work.last());
        let other = admission.work("192.0.2.8".parse().unwrap(), now());
        assert_eq!(other, rates.work, "600 challenges are not yet busy times");
    }

    #[test]
    fn links_are_counted_once() {
        assert_eq!(links("see https://www.a.example and WWW.b.example, http://c"), 3);
        assert_eq!(links("no link://here? well, one"), 1);
        assert_eq!(links("水有异味"), 0);
    }
}
