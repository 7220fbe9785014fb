//! Surface water: classes of GB 3838-2002, evaluation, trophic index, drinking-water compliance.

pub mod automatic;
mod basin;
mod class;
mod drinking;
mod limits;
mod oxygen;
mod sample;
mod section;
mod status;
mod trophic;

pub use basin::{Basin, Share, basin};
pub use class::{WaterBody, WaterClass};
pub use drinking::{
    Compliance, ComplianceRates, SUPPLEMENTARY, SourceMonth, compliance, compliance_rates,
};
pub use limits::{Comparison, PARAMETERS, PH_RANGE, Parameter, limit};
pub use oxygen::Saturation;
pub use sample::Sample;
pub use section::{
    Exceedance, ItemClass, SectionClass, class_of, evaluate, evaluate_automatic, evaluate_with,
    main_pollutants,
};
pub use status::WaterStatus;
pub use trophic::{Trophic, TrophicState, trophic};
