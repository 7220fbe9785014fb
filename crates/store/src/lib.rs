//! Every line of SQL: stations, series, observations, blocks, events, feeds and keys.
//!
//! [`Store`] speaks the use cases' verbs. Behind it lie one SQLite file, one thread that writes
//! and a few that read. What [`Store::record`] has answered survives the process being killed
//! and, as far as the disk keeps its word, the machine losing power.
//!
//! The layout follows from two measurements: a tick of every series is cheapest in a table
//! ordered by time, a long stretch of one series is cheapest in packed months. New observations
//! therefore land in the first and are sealed into the second after some days; readers see one
//! sequence. There are no roll-up tables: means and indices are computed by `domain` from what
//! is decoded here, so that the rules of validity exist once.
#![warn(missing_docs)]

mod air_index;
mod api_key;
mod backup;
mod block;
mod correction;
mod error;
mod event;
mod feed;
mod health;
mod latest;
mod observation;
mod raw_frame;
mod record;
mod retention;
mod seal;
mod sealed;
mod series;
mod sqlite;
mod station;
mod time;
mod view;

pub use air_index::AirIndex;
pub use api_key::{ApiKey, NewApiKey};
pub use backup::{Contents, Overwrite, backup, restore};
pub use correction::{Correction, Why};
pub use error::StoreError;
pub use event::{Event, EventIds, NewEvent};
pub use feed::FeedStatus;
pub use health::Size;
pub use latest::Latest;
pub use observation::{Observation, OfSeries, Traced};
pub use raw_frame::RawFrame;
pub use record::{Change, Derived, NewDelivery, Outcome, Recorded};
pub use retention::{EVENTS_KEPT, Expired, FRAMES_KEPT};
pub use seal::Sealed;
pub use series::{Series, SeriesId};
pub use sqlite::{Options, Store};
pub use station::StationRow;
pub use view::View;
