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
        grid::{DAY, HOUR, Range, shifted},
        steps::{self, Judge, Source},
    },
    load,
    problem::Problem,
    profile::StationProfile,
    query::{self, SeriesParams, Wanted},
    reply::{Life, Prepared},
    views::series::{Drawn, changes, limits},
    work::work,
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
    let (drawn, provenance) = match request.wanted {
        Wanted::Item(item) => of_item(app, station, item, request).await?,
        Wanted::Aqi => of_index(app, station, request).await?,
        Wanted::Class => of_class(app, station, request).await?,
    };
    let item = match request.wanted {
        Wanted::Item(item) => item.key(),
        Wanted::Aqi => "aqi",
        Wanted::Class => "class",
    };
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
        length_s: 0,
        thinned: drawn.thinned,
        start_s: Vec::new(),
        value: Vec::new(),
        flag: Vec::new(),
        flags: Vec::new(),
        quality: Vec::new(),
        band: Vec::new(),
        coverage: drawn.coverage,
        changes: changes(request),
        limits: limits(station, request),
        provenance,
    };
    crate::views::series::fill(&mut series, &drawn.points);
    Ok(series)
}

type Found = (Drawn, Provenance);

async fn of_item(
    app: &App,
    station: &StationProfile,
    item: Item,
    request: Request,
) -> Result<Found, Problem> {
    let Request { step, width, edition: standard, .. } = request;
    let range = match step {
        Step::Raw => request.range,
        Step::Hour => Range { from: floor(request.range.from, HOUR), to: request.range.to },
        Step::Day => request.range.whole_days(),
        Step::Month => steps::whole_months(request.range),
    };
    let air = station.kind == StationKind::Air;
    let (points, provenance) = match (air, step) {
        (true, Step::Raw) => load::values(app, &station.code, item, &AIR, range).await?,
        (true, _) => {
            let hours = load::hours(app, &station.code, &[item], range).await?;
            let points = hours.columns.into_iter().flat_map(|(_, hours)| hours).flatten();
            (points.collect(), hours.provenance)
        }
        (false, _) => load::values(app, &station.code, item, &load::WATER, range).await?,
    };
    let source = if air { Source::Hours } else { Source::Samples };
    let site = station.water.clone();
    let draw = move || {
        let points = match step {
            Step::Raw => points,
            Step::Hour => steps::hours(&points, range),
            Step::Day => steps::days(item, &points, source, range),
            Step::Month => steps::months(item, &points, source, range),
        };
        let report = match step {
            Step::Raw | Step::Hour => Report::Hourly,
            Step::Day | Step::Month => Report::Daily,
        };
        let judge = Judge { item, standard, site: site.as_ref() };
        Drawn::judged(&points, judge, report, width)
    };
    Ok((work(app, draw).await?, provenance))
}

/// How air stations send, the finest first.
const AIR: [Averaging; 3] = [Averaging::Instant, Averaging::Minute, Averaging::Hour];

async fn of_index(app: &App, station: &StationProfile, request: Request) -> Result<Found, Problem> {
    let Request { step, width, edition, .. } = request;
    let range = match step {
        Step::Day => request.range.whole_days(),
        _ => Range { from: floor(request.range.from, HOUR), to: request.range.to },
    };
    let back = i64::try_from(LOOK_BACK_HOURS).unwrap_or(0) * HOUR;
    let (place, provenance) =
        load::place_hours(app, &station.code, range.reaching_back(back)).await?;
    let draw = move || {
        let mut points = match step {
            Step::Day => steps::daily_indices(&place, edition),
            _ => steps::hourly_indices(&place, range, edition),
        };
        points.retain(|leveled| leveled.point.start_s >= range.from.as_second());
        Drawn::leveled(&points, width)
    };
    Ok((work(app, draw).await?, provenance))
}

async fn of_class(app: &App, station: &StationProfile, request: Request) -> Result<Found, Problem> {
    let Request { step, width, .. } = request;
    let Some(site) = station.water.clone() else {
        return Ok((Drawn::leveled(&[], width), Provenance::Measured));
    };
    let range = match step {
        Step::Month => steps::whole_months(request.range),
        Step::Day => request.range.whole_days(),
        _ => request.range,
    };
    let (samples, provenance) = load::samples(app, station, range).await?;
    let draw = move || Drawn::leveled(&steps::classes(&samples, &site, step, range), width);
    Ok((work(app, draw).await?, provenance))
}

fn floor(at: Timestamp, seconds: i64) -> Timestamp {
    crate::history::grid::instant(at.as_second().div_euclid(seconds) * seconds)
}
