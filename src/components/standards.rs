//! The same air under another ruler, by the same function that the server uses.

use contract::public::{AirIndex, Band, Figure, Segment, StationNowBrief, SubIndex};
use domain::{
    Averaging, Item, Text,
    air::{self, Concentrations, IndexStandard, Report},
};

/// The station with its hourly index under `standard`; the server's own where it is the same ruler.
pub(crate) fn under(standard: IndexStandard, brief: &StationNowBrief) -> StationNowBrief {
    let own = brief.index.as_ref().filter(|index| index.standard != standard);
    let Some(own) = own else { return brief.clone() };
    let index = evaluated(standard, &brief.figures, own);
    StationNowBrief { index: Some(index), ..brief.clone() }
}

/// The hourly index of `figures` under `standard`, for the time of `own`.
pub(crate) fn evaluated(standard: IndexStandard, figures: &[Figure], own: &AirIndex) -> AirIndex {
    let index = air::evaluate_chinese(standard, Report::Hourly, &concentrations(figures));
    AirIndex {
        standard,
        value: index.value,
        band: index.level.map(band),
        primary: index.primary,
        sub: index.sub.into_iter().map(sub_index).collect(),
        missing: index.missing,
        reason: None,
        published: None,
        ..own.clone()
    }
}

/// The valid hourly means among the figures, with the eight-hour ozone.
fn concentrations(figures: &[Figure]) -> Concentrations {
    let mut found = Concentrations::default();
    let valid =
        figures.iter().filter(|figure| figure.flag.is_valid() && !figure.quality.excludes());
    for figure in valid {
        match (figure.item, figure.averaging) {
            (Item::O3, Averaging::EightHour) => found.o3_8h = figure.value,
            (item, Averaging::Hour) => found.set(item, figure.value),
            _ => {}
        }
    }
    found
}

fn band(of: air::Band) -> Band {
    use domain::Lang::{En, Zh};
    Band {
        number: of.number(),
        name: Text::new(of.name(Zh), of.name(En)),
        colour: of.hex().to_owned(),
        level: match of {
            air::Band::Hj633(level) => Some(level),
            _ => None,
        },
    }
}

fn sub_index(of: air::SubIndex) -> SubIndex {
    SubIndex {
        item: of.item,
        averaging: of.averaging,
        concentration: Some(of.explanation.concentration_used),
        unit: of.unit.to_owned(),
        value: of.value,
        band: of.band.map(band),
        segment: of.explanation.segment.map(|segment| Segment {
            low: segment.bp_lo,
            high: Some(segment.bp_hi),
            index_low: segment.index_lo,
            index_high: segment.index_hi,
        }),
    }
}
