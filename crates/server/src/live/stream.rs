//! One subscriber's stream.

use std::{convert::Infallible, sync::atomic::Ordering};

use bytes::Bytes;
use contract::live::HELLO;
use futures_util::{Stream, stream};
use tokio::sync::broadcast::{Receiver, error::RecvError};

use super::{Message, frame, opening};
use crate::app::App;

/// Milliseconds after which a client that lost its connection tries again.
const RETRY_MS: u32 = 3_000;

/// What a stream begins with.
#[derive(Debug, Clone)]
pub(crate) struct Opening {
    /// The newest event it covers.
    pub id: i64,
    /// A batch or the full state; empty when nothing was missed.
    pub bytes: Bytes,
}

/// Counts the stream as long as it lives.
struct Counted(App);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.metrics.subscribers.fetch_sub(1, Ordering::Relaxed);
    }
}

struct Subscriber {
    app: Counted,
    receiver: Receiver<Message>,
    seen: i64,
    first: Option<Bytes>,
}

/// The stream of one client: hello and what it missed, then every batch until the server stops.
///
/// `receiver` must have been subscribed before `opening` was made, so that nothing falls between.
pub(crate) fn stream(
    app: App,
    receiver: Receiver<Message>,
    opening: Opening,
) -> impl Stream<Item = Result<Bytes, Infallible>> {
    let hello = format!("retry: {RETRY_MS}\n");
    let time = serde_json::json!({ "server_time": app.clock.now() }).to_string();
    let first = [hello.as_bytes(), &frame(HELLO, None, &time), &opening.bytes].concat();
    app.metrics.subscribers.fetch_add(1, Ordering::Relaxed);
    let subscriber =
        Subscriber { app: Counted(app), receiver, seen: opening.id, first: Some(first.into()) };
    stream::unfold(subscriber, |mut subscriber| async {
        let bytes = subscriber.next().await?;
        Some((Ok(bytes), subscriber))
    })
}

impl Subscriber {
    async fn next(&mut self) -> Option<Bytes> {
        if let Some(first) = self.first.take() {
            return Some(first);
        }
        loop {
            let received = tokio::select! {
                received = self.receiver.recv() => received,
                () = self.app.0.stopped() => return None,
            };
            match received {
                Ok(Message { id: Some(id), .. }) if id <= self.seen => {}
                Ok(message) => {
                    self.seen = message.id.unwrap_or(self.seen);
                    return Some(message.bytes);
                }
                Err(RecvError::Lagged(_)) => return self.full_state().await,
                Err(RecvError::Closed) => return None,
            }
        }
    }

    /// A client that could not keep up gets the state as it is now, never a gap.
    async fn full_state(&mut self) -> Option<Bytes> {
        self.app.0.metrics.lagged.fetch_add(1, Ordering::Relaxed);
        self.receiver = self.app.0.hub.subscribe();
        let opening = opening(&self.app.0, None).await.ok()?;
        self.seen = opening.id;
        Some(opening.bytes)
    }
}
