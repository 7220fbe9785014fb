//! What the pages of stations and sections have in common.

use std::sync::Arc;

use contract::public::{Figure, Station};
use domain::Item;
use leptos::prelude::*;
use ui::{Age, FigureView, Language};

use crate::words;

/// The primary pollutants of an index, or that there is none.
#[component]
pub(crate) fn PrimaryPollutants(
    /// In the order of the standard; empty below 51.
    #[prop(into)]
    items: Signal<Vec<Item>>,
) -> impl IntoView {
    let language = Language::expect();
    let text = move || {
        items.with(|items| match items.as_slice() {
            [] => words::primary_none(language.get()).to_owned(),
            items => {
                let names: Vec<&str> = items.iter().map(|item| item.symbol()).collect();
                words::primary(language.get(), &names.join(", "))
            }
        })
    };
    view! { <span class="primary">{text}</span> }
}

/// Figures side by side; each is replaced in place when a newer one arrives.
#[component]
pub(crate) fn Figures(
    /// The figures in the order to show.
    #[prop(into)]
    figures: Signal<Vec<Figure>>,
    /// Seconds between two values when all is well.
    #[prop(into)]
    expected_interval_s: Signal<u32>,
) -> impl IntoView {
    let series = Memo::new(move |_| {
        figures.with(|figures| {
            figures.iter().map(|figure| (figure.item, figure.averaging)).collect::<Vec<_>>()
        })
    });
    view! {
        <ul class="figures">
            <For each=move || series.get() key=|series| *series children=move |(item, averaging)| {
                let found = move || figures.with(|figures| {
                    figures.iter().find(|figure| figure.item == item && figure.averaging == averaging).cloned()
                });
                // The last known figure stays while its row is being taken away.
                let figure = Memo::new(move |before: Option<&Option<Arc<Figure>>>| {
                    found().map(Arc::new).or_else(|| before.cloned().flatten())
                });
                view! {
                    <li>
                        {move || figure.get().map(|figure| {
                            let figure = Signal::stored((*figure).clone());
                            view! { <FigureView figure expected_interval_s/> }
                        })}
                    </li>
                }
            }/>
        </ul>
    }
}

/// Who runs a station, and how its data arrives.
#[component]
pub(crate) fn StationFacts(
    /// The station.
    #[prop(into)]
    station: Signal<Station>,
) -> impl IntoView {
    let language = Language::expect();
    let ended = Signal::derive(move || station.with(|station| station.status.newest));
    let interval =
        Signal::derive(move || station.with(|station| station.status.expected_interval_s));
    let error = move || {
        let lang = language.get();
        station.with(|station| {
            station.status.last_error.as_ref().map(|error| error.get(lang).to_owned())
        })
    };
    let provenance = move || station.with(|station| station.status.provenance.name(language.get()));
    view! {
        <dl class="facts">
            <div><dt>{move || words::fact_code(language.get())}</dt><dd>{move || station.with(|s| s.code.clone())}</dd></div>
            <div><dt>{move || words::fact_network(language.get())}</dt><dd>{move || station.with(|s| s.network.get(language.get()).to_owned())}</dd></div>
            <div><dt>{move || words::fact_authority(language.get())}</dt><dd>{move || station.with(|s| s.authority.get(language.get()).to_owned())}</dd></div>
            <div><dt>{move || words::fact_provenance(language.get())}</dt><dd>{provenance}</dd></div>
            <div><dt>{move || words::fact_newest(language.get())}</dt><dd><Age ended expected_interval_s=interval/></dd></div>
        </dl>
        {move || error().map(|error| view! { <p class="notice">{error}</p> })}
    }
}
