//! Name, menu, and how the page looks.

use domain::Lang;
use leptos::prelude::*;
use ui::{Choice, Link, Router, SelectField, Theme, in_turn, lang, theme::Colours};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::ConnectionState;
use crate::{live::Live, routes::Place, words};

/// The head of every page.
#[component]
pub(crate) fn Header() -> impl IntoView {
    let (lang, live) = (lang(), Live::expect());
    let title = move || {
        live.site
            .with(|site| site.value.as_ref().map(|site| site.title.get(lang).to_owned()))
            .unwrap_or_else(|| words::site_name(lang).to_owned())
    };
    view! {
        <header class="site-header">
            <div class="site-bar">
                <Link to="" class="site-name"><Mark/>{title}</Link>
                {in_turn(|| view! { <Preferences/> }.into_any())}
            </div>
            <div class="site-bar site-bar-menu">
                {in_turn(|| view! { <Menu/> }.into_any())}
                {in_turn(|| view! { <ConnectionState/> }.into_any())}
            </div>
        </header>
        <SimulatedBanner/>
    }
}

/// The portal's mark: a wave under a sky.
#[component]
fn Mark() -> impl IntoView {
    view! {
        <svg class="site-mark" viewBox="0 0 32 32" aria-hidden="true">
            <circle cx="16" cy="16" r="15" class="site-mark-sky"/>
            <path d="M1.5 19c4-4 7 2 11 0s6-5 10-2 5 3 8 1A15 15 0 0 1 1.5 19z" class="site-mark-water"/>
        </svg>
    }
}

#[component]
fn Menu() -> impl IntoView {
    let (lang, router) = (lang(), Router::expect());
    let items = move || {
        let here = router.path();
        let item = |place: Place| {
            let (name, holds) = place.in_menu(&here, lang);
            let href = router.address_of(place.path());
            view! { <li><a href=href aria-current=holds.then_some("page")>{name}</a></li> }
        };
        Place::MENU.map(item).collect_view()
    };
    view! { <nav class="menu" aria-label=words::nav_label(lang)><ul>{items}</ul></nav> }
}

/// Context: the control that had the focus when its choice made the page be built anew.
#[derive(Clone, Copy)]
pub(crate) struct ComeBack(StoredValue<Option<&'static str>>);

impl ComeBack {
    /// Nothing to come back to yet.
    pub(crate) fn provide() {
        provide_context(Self(StoredValue::new(None)));
    }

    /// Gives the focus back to the control of the same name on the new page.
    fn now(self) {
        let Some(id) = self.0.try_update_value(Option::take).flatten() else { return };
        request_animation_frame(move || {
            let control = document().get_element_by_id(id);
            if let Some(control) =
                control.and_then(|element| element.dyn_into::<HtmlElement>().ok())
            {
                // An element that cannot take the focus leaves it where it was.
                let _ = control.focus();
            }
        });
    }
}

#[component]
fn Preferences() -> impl IntoView {
    let (lang, theme, router) = (lang(), Theme::expect(), Router::expect());
    let come_back = expect_context::<ComeBack>();
    come_back.now();
    let size = move || {
        let (size, name) = if theme.elder() {
            ("normal", words::size_normal(lang))
        } else {
            ("elder", words::size_elder(lang))
        };
        let href = router.here_with(&[("size", Some(size))]);
        let choose = move |_| {
            come_back.0.set_value(Some("choose-size"));
            theme.remember_size(size == "elder");
        };
        view! { <a id="choose-size" class="button" href=href on:click=choose>{name}</a> }
    };
    let other = if lang == Lang::Zh { Lang::En } else { Lang::Zh };
    let tag = Some(other.tag());
    let choices = Colours::ALL
        .map(|colours| Choice::new(colours.key(), colours_name(colours, lang)))
        .to_vec();
    view! {
        <div class="preferences">
            {size}
            <a id="choose-language" class="button" href=move || router.here_with(&[("lang", tag)]) hreflang=other.tag() lang=other.tag()
                on:click=move |_| come_back.0.set_value(Some("choose-language"))>
                {words::language_name(other)}
            </a>
            <SelectField
                label=words::theme_label(lang)
                choices=Signal::stored(choices)
                value=Signal::derive(move || theme.colours().key().to_owned())
                on_choose=move |key| theme.choose(Colours::from_key(&key))
            />
        </div>
    }
}

fn colours_name(colours: Colours, lang: Lang) -> &'static str {
    match colours {
        Colours::System => words::theme_system(lang),
        Colours::Light => words::theme_light(lang),
        Colours::Dark => words::theme_dark(lang),
    }
}

/// Says that numbers are made up, for as long as any is.
#[component]
fn SimulatedBanner() -> impl IntoView {
    let (lang, live) = (lang(), Live::expect());
    let simulated = Memo::new(move |_| {
        live.air.with(|air| air.value.as_ref().is_some_and(|air| air.meta.simulated))
            || live
                .water
                .with(|water| water.value.as_ref().is_some_and(|water| water.meta.simulated))
    });
    move || {
        simulated.get().then(|| {
            view! {
                <aside class="simulated-banner" aria-label=words::simulated(lang)>
                    <strong>{words::simulated(lang)}</strong>
                    {words::simulated_explained(lang)}
                </aside>
            }
        })
    }
}
