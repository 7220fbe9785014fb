//! Why something was not done, who came first, and which fields are at fault.

use contract::problem::{FieldFault, StaleFacts};
use domain::Lang;
use jiff::Timestamp;
use leptos::prelude::*;
use ui::{dates, lang};

use super::deed_name;
use crate::{api_client::Failure, words};

/// What a form calls the field of that name; `None` for one that it does not have.
pub(crate) type FieldNames = fn(&str, Lang) -> Option<&'static str>;

/// A failure as a sentence; for an edit that came too late, who changed what, and a button that shows it.
///
/// Nothing that was typed is touched.
#[component]
pub(crate) fn Failed(
    /// Nothing is shown without one.
    #[prop(into)]
    failure: Signal<Option<Failure>>,
    /// Asks for what is new.
    #[prop(into)]
    again: Callback<()>,
    /// What the form calls a field, so that a fault says where it is; without it faults say it themselves.
    #[prop(optional)]
    names: Option<FieldNames>,
) -> impl IntoView {
    let lang = lang();
    let shown = move |failure: Failure| {
        let stale = failure.stale().map(|facts| stale_sentence(facts, lang));
        let is_stale = stale.is_some();
        let sentence = stale.unwrap_or_else(|| failure.sentence(lang));
        let fault = |fault: &FieldFault| match names.and_then(|names| names(&fault.field, lang)) {
            Some(name) => words::field_fault(lang, &name, &fault.message),
            None => fault.message.clone(),
        };
        let faults: Vec<_> = failure.fields().iter().map(fault).collect();
        let faults = (!faults.is_empty()).then(|| {
            let items = faults.into_iter().map(|fault| view! { <li>{fault}</li> }).collect_view();
            view! { <ul>{items}</ul> }
        });
        let name =
            if is_stale { words::failed_show_newest(lang) } else { words::failed_again(lang) };
        let offers = is_stale || matches!(failure, Failure::Unreachable);
        view! {
            <div class="notice" role="alert">
                <p>{sentence}</p>
                {faults}
                {is_stale.then(|| view! { <p>{words::failed_kept(lang)}</p> })}
                {offers.then(|| view! {
                    <p><button type="button" class="button" on:click=move |_| again.run(())>{name}</button></p>
                })}
            </div>
        }
    };
    move || failure.get().map(shown)
}

/// `李工已于 14:05 受理本件。`
fn stale_sentence(facts: &StaleFacts, lang: Lang) -> String {
    let who = match (facts.by.as_str(), facts.action.as_str()) {
        ("", "objected") => words::stale_public(lang),
        ("", _) => words::stale_somebody(lang),
        (by, _) => by,
    };
    let action = deed_name(&facts.action, lang);
    let at = facts.at.parse::<Timestamp>();
    let at = at.map_or_else(|_| facts.at.clone(), |at| dates::day_and_clock(at, lang));
    words::stale_changed(lang, &who, &at, &action)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colleague_who_was_faster_is_named_with_time_and_action() {
        let facts = StaleFacts {
            by: "李工".into(),
            at: "2026-11-27T06:05:00Z".into(),
            action: "accept".into(),
            version: 4,
        };
        let sentence = stale_sentence(&facts, Lang::Zh);
        for part in ["李工", "14:05", "受理"] {
            assert!(sentence.contains(part), "{sentence}");
        }
    }
}
