//! What the store promises, on a real file.
#![expect(clippy::unwrap_used, reason = "the helpers of tests fail by panicking, as tests do")]

mod backups;
mod corrections;
mod crashes;
mod filing;
mod full_disk;
mod jobs;
mod ledger;
mod lists;
mod lookups;
mod order;
mod recording;
mod rectification;
mod report_retention;
mod reports;
mod sealing;
mod staff;
mod support;
