//! `/programmes` and one of them without script.

use domain::Lang;

use super::{
    Body,
    html::{Cell, division, heading, list, paragraph, table, written_paragraph},
    linked,
    scorecard::statements,
};
use crate::{
    app::App,
    problem::Problem,
    record::programmes,
    words::{Word, word},
};

pub(super) async fn list_body(app: &App, lang: Lang) -> Result<Body, Problem> {
    let all = programmes::all(app).await?;
    let description = lang.pick(
        "数字化治理、大气与水环境治理的做法和成效，附有关数据。",
        "How the district works on air, water and land, with the figures that belong to it.",
    );
    let rows: Vec<Vec<Cell>> = all
        .programmes
        .iter()
        .map(|line| {
            let to = linked(&format!("programmes/{}", line.slug), lang);
            vec![Cell::link(line.title.get(lang), to), Cell::written(line.summary.get(lang), lang)]
        })
        .collect();
    let heads = [lang.pick("项目", "Programme"), lang.pick("简介", "In short")];
    Ok(Body {
        heading: word(Word::Programmes, lang).to_owned(),
        description: description.to_owned(),
        html: paragraph(description) + &table(word(Word::Programmes, lang), &heads, &rows),
        simulated: all.meta.simulated,
    })
}

/// One page; `None` where there is none of that name.
pub(super) async fn body(app: &App, slug: &str, lang: Lang) -> Result<Option<Body>, Problem> {
    let Some(page) = programmes::one(app, slug).await? else { return Ok(None) };
    let numbers = |name: &str, path: &str, codes: &[String]| {
        if codes.is_empty() {
            return String::new();
        }
        let link = |code: &String| Cell::link(code, linked(&format!("{path}/{code}"), lang));
        heading(2, name) + &list(&codes.iter().map(link).collect::<Vec<_>>())
    };
    let figures = match page.figures.is_empty() {
        true => String::new(),
        false => statements(lang.pick("有关数字", "Figures"), &page.figures, lang),
    };
    Ok(Some(Body {
        heading: page.line.title.get(lang).to_owned(),
        description: page.line.summary.get(lang).to_owned(),
        html: written_paragraph(page.line.summary.get(lang), lang)
            + &division(page.html.get(lang))
            + &figures
            + &numbers(
                lang.pick("台账中的有关问题", "Issues in the ledger"),
                "rectification",
                &page.items,
            ),
        simulated: page.meta.simulated,
    }))
}
