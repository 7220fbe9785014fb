//! `POST api/v1/readings`: batches from gateways and instruments, with an API key.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

#[cfg(feature = "openapi")]
use crate::schema;

/// A batch; at most 5,000 readings. Good rows are stored even when others are refused.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReadingBatch {
    /// The readings.
    pub readings: Vec<PushedReading>,
}

/// One reading. Fields are loose so that one bad row is refused by name, not the whole batch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PushedReading {
    /// The station's code.
    pub station: String,
    /// The item's key, see `api/v1/openapi.json`.
    pub item: String,
    /// The value; `null` for a gap whose reason `flag` states.
    pub value: Option<serde_json::Value>,
    /// The unit of `value`; must be the item's own or one it converts from (µg/m³, mg/m³, ng/m³).
    pub unit: String,
    /// Start of the period, RFC 3339 with offset.
    pub start: String,
    /// `instant`, `minute`, `hour` or `day`.
    pub averaging: String,
    /// A flag's key, `normal` if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flag: Option<String>,
}

/// The answer: what became of each row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PushOutcome {
    /// The server's clock.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Instant))]
    pub server_time: Timestamp,
    /// Newly stored.
    pub stored: usize,
    /// Already known with the same value.
    pub duplicate: usize,
    /// Replaced an earlier value.
    pub revised: usize,
    /// Refused, with the reason.
    pub rejected: Vec<RejectedRow>,
}

/// A refused row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RejectedRow {
    /// Place in the batch, from 0.
    pub row: usize,
    /// The field at fault.
    pub field: String,
    /// What is wrong, with the value and what to do, in the caller's language.
    pub reason: String,
}
