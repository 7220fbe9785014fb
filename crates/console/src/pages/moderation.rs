//! What waits for a look before it may be public, the oldest first.

use contract::officer::Inbox;
use leptos::prelude::*;
use ui::{Router, Title, lang};

use crate::{
    components::{CaseTable, Failed, Pager},
    fetched::fetched,
    words,
};

/// The page.
#[component]
pub(crate) fn ModerationPage() -> impl IntoView {
    let (lang, router) = (lang(), Router::expect());
    let queue = fetched::<Inbox>(Signal::derive(move || {
        let page = router.parameter("page");
        let query: ui::Query = page.iter().map(|page| ("page", page.as_str())).collect();
        format!("moderation{query}")
    }));
    let cases = Signal::derive(move || {
        queue
            .value
            .with(|queue| queue.as_ref().map(|queue| queue.cases.clone()))
            .unwrap_or_default()
    });
    let total = Signal::derive(move || {
        queue.value.with(|queue| queue.as_ref().map_or(0, |queue| queue.total))
    });
    let page = Signal::derive(move || {
        queue.value.with(|queue| queue.as_ref().map_or(1, |queue| queue.page))
    });
    let size = Signal::derive(move || {
        queue.value.with(|queue| queue.as_ref().map_or(1, |queue| queue.page_size))
    });
    let come = queue.has_come();
    let summary = move || match (come.get(), total.get()) {
        (false, _) => words::loading(lang).to_owned(),
        (true, 0) => words::moderation_empty(lang).to_owned(),
        (true, total) => words::moderation_summary(lang, &total),
    };
    view! {
        <Title text=words::place_moderation(lang).to_owned()/>
        <h1>{words::place_moderation(lang)}</h1>
        <p>{words::moderation_explained(lang)}</p>
        <Failed failure=queue.failure again=move |()| queue.again()/>
        <p role="status">{summary}</p>
        <CaseTable cases caption=words::place_moderation(lang)/>
        <Pager total page page_size=size/>
    }
}
