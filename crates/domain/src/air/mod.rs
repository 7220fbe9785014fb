//! Air quality indices: HJ 633 in both editions, US EPA 2024, the European index, WHO guidelines.
//!
//! [`evaluate`] is the whole way from concentrations to an index with its level, primary
//! pollutants and explanation; [`means`] makes the concentrations from hourly values.

mod advice;
mod band;
mod concentrations;
pub mod eaqi;
mod editions;
pub mod epa;
mod evaluate;
mod explanation;
pub mod feed;
mod good_days;
mod hj633;
mod hours;
mod iaqi;
mod index;
mod item;
mod level;
mod limits;
pub mod means;
mod standard;
pub mod who;

pub use advice::sensitive_groups;
pub use band::Band;
pub use concentrations::Concentrations;
pub use eaqi::EaqiBand;
pub use editions::{Breakpoint, breakpoints};
pub use epa::EpaCategory;
pub use evaluate::{evaluate, evaluate_chinese, evaluate_with};
pub use explanation::{Edge, Explanation, Segment};
pub use good_days::{DayCount, GoodDays, good_days};
pub use iaqi::{Iaqi, IaqiError, explain, iaqi};
pub use index::{AirIndex, HourlyPm, NoIndex, Options, Report, SubIndex};
pub use item::AirItem;
pub use level::AqiLevel;
pub use limits::{LimitEdition, Limits, limits};
pub use standard::{AqiEdition, IndexStandard};
pub use who::WhoTier;
