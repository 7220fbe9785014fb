//! `/water` and `/water/:section` without script: classes, figures and months.

use contract::{
    problem::Code,
    public::{MonthClass, StationNowBrief, WaterState},
};
use domain::Lang;
use jiff::Timestamp;

use super::{
    Body,
    html::{Cell, facts, paragraph, table},
    linked, parts,
};
use crate::{
    app::App,
    problem::Problem,
    routes::water_sections::{all_sections, section_now},
    words::{Word, word},
};

pub(super) async fn list_body(app: &App, lang: Lang) -> Result<Body, Problem> {
    let all = all_sections(app).await?;
    let now = all.meta.server_time;
    let classes: Vec<String> = all
        .sections
        .iter()
        .map(|s| format!("{} {}", s.station.name.get(lang), parts::class(s.water.as_ref(), lang)))
        .collect();
    Ok(Body {
        heading: word(Word::Water, lang).to_owned(),
        description: classes.join(lang.pick("，", ", ")),
        html: table_of(&all.sections, now, lang),
        simulated: all.meta.simulated,
    })
}

/// Every section with its class.
pub(super) fn table_of(sections: &[StationNowBrief], now: Timestamp, lang: Lang) -> String {
    let rows: Vec<Vec<Cell>> = sections.iter().map(|brief| row(brief, now, lang)).collect();
    let heads = [
        Word::Section,
        Word::River,
        Word::Class,
        Word::Target,
        Word::Limiting,
        Word::Time,
        Word::Age,
    ];
    table(word(Word::Water, lang), &heads.map(|w| word(w, lang)), &rows)
}

fn row(brief: &StationNowBrief, now: Timestamp, lang: Lang) -> Vec<Cell> {
    let station = &brief.station;
    let site = station.water.as_ref();
    let state = brief.water.as_ref();
    let target = site.and_then(|site| site.target).map(|class| class.glyph().to_owned());
    let text = |text: Option<String>| Cell::text(text.unwrap_or_default());
    vec![
        Cell::link(station.name.get(lang), linked(&format!("water/{}", station.code), lang)),
        text(site.map(|site| site.water.get(lang).to_owned())),
        Cell::text(parts::class(state, lang)),
        text(target),
        text(state.map(|state| parts::items(&state.limiting, lang))),
        text(state.map(|state| parts::period(state.period))),
        text(state.map(|state| parts::age(state.period, now, lang))),
    ]
}

pub(super) async fn section_body(app: &App, code: &str, lang: Lang) -> Result<Body, Problem> {
    let station = app.profile.station(code).ok_or_else(|| Problem::new(Code::NotFound))?;
    let section = section_now(app, station).await?;
    let now = section.now.meta.server_time;
    let name = station.name.get(lang);
    let state = match &section.now.water {
        Some(state) => state_facts(state, now, lang),
        None => paragraph(word(Word::NoData, lang)),
    };
    let class = parts::class(section.now.water.as_ref(), lang);
    Ok(Body {
        heading: name.to_owned(),
        description: format!("{name}{}{} {class}", lang.pick("：", ": "), word(Word::Class, lang)),
        html: state
            + &parts::figures(name, &section.now.figures, now, lang)
            + &months(&section.months, lang),
        simulated: section.now.meta.simulated,
    })
}

fn state_facts(state: &WaterState, now: Timestamp, lang: Lang) -> String {
    let note = if state.automatic { word(Word::Automatic, lang) } else { "" };
    facts(&[
        (word(Word::Class, lang), Cell::text(parts::class(Some(state), lang))),
        (word(Word::Limiting, lang), Cell::text(parts::items(&state.limiting, lang))),
        (word(Word::Time, lang), Cell::text(parts::period(state.period))),
        (word(Word::Age, lang), Cell::text(parts::age(state.period, now, lang))),
        (word(Word::Standard, lang), Cell::text(format!("GB 3838-2002 {note}"))),
    ])
}

fn months(months: &[MonthClass], lang: Lang) -> String {
    let rows: Vec<Vec<Cell>> = months
        .iter()
        .rev()
        .map(|month| {
            let class = month.class.map_or(word(Word::NoData, lang), |class| class.glyph());
            vec![
                Cell::text(format!("{}-{:02}", month.month.year(), month.month.month())),
                Cell::text(class),
                Cell::text(parts::items(&month.limiting, lang)),
            ]
        })
        .collect();
    let heads = [Word::Time, Word::Class, Word::Limiting].map(|w| word(w, lang));
    table(word(Word::Months, lang), &heads, &rows)
}
