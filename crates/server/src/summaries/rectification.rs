//! `/rectification` without script: the ledger's figures as of today, and what is not closed yet.

use contract::{paths, rectification::ItemLine};
use domain::{
    Lang, Text,
    period::beijing_day,
    rectification::{Ratio, State, Tally},
};

use super::{
    Body,
    html::{Cell, facts, heading, list, paragraph, table},
    linked,
};
use crate::{
    app::App,
    problem::Problem,
    record::ledger,
    words::{Word, word},
};

/// Issues of the page that are not closed; the rest is in the list for programs.
const MOST: usize = 200;

pub(super) async fn body(app: &App, lang: Lang) -> Result<Body, Problem> {
    let today = beijing_day(app.clock.now());
    let found = ledger::as_of(app, today).await?;
    let total = found.statistics.total;
    let sentence = match lang {
        Lang::Zh => format!(
            "截至 {today}，台账共有问题 {} 个，已销号 {} 个，销号率 {}。",
            total.all,
            total.closed,
            rate(total.closure(), lang)
        ),
        Lang::En => format!(
            "As of {today} the ledger holds {} issues, {} of them closed: closing rate {}.",
            total.all,
            total.closed,
            rate(total.closure(), lang)
        ),
    };
    let about = lang.pick(
        "各级督察、自查和群众举报发现的生态环境问题，从发现、交办、整改到公示、销号的全过程。全部数字由事件记录计算得出，任何人都可以下载核对。",
        "Environmental issues found by inspections, by the district itself and by the public, from finding and assignment to publicity and closing. Every figure is computed from the event log, which anyone can download and check.",
    );
    let unit = |key: &Option<String>| {
        let named = found.units.iter().find(|unit| Some(&unit.key) == key.as_ref());
        named.map_or("—", |unit| unit.name.get(lang)).to_owned()
    };
    let open: Vec<Vec<Cell>> = found
        .items
        .iter()
        .filter(|item| item.state != State::Closed)
        .take(MOST)
        .map(|item| row(item, &unit(&item.unit), lang))
        .collect();
    let heads = [
        lang.pick("问题", "Issue"),
        lang.pick("状态", "Status"),
        lang.pick("来源", "Source"),
        lang.pick("责任单位", "Responsible unit"),
        lang.pick("时限", "Due"),
    ];
    let files = [
        Cell::link(
            lang.pick("全部问题（CSV）", "All issues (CSV)"),
            format!("{}?lang={}", paths::RECTIFICATION_CSV, lang.tag()),
        ),
        Cell::link(lang.pick("事件日志", "Event log"), paths::RECTIFICATION_EVENTS),
    ];
    let by_source =
        found.statistics.by_source.iter().map(|group| (group.key.name(lang), group.tally));
    let by_medium =
        found.statistics.by_medium.iter().map(|group| (group.key.name(lang), group.tally));
    Ok(Body {
        heading: word(Word::Rectification, lang).to_owned(),
        html: paragraph(about)
            + &paragraph(&sentence)
            + &figures(&total, lang)
            + &groups(lang.pick("按来源", "By source"), by_source.collect(), lang)
            + &groups(lang.pick("按类型", "By medium"), by_medium.collect(), lang)
            + &heading(2, lang.pick("尚未销号的问题", "Issues not closed yet"))
            + &table(lang.pick("尚未销号的问题", "Issues not closed yet"), &heads, &open)
            + &list(&files),
        description: sentence,
        simulated: found.meta.simulated,
    })
}

/// A rate in percent with its two numbers.
fn rate(ratio: Ratio, lang: Lang) -> String {
    let Ratio { part, whole } = ratio;
    ratio.percent().map_or_else(
        || word(Word::NoData, lang).to_owned(),
        |percent| match lang {
            Lang::Zh => format!("{percent} %（{part} / {whole}）"),
            Lang::En => format!("{percent} % ({part} of {whole})"),
        },
    )
}

fn figures(total: &Tally, lang: Lang) -> String {
    let days = total.days_to_close.map(|days| format!("{days} {}", word(Word::Days, lang)));
    facts(&[
        (lang.pick("销号率", "Closing rate"), Cell::text(rate(total.closure(), lang))),
        (lang.pick("达到序时进度", "On schedule"), Cell::text(rate(total.on_schedule(), lang))),
        (
            lang.pick("整改完成率", "Done by the deadline"),
            Cell::text(rate(total.completion(), lang)),
        ),
        (lang.pick("重新整改", "Reopened"), Cell::text(rate(total.reopening(), lang))),
        (
            lang.pick("销号用时（中位数）", "Median time to close"),
            Cell::text(days.as_deref().unwrap_or("—")),
        ),
    ])
}

fn groups(caption: &str, groups: Vec<(&str, Tally)>, lang: Lang) -> String {
    let rows: Vec<Vec<Cell>> = groups
        .into_iter()
        .map(|(name, tally)| {
            vec![
                Cell::text(name),
                Cell::text(tally.all.to_string()),
                Cell::text(rate(tally.closure(), lang)),
                Cell::text(rate(tally.on_schedule(), lang)),
            ]
        })
        .collect();
    let heads = [
        lang.pick("分类", "Group"),
        lang.pick("问题数", "Issues"),
        lang.pick("销号率", "Closing rate"),
        lang.pick("达到序时进度", "On schedule"),
    ];
    table(caption, &heads, &rows)
}

fn row(item: &ItemLine, unit: &str, lang: Lang) -> Vec<Cell> {
    let to = linked(&format!("rectification/{}", item.number), lang);
    let due = item.due.map_or("—".to_owned(), |due| due.to_string());
    vec![
        Cell::link_written(&titled(item, lang), to, lang),
        Cell::text(item.state.name(lang)),
        Cell::text(item.source.name(lang)),
        Cell::text(unit),
        Cell::text(due),
    ]
}

/// The title in the reader's language where somebody wrote it, with the number.
pub(super) fn titled(item: &ItemLine, lang: Lang) -> String {
    let text = Text::new(&item.title, item.title_en.as_deref().unwrap_or(&item.title));
    format!("{} {}", text.get(lang), item.number)
}
