//! Pages of programmes as the public reads them.

use contract::programme::{Programme, ProgrammeLine, ProgrammeText, Programmes};
use domain::{Lang, Text};
use store::Revision;

use super::{markdown, scores::by_key};
use crate::{app::App, problem::Problem};

/// Every page in one line.
///
/// # Errors
///
/// When the store cannot answer.
pub async fn all(app: &App) -> Result<Programmes, Problem> {
    let pages = app.store.programmes().await?;
    let programmes =
        pages.iter().map(|page| Ok(line(page, &text(page)?))).collect::<Result<_, Problem>>()?;
    let meta = contract::public::Meta { simulated: false, ..app.meta(false) };
    Ok(Programmes { meta, programmes })
}

/// One page, with its figures; `None` for an unknown name.
///
/// # Errors
///
/// When the store cannot answer.
pub async fn one(app: &App, slug: &str) -> Result<Option<Programme>, Problem> {
    let Some(page) = app.store.revisions(slug).await?.into_iter().next() else { return Ok(None) };
    let text = text(&page)?;
    let known = by_key(&app.store.scores().await?);
    let figures = text.figures.iter().filter_map(|key| known.get(key).cloned()).collect();
    let meta = contract::public::Meta { simulated: false, ..app.meta(false) };
    Ok(Some(Programme {
        meta,
        line: line(&page, &text),
        html: Text::new(
            markdown::html(&text.body.zh, Lang::Zh),
            markdown::html(&text.body.en, Lang::En),
        ),
        body: text.body,
        figures,
        stations: text.stations,
        items: text.items,
        revised: page.at,
    }))
}

fn line(page: &Revision, text: &ProgrammeText) -> ProgrammeLine {
    ProgrammeLine {
        slug: page.slug.clone(),
        title: text.title.clone(),
        summary: text.summary.clone(),
    }
}

fn text(page: &Revision) -> Result<ProgrammeText, Problem> {
    serde_json::from_str(&page.body).map_err(Problem::internal)
}
