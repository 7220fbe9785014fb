//! The index of the last 24 hours; its code is fetched after the numbers are on screen.

use std::sync::Arc;

use leptos::prelude::*;
use ui::{ChartView, lang};

use crate::{components::index_line, live::Live, words};

/// The line of the district's index.
#[lazy]
pub(super) fn last_day() -> AnyView {
    view! { <LastDay/> }.into_any()
}

#[component]
fn LastDay() -> impl IntoView {
    let (lang, live) = (lang(), Live::expect());
    let points = Memo::new(move |_| {
        live.air.with(|air| air.value.as_ref().map(|air| air.last_24h.clone()).unwrap_or_default())
    });
    let picture = Memo::new(move |_| {
        Arc::new(points.with(|points| index_line(points, words::last_24h(lang).to_owned(), lang)))
    });
    view! { <ChartView picture/> }
}
