//! Green space of a built-up area: indicators with their definitions, thresholds of the standards, parks, and how much
//! of the residential land lies within reach of one.
//!
//! Figures compare only with thresholds of the same definition: coverage of vegetation 绿化覆盖率 is normally a few
//! points above the green-space rate 绿地率, and a 绿化率 whose definition is not stated compares with neither.

mod coverage;
mod indicator;
mod threshold;

pub use coverage::{Coverage, Park, ParkKind, Radii, Residential, coverage};
pub use indicator::Indicator;
pub use threshold::{Compared, Threshold, compare};
