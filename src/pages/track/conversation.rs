//! Questions of the officers and answers of the writer, who need not say who they are.

use contract::report::{HolderAct, Message, Tracked};
use domain::report::{ActionKind, wording};
use leptos::prelude::*;
use ui::{Written, dates, lang};

use super::{acts::refusal, holding::Holding};
use crate::{
    components::{EvidencePhotos, TextArea},
    words,
};

/// The messages, and a field for the next one.
#[component]
pub(super) fn Conversation(tracked: Tracked) -> impl IntoView {
    let lang = lang();
    let item = |message: Message| {
        let who =
            if message.from_holder { words::track_you(lang) } else { words::track_office(lang) };
        let photos = (message.photos > 0).then(|| words::track_photos(lang, &message.photos));
        view! {
            <li data-from=if message.from_holder { "holder" } else { "office" }>
                <p class="meta"><strong>{who}</strong> " " <time>{dates::plain(message.at)}</time></p>
                <p class="written"><Written text=message.text/></p>
                {photos.map(|photos| view! { <p class="meta">{photos}</p> })}
            </li>
        }
    };
    let none =
        tracked.messages.is_empty().then(|| view! { <p>{words::track_no_messages(lang)}</p> });
    let messages = tracked.messages.clone().into_iter().map(item).collect_view();
    view! {
        <section class="card" aria-labelledby="track-messages">
            <h2 id="track-messages">{words::track_messages(lang)}</h2>
            {none}
            <ol class="messages">{messages}</ol>
            <Answer tracked/>
        </section>
    }
    .into_any()
}

#[component]
fn Answer(tracked: Tracked) -> impl IntoView {
    let (lang, holding) = (lang(), Holding::expect());
    // Who was not asked may still add something.
    let refused =
        [ActionKind::Answer, ActionKind::AddEvidence].map(|action| refusal(&tracked, action, lang));
    if let [Some(_), Some(why)] = refused {
        return view! { <p class="meta">{why}</p> }.into_any();
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
            return crate::components::focus_on("track-answer".to_owned());
        }
        holding.act("answer", HolderAct::Answer { text, photos });
    };
    view! {
        <form class="stack" on:submit=send>
            <TextArea id="track-answer" label=words::track_answer(lang) rows=4 value=text on_input=write fault/>
            <EvidencePhotos id="track-answer-photos" photos/>
            <p><button type="submit" class="button" disabled=move || holding.busy.get()>{words::track_answer_send(lang)}</button></p>
            <p role="alert">{holding.refusal("answer")}</p>
        </form>
    }
    .into_any()
}

/// What is wrong with a message.
pub(super) fn wrong(text: &str, lang: domain::Lang) -> Option<String> {
    if text.trim().is_empty() {
        return Some(wording::WordingFault::Empty.sentence(lang));
    }
    wording::paragraph(text, wording::PARAGRAPH).err().map(|fault| fault.sentence(lang))
}
