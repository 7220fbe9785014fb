//! The ledger for other programs, and how anyone can check it.

use std::sync::Arc;

use contract::{paths, rectification::Ledger};
use leptos::prelude::*;
use ui::{dates, lang};

use super::query::as_of;
use crate::words;

/// Events in one file of the log, as the server gives them.
const EVENTS: u64 = 5_000;

/// The list, the events as they were hashed, and where the chain ends.
#[component]
pub(super) fn Files(ledger: Arc<Ledger>) -> impl IntoView {
    let lang = lang();
    let day = dates::iso_day(ledger.statistics.as_of);
    let csv = as_of(paths::RECTIFICATION_CSV, &day, Some(lang));
    let json = as_of(paths::RECTIFICATION, &day, None);
    let count = ledger.head.count;
    let parts = (0..count.div_ceil(EVENTS)).map(|part| {
        let after = part * EVENTS;
        let href = format!("{}?after={after}", paths::RECTIFICATION_EVENTS);
        let name = words::ledger_events(lang, &(after + 1), &(after + EVENTS).min(count));
        view! { <li><a href=href rel="external">{name}</a></li> }
    });
    view! {
        <section class="card" aria-labelledby="ledger-files">
            <h2 id="ledger-files">{words::ledger_files(lang)}</h2>
            <p>{words::ledger_files_about(lang)}</p>
            <ul class="inline-list">
                <li><a href=csv rel="external">{words::ledger_csv(lang)}</a></li>
                <li><a href=json rel="external">{words::ledger_json(lang)}</a></li>
                <li><a href=paths::RECTIFICATION_HEADS rel="external">{words::ledger_heads(lang)}</a></li>
                {parts.collect_view()}
            </ul>
            <p class="meta">{words::ledger_head(lang, &count)} " " <code class="hash">{ledger.head.hash.clone()}</code></p>
        </section>
    }
    .into_any()
}
