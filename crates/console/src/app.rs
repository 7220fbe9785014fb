//! The root component: contexts, layout, and which page stands in it.

use leptos::{
    mount::{mount_to, mount_to_body},
    prelude::*,
};
use ui::{
    Clock, Router, SkipLink, Theme, Title, announce_routes, in_place, lang, later, provide_lang,
    title::SiteTitle, url_lang,
};
use wasm_bindgen::JsCast;

use crate::{
    components::{Dialog, Failed, Frame},
    pages,
    routes::{Page, Place, RecordPage},
    session::{SignedIn, Standing},
    shortcuts::Shortcuts,
    words,
};

/// Puts the console in the place of what the server wrote.
pub fn start() {
    let place = document().get_element_by_id("console").and_then(|found| found.dyn_into().ok());
    match place {
        Some(place) => mount_to::<_, _>(place, App).forget(),
        None => mount_to_body(App),
    }
    if let Some(summary) = document().get_element_by_id("summary") {
        summary.remove();
    }
    if let Some(root) = document().document_element() {
        // Setting an attribute fails only for names that are not XML.
        let _ = root.set_attribute("data-console", "started");
    }
}

/// The whole console; its language comes from the address.
#[component]
pub fn App() -> impl IntoView {
    Clock::provide();
    let router = Router::provide();
    Theme::provide();
    SignedIn::provide();
    let lang = url_lang();
    let following = Memo::new(move |_| router.query().following());
    move || {
        // Read and not only tracked: a memo that nobody has read counts as changed at the first change of what it reads.
        following.with(|_| ());
        provide_lang(lang.get());
        view! { <Layout/> }
    }
}

/// Head and content in one language.
#[component]
fn Layout() -> impl IntoView {
    let (lang, router, signed_in) = (lang(), Router::expect(), SignedIn::expect());
    let shown = RwSignal::new(String::new());
    provide_context(SiteTitle {
        name: Signal::stored(words::console_name(lang).to_owned()),
        shown,
    });
    let main = NodeRef::new();
    let announcement = announce_routes(main, shown);
    let page = Memo::new(move |_| Page::of(&router.path()));
    // A session that was lost keeps its page: what was typed there is worth more than the session.
    let inside = Memo::new(move |_| matches!(signed_in.standing(), Standing::In | Standing::Lost));
    view! {
        <SkipLink main/>
        {move || inside.get().then(|| view! { <Frame/> })}
        <main id="main" node_ref=main tabindex="-1">
            {in_place(move || if inside.get() { content(page.get()) } else { view! { <Outside/> }.into_any() })}
        </main>
        <Renewal/>
        {move || inside.get().then(|| view! { <Shortcuts/> })}
        <p class="visually-hidden" role="status">{announcement}</p>
    }
}

/// What is shown before anybody is signed in.
#[component]
fn Outside() -> impl IntoView {
    let (lang, signed_in) = (lang(), SignedIn::expect());
    move || {
        match signed_in.standing() {
        Standing::Asking => view! { <p role="status">{words::loading(lang)}</p> }.into_any(),
        Standing::Unknown(failure) => view! {
            <h1>{words::console_name(lang)}</h1>
            <Failed failure=Signal::stored(Some(failure)) again=move |()| signed_in.ask()/>
            <p><button type="button" class="button" on:click=move |_| signed_in.ask()>{words::failed_again(lang)}</button></p>
        }
        .into_any(),
        Standing::Out | Standing::In | Standing::Lost => view! { <pages::SignInPage/> }.into_any(),
    }
    }
}

/// Asks for the password again over the page on which the session ended.
#[component]
fn Renewal() -> impl IntoView {
    let (lang, signed_in) = (lang(), SignedIn::expect());
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(signed_in.standing() == Standing::Lost));
    view! {
        <Dialog title=words::renew_title(lang) open can_be_left=false>
            <p>{words::renew_explained(lang)}</p>
            <pages::SignInForm/>
        </Dialog>
    }
}

/// The page itself, if the officer's roles permit it.
fn content(page: Page) -> AnyView {
    let signed_in = SignedIn::expect();
    // The server refuses everything else as long as the password is somebody else's.
    if signed_in.with(|session| session.must_change_password) {
        return view! { <pages::AccountPage/> }.into_any();
    }
    let needed = page.place().and_then(Place::permission);
    if let Some(permission) = needed.filter(|permission| !signed_in.may(*permission)) {
        return view! { <pages::NotPermitted permission/> }.into_any();
    }
    match page {
        Page::Place(place) => place_content(place),
        Page::Case(id) => later(pages::case(id)),
        Page::Record(page) => pages::record(page),
        Page::Content(page) => later(pages::content(Some(page))),
        Page::NotFound => view! { <NotFound/> }.into_any(),
    }
}

/// All but the inbox are fetched when they are first visited.
fn place_content(place: Place) -> AnyView {
    match place {
        Place::Inbox => view! { <pages::InboxPage/> }.into_any(),
        Place::Account => view! { <pages::AccountPage/> }.into_any(),
        Place::Rewards | Place::Ledger => later(pages::rewards(place)),
        Place::Record => pages::record(RecordPage::List),
        Place::Content => later(pages::content(None)),
        place => later(pages::office(place)),
    }
}

#[component]
fn NotFound() -> impl IntoView {
    let lang = lang();
    view! {
        <Title text=words::nothing_here(lang).to_owned()/>
        <h1>{words::nothing_here(lang)}</h1>
    }
}
