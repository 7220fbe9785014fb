//! Step 4: anonymous, or with a contact that only officers can open.

use leptos::prelude::*;
use ui::lang;

use super::{
    check::field,
    consent::{Channels, CollectionNotice},
    seal,
    writing::Writing,
};
use crate::{
    components::{Offer, Radios, TextLine},
    words,
};

/// Anonymous by default.
#[component]
pub(super) fn Who() -> impl IntoView {
    let (lang, writing) = (lang(), Writing::expect());
    // There is time for it now, and whoever has come so far means it.
    writing.solve();
    let takes_contacts = writing.form.with_value(|form| form.identity_recipient.is_some());
    let given = writing.part(|draft| draft.contact.given);
    let offer = |value: &str, label: &'static str, hint: &'static str| Offer {
        value: value.to_owned(),
        label: label.to_owned(),
        hint: hint.to_owned(),
    };
    let options = vec![
        offer("no", words::report_anonymous(lang), words::report_anonymous_hint(lang)),
        offer("yes", words::report_named(lang), words::report_named_hint(lang)),
    ];
    let value = Signal::derive(move || if given.get() { "yes" } else { "no" }.to_owned());
    let choose = Callback::new(move |key: String| {
        writing.change(|draft| draft.contact.given = key == "yes");
    });
    let choice = takes_contacts.then(|| {
        view! { <Radios id="report-who" legend=words::report_who(lang) options value on_choose=choose/> }
    });
    view! {
        {choice}
        {(!takes_contacts).then(|| view! { <p>{words::report_only_anonymous(lang)}</p> })}
        {move || (takes_contacts && given.get()).then(|| view! { <ContactFields/> })}
        <p class="notice">{words::report_code_warning(lang)}</p>
        <CollectionNotice/>
        <Channels/>
    }
}

/// The least that is needed to be reached.
#[component]
fn ContactFields() -> impl IntoView {
    let (lang, writing) = (lang(), Writing::expect());
    // What seals is fetched now, while there may be a connection.
    seal::prepare();
    let name = Callback::new(move |text: String| writing.change(|draft| draft.contact.name = text));
    let reach =
        Callback::new(move |text: String| writing.change(|draft| draft.contact.reach = text));
    let agreed = writing.part(|draft| draft.contact.agreed);
    let fault = writing.fault(field::AGREED);
    let toggle = move |_| writing.change(|draft| draft.contact.agreed = !draft.contact.agreed);
    view! {
        <TextLine id=field::NAME label=words::form_optional(lang, &words::report_name(lang)) autocomplete="name"
            value=writing.part(|draft| draft.contact.name.clone()) on_input=name/>
        <TextLine id=field::REACH label=words::report_reach(lang) hint=words::report_reach_hint(lang) autocomplete="tel"
            value=writing.part(|draft| draft.contact.reach.clone()) on_input=reach fault=writing.fault(field::REACH)/>
        <div class="form-field">
            {move || fault.get().map(|fault| view! { <p class="fault" id="report-agreed-fault">{fault}</p> })}
            <div class="choice">
                <input type="checkbox" id=field::AGREED prop:checked=agreed on:change=toggle
                    aria-describedby=move || fault.with(Option::is_some).then_some("report-agreed-fault")/>
                <label for=field::AGREED>{words::report_agree(lang)}</label>
            </div>
        </div>
    }
    .into_any()
}
