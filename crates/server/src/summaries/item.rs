//! `/rectification/:number` without script: the publication form, the course, and how to object.

use contract::rectification::{Item, ItemStep, Publicity};
use domain::{
    Lang,
    rectification::{ItemNumber, web_address},
};

use super::{
    Body,
    html::{Cell, facts, heading, list, paragraph, table},
    rectification::titled,
};
use crate::{app::App, problem::Problem, record::item};

/// One issue; `None` where there is none of that number.
pub(super) async fn body(
    app: &App,
    number: &ItemNumber,
    lang: Lang,
) -> Result<Option<Body>, Problem> {
    let Some(found) = item::one(app, number).await? else { return Ok(None) };
    let state = found.line.state.name(lang);
    let steps: Vec<Cell> =
        found.course.iter().map(|step| Cell::written(&told(step, lang), lang)).collect();
    Ok(Some(Body {
        // Chinese in the title of an English page would be read out wrong.
        heading: match (lang, &found.line.title_en) {
            (Lang::En, None) => format!("Issue {number}"),
            _ => titled(&found.line, lang),
        },
        description: match lang {
            Lang::Zh => format!("问题 {number}：{state}。"),
            Lang::En => format!("Issue {number}: {state}."),
        },
        html: state_facts(&found, lang)
            + &publicity(app, &found, lang)
            + &form(&found, lang)
            + &heading(2, lang.pick("整改经过", "Course"))
            + &list(&steps),
        simulated: found.meta.simulated,
    }))
}

fn state_facts(found: &Item, lang: Lang) -> String {
    let line = &found.line;
    let day = |day: Option<jiff::civil::Date>| day.map_or("—".to_owned(), |day| day.to_string());
    facts(&[
        (lang.pick("状态", "Status"), Cell::text(line.state.name(lang))),
        (
            lang.pick("来源", "Source"),
            Cell::written(&format!("{} {}", line.source.name(lang), line.batch), lang),
        ),
        (lang.pick("类型", "Medium"), Cell::text(line.medium.name(lang))),
        (lang.pick("发现日期", "Found"), Cell::text(line.found.to_string())),
        (lang.pick("整改时限", "Deadline"), Cell::text(day(line.due))),
        (lang.pick("销号日期", "Closed"), Cell::text(day(line.closed))),
        (lang.pick("文字来源", "Where the text comes from"), Cell::text(line.origin.name(lang))),
    ])
}

/// The days of the publicity period, and the way to object while they run.
fn publicity(app: &App, found: &Item, lang: Lang) -> String {
    let Some(publicity) = &found.publicity else { return String::new() };
    let (from, until, left) = (publicity.from, publicity.until, publicity.working_days_left);
    let days = match lang {
        Lang::Zh => format!("公示期：{from} 至 {until}。"),
        Lang::En => format!("Publicity period: {from} to {until}."),
    };
    let contact = app.profile.contact.get(lang);
    let open = publicity.open.then(|| match lang {
        Lang::Zh => format!("还剩 {left} 个工作日（今天不计）。如有异议，请与我们联系：{contact}"),
        Lang::En => format!("{left} working days left, today not counted. To object: {contact}"),
    });
    heading(2, lang.pick("销号公示", "Publicity before closing"))
        + &paragraph(&format!("{days} {}", open.unwrap_or_default()))
        + &elsewhere(publicity, lang)
}

/// Where else it is shown.
fn elsewhere(publicity: &Publicity, lang: Lang) -> String {
    let Some(place) = publicity.elsewhere.as_deref() else { return String::new() };
    let shown = match web_address(place) {
        Some(address) => Cell::link(place, address),
        None => Cell::written(place, lang),
    };
    facts(&[(lang.pick("同时公示于", "Also shown at"), shown)])
}

/// The four rows of the district's own form.
fn form(found: &Item, lang: Lang) -> String {
    let unit = found.unit.as_ref().map_or("—", |unit| unit.get(lang));
    let result = found.result.as_deref().unwrap_or_default();
    let measures = format!("{} {result}", found.measures.as_deref().unwrap_or_default());
    let row = |name: &str, text: &str| {
        let text = if text.trim().is_empty() { "—" } else { text };
        vec![Cell::text(name), Cell::written(text, lang)]
    };
    let rows = [
        row(lang.pick("整改任务概述", "Task"), &found.task),
        row(lang.pick("整改责任单位", "Responsible unit"), unit),
        row(lang.pick("整改目标", "Target"), found.goal.as_deref().unwrap_or_default()),
        row(lang.pick("整改措施及成效", "Measures and results"), &measures),
    ];
    let heads = [lang.pick("栏目", "Row"), lang.pick("内容", "Content")];
    table(lang.pick("销号公示表", "Publication form"), &heads, &rows)
}

fn told(step: &ItemStep, lang: Lang) -> String {
    let check = step.step.map(|check| check.name(lang).to_owned());
    let parts = [
        Some(step.on.to_string()),
        Some(step.kind.name(lang).to_owned()),
        check,
        step.text.clone(),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
