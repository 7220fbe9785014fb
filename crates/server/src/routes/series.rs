//! `GET api/v1/stations/{code}/series`.

use axum::{
    extract::State,
    http::{Extensions, HeaderMap},
    response::Response,
};
use contract::{
    problem::Problem as ProblemBody,
    public::{Series, StationKind, Step},
};
use domain::{
    Averaging, Item, Provenance, Text,
    air::{IndexStandard, Report},
    period::beijing_day,
};
use jiff::Timestamp;

use super::known;
use crate::{
    app::App,
    edge::client,
    extract::{Params, StationCode},
    history::{
        air::LOOK_BACK_HOURS,
        grid::{DAY, HOUR, Point, Range, shifted},
        steps::{self, Judge, Leveled, Source},
        water::{percent, samples},
    },
    load,
    problem::Problem,
    profile::StationProfile,
    query::{self, SeriesParams, Wanted},
    reply::{Life, Prepared},
    views::{
        series::{changes, limits, provenance, thinned},
        station::{Observed, merged},
    },
};

/// The longest range of raw values: 400 days of minutes is what one answer can hold.
const LONGEST_RAW: i64 = 400 * DAY;
/// The longest range of means: twelve years.
const LONGEST: i64 = 12 * 366 * DAY;
/// Points without a `width`.
const WIDTH: usize = 5_000;

/// A checked request.
#[derive(Debug, Clone, Copy)]
pub struct Request {
    pub wanted: Wanted,
    pub step: Step,
    pub range: Range,
    pub edition: Option<IndexStandard>,
    pub width: usize,
}

/// One item's history, or the index's, or the class's.
#[utoipa::path(get, path = "/api/v1/stations/{code}/series", tag = "stations",
    params(("code" = String, Path, description = "The station's code"), SeriesParams),
    responses((status = 200, body = Series), (status = 400, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub async fn series(
    State(app): State<App>,
    StationCode(code): StationCode,
    Params(params): Params<SeriesParams>,
    headers: HeaderMap,
    extensions: Extensions,
) -> Result<Response, Problem> {
    let now = app.clock.now();
    app.series_rate.check(client(&app, &extensions, &headers), beijing_day(now))?;
    let station = known(&app, &code)?;
    let request = checked(station, &params, now)?;
    let body = answer(&app, station, request).await?;
    let life = if request.range.to < shifted(now, -2 * DAY) { Life::Settled } else { Life::Live };
    let bytes = serde_json::to_vec(&body).map_err(Problem::internal)?;
    Ok(Prepared::of(bytes.into(), "application/json", life, now).answer(&headers))
}

/// Every parameter, checked; a wrong one is named with what would be allowed.
fn checked(
    station: &StationProfile,
    params: &SeriesParams,
    now: Timestamp,
) -> Result<Request, Problem> {
    let air = station.kind == StationKind::Air;
    let wanted = query::item(params.item.as_deref(), air, &station.items)?;
    let step = query::step(params.step.as_deref(), if air { Step::Hour } else { Step::Raw })?;
    let allowed: &[Step] = match wanted {
        Wanted::Aqi => &[Step::Hour, Step::Day],
        Wanted::Class => &[Step::Raw, Step::Day, Step::Month],
        Wanted::Item(_) if !air => &[Step::Raw, Step::Day, Step::Month],
        Wanted::Item(_) => &Step::ALL,
    };
    if !allowed.contains(&step) {
        return Err(Problem::parameter("step", query::unknown(step.key()), query::keys(allowed)));
    }
    let edition = query::edition(params.edition.as_deref())?;
    let range = range(params, step, air, now)?;
    let width = params.width.unwrap_or(WIDTH);
    if !(10..=10_000).contains(&width) {
        let text = query::unknown(&width.to_string());
        return Err(Problem::parameter("width", text, vec!["10".into(), "10000".into()]));
    }
    Ok(Request { wanted, step, range, edition, width })
}

fn range(params: &SeriesParams, step: Step, air: bool, now: Timestamp) -> Result<Range, Problem> {
    let asked = params.to.as_deref().map(|to| query::instant("to", to, true)).transpose()?;
    // Nothing lies beyond the present; a gap there would be no gap.
    let to = asked.map_or(now, |to| to.min(now));
    let usual = match (step, air) {
        (Step::Raw, true) => 2 * DAY,
        (Step::Raw, false) => 14 * DAY,
        (Step::Hour, _) => 7 * DAY,
        (Step::Day, _) => 90 * DAY,
        (Step::Month, _) => 730 * DAY,
    };
    let from = match params.from.as_deref() {
        Some(from) => query::instant("from", from, false)?,
        None => shifted(to, -usual),
    };
    if from >= to {
        let text = Text::new(
            "from 必须早于 to，且不能在将来",
            "from must be before to, and not in the future",
        );
        return Err(Problem::parameter("from", text, Vec::new()));
    }
    let longest = if step == Step::Raw { LONGEST_RAW } else { LONGEST };
    if to.as_second() - from.as_second() > longest {
        return Err(too_long(step, longest / DAY));
    }
    Ok(Range { from, to })
}

/// The range holds more than one answer may.
fn too_long(step: Step, days: i64) -> Problem {
    let coarser = &Step::ALL[Step::ALL.iter().position(|s| *s == step).map_or(0, |at| at + 1)..];
    let text = Text::new(
        format!("时间范围过长：step={} 每次最多 {days} 天；请缩短范围或使用更大的步长", step.key()),
        format!(
            "the range is too long: step={} answers {days} days at most; shorten it or take a coarser step",
            step.key()
        ),
    );
    Problem::parameter(if coarser.is_empty() { "from" } else { "step" }, text, query::keys(coarser))
}

/// The history asked for.
pub async fn answer(
    app: &App,
    station: &StationProfile,
    request: Request,
) -> Result<Series, Problem> {
    let (points, provenance) = match request.wanted {
        Wanted::Item(item) => of_item(app, station, item, request).await?,
        Wanted::Aqi => of_index(app, station, request).await?,
        Wanted::Class => of_class(app, station, request).await?,
    };
    let item = match request.wanted {
        Wanted::Item(item) => item.key(),
        Wanted::Aqi => "aqi",
        Wanted::Class => "class",
    };
    let valid = points.iter().filter(|leveled| leveled.point.valid().is_some()).count();
    let coverage = percent(valid, points.len());
    let (points, thinned) = thinned(points, request.width);
    let mut series = Series {
        meta: app.meta(provenance == Provenance::Simulated),
        station: station.code.clone(),
        item: item.to_owned(),
        unit: match request.wanted {
            Wanted::Item(item) => item.unit().to_owned(),
            _ => String::new(),
        },
        step: request.step,
        standard: request.edition,
        from: request.range.from,
        to: request.range.to,
        length_s: points.first().map_or(0, |leveled| leveled.point.length_s),
        thinned,
        start_s: Vec::new(),
        value: Vec::new(),
        flag: Vec::new(),
        flags: Vec::new(),
        quality: Vec::new(),
        band: Vec::new(),
        coverage,
        changes: changes(request),
        limits: limits(station, request),
        provenance,
    };
    crate::views::series::fill(&mut series, &points);
    Ok(series)
}

type Found = (Vec<Leveled>, Provenance);

async fn of_item(
    app: &App,
    station: &StationProfile,
    item: Item,
    request: Request,
) -> Result<Found, Problem> {
    let air = station.kind == StationKind::Air;
    let range = match request.step {
        Step::Raw => request.range,
        Step::Hour => Range { from: floor(request.range.from, HOUR), to: request.range.to },
        Step::Day => request.range.whole_days(),
        Step::Month => steps::whole_months(request.range),
    };
    let order: &[Averaging] = match (air, request.step) {
        (true, Step::Raw) => &[Averaging::Instant, Averaging::Minute, Averaging::Hour],
        (true, _) => &[Averaging::Hour, Averaging::Minute, Averaging::Instant],
        (false, _) => &[Averaging::Instant, Averaging::Hour, Averaging::Day],
    };
    let (averaging, observed) = first_with_data(app, station, item, range, order).await?;
    let points = merged(&observed, item);
    let source = source(air, averaging, &points);
    let report = match request.step {
        Step::Raw | Step::Hour => Report::Hourly,
        Step::Day | Step::Month => Report::Daily,
    };
    let points = match request.step {
        Step::Raw => points,
        Step::Hour => steps::hours(&points, source, range),
        Step::Day => steps::days(item, &points, source, range),
        Step::Month => steps::months(item, &points, source, range),
    };
    let judge = Judge { item, standard: request.edition, site: station.water.as_ref() };
    Ok((judge.all(points, report), provenance(&observed, app.demonstration)))
}

/// The observations under the first averaging of `order` that has any in the range.
async fn first_with_data(
    app: &App,
    station: &StationProfile,
    item: Item,
    range: Range,
    order: &[Averaging],
) -> Result<(Averaging, Observed), Problem> {
    for &averaging in order {
        let found = load::observed(app, &station.code, averaging, &[item], range).await?;
        if found.iter().any(|found| !found.observations.is_empty()) {
            return Ok((averaging, found));
        }
    }
    Ok((order.first().copied().unwrap_or(Averaging::Hour), Vec::new()))
}

fn source(air: bool, averaging: Averaging, points: &[Point]) -> Source {
    match averaging {
        _ if !air => Source::Samples,
        Averaging::Minute | Averaging::Instant => Source::PerHour(per_hour(points)),
        _ => Source::Hours,
    }
}

/// Values per hour, by the most usual distance between two.
fn per_hour(points: &[Point]) -> usize {
    let mut distances: Vec<i64> = points
        .windows(2)
        .map(|pair| pair[1].start_s - pair[0].start_s)
        .filter(|d| *d > 0)
        .collect();
    distances.sort_unstable();
    let median = distances.get(distances.len() / 2).copied().unwrap_or(HOUR);
    usize::try_from(HOUR / median.clamp(1, HOUR)).unwrap_or(1)
}

async fn of_index(app: &App, station: &StationProfile, request: Request) -> Result<Found, Problem> {
    let range = match request.step {
        Step::Day => request.range.whole_days(),
        _ => Range { from: floor(request.range.from, HOUR), to: request.range.to },
    };
    let back = i64::try_from(LOOK_BACK_HOURS).unwrap_or(0) * HOUR;
    let place = load::hours(app, &station.code, range.reaching_back(back)).await?;
    let points = match request.step {
        Step::Day => steps::daily_indices(&place, request.edition),
        _ => steps::hourly_indices(&place, range, request.edition),
    };
    let from_s = range.from.as_second();
    let points = points.into_iter().filter(|leveled| leveled.point.start_s >= from_s).collect();
    Ok((points, station_provenance(app, station).await?))
}

async fn of_class(app: &App, station: &StationProfile, request: Request) -> Result<Found, Problem> {
    let Some(site) = &station.water else { return Ok((Vec::new(), Provenance::Measured)) };
    let range = match request.step {
        Step::Month => steps::whole_months(request.range),
        Step::Day => request.range.whole_days(),
        _ => request.range,
    };
    let samples = samples(&columns(app, station, range).await?);
    let points = steps::classes(&samples, site, request.step, range);
    Ok((points, station_provenance(app, station).await?))
}

async fn station_provenance(app: &App, station: &StationProfile) -> Result<Provenance, Problem> {
    let latest = app.store.latest_of(&station.code).await?;
    let newest = latest.iter().max_by_key(|latest| latest.observation.start_us);
    Ok(newest.map_or(Provenance::Measured, |latest| latest.series.provenance))
}

/// A section's observations of every classifying item, from whichever averaging it sends.
pub async fn columns(
    app: &App,
    station: &StationProfile,
    range: Range,
) -> Result<Vec<(Item, Vec<Point>)>, Problem> {
    let order = [Averaging::Instant, Averaging::Hour, Averaging::Day];
    let mut columns: Vec<(Item, Vec<Point>)> = Vec::new();
    for averaging in order {
        let found = load::observed(app, &station.code, averaging, &station.items, range).await?;
        for &item in &station.items {
            let known = columns.iter().any(|(known, _)| *known == item);
            let points = merged(&found, item);
            let classifies = domain::water::Parameter::of(item).is_some_and(|row| row.evaluated);
            if !known && classifies && !points.is_empty() {
                columns.push((item, points));
            }
        }
    }
    Ok(columns)
}

fn floor(at: Timestamp, seconds: i64) -> Timestamp {
    crate::history::grid::instant(at.as_second().div_euclid(seconds) * seconds)
}
