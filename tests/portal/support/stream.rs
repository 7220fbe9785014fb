//! A reader of the live events.

use std::time::Duration;

use contract::live::{BATCH, Batch, HELLO, SNAPSHOT, StationChange};
use reqwest::Response;

/// One server-sent event.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) id: Option<i64>,
    pub(crate) name: String,
    pub(crate) data: String,
}

impl Event {
    /// The event of one block of lines; `None` for comments alone.
    pub(crate) fn parse(block: &str) -> Option<Self> {
        let mut event = Self { id: None, name: String::new(), data: String::new() };
        for line in block.lines() {
            match line.split_once(": ") {
                Some(("id", id)) => event.id = Some(id.parse().unwrap()),
                Some(("event", name)) => event.name = name.to_owned(),
                Some(("data", data)) => event.data.push_str(data),
                _ => {}
            }
        }
        (!event.name.is_empty()).then_some(event)
    }

    pub(crate) fn batch(&self) -> Batch {
        serde_json::from_str(&self.data).unwrap()
    }
}

/// An open stream.
pub(crate) struct Stream {
    response: Response,
    buffer: Vec<u8>,
    greeted: bool,
    /// The newest id seen.
    pub(crate) last_id: Option<i64>,
}

impl Stream {
    pub(crate) fn new(response: Response) -> Self {
        Self { response, buffer: Vec::new(), greeted: false, last_id: None }
    }

    /// The next event; `None` when the stream ends or nothing comes for `patience`. The time, told
    /// again and again while nothing else is, is an event only once.
    pub(crate) async fn next_within(&mut self, patience: Duration) -> Option<Event> {
        loop {
            if let Some(end) = self.buffer.windows(2).position(|pair| pair == b"\n\n") {
                let block: Vec<u8> = self.buffer.drain(..end + 2).collect();
                if let Some(event) = Event::parse(std::str::from_utf8(&block).unwrap()) {
                    self.last_id = event.id.or(self.last_id);
                    if event.name != HELLO || !std::mem::replace(&mut self.greeted, true) {
                        return Some(event);
                    }
                }
                continue;
            }
            let chunk =
                tokio::time::timeout(patience, self.response.chunk()).await.ok()?.ok()??;
            self.buffer.extend_from_slice(&chunk);
        }
    }

    /// The next event.
    pub(crate) async fn next(&mut self) -> Event {
        self.next_within(Duration::from_secs(10)).await.expect("an event within ten seconds")
    }

    /// The first two messages of a stream that resumes nothing.
    pub(crate) async fn snapshot(&mut self) -> Batch {
        assert_eq!(self.next().await.name, HELLO);
        let event = self.next().await;
        assert_eq!(event.name, SNAPSHOT);
        event.batch()
    }

    /// The next change of that station.
    pub(crate) async fn change_of(&mut self, station: &str) -> StationChange {
        loop {
            let event = self.next().await;
            if event.name != BATCH {
                continue;
            }
            let found = event.batch().stations.into_iter().find(|change| change.code == station);
            if let Some(change) = found {
                return change;
            }
        }
    }

    /// The end of the stream, within ten seconds.
    pub(crate) async fn ends(&mut self) -> bool {
        let rest = async { while let Ok(Some(_)) = self.response.chunk().await {} };
        tokio::time::timeout(Duration::from_secs(10), rest).await.is_ok()
    }
}
