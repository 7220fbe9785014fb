//! The scorecard: what was published of the district, in the groups of its source, with the words it was published in.

use std::sync::Arc;

use contract::{
    paths,
    scorecard::{ScoreGroup, ScoreLine, Scorecard},
};
use domain::Lang;
use leptos::prelude::*;
use ui::{Link, Title, in_turn, lang};

use super::record::{RecordMenu, dress};
use crate::{
    components::{LoadFailed, ScoreHistory, ScoreStatement, Skeleton, fetched},
    routes::Place,
    words,
};

/// Every published indicator.
#[component]
pub(super) fn ScorecardPage() -> impl IntoView {
    dress();
    let lang = lang();
    let shown = fetched::<Scorecard>(Signal::stored(Some(paths::SCORECARD.to_owned())));
    let failure = Signal::derive(move || shown.with(|shown| shown.failure.clone()));
    let card = Memo::new(move |_| shown.with(|shown| shown.value.clone().map(Arc::new)));
    let has = Signal::derive(move || card.with(Option::is_some));
    let title = words::scorecard_title(lang);
    let groups = move || match card.get() {
        Some(card) => {
            card.groups.iter().map(|of| group(of.clone(), lang)).collect_view().into_any()
        }
        None => view! { <Skeleton height=40/> }.into_any(),
    };
    let print = move |_| drop(window().print());
    view! {
        <Title text=title description=words::scorecard_about(lang).to_owned()/>
        <RecordMenu/>
        <h1>{title}</h1>
        <p class="summary">{words::scorecard_about(lang)}</p>
        <LoadFailed failure has_old=has/>
        <p class="button-row no-print">
            <a class="button" href=format!("{}?lang={}", paths::SCORECARD_CSV, lang.tag()) rel="external">{words::scorecard_csv(lang)}</a>
            <a class="button" href=paths::SCORECARD rel="external">{words::ledger_json(lang)}</a>
            <button type="button" class="button" on:click=print>{words::scorecard_print(lang)}</button>
        </p>
        {groups}
        <p class="no-print"><Link to=Place::Rectification.path()>{words::scorecard_ledger(lang)}</Link></p>
    }
}

fn group(of: ScoreGroup, lang: Lang) -> AnyView {
    let id = format!("score-{}", of.group.key());
    let name = of.name.get(lang).to_owned();
    let lines =
        in_turn(move || of.lines.iter().map(|line| entry(line, lang)).collect_view().into_any());
    view! {
        <section class="card score-group" aria-labelledby=id.clone()>
            <h2 id=id.clone()>{name}</h2>
            <ul class="scores">{lines}</ul>
        </section>
    }
    .into_any()
}

fn entry(line: &ScoreLine, lang: Lang) -> AnyView {
    view! {
        <li class="score">
            <h3>{line.name.get(lang).to_owned()}</h3>
            <ScoreStatement statement=line.now.clone()/>
            <ScoreHistory line=line.clone()/>
        </li>
    }
    .into_any()
}
