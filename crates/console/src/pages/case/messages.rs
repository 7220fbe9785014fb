//! Questions to the holder of the claim code, and what came back.

use contract::officer::CaseMessage;
use domain::{Lang, report::ActionKind};
use leptos::prelude::*;
use ui::{dates, lang};

use super::OpenCase;
use crate::{
    components::{Area, Failed},
    fetched::Sending,
    words,
};

/// The exchange, and a field for the next question.
#[component]
pub(super) fn Messages() -> impl IntoView {
    let (lang, open) = (lang(), OpenCase::expect());
    let (sending, text) = (Sending::new(), RwSignal::new(String::new()));
    let refusal = move || open.refusal(ActionKind::Ask).map(|why| why.get(lang).to_owned());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let mut act = open.wish(ActionKind::Ask);
        act.text = Some(text.get_untracked());
        open.act(sending, act, move || text.set(String::new()));
    };
    let can = Memo::new(move |_| refusal().is_none());
    view! {
        <section class="card" aria-label=words::messages_title(lang)>
            <h2>{words::messages_title(lang)}</h2>
            {move || open.case.with(|case| exchange(&case.messages, lang))}
            {move || if can.get() {
                view! {
                    <form class="stack" on:submit=submit>
                        <Area label=words::messages_ask(lang) value=text rows=3/>
                        <p class="meta">{words::messages_explained(lang)}</p>
                        <Failed failure=sending.failure again=move |()| open.look_again()/>
                        <p><button type="submit" class="button" disabled=move || {
                            sending.busy.get() || text.with(|text| text.trim().is_empty())
                        }>{ActionKind::Ask.name(lang)}</button></p>
                    </form>
                }
                .into_any()
            } else {
                view! { <p class="meta">{refusal}</p> }.into_any()
            }}
        </section>
    }
}

fn exchange(messages: &[CaseMessage], lang: Lang) -> impl IntoView + use<> {
    if messages.is_empty() {
        return view! { <p class="meta">{words::messages_none(lang)}</p> }.into_any();
    }
    let items = messages
        .iter()
        .map(|message| {
            let who = if message.internal {
                words::messages_internal(lang)
            } else if message.from_holder {
                words::messages_from_holder(lang)
            } else {
                words::messages_from_office(lang)
            };
            let text = message.text.clone();
            let text = text.unwrap_or_else(|| words::messages_deleted(lang).to_owned());
            let at = dates::day_and_clock(message.at, lang);
            let holder = message.from_holder.then_some("");
            view! {
                <li class="case-message" data-holder=holder>
                    <p class="meta">{who}" · "{at}</p>
                    <p class="case-text">{text}</p>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="case-messages">{items}</ol> }.into_any()
}
