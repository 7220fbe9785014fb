//! Green space: each indicator with its definition, and how much housing has a park within reach.

use contract::{
    green::GreenIndicator,
    scorecard::{ScoreLine, Statement},
};
use domain::{Lang, period::day_start};
use jiff::civil::Date;

use super::super::{Options, State, Widget};
use crate::{
    app::App,
    history::grid::{DAY, shifted},
    problem::Problem,
    record::green::green_before,
    summaries::html::{escape, paragraph},
    words,
};

pub(super) async fn widget(
    app: &App,
    options: &Options,
    day: Option<Date>,
) -> Result<Widget, Problem> {
    let lang = options.lang;
    let title = match lang {
        Lang::Zh => format!("{}园林绿化", app.profile.district.zh),
        Lang::En => format!("Green space in {}", app.profile.district.en),
    };
    let end = day.map(|day| shifted(day_start(day), DAY));
    let found = green_before(app, end).await?;
    if found.indicators.is_empty() {
        let why = lang.pick("还没有公布绿化指标。", "No figures on green space are published yet.");
        return Ok(Widget::empty(&title, why, lang));
    }
    let indicators: String = found.indicators.iter().map(|of| indicator(of, lang)).collect();
    let mut body = format!("<ul class=\"facts\">{indicators}</ul>");
    if let Some((reach, percent)) = found.coverage.as_ref().and_then(|c| Some((c, c.percent?))) {
        let name =
            lang.pick("公园服务半径覆盖（估算）", "Housing with a park within reach (estimate)");
        let value = format!("{name}{}{}", lang.pick("：", ": "), words::percent(percent));
        let made_up =
            if reach.simulated { lang.pick("，演示数据", ", demonstration data") } else { "" };
        body.push_str(&paragraph(&format!("{value}{made_up}")));
    }
    let said = found.indicators.first().map_or_else(String::new, |of| stated(&of.figure.now));
    Ok(Widget {
        title,
        body,
        state: if day.is_some() { State::Past } else { State::Current },
        as_of: end,
        interval_s: 0,
        standard: source(found.indicators.iter().map(|of| &of.figure)),
        // Its own mark stands beside what is simulated; what was published is not.
        simulated: false,
        said,
        fill: None,
        drawing: String::new(),
    })
}

fn indicator(of: &GreenIndicator, lang: Lang) -> String {
    let year = of.figure.now.year.map_or_else(String::new, |year| format!(" ({year})"));
    format!(
        "<li><strong>{}</strong> <span class=\"name\">{}{year}</span><span class=\"note\">{}</span></li>",
        escape(&stated(&of.figure.now)),
        escape(of.name.get(lang)),
        escape(of.definition.get(lang)),
    )
}

/// A published figure with its sign and unit, as every page prints it.
pub(crate) fn stated(statement: &Statement) -> String {
    let sign = match statement.sign {
        domain::scorecard::Sign::Exactly => String::new(),
        sign => format!("{} ", sign.key()),
    };
    let unit = match statement.unit.as_str() {
        "" => String::new(),
        unit => format!(" {unit}"),
    };
    format!("{sign}{}{unit}", statement.value)
}

/// Where the figures were published, each source once.
pub(super) fn source<'a>(lines: impl Iterator<Item = &'a ScoreLine>) -> String {
    let mut sources: Vec<&str> = lines.map(|line| line.now.source.as_str()).collect();
    sources.sort_unstable();
    sources.dedup();
    sources.join("; ")
}
