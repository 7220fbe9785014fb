//! The parts of a series beside its values: limits, edition changes, thinning.

use contract::public::{EditionChange, Limit, Series, StationKind};
use domain::{
    Item, Lang, Provenance, Quantity, Text,
    air::{IndexStandard, LimitEdition, Report},
    period::{beijing_day, day_start},
    water::{self, Comparison, Parameter, WaterClass},
};
use jiff::civil::{Date, date};

use super::station::Observed;
use crate::{
    history::{
        grid::Point,
        steps::{Judge, Leveled, limit_averaging},
        thin,
        water::percent,
    },
    profile::StationProfile,
    query::Wanted,
    routes::series::Request,
    words,
};

/// The days on which new limits came or come into force.
const LIMITS_FROM: [(LimitEdition, Option<Date>, Option<Date>); 3] = [
    (LimitEdition::Gb3095_2012, None, Some(date(2026, 3, 1))),
    (LimitEdition::Gb3095_2026Transition, Some(date(2026, 3, 1)), Some(date(2031, 1, 1))),
    (LimitEdition::Gb3095_2026, Some(date(2031, 1, 1)), None),
];

/// Where the ruler changes inside the range, when the reader asked for none in particular.
pub(crate) fn changes(request: Request) -> Vec<EditionChange> {
    let about_air = match request.wanted {
        Wanted::Aqi => true,
        Wanted::Item(item) => item.medium() == domain::item::Medium::Air,
        Wanted::Class => false,
    };
    if !about_air || request.edition.is_some() {
        return Vec::new();
    }
    let begins = day_start(date(2026, 3, 1));
    if !(request.range.from < begins && begins < request.range.to) {
        return Vec::new();
    }
    let title = IndexStandard::Hj633_2026.title();
    vec![EditionChange { at_s: begins.as_second(), label: words::edition_begins(title) }]
}

/// The limits that apply to the range.
pub(crate) fn limits(station: &StationProfile, request: Request) -> Vec<Limit> {
    match (request.wanted, station.kind) {
        (Wanted::Item(item), StationKind::Air) => air_limits(item, request),
        (Wanted::Item(item), StationKind::Water) => water_limits(item, station),
        _ => Vec::new(),
    }
}

fn air_limits(item: Item, request: Request) -> Vec<Limit> {
    let Some(averaging) = limit_averaging(item, request.step) else { return Vec::new() };
    let (first, last) = (beijing_day(request.range.from), beijing_day(request.range.to));
    let applies = |from: Option<Date>, to: Option<Date>| {
        from.is_none_or(|from| from <= last) && to.is_none_or(|to| first < to)
    };
    let seconds = |day: Option<Date>| day.map(|day| day_start(day).as_second());
    let mut found = Vec::new();
    for (edition, from, to) in LIMITS_FROM.into_iter().filter(|(_, from, to)| applies(*from, *to)) {
        let Some(limits) = edition.limits(item, averaging) else { continue };
        let grades = [
            (limits.grade_1, Text::new("一级限值", "Grade I limit")),
            (limits.grade_2, Text::new("二级限值", "Grade II limit")),
        ];
        found.extend(grades.into_iter().map(|(value, label)| Limit {
            value,
            label,
            standard: edition.title().to_owned(),
            from_s: seconds(from),
            to_s: seconds(to),
        }));
    }
    found
}

fn water_limits(item: Item, station: &StationProfile) -> Vec<Limit> {
    let (Some(site), Some(parameter)) = (&station.water, Parameter::of(item)) else {
        return Vec::new();
    };
    let limit = |value: Quantity, label: Text| Limit {
        value,
        label,
        standard: "GB 3838-2002".to_owned(),
        from_s: None,
        to_s: None,
    };
    if parameter.comparison == Comparison::Range {
        let (low, high) = water::PH_RANGE;
        return vec![
            limit(low, Text::new("下限", "Lower limit")),
            limit(high, Text::new("上限", "Upper limit")),
        ];
    }
    let mut found: Vec<Limit> = Vec::new();
    for class in WaterClass::ALL {
        let Some(value) = parameter.limit(class, site.body) else { continue };
        match found.last_mut() {
            // Equal neighbours are one line that carries the better class's name.
            Some(known) if known.value == value => {}
            _ => found.push(limit(value, class_limit(class))),
        }
    }
    found
}

fn class_limit(class: WaterClass) -> Text {
    let glyph = class.glyph();
    Text::new(format!("{glyph}{}", Lang::Zh.pick("类限值", "")), format!("Class {glyph} limit"))
}

/// What a series shows of its points.
pub(crate) struct Drawn {
    pub points: Vec<Leveled>,
    /// Percent of all points that are valid.
    pub coverage: u8,
    /// True when points were left out.
    pub thinned: bool,
}

impl Drawn {
    /// The points that fit `width`, judged: only what is shown is.
    pub(crate) fn judged(points: &[Point], judge: Judge<'_>, report: Report, width: usize) -> Self {
        let (places, coverage) = fitting(points.iter(), width);
        let thinned = places.len() < points.len();
        Self { points: judge.at(points, &places, report), coverage, thinned }
    }

    /// Those of the points that fit `width`.
    pub(crate) fn leveled(points: &[Leveled], width: usize) -> Self {
        let (places, coverage) = fitting(points.iter().map(|leveled| &leveled.point), width);
        let thinned = places.len() < points.len();
        Self { points: places.into_iter().map(|place| points[place]).collect(), coverage, thinned }
    }
}

/// Places of the points that fit `width`, and the percentage of all that are valid.
fn fitting<'a>(points: impl Iterator<Item = &'a Point> + Clone, width: usize) -> (Vec<usize>, u8) {
    let values: Vec<Option<i64>> =
        points.clone().map(|point| point.value.map(Quantity::millionths)).collect();
    let valid = points.filter(|point| point.valid().is_some()).count();
    (thin::places(&values, width), percent(valid, values.len()))
}

/// Of whatever was observed: simulated if anything is.
pub(crate) fn provenance(observed: &Observed, demonstration: bool) -> Provenance {
    let all = || {
        observed
            .iter()
            .filter(|found| !found.observations.is_empty())
            .map(|found| found.series.provenance)
    };
    match all().find(|provenance| *provenance == Provenance::Simulated) {
        Some(simulated) => simulated,
        None if demonstration => Provenance::Simulated,
        None => all().next().unwrap_or(Provenance::Measured),
    }
}

/// The columns of `series` from `points`.
pub(crate) fn fill(series: &mut Series, points: &[Leveled]) {
    for Leveled { point, band } in points {
        let flag = match series.flags.iter().position(|known| *known == point.flag) {
            Some(place) => place,
            None => {
                series.flags.push(point.flag);
                series.flags.len() - 1
            }
        };
        series.start_s.push(point.start_s);
        series.value.push(point.value);
        series.flag.push(u8::try_from(flag).unwrap_or(u8::MAX));
        series.quality.push(point.quality.bits());
        series.band.push(*band);
    }
    // Hours beside minutes have no length in common.
    let mut lengths = points.iter().map(|leveled| leveled.point.length_s);
    let length_s = lengths.next().unwrap_or(0);
    series.length_s = if lengths.all(|other| other == length_s) { length_s } else { 0 };
}
