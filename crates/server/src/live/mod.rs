//! Live events: one serialised batch for everybody, resumable from the store's event log.

mod batch;
mod derive;
mod stream;
mod ticker;

use std::sync::Arc;

use bytes::Bytes;
use tokio::sync::{Notify, broadcast};

pub(crate) use derive::derive;
pub(crate) use stream::{Opening, Place, stream};
pub(crate) use ticker::{opening, run};

/// Messages a subscriber may be behind before it is given the full state instead.
const BACKLOG: usize = 32;

/// One message as it goes out to every stream.
#[derive(Debug, Clone)]
pub struct Message {
    /// The newest event it covers; `None` for a keep-alive.
    pub id: Option<i64>,
    /// The bytes of the stream.
    pub bytes: Bytes,
}

/// Where messages are handed out.
#[derive(Clone)]
pub struct Hub {
    sender: broadcast::Sender<Message>,
    news: Arc<Notify>,
}

impl Default for Hub {
    fn default() -> Self {
        Self { sender: broadcast::channel(BACKLOG).0, news: Arc::default() }
    }
}

impl Hub {
    /// Says that events were committed.
    pub fn notify(&self) {
        self.news.notify_one();
    }

    /// Messages from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<Message> {
        self.sender.subscribe()
    }

    fn send(&self, message: Message) {
        // Without subscribers there is nobody to tell.
        let _ = self.sender.send(message);
    }
}

/// One server-sent event.
fn frame(event: &str, id: Option<i64>, json: &str) -> Bytes {
    let id = id.map_or_else(String::new, |id| format!("id: {id}\n"));
    Bytes::from(format!("{id}event: {event}\ndata: {json}\n\n"))
}
