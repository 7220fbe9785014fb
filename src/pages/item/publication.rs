//! The district's own publication form, as it is pinned up: title, preamble and four rows.

use std::sync::Arc;

use contract::rectification::Item;
use domain::{Lang, Text};
use leptos::prelude::*;
use ui::{Router, Written, dates, lang};

use crate::{live::Live, words};

/// The form with its preamble; it prints as a sheet of its own.
#[component]
pub(super) fn PublicationForm(item: Arc<Item>) -> impl IntoView {
    let (lang, live, router) = (lang(), Live::expect(), Router::expect());
    let of_site = move |part: fn(&contract::public::Site) -> &Text| {
        live.site.with(|site| {
            site.value.as_ref().map(|site| part(site).get(lang).to_owned()).unwrap_or_default()
        })
    };
    let caption = move || words::publication_title(lang, &of_site(|site| &site.district));
    let number = item.line.number.clone();
    let publisher = item.publisher.get(lang).to_owned();
    let rows = rows(&item, lang);
    // The contact is the site's own and may come later than the issue.
    let preamble = move || {
        let text = preamble(&item, &publisher, &of_site(|site| &site.contact), lang);
        view! { <Written text/> }
    };
    let alone = move || router.here_with(&[("print", Some("1"))]);
    let print = move |_| drop(window().print());
    let is_alone = move || router.parameter("print").is_some();
    view! {
        <section class="card publication" aria-labelledby="item-publication">
            <h2 id="item-publication">{words::publication(lang)}</h2>
            <p class="publication-preamble">{preamble}</p>
            <table class="table publication-table">
                <caption>{caption}</caption>
                <tbody>{rows}</tbody>
            </table>
            <p class="meta">{words::publication_number(lang, &number)}</p>
            <p class="no-print button-row">
                <Show when=is_alone fallback=move || view! { <a class="button" href=alone>{words::publication_alone(lang)}</a> }>
                    <button type="button" class="button button-main" on:click=print>{words::publication_print(lang)}</button>
                </Show>
            </p>
        </section>
    }
    .into_any()
}

/// Who publishes it, for how long, and how to object.
fn preamble(item: &Item, publisher: &str, contact: &str, lang: Lang) -> String {
    match &item.publicity {
        Some(publicity) => words::publication_preamble(
            lang,
            &publisher,
            &dates::day(publicity.from, lang),
            &dates::day(publicity.until, lang),
            &contact,
        ),
        None => words::publication_not_yet(lang, &publisher),
    }
}

/// The four rows of the form, under the names that the district prints.
fn rows(item: &Item, lang: Lang) -> AnyView {
    let unit = item.unit.as_ref().map(|unit| unit.get(lang).to_owned());
    let parts = [item.measures.as_deref(), item.result.as_deref()];
    let measures: Vec<&str> = parts.into_iter().flatten().collect();
    let measures = (!measures.is_empty()).then(|| measures.join("\n"));
    let rows = [
        (words::publication_task(lang), Some(item.task.clone())),
        (words::publication_unit(lang), unit),
        (words::publication_goal(lang), item.goal.clone()),
        (words::publication_measures(lang), measures),
    ];
    let row = |(name, text): (&'static str, Option<String>)| {
        let text = text.unwrap_or_else(|| words::publication_blank(lang).to_owned());
        view! { <tr><th scope="row">{name}</th><td class="written"><Written text/></td></tr> }
    };
    rows.map(row).collect_view().into_any()
}
