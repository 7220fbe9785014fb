//! The HJ 212 collector: field devices connect, report, and are answered once their data is
//! stored.
//!
//! What it does with each frame follows HJ 212-2017 6.1, 6.2 and 6.5; frames of other editions
//! are read alike. A wrong checksum, an unknown MN and a wrong password get no answer (table 2):
//! they are counted, logged once per connection and kind, and the connection goes on.

mod answers;
mod config;
mod connection;
mod device_list;
pub mod factors;
mod places;
mod readings;
mod refusals;

use std::{sync::Arc, time::Duration};

use tokio::{net::TcpListener, task::JoinSet};
use tracing::{info, warn};

pub use config::{Config, ConfigError, Device, Profile};
pub(crate) use readings::local_time;

use crate::{Reason, Wiring};
use connection::Connection;
use device_list::DeviceList;
use places::Places;

/// The feed's key in deliveries, health and metrics.
pub const FEED: &str = "hj212";

/// How long connections may take to acknowledge what they have taken when the server stops.
const FAREWELL: Duration = Duration::from_secs(10);
/// Pause after an accept that failed, most likely for want of file handles.
const BREATH: Duration = Duration::from_millis(200);

/// Serves `listener` until the wiring says stop, then lets open connections finish what they
/// have begun.
///
/// # Errors
///
/// [`ConfigError`] at once if the configuration is wrong; nothing afterwards.
pub async fn serve(
    listener: TcpListener,
    config: Config,
    wiring: Wiring,
) -> Result<(), ConfigError> {
    config.check()?;
    let places = Places::new(
        config.max_connections,
        config.max_connections_per_address,
        wiring.health.clone(),
    );
    let devices = Arc::new(DeviceList::new(&config));
    let mut connections = JoinSet::new();
    info!(feed = FEED, devices = config.devices.len(), "collector ready");
    loop {
        let accepted = tokio::select! {
            biased;
            () = wiring.stopped() => break,
            Some(_) = connections.join_next(), if !connections.is_empty() => continue,
            accepted = listener.accept() => accepted,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(cause) => {
                warn!(feed = FEED, %cause, "connection not accepted");
                tokio::time::sleep(BREATH).await;
                continue;
            }
        };
        let Some(place) = places.take(peer.ip()) else {
            wiring.health.rejected(Reason::TooManyConnections, 1);
            continue;
        };
        let connection = Connection::new(peer, devices.clone(), wiring.clone());
        connections.spawn(async move {
            connection.run(stream).await;
            drop(place);
        });
    }
    drop(listener);
    let finished = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(FAREWELL, finished).await.is_err() {
        warn!(feed = FEED, "connections did not finish in time; their devices will resend");
    }
    Ok(())
}
