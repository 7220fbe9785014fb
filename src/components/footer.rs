//! Who runs the site, the marks a government site carries, and the site map.

use contract::public::{FooterMark, Site};
use domain::Lang;
use leptos::prelude::*;
use ui::{Chunk, Link, in_turn, lang, later};

use crate::{live::Live, routes::Place, words};

/// The foot of every page; what is in it is fetched after the page itself.
#[component]
pub(crate) fn Footer() -> impl IntoView {
    view! { <footer class="site-footer">{later(inside())}</footer> }
}

/// Publisher, marks and site map.
#[leptos::wasm_split::wasm_split(footer, wasm_split_path = ::leptos::wasm_split, fallible)]
fn inside() -> Chunk {
    Ok(in_turn(|| view! { <Inside/> }.into_any()))
}

#[component]
fn Inside() -> impl IntoView {
    let (lang, live) = (lang(), Live::expect());
    let facts = move || live.site.with(|site| site.value.as_ref().map(|site| facts(site, lang)));
    let entry = move |place: Place| {
        view! { <li><Link to=place.path()>{place.name(lang)}</Link></li> }
    };
    view! {
        {facts}
        <nav class="site-map" aria-label=words::site_map(lang)>
            <h2>{words::site_map(lang)}</h2>
            <ul>
                {Place::ALL.map(entry).collect_view()}
                // Made by the server: not a page of this program.
                <li><a href=format!("data?lang={}", lang.tag()) rel="external">{words::nav_data(lang)}</a></li>
            </ul>
        </nav>
    }
}

fn facts(site: &Site, lang: Lang) -> impl IntoView + use<> {
    let marks = site.footer.iter().map(|mark| footer_mark(mark, lang)).collect_view();
    view! {
        <div class="site-facts">
            <p class="site-publisher">{site.meta.publisher.get(lang).to_owned()}</p>
            <p>{words::contact(lang)} " " {site.contact.get(lang).to_owned()}</p>
            <ul class="site-marks">{marks}</ul>
        </div>
    }
}

/// One identifier; a placeholder says that it is missing, which only the demonstration shows.
fn footer_mark(mark: &FooterMark, lang: Lang) -> impl IntoView + use<> {
    let label = mark.label.get(lang).to_owned();
    let value = match mark.value.as_str() {
        "" => view! { <span class="placeholder">{words::not_configured(lang)}</span> }.into_any(),
        value => value.to_owned().into_any(),
    };
    let content = view! { <span class="site-mark-label">{label}</span> " " {value} };
    match mark.href.clone().filter(|href| is_web(href)) {
        Some(href) => view! { <li><a href=href rel="external">{content}</a></li> }.into_any(),
        None => view! { <li>{content}</li> }.into_any(),
    }
}

/// Configuration may name a web page or a page of this site, never a script.
fn is_web(href: &str) -> bool {
    href.starts_with("https://")
        || href.starts_with("http://")
        || href.split(['/', '?', '#']).next().is_some_and(|first| !first.contains(':'))
}

#[cfg(test)]
mod tests {
    use super::is_web;

    #[test]
    fn a_mark_leads_to_a_page_and_never_runs_a_script() {
        assert!(is_web("https://beian.miit.gov.cn/") && is_web("jiucuo.html?site_code=1"));
        assert!(!is_web("javascript:alert(1)") && !is_web("data:text/html,x"));
    }
}
