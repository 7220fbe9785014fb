//! Indices of air quality as the contract shows them.

use contract::public::{AirIndex, Band, Segment, SubIndex};
use domain::{
    Averaging, Item, Lang, Period, Quantity, Text,
    air::{self, AqiEdition, Concentrations, IndexStandard, Report},
};

use crate::words;

/// The pollutants an index is made of, in the order shown.
pub(crate) const POLLUTANTS: [Item; 6] =
    [Item::Pm25, Item::Pm10, Item::O3, Item::No2, Item::So2, Item::Co];

/// What an index is computed for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Subject {
    /// Hour or day.
    pub report: Report,
    /// The stretch of time.
    pub period: Period,
    /// The ruler; `None` is the edition in force on that day.
    pub standard: Option<IndexStandard>,
    /// True when an input is simulated.
    pub simulated: bool,
    /// The index its authority published, where it did.
    pub published: Option<u16>,
}

/// The ruler of a period: the one asked for, else the edition in force then.
pub(crate) fn ruler(asked: Option<IndexStandard>, period: Period) -> IndexStandard {
    asked.unwrap_or_else(|| AqiEdition::on(period.beijing_day()).into())
}

/// The index of `concentrations` (Chinese units) with everything needed to explain it.
pub(crate) fn index(subject: Subject, concentrations: &Concentrations) -> AirIndex {
    let standard = ruler(subject.standard, subject.period);
    let found = air::evaluate_chinese(standard, subject.report, concentrations);
    AirIndex {
        standard,
        averaging: match subject.report {
            Report::Hourly => Averaging::Hour,
            Report::Daily => Averaging::Day,
        },
        period: subject.period,
        value: found.value,
        band: found.level.map(band),
        primary: found.primary,
        sub: found.sub.into_iter().map(sub).collect(),
        missing: found.missing,
        reason: found.reason_none.map(words::no_index),
        published: subject.published,
        simulated: subject.simulated,
    }
}

/// A level of any ruler.
pub(crate) fn band(band: air::Band) -> Band {
    Band {
        number: band.number(),
        name: Text::new(band.name(Lang::Zh), band.name(Lang::En)),
        colour: band.hex().to_owned(),
        level: match band {
            air::Band::Hj633(level) => Some(level),
            _ => None,
        },
    }
}

fn sub(sub: air::SubIndex) -> SubIndex {
    SubIndex {
        item: sub.item,
        averaging: sub.averaging,
        concentration: Some(sub.explanation.concentration_used),
        unit: sub.unit.to_owned(),
        value: sub.value,
        band: sub.band.map(band),
        segment: segment(&sub.explanation),
    }
}

/// Above the last node there is no upper end; the index stays where the table ends.
fn segment(explanation: &air::Explanation) -> Option<Segment> {
    let whole = |s: air::Segment, high: Option<Quantity>| Segment {
        low: s.bp_lo,
        high,
        index_low: s.index_lo,
        index_high: s.index_hi,
    };
    match (explanation.segment, explanation.edge) {
        (Some(segment), Some(air::Edge::OpenBand)) => Some(whole(segment, None)),
        (Some(segment), _) => Some(whole(segment, Some(segment.bp_hi))),
        (None, Some(air::Edge::HeldAt(index))) => Some(Segment {
            low: explanation.concentration_used,
            high: None,
            index_low: index,
            index_high: index,
        }),
        (None, _) => None,
    }
}
