//! `/reports` without script: published reports, and one of them with its course.

use contract::report::PublishedReport;
use domain::{Lang, period::beijing_day, report::PublicId};
use store::PublishedFilter;

use super::{
    Body,
    html::{Cell, facts, heading, list, paragraph, table, written_paragraph},
};
use crate::{
    app::App,
    problem::Problem,
    reports::published,
    words::{Word, word},
};

/// Reports of the page, the newest.
const MOST: u32 = 50;

pub(super) async fn list_body(app: &App, lang: Lang) -> Result<Body, Problem> {
    let (reports, total) = published::page(app, PublishedFilter::default(), 1, MOST).await?;
    let heads = [
        lang.pick("编号", "Number"),
        lang.pick("类别", "About"),
        lang.pick("状态", "State"),
        lang.pick("收到日期", "Received"),
        lang.pick("地点", "Place"),
    ];
    let rows: Vec<Vec<Cell>> = reports.iter().map(|report| row(report, lang)).collect();
    let caption = match lang {
        Lang::Zh => format!("已公开 {total} 件，最新在前"),
        Lang::En => format!("{total} published, newest first"),
    };
    let files = [
        Cell::link("CSV", "api/v1/reports.csv"),
        Cell::link("GeoJSON", "api/v1/reports.geojson"),
        Cell::link("Atom", format!("feeds/reports.atom?lang={}", lang.tag())),
    ];
    let description = lang.pick(
        "经审核后公开的举报和办理结果。个人信息已遮盖，地点只显示大致范围。",
        "Reports and their results, published after review. Personal data is masked and places are shown as areas only.",
    );
    let empty = paragraph(lang.pick("还没有公开的举报。", "No report has been published yet."));
    Ok(Body {
        heading: word(Word::Reports, lang).to_owned(),
        description: description.to_owned(),
        html: paragraph(description)
            + &if rows.is_empty() { empty } else { table(&caption, &heads, &rows) }
            + &list(&files),
        simulated: reports.iter().any(|report| report.simulated),
    })
}

fn row(report: &PublishedReport, lang: Lang) -> Vec<Cell> {
    let stored = report.public_id.replace('-', "");
    vec![
        Cell::link(&report.public_id, format!("reports/{stored}?lang={}", lang.tag())),
        Cell::text(report.category_name.get(lang)),
        Cell::text(state(report, lang)),
        Cell::text(report.received.to_string()),
        Cell::text(area(report, lang)),
    ]
}

/// The state, with what was found.
fn state(report: &PublishedReport, lang: Lang) -> String {
    let finding = report.finding.map(|finding| finding.name(lang));
    let state = report.state.name(lang);
    finding.map_or_else(|| state.to_owned(), |finding| format!("{state} · {finding}"))
}

/// The street and how wide the public area is; never more.
fn area(report: &PublishedReport, lang: Lang) -> String {
    let street = report.street.as_ref().map(|street| street.get(lang).to_owned());
    let cell = report.cell_m.map(|metres| match lang {
        Lang::Zh => format!("约 {metres} 米范围"),
        Lang::En => format!("an area of about {metres} m"),
    });
    let parts: Vec<String> = street.into_iter().chain(cell).collect();
    if parts.is_empty() {
        return lang.pick("区内", "in the district").to_owned();
    }
    parts.join(lang.pick("，", ", "))
}

/// One published report; `None` where there is none of that number.
pub(super) async fn one_body(app: &App, number: &str, lang: Lang) -> Result<Option<Body>, Problem> {
    let Ok(number) = PublicId::parse(number) else { return Ok(None) };
    let Some((report, course)) = published::one(app, &number).await? else { return Ok(None) };
    let steps = course.iter().map(|step| {
        let action = step.action.map_or_else(
            || lang.pick("收到举报", "received").to_owned(),
            |action| action.name(lang).to_owned(),
        );
        Cell::text(format!("{} {action} · {}", beijing_day(step.at), step.state.name(lang)))
    });
    let steps: Vec<Cell> = steps.collect();
    let heading_text = format!("{} {}", report.category_name.get(lang), report.public_id);
    Ok(Some(Body {
        description: format!("{heading_text} · {}", state(&report, lang)),
        html: written_paragraph(report.text.as_deref().unwrap_or_default(), lang)
            + &facts(&[
                (lang.pick("状态", "State"), Cell::text(state(&report, lang))),
                (lang.pick("收到日期", "Received"), Cell::text(report.received.to_string())),
                (lang.pick("地点", "Place"), Cell::text(area(&report, lang))),
                (
                    lang.pick("承办部门", "Department"),
                    Cell::text(report.department.as_ref().map_or("—", |name| name.get(lang))),
                ),
            ])
            + &heading(2, lang.pick("办理过程", "Course"))
            + &list(&steps),
        simulated: report.simulated,
        heading: heading_text,
    }))
}
