//! The scorecard: what was published of the district, with the words it was published in.

use domain::{
    Text,
    scorecard::{Entry, Figure, Group, Sign},
};
use serde::{Deserialize, Serialize};

use crate::public::Meta;
#[cfg(feature = "openapi")]
use crate::schema;

/// `GET api/v1/scorecard`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Scorecard {
    /// About this reply.
    pub meta: Meta,
    /// Groups in the order of the source.
    pub groups: Vec<ScoreGroup>,
}

/// One group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScoreGroup {
    /// Which.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub group: Group,
    /// Its name.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub name: Text,
    /// Its indicators.
    pub lines: Vec<ScoreLine>,
}

/// One indicator with what was stated of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScoreLine {
    /// Its key.
    pub key: String,
    /// Its name.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub name: Text,
    /// The statement that counts.
    pub now: Statement,
    /// One statement a year, the earliest first; fewer than two are no history.
    pub history: Vec<Statement>,
    /// Whether the years compare: numbers of one unit, at least two.
    pub compares: bool,
    /// Statements that later ones of the same year replaced.
    pub replaced: Vec<Statement>,
}

/// One statement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Statement {
    /// A number in `unit`, or a word.
    #[cfg_attr(feature = "openapi", schema(value_type = serde_json::Value))]
    pub value: Figure,
    /// How the words stand to the number.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub sign: Sign,
    /// In which unit.
    pub unit: String,
    /// Of which year; absent: the period is not stated.
    pub year: Option<i16>,
    /// The words of the source.
    pub quote: String,
    /// Where they stand.
    pub source: String,
    /// What a reader must know to read it right.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub note: Text,
}

impl From<&Entry> for Statement {
    fn from(entry: &Entry) -> Self {
        Self {
            value: entry.value.clone(),
            sign: entry.sign,
            unit: entry.unit.clone(),
            year: entry.year,
            quote: entry.quote.clone(),
            source: entry.source.clone(),
            note: entry.note.clone(),
        }
    }
}
