//! Every section by class.

use contract::public::{StationNowBrief, Step};
use domain::{Lang, period::day_start, water::WaterClass};
use jiff::{Timestamp, civil::Date};

use super::super::{Options, State, Widget};
use crate::{
    app::App,
    history::grid::{DAY, Range, shifted},
    problem::Problem,
    query::Wanted,
    routes::{
        series::{self, Request},
        water_sections::all_sections,
    },
    summaries::{
        html::{escape, paragraph},
        parts,
    },
};

/// The standard of classes.
pub(super) const STANDARD: &str = "GB 3838-2002";

/// One section as the list shows it.
struct Row {
    name: String,
    class: Option<WaterClass>,
    note: String,
    state: State,
}

pub(super) async fn widget(
    app: &App,
    options: &Options,
    day: Option<Date>,
) -> Result<Widget, Problem> {
    let lang = options.lang;
    let title = match lang {
        Lang::Zh => format!("{}水质类别", app.profile.district.zh),
        Lang::En => format!("Water classes in {}", app.profile.district.en),
    };
    let all = all_sections(app).await?;
    let now = all.meta.server_time;
    let mut rows = Vec::new();
    for section in &all.sections {
        rows.push(match day {
            None => row(section, now, lang),
            Some(day) => Row {
                class: class_on(app, &section.station.code, day).await?,
                state: State::Past,
                ..row(section, now, lang)
            },
        });
    }
    if rows.is_empty() {
        return Ok(Widget::empty(
            &title,
            lang.pick("本区没有断面。", "There are no sections."),
            lang,
        ));
    }
    let newest =
        all.sections.iter().filter_map(|s| s.water.as_ref().map(|state| state.period.end()));
    let as_of = match day {
        Some(day) => Some(shifted(day_start(day), DAY)),
        None => newest.max(),
    };
    let (said, body) = (said(&rows, lang), body(&rows, lang));
    let state = match day {
        Some(_) if rows.iter().all(|row| row.class.is_none()) => State::Nothing,
        Some(_) => State::Past,
        None => whole(&rows),
    };
    Ok(Widget {
        title,
        body: format!("<p class=\"lead\">{}</p>{body}", escape(&said)),
        state,
        as_of,
        interval_s: 0,
        standard: STANDARD.to_owned(),
        simulated: all.meta.simulated,
        said,
        fill: None,
        drawing: String::new(),
    })
}

fn row(section: &StationNowBrief, now: Timestamp, lang: Lang) -> Row {
    let state = section.water.as_ref();
    let target = section.station.water.as_ref().and_then(|site| site.target);
    let interval = section.station.status.expected_interval_s;
    let target = target.map_or_else(String::new, |class| match lang {
        Lang::Zh => format!("目标 {}", class.glyph()),
        Lang::En => format!("target {}", class.glyph()),
    });
    Row {
        name: section.station.name.get(lang).to_owned(),
        class: state.and_then(|state| state.class),
        note: target,
        state: State::of(state.map(|state| state.period.end()), interval, now),
    }
}

/// The class of that day's samples.
pub(super) async fn class_on(
    app: &App,
    code: &str,
    day: Date,
) -> Result<Option<WaterClass>, Problem> {
    let Some(station) = app.profile.station(code) else { return Ok(None) };
    let range = Range { from: day_start(day), to: shifted(day_start(day), DAY) };
    let asked = Request { wanted: Wanted::Class, step: Step::Day, range, edition: None, width: 10 };
    let found = series::answer(app, station, asked).await?;
    Ok(found.band.last().copied().and_then(WaterClass::from_number))
}

/// Out of date where every section is; without data where none has any.
fn whole(rows: &[Row]) -> State {
    let any = |state: State| rows.iter().any(|row| row.state == state);
    match (any(State::Current), any(State::Stale)) {
        (true, _) => State::Current,
        (false, true) => State::Stale,
        (false, false) => State::Nothing,
    }
}

/// How many sections are at least of class III.
fn said(rows: &[Row], lang: Lang) -> String {
    let judged: Vec<WaterClass> = rows.iter().filter_map(|row| row.class).collect();
    let good = judged.iter().filter(|class| **class <= WaterClass::III).count();
    match lang {
        Lang::Zh => format!("{} 个有数据的断面中 {good} 个达到或优于Ⅲ类", judged.len()),
        Lang::En => {
            format!("{good} of {} sections with data are of class III or better", judged.len())
        }
    }
}

fn body(rows: &[Row], lang: Lang) -> String {
    let row = |row: &Row| {
        let stale = match row.state {
            State::Stale => paragraph_word(row.state.word(lang)),
            _ => String::new(),
        };
        format!(
            "<li>{}<span class=\"name\">{}</span> <span class=\"note\">{}{stale}</span></li>",
            chip(row.class, row.state, lang),
            escape(&row.name),
            escape(&row.note),
        )
    };
    format!("<ul class=\"sections\">{}</ul>", rows.iter().map(row).collect::<String>())
}

fn paragraph_word(word: &str) -> String {
    format!(" <strong>{}</strong>", escape(word))
}

/// A class on its colour; an old one has none.
pub(super) fn chip(class: Option<WaterClass>, state: State, lang: Lang) -> String {
    let colour = match class.filter(|_| state.is_shown_as_it_is()) {
        Some(class) => format!("c{}", class.number()),
        None => "none".to_owned(),
    };
    let word = class.map_or(State::Nothing.word(lang), WaterClass::glyph);
    let spoken = class.map_or_else(String::new, |class| {
        format!("<span class=\"aside\">{}</span>", escape(class.spoken(lang)))
    });
    format!(
        "<span class=\"chip {colour}\"><span aria-hidden=\"{}\">{}</span>{spoken}</span>",
        class.is_some(),
        escape(word)
    )
}

/// The limiting items as a sentence.
pub(super) fn limiting(items: &[domain::Item], lang: Lang) -> String {
    paragraph(&format!(
        "{}{}{}",
        lang.pick("定类项目", "Limiting items"),
        lang.pick("：", ": "),
        parts::items(items, lang)
    ))
}
