//! What the store promises, on a real file.

mod backups;
mod corrections;
mod crashes;
mod full_disk;
mod lookups;
mod order;
mod recording;
mod sealing;
mod support;
