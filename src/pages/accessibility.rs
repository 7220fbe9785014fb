//! The accessibility statement.

use leptos::prelude::*;
use ui::{Title, lang};

use crate::{live::Live, words};

/// The accessibility statement.
#[component]
pub(super) fn AccessibilityPage() -> impl IntoView {
    let (lang, live) = (lang(), Live::expect());
    let title = words::nav_accessibility(lang);
    let contact = move || {
        let contact = live
            .site
            .with(|site| site.value.as_ref().map(|site| site.contact.get(lang).to_owned()));
        words::statement_contact(lang, &contact.unwrap_or_default())
    };
    let list = move |sentences: fn(domain::Lang) -> Vec<&'static str>| {
        move || {
            sentences(lang).into_iter().map(|sentence| view! { <li>{sentence}</li> }).collect_view()
        }
    };
    view! {
        <Title text=title/>
        <h1>{title}</h1>
        <section class="card prose">
            <p>{words::statement_aim(lang)}</p>
            <p>{words::statement_date(lang)}</p>
        </section>
        <section class="card prose" aria-labelledby="method">
            <h2 id="method">{words::statement_method_title(lang)}</h2>
            <ul>{list(|lang| vec![words::statement_method_axe(lang), words::statement_method_keyboard(lang), words::statement_method_looked(lang)])}</ul>
        </section>
        <section class="card prose" aria-labelledby="ways">
            <h2 id="ways">{words::statement_ways_title(lang)}</h2>
            <ul>{list(|lang| vec![words::statement_way_elder(lang), words::statement_way_chart(lang), words::statement_way_map(lang), words::statement_way_colour(lang), words::statement_way_motion(lang)])}</ul>
        </section>
        <section class="card prose" aria-labelledby="faults">
            <h2 id="faults">{words::statement_faults_title(lang)}</h2>
            <ul>{list(|lang| vec![words::statement_fault_reader(lang), words::statement_fault_png(lang), words::statement_fault_names(lang)])}</ul>
        </section>
        <section class="card prose" aria-labelledby="help">
            <h2 id="help">{words::statement_help_title(lang)}</h2>
            <p>{contact}</p>
        </section>
    }
}
