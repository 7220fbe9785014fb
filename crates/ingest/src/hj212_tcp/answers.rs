//! What goes back on a connection, in the order asked for: an answer to data waits for its
//! commit, and everything behind it waits too.

use std::{sync::Arc, time::Duration};

use tokio::{io::AsyncWriteExt, net::tcp::OwnedWriteHalf, sync::mpsc};
use tracing::{debug, warn};

use super::refusals::LogBudget;
use crate::wiring::{Pending, Wiring};

/// How long a device may leave its answers unread.
const UNREAD: Duration = Duration::from_secs(30);

/// Answers waiting per connection; more is back-pressure on the device.
pub(super) const WAITING: usize = 64;

/// Something to be sent back, or only to be waited for.
#[derive(Debug)]
pub(super) enum Answer {
    /// As soon as everything before it is sent.
    Now(Vec<u8>),
    /// Once the readings are stored; nothing if they could not be. `None` if not asked for.
    WhenStored(Pending, Option<Vec<u8>>),
}

/// Sends the answers in order until the reader hangs up or the device stops reading.
pub(super) async fn send(
    mut to: OwnedWriteHalf,
    mut answers: mpsc::Receiver<Answer>,
    wiring: Wiring,
    budget: Arc<LogBudget>,
) {
    while let Some(answer) = answers.recv().await {
        let bytes = match answer {
            Answer::Now(bytes) => Some(bytes),
            Answer::WhenStored(pending, bytes) => match wiring.settled(pending).await {
                Ok(_) => bytes,
                Err(cause) => {
                    // On a full disk every frame of every device ends here.
                    if budget.allows_line(wiring.clock.now()) {
                        warn!(feed = "hj212", %cause, "frame not stored and not acknowledged");
                    }
                    None
                }
            },
        };
        let Some(bytes) = bytes else { continue };
        match tokio::time::timeout(UNREAD, to.write_all(&bytes)).await {
            Ok(Ok(())) => {}
            Ok(Err(cause)) => {
                debug!(feed = "hj212", %cause, "answer not sent");
                return drain(answers, wiring).await;
            }
            Err(_elapsed) => {
                debug!(feed = "hj212", "the device does not read its answers");
                return drain(answers, wiring).await;
            }
        }
    }
}

/// The device is gone, its data is not: health still hears what became of it.
async fn drain(mut answers: mpsc::Receiver<Answer>, wiring: Wiring) {
    answers.close();
    while let Some(answer) = answers.recv().await {
        if let Answer::WhenStored(pending, _) = answer {
            let _ = wiring.settled(pending).await;
        }
    }
}
