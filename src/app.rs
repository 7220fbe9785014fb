//! The root component: contexts, layout, and which page stands in it.

use leptos::prelude::*;
use ui::{
    Clock, Router, SkipLink, Theme, announce_routes, in_place, in_turn, lang, later, provide_lang,
    title::SiteTitle, turn::work_in_turn, url_lang,
};

use crate::{
    background,
    components::{ComeBack, Footer, Header},
    live::Live,
    pages::{self, NotFound, Overview},
    routes::{Page, Place},
    words,
};

/// The whole portal; language and text size come from the address.
#[component]
pub fn App() -> impl IntoView {
    let clock = Clock::provide();
    let router = Router::provide();
    Theme::provide();
    ComeBack::provide();
    let lang = url_lang();
    let following = Memo::new(move |_| router.query().following());
    let page = move || {
        // Read and not only tracked: a memo that nobody has read counts as changed at the first change of what it reads.
        following.with(|_| ());
        provide_lang(lang.get());
        view! { <Layout/> }
    };
    in_turn(move || {
        let live = Live::provide();
        work_in_turn(move || background::start(live, clock));
        in_turn(move || page.into_any())
    })
}

/// Head, content and foot in one language.
#[component]
fn Layout() -> impl IntoView {
    let (lang, live, router) = (lang(), Live::expect(), Router::expect());
    let name = Signal::derive(move || {
        let site =
            live.site.with(|site| site.value.as_ref().map(|site| site.title.get(lang).to_owned()));
        site.unwrap_or_else(|| words::site_name(lang).to_owned())
    });
    let shown = RwSignal::new(String::new());
    provide_context(SiteTitle { name, shown });
    let page = Memo::new(move |_| Page::of(&router.path()));
    let main = NodeRef::new();
    let announcement = announce_routes(main, shown);
    view! {
        <SkipLink main/>
        {in_turn(|| view! { <Header/> }.into_any())}
        <main id="main" node_ref=main tabindex="-1">{in_turn(move || in_place(move || content(page.get())).into_any())}</main>
        {in_turn(|| view! { <Footer/> }.into_any())}
        <p class="visually-hidden" role="status">{announcement}</p>
    }
}

/// The page itself; all but the first are fetched when they are first visited.
fn content(page: Page) -> AnyView {
    match page {
        Page::Place(Place::Overview) => view! { <Overview/> }.into_any(),
        Page::Place(Place::Air) => later(pages::air(None)),
        Page::Place(Place::Water) => later(pages::water(None)),
        Page::Place(Place::Report) => later(pages::report()),
        Page::Place(Place::Reports) => later(pages::reports(None)),
        Page::Place(Place::Track) => later(pages::track()),
        Page::Place(Place::About) => later(pages::about()),
        Page::Place(Place::Accessibility) => later(pages::accessibility()),
        Page::Station(code) => later(pages::air(Some(code))),
        Page::Section(code) => later(pages::water(Some(code))),
        Page::Report(number) => later(pages::reports(Some(number))),
        Page::Place(Place::Rectification) => later(pages::ledger()),
        Page::Place(Place::Green) => later(pages::green()),
        Page::Place(Place::Scorecard) => later(pages::scorecard()),
        Page::Place(Place::Programmes) => later(pages::programmes(None)),
        Page::Item(number) => later(pages::item(number)),
        Page::Programme(slug) => later(pages::programmes(Some(slug))),
        Page::NotFound => view! { <NotFound/> }.into_any(),
    }
}
