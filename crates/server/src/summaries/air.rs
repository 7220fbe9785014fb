//! `/air` without script: the district's index and every station's.

use contract::public::{AirIndex, AirSummary, StationNowBrief};
use domain::Lang;
use jiff::Timestamp;

use super::{
    Body,
    html::{Cell, heading, paragraph, table},
    linked, parts,
};
use crate::{
    app::App,
    problem::Problem,
    routes::air_summary::air_now,
    words::{Word, word},
};

pub(super) async fn body(app: &App, lang: Lang) -> Result<Body, Problem> {
    let summary = air_now(app, None).await?;
    let now = summary.meta.server_time;
    let html = district(&summary, now, lang) + &stations(&summary.stations, now, lang);
    Ok(Body {
        heading: word(Word::Air, lang).to_owned(),
        description: sentence(app, &summary, lang),
        html,
        simulated: summary.meta.simulated,
    })
}

/// One sentence: the district's index, its level and time.
pub(super) fn sentence(app: &App, summary: &AirSummary, lang: Lang) -> String {
    let district = app.profile.district.get(lang);
    let Some(found) = &summary.district else {
        return format!("{district}{}{}", lang.pick("：", ": "), word(Word::NoData, lang));
    };
    let index = parts::index(Some(found), lang);
    let period = parts::period(found.period);
    match lang {
        Lang::Zh => {
            format!("{district}空气质量：{index}（{period}，{}）。", found.standard.title())
        }
        Lang::En => format!("Air in {district}: {index} ({period}, {}).", found.standard.title()),
    }
}

/// The effect on health and the advice that HJ 633 requires beside a level, as one paragraph: the largest of the page, so
/// that it stands before the program does.
fn meaning(index: &AirIndex, lang: Lang) -> String {
    let level = index.band.as_ref().and_then(|band| band.level);
    level.zip(index.standard.edition()).map_or_else(String::new, |(level, edition)| {
        let (effect, advice) = (level.health_effect(edition, lang), level.advice(edition, lang));
        // The standard's Chinese stands in a table and has no stops.
        paragraph(&match lang {
            Lang::Zh => format!("{effect}。{advice}。"),
            Lang::En => format!("{effect} {advice}"),
        })
    })
}

/// The district's index and its good days.
pub(super) fn district(summary: &AirSummary, now: Timestamp, lang: Lang) -> String {
    let index = match &summary.district {
        Some(found) => meaning(found, lang) + &parts::index_facts(found, now, lang),
        None => paragraph(word(Word::NoData, lang)),
    };
    let year = &summary.year;
    let count = format!("{} {}", year.good, word(Word::Days, lang));
    let (from, to, standard) = (year.from, year.to, year.standard.title());
    let without = format!("{} {}", year.without, word(Word::Without, lang));
    let title = word(Word::Year, lang);
    let days = match lang {
        Lang::Zh => format!("{title}：{count}（{from} – {to}，{standard}；{without}）"),
        Lang::En => format!("{title}: {count} ({from} – {to}, {standard}; {without})"),
    };
    heading(2, word(Word::District, lang)) + &index + &paragraph(&days)
}

/// Every station with its index.
pub(super) fn stations(stations: &[StationNowBrief], now: Timestamp, lang: Lang) -> String {
    let rows: Vec<Vec<Cell>> = stations
        .iter()
        .map(|brief| {
            let index = brief.index.as_ref();
            let text = |text: Option<String>| Cell::text(text.unwrap_or_default());
            vec![
                Cell::link(
                    brief.station.name.get(lang),
                    linked(&format!("air/{}", brief.station.code), lang),
                ),
                Cell::text(parts::index(index, lang)),
                text(index.map(|index| parts::items(&index.primary, lang))),
                text(index.map(|index| parts::period(index.period))),
                text(index.map(|index| parts::age(index.period, now, lang))),
                Cell::text(brief.station.status.freshness.name(lang)),
            ]
        })
        .collect();
    let heads = [Word::Station, Word::Index, Word::Primary, Word::Time, Word::Age, Word::Freshness];
    table(word(Word::Air, lang), &heads.map(|w| word(w, lang)), &rows)
}
