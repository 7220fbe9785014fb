//! A portal to tell stories about, and those who speak to it.

mod answer;
pub(crate) mod camera;
mod device;
mod issue;
mod officer;
mod portal;
mod publisher;
mod record;
mod reporter;
mod reports;
mod rows;
mod schema;
pub(crate) mod sheet;
mod stream;

use std::{future::Future, time::Duration};

use domain::Quantity;
use jiff::Timestamp;

pub(crate) use answer::Answer;
pub(crate) use device::{AIR, Device, RIVER, SIMULATED, frame, hour};
pub(crate) use issue::{Office, facts};
pub(crate) use officer::{Colleague, totp};
pub(crate) use portal::{Portal, RIVER_SECTION, STATION, take_reports};
pub(crate) use publisher::Publisher;
pub(crate) use record::objection;
pub(crate) use reporter::{claim_code, report_id, smoke, submission};
pub(crate) use reports::Told;
pub(crate) use rows::{CLEAN, day_of_hours, hour_of, row};
pub(crate) use schema::faults;
pub(crate) use stream::{Event, Stream};

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn quantity(text: &str) -> Quantity {
    text.parse().unwrap()
}

/// Whether a person who reads Chinese was meant.
pub(crate) fn is_chinese(text: &str) -> bool {
    text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter))
}

/// Waits until `probe` gives something, for at most ten seconds.
pub(crate) async fn until<T, F: Future<Output = Option<T>>>(
    what: &str,
    mut probe: impl FnMut() -> F,
) -> T {
    for _ in 0..500 {
        if let Some(found) = probe().await {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("{what}: did not happen within ten seconds");
}

/// The folder of recorded data, or `None` with a word about it where there is none.
pub(crate) fn recorded_data(test: &str) -> Option<std::path::PathBuf> {
    let folder = std::env::var_os("BILAN_TEST_DATA");
    if folder.is_none() {
        println!("SKIPPED {test}: BILAN_TEST_DATA is not set");
    }
    folder.map(Into::into)
}
