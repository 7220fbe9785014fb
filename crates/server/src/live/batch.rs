//! Many changes of one station as one.

use std::collections::HashMap;

use contract::live::{Batch, StationChange};
use domain::{Period, Text, freshness::Freshness};
use jiff::Timestamp;
use store::Event;

use crate::views::station::interval_s;

/// What the events' bodies are.
pub(super) const KIND: &str = "station";

/// The changes of `events` in one batch: per station the newest figure of each series, the
/// newest index, evaluation and status.
pub(super) fn merge(events: &[Event], server_time: Timestamp) -> Batch {
    let mut stations: Vec<StationChange> = Vec::new();
    for event in events.iter().filter(|event| event.kind == KIND) {
        let Ok(change) = serde_json::from_str::<StationChange>(&event.body) else {
            tracing::error!(event.id, "an event cannot be read");
            continue;
        };
        match stations.iter_mut().find(|known| known.code == change.code) {
            Some(known) => absorb(known, change),
            None => stations.push(change),
        }
    }
    Batch { server_time, stations }
}

fn absorb(known: &mut StationChange, later: StationChange) {
    for figure in later.figures {
        let same = |known: &&mut contract::public::Figure| {
            (known.item, known.averaging) == (figure.item, figure.averaging)
        };
        match known.figures.iter_mut().find(same) {
            Some(known) if known.period.start <= figure.period.start => *known = figure,
            Some(_) => {}
            None => known.figures.push(figure),
        }
    }
    known.index = later.index.or(known.index.take());
    known.water = later.water.or(known.water.take());
    known.status = later.status;
    known.earlier = match (known.earlier, later.earlier) {
        (Some(a), Some(b)) => Some(around(a, b)),
        (a, b) => a.or(b),
    };
}

/// The shortest stretch that holds both.
fn around(a: Period, b: Period) -> Period {
    let start = a.start.min(b.start);
    let length_s = a.end().max(b.end()).as_second() - start.as_second();
    Period { start, length_s: u32::try_from(length_s).unwrap_or(u32::MAX) }
}

/// Ages as of `now`: an event may be read long after it was committed.
pub(super) fn refresh(batch: &mut Batch, errors: &HashMap<String, Text>, now: Timestamp) {
    for change in &mut batch.stations {
        let expected_s = change.status.expected_interval_s;
        change.status.freshness = Freshness::of(change.status.newest, expected_s, now);
        change.status.last_error = errors.get(&change.code).cloned();
        for figure in &mut change.figures {
            let interval_s = interval_s(figure.averaging, expected_s);
            figure.freshness = Freshness::of(Some(figure.period.end()), interval_s, now);
        }
    }
}

#[cfg(test)]
mod tests {
    use contract::public::StationStatus;
    use domain::Provenance;

    use super::*;

    fn at(s: i64) -> Timestamp {
        Timestamp::from_second(s).unwrap()
    }

    fn event(id: i64, earlier: Option<Period>) -> Event {
        let change = StationChange {
            code: "S".into(),
            figures: vec![],
            index: None,
            water: None,
            status: StationStatus {
                freshness: Freshness::of(Some(at(0)), 3_600, at(0)),
                newest: Some(at(0)),
                received: None,
                expected_interval_s: 3_600,
                last_error: None,
                provenance: Provenance::Measured,
            },
            earlier,
        };
        let body = serde_json::to_string(&change).unwrap();
        Event { id, at: at(0), kind: KIND.to_owned(), body }
    }

    #[test]
    fn a_replayed_change_has_the_age_and_error_of_now() {
        let mut batch = merge(&[event(1, None)], at(0));
        let error = Text::new("故障", "fault");
        let errors = HashMap::from([("S".to_owned(), error.clone())]);
        let now = at(40 * 3_600);
        refresh(&mut batch, &errors, now);
        let status = &batch.stations[0].status;
        assert_eq!(status.freshness, Freshness::of(Some(at(0)), 3_600, now));
        assert_ne!(status.freshness, Freshness::of(Some(at(0)), 3_600, at(0)));
        assert_eq!(status.last_error, Some(error));
    }

    #[test]
    fn corrections_of_one_batch_are_one_stretch() {
        let [first, second] = [7_200, 0].map(|s| Some(Period::hour(at(s))));
        let events = [event(1, first), event(2, None), event(3, second)];
        let merged = merge(&events, at(0));
        let stretch = Period { start: at(0), length_s: 10_800 };
        assert_eq!(merged.stations[0].earlier, Some(stretch));
    }
}
