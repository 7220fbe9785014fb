//! How long an account is locked after failed sign-ins, and the memory of failures under names that do not exist.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    sync::{Mutex, PoisonError},
};

use jiff::{SignedDuration, Timestamp};

/// Failures in a row that cost nothing: everybody mistypes.
const FREE: u32 = 4;
/// The first lock in seconds; each further failure doubles it.
const FIRST_S: i64 = 30;
/// The longest lock: who is attacked can still sign in within the quarter of an hour.
const LONGEST_S: i64 = 900;
/// Names remembered that belong to nobody; the memory is emptied when it is full.
const NAMES: usize = 10_000;

/// How long an account is locked by its latest of `failures` in a row; `None`: not at all.
pub fn lock(failures: u32) -> Option<SignedDuration> {
    let beyond = failures.checked_sub(FREE + 1)?;
    let seconds = FIRST_S.saturating_mul(1_i64 << beyond.min(20)).min(LONGEST_S);
    Some(SignedDuration::from_secs(seconds))
}

/// Seconds until `locked_until`, at least one; `None` when it has passed.
pub fn remaining_s(locked_until: Option<Timestamp>, now: Timestamp) -> Option<u64> {
    let left = locked_until?.duration_since(now);
    (left > SignedDuration::ZERO).then(|| u64::try_from(left.as_secs()).unwrap_or(0) + 1)
}

/// Failures under names that belong to nobody: they lock like those of accounts, or a lock would tell that an
/// account exists.
#[derive(Debug, Default)]
pub struct Strangers {
    key: RandomState,
    failures: Mutex<HashMap<u64, (u32, Option<Timestamp>)>>,
}

impl Strangers {
    /// Until when `name` is locked.
    pub fn locked_until(&self, name: &str) -> Option<Timestamp> {
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.get(&self.key.hash_one(name)).and_then(|(_, until)| *until)
    }

    /// Notes one more failure.
    pub fn failed(&self, name: &str, now: Timestamp) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.len() >= NAMES {
            failures.clear();
        }
        let (count, until) = failures.entry(self.key.hash_one(name)).or_default();
        *count = count.saturating_add(1);
        *until = lock(*count).and_then(|length| now.checked_add(length).ok());
    }

    /// Forgets the failures under `name`.
    pub fn forgive(&self, name: &str) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.remove(&self.key.hash_one(name));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_mistakes_are_free_and_the_delay_grows_to_a_quarter_of_an_hour() {
        let seconds: Vec<_> = (0..=12).map(|n| lock(n).map(|length| length.as_secs())).collect();
        let grown = [30, 60, 120, 240, 480, 900, 900, 900].map(Some);
        assert_eq!(seconds, [vec![None; 5], grown.to_vec()].concat());
        assert_eq!(lock(u32::MAX), Some(SignedDuration::from_secs(900)));
    }

    #[test]
    fn a_name_of_nobody_locks_as_an_account_does() {
        let (strangers, now) = (Strangers::default(), Timestamp::from_second(1_000).unwrap());
        for _ in 0..4 {
            strangers.failed("nobody", now);
        }
        assert_eq!(strangers.locked_until("nobody"), None);
        strangers.failed("nobody", now);
        let until = strangers.locked_until("nobody");
        assert_eq!(remaining_s(until, now), Some(31));
        assert_eq!(remaining_s(until, now + SignedDuration::from_secs(30)), None);
        assert_eq!(strangers.locked_until("somebody"), None);
    }
}
