//! Green space as the public reads it: the profile's places, the scorecard's figures, the standards' thresholds.

use contract::{
    green::{Green, GreenIndicator, GreenPark, GreenThreshold, ReachCoverage, ReachedHome},
    public::Place,
    scorecard::ScoreLine,
};
use domain::{
    Lang, Text,
    green_space::{Indicator, Park, ParkKind, Residential, Threshold, compare, coverage},
    place::Point,
    scorecard::Group,
};
use jiff::Timestamp;

use super::{
    district::{District, Home, MadeUp},
    samples::Dice,
    scores,
};
use crate::{
    app::App,
    problem::Problem,
    reports::district::{place, point},
};

/// Everything on green space.
///
/// # Errors
///
/// When the store cannot answer.
pub async fn green(app: &App) -> Result<Green, Problem> {
    green_before(app, None).await
}

/// The same by the figures published before `then`.
///
/// # Errors
///
/// When the store cannot answer.
pub async fn green_before(app: &App, then: Option<Timestamp>) -> Result<Green, Problem> {
    let district = &app.profile.record;
    let entries = scores::entries(app, then).await?;
    let known = scores::by_key(&entries);
    let stated: Vec<&str> = district.green.indicators.iter().map(|s| s.key.as_str()).collect();
    let indicators = district.green.indicators.iter().filter_map(|stated| {
        let figure = known.get(&stated.key)?.clone();
        Some(indicator(stated.indicator, figure, &district.green.thresholds))
    });
    let works = known.values().filter(|line| {
        let of_green = line.key.starts_with("green.") || line.key.starts_with("eco.");
        of_green
            && Group::of(&line.key) == Some(Group::Ecology)
            && !stated.contains(&line.key.as_str())
    });
    let made_up = made_up(app, district);
    let parks: Vec<GreenPark> = named(district).chain(made_up.parks).collect();
    let homes: Vec<Home> = district.green.homes.iter().copied().chain(made_up.homes).collect();
    let simulated = parks.iter().any(|park| park.simulated) || district.green.homes.is_empty();
    Ok(Green {
        meta: app.meta(simulated),
        indicators: indicators.collect(),
        works: works.cloned().collect(),
        coverage: reach(&parks, &homes, district, simulated),
        parks,
    })
}

fn both(text: fn(Indicator, Lang) -> &'static str, indicator: Indicator) -> Text {
    Text::new(text(indicator, Lang::Zh), text(indicator, Lang::En))
}

fn indicator(indicator: Indicator, figure: ScoreLine, thresholds: &[Threshold]) -> GreenIndicator {
    let number = figure.now.value.number();
    // A rate without a definition stands beside no threshold at all.
    let beside = thresholds.iter().filter(|threshold| threshold.indicator == indicator);
    let thresholds = beside.filter_map(|threshold| {
        Some(GreenThreshold {
            target: threshold.target.clone(),
            sign: threshold.sign,
            value: threshold.value,
            source: threshold.source.clone(),
            confirmed: threshold.confirmed,
            compared: compare(indicator, number?, threshold),
        })
    });
    GreenIndicator {
        indicator,
        name: both(|i, lang| i.name(lang), indicator),
        definition: both(|i, lang| i.definition(lang), indicator),
        thresholds: thresholds.collect(),
        figure,
    }
}

fn named(district: &District) -> impl Iterator<Item = GreenPark> {
    district.green.parks.iter().map(|park| GreenPark {
        code: park.code.clone(),
        name: park.name.clone(),
        kind: park.kind,
        area_m2: park.area_m2,
        place: park.place,
        simulated: false,
        source: district.source.clone(),
    })
}

fn reach(
    parks: &[GreenPark],
    homes: &[Home],
    district: &District,
    simulated: bool,
) -> Option<ReachCoverage> {
    if homes.is_empty() {
        return None;
    }
    let placed: Vec<Park> = parks
        .iter()
        .filter_map(|park| Some(Park { place: point(park.place?)?, area_m2: park.area_m2? }))
        .collect();
    let land: Vec<(Place, Residential)> = homes
        .iter()
        .filter_map(|home| {
            let residential = Residential { place: point(home.place)?, area_m2: home.area_m2 };
            Some((home.place, residential))
        })
        .collect();
    let residential: Vec<Residential> = land.iter().map(|(_, home)| *home).collect();
    let found = coverage(&placed, &residential, district.green.radii);
    let homes = land.iter().zip(&found.within).map(|((place, home), within)| ReachedHome {
        place: *place,
        area_m2: home.area_m2,
        within: *within,
    });
    Some(ReachCoverage {
        percent: found.percent(),
        covered_m2: found.covered_m2,
        all_m2: found.all_m2,
        radii: district.green.radii,
        homes: homes.collect(),
        simulated,
        method: Text::new(
            "估算：公园和居住用地各取中心点，按直线距离（整米）判断是否在服务半径内，整块计入或不计入；未考虑出入口、道路和河流。服务半径取值未与标准原文核对。",
            "An estimate: parks and residential land are taken as points; land counts whole or not at all, by the straight distance in whole metres. Gates, roads and rivers are not considered. The radii were not checked against the standard's text.",
        ),
    })
}

/// Places that the demonstration makes up within the district's bounds.
struct Places {
    parks: Vec<GreenPark>,
    homes: Vec<Home>,
}

fn made_up(app: &App, district: &District) -> Places {
    let wanted = district.green.demonstration.filter(|_| app.demonstration);
    let Some(MadeUp { seed, parks, homes }) = wanted else {
        return Places { parks: Vec::new(), homes: Vec::new() };
    };
    let mut dice = Dice::new(seed);
    let bounds = app.profile.bounds;
    let kinds = [ParkKind::Community, ParkKind::Pocket, ParkKind::Pocket, ParkKind::Comprehensive];
    let parks = (0..parks).map(|at| {
        let kind = kinds[at % kinds.len()];
        let area = match kind {
            ParkKind::Pocket => 500 + dice.below(4_000),
            ParkKind::Community => 6_000 + dice.below(40_000),
            _ => 60_000 + dice.below(200_000),
        };
        GreenPark {
            code: format!("demo-{}", at + 1),
            name: Text::new(
                format!("演示公园 {}", at + 1),
                format!("Demonstration park {}", at + 1),
            ),
            kind,
            area_m2: u32::try_from(area).ok(),
            place: near_middle(bounds, &mut dice),
            simulated: true,
            source: Text::new("演示数据", "Demonstration data"),
        }
    });
    let parks: Vec<GreenPark> = parks.collect();
    let homes = (0..if parks.is_empty() { 0 } else { homes }).filter_map(|_| {
        let area = 8_000 + dice.below(50_000);
        let park = parks.get(usize::try_from(dice.below(parks.len() as u64)).ok()?)?;
        Some(Home { place: beside(park.place?, &mut dice)?, area_m2: u32::try_from(area).ok()? })
    });
    Places { homes: homes.collect(), parks }
}

/// A place at most some four hundred metres away, as people live around parks.
fn beside(park: Place, dice: &mut Dice) -> Option<Place> {
    const AROUND: u64 = 8_000;
    let park = point(park)?;
    let mut shifted = |from: i32| {
        let by = i32::try_from(dice.below(AROUND)).ok()? - i32::try_from(AROUND / 2).ok()?;
        from.checked_add(by)
    };
    Some(place(Point { lon: shifted(park.lon)?, lat: shifted(park.lat)? }))
}

/// A place in the north-eastern quarter of the bounds, where the built-up area of the demonstration lies.
fn near_middle([west, south, east, north]: [f64; 4], dice: &mut Dice) -> Option<Place> {
    let low = point(Place { lon: f64::midpoint(west, east), lat: f64::midpoint(south, north) })?;
    let high = point(Place { lon: east, lat: north })?;
    let between = |low: i32, high: i32, dice: &mut Dice| {
        let width =
            u64::try_from(i64::from(high) - i64::from(low)).ok().filter(|width| *width > 0)?;
        low.checked_add(i32::try_from(dice.below(width)).ok()?)
    };
    let lon = between(low.lon, high.lon, dice)?;
    Some(place(Point { lon, lat: between(low.lat, high.lat, dice)? }))
}
