//! The rectification ledger: its figures as of a day, and the list of issues.

mod figures;
mod files;
mod filters;
mod groups;
mod list;
mod progress;
mod query;

use std::sync::Arc;

use contract::rectification::Ledger;
use domain::Lang;
use leptos::prelude::*;
use ui::{DateField, Router, Title, Visit, dates, in_turn, lang};

pub(super) use self::list::{origin, title};
use self::{
    figures::Figures, files::Files, groups::Groups, list::Issues, progress::Progress, query::Filter,
};
use super::record::{RecordMenu, Simulated, dress, rate};
use crate::{
    components::{LoadFailed, Skeleton, fetched_rows},
    words,
};

/// Sets parameters of the address.
type Choose = Callback<Vec<(&'static str, String)>>;

/// The ledger; day, filters and page of the list are in the address.
#[component]
pub(super) fn RectificationPage() -> impl IntoView {
    dress();
    let (lang, router) = (lang(), Router::expect());
    let filter = Memo::new(move |_| Filter::of(&router.query()));
    let path = Memo::new(move |_| Some(filter.with(Filter::path)));
    let shown = fetched_rows::<Ledger>(path.into());
    let failure = Signal::derive(move || shown.with(|shown| shown.failure.clone()));
    let ledger = Memo::new(move |_| shown.with(|shown| shown.value.clone().map(Arc::new)));
    let has = Signal::derive(move || ledger.with(Option::is_some));
    let choose = Callback::new(move |changes: Vec<(&'static str, String)>| {
        let changes: Vec<_> = changes
            .iter()
            .map(|(name, value)| (*name, (!value.is_empty()).then_some(value.as_str())))
            .collect();
        let address = untrack(|| router.here_with(&changes));
        router.go(&address, Visit::Replace);
    });
    let as_of = Signal::derive(move || {
        ledger.with(|ledger| {
            ledger.as_ref().map(|l| dates::iso_day(l.statistics.as_of)).unwrap_or_default()
        })
    });
    let sentence = Memo::new(move |_| {
        ledger
            .with(|ledger| ledger.as_ref().map(|ledger| sentence(ledger, lang)).unwrap_or_default())
    });
    let past = Memo::new(move |_| filter.with(|filter| !filter.as_of.is_empty()));
    view! {
        <Title text=words::ledger_title(lang) description=sentence/>
        <RecordMenu/>
        <h1>{words::ledger_title(lang)}</h1>
        <p class="summary">{words::ledger_about(lang)}</p>
        <LoadFailed failure has_old=has/>
        <div class="fields">
            <DateField label=words::ledger_as_of(lang) value=as_of
                on_choose=move |day| choose.run(vec![("as_of", day), ("page", String::new())])/>
            <Show when=move || past.get()>
                <button type="button" class="button" on:click=move |_| choose.run(vec![("as_of", String::new())])>
                    {words::ledger_today(lang)}
                </button>
            </Show>
        </div>
        <p class="summary" role="status">{sentence}</p>
        {move || match ledger.get() {
            Some(ledger) => view! { <Whole ledger filter choose/> }.into_any(),
            None => view! { <Skeleton height=40/> }.into_any(),
        }}
    }
}

/// The whole list in a sentence, its rate with both numbers.
fn sentence(ledger: &Ledger, lang: Lang) -> String {
    let statistics = &ledger.statistics;
    let (total, day) = (statistics.total, dates::day(statistics.as_of, lang));
    words::ledger_sentence(lang, &day, &total.all, &total.closed, &rate(total.closure(), lang))
}

#[component]
fn Whole(ledger: Arc<Ledger>, filter: Memo<Filter>, choose: Choose) -> impl IntoView {
    let lang = lang();
    let simulated = ledger.meta.simulated;
    let part = |build: fn(Arc<Ledger>) -> AnyView| {
        let ledger = ledger.clone();
        in_turn(move || build(ledger))
    };
    let issues = ledger.clone();
    view! {
        <Simulated simulated about=words::ledger_simulated(lang)/>
        {part(|ledger| view! { <Figures ledger/> }.into_any())}
        {part(|ledger| view! { <Progress ledger/> }.into_any())}
        {in_turn(move || view! { <Issues ledger=issues filter choose/> }.into_any())}
        {part(|ledger| view! { <Groups ledger/> }.into_any())}
        {part(|ledger| view! { <Files ledger/> }.into_any())}
    }
    .into_any()
}
