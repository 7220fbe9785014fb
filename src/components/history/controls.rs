//! What of a history is shown; every choice changes the URL and nothing else.

use contract::public::{Station, Step};
use leptos::prelude::*;
use ui::{Choice, DateField, Router, SelectField, Visit, dates, lang};

use super::{
    query::{Kind, MOST_LINES, Preset, Query},
    to_chart::{item_name, step_name},
};
use crate::words;

/// Goes to the present page with some parameters changed, without a new history entry.
pub(crate) fn use_choose() -> impl Fn(&[(&str, Option<&str>)]) + Copy + 'static {
    let router = Router::expect();
    move |changes: &[(&str, Option<&str>)]| {
        router.go(&untrack(|| router.here_with(changes)), Visit::Replace);
    }
}

/// Item, range, step, days, other stations, the year before.
#[component]
pub(super) fn Controls(
    kind: Kind,
    query: Memo<Query>,
    own: Signal<Option<String>>,
    stations: Signal<Vec<Station>>,
    codes: Memo<Vec<String>>,
) -> impl IntoView {
    view! {
        <div class="fields">
            <ItemAndStep kind query/>
            <Days query/>
        </div>
        <Presets query/>
        <Others query own stations codes/>
    }
}

#[component]
fn ItemAndStep(kind: Kind, query: Memo<Query>) -> impl IntoView {
    let lang = lang();
    let items = Signal::derive(move || {
        let choice = |item: &Option<domain::Item>| {
            Choice::new(item.map_or("aqi", domain::Item::key), item_name(*item, lang))
        };
        kind.items().iter().map(choice).collect::<Vec<_>>()
    });
    let steps = Signal::derive(move || {
        let choice = |step: Step| Choice::new(step.key(), step_name(step, lang));
        query.with(|query| query.steps(kind)).into_iter().map(choice).collect::<Vec<_>>()
    });
    let (choose_item, choose_step) = (use_choose(), use_choose());
    view! {
        <SelectField
            label=words::choose_item(lang)
            choices=items
            value=Signal::derive(move || query.with(Query::item_key).to_owned())
            on_choose=move |item| choose_item(&[("item", Some(&item))])
        />
        <SelectField
            label=words::choose_step(lang)
            choices=steps
            value=Signal::derive(move || query.with(|query| query.step.key()).to_owned())
            on_choose=move |step| choose_step(&[("step", Some(&step))])
        />
    }
}

/// The two dates, which do by keyboard what the brush does by pointer.
#[component]
fn Days(query: Memo<Query>) -> impl IntoView {
    let lang = lang();
    let (choose_from, choose_to) = (use_choose(), use_choose());
    let from = Signal::derive(move || query.with(|query| dates::iso_day(query.from)));
    let to = Signal::derive(move || query.with(|query| dates::iso_day(query.to)));
    view! {
        <DateField
            label=words::choose_from(lang)
            value=from
            on_choose=move |day| choose_from(&[("from", Some(&day)), ("to", Some(&to.get_untracked())), ("range", None), ("step", None)])
        />
        <DateField
            label=words::choose_to(lang)
            value=to
            on_choose=move |day| choose_to(&[("to", Some(&day)), ("from", Some(&from.get_untracked())), ("range", None), ("step", None)])
        />
    }
}

#[component]
fn Presets(query: Memo<Query>) -> impl IntoView {
    let lang = lang();
    let button = move |preset: Preset| {
        let choose = use_choose();
        let chosen =
            move || if query.with(|query| query.preset == Some(preset)) { "true" } else { "false" };
        let press = move |_| {
            choose(&[("range", Some(preset.key())), ("from", None), ("to", None), ("step", None)])
        };
        view! {
            <button type="button" class="button" aria-pressed=chosen on:click=press>
                {move || preset_name(preset, lang)}
            </button>
        }
    };
    view! {
        <div class="button-row" role="group" aria-label=words::choose_range(lang)>
            {Preset::ALL.map(button).collect_view()}
        </div>
    }
}

fn preset_name(preset: Preset, lang: domain::Lang) -> &'static str {
    match preset {
        Preset::Day => words::range_day(lang),
        Preset::Week => words::range_week(lang),
        Preset::Month => words::range_month(lang),
        Preset::Year => words::range_year(lang),
        Preset::ThreeYears => words::range_three_years(lang),
    }
}

/// The other stations to draw beside, and the year before.
#[component]
fn Others(
    query: Memo<Query>,
    own: Signal<Option<String>>,
    stations: Signal<Vec<Station>>,
    codes: Memo<Vec<String>>,
) -> impl IntoView {
    let lang = lang();
    let choose_year = use_choose();
    let others = move || {
        let own = own.get();
        let mut list = stations.get();
        list.retain(|station| Some(&station.code) != own.as_ref());
        list.into_iter()
            .map(|station| view! { <Other station own=own.clone() codes/> })
            .collect_view()
    };
    let year =
        move |event| choose_year(&[("compare", event_target_checked(&event).then_some("year"))]);
    view! {
        <fieldset class="compare">
            <legend class="field-label">{words::compare_with(lang)}</legend>
            <div class="fields">
                {others}
                <label class="check">
                    <input type="checkbox" prop:checked=move || query.with(|query| query.year_before) on:change=year/>
                    {words::compare_year(lang)}
                </label>
            </div>
        </fieldset>
    }
}

#[component]
fn Other(station: Station, own: Option<String>, codes: Memo<Vec<String>>) -> impl IntoView {
    let (lang, choose) = (lang(), use_choose());
    let code = StoredValue::new(station.code);
    let chosen = move || codes.with(|codes| codes.contains(&code.get_value()));
    let full = move || !chosen() && codes.with(|codes| codes.len() >= MOST_LINES);
    let change = move |event| {
        let code = code.get_value();
        let mut with = codes.get_untracked();
        with.retain(|known| *known != code && Some(known) != own.as_ref());
        if event_target_checked(&event) {
            with.push(code);
        }
        let list = with.join(",");
        choose(&[("with", (!list.is_empty()).then_some(list.as_str()))]);
    };
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=chosen disabled=full on:change=change/>
            {move || station.name.get(lang).to_owned()}
        </label>
    }
}
