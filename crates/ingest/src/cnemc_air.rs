//! The national hourly air feed (中国环境监测总站), and its recorded form.
//!
//! The owner documents nothing: names and forms are those of recorded replies and of client
//! programs. A reply with a key we do not know is refused and kept, not guessed at.

mod config;
mod ozone;
mod record;
mod recorded;
mod reply;

use domain::{Item, Provenance};
use jiff::Timestamp;

pub use config::Config;
pub use ozone::OzoneFields;
pub use record::Record;
pub use recorded::{Recorded, recorded};
pub use reply::Reply;
pub(crate) use reply::parse;

use crate::{
    Wiring,
    polling::{Cadence, Fault, Installation, Outcome, PollError, Poller, Request, UsualSize},
    quality::Arrival,
    wiring::Parcel,
};

/// The feed's key in deliveries, health and metrics.
pub const FEED: &str = "cnemc-air";

/// Asks the feed in its rhythm until the server stops.
///
/// # Errors
///
/// [`PollError`] at once if the configuration is wrong; nothing afterwards.
pub async fn run(
    config: Config,
    installation: Installation,
    wiring: Wiring,
) -> Result<(), PollError> {
    if config.city.trim().is_empty() {
        let wanted = "name the city whose stations are wanted, as the feed writes it";
        return Err(PollError::Missing { key: "city", wanted });
    }
    let request = Request {
        url: &config.url,
        contact: &config.contact,
        cadence: Cadence::HOURLY,
        interval_s: config.interval_s,
    };
    let mut poller = Poller::new(FEED, &request, &installation, wiring)?;
    let mut memory = Memory::default();
    while poller.is_due().await {
        let result = ask(&mut poller, &config, &mut memory).await;
        poller.concluded(result);
    }
    Ok(())
}

/// What one try must know of those before it.
#[derive(Default)]
struct Memory {
    usual: UsualSize,
    /// The newest hour that was stored.
    newest: Option<Timestamp>,
}

async fn ask(poller: &mut Poller, config: &Config, memory: &mut Memory) -> Result<Outcome, Fault> {
    let Some(body) = poller.ask(&[("cityName", config.city.trim())]).await? else {
        return Ok(Outcome::NothingNew);
    };
    let wiring = poller.wiring();
    let now = wiring.clock.now();
    let read = parse(&body).and_then(|reply| {
        memory.usual.accept(now, reply.records.len())?;
        let ozone = config.ozone.of(&reply.records)?;
        Ok((reply, ozone))
    });
    let (reply, ozone) = match read {
        Ok(read) => read,
        Err(fault) => {
            // Kept without readings, for study.
            let _ = wiring.deliver(parcel(body, Vec::new(), now)).await;
            return Err(fault);
        }
    };
    for (reason, count) in &reply.rejected {
        wiring.health.rejected(*reason, *count);
    }
    let wanted =
        |code: &str| config.stations.is_empty() || config.stations.iter().any(|s| s == code);
    let readings: Vec<_> = reply
        .records
        .iter()
        .filter(|record| wanted(&record.station))
        .flat_map(|record| record.readings(ozone))
        .collect();
    let newest = readings
        .iter()
        .filter(|reading| reading.value.is_some() && reading.item != Item::PublishedAqi)
        .map(|reading| reading.period.end())
        .max();
    wiring.deliver(parcel(body, readings, now)).await.map_err(Fault::from)?;
    let is_news = newest > memory.newest;
    memory.newest = memory.newest.max(newest);
    Ok(if is_news { Outcome::New } else { Outcome::NothingNew })
}

fn parcel(raw: Vec<u8>, readings: Vec<domain::Reading>, now: Timestamp) -> Parcel {
    Parcel {
        feed: FEED,
        source: FEED.to_owned(),
        provenance: Provenance::Imported,
        raw,
        readings,
        // Late hours are normal here, and stations out of service keep their last.
        arrival: Arrival::history(now),
    }
}
