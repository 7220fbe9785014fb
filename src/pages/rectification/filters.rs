//! The controls above the list.

use std::sync::Arc;

use contract::rectification::Ledger;
use domain::{
    Lang,
    rectification::{Medium, Source, State},
};
use leptos::prelude::*;
use ui::{Choice, SelectField, lang};

use super::{
    Choose,
    query::{Filter, OVERDUE, Order},
};
use crate::words;

/// Source, medium, unit, state, words and order.
#[component]
pub(super) fn Filters(ledger: Arc<Ledger>, filter: Memo<Filter>, choose: Choose) -> impl IntoView {
    let lang = lang();
    let every = || Choice::new("", words::reports_every(lang));
    let sources = Source::ALL.iter().map(|of| Choice::new(of.key(), of.name(lang)));
    let media = Medium::ALL.iter().map(|of| Choice::new(of.key(), of.name(lang)));
    let units = ledger.units.iter().map(|unit| Choice::new(unit.key.clone(), unit.name.get(lang)));
    let states = State::ALL.iter().map(|of| Choice::new(of.key(), of.name(lang)));
    let overdue = Choice::new(OVERDUE, words::ledger_overdue(lang));
    let orders = Order::ALL.map(|order| Choice::new(order.key(), order_name(order, lang)));
    let with_every = |choices: Vec<Choice>| {
        Signal::stored(std::iter::once(every()).chain(choices).collect::<Vec<_>>())
    };
    let select = move |name: &'static str,
                       label: &'static str,
                       choices: Signal<Vec<Choice>>,
                       value: fn(&Filter) -> String| {
        // Another choice begins at its first page.
        let on_choose = move |value| choose.run(vec![(name, value), ("page", String::new())]);
        let value = Signal::derive(move || filter.with(value));
        view! { <SelectField label choices value on_choose/> }.into_any()
    };
    view! {
        <div class="fields">
            {select("state", words::ledger_state(lang), with_every(states.chain([overdue]).collect()), |f| f.state.clone())}
            {select("source", words::ledger_source(lang), with_every(sources.collect()), |f| f.source.clone())}
            {select("medium", words::ledger_medium(lang), with_every(media.collect()), |f| f.medium.clone())}
            {select("unit", words::ledger_unit_responsible(lang), with_every(units.collect()), |f| f.unit.clone())}
            {select("order", words::ledger_order(lang), Signal::stored(orders.to_vec()), |f| f.order.key().to_owned())}
            <Words filter choose/>
        </div>
    }
    .into_any()
}

fn order_name(order: Order, lang: Lang) -> &'static str {
    match order {
        Order::Number => words::ledger_order_number(lang),
        Order::Found => words::ledger_order_found(lang),
        Order::Due => words::ledger_order_due(lang),
    }
}

/// A word of the title, or a number. Taken when it is complete, for Chinese is composed from many keys.
#[component]
fn Words(filter: Memo<Filter>, choose: Choose) -> impl IntoView {
    let lang = lang();
    let take = move |event| {
        choose.run(vec![("q", event_target_value(&event)), ("page", String::new())]);
    };
    let value = move || filter.with(|filter| filter.text.clone());
    view! {
        <label class="field">
            <span class="field-label">{words::ledger_words(lang)}</span>
            <input type="search" autocomplete="off" enterkeyhint="search" prop:value=value on:change=take/>
        </label>
    }
}
