//! Photos of an issue: what of them is never shown, and whether the public sees them.

use contract::officer::{
    Redaction, RedactionBox,
    record::{ItemCasePhoto, PhotoPublication},
};
use domain::role::Permission;
use leptos::prelude::*;
use ui::lang;

use super::OpenItem;
use crate::{
    api_client,
    components::{Failed, Redact},
    fetched::Sending,
    session::SignedIn,
    words,
};

/// Every photo.
#[component]
pub(super) fn Photos() -> impl IntoView {
    let (lang, open, sending) = (lang(), OpenItem::expect(), Sending::new());
    let editing = RwSignal::new(None::<ItemCasePhoto>);
    // Built anew only when a photo was added or decided about, so that boxes being drawn stay.
    let photos = Memo::new(move |_| open.case.with(|case| case.photos.clone()));
    let edited = Memo::new(move |_| editing.get());
    view! {
        <section class="card" aria-label=words::photos_title(lang)>
            <h2>{words::photos_title(lang)}</h2>
            {move || {
                let photos = photos.get();
                if photos.is_empty() {
                    return view! { <p class="meta">{words::record_photos_none(lang)}</p> }.into_any();
                }
                let items = photos.into_iter().enumerate();
                view! {
                    <ul class="case-photos">
                        {items.map(|(index, photo)| view! { <Photo photo number=index + 1 editing sending/> }).collect_view()}
                    </ul>
                }
                .into_any()
            }}
            <Failed failure=sending.failure again=move |()| open.look_again()/>
            {move || edited.get().map(|photo| view! { <Editor photo editing/> })}
        </section>
    }
}

/// Where a picture is read from, relative to the console's base.
fn picture(open: OpenItem, name: &str) -> String {
    format!("api/v1/{}", open.path(&format!("/photos/{name}")))
}

#[component]
fn Photo(
    photo: ItemCasePhoto,
    number: usize,
    editing: RwSignal<Option<ItemCasePhoto>>,
    sending: Sending,
) -> impl IntoView {
    let (lang, open, signed_in) = (lang(), OpenItem::expect(), SignedIn::expect());
    let name = match photo.note.as_str() {
        "" => words::photo_name(lang, &number),
        note => format!("{} · {note}", words::photo_name(lang, &number)),
    };
    let source = picture(open, photo.redacted.as_ref().unwrap_or(&photo.sha256));
    let refusal = photo.refusal.as_ref().map(|why| why.get(lang).to_owned());
    let (published, fixed) = (photo.published, refusal.is_some());
    let decide = {
        let path = open.path(&format!("/photos/{}/publication", photo.sha256));
        move |_| {
            let (path, body) = (path.clone(), PhotoPublication { publish: !published });
            let request = async move { api_client::post::<ItemCasePhoto>(&path, &body).await };
            sending.start(request, move |photo| put(open, photo));
        }
    };
    let (shown, action) = if published {
        (words::publication_published(lang), words::record_photo_hide(lang, &number))
    } else {
        (words::publication_waiting(lang), words::record_photo_show(lang, &number))
    };
    let (width, height, phase) = (photo.width, photo.height, photo.phase.name(lang));
    let blackened = photo.redacted.is_some().then(|| words::photo_blackened(lang));
    let (address, alt) = (source.clone(), name.clone());
    view! {
        <li>
            <a href=address target="_blank">
                <img src=source alt=alt loading="lazy" width=width height=height/>
            </a>
            <p class="meta">{name}" · "{phase}" · "<strong>{shown}</strong>{blackened.map(|mark| format!(" · {mark}"))}</p>
            {refusal.map(|why| view! { <p class="meta">{why}</p> })}
            {signed_in.may(Permission::Moderate).then(|| view! {
                <button type="button" class="button" disabled=fixed
                    on:click=move |_| editing.set(Some(photo.clone()))>{words::photo_blacken(lang, &number)}</button>
            })}
            {signed_in.may(Permission::Publish).then(|| view! {
                <button type="button" class="button" disabled=move || fixed || sending.busy.get()
                    on:click=decide>{action}</button>
            })}
        </li>
    }
}

/// The editor of one photo.
#[component]
fn Editor(photo: ItemCasePhoto, editing: RwSignal<Option<ItemCasePhoto>>) -> impl IntoView {
    let (open, sending) = (OpenItem::expect(), Sending::new());
    let path = open.path(&format!("/photos/{}/redaction", photo.sha256));
    let save = move |boxes: Vec<RedactionBox>| {
        let (path, body) = (path.clone(), Redaction { boxes });
        let request = async move { api_client::post::<ItemCasePhoto>(&path, &body).await };
        sending.start(request, move |photo| {
            put(open, photo);
            editing.set(None);
        });
    };
    view! {
        <Redact source=picture(open, &photo.sha256) size=(photo.width, photo.height) known=photo.boxes save sending
            again=move |()| open.look_again() leave=move |()| editing.set(None)/>
    }
}

/// Shows what became of a photo.
fn put(open: OpenItem, photo: ItemCasePhoto) {
    open.case.update(|case| {
        let known = case.photos.iter_mut().find(|known| known.sha256 == photo.sha256);
        if let Some(known) = known {
            *known = photo;
        }
    });
}
