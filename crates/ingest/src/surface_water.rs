//! The national automatic surface-water stations (国家地表水水质自动监测), and recorded replies.
//!
//! The owner documents nothing: forms are those of recorded replies. Columns are found by their
//! heads, cells match one of three forms exactly, and what matches none is refused.

mod cell;
mod config;
mod recorded;
mod reply;
mod row;
mod year;

use std::collections::HashMap;

use domain::Provenance;
use jiff::Timestamp;
use tracing::info;

pub use cell::{Cell, Number};
pub use config::{Config, Section};
pub use recorded::{Recorded, recorded_reply, recorded_table};
pub use row::{Row, Status};
pub use year::with_year;

use crate::{
    Wiring,
    polling::{Cadence, Fault, Installation, Outcome, PollError, Poller, Request, UsualSize},
    quality::Arrival,
    wiring::Parcel,
};
use reply::Reply;

/// The feed's key in deliveries, health and metrics.
pub const FEED: &str = "surface-water";

/// Rows asked for per page: as many as the publisher gives.
const PAGE_ROWS: &str = "60";
/// Pages of one area read at most; 20 would be the whole country.
const PAGES: u64 = 10;

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
    if config.area.len() != 6 || !config.area.bytes().all(|byte| byte.is_ascii_digit()) {
        let wanted = "give the six-digit code of the province, such as 500000";
        return Err(PollError::Missing { key: "area", wanted });
    }
    let request = Request {
        url: &config.url,
        contact: &config.contact,
        cadence: Cadence::ONCE_AN_HOUR,
        interval_s: config.interval_s,
    };
    let mut poller = Poller::new(FEED, &request, &installation, wiring)?;
    let mut round = Round { page: 1, rows: 0, usual: HashMap::new() };
    while poller.is_due().await {
        let result = ask(&mut poller, &config, &mut round).await;
        if !matches!(result, Ok(Outcome::MorePages)) {
            (round.page, round.rows) = (1, 0);
        }
        poller.concluded(result);
    }
    Ok(())
}

/// Where the reading of several pages stands. Pages, too, are ten minutes apart.
struct Round {
    page: u64,
    /// Rows sent so far.
    rows: u64,
    usual: HashMap<u64, UsualSize>,
}

async fn ask(poller: &mut Poller, config: &Config, round: &mut Round) -> Result<Outcome, Fault> {
    let page = round.page.to_string();
    let query = [
        ("action", "getRealDatas"),
        ("AreaID", config.area.as_str()),
        ("RiverID", ""),
        ("MNName", ""),
        ("PageIndex", page.as_str()),
        ("PageSize", PAGE_ROWS),
    ];
    let Some(body) = poller.ask(&query).await? else { return Ok(Outcome::NothingNew) };
    let wiring = poller.wiring();
    let now = wiring.clock.now();
    let read = Reply::parse(&body, now).and_then(|reply| {
        round.usual.entry(round.page).or_default().accept(now, reply.rows.len())?;
        Ok(reply)
    });
    let reply = match read {
        Ok(reply) => reply,
        Err(fault) => {
            // Kept without readings, for study.
            let _ = wiring.deliver(parcel(body, Vec::new(), now)).await;
            return Err(fault);
        }
    };
    for (reason, count) in &reply.rejected {
        wiring.health.rejected(*reason, *count);
    }
    let readings = reply
        .rows
        .iter()
        .filter_map(|row| Some((row, config.code_of(row)?)))
        .flat_map(|(row, code)| row.readings(code))
        .collect();
    let stored = wiring.deliver(parcel(body, readings, now)).await.map_err(Fault::from)?;
    round.rows += reply.sent;
    if round.page < reply.pages.min(PAGES) {
        round.page += 1;
        return Ok(Outcome::MorePages);
    }
    if reply.announced != round.rows {
        info!(
            feed = FEED,
            announced = reply.announced,
            sent = round.rows,
            "fewer rows than announced"
        );
    }
    Ok(if stored.stored > 0 { Outcome::New } else { Outcome::NothingNew })
}

fn parcel(raw: Vec<u8>, readings: Vec<domain::Reading>, now: Timestamp) -> Parcel {
    Parcel {
        feed: FEED,
        source: FEED.to_owned(),
        provenance: Provenance::Imported,
        raw,
        readings,
        // Stopped stations keep dates of months ago; their age is shown, it is no clock error.
        arrival: Arrival::history(now),
    }
}
