//! How numbers come about, whose they are, and how well they arrive.

mod feeds;

use domain::{DeviceFlag, Lang, QcFlags};
use leptos::prelude::*;
use ui::{Title, lang};

use self::feeds::FeedTable;
use crate::{live::Live, words};

/// Methods, sources and feeds.
#[component]
pub(super) fn AboutPage() -> impl IntoView {
    let lang = lang();
    let title = words::nav_about(lang);
    view! {
        <Title text=title/>
        <h1>{title}</h1>
        <Publisher/>
        <Methods/>
        <Editions/>
        <Sources/>
        <Marks/>
        <FeedTable/>
    }
}

#[component]
fn Publisher() -> impl IntoView {
    let (lang, live) = (lang(), Live::expect());
    let who = move || {
        live.site.with(|site| {
            site.value.as_ref().map(|site| {
                let meta = &site.meta;
                words::publisher_sentence(
                    lang,
                    &meta.publisher.get(lang),
                    &site.contact.get(lang),
                    &meta.licence.get(lang),
                )
            })
        })
    };
    view! {
        <section class="card prose" aria-labelledby="publisher">
            <h2 id="publisher">{words::publisher_title(lang)}</h2>
            <p>{who}</p>
            <p>{words::publisher_index(lang)}</p>
        </section>
    }
}

#[component]
fn Methods() -> impl IntoView {
    let lang = lang();
    let sentences = move || {
        [
            words::method_hour(lang),
            words::method_index(lang),
            words::method_district(lang),
            words::method_missing(lang),
            words::method_days(lang),
            words::method_other_rulers(lang),
            words::method_water(lang),
            words::method_automatic(lang),
            words::method_time(lang),
        ]
        .map(|sentence| view! { <li>{sentence}</li> })
        .collect_view()
    };
    view! {
        <section class="card prose" aria-labelledby="methods">
            <h2 id="methods">{words::methods_title(lang)}</h2>
            <ul>{sentences}</ul>
        </section>
    }
}

/// Title of a standard, what it rules here, and since when.
fn editions(lang: Lang) -> [(&'static str, &'static str, &'static str); 8] {
    [
        ("HJ 633-2026", words::edition_index(lang), words::since_2026_03_01(lang)),
        ("HJ 633-2012", words::edition_index(lang), words::until_2026_02_28(lang)),
        ("GB 3095-2026", words::edition_limits_air(lang), words::since_2026_03_01_transition(lang)),
        ("GB 3095-2012", words::edition_limits_air(lang), words::until_2026_02_28(lang)),
        ("GB 3838-2002", words::edition_water(lang), words::since_2002_06_01(lang)),
        ("EPA-454/B-24-002", words::edition_comparison(lang), "2024-05"),
        ("EAQI 2024", words::edition_comparison(lang), "2024"),
        ("WHO AQG 2021", words::edition_comparison(lang), "2021"),
    ]
}

#[component]
fn Editions() -> impl IntoView {
    let lang = lang();
    let rows = move || {
        let row = |(title, what, since)| view! { <tr><th scope="row">{title}</th><td>{what}</td><td>{since}</td></tr> };
        editions(lang).map(row).collect_view()
    };
    view! {
        <section class="card" aria-labelledby="editions">
            <h2 id="editions">{words::editions_title(lang)}</h2>
            <div class="table-scroll" tabindex="0" role="group" aria-labelledby="editions">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{words::column_standard(lang)}</th>
                            <th scope="col">{words::column_use(lang)}</th>
                            <th scope="col">{words::column_in_force(lang)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}

#[component]
fn Sources() -> impl IntoView {
    let (lang, live) = (lang(), Live::expect());
    let entries = move || {
        let sources = live
            .site
            .with(|site| site.value.as_ref().map(|site| site.sources.clone()).unwrap_or_default());
        let entry = |source: contract::public::SourceNote| {
            let text =
                words::source_sentence(lang, &source.owner.get(lang), &source.licence.get(lang));
            view! { <li><strong>{source.name.get(lang).to_owned()}</strong> " " {text}</li> }
        };
        sources.into_iter().map(entry).collect_view()
    };
    view! {
        <section class="card prose" aria-labelledby="sources">
            <h2 id="sources">{words::sources_title(lang)}</h2>
            <ul>{entries}</ul>
        </section>
    }
}

/// The marks of instruments and of our checks, and what each does to a value.
#[component]
fn Marks() -> impl IntoView {
    let lang = lang();
    let instrument = move || {
        let entry = |flag: &DeviceFlag| {
            let effect = match (flag.enters_means(), flag.may_be_shown()) {
                (true, _) => words::mark_counts(lang),
                (false, true) => words::mark_shown_only(lang),
                (false, false) => words::mark_excluded(lang),
            };
            view! { <li><span class="mark">{flag.name(lang)}</span> " " {effect}</li> }
        };
        DeviceFlag::ALL.iter().map(entry).collect_view()
    };
    let ours = move || {
        let entry = |(flag, _, zh, en): &(QcFlags, &str, &'static str, &'static str)| {
            let effect =
                if flag.excludes() { words::mark_excluded(lang) } else { words::mark_shown(lang) };
            view! { <li><span class="mark">{lang.pick(zh, en)}</span> " " {effect}</li> }
        };
        QcFlags::ALL.iter().map(entry).collect_view()
    };
    view! {
        <section class="card" aria-labelledby="marks">
            <h2 id="marks">{words::marks_title(lang)}</h2>
            <p>{words::marks_intro(lang)}</p>
            <div class="columns">
                <div class="stack"><h3>{words::marks_instrument(lang)}</h3><ul class="marks">{instrument}</ul></div>
                <div class="stack"><h3>{words::marks_ours(lang)}</h3><ul class="marks">{ours}</ul></div>
            </div>
        </section>
    }
}
