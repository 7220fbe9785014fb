//! Pages of programmes: stories with figures of the scorecard and readings of stations beside them.

use domain::Text;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

#[cfg(feature = "openapi")]
use crate::schema;
use crate::{public::Meta, scorecard::ScoreLine};

/// `GET api/v1/programmes`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Programmes {
    /// About this reply.
    pub meta: Meta,
    /// Pages in the order they were made.
    pub programmes: Vec<ProgrammeLine>,
}

/// One page in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProgrammeLine {
    /// Its name in its address.
    pub slug: String,
    /// Its title.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub title: Text,
    /// In one sentence.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub summary: Text,
}

/// `GET api/v1/programmes/{slug}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Programme {
    /// About this reply.
    pub meta: Meta,
    /// As in the list.
    pub line: ProgrammeLine,
    /// The text in Markdown: headings, paragraphs, lists, emphasis, links; no HTML is let through.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub body: Text,
    /// The same as HTML: made of those elements alone, so that it may stand in a page as it is.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub html: Text,
    /// Figures of the scorecard that belong to it; never one that must not be published.
    pub figures: Vec<ScoreLine>,
    /// Stations and sections whose charts belong to it, by code.
    pub stations: Vec<String>,
    /// Issues of the rectification ledger that belong to it, by number.
    pub items: Vec<String>,
    /// When it was last revised.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Instant))]
    #[serde(deserialize_with = "domain::wire::instant")]
    pub revised: Timestamp,
}

/// What a revision of a page holds, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProgrammeText {
    /// Its title.
    pub title: Text,
    /// In one sentence.
    pub summary: Text,
    /// In Markdown.
    pub body: Text,
    /// Keys of the scorecard.
    #[serde(default)]
    pub figures: Vec<String>,
    /// Codes of stations and sections.
    #[serde(default)]
    pub stations: Vec<String>,
    /// Numbers of issues.
    #[serde(default)]
    pub items: Vec<String>,
}
