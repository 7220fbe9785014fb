//! Objections of the public, and who wrote them where they said so.

use contract::officer::record::OfficerObjection;
use domain::role::Permission;
use leptos::prelude::*;
use ui::{dates, lang};

use super::{OpenItem, path_of};
use crate::{components::Unseal, session::SignedIn, words};

/// Every objection, in order. An answer is one of the actions.
#[component]
pub(super) fn Objections() -> impl IntoView {
    let (lang, open) = (lang(), OpenItem::expect());
    let objections = Memo::new(move |_| open.case.with(|case| case.objections.clone()));
    view! {
        <section class="card" aria-label=words::record_objections_title(lang)>
            <h2>{words::record_objections_title(lang)}</h2>
            {move || {
                let objections = objections.get();
                if objections.is_empty() {
                    return view! { <p class="meta">{words::record_objections_none(lang)}</p> }.into_any();
                }
                let items = objections.into_iter().map(|objection| view! { <One objection/> });
                view! { <ol class="case-messages">{items.collect_view()}</ol> }.into_any()
            }}
        </section>
    }
}

#[component]
fn One(objection: OfficerObjection) -> impl IntoView {
    let (lang, open) = (lang(), OpenItem::expect());
    let reads = SignedIn::expect().may(Permission::ReadIdentity);
    let number = objection.objection;
    let verdict = match objection.upheld {
        None => words::record_waiting(lang),
        Some(true) => words::record_upheld(lang),
        Some(false) => words::record_rejected(lang),
    };
    let text = objection.text.or(objection.masked);
    let text = text.unwrap_or_else(|| words::messages_deleted(lang).to_owned());
    let identity = path_of(&objection.item, &format!("/objections/{number}/identity"));
    view! {
        <li class="case-message" data-holder=objection.upheld.is_none().then_some("")>
            <p class="meta">
                {words::record_objection_number(lang, &number)}" · "{dates::day_and_clock(objection.at, lang)}" · "
                <strong>{verdict}</strong>
            </p>
            <p class="case-text">{text}</p>
            {(objection.has_contact && reads).then(|| view! {
                <details>
                    <summary>{words::record_contact(lang)}</summary>
                    <Unseal path=identity.clone() again=move |()| open.look_again()/>
                </details>
            })}
        </li>
    }
}
