//! What anyone may read. No type here can hold a person.

use domain::{
    Averaging, DeviceFlag, Item, Period, Provenance, QcFlags, Quantity, Text,
    air::{AqiLevel, IndexStandard},
    freshness::Freshness,
    water::{WaterBody, WaterClass},
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

#[cfg(feature = "openapi")]
use crate::schema;

/// What every reply says of itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Meta {
    /// The server's clock when the reply was made: ages are counted from it, so that a phone
    /// whose clock is wrong still shows them right.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Instant))]
    #[serde(deserialize_with = "domain::wire::instant")]
    pub server_time: Timestamp,
    /// Who publishes the portal.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub publisher: Text,
    /// The licence of the data, as a sentence.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub licence: Text,
    /// True when any number of the reply is simulated; then it says 演示数据 on screen.
    pub simulated: bool,
}

/// `GET api/v1/site`: names and facts that are configuration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Site {
    /// About this reply.
    pub meta: Meta,
    /// The portal's name.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub title: Text,
    /// The district.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub district: Text,
    /// The operator's contact as shown on every page.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub contact: Text,
    /// Footer identifiers (ICP, 公安备案, 网站标识码 …); a missing one has an empty value.
    pub footer: Vec<FooterMark>,
    /// The base map, if one is configured and may be shown.
    pub basemap: Option<Basemap>,
    /// Longitude and latitude of the map's first view: west, south, east, north.
    pub bounds: [f64; 4],
    /// Data sources, each with its owner and licence.
    pub sources: Vec<SourceNote>,
}

/// One identifier a government site must carry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FooterMark {
    /// What it is: `icp`, `police`, `site_code`, `jiucuo`, `organiser`, `review_number`.
    pub key: String,
    /// Its label.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub label: Text,
    /// Its value; empty where it is not configured, which only the demonstration may show.
    pub value: String,
    /// Where it leads.
    pub href: Option<String>,
}

/// A tiled base map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Basemap {
    /// Tile address with `{z}`, `{x}`, `{y}`.
    pub url: String,
    /// A second layer with place names, if the provider keeps them apart.
    pub labels_url: Option<String>,
    /// Attribution with the review number (审图号).
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub attribution: Text,
    /// The deepest zoom.
    pub max_zoom: u8,
}

/// A source of data as the open-data and about pages list it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SourceNote {
    /// The source's name.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub name: Text,
    /// Who owns the data.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub owner: Text,
    /// Under what licence or agreement it is shown.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub licence: Text,
}

/// The kind of a station.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum StationKind {
    /// An ambient air station.
    Air,
    /// A surface-water section or lake point.
    Water,
}

/// A station or section, as configured, with its health.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Station {
    /// The code, e.g. `1424A`.
    pub code: String,
    /// Air or water.
    pub kind: StationKind,
    /// Its name.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub name: Text,
    /// Where it stands, WGS-84 / CGCS2000; `None` where no position is known to be right.
    pub place: Option<Place>,
    /// Who publishes its numbers.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub authority: Text,
    /// 国控, 市控, 区控 …
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub network: Text,
    /// Facts only a water section has.
    pub water: Option<WaterSite>,
    /// The items it measures.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<schema::Item>))]
    pub items: Vec<Item>,
    /// How its data arrives and how fresh it is.
    pub status: StationStatus,
}

/// A position.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Place {
    /// Longitude in degrees east.
    pub lon: f64,
    /// Latitude in degrees north.
    pub lat: f64,
}

/// Facts of a surface-water section.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WaterSite {
    /// The river, lake or reservoir.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub water: Text,
    /// River or lake, which decides the phosphorus limits.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::WaterBody))]
    pub body: WaterBody,
    /// 目标类别: the class it must reach.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::WaterClass>))]
    pub target: Option<WaterClass>,
    /// True where it is a drinking-water source.
    pub drinking: bool,
}

/// The health of a station's data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StationStatus {
    /// The same words everywhere.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Freshness))]
    pub freshness: Freshness,
    /// End of the newest period received.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::Instant>))]
    #[serde(default, deserialize_with = "domain::wire::instant_or_none")]
    pub newest: Option<Timestamp>,
    /// When something last arrived.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::Instant>))]
    #[serde(default, deserialize_with = "domain::wire::instant_or_none")]
    pub received: Option<Timestamp>,
    /// Seconds between two values when all is well.
    pub expected_interval_s: u32,
    /// Why the last attempt brought nothing, in words for the public; no internals.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::Text>))]
    pub last_error: Option<Text>,
    /// Where its numbers come from.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Provenance))]
    pub provenance: Provenance,
}

/// `GET api/v1/stations`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Stations {
    /// About this reply.
    pub meta: Meta,
    /// Every station, sorted by code.
    pub stations: Vec<Station>,
}

/// One number as it may be shown. Its age is `meta.server_time` minus the end of its period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Figure {
    /// What was measured.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Item))]
    pub item: Item,
    /// `None` where the source had a gap; `flag` says why.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<f64>))]
    pub value: Option<Quantity>,
    /// `item.unit()`, for readers without our tables.
    pub unit: String,
    /// How it was averaged.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Averaging))]
    pub averaging: Averaging,
    /// When: start and length.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Period))]
    pub period: Period,
    /// What the instrument said.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::DeviceFlag))]
    pub flag: DeviceFlag,
    /// What our checks found.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::QcFlags))]
    pub quality: QcFlags,
    /// Measured, simulated or republished.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Provenance))]
    pub provenance: Provenance,
    /// When it arrived.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Instant))]
    #[serde(deserialize_with = "domain::wire::instant")]
    pub received: Timestamp,
    /// How old it is against its expected interval.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Freshness))]
    pub freshness: Freshness,
}

/// An index of air quality with everything needed to explain it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AirIndex {
    /// The ruler.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::IndexStandard))]
    pub standard: IndexStandard,
    /// Hour or day.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Averaging))]
    pub averaging: Averaging,
    /// The time it is for.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Period))]
    pub period: Period,
    /// The index; `None` when the standard forbids one (see `reason`). For rulers without a
    /// number (EAQI, WHO) the band's rank, 1 the best.
    pub value: Option<u16>,
    /// The band: 1 the best; names in both languages and the official colour.
    pub band: Option<Band>,
    /// 首要污染物, ties together, in the order of the standard.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<schema::Item>))]
    pub primary: Vec<Item>,
    /// Each pollutant's part.
    pub sub: Vec<SubIndex>,
    /// Pollutants without a valid value.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<schema::Item>))]
    pub missing: Vec<Item>,
    /// Why there is no index, as a sentence.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::Text>))]
    pub reason: Option<Text>,
    /// The index as its authority published it, where it did.
    pub published: Option<u16>,
    /// True when an input is simulated.
    pub simulated: bool,
}

/// A level of any ruler.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Band {
    /// 1 is the best.
    pub number: u8,
    /// The level's word.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub name: Text,
    /// The official fill as `#rrggbb`; for fills only, most fail contrast as text.
    pub colour: String,
    /// The level of HJ 633 where the ruler is one of its editions.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::AqiLevel>))]
    pub level: Option<AqiLevel>,
}

/// One pollutant's part of an index.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubIndex {
    /// The pollutant.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Item))]
    pub item: Item,
    /// The averaging the ruler looks at.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Averaging))]
    pub averaging: Averaging,
    /// The concentration looked up, after the ruler's rounding or conversion.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<f64>))]
    pub concentration: Option<Quantity>,
    /// The unit of `concentration` (ppb under the US ruler).
    pub unit: String,
    /// IAQI, or the band's rank for rulers without a number.
    pub value: Option<u16>,
    /// Its band.
    pub band: Option<Band>,
    /// The segment used: concentration low, high, index low, high.
    pub segment: Option<Segment>,
}

/// The line segment of a breakpoint table that a concentration fell into.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Segment {
    /// Concentration at the lower node.
    #[cfg_attr(feature = "openapi", schema(value_type = f64))]
    pub low: Quantity,
    /// Concentration at the upper node; `None` above the last.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<f64>))]
    pub high: Option<Quantity>,
    /// Index at the lower node.
    pub index_low: u16,
    /// Index at the upper node.
    pub index_high: u16,
}

/// An evaluation of a water sample.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WaterState {
    /// The time of the sample, or the month.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Period))]
    pub period: Period,
    /// The class; `None` when nothing classifying was measured.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::WaterClass>))]
    pub class: Option<WaterClass>,
    /// The items at the worst class.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<schema::Item>))]
    pub limiting: Vec<Item>,
    /// Multiples over class III, of the items worse than III.
    pub exceedances: Vec<Exceedance>,
    /// The class as its authority published it, where it did.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::WaterClass>))]
    pub published: Option<WaterClass>,
    /// True for an automatic station's five items: not the statutory monthly class.
    pub automatic: bool,
    /// Whether the target class is met; `None` without target or class.
    pub meets_target: Option<bool>,
    /// How nourished a lake or reservoir is; `None` for rivers, and without chlorophyll a and one
    /// more of the five parameters.
    #[serde(default)]
    pub trophic: Option<TrophicIndex>,
    /// True when an input is simulated.
    pub simulated: bool,
}

/// 综合营养状态指数 TLI(Σ) of a lake or reservoir.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrophicIndex {
    /// The index, to a hundredth.
    #[cfg_attr(feature = "openapi", schema(value_type = f64))]
    pub index: Quantity,
    /// Its state, from 贫营养 to 重度富营养.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub state: Text,
    /// Parameters without a value; the weights of the others were raised in their place.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<schema::Item>))]
    pub missing: Vec<Item>,
}

/// How far an item is over class III.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Exceedance {
    /// The item.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Item))]
    pub item: Item,
    /// (C − S_III) / S_III.
    #[cfg_attr(feature = "openapi", schema(value_type = f64))]
    pub multiple: Quantity,
}

/// `GET api/v1/stations/{code}/latest`, and `GET api/v1/stations/{code}` with empty figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StationNow {
    /// About this reply.
    pub meta: Meta,
    /// The station.
    pub station: Station,
    /// The newest figure of every series, in the order of `station.items`.
    pub figures: Vec<Figure>,
    /// The newest hourly index, air stations only.
    pub hourly: Option<AirIndex>,
    /// Yesterday's (or the newest complete) daily index, air stations only.
    pub daily: Option<AirIndex>,
    /// The newest evaluation, water sections only.
    pub water: Option<WaterState>,
}

/// `GET api/v1/air/summary`: the district's air now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AirSummary {
    /// About this reply.
    pub meta: Meta,
    /// The district's index: of the hourly means over its stations (HJ 633-2026 4.2.1).
    pub district: Option<AirIndex>,
    /// Every air station with its index and figures, worst first; those without index last.
    pub stations: Vec<StationNowBrief>,
    /// The district's index of the last 24 hours, oldest first.
    pub last_24h: Vec<IndexPoint>,
    /// This year's days by level, up to yesterday.
    pub year: DayCount,
}

/// A station in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StationNowBrief {
    /// The station.
    pub station: Station,
    /// The newest hourly index, air stations only.
    pub index: Option<AirIndex>,
    /// The newest evaluation, water sections only.
    pub water: Option<WaterState>,
    /// The newest figures that the index or class is made of.
    pub figures: Vec<Figure>,
}

/// One point of an index line.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IndexPoint {
    /// Start of the hour or day, Unix seconds.
    pub start_s: i64,
    /// The index, `None` where there is none.
    pub value: Option<u16>,
    /// The band's number, 1 the best.
    pub band: Option<u8>,
}

/// Days by level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DayCount {
    /// The ruler the days were counted with.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::IndexStandard))]
    pub standard: IndexStandard,
    /// The first and last day counted.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::CalendarDay))]
    #[serde(deserialize_with = "domain::wire::day")]
    pub from: Date,
    /// The last day counted.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::CalendarDay))]
    #[serde(deserialize_with = "domain::wire::day")]
    pub to: Date,
    /// Days with AQI ≤ 100 (优 and 良).
    pub good: u32,
    /// Days by level, cleanest first.
    pub by_level: Vec<u32>,
    /// Days without an index: neither good nor bad.
    pub without: u32,
    /// The days of each edition of HJ 633 that judged any, oldest first: what was good under one may
    /// not be under the next, so their counts are not compared. Empty under other rulers.
    #[serde(default)]
    pub by_edition: Vec<EditionDays>,
}

/// Days judged by one edition of HJ 633.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EditionDays {
    /// The edition.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::IndexStandard))]
    pub standard: IndexStandard,
    /// Days with AQI ≤ 100.
    pub good: u32,
    /// Days with AQI above 100.
    pub polluted: u32,
    /// Days without an index.
    pub without: u32,
}

/// `GET api/v1/water/sections`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Sections {
    /// About this reply.
    pub meta: Meta,
    /// Every section with its newest evaluation, sorted by river and code.
    pub sections: Vec<StationNowBrief>,
    /// Sections per class, best first, and without class last (seven numbers).
    pub by_class: Vec<u32>,
}

/// `GET api/v1/water/sections/{code}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Section {
    /// The newest figures and evaluation.
    #[serde(flatten)]
    pub now: StationNow,
    /// The class of each of the last 24 months, oldest first, from monthly means.
    pub months: Vec<MonthClass>,
}

/// One month of a section.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MonthClass {
    /// The first day of the month.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::CalendarDay))]
    #[serde(deserialize_with = "domain::wire::day")]
    pub month: Date,
    /// The class of the monthly means; `None` without data.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::WaterClass>))]
    pub class: Option<WaterClass>,
    /// The items at the worst class.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<schema::Item>))]
    pub limiting: Vec<Item>,
    /// Share of the expected samples that were valid, in percent.
    pub coverage: u8,
}

/// The step of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Step {
    /// As received.
    Raw,
    /// Hourly means.
    Hour,
    /// Daily means (ozone: daily maximum of the 8-hour means).
    Day,
    /// Monthly means.
    Month,
}

impl Step {
    /// Every step.
    pub const ALL: [Self; 4] = [Self::Raw, Self::Hour, Self::Day, Self::Month];

    /// The key in the query.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Raw => "raw",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Month => "month",
        }
    }
}

/// `GET api/v1/stations/{code}/series`: one item's history, in columns of equal length, oldest
/// first. `item=aqi` gives the index instead of a concentration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Series {
    /// About this reply.
    pub meta: Meta,
    /// The station's code.
    pub station: String,
    /// An item's key, or `aqi`, or `class`.
    pub item: String,
    /// The unit of `value`.
    pub unit: String,
    /// The step.
    pub step: Step,
    /// The ruler of `aqi` and of `band`; `None` means: the edition in force at each point.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::IndexStandard>))]
    pub standard: Option<IndexStandard>,
    /// The range answered.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Instant))]
    #[serde(deserialize_with = "domain::wire::instant")]
    pub from: Timestamp,
    /// Its end, excluded.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Instant))]
    #[serde(deserialize_with = "domain::wire::instant")]
    pub to: Timestamp,
    /// Length of each point's period in seconds; 0 for instants. For months the nominal 30 days.
    pub length_s: u32,
    /// True when points were thinned to the asked width (lowest and highest of each bucket kept).
    pub thinned: bool,
    /// Starts of the periods, Unix seconds.
    pub start_s: Vec<i64>,
    /// Values; `null` is a gap.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Option<f64>>))]
    pub value: Vec<Option<Quantity>>,
    /// The instrument's flag of each point, as indices into `flags`.
    pub flag: Vec<u8>,
    /// The flags `flag` points at.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<schema::DeviceFlag>))]
    pub flags: Vec<DeviceFlag>,
    /// Our marks of each point, as the bits of [`QcFlags`] in the order documented there.
    pub quality: Vec<u16>,
    /// The band or class number of each point, 1 the best; 0 for none.
    pub band: Vec<u8>,
    /// Share of valid values in the range, in percent.
    pub coverage: u8,
    /// Where editions change inside the range: the first instant of the new one and its name.
    pub changes: Vec<EditionChange>,
    /// Limits that apply, for threshold lines.
    pub limits: Vec<Limit>,
    /// Measured, simulated or republished.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Provenance))]
    pub provenance: Provenance,
}

/// Where a standard's edition changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EditionChange {
    /// The first instant of the new edition, Unix seconds.
    pub at_s: i64,
    /// What begins.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub label: Text,
}

/// A limit value with its name and source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Limit {
    /// In the item's unit.
    #[cfg_attr(feature = "openapi", schema(value_type = f64))]
    pub value: Quantity,
    /// E.g. 二级限值 / Grade II limit.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub label: Text,
    /// The standard, e.g. GB 3095-2026.
    pub standard: String,
    /// Valid from, Unix seconds; `None` for always.
    pub from_s: Option<i64>,
    /// Valid until (excluded), Unix seconds; `None` for always.
    pub to_s: Option<i64>,
}

/// `GET api/v1/stations/{code}/days`: a year's days by level.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Days {
    /// About this reply.
    pub meta: Meta,
    /// The station's code.
    pub station: String,
    /// The year.
    pub year: i16,
    /// The first year with data.
    pub first_year: i16,
    /// `None` means: the edition in force on each day.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::IndexStandard>))]
    pub standard: Option<IndexStandard>,
    /// One entry per day from 1 January to today or 31 December.
    pub days: Vec<IndexPoint>,
    /// The days counted.
    pub count: DayCount,
}

/// `GET api/v1/stations/{code}/corrections`: what was changed after it had been published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Corrections {
    /// About this reply.
    pub meta: Meta,
    /// The station's code.
    pub station: String,
    /// Periods that start from here on.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Instant))]
    #[serde(deserialize_with = "domain::wire::instant")]
    pub from: Timestamp,
    /// And before this instant.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Instant))]
    #[serde(deserialize_with = "domain::wire::instant")]
    pub to: Timestamp,
    /// True when there were more; those made last are given.
    pub shortened: bool,
    /// In the order they were made.
    pub corrections: Vec<Correction>,
}

/// One change to published data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Correction {
    /// What was measured.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Item))]
    pub item: Item,
    /// How it was averaged.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Averaging))]
    pub averaging: Averaging,
    /// Start of the first period concerned.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Instant))]
    #[serde(deserialize_with = "domain::wire::instant")]
    pub start: Timestamp,
    /// Periods concerned; more than one only of late data.
    pub periods: u32,
    /// Why.
    pub reason: CorrectionReason,
    /// The value until then, in the item's unit; `None` for a gap and for late data.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<f64>))]
    pub before: Option<Quantity>,
    /// Its mark until then; `None` for late data.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::DeviceFlag>))]
    pub before_flag: Option<DeviceFlag>,
    /// The value since; `None` for a gap and for late data.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<f64>))]
    pub after: Option<Quantity>,
    /// Its mark since; `None` for late data.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::DeviceFlag>))]
    pub after_flag: Option<DeviceFlag>,
    /// When it was changed.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Instant))]
    #[serde(deserialize_with = "domain::wire::instant")]
    pub at: Timestamp,
}

/// Why published data changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CorrectionReason {
    /// The sender sent another value, or another mark.
    Revised,
    /// The sender took the value back.
    Withdrawn,
    /// Data of a past day came after later periods were known.
    Late,
}

/// `GET api/v1/feeds`: the health of everything data comes through.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Feeds {
    /// About this reply.
    pub meta: Meta,
    /// Every feed, configured or seen.
    pub feeds: Vec<Feed>,
}

/// One feed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Feed {
    /// `hj212`, `http`, `cnemc-air`, `surface-water`, `csv`.
    pub key: String,
    /// Its name.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub name: Text,
    /// Whether it is switched on.
    pub enabled: bool,
    /// When it last tried.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::Instant>))]
    #[serde(default, deserialize_with = "domain::wire::instant_or_none")]
    pub last_try: Option<Timestamp>,
    /// When it last succeeded.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::Instant>))]
    #[serde(default, deserialize_with = "domain::wire::instant_or_none")]
    pub last_success: Option<Timestamp>,
    /// End of the newest period it brought.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::Instant>))]
    #[serde(default, deserialize_with = "domain::wire::instant_or_none")]
    pub newest: Option<Timestamp>,
    /// Expected seconds between two new values.
    pub expected_interval_s: u32,
    /// How fresh it is.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Freshness))]
    pub freshness: Freshness,
    /// Readings stored since the start of the server.
    pub accepted: u64,
    /// Refused since the start, by reason.
    pub rejected: Vec<Rejected>,
    /// Why the last try brought nothing, in words for the public.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::Text>))]
    pub last_error: Option<Text>,
    /// When it happened.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::Instant>))]
    #[serde(default, deserialize_with = "domain::wire::instant_or_none")]
    pub last_error_at: Option<Timestamp>,
    /// Measured, simulated or republished.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Provenance))]
    pub provenance: Provenance,
}

/// How many were refused for one reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rejected {
    /// A stable key, e.g. `crc`, `unknown_mn`, `future`.
    pub reason: String,
    /// How many.
    pub count: u64,
}

/// `GET api/v1/map`: shapes on the map's plain ground, GeoJSON geometries in WGS-84.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MapShapes {
    /// About this reply.
    pub meta: Meta,
    /// Rivers and lakes of the profile.
    pub shapes: Vec<MapShape>,
}

/// One shape.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MapShape {
    /// `river`, `lake` or `boundary`.
    pub kind: String,
    /// Its name.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub name: Text,
    /// Lines or rings of longitude/latitude pairs.
    pub lines: Vec<Vec<[f64; 2]>>,
    /// Where the shape comes from.
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub source: Text,
}
