//! The scorecard: the first figures of every group, or one group whole.

use contract::scorecard::{ScoreGroup, ScoreLine};
use domain::{Lang, period::day_start};
use jiff::civil::Date;

use super::{
    super::{Options, State, Widget},
    green::{source, stated},
};
use crate::{
    app::App,
    history::grid::{DAY, shifted},
    problem::Problem,
    record::scores::card_before,
    summaries::html::{escape, heading},
};

/// Figures of each group where none is asked for.
const OF_EACH: usize = 2;

pub(super) async fn widget(
    app: &App,
    options: &Options,
    day: Option<Date>,
) -> Result<Widget, Problem> {
    let lang = options.lang;
    let title = match lang {
        Lang::Zh => format!("{}生态环境成绩单", app.profile.district.zh),
        Lang::En => format!("Environmental scorecard of {}", app.profile.district.en),
    };
    let end = day.map(|day| shifted(day_start(day), DAY));
    let found = card_before(app, end).await?;
    let groups: Vec<&ScoreGroup> = match options.group {
        Some(wanted) => found.groups.iter().filter(|group| group.group == wanted).collect(),
        None => found.groups.iter().collect(),
    };
    let most = if options.group.is_some() { usize::MAX } else { OF_EACH };
    let shown = || groups.iter().flat_map(|group| group.lines.iter().take(most));
    let Some(first) = shown().next() else {
        let why = lang.pick("还没有公布指标。", "No figures are published yet.");
        return Ok(Widget::empty(&title, why, lang));
    };
    let body = groups.iter().map(|group| section(group, most, lang)).collect();
    Ok(Widget {
        title,
        body,
        state: if day.is_some() { State::Past } else { State::Current },
        as_of: end,
        interval_s: 0,
        standard: source(shown()),
        // What a published text states is nobody's simulation.
        simulated: false,
        said: stated(&first.now),
        fill: None,
        drawing: String::new(),
    })
}

fn section(group: &ScoreGroup, most: usize, lang: Lang) -> String {
    let lines: String = group.lines.iter().take(most).map(|line| row(line, lang)).collect();
    format!("{}<ul class=\"facts\">{lines}</ul>", heading(2, group.name.get(lang)))
}

fn row(line: &ScoreLine, lang: Lang) -> String {
    let year = line.now.year.map_or_else(String::new, |year| format!(" ({year})"));
    format!(
        "<li><strong>{}</strong> <span class=\"name\">{}{year}</span></li>",
        escape(&stated(&line.now)),
        escape(line.name.get(lang)),
    )
}
