//! The scorecard as the public reads it.

use std::collections::BTreeMap;

use contract::scorecard::{ScoreGroup, ScoreLine, Scorecard, Statement};
use domain::{
    Lang, Text,
    scorecard::{Entry, Group, Line, lines},
};
use jiff::Timestamp;

use crate::{app::App, problem::Problem};

/// All that is published.
///
/// # Errors
///
/// When the store cannot answer.
pub async fn card(app: &App) -> Result<Scorecard, Problem> {
    card_before(app, None).await
}

/// What was published before `then`.
///
/// # Errors
///
/// When the store cannot answer.
pub async fn card_before(app: &App, then: Option<Timestamp>) -> Result<Scorecard, Problem> {
    let entries = entries(app, then).await?;
    let groups = lines(&entries);
    let groups = Group::ALL.iter().filter_map(|group| {
        let lines = groups.get(group)?.iter().map(shown).collect();
        let name = Text::new(group.name(Lang::Zh), group.name(Lang::En));
        Some(ScoreGroup { group: *group, name, lines })
    });
    // What a published text states is nobody's simulation, also where everything else is one.
    let meta = contract::public::Meta { simulated: false, ..app.meta(false) };
    Ok(Scorecard { meta, groups: groups.collect() })
}

/// Every entry made before `then`.
///
/// # Errors
///
/// When the store cannot answer.
pub async fn entries(app: &App, then: Option<Timestamp>) -> Result<Vec<Entry>, Problem> {
    let mut entries = app.store.scores().await?;
    entries.retain(|entry| then.is_none_or(|then| entry.at < then));
    Ok(entries)
}

/// Published indicators by key.
pub fn by_key(entries: &[Entry]) -> BTreeMap<String, ScoreLine> {
    let groups = lines(entries);
    let all = groups.values().flatten().map(shown);
    all.map(|line| (line.key.clone(), line)).collect()
}

fn shown(line: &Line<'_>) -> ScoreLine {
    let statements =
        |entries: &[&Entry]| entries.iter().map(|entry| Statement::from(*entry)).collect();
    ScoreLine {
        key: line.now.key.clone(),
        name: Text::new(line.now.zh.clone(), line.now.en.clone()),
        now: Statement::from(line.now),
        history: statements(&line.years),
        compares: line.has_history(),
        replaced: statements(&line.replaced),
    }
}
