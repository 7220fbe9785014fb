//! The index of the last 24 hours.

use std::sync::Arc;

use leptos::prelude::*;
use ui::{ChartView, lang};

use crate::{components::index_line, live::Live, words};

/// The line of the district's index.
#[component]
pub(super) fn LastDay() -> impl IntoView {
    let (lang, live) = (lang(), Live::expect());
    let points = Memo::new(move |_| {
        live.air.with(|air| air.value.as_ref().map(|air| air.last_24h.clone()).unwrap_or_default())
    });
    let picture = Memo::new(move |_| {
        Arc::new(points.with(|points| index_line(points, words::last_24h(lang).to_owned(), lang)))
    });
    view! {
        <section class="card last-day" aria-labelledby="last-day">
            <h2 id="last-day">{words::last_24h(lang)}</h2>
            <ChartView picture/>
        </section>
    }
}
