//! What the holder of a code may do: contest a closing, keep it from the public, take it back.

use contract::report::{HolderAct, Publication, Tracked};
use domain::{Lang, report::ActionKind};
use leptos::prelude::*;
use ui::lang;

use super::{conversation::wrong, holding::Holding};
use crate::{
    components::{EvidencePhotos, TextArea, focus_on},
    words,
};

/// Why an action may not be taken; `None` when it may.
pub(super) fn refusal(tracked: &Tracked, action: ActionKind, lang: Lang) -> Option<String> {
    let offered = tracked.actions.iter().find(|offered| offered.action == action);
    match offered {
        Some(offered) => offered.refusal.as_ref().map(|why| why.get(lang).to_owned()),
        None => Some(words::track_not_offered(lang).to_owned()),
    }
}

/// One part per action; what may not be done says why.
#[component]
pub(super) fn Acts(tracked: Tracked) -> impl IntoView {
    let lang = lang();
    let public = matches!(tracked.publication, Publication::Waiting | Publication::Published);
    let hide = public.then(|| {
        view! {
            <Sure name=words::track_hide(lang) about=words::track_hide_about(lang) refusal=None act=HolderAct::Hide/>
        }
    });
    let withdrawn = refusal(&tracked, ActionKind::Withdraw, lang);
    view! {
        <section class="card" aria-labelledby="track-acts">
            <h2 id="track-acts">{words::track_acts(lang)}</h2>
            <NotFixed refusal=refusal(&tracked, ActionKind::NotFixed, lang)/>
            {hide}
            <Sure name=words::track_withdraw(lang) about=words::track_withdraw_about(lang) refusal=withdrawn act=HolderAct::Withdraw/>
        </section>
    }
    .into_any()
}

/// Contests the closing.
#[component]
fn NotFixed(refusal: Option<String>) -> impl IntoView {
    let (lang, holding) = (lang(), Holding::expect());
    if let Some(why) = refusal {
        return view! { <p><strong>{words::track_not_fixed(lang)}</strong> " " {why}</p> }
            .into_any();
    }
    let (text, photos) = (RwSignal::new(String::new()), RwSignal::new(Vec::<String>::new()));
    let fault = RwSignal::new(None::<String>);
    let write = Callback::new(move |written| {
        text.set(written);
        fault.set(None);
    });
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (text, photos) = (text.get_untracked(), photos.get_untracked());
        if let Some(sentence) = wrong(&text, lang) {
            fault.set(Some(sentence));
            return focus_on("track-not-fixed".to_owned());
        }
        holding.act("not_fixed", HolderAct::NotFixed { text, photos });
    };
    view! {
        <details class="more">
            <summary>{words::track_not_fixed(lang)}</summary>
            <form class="stack" on:submit=send>
                <TextArea id="track-not-fixed" label=words::track_not_fixed_what(lang) rows=4 value=text on_input=write fault/>
                <EvidencePhotos id="track-not-fixed-photos" photos/>
                <p><button type="submit" class="button" disabled=move || holding.busy.get()>{words::track_not_fixed_send(lang)}</button></p>
                <p role="alert">{holding.refusal("not_fixed")}</p>
            </form>
        </details>
    }
    .into_any()
}

/// An act that is asked about once more before it is done.
#[component]
pub(super) fn Sure(
    name: &'static str,
    about: &'static str,
    refusal: Option<String>,
    act: HolderAct,
) -> impl IntoView {
    let (lang, holding) = (lang(), Holding::expect());
    if let Some(why) = refusal {
        return view! { <p><strong>{name}</strong> " " {why}</p> }.into_any();
    }
    let act = StoredValue::new(act);
    let go = move |_| holding.act(name, act.get_value());
    view! {
        <details class="more">
            <summary>{name}</summary>
            <p>{about}</p>
            <p><button type="button" class="button" on:click=go disabled=move || holding.busy.get()>{words::track_sure(lang, &name)}</button></p>
            <p role="alert">{holding.refusal(name)}</p>
        </details>
    }
    .into_any()
}
