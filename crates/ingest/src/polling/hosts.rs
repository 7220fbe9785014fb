//! When each foreign host was last asked by this process, whatever feed asked it.

use std::{
    collections::BTreeMap,
    sync::{LazyLock, Mutex, PoisonError},
};

use jiff::Timestamp;

use super::schedule::LEAST;

/// One list for the process: two feeds configured for one host must not add up.
static LAST_ASKED: LazyLock<Mutex<BTreeMap<String, Timestamp>>> = LazyLock::new(Mutex::default);

/// Takes the right to ask `host` now; `false` if it was asked less than ten minutes ago.
pub(super) fn may_ask(host: &str, now: Timestamp) -> bool {
    let mut hosts = LAST_ASKED.lock().unwrap_or_else(PoisonError::into_inner);
    let recent = hosts.get(host).is_some_and(|at| now.duration_since(*at) < LEAST);
    if !recent {
        hosts.insert(host.to_owned(), now);
    }
    !recent
}

#[cfg(test)]
mod tests {
    use super::may_ask;

    #[test]
    fn two_feeds_of_one_host_do_not_add_up() {
        let at = |text: &str| text.parse().unwrap();
        let (first, second) = ("air.example.org", "water.example.org");
        assert!(may_ask(first, at("2026-11-23T10:00:00Z")));
        assert!(may_ask(second, at("2026-11-23T10:00:01Z")));
        assert!(!may_ask(first, at("2026-11-23T10:09:59Z")));
        assert!(may_ask(first, at("2026-11-23T10:10:00Z")), "a refused try does not count");
    }
}
