//! `/` without script: air and water at a glance.

use domain::Lang;

use super::{Body, air, html::heading, water};
use crate::{
    app::App,
    problem::Problem,
    routes::{air_summary::air_now, water_sections::all_sections},
    words::{Word, word},
};

pub(super) async fn body(app: &App, lang: Lang) -> Result<Body, Problem> {
    let summary = air_now(app, None).await?;
    let sections = all_sections(app).await?;
    let now = summary.meta.server_time;
    let html = air::district(&summary, now, lang)
        + &air::stations(&summary.stations, now, lang)
        + &heading(2, word(Word::Water, lang))
        + &water::table_of(&sections.sections, now, lang);
    let description =
        format!("{} {}", air::sentence(app, &summary, lang), app.profile.description.get(lang));
    Ok(Body {
        heading: app.profile.title.get(lang).to_owned(),
        description,
        html,
        simulated: summary.meta.simulated || sections.meta.simulated,
    })
}
