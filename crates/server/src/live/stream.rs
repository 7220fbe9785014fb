//! One subscriber's stream.

use std::{convert::Infallible, net::IpAddr, sync::atomic::Ordering};

use bytes::Bytes;
use contract::problem::Code;
use futures_util::{Stream, stream};
use tokio::sync::broadcast::{Receiver, error::RecvError};

use super::{Message, opening, ticker::hello};
use crate::{app::App, problem::Problem, shares::Share};

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

/// One stream's place among those that may be open at once; free again when dropped.
pub(crate) struct Place {
    app: App,
    _share: Option<Share>,
}

impl Place {
    /// Takes a place for `client`.
    pub(crate) fn take(app: &App, client: IpAddr) -> Result<Self, Problem> {
        // Counted first and judged then: two that come at once cannot both take the last place.
        let open = app.metrics.subscribers.fetch_add(1, Ordering::AcqRel);
        let mut place = Self { app: app.clone(), _share: None };
        if open >= app.config.server.max_subscribers as u64 {
            return Err(Problem::new(Code::Unavailable).retry_after(30));
        }
        let full = || Problem::new(Code::TooManyRequests).retry_after(30);
        place._share = Some(app.streams.take(client).ok_or_else(full)?);
        Ok(place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.app.metrics.subscribers.fetch_sub(1, Ordering::AcqRel);
    }
}

struct Subscriber {
    place: Place,
    receiver: Receiver<Message>,
    seen: i64,
    first: Option<Bytes>,
}

/// The stream of one client: hello and what it missed, then every batch until the server stops.
///
/// `receiver` must have been subscribed before `opening` was made, so that nothing falls between.
pub(crate) fn stream(
    place: Place,
    receiver: Receiver<Message>,
    opening: Opening,
) -> impl Stream<Item = Result<Bytes, Infallible>> {
    let retry = format!("retry: {RETRY_MS}\n");
    let first = [retry.as_bytes(), &hello(place.app.clock.now()), &opening.bytes].concat();
    let subscriber = Subscriber { place, receiver, seen: opening.id, first: Some(first.into()) };
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
                () = self.place.app.stopped() => return None,
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
        self.place.app.metrics.lagged.fetch_add(1, Ordering::Relaxed);
        self.receiver = self.place.app.hub.subscribe();
        let opening = opening(&self.place.app, None).await.ok()?;
        self.seen = opening.id;
        Some(opening.bytes)
    }
}
