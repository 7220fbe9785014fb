//! What stands around every page: name, menu, preferences, and who is signed in.

use domain::Lang;
use leptos::prelude::*;
use ui::{Choice, Link, Router, SelectField, Theme, lang, theme::Colours};

use crate::{routes::Place, session::SignedIn, words};

/// The head of every page.
#[component]
pub(crate) fn Frame() -> impl IntoView {
    let lang = lang();
    let signed_in = SignedIn::expect();
    let who = move || signed_in.with(|session| session.display_name.clone());
    let roles = move || {
        let names = |session: &contract::officer::Session| {
            session.roles.iter().map(|role| role.name(lang)).collect::<Vec<_>>().join(" · ")
        };
        signed_in.with(names)
    };
    view! {
        <header class="site-header">
            <div class="console-bar">
                <Link to="" class="site-name">{words::console_name(lang)}</Link>
                <p class="console-who"><strong>{who}</strong>" "<span class="meta">{roles}</span></p>
                <Preferences/>
                <button type="button" class="button" on:click=move |_| signed_in.sign_out()>
                    {words::sign_out(lang)}
                </button>
            </div>
            <div class="console-bar"><Menu/></div>
        </header>
        {move || signed_in.with(|session| session.simulated).then(|| view! {
            <aside class="console-banner" aria-label=words::simulated(lang)><strong>{words::simulated(lang)}</strong>" "{words::simulated_explained(lang)}</aside>
        })}
    }
}

#[component]
fn Menu() -> impl IntoView {
    let (lang, router, signed_in) = (lang(), Router::expect(), SignedIn::expect());
    let item = move |place: Place| {
        let allowed = place.permission().is_none_or(|permission| signed_in.may(permission));
        allowed.then(|| {
            let current = move || place.holds(&router.path()).then_some("page");
            let href = move || router.address_of(place.path());
            view! { <li><a href=href aria-current=current>{place.name(lang)}</a></li> }
        })
    };
    view! {
        <nav class="menu" aria-label=words::menu_label(lang)>
            <ul>{move || Place::ALL.map(item).collect_view()}</ul>
        </nav>
    }
}

/// Language and colours.
#[component]
pub(crate) fn Preferences() -> impl IntoView {
    let (lang, theme, router) = (lang(), Theme::expect(), Router::expect());
    let other = if lang == Lang::Zh { Lang::En } else { Lang::Zh };
    let choices = Colours::ALL.map(|colours| {
        let name = match colours {
            Colours::System => words::theme_system(lang),
            Colours::Light => words::theme_light(lang),
            Colours::Dark => words::theme_dark(lang),
        };
        Choice::new(colours.key(), name)
    });
    view! {
        <div class="preferences">
            <a class="button" href=move || router.here_with(&[("lang", Some(other.tag()))])
                hreflang=other.tag() lang=other.tag()>{words::language_name(other)}</a>
            <SelectField
                label=words::theme_label(lang)
                choices=Signal::stored(choices.to_vec())
                value=Signal::derive(move || theme.colours().key().to_owned())
                on_choose=move |key| theme.choose(Colours::from_key(&key))
            />
        </div>
    }
}
