//! Reports of the same problem: linked ones, and those that may be.

use contract::officer::CaseLink;
use domain::{Lang, report::ActionKind};
use leptos::prelude::*;
use ui::{Link, dates, lang};

use super::OpenCase;
use crate::{
    components::{Failed, StateBadge, shown_number},
    fetched::Sending,
    routes, words,
};

/// Linked and similar cases.
#[component]
pub(super) fn Links() -> impl IntoView {
    let (lang, open, sending) = (lang(), OpenCase::expect(), Sending::new());
    let linked = move || {
        let links = open.case.with(|case| case.links.clone());
        rows(links, &[ActionKind::Unlink], words::links_none(lang), sending)
    };
    let similar = move || {
        let similar = open.case.with(|case| case.similar.clone());
        let kinds = [ActionKind::Link, ActionKind::Merge];
        rows(similar, &kinds, words::similar_none(lang), sending)
    };
    view! {
        <section class="card" aria-label=words::links_title(lang)>
            <h2>{words::links_title(lang)}</h2>
            {linked}
            <h3>{words::similar_title(lang)}</h3>
            <p class="meta">{words::similar_explained(lang)}</p>
            {similar}
            <Failed failure=sending.failure again=move |()| open.look_again()/>
        </section>
    }
}

fn rows(
    links: Vec<CaseLink>,
    kinds: &[ActionKind],
    none: &'static str,
    sending: Sending,
) -> AnyView {
    let lang = lang();
    if links.is_empty() {
        return view! { <p class="meta">{none}</p> }.into_any();
    }
    let items = links.into_iter().map(|link| row(link, kinds, sending, lang)).collect_view();
    view! { <ul class="case-links">{items}</ul> }.into_any()
}

fn row(
    link: CaseLink,
    kinds: &[ActionKind],
    sending: Sending,
    lang: Lang,
) -> impl IntoView + use<> {
    let open = OpenCase::expect();
    let id = link.line.public_id.clone();
    let number = shown_number(&id);
    let (kind_name, marks) = (link.line.category_name.get(lang).to_owned(), nearness(&link, lang));
    let buttons = kinds.iter().map(|kind| {
        let (kind, other) = (*kind, id.clone());
        let refusal = open.refusal(kind).map(|why| why.get(lang).to_owned());
        let act = move |_| {
            let mut act = open.wish(kind);
            act.other = Some(other.clone());
            open.act(sending, act, || ());
        };
        let name = words::links_do(lang, &kind.name(lang), &number);
        view! {
            <button type="button" class="button" aria-label=name title=refusal.clone()
                disabled=refusal.is_some() on:click=act>{kind.name(lang)}</button>
        }
    });
    let buttons = buttons.collect_view();
    view! {
        <li>
            <Link to=routes::case(&id) class="case-link">
                <span class="case-number">{number.clone()}</span>" "{kind_name}
            </Link>
            <span class="case-excerpt">{link.line.excerpt.clone()}</span>
            <span class="case-marks">
                <StateBadge state=link.line.state finding=link.line.finding/>
                <span class="case-mark">{dates::day_and_clock(link.line.received, lang)}</span>
                {marks.into_iter().map(|mark| view! { <span class="case-mark">{mark}</span> }).collect_view()}
            </span>
            <span class="button-row">{buttons}</span>
        </li>
    }
}

/// How alike two cases are, in words: 64 equal bits are the same text or picture.
fn nearness(link: &CaseLink, lang: Lang) -> Vec<String> {
    let alike = |distance: u32| 100 - distance.min(64) * 100 / 64;
    let distance = link.distance_m.map(|metres| words::similar_distance(lang, &metres));
    let text = link.text_distance.map(|bits| words::similar_text(lang, &alike(bits)));
    let photo = link.photo_distance.map(|bits| words::similar_photo(lang, &alike(bits)));
    [distance, text, photo].into_iter().flatten().collect()
}
