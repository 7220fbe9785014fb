//! `/air/:station` without script: its index and figures.

use domain::Lang;

use super::{
    Body,
    html::{Cell, facts, heading, paragraph},
    parts,
};
use contract::problem::Code;

use crate::{
    app::App,
    problem::Problem,
    routes::latest::station_now,
    words::{Word, word},
};

pub(super) async fn body(app: &App, code: &str, lang: Lang) -> Result<Body, Problem> {
    let station = app.profile.station(code).ok_or_else(|| Problem::new(Code::NotFound))?;
    let found = station_now(app, station, None).await?;
    let now = found.meta.server_time;
    let name = station.name.get(lang);
    let index = match &found.hourly {
        Some(index) => parts::index_facts(index, now, lang),
        None => paragraph(word(Word::NoData, lang)),
    };
    let about = facts(&[
        (word(Word::Authority, lang), Cell::text(station.authority.get(lang))),
        (word(Word::Network, lang), Cell::text(station.network.get(lang))),
        (word(Word::Freshness, lang), Cell::text(found.station.status.freshness.name(lang))),
    ]);
    let description = format!(
        "{name}{}{} {}",
        lang.pick("：", ": "),
        word(Word::Index, lang),
        parts::index(found.hourly.as_ref(), lang)
    );
    Ok(Body {
        heading: name.to_owned(),
        description,
        html: heading(2, word(Word::Index, lang))
            + &index
            + &parts::figures(name, &found.figures, now, lang)
            + &about,
        simulated: found.meta.simulated,
    })
}
