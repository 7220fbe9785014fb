//! A water section: class, limiting items, the strip of its months.

use chart::{Level, StripCell, StripChart, strip};
use contract::public::MonthClass;
use domain::{Lang, period::day_start, water::WaterClass};
use jiff::civil::Date;

use super::{
    super::{
        Options, State, Widget,
        drawing::{self, Drawn},
    },
    air::words,
    water::{STANDARD, chip, class_on, limiting},
};
use crate::{
    app::App,
    history::grid::{DAY, shifted},
    problem::Problem,
    routes::water_sections::section_now,
    summaries::{html::paragraph, parts},
};

pub(super) async fn widget(
    app: &App,
    code: &str,
    options: &Options,
    day: Option<Date>,
) -> Result<Widget, Problem> {
    let lang = options.lang;
    let Some(station) = app.profile.station(code) else { return Ok(Widget::empty(code, "", lang)) };
    let title = station.name.get(lang).to_owned();
    let found = section_now(app, station).await?;
    let now = found.now.meta.server_time;
    let simulated = found.now.meta.simulated;
    if let Some(day) = day {
        let class = class_on(app, code, day).await?;
        let months =
            found.months.into_iter().filter(|month| month.month <= day).collect::<Vec<_>>();
        let as_of = Some(shifted(day_start(day), DAY));
        let said = class.map_or(State::Nothing.word(lang), WaterClass::glyph).to_owned();
        let strip = months_strip(&months, options);
        return Ok(Widget {
            title,
            body: big(class, State::Past, lang) + &strip.html,
            state: class.map_or(State::Nothing, |_| State::Past),
            as_of,
            interval_s: 0,
            standard: STANDARD.to_owned(),
            simulated,
            said,
            fill: class.map(WaterClass::hex),
            drawing: strip.wide,
        });
    }
    let Some(water) = found.now.water else {
        let why = lang.pick("还没有收到任何数据。", "Nothing has been received yet.");
        return Ok(Widget { simulated, ..Widget::empty(&title, why, lang) });
    };
    let interval_s = station.expected_interval_s;
    let state = State::of(Some(water.period.end()), interval_s, now);
    let automatic = lang.pick(
        "自动站五项，非月度法定评价",
        "automatic station, five items; not the statutory monthly class",
    );
    let standard = if water.automatic {
        format!("{STANDARD}{}{automatic}", lang.pick("；", "; "))
    } else {
        STANDARD.to_owned()
    };
    let target = station.water.as_ref().and_then(|site| site.target);
    let target = target.map_or_else(String::new, |class| {
        paragraph(&format!(
            "{}{}{}",
            lang.pick("目标类别", "Target class"),
            lang.pick("：", ": "),
            class.glyph()
        ))
    });
    let strip = months_strip(&found.months, options);
    Ok(Widget {
        title,
        body: big(water.class, state, lang)
            + &target
            + &limiting(&water.limiting, lang)
            + &strip.html,
        state,
        as_of: Some(water.period.end()),
        interval_s,
        standard,
        simulated,
        said: parts::class(Some(&water), lang),
        fill: water.class.filter(|_| state.is_shown_as_it_is()).map(WaterClass::hex),
        drawing: strip.wide,
    })
}

fn big(class: Option<WaterClass>, state: State, lang: Lang) -> String {
    let label = lang.pick("水质类别", "Water class");
    format!("<p class=\"class\"><span>{label}</span> {}</p>", chip(class, state, lang))
}

/// The last months by class, each in its colour.
fn months_strip(months: &[MonthClass], options: &Options) -> Drawn {
    let lang = options.lang;
    if months.iter().all(|month| month.class.is_none()) {
        return Drawn::default();
    }
    let months = &months[months.len().saturating_sub(12)..];
    let cells: Vec<StripCell> = months.iter().map(|month| cell(month, lang)).collect();
    let levels: Vec<Level> = WaterClass::ALL
        .iter()
        .map(|class| Level {
            label: class.spoken(lang).to_owned(),
            fill: class.hex().to_owned(),
            pattern: None,
        })
        .collect();
    drawing::at_widths(options.size, lang, |width, theme| {
        let chart = StripChart {
            title: lang.pick("近 12 个月水质类别", "Class of the last 12 months").to_owned(),
            description: String::new(),
            width,
            cells: cells.clone(),
            row_length: 12,
            levels: levels.clone(),
            words: words(lang),
        };
        strip(&chart, theme)
    })
}

fn cell(month: &MonthClass, lang: Lang) -> StripCell {
    let class = month.class;
    let text = class.map_or(State::Nothing.word(lang), WaterClass::glyph);
    StripCell {
        axis_label: month.month.month().to_string(),
        symbol: class.map_or("", WaterClass::glyph).to_owned(),
        time_text: format!("{}-{:02}", month.month.year(), month.month.month()),
        text: text.to_owned(),
        level: class.map(|class| usize::from(class.number()) - 1),
        note: parts::items(&month.limiting, lang),
    }
}
