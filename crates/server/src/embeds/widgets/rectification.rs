//! How far the rectification ledger is: closed of all, on schedule, by source, month by month.

use std::fmt::Write;

use chart::{LineChart, Point, Series, TimeAxis, ValueAxis, line};
use domain::{
    Lang, Quantity,
    period::{beijing_day, day_start},
    rectification::{self, Ratio, Statistics, month_ends},
};
use jiff::civil::Date;

use super::{
    super::{
        Options, State, Widget,
        drawing::{self, Drawn},
    },
    air::words,
};
use crate::{
    app::App,
    history::grid::{DAY, shifted},
    problem::Problem,
    record::register,
    summaries::html::escape,
    words,
};

/// Months that the line goes back.
const MONTHS: usize = 24;

pub(super) async fn widget(
    app: &App,
    options: &Options,
    day: Option<Date>,
) -> Result<Widget, Problem> {
    let lang = options.lang;
    let title = match lang {
        Lang::Zh => format!("{}整改进度", app.profile.district.zh),
        Lang::En => format!("Rectification in {}", app.profile.district.en),
    };
    let now = app.clock.now();
    let as_of = day.unwrap_or_else(|| beijing_day(now));
    let register = register(app).await?;
    let statistics = register.statistics(as_of, None);
    let Some((first, _)) = register.span().filter(|_| statistics.total.all > 0) else {
        let why = lang.pick("整改清单还是空的。", "The ledger is empty.");
        return Ok(Widget::empty(&title, why, lang));
    };
    let ends = month_ends(first, as_of);
    let timeline = register.timeline(&ends[ends.len().saturating_sub(MONTHS)..]);
    let said = said(&statistics, lang);
    let line = closed_line(&timeline, options);
    Ok(Widget {
        title,
        body: body(&statistics, &said, lang) + &line.html,
        state: if day.is_some() { State::Past } else { State::Current },
        as_of: Some(day.map_or(now, |day| shifted(day_start(day), DAY))),
        interval_s: 0,
        standard: lang
            .pick("整改台账（可核验）", "the rectification ledger (verifiable)")
            .to_owned(),
        simulated: app.store.items().await?.iter().any(|item| item.simulated),
        said,
        fill: None,
        drawing: line.wide,
    })
}

/// Closed of all, in percent and in numbers.
pub(crate) fn said(statistics: &Statistics, lang: Lang) -> String {
    let closure = statistics.total.closure();
    let percent = percent(closure);
    let Ratio { part, whole } = closure;
    match lang {
        Lang::Zh => format!("销号率 {percent}（{part} / {whole}）"),
        Lang::En => format!("{percent} closed ({part} of {whole})"),
    }
}

/// As printed everywhere; a dash where there is nothing to count.
pub(crate) fn percent(ratio: Ratio) -> String {
    ratio.percent().map_or_else(|| "–".to_owned(), words::percent)
}

fn body(statistics: &Statistics, said: &str, lang: Lang) -> String {
    let total = &statistics.total;
    let ratio = |ratio: Ratio| format!("{} ({}/{})", percent(ratio), ratio.part, ratio.whole);
    let days = total.days_to_close.map_or_else(
        || "–".to_owned(),
        |days| match lang {
            Lang::Zh => format!("{days} 天"),
            Lang::En => format!("{days} days"),
        },
    );
    let facts = [
        (lang.pick("达到序时进度", "On schedule"), ratio(total.on_schedule())),
        (lang.pick("超期未完成", "Overdue"), total.overdue.to_string()),
        (lang.pick("销号用时中位数", "Median time to close"), days),
        (lang.pick("销号后重新打开", "Opened again"), total.reopened.to_string()),
    ];
    let mut html = format!("<p class=\"big plain\">{}</p><dl>", escape(said));
    for (name, value) in facts {
        let _ = write!(html, "<div><dt>{name}</dt><dd>{}</dd></div>", escape(&value));
    }
    html.push_str("</dl>");
    html + &by_source(statistics, lang)
}

/// Each source with its closed issues as a bar that is also two numbers.
fn by_source(statistics: &Statistics, lang: Lang) -> String {
    let row = |group: &rectification::Group<rectification::Source>| {
        let Ratio { part, whole } = group.tally.closure();
        format!(
            "<li><span class=\"name\">{}</span> <span class=\"note\">{part} / {whole}</span>\
             <progress max=\"{whole}\" value=\"{part}\" aria-hidden=\"true\"></progress></li>",
            escape(group.key.name(lang))
        )
    };
    let rows: String = statistics.by_source.iter().map(row).collect();
    format!("<ul class=\"bars\">{rows}</ul>")
}

/// The share that is closed at the end of each month.
fn closed_line(timeline: &[rectification::Point], options: &Options) -> Drawn {
    let (Some(first), Some(last)) = (timeline.first(), timeline.last()) else {
        return Drawn::default();
    };
    if timeline.len() < 2 {
        return Drawn::default();
    }
    let lang = options.lang;
    let at = |day: Date| day_start(day).as_second();
    let points: Vec<Point> = timeline
        .iter()
        .map(|month| {
            let closure = month.tally.closure();
            Point {
                at_s: at(month.day),
                value: closure.percent().map(Quantity::approximate),
                text: percent(closure),
                time_text: month.day.to_string(),
                note: format!("{} / {}", closure.part, closure.whole),
            }
        })
        .collect();
    let (start_s, end_s) = (at(first.day), at(last.day));
    let every = timeline.len().div_ceil(4).max(1);
    let ticks: Vec<chart::Tick> =
        timeline.iter().step_by(every).map(|month| drawing::month_tick(month.day)).collect();
    drawing::at_widths(options.size, lang, |width, theme| {
        let chart = LineChart {
            title: lang.pick("各月末销号率", "Share closed at the end of each month").to_owned(),
            width,
            height: 170,
            x: TimeAxis { start_s, end_s, ticks: ticks.clone() },
            y: ValueAxis { unit_label: "%".to_owned(), max: Some(100.0), ..ValueAxis::default() },
            series: vec![Series {
                label: lang.pick("销号率", "closed").to_owned(),
                points: points.clone(),
                ..Series::default()
            }],
            words: words(lang),
            ..LineChart::default()
        };
        line(&chart, theme)
    })
}
