//! Every line of SQL: stations, series, observations, blocks, events, feeds and keys; reports,
//! officers, rewards and jobs.
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
//!
//! ```
//! # use domain::{Averaging, DeviceFlag, Item, Period, Provenance, QcFlags, Quantity, Reading};
//! # use store::{Derived, NewDelivery, Options, StationRow, Store};
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! let store = Store::open(Options::at(folder.path().join("portal.sqlite"))).await?;
//! # let station = |code: &str| StationRow { code: code.into(), kind: "air".into(), body: "{}".into() };
//! store.sync_stations(vec![station("1424A")]).await?;
//!
//! let hour = Period::hour("2026-11-23T06:00:00Z".parse()?);
//! let now = "2026-11-23T07:00:20Z".parse()?;
//! # let reading = |period| Reading {
//! #     station: "1424A".into(), item: Item::Pm25, averaging: Averaging::Hour, period,
//! #     value: Some(Quantity::from_integer(35)), flag: DeviceFlag::Normal,
//! #     quality: QcFlags::NONE, provenance: Provenance::Measured };
//! let delivery = NewDelivery {
//!     feed: "hj212".into(),
//!     source: "hj212:88888880000001".into(),
//!     provenance: Provenance::Measured,
//!     received: now,
//!     raw: b"##0101QN=...".to_vec(),
//!     readings: vec![reading(hour)],
//! };
//! let recorded = store.record(vec![delivery], now, |_, _| Ok(Derived::default())).await?;
//! assert_eq!(recorded.outcomes[0].stored, 1);
//!
//! let latest = store.latest_of("1424A").await?;
//! assert_eq!(latest[0].observation.period(), hour);
//! let hours = store.hourly("1424A", Item::Pm25, hour.start, hour.end()).await?;
//! assert_eq!(hours[0].observations, [latest[0].observation]);
//! # Ok(())
//! # }
//! ```
#![warn(missing_docs)]

mod air_index;
mod api_key;
mod audit;
mod backup;
mod block;
mod challenge;
mod correction;
mod error;
mod event;
mod feed;
mod filter;
mod health;
mod job;
mod latest;
mod ledger;
mod ledger_root;
mod observation;
mod photo;
mod raw_frame;
mod record;
mod record_entries;
mod rectification;
mod remembered;
mod report;
mod retention;
mod reward;
mod seal;
mod sealed;
mod series;
mod session;
mod sqlite;
mod staff;
mod station;
mod time;
mod view;
mod webhook;
mod words;

pub use air_index::AirIndex;
pub use api_key::{ApiKey, KeyScope, NewApiKey};
pub use audit::{AuditEntry, AuditFilter, AuditPage, NewAudit};
pub use backup::{Contents, Overwrite, backup, restore};
pub use correction::{Correction, Why};
pub use error::StoreError;
pub use event::{Event, EventIds, NewEvent};
pub use feed::FeedStatus;
pub use health::Size;
pub use job::{Job, JobCounts, NewJob};
pub use latest::Latest;
pub use ledger::{LedgerEntry, NewLedgerEntry};
pub use ledger_root::LedgerRoot;
pub use observation::{Observation, OfSeries, Traced};
pub use photo::{NewPhoto, NewReportPhoto, PHOTO_GONE, Photo, PhotoEdit, PhotoState, ReportPhoto};
pub use raw_frame::RawFrame;
pub use record::{Change, Derived, NewDelivery, Outcome, Recorded};
pub use record_entries::{NewRevision, Revision};
pub use rectification::{
    ItemChange, ItemEvent, ItemFilter, ItemInbox, ItemPhoto, ItemRow, ItemSort, NewItemEvent,
    NewObjection, Objection, PhotoOfItem, Signed,
};
pub use remembered::Remembered;
pub use report::{
    Assignee, Bounds, Cell, CellRange, Claim, ClaimRow, Inbox, InboxFilter, InboxRow, InboxSort,
    LinkChange, LinkKind, Message, NewMessage, NewReport, NewReportEvent, Page, Point, Priority,
    PublicCopy, Publication, PublishedEvent, PublishedFilter, PublishedPage, PublishedPhoto,
    PublishedPlace, PublishedReport, PublishedStep, Queue, QueueSize, ReportChange, ReportEvent,
    ReportLink, ReportRow, ReportTimes, SealedContact, Seen, Sender, Standing, Submitted, Told,
};
pub use retention::{ANSWERS_KEPT, EVENTS_KEPT, Expired, ExpiredReports, FRAMES_KEPT, JOBS_KEPT};
pub use reward::{Reward, RewardRow};
pub use seal::Sealed;
pub use series::{Series, SeriesId};
pub use session::{NewSession, Session};
pub use sqlite::{Options, Store};
pub use staff::{NewStaff, Staff, StaffEdit};
pub use station::StationRow;
pub use view::View;
pub use webhook::{NewWebhook, Webhook};
