//! Surface water: classes of GB 3838-2002, evaluation, trophic index, drinking-water compliance.

mod class;

pub use class::{WaterBody, WaterClass};
