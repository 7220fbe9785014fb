//! The root component: contexts, router and layout.

use leptos::prelude::*;
use leptos_router::{
    Lazy,
    components::{Route, Router, Routes},
    path,
};
use ui::{Clock, Theme, base::base_path, lang, provide_lang, title::SiteTitle, url_lang};

use crate::{
    components::{Footer, Header, SkipLink, announce_routes},
    live::Live,
    offline::keep_pages,
    pages::{
        AboutPage, AccessibilityPage, AirPage, NotFound, Overview, SectionPage, StationPage,
        WaterPage,
    },
    words,
};

/// The whole portal.
#[component]
pub fn App() -> impl IntoView {
    view! {
        <Router base=base_path()>
            <Layout/>
        </Router>
    }
}

/// Everything inside the router: language and text size come from the URL.
#[component]
fn Layout() -> impl IntoView {
    Clock::provide();
    Theme::provide();
    Live::provide();
    keep_pages();
    let lang = url_lang();
    move || {
        provide_lang(lang.get());
        view! { <Page/> }
    }
}

/// The whole page in one language.
#[component]
fn Page() -> impl IntoView {
    let (lang, live) = (lang(), Live::expect());
    let title = Signal::derive(move || {
        let site =
            live.site.with(|site| site.value.as_ref().map(|site| site.title.get(lang).to_owned()));
        site.unwrap_or_else(|| words::site_name(lang).to_owned())
    });
    provide_context(SiteTitle(title));
    let main = NodeRef::new();
    let announcement = announce_routes(main);
    view! {
        <SkipLink main/>
        <Header/>
        <main id="main" node_ref=main tabindex="-1">
            <Routes fallback=|| view! { <NotFound/> }>
                <Route path=path!("/") view=Overview/>
                <Route path=path!("/air") view={Lazy::<AirPage>::new()}/>
                <Route path=path!("/air/:station") view={Lazy::<StationPage>::new()}/>
                <Route path=path!("/water") view={Lazy::<WaterPage>::new()}/>
                <Route path=path!("/water/:section") view={Lazy::<SectionPage>::new()}/>
                <Route path=path!("/about") view={Lazy::<AboutPage>::new()}/>
                <Route path=path!("/accessibility") view={Lazy::<AccessibilityPage>::new()}/>
            </Routes>
        </main>
        <Footer/>
        <p class="visually-hidden" role="status">{announcement}</p>
    }
}
