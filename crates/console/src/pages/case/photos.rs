//! Photos of a case, each with its way to a blackened copy.

use contract::officer::{CasePhoto, Redaction, RedactionBox};
use domain::report::ActionKind;
use leptos::prelude::*;
use ui::lang;

use super::OpenCase;
use crate::{api_client, components::Redact, fetched::Sending, words};

/// Every stored photo.
#[component]
pub(super) fn Photos() -> impl IntoView {
    let (lang, open) = (lang(), OpenCase::expect());
    let editing = RwSignal::new(None::<CasePhoto>);
    // Built anew only when a photo was added or blackened, so that boxes being drawn stay.
    let photos = Memo::new(move |_| open.case.with(|case| case.photos.clone()));
    let edited = Memo::new(move |_| editing.get());
    view! {
        <section class="card" aria-label=words::photos_title(lang)>
            <h2>{words::photos_title(lang)}</h2>
            {move || {
                let photos = photos.get();
                if photos.is_empty() {
                    return view! { <p class="meta">{words::photos_none(lang)}</p> }.into_any();
                }
                let items = photos.into_iter().enumerate();
                view! {
                    <ul class="case-photos">
                        {items.map(|(index, photo)| view! { <Photo photo number=index + 1 editing/> }).collect_view()}
                    </ul>
                }
                .into_any()
            }}
            {move || edited.get().map(|photo| view! { <Editor photo editing/> })}
        </section>
    }
}

/// The editor of one photo; what it saves becomes the photo's copy.
#[component]
fn Editor(photo: CasePhoto, editing: RwSignal<Option<CasePhoto>>) -> impl IntoView {
    let (open, sending) = (OpenCase::expect(), Sending::new());
    let path = open.path(&format!("/photos/{}/redaction", photo.sha256));
    let save = move |boxes: Vec<RedactionBox>| {
        let (path, body) = (path.clone(), Redaction { boxes });
        let request = async move { api_client::post::<CasePhoto>(&path, &body).await };
        sending.start(request, move |photo| {
            open.case.update(|case| {
                let known = case.photos.iter_mut().find(|known| known.sha256 == photo.sha256);
                if let Some(known) = known {
                    *known = photo;
                }
            });
            open.look_again();
            editing.set(None);
        });
    };
    view! {
        <Redact source=picture(open, &photo.sha256) size=(photo.width, photo.height) save sending
            again=move |()| open.look_again() leave=move |()| editing.set(None)/>
    }
}

/// Where a stored picture is read from, relative to the console's base.
pub(super) fn picture(open: OpenCase, sha256: &str) -> String {
    format!("api/v1/{}", open.path(&format!("/photos/{sha256}")))
}

#[component]
fn Photo(photo: CasePhoto, number: usize, editing: RwSignal<Option<CasePhoto>>) -> impl IntoView {
    let (lang, open) = (lang(), OpenCase::expect());
    let name = words::photo_name(lang, &number);
    let source = picture(open, &photo.sha256);
    let copy = photo.redacted.as_ref().map(|sha256| {
        let name = words::photo_copy(lang, &number);
        view! {
            <a href=picture(open, sha256) target="_blank">
                <img src=picture(open, sha256) alt=name loading="lazy"/>
            </a>
        }
    });
    let refusal = move || open.refusal(ActionKind::Redact).map(|why| why.get(lang).to_owned());
    let blackened = photo.redacted.is_some();
    let from = photo.message.map(|number| words::photo_from_message(lang, &number));
    view! {
        <li>
            <a href=source.clone() target="_blank">
                <img src=source.clone() alt=name.clone() loading="lazy" width=photo.width height=photo.height/>
            </a>
            {copy}
            <p class="meta">{name.clone()}{from.map(|from| format!(" · {from}"))}
                {blackened.then(|| format!(" · {}", words::photo_blackened(lang)))}</p>
            <button type="button" class="button" disabled=move || refusal().is_some() title=refusal
                on:click=move |_| editing.set(Some(photo.clone()))>{words::photo_blacken(lang, &number)}</button>
        </li>
    }
}
