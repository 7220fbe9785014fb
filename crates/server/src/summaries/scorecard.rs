//! `/scorecard` without script: every published indicator with the words it was published in.

use contract::{
    paths,
    scorecard::{ScoreLine, Statement},
};
use domain::{Lang, scorecard::unit_name};

use super::{
    Body,
    html::{Cell, list, paragraph, table},
};
use crate::{
    app::App,
    problem::Problem,
    record::scores,
    words::{Word, word},
};

pub(super) async fn body(app: &App, lang: Lang) -> Result<Body, Problem> {
    let card = scores::card(app).await?;
    let description = lang.pick(
        "公开报道中的各项指标，逐条附原文和年份；“超过”“约”等照原文写出。来源没有说明时间的，写明“来源未说明时间”。",
        "Indicators as they were published, each with the source's own words and its year. Words such as “more than” and “about” are kept; where the source states no period, this page says so.",
    );
    let tables: String = card
        .groups
        .iter()
        .map(|group| statements(group.name.get(lang), &group.lines, lang))
        .collect();
    let csv = Cell::link("CSV", format!("{}?lang={}", paths::SCORECARD_CSV, lang.tag()));
    Ok(Body {
        heading: word(Word::Scorecard, lang).to_owned(),
        description: description.to_owned(),
        html: paragraph(description) + &tables + &list(&[csv]),
        simulated: card.meta.simulated,
    })
}

/// Indicators as a table.
pub(super) fn statements(caption: &str, lines: &[ScoreLine], lang: Lang) -> String {
    let rows: Vec<Vec<Cell>> = lines
        .iter()
        .map(|line| {
            vec![
                Cell::text(line.name.get(lang)),
                Cell::written(&value(&line.now, lang), lang),
                Cell::text(year(&line.now, lang)),
                Cell::written(&line.now.quote, lang),
            ]
        })
        .collect();
    let heads = [
        lang.pick("指标", "Indicator"),
        lang.pick("数值", "Value"),
        lang.pick("年份", "Year"),
        lang.pick("原文", "Source's words"),
    ];
    table(caption, &heads, &rows)
}

/// Sign, number or word, unit.
pub(super) fn value(statement: &Statement, lang: Lang) -> String {
    let parts =
        [statement.sign.name(lang), &statement.value.to_string(), unit_name(&statement.unit, lang)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn year(statement: &Statement, lang: Lang) -> String {
    let unstated = lang.pick("来源未说明时间", "period not stated");
    statement.year.map_or_else(|| unstated.to_owned(), |year| year.to_string())
}
