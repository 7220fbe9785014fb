//! Live events: server-sent events on `api/v1/live`.
//!
//! Every message has an `id` (a growing integer; send it back as `Last-Event-ID` to resume) and
//! an event name. `snapshot` comes first without a usable id, and after a lag; `batch` about once
//! a second while there is something new; `hello` gives the server's time, at the start and after
//! every 15 s without anything else: who has heard nothing for longer has lost the connection.

use domain::Period;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

#[cfg(feature = "openapi")]
use crate::schema;

use crate::public::{AirIndex, Figure, StationStatus, WaterState};

/// Event name of [`Hello`]; it has no id, so that it never counts as something seen.
pub const HELLO: &str = "hello";
/// Event name of [`Batch`].
pub const BATCH: &str = "batch";
/// Event name of a [`Batch`] that holds the newest state of every station.
pub const SNAPSHOT: &str = "snapshot";

/// The first message of every stream, and the sign that it is still there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Hello {
    /// The server's clock.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Instant))]
    #[serde(deserialize_with = "domain::wire::instant")]
    pub server_time: Timestamp,
}

/// What changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Batch {
    /// The server's clock.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Instant))]
    #[serde(deserialize_with = "domain::wire::instant")]
    pub server_time: Timestamp,
    /// Changed stations.
    pub stations: Vec<StationChange>,
}

/// One station's change: only the figures that are new.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StationChange {
    /// The station's code.
    pub code: String,
    /// New or corrected figures.
    pub figures: Vec<Figure>,
    /// The newest hourly index, if it changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index: Option<AirIndex>,
    /// The newest evaluation, if it changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub water: Option<WaterState>,
    /// The station's health.
    pub status: StationStatus,
    /// The stretch in which values before the newest came late or were corrected; a chart that
    /// shows any of it is to be asked for again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::Period>))]
    pub earlier: Option<Period>,
}
