//! The district's air: index, level, advice, the last 24 hours.

use chart::{LineChart, Point, Series, TimeAxis, ValueAxis, Words, line};
use contract::public::{AirIndex, IndexPoint};
use domain::{
    Lang, Period,
    air::AqiLevel,
    period::{BEIJING, day_start},
};
use jiff::{Timestamp, civil::Date};

use super::super::{
    Options, State, Widget,
    drawing::{self, Drawn},
};
use crate::{
    app::App,
    history::{
        air::LOOK_BACK_HOURS,
        grid::{DAY, HOUR, Range, shifted},
    },
    load,
    problem::Problem,
    routes::air_summary::air_now,
    summaries::{
        html::{escape, paragraph},
        parts,
    },
    views::{station::newest_daily, summary},
};

/// Stations of the district send by the hour.
const INTERVAL_S: u32 = 3_600;

pub(super) async fn widget(
    app: &App,
    options: &Options,
    day: Option<Date>,
) -> Result<Widget, Problem> {
    let lang = options.lang;
    let title = match lang {
        Lang::Zh => format!("{}空气质量", app.profile.district.zh),
        Lang::En => format!("Air quality in {}", app.profile.district.en),
    };
    let (index, hours, simulated) = match day {
        None => {
            let now = air_now(app, options.standard).await?;
            (now.district, now.last_24h, now.meta.simulated)
        }
        Some(day) => past(app, options, day).await?,
    };
    Ok(of_index(
        Shown { title, index, hours, simulated, past: day.is_some() },
        options,
        app.clock.now(),
    ))
}

/// The daily index of `day` and the hourly ones within.
async fn past(
    app: &App,
    options: &Options,
    day: Date,
) -> Result<(Option<AirIndex>, Vec<IndexPoint>, bool), Problem> {
    let range = Range { from: day_start(day), to: shifted(day_start(day), DAY) };
    let back = i64::try_from(LOOK_BACK_HOURS).unwrap_or(0) * HOUR;
    let Some(place) = load::district_hours(app, range.reaching_back(back)).await? else {
        return Ok((None, Vec::new(), app.demonstration));
    };
    let index = newest_daily(&place, options.standard, app.demonstration);
    let index = index.filter(|index| index.period.beijing_day() == day);
    Ok((index, summary::last_hours(&place, options.standard), app.demonstration))
}

/// An index with its line.
pub(super) struct Shown {
    pub(super) title: String,
    pub(super) index: Option<AirIndex>,
    pub(super) hours: Vec<IndexPoint>,
    pub(super) simulated: bool,
    pub(super) past: bool,
}

pub(super) fn of_index(shown: Shown, options: &Options, now: Timestamp) -> Widget {
    let lang = options.lang;
    let Some(index) = shown.index else {
        let why = lang.pick("还没有收到任何数据。", "Nothing has been received yet.");
        return Widget { simulated: shown.simulated, ..Widget::empty(&shown.title, why, lang) };
    };
    let state = match shown.past {
        true => State::Past,
        false => State::of(Some(index.period.end()), INTERVAL_S, now),
    };
    let said = parts::index(Some(&index), lang);
    let line = hours_line(&shown.hours, options);
    let body = figure(&index, &said, state)
        + &about(&index, lang)
        + &advice(&index, state, lang)
        + &line.html;
    Widget {
        title: shown.title,
        body,
        state,
        as_of: Some(index.period.end()),
        interval_s: INTERVAL_S,
        standard: index.standard.title().to_owned(),
        simulated: shown.simulated || index.simulated,
        said,
        fill: level(&index).filter(|_| state.is_shown_as_it_is()).map(AqiLevel::hex),
        drawing: line.wide,
    }
}

fn level(index: &AirIndex) -> Option<AqiLevel> {
    index.band.as_ref().and_then(|band| band.level)
}

/// The figure on its colour; an old one has none.
fn figure(index: &AirIndex, said: &str, state: State) -> String {
    let class = match level(index).filter(|_| state.is_shown_as_it_is()) {
        Some(level) => format!("l{}", level.number()),
        None => "none".to_owned(),
    };
    format!("<p class=\"big {class}\"><span>AQI</span> {}</p>", escape(said))
}

fn about(index: &AirIndex, lang: Lang) -> String {
    let level = level(index).map(AqiLevel::number);
    let mut words = vec![
        format!(
            "{}{}{}",
            lang.pick("首要污染物", "Primary pollutant"),
            lang.pick("：", ": "),
            parts::items(&index.primary, lang)
        ),
        averaged(index.period, lang),
    ];
    if let Some(level) = level {
        words.push(format!("{} {level} / 6", lang.pick("级别", "Level")));
    }
    paragraph(&words.join(lang.pick("；", "; ")))
}

/// The averaging and its time.
pub(super) fn averaged(period: Period, lang: Lang) -> String {
    let mean = match period.length_s {
        86_400.. => lang.pick("日均", "daily"),
        0 => lang.pick("瞬时", "instant"),
        _ => lang.pick("小时均值", "hourly"),
    };
    format!("{mean} {}", parts::period(period))
}

fn advice(index: &AirIndex, state: State, lang: Lang) -> String {
    let found = level(index).zip(index.standard.edition()).filter(|_| state == State::Current);
    found.map_or_else(String::new, |(level, edition)| paragraph(level.advice(edition, lang)))
}

/// The index of the last hours as bars.
fn hours_line(hours: &[IndexPoint], options: &Options) -> Drawn {
    let (Some(first), Some(last)) = (hours.first(), hours.last()) else { return Drawn::default() };
    let lang = options.lang;
    let points: Vec<Point> = hours.iter().map(|hour| point(hour, lang)).collect();
    let (start_s, end_s) = (first.start_s, last.start_s + HOUR);
    drawing::at_widths(options.size, lang, |width, theme| {
        let chart = LineChart {
            title: lang.pick("AQI，24 小时", "AQI over 24 hours").to_owned(),
            width,
            height: 170,
            x: TimeAxis { start_s, end_s, ticks: drawing::ticks(start_s, end_s) },
            y: ValueAxis { unit_label: "AQI".to_owned(), max: Some(100.0), ..ValueAxis::default() },
            series: vec![Series {
                label: "AQI".to_owned(),
                points: points.clone(),
                style: chart::SeriesStyle::Step,
                expected_step_s: Some(3_600),
                ..Series::default()
            }],
            words: words(lang),
            ..LineChart::default()
        };
        line(&chart, theme)
    })
}

fn point(hour: &IndexPoint, lang: Lang) -> Point {
    let local = BEIJING.to_datetime(Timestamp::from_second(hour.start_s).unwrap_or_default());
    Point {
        at_s: hour.start_s,
        value: hour.value.map(f64::from),
        text: hour
            .value
            .map_or_else(|| lang.pick("无", "none").to_owned(), |value| value.to_string()),
        time_text: format!("{:02}-{:02} {:02}:00", local.month(), local.day(), local.hour()),
        note: String::new(),
    }
}

/// Headings of a chart's table.
pub(super) fn words(lang: Lang) -> Words {
    Words {
        time: lang.pick("时间", "Time").to_owned(),
        value: lang.pick("数值", "Value").to_owned(),
        level: lang.pick("级别", "Level").to_owned(),
        note: lang.pick("备注", "Note").to_owned(),
    }
}
