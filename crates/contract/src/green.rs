//! Green space: indicators with their definitions, thresholds of the standards, parks, coverage.

use domain::{
    Quantity, Text,
    green_space::{Compared, Indicator, ParkKind, Radii},
    scorecard::Sign,
};
use serde::{Deserialize, Serialize};

#[cfg(feature = "openapi")]
use crate::schema;
use crate::{
    public::{Meta, Place},
    scorecard::ScoreLine,
};

/// `GET api/v1/green`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Green {
    /// About this reply.
    pub meta: Meta,
    /// Indicators that a figure is published of.
    pub indicators: Vec<GreenIndicator>,
    /// Works and new areas of the scorecard's group, with their histories.
    pub works: Vec<ScoreLine>,
    /// Parks as places.
    pub parks: Vec<GreenPark>,
    /// How much residential land lies within reach of a park; absent where the district gives no places.
    pub coverage: Option<ReachCoverage>,
}

/// One indicator, its figure and what that is compared with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GreenIndicator {
    /// Which.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub indicator: Indicator,
    /// Its name.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub name: Text,
    /// What is divided by what.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub definition: Text,
    /// The published figure, with source phrase and history.
    pub figure: ScoreLine,
    /// Thresholds and figures that stand beside it.
    pub thresholds: Vec<GreenThreshold>,
}

/// A threshold and how the figure stands to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GreenThreshold {
    /// What is reached with it.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub target: Text,
    /// At least, at most …
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub sign: Sign,
    /// In the indicator's unit.
    #[cfg_attr(feature = "openapi", schema(value_type = f64))]
    pub value: Quantity,
    /// The document and its date.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub source: Text,
    /// False where the text was not seen.
    pub confirmed: bool,
    /// How the figure stands to it.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub compared: Compared,
}

/// A park.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GreenPark {
    /// Its key.
    pub code: String,
    /// Its name.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub name: Text,
    /// Its kind.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub kind: ParkKind,
    /// Its area, m²; absent where it is not known.
    pub area_m2: Option<u32>,
    /// Its middle, where known.
    pub place: Option<Place>,
    /// Made up for a demonstration: place or area.
    pub simulated: bool,
    /// Where its facts come from.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub source: Text,
}

/// An estimate from points; see `domain::green_space::coverage`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReachCoverage {
    /// In percent; absent without residential land.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<f64>))]
    pub percent: Option<Quantity>,
    /// Residential land within reach, m².
    pub covered_m2: u64,
    /// All residential land, m².
    pub all_m2: u64,
    /// How far parks reach by size.
    #[cfg_attr(feature = "openapi", schema(value_type = serde_json::Value))]
    pub radii: Radii,
    /// Pieces of residential land, and whether they are within reach.
    pub homes: Vec<ReachedHome>,
    /// Made up for a demonstration.
    pub simulated: bool,
    /// How the estimate is made and what it leaves out.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub method: Text,
}

/// A piece of residential land.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReachedHome {
    /// Its middle.
    pub place: Place,
    /// Its area, m².
    pub area_m2: u32,
    /// Within reach of a park.
    pub within: bool,
}
