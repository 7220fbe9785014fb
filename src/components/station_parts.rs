//! What the pages of stations and sections have in common.

use contract::public::{Figure, Station};
use domain::{Averaging, Item};
use leptos::prelude::*;
use ui::{Age, FigureView, Router, lang};

use crate::{routes::Place, words};

/// The primary pollutants of an index, or that there is none.
#[component]
pub(crate) fn PrimaryPollutants(
    /// In the order of the standard; empty below 51.
    items: Vec<Item>,
) -> impl IntoView {
    let text = match items.as_slice() {
        [] => words::primary_none(lang()).to_owned(),
        items => {
            let names: Vec<&str> = items.iter().map(|item| item.symbol()).collect();
            words::primary(lang(), &names.join(", "))
        }
    };
    view! { <span class="primary">{text}</span> }
}

/// One card per item; a newer figure replaces the text of its own card.
#[component]
pub(crate) fn Figures(
    /// The newest figure of every series, in the order to show.
    #[prop(into)]
    figures: Signal<Vec<Figure>>,
    /// Seconds between two values when all is well.
    #[prop(into)]
    expected_interval_s: Signal<u32>,
) -> impl IntoView {
    let cards = move || {
        let expected_interval_s = expected_interval_s.get();
        let card =
            |(figure, moment)| view! { <li><FigureView figure moment expected_interval_s/></li> };
        grouped(figures.get()).into_iter().map(card).collect_view()
    };
    view! { <ul class="figures">{cards}</ul> }
}

/// The figure that stands for each item, and the newest sample of the same item where there is one.
fn grouped(figures: Vec<Figure>) -> Vec<(Figure, Option<Figure>)> {
    const BEST_FIRST: [Averaging; 4] =
        [Averaging::Hour, Averaging::Day, Averaging::Instant, Averaging::Minute];
    let mut items: Vec<Item> = vec![];
    for figure in &figures {
        if !items.contains(&figure.item) {
            items.push(figure.item);
        }
    }
    let of = |item: Item, averaging: Averaging| {
        figures.iter().find(|figure| figure.item == item && figure.averaging == averaging)
    };
    items
        .into_iter()
        .filter_map(|item| {
            let any = || figures.iter().find(|figure| figure.item == item);
            let main =
                BEST_FIRST.into_iter().find_map(|averaging| of(item, averaging)).or_else(any)?;
            let moment = of(item, Averaging::Instant).filter(|moment| *moment != main);
            Some((main.clone(), moment.cloned()))
        })
        .collect()
}

/// Who runs a station, and how its data arrives.
#[component]
pub(crate) fn StationFacts(
    /// The station.
    station: Station,
) -> impl IntoView {
    let lang = lang();
    let (status, code) = (station.status, station.code.clone());
    let fact =
        |name: &'static str, text: String| view! { <div><dt>{name}</dt><dd>{text}</dd></div> };
    let error =
        status.last_error.map(|error| view! { <p class="notice">{error.get(lang).to_owned()}</p> });
    view! {
        <dl class="facts">
            {fact(words::fact_code(lang), station.code)}
            {fact(words::fact_network(lang), station.network.get(lang).to_owned())}
            {fact(words::fact_authority(lang), station.authority.get(lang).to_owned())}
            {fact(words::fact_provenance(lang), status.provenance.name(lang).to_owned())}
            <div>
                <dt>{words::fact_newest(lang)}</dt>
                <dd><Age ended=status.newest expected_interval_s=status.expected_interval_s/></dd>
            </div>
        </dl>
        {error}
        <ReportHere code/>
    }
}

/// The way to the form with this place filled in.
#[component]
fn ReportHere(code: String) -> impl IntoView {
    let parameters = [("station", Some(code.as_str()))];
    let href = untrack(|| Router::expect().address_with(Place::Report.path(), &parameters));
    view! { <p><a class="button" href=href>{words::report_from_here(lang())}</a></p> }
}

#[cfg(test)]
mod tests {
    use domain::{DeviceFlag, Period, Provenance, QcFlags, Quantity, freshness::Freshness};

    use super::*;

    fn figure(item: Item, averaging: Averaging, value: i32) -> Figure {
        Figure {
            item,
            value: Some(Quantity::from_integer(value)),
            unit: item.unit().into(),
            averaging,
            period: Period::hour(jiff::Timestamp::UNIX_EPOCH),
            flag: DeviceFlag::Normal,
            quality: QcFlags::NONE,
            provenance: Provenance::Measured,
            received: jiff::Timestamp::UNIX_EPOCH,
            freshness: Freshness::Fresh,
        }
    }

    #[test]
    fn an_items_hour_stands_for_it_and_its_newest_sample_beside() {
        let grouped = grouped(vec![
            figure(Item::Pm25, Averaging::Instant, 1),
            figure(Item::Pm25, Averaging::Minute, 2),
            figure(Item::Pm25, Averaging::Hour, 3),
            figure(Item::Ph, Averaging::Instant, 4),
        ]);
        assert_eq!(grouped.len(), 2);
        assert_eq!(grouped[0].0.averaging, Averaging::Hour);
        assert_eq!(grouped[0].1.as_ref().map(|moment| moment.averaging), Some(Averaging::Instant));
        assert_eq!((grouped[1].0.item, grouped[1].1.is_none()), (Item::Ph, true));
    }
}
