//! The accessibility statement.

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use ui::{Language, Title};

use crate::{live::Live, words};

/// The accessibility statement; its code is fetched when the route is first visited.
pub(crate) struct AccessibilityPage;

#[lazy_route]
impl LazyRoute for AccessibilityPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <Statement/> }.into_any()
    }
}

#[component]
fn Statement() -> impl IntoView {
    let (language, live) = (Language::expect(), Live::expect());
    let title = Signal::derive(move || words::nav_accessibility(language.get()).to_owned());
    let contact = move || {
        let lang = language.get();
        let contact = live
            .site
            .with(|site| site.value.as_ref().map(|site| site.contact.get(lang).to_owned()));
        words::statement_contact(lang, &contact.unwrap_or_default())
    };
    let list = move |sentences: fn(domain::Lang) -> Vec<&'static str>| {
        move || {
            sentences(language.get())
                .into_iter()
                .map(|sentence| view! { <li>{sentence}</li> })
                .collect_view()
        }
    };
    view! {
        <Title text=title/>
        <h1>{title}</h1>
        <section class="card prose">
            <p>{move || words::statement_aim(language.get())}</p>
            <p>{move || words::statement_date(language.get())}</p>
        </section>
        <section class="card prose" aria-labelledby="method">
            <h2 id="method">{move || words::statement_method_title(language.get())}</h2>
            <ul>{list(|lang| vec![words::statement_method_axe(lang), words::statement_method_keyboard(lang), words::statement_method_looked(lang)])}</ul>
        </section>
        <section class="card prose" aria-labelledby="ways">
            <h2 id="ways">{move || words::statement_ways_title(language.get())}</h2>
            <ul>{list(|lang| vec![words::statement_way_elder(lang), words::statement_way_chart(lang), words::statement_way_map(lang), words::statement_way_colour(lang), words::statement_way_motion(lang)])}</ul>
        </section>
        <section class="card prose" aria-labelledby="faults">
            <h2 id="faults">{move || words::statement_faults_title(language.get())}</h2>
            <ul>{list(|lang| vec![words::statement_fault_reader(lang), words::statement_fault_png(lang), words::statement_fault_names(lang)])}</ul>
        </section>
        <section class="card prose" aria-labelledby="help">
            <h2 id="help">{move || words::statement_help_title(language.get())}</h2>
            <p>{contact}</p>
        </section>
    }
}
