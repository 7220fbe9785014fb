//! Many changes of one station as one.

use contract::live::{Batch, StationChange};
use jiff::Timestamp;
use store::Event;

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
}
