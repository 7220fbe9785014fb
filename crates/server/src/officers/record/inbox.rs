//! The officers' list of issues: what is asked for in the address, the lines of the answer, the list as a file.

use std::collections::HashMap;

use contract::officer::record::{ItemInbox, ItemView, OfficerLine};
use domain::{
    Lang,
    period::beijing_day,
    rectification::{Medium, Source, Stage},
};
use jiff::civil::Date;
use serde::Deserialize;
use store::{ItemFilter, ItemRow, ItemSort, Page};

use crate::{
    app::App,
    officers::{
        cases::inbox::{keys, listed, number, one},
        session::Officer,
    },
    problem::Problem,
    query::unknown,
    record::{files, ledger, register, unit_name},
};

/// Lines of a page.
const PAGE: u32 = 50;
/// A longer text is looked for by nobody.
const LONGEST: usize = 100;
/// Issues of one file.
const MOST: u32 = 200_000;

/// The parameters of the list; several values of one stand between commas.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ItemParams {
    stage: String,
    source: String,
    medium: String,
    unit: String,
    view: String,
    q: String,
    sort: String,
    page: String,
}

/// Which issues, in which order.
struct Asked {
    filter: ItemFilter,
    sort: ItemSort,
}

impl Asked {
    fn of(app: &App, officer: &Officer, params: &ItemParams) -> Result<Self, Problem> {
        let mut filter = ItemFilter {
            stages: keys(&params.stage, "stage", Stage::from_key, || all(Stage::ALL, Stage::key))?,
            sources: keys(&params.source, "source", Source::from_key, || {
                all(Source::ALL, Source::key)
            })?,
            media: keys(&params.medium, "medium", Medium::from_key, || {
                all(Medium::ALL, Medium::key)
            })?,
            units: listed(&params.unit),
            text: Some(params.q.chars().take(LONGEST).collect()),
            ..within(officer)
        };
        if let Some(own) = &officer.staff.department {
            filter.units = vec![own.clone()];
        }
        let views: Vec<_> = ItemView::ALL.iter().map(|view| view.key()).collect();
        if let Some(view) = one(&params.view, "view", ItemView::from_key, &views)? {
            narrow(&mut filter, view, app);
        }
        Ok(Self { filter, sort: sort(&params.sort)? })
    }
}

/// Everything that the officer sees.
fn within(officer: &Officer) -> ItemFilter {
    ItemFilter {
        units: officer.staff.department.iter().cloned().collect(),
        ..ItemFilter::default()
    }
}

fn narrow(filter: &mut ItemFilter, view: ItemView, app: &App) {
    let today = beijing_day(app.clock.now());
    match view {
        ItemView::Overdue => filter.overdue_on = Some(today),
        ItemView::Soon => filter.soon = Some((today, app.profile.record.rules.soon_days)),
        ItemView::Objected => filter.objected = true,
        ItemView::Closable => filter.closable_on = Some(today),
    }
}

fn sort(key: &str) -> Result<ItemSort, Problem> {
    match key {
        "" | "number" => Ok(ItemSort::Number),
        "due" => Ok(ItemSort::Due),
        "changed" => Ok(ItemSort::Changed),
        other => {
            let allowed = ["number", "due", "changed"].map(str::to_owned).to_vec();
            Err(Problem::parameter("sort", unknown(other), allowed))
        }
    }
}

fn all<T: Copy>(all: &[T], key: fn(T) -> &'static str) -> Vec<String> {
    all.iter().map(|one| key(*one).to_owned()).collect()
}

/// The page that is asked for.
pub async fn answered(
    app: &App,
    officer: &Officer,
    params: &ItemParams,
) -> Result<ItemInbox, Problem> {
    let Asked { filter, sort } = Asked::of(app, officer, params)?;
    let page = Page { number: number(&params.page)? - 1, size: PAGE };
    let views: Vec<_> = ItemView::ALL
        .iter()
        .map(|view| {
            let mut filter = within(officer);
            narrow(&mut filter, *view, app);
            (*view, filter)
        })
        .collect();
    let looked = app.store.look(move |view| {
        let nothing = Page { number: 0, size: 0 };
        let counted = views.into_iter().map(|(name, filter)| {
            Ok((name, view.item_inbox(&filter, ItemSort::Number, nothing)?.total))
        });
        let by_view = counted.collect::<Result<Vec<_>, store::StoreError>>()?;
        Ok((view.item_inbox(&filter, sort, page)?, by_view))
    });
    let (found, by_view) = looked.await?;
    Ok(ItemInbox {
        server_time: app.clock.now(),
        total: found.total,
        page: page.number + 1,
        page_size: PAGE,
        by_stage: found.by_stage,
        by_view,
        rows: lines(app, found.rows).await?,
    })
}

/// The rows as they stand today, in their order.
async fn lines(app: &App, rows: Vec<ItemRow>) -> Result<Vec<OfficerLine>, Problem> {
    let (register, today) = (register(app).await?, beijing_day(app.clock.now()));
    let wanted: HashMap<&str, &ItemRow> =
        rows.iter().map(|row| (row.number.as_str(), row)).collect();
    let mut shown: HashMap<String, OfficerLine> = register
        .standings(today)
        .filter_map(|standing| {
            let row = wanted.get(standing.item.as_str())?;
            Some((row.number.clone(), line(ledger::line(&standing, row), row)))
        })
        .collect();
    Ok(rows.iter().filter_map(|row| shown.remove(&row.number)).collect())
}

fn line(line: contract::rectification::ItemLine, row: &ItemRow) -> OfficerLine {
    OfficerLine {
        line,
        version: row.version,
        open_objections: row.open_objections,
        until: row.until,
        changed: row.changed,
        changed_by: row.changed_by.clone(),
    }
}

/// The columns of the officers' file.
const COLUMNS: [&str; 16] = [
    "问题编号 number",
    "问题 title",
    "来源 source",
    "批次 batch",
    "类型 medium",
    "责任单位 unit",
    "状态 state",
    "时限类型 term",
    "整改时限 due",
    "超期 overdue",
    "发现日期 found",
    "公示截止 shown until",
    "销号日期 closed",
    "未答复异议 open objections",
    "最近更新 changed",
    "更新人 changed by",
];

/// Everything that is asked for as CSV, whatever the page.
pub async fn csv(
    app: &App,
    officer: &Officer,
    params: &ItemParams,
    lang: Lang,
) -> Result<Vec<u8>, Problem> {
    let Asked { filter, sort } = Asked::of(app, officer, params)?;
    let whole = Page { number: 0, size: MOST };
    let rows = app.store.item_inbox(filter, sort, whole).await?.rows;
    let terms: HashMap<String, Option<domain::rectification::Term>> =
        rows.iter().map(|row| (row.number.clone(), row.term)).collect();
    let lines = lines(app, rows).await?;
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let mut out = files::table(&COLUMNS).map_err(Problem::internal)?;
    for OfficerLine { line, open_objections, until, changed, changed_by, .. } in &lines {
        let term = terms.get(&line.number).copied().flatten();
        let unit = line.unit.as_deref().map(|key| unit_name(&app.profile, key));
        let record = [
            line.number.as_str(),
            &line.title,
            line.source.name(lang),
            &line.batch,
            line.medium.name(lang),
            unit.as_ref().map(|name| name.get(lang)).unwrap_or_default(),
            line.state.name(lang),
            term.map(|term| term.name(lang)).unwrap_or_default(),
            &day(line.due),
            if line.overdue { lang.pick("是", "yes") } else { "" },
            &line.found.to_string(),
            &day(*until),
            &day(line.closed),
            &open_objections.to_string(),
            &beijing_day(*changed).to_string(),
            changed_by,
        ];
        out.write_record(record.map(files::cell)).map_err(Problem::internal)?;
    }
    files::finished(out).map_err(Problem::internal)
}
