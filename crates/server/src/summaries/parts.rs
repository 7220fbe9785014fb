//! Pieces that several summaries share.

use contract::public::{AirIndex, Figure, StationKind, WaterState};
use domain::{Item, Lang, Period, air::AqiLevel, period::BEIJING};
use jiff::Timestamp;

use super::html::{Cell, facts, heading, list, table};
use crate::{
    app::App,
    words::{self, Word, word},
};

/// A period as people write it, in Beijing time: an hour by its ends, a day by its date.
pub(crate) fn period(period: Period) -> String {
    let local = |at: Timestamp| BEIJING.to_datetime(at);
    let start = local(period.start);
    let clock = |t: jiff::civil::DateTime| format!("{:02}:{:02}", t.hour(), t.minute());
    match period.length_s {
        0 => format!("{} {}", start.date(), clock(start)),
        86_400.. => start.date().to_string(),
        _ => format!("{} {}–{}", start.date(), clock(start), clock(local(period.end()))),
    }
}

/// An instant as people write it, in Beijing time, to the minute.
pub(crate) fn moment(at: Timestamp) -> String {
    let local = BEIJING.to_datetime(at);
    format!("{} {:02}:{:02}", local.date(), local.hour(), local.minute())
}

/// How long ago the period ended.
pub(super) fn age(period: Period, now: Timestamp, lang: Lang) -> String {
    words::ago(now.as_second() - period.end().as_second(), lang)
}

/// Items by name, or the word for none.
pub(crate) fn items(items: &[Item], lang: Lang) -> String {
    if items.is_empty() {
        return word(Word::None, lang).to_owned();
    }
    let names: Vec<&str> = items.iter().map(|item| item.name(lang)).collect();
    names.join(lang.pick("、", ", "))
}

/// The index as `75 良`, or why there is none.
pub(crate) fn index(index: Option<&AirIndex>, lang: Lang) -> String {
    match index {
        Some(AirIndex { value: Some(value), band: Some(band), .. }) => {
            format!("{value} {}", band.name.get(lang))
        }
        Some(index) => index
            .reason
            .as_ref()
            .map_or(word(Word::NoData, lang), |reason| reason.get(lang))
            .to_owned(),
        None => word(Word::NoData, lang).to_owned(),
    }
}

/// The index with everything it states of itself.
pub(super) fn index_facts(found: &AirIndex, now: Timestamp, lang: Lang) -> String {
    let level = found
        .band
        .as_ref()
        .and_then(|band| band.level)
        .map(|level: AqiLevel| format!("{} {}", level.level_name(lang), level.name(lang)));
    let (title, computed) = (found.standard.title(), word(Word::Computed, lang));
    let standard = match lang {
        Lang::Zh => format!("{title}（{computed}）"),
        Lang::En => format!("{title} ({computed})"),
    };
    facts(&[
        (word(Word::Index, lang), Cell::text(index(Some(found), lang))),
        (
            word(Word::Level, lang),
            Cell::text(level.unwrap_or_else(|| word(Word::None, lang).to_owned())),
        ),
        (word(Word::Primary, lang), Cell::text(items(&found.primary, lang))),
        (word(Word::Time, lang), Cell::text(period(found.period))),
        (word(Word::Age, lang), Cell::text(age(found.period, now, lang))),
        (word(Word::Standard, lang), Cell::text(standard)),
    ])
}

/// A class as `Ⅱ`, or the word for no data.
pub(crate) fn class(state: Option<&WaterState>, lang: Lang) -> String {
    state
        .and_then(|state| state.class)
        .map_or(word(Word::NoData, lang), |class| class.glyph())
        .to_owned()
}

/// Figures with unit, time, age and mark.
pub(super) fn figures(caption: &str, all: &[Figure], now: Timestamp, lang: Lang) -> String {
    let rows: Vec<Vec<Cell>> = all
        .iter()
        .map(|figure| {
            let value = figure.value.map_or_else(
                || word(Word::Missing, lang).to_owned(),
                |v| words::quantity(figure.item, v),
            );
            let marks: Vec<&str> = std::iter::once(figure.flag.name(lang))
                .chain(figure.quality.names(lang))
                .chain([figure.provenance.name(lang), figure.freshness.name(lang)])
                .collect();
            vec![
                Cell::text(figure.item.name(lang)),
                Cell::text(value),
                Cell::text(period(figure.period)),
                Cell::text(age(figure.period, now, lang)),
                Cell::text(marks.join(lang.pick("、", ", "))),
            ]
        })
        .collect();
    let heads = [Word::Item, Word::Value, Word::Time, Word::Age, Word::Mark].map(|w| word(w, lang));
    table(caption, &heads, &rows)
}

/// Every station and section as a list of links.
pub(super) fn places(app: &App, lang: Lang) -> String {
    let entries = |kind: StationKind, folder: &str| {
        let of_kind = app.profile.stations.iter().filter(|station| station.kind == kind);
        let links: Vec<Cell> = of_kind
            .map(|s| {
                Cell::link(s.name.get(lang), super::linked(&format!("{folder}/{}", s.code), lang))
            })
            .collect();
        list(&links)
    };
    heading(2, word(Word::Air, lang))
        + &entries(StationKind::Air, "air")
        + &heading(2, word(Word::Water, lang))
        + &entries(StationKind::Water, "water")
}
