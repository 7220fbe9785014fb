//! Objecting during publicity: no account, a proof of work, a contact only for who wishes to leave one.

use contract::{
    paths,
    rectification::{Objection, ObjectionTaken},
};
use domain::{
    Lang,
    privacy::retention::Kept,
    report::wording::{PARAGRAPH, paragraph},
};
use leptos::{prelude::*, task::spawn_local};
use ui::{Chunk, Written, lang, router::push_encoded};

use crate::{
    api_client::{self, Failure},
    components::{Fault, FaultSummary, PersonalData, TextArea, TextLine, focus_on},
    outbox::proof,
    pages::report::{Form, form, prepare_seal, seal},
    words,
};

/// Ids of the fields.
mod field {
    pub(super) const TEXT: &str = "objection-text";
    pub(super) const REACH: &str = "objection-reach";
    pub(super) const AGREED: &str = "objection-agreed";
    pub(super) const SEND: &str = "objection-send";
}

/// The form as a part of its own: most issues are read without it.
#[leptos::wasm_split::wasm_split(objection, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(super) fn objection_form(number: String) -> Chunk {
    Ok(view! { <Object number/> }.into_any())
}

/// What is being written.
#[derive(Clone, Copy)]
struct Writing {
    lang: Lang,
    form: Form,
    text: RwSignal<String>,
    reach: RwSignal<String>,
    agreed: RwSignal<bool>,
    /// A field that people do not see.
    website: RwSignal<String>,
    faults: RwSignal<Vec<Fault>>,
    telling: RwSignal<u32>,
    busy: RwSignal<bool>,
    trouble: RwSignal<Option<String>>,
    taken: RwSignal<Option<ObjectionTaken>>,
}

impl Writing {
    fn begin(lang: Lang) -> Self {
        Self {
            lang,
            form: form(),
            text: RwSignal::default(),
            reach: RwSignal::default(),
            agreed: RwSignal::default(),
            website: RwSignal::default(),
            faults: RwSignal::default(),
            telling: RwSignal::default(),
            busy: RwSignal::default(),
            trouble: RwSignal::default(),
            taken: RwSignal::default(),
        }
    }

    fn fault(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.faults.with(|faults| {
                let fault = faults.iter().find(|fault| fault.field == field);
                fault.map(|fault| fault.sentence.clone())
            })
        })
    }

    /// Tells what is wrong; true when nothing is.
    fn tell(self, faults: Vec<Fault>) -> bool {
        let fine = faults.is_empty();
        self.faults.set(faults);
        if !fine {
            self.telling.update(|count| *count += 1);
        }
        fine
    }

    /// What can be seen to be wrong without asking the server.
    fn check(self) -> Vec<Fault> {
        let text = self.text.with_untracked(|text| check_text(text, self.lang));
        let gives_contact = self.reach.with_untracked(|reach| !reach.trim().is_empty());
        let unagreed = gives_contact && !self.agreed.get_untracked();
        let agreed = unagreed.then(|| words::objection_agreed_missing(self.lang).to_owned());
        let fault = |(field, sentence): (&str, Option<String>)| {
            Some(Fault { field: field.to_owned(), sentence: sentence? })
        };
        [(field::TEXT, text), (field::AGREED, agreed)].into_iter().filter_map(fault).collect()
    }

    fn recipient(self) -> Option<String> {
        self.form.with(|form| form.value.as_ref()?.identity_recipient.clone())
    }
}

/// Why a text cannot be sent.
fn check_text(text: &str, lang: Lang) -> Option<String> {
    if text.trim().is_empty() {
        return Some(words::objection_empty(lang).to_owned());
    }
    paragraph(text.trim(), PARAGRAPH).err().map(|fault| fault.sentence(lang))
}

#[component]
fn Object(number: String) -> impl IntoView {
    let lang = lang();
    let writing = Writing::begin(lang);
    let number = StoredValue::new(number);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if writing.busy.get_untracked() || !writing.tell(writing.check()) {
            return;
        }
        writing.busy.set(true);
        writing.trouble.set(None);
        spawn_local(async move {
            let outcome = send(&number.get_value(), writing).await;
            let _ = writing.busy.try_set(false);
            answer(writing, outcome);
        });
    };
    let form = move || {
        match writing.taken.get() {
        Some(taken) => view! { <Taken taken/> }.into_any(),
        None => view! {
            <form class="stack" on:submit=submit novalidate aria-labelledby="objection-title"><Fields writing/></form>
        }
        .into_any(),
    }
    };
    view! {
        <h3 id="objection-title" tabindex="-1">{words::objection(lang)}</h3>
        {form}
    }
    .into_any()
}

#[component]
fn Fields(writing: Writing) -> impl IntoView {
    let lang = writing.lang;
    let write = Callback::new(move |text| {
        writing.text.set(text);
        writing.faults.update(|faults| faults.retain(|fault| fault.field != field::TEXT));
    });
    let website = writing.website;
    view! {
        <FaultSummary faults=writing.faults telling=writing.telling on_go=Callback::new(focus_on)/>
        <p>{words::objection_about(lang)}</p>
        <TextArea id=field::TEXT label=words::objection_text(lang) hint=words::objection_text_hint(lang, &PARAGRAPH)
            value=writing.text on_input=write fault=writing.fault(field::TEXT)/>
        <PersonalData text=writing.text.into()/>
        {move || writing.recipient().map(|_| view! { <Contact writing/> })}
        <Notice writing/>
        <div class="off-page" aria-hidden="true">
            <label>{words::report_trap(lang)}
                <input type="text" name="website" tabindex="-1" autocomplete="off" prop:value=website
                    on:input=move |event| website.set(event_target_value(&event))/>
            </label>
        </div>
        <div role="alert">{move || writing.trouble.get().map(|sentence| view! { <p class="notice">{sentence}</p> })}</div>
        <p><button type="submit" id=field::SEND class="button button-main" disabled=move || writing.busy.get()>{words::objection_send(lang)}</button></p>
        <p role="status">{move || writing.busy.get().then(|| words::objection_sending(lang))}</p>
    }
    .into_any()
}

/// A way to be asked back, sealed before it leaves the browser.
#[component]
fn Contact(writing: Writing) -> impl IntoView {
    let lang = writing.lang;
    // What seals is fetched when somebody begins to write here.
    let write = Callback::new(move |text: String| {
        prepare_seal();
        writing.reach.set(text);
    });
    let fault = writing.fault(field::AGREED);
    let given = move || writing.reach.with(|reach| !reach.trim().is_empty());
    view! {
        <TextLine id=field::REACH label=words::form_optional(lang, &words::report_reach(lang))
            hint=words::report_named_hint(lang) autocomplete="tel" value=writing.reach on_input=write/>
        <Show when=given>
            <div class="form-field">
                {move || fault.get().map(|fault| view! { <p class="fault" id="objection-agreed-fault">{fault}</p> })}
                <div class="choice">
                    <input type="checkbox" id=field::AGREED prop:checked=writing.agreed
                        on:change=move |event| writing.agreed.set(event_target_checked(&event))
                        aria-describedby=move || fault.with(Option::is_some).then_some("objection-agreed-fault")/>
                    <label for=field::AGREED>{words::report_agree(lang)}</label>
                </div>
            </div>
        </Show>
    }
    .into_any()
}

/// Who handles what is written, and for how long it is kept.
#[component]
fn Notice(writing: Writing) -> impl IntoView {
    let lang = writing.lang;
    let by = move || {
        writing.form.with(|form| {
            let notice = &form.value.as_ref()?.notice;
            let (name, contact) =
                (notice.controller.get(lang), notice.controller_contact.get(lang));
            let text = words::report_notice_by(lang, &name, &contact);
            Some(view! { <p><Written text/></p> })
        })
    };
    let days = Kept::Objection.keep_for().as_hours() / 24;
    view! {
        <details class="more">
            <summary>{words::report_notice(lang)}</summary>
            {by}
            <p>{words::objection_notice(lang, &days)}</p>
        </details>
    }
    .into_any()
}

/// What was taken, and how it can be proved later.
#[component]
fn Taken(taken: ObjectionTaken) -> impl IntoView {
    let lang = lang();
    view! {
        <div role="status" class="stack">
            <p class="journey" data-state="received">{words::objection_taken(lang, &taken.objection)}</p>
            <p>{words::objection_proof(lang)}</p>
            <p><code class="hash">{taken.sha256}</code></p>
            <p>{words::objection_salt(lang)} " " <code class="hash">{taken.salt}</code></p>
        </div>
    }
    .into_any()
}

/// Why an objection did not arrive.
enum Unsent {
    Sealing,
    Failed(Failure),
}

async fn send(number: &str, writing: Writing) -> Result<ObjectionTaken, Unsent> {
    let reach = writing.reach.get_untracked();
    let recipient = untrack(|| writing.recipient()).filter(|_| !reach.trim().is_empty());
    let sealed_contact = match recipient {
        Some(recipient) => Some(seal(&recipient, "", &reach).await.ok_or(Unsent::Sealing)?),
        None => None,
    };
    let proof = proof().await.map_err(Unsent::Failed)?;
    let objection = Objection {
        text: writing.text.get_untracked().trim().to_owned(),
        sealed_contact,
        proof,
        website: writing.website.get_untracked(),
    };
    let mut encoded = String::new();
    push_encoded(&mut encoded, number);
    let json = api_client::to_json(&objection).map_err(Unsent::Failed)?;
    api_client::post(&paths::objections(&encoded), &json).await.map_err(Unsent::Failed)
}

fn answer(writing: Writing, outcome: Result<ObjectionTaken, Unsent>) {
    let lang = writing.lang;
    let trouble = match outcome {
        Ok(taken) => {
            let _ = writing.taken.try_set(Some(taken));
            return focus_on("objection-title".to_owned());
        }
        Err(Unsent::Sealing) => words::objection_seal_failed(lang).to_owned(),
        Err(Unsent::Failed(Failure::Faults(faults))) => {
            let named = |name: &str| match name {
                "text" => field::TEXT,
                "sealed_contact" => field::REACH,
                _ => field::SEND,
            };
            let fault = |fault: contract::problem::FieldFault| Fault {
                field: named(&fault.field).to_owned(),
                sentence: fault.message,
            };
            let _ = writing.tell(faults.into_iter().map(fault).collect());
            return;
        }
        Err(Unsent::Failed(failure)) => failure.sentence(lang),
    };
    let _ = writing.trouble.try_set(Some(trouble));
    focus_on(field::SEND.to_owned());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_objection_has_words_and_not_too_many() {
        assert!(check_text(" \n", Lang::Zh).is_some());
        assert_eq!(check_text("现场仍有污水", Lang::Zh), None);
        assert!(check_text(&"水".repeat(PARAGRAPH + 1), Lang::En).is_some());
    }
}
