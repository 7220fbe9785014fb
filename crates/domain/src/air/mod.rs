//! Air quality indices: HJ 633 in both editions, US EPA 2024, the European index, WHO guidelines.

mod level;
mod standard;

pub use level::AqiLevel;
pub use standard::{AqiEdition, IndexStandard};
