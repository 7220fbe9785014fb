//! An air station: its index, and the line of the index or of one pollutant.

use chart::{Gap, LineChart, Point, Series, Threshold, TimeAxis, ValueAxis, VerticalMark, line};
use contract::public::{self, IndexPoint, Step};
use domain::{
    Lang, Quantity,
    period::{BEIJING, day_start},
};
use jiff::{Timestamp, civil::Date};

use super::{
    super::{
        Options, Span, Widget,
        drawing::{self, Drawn},
    },
    air::{Shown, of_index, words},
};
use crate::{
    app::App,
    history::{
        air::LOOK_BACK_HOURS,
        grid::{DAY, HOUR, Range, shifted},
    },
    load,
    problem::Problem,
    profile::StationProfile,
    query::Wanted,
    routes::{
        latest::station_now,
        series::{self, Request},
    },
    views::{station::newest_daily, summary},
    words,
};

pub(super) async fn widget(
    app: &App,
    code: &str,
    options: &Options,
    day: Option<Date>,
) -> Result<Widget, Problem> {
    let Some(station) = app.profile.station(code) else {
        return Ok(Widget::empty(code, "", options.lang));
    };
    let mut shown = match day {
        None => now(app, station, options).await?,
        Some(day) => past(app, station, options, day).await?,
    };
    let wanted = options.pollutant.filter(|item| station.items.contains(item));
    let plain = wanted.is_none() && options.range == Span::Day;
    if !plain {
        shown.hours.clear();
    }
    let end = day.map_or(app.clock.now(), |day| shifted(day_start(day), DAY));
    let mut made = of_index(shown, options, app.clock.now());
    if !plain && made.as_of.is_some() {
        let range = Range { from: shifted(end, -options.range.hours() * HOUR), to: end };
        let wanted = wanted.map_or(Wanted::Aqi, Wanted::Item);
        let asked =
            Request { wanted, step: Step::Hour, range, edition: options.standard, width: 400 };
        let found = series::answer(app, station, asked).await?;
        let line = history(&found, wanted, options);
        made.body.push_str(&line.html);
        made.drawing = line.wide;
    }
    Ok(made)
}

async fn now(app: &App, station: &StationProfile, options: &Options) -> Result<Shown, Problem> {
    let found = station_now(app, station, options.standard).await?;
    let hours = match found.hourly.as_ref().map(|index| index.period.end()) {
        Some(end) => hours(app, station, options, end).await?,
        None => Vec::new(),
    };
    Ok(Shown {
        title: station.name.get(options.lang).to_owned(),
        index: found.hourly,
        hours,
        simulated: found.meta.simulated,
        past: false,
    })
}

async fn past(
    app: &App,
    station: &StationProfile,
    options: &Options,
    day: Date,
) -> Result<Shown, Problem> {
    let range = Range { from: day_start(day), to: shifted(day_start(day), DAY) };
    let back = i64::try_from(LOOK_BACK_HOURS).unwrap_or(0) * HOUR;
    let (place, provenance) =
        load::place_hours(app, &station.code, range.reaching_back(back)).await?;
    let simulated = provenance == domain::Provenance::Simulated;
    let index = newest_daily(&place, options.standard, simulated);
    Ok(Shown {
        title: station.name.get(options.lang).to_owned(),
        index: index.filter(|index| index.period.beijing_day() == day),
        hours: summary::last_hours(&place, options.standard),
        simulated,
        past: true,
    })
}

/// The station's index of the 24 hours before `end`.
async fn hours(
    app: &App,
    station: &StationProfile,
    options: &Options,
    end: Timestamp,
) -> Result<Vec<IndexPoint>, Problem> {
    let range = Range { from: shifted(end, -24 * HOUR), to: end };
    let back = i64::try_from(LOOK_BACK_HOURS).unwrap_or(0) * HOUR;
    let (place, _) = load::place_hours(app, &station.code, range.reaching_back(back)).await?;
    Ok(summary::last_hours(&place, options.standard))
}

/// A line of hours with the limits that apply and the marks of editions.
fn history(found: &public::Series, wanted: Wanted, options: &Options) -> Drawn {
    let lang = options.lang;
    let (name, unit, decimals) = match wanted {
        Wanted::Item(item) => (item.name(lang).to_owned(), item.unit().to_owned(), item.decimals()),
        _ => ("AQI".to_owned(), "AQI".to_owned(), 0),
    };
    let (start_s, end_s) = (found.from.as_second(), found.to.as_second());
    let points: Vec<Point> = found
        .start_s
        .iter()
        .zip(&found.value)
        .map(|(at, value)| point(*at, *value, decimals, lang))
        .collect();
    drawing::at_widths(options.size, lang, |width, theme| {
        let chart = LineChart {
            title: match lang {
                Lang::Zh => format!("{name}，{}", options.range.key()),
                Lang::En => format!("{name} over {}", options.range.key()),
            },
            width,
            height: 200,
            x: TimeAxis { start_s, end_s, ticks: drawing::ticks(start_s, end_s) },
            y: ValueAxis {
                unit_label: unit.clone(),
                decimals: usize::from(decimals),
                ..ValueAxis::default()
            },
            series: vec![Series {
                label: name.clone(),
                points: points.clone(),
                expected_step_s: Some(3_600),
                ..Series::default()
            }],
            thresholds: thresholds(found, lang),
            marks: found
                .changes
                .iter()
                .map(|change| VerticalMark {
                    at_s: change.at_s,
                    label: change.label.get(lang).to_owned(),
                })
                .collect(),
            gaps: Vec::<Gap>::new(),
            words: words(lang),
            ..LineChart::default()
        };
        line(&chart, theme)
    })
}

/// Where pixels begin.
fn point(at_s: i64, value: Option<Quantity>, decimals: u8, lang: Lang) -> Point {
    let local = BEIJING.to_datetime(Timestamp::from_second(at_s).unwrap_or_default());
    Point {
        at_s,
        value: value.map(Quantity::approximate),
        text: value
            .map_or_else(|| lang.pick("缺测", "missing").to_owned(), |v| words::fixed(v, decimals)),
        time_text: format!("{:02}-{:02} {:02}:00", local.month(), local.day(), local.hour()),
        note: String::new(),
    }
}

fn thresholds(found: &public::Series, lang: Lang) -> Vec<Threshold> {
    let limit = |limit: &public::Limit| Threshold {
        value: limit.value.approximate(),
        label: limit.label.get(lang).to_owned(),
    };
    found.limits.iter().map(limit).collect()
}
