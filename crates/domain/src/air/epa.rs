//! US EPA AQI, EPA-454/B-24-002 (May 2024): table 6, truncation, NowCast.

use serde::{Deserialize, Serialize};

use super::{
    AirIndex, Band, Concentrations, Edge, Explanation, IndexStandard, Report, Segment, SubIndex,
    index::{Offer, POLLUTANTS},
    means::Invalid,
};
use crate::{Averaging, Item, Lang, Quantity};

/// A category of the US index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EpaCategory {
    /// 0–50.
    Good,
    /// 51–100.
    Moderate,
    /// 101–150.
    UnhealthyForSensitiveGroups,
    /// 151–200.
    Unhealthy,
    /// 201–300.
    VeryUnhealthy,
    /// 301 and more.
    Hazardous,
}

impl EpaCategory {
    /// Every category, cleanest first.
    pub const ALL: [Self; 6] = [
        Self::Good,
        Self::Moderate,
        Self::UnhealthyForSensitiveGroups,
        Self::Unhealthy,
        Self::VeryUnhealthy,
        Self::Hazardous,
    ];

    /// The category of an index value.
    pub const fn of(aqi: u16) -> Self {
        match aqi {
            0..=50 => Self::Good,
            51..=100 => Self::Moderate,
            101..=150 => Self::UnhealthyForSensitiveGroups,
            151..=200 => Self::Unhealthy,
            201..=300 => Self::VeryUnhealthy,
            _ => Self::Hazardous,
        }
    }

    /// 1 to 6; the agency names them only.
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The agency's name; the Chinese is ours.
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Good => lang.pick("良好", "Good"),
            Self::Moderate => lang.pick("中等", "Moderate"),
            Self::UnhealthyForSensitiveGroups => {
                lang.pick("对敏感人群不健康", "Unhealthy for Sensitive Groups")
            }
            Self::Unhealthy => lang.pick("不健康", "Unhealthy"),
            Self::VeryUnhealthy => lang.pick("非常不健康", "Very unhealthy"),
            Self::Hazardous => lang.pick("有害", "Hazardous"),
        }
    }

    /// The agency's colour; the purple is not China's.
    pub const fn hex(self) -> &'static str {
        match self {
            Self::Good => "#00E400",
            Self::Moderate => "#FFFF00",
            Self::UnhealthyForSensitiveGroups => "#FF7E00",
            Self::Unhealthy => "#FF0000",
            Self::VeryUnhealthy => "#8F3F97",
            Self::Hazardous => "#7E0023",
        }
    }

    /// The text colour that is readable on [`EpaCategory::hex`].
    pub const fn on_hex(self) -> &'static str {
        match self {
            Self::VeryUnhealthy | Self::Hazardous => "#FFFFFF",
            _ => "#000000",
        }
    }
}

/// A column of table 6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EpaItem {
    /// O₃, 8 h, ppm.
    O3EightHour,
    /// O₃, 1 h, ppm; only from 0.125 on.
    O3Hour,
    /// PM₂.₅, 24 h or NowCast, µg/m³.
    Pm25Day,
    /// PM₁₀, 24 h or NowCast, µg/m³.
    Pm10Day,
    /// CO, 8 h, ppm.
    CoEightHour,
    /// SO₂, 1 h, ppb; up to 304.
    So2Hour,
    /// SO₂, 24 h, ppb; only from 305 on.
    So2Day,
    /// NO₂, 1 h, ppb.
    No2Hour,
}

impl EpaItem {
    /// Every column.
    pub const ALL: [Self; 8] = [
        Self::Pm10Day,
        Self::Pm25Day,
        Self::O3EightHour,
        Self::O3Hour,
        Self::No2Hour,
        Self::So2Hour,
        Self::So2Day,
        Self::CoEightHour,
    ];

    /// The pollutant.
    pub const fn item(self) -> Item {
        match self {
            Self::O3EightHour | Self::O3Hour => Item::O3,
            Self::Pm25Day => Item::Pm25,
            Self::Pm10Day => Item::Pm10,
            Self::CoEightHour => Item::Co,
            Self::So2Hour | Self::So2Day => Item::So2,
            Self::No2Hour => Item::No2,
        }
    }

    /// The averaging time.
    pub const fn averaging(self) -> Averaging {
        match self {
            Self::O3EightHour | Self::CoEightHour => Averaging::EightHour,
            Self::O3Hour | Self::So2Hour | Self::No2Hour => Averaging::Hour,
            Self::Pm25Day | Self::Pm10Day | Self::So2Day => Averaging::Day,
        }
    }

    /// The agency's unit.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::O3EightHour | Self::O3Hour | Self::CoEightHour => "ppm",
            Self::Pm25Day | Self::Pm10Day => "µg/m³",
            Self::So2Hour | Self::So2Day | Self::No2Hour => "ppb",
        }
    }

    /// The step concentrations are truncated to, in millionths of the unit.
    const fn step(self) -> i64 {
        match self {
            Self::O3EightHour | Self::O3Hour => 1_000,
            Self::Pm25Day | Self::CoEightHour => 100_000,
            Self::Pm10Day | Self::So2Hour | Self::So2Day | Self::No2Hour => 1_000_000,
        }
    }

    /// Table 6 in steps: (low, high) with the position of the first one in [`INDEX_RANGES`].
    const fn table(self) -> (usize, &'static [(u16, u16)]) {
        match self {
            Self::O3EightHour => (0, &[(0, 54), (55, 70), (71, 85), (86, 105), (106, 200)]),
            Self::O3Hour => (2, &[(125, 164), (165, 204), (205, 404), (405, 604)]),
            Self::Pm25Day => {
                (0, &[(0, 90), (91, 354), (355, 554), (555, 1254), (1255, 2254), (2255, 3254)])
            }
            Self::Pm10Day => {
                (0, &[(0, 54), (55, 154), (155, 254), (255, 354), (355, 424), (425, 604)])
            }
            Self::CoEightHour => {
                (0, &[(0, 44), (45, 94), (95, 124), (125, 154), (155, 304), (305, 504)])
            }
            Self::So2Hour => (0, &[(0, 35), (36, 75), (76, 185), (186, 304)]),
            Self::So2Day => (4, &[(305, 604), (605, 1004)]),
            Self::No2Hour => {
                (0, &[(0, 53), (54, 100), (101, 360), (361, 649), (650, 1249), (1250, 2049)])
            }
        }
    }
}

/// The index at both ends of each row of table 6.
const INDEX_RANGES: [(u16, u16); 6] =
    [(0, 50), (51, 100), (101, 150), (151, 200), (201, 300), (301, 500)];

/// The way from one concentration to its US index; `None` for a negative one.
///
/// Truncated to the agency's step, interpolated, rounded half up. Above 500 the last slope
/// goes on (note 4); O₃ 8 h above 0.200 ppm has no index (note 2), O₃ 1 h below 0.125 ppm and
/// SO₂ 24 h below 305 ppb have none, SO₂ 1 h from 305 ppb on is held at 200 (note 3).
///
/// ```
/// # use domain::air::epa::{EpaItem, explain};
/// let smoke = "35.55".parse()?;
/// assert_eq!(explain(EpaItem::Pm25Day, smoke).and_then(|e| e.result), Some(101));
/// # Ok::<(), domain::quantity::QuantityError>(())
/// ```
pub fn explain(item: EpaItem, concentration: Quantity) -> Option<Explanation> {
    if concentration.is_negative() {
        return None;
    }
    let step = Quantity::from_millionths(item.step());
    let used = concentration.truncate(step);
    let steps = used.millionths() / item.step();
    let (first, rows) = item.table();
    let in_units = |steps: u16| Quantity::from_millionths(i64::from(steps) * item.step());
    let segment_of = |row: usize| {
        let (&(low, high), &(index_lo, index_hi)) =
            (rows.get(row)?, INDEX_RANGES.get(first + row)?);
        Some(Segment { bp_lo: in_units(low), bp_hi: in_units(high), index_lo, index_hi })
    };
    let (lowest, highest) = (rows.first()?.0, rows.last()?.1);
    let row = rows.iter().position(|&(_, high)| steps <= i64::from(high));
    let segment = segment_of(row.unwrap_or(rows.len() - 1))?;
    let (result, edge) = if steps < i64::from(lowest) {
        (None, Some(Edge::NoIndexBelow(in_units(lowest))))
    } else if row.is_some() {
        (Some(index_on(segment, used)), None)
    } else {
        match item {
            EpaItem::O3EightHour => (None, Some(Edge::NoIndexAbove(in_units(highest)))),
            EpaItem::So2Hour => (Some(200), Some(Edge::HeldAt(200))),
            _ => (Some(index_on(segment, used)), Some(Edge::SlopeContinues)),
        }
    };
    let within = row.is_some() && result.is_some();
    Some(Explanation {
        concentration,
        concentration_used: used,
        segment: (within || edge == Some(Edge::SlopeContinues)).then_some(segment),
        result,
        edge,
    })
}

/// The line through `segment`, rounded half up, going on above it.
fn index_on(segment: Segment, used: Quantity) -> u16 {
    let rise = i128::from(segment.index_hi - segment.index_lo);
    let width = i128::from(segment.bp_hi.minus(segment.bp_lo).millionths());
    let above = rise * i128::from(used.minus(segment.bp_lo).millionths());
    let steps = (2 * above + width) / (2 * width);
    u16::try_from(steps + i128::from(segment.index_lo)).unwrap_or(u16::MAX)
}

/// Evaluates concentrations in the agency's units. The largest sub-index is the AQI, its
/// pollutants are the ones to report; what is missing is left out.
pub(super) fn evaluate(report: Report, concentrations: &Concentrations) -> AirIndex {
    let mut sub: Vec<SubIndex> = Vec::new();
    for item in EpaItem::ALL {
        let value = match item {
            EpaItem::O3EightHour => concentrations.o3_8h,
            EpaItem::So2Day => concentrations.so2_24h,
            _ => concentrations.get(item.item()),
        };
        if let Some(explanation) = value.and_then(|value| explain(item, value)) {
            let offer = Offer {
                item: item.item(),
                averaging: item.averaging(),
                unit: item.unit(),
                counted: true,
            };
            sub.push(offer.sub_index(explanation, |aqi| Band::Epa(EpaCategory::of(aqi))));
        }
    }
    let missing =
        POLLUTANTS.into_iter().filter(|item| !sub.iter().any(|s| s.item == *item)).collect();
    let value = sub.iter().filter_map(|sub| sub.value).max();
    let index = AirIndex {
        value,
        level: value.map(|aqi| Band::Epa(EpaCategory::of(aqi))),
        ..AirIndex::without_value(IndexStandard::Epa2024, report, sub, missing)
    };
    match value {
        Some(aqi) if aqi > 0 => index.with_primary(|sub| sub.value == Some(aqi)),
        _ => index,
    }
}

/// Chinese concentrations (µg/m³, CO mg/m³, gases at 298.15 K and 1013.25 hPa) in the agency's
/// units: ppb = µg/m³ × 24.45 ÷ M, with M = 48.00 (O₃), 46.01 (NO₂), 64.07 (SO₂), 28.01 (CO).
///
/// Particles are at ambient conditions and stay as they are. Whoever shows the result marks it
/// as converted, as [`evaluate_chinese`](super::evaluate_chinese) does.
pub fn from_chinese(chinese: &Concentrations) -> Concentrations {
    let convert = |value: Option<Quantity>, numerator, denominator| {
        value.and_then(|value: Quantity| value.scale(numerator, denominator))
    };
    Concentrations {
        so2: convert(chinese.so2, 2_445, 6_407),
        so2_24h: convert(chinese.so2_24h, 2_445, 6_407),
        no2: convert(chinese.no2, 2_445, 4_601),
        co: convert(chinese.co, 2_445, 2_801),
        o3: convert(chinese.o3, 2_445, 4_800_000),
        o3_8h: convert(chinese.o3_8h, 2_445, 4_800_000),
        pm10: chinese.pm10,
        pm2_5: chinese.pm2_5,
    }
}

/// The NowCast of PM: the weighted mean of up to 12 hours, heavier on recent ones the more the
/// concentration changes.
///
/// `hours` are hourly means, oldest first, one per hour; `None` is a gap; only the last 12
/// count. w = max(½, smallest ÷ largest), the mean is Σ wⁱcᵢ ÷ Σ wⁱ with i hours ago. Computed
/// in fixed point with 18 digits, given to a millionth.
///
/// # Errors
///
/// [`Invalid`] unless two of the last three hours are there.
pub fn nowcast(hours: &[Option<Quantity>]) -> Result<Quantity, Invalid> {
    const ONE: i128 = 1_000_000_000_000_000_000;
    let have = hours.iter().rev().take(3).filter(|hour| hour.is_some()).count();
    if have < 2 {
        return Err(Invalid { have, need: 2 });
    }
    let recent = || hours.iter().rev().take(12);
    let largest = recent().flatten().max().map_or(0, |q| q.millionths()).max(0);
    let smallest = recent().flatten().min().map_or(0, |q| q.millionths()).max(0);
    if largest == 0 {
        return Ok(Quantity::ZERO);
    }
    let ratio = i128::from(smallest) * ONE / i128::from(largest);
    let step = ratio.max(ONE / 2);
    let (mut weight, mut sum, mut weights) = (ONE, 0_i128, 0_i128);
    for hour in recent() {
        if let Some(value) = hour {
            sum += weight * i128::from(value.millionths());
            weights += weight;
        }
        weight = weight * step / ONE;
    }
    let rounded = (2 * sum + weights).div_euclid(2 * weights);
    // A mean lies between its smallest and largest value, so it fits like them.
    Ok(Quantity::from_millionths(i64::try_from(rounded).unwrap_or(largest)))
}
