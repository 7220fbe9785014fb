//! The questions of the chosen category.

use domain::report::category::{Question, QuestionKind};
use leptos::prelude::*;

use super::{check::field, writing::Writing};
use crate::{
    components::{Checks, Offer, Radios, TextArea, TextLine},
    words,
};

/// The questions, anew for each category.
#[component]
pub(super) fn Questions() -> impl IntoView {
    let writing = Writing::expect();
    let category = Memo::new(move |_| writing.category());
    move || {
        let questions = category.get().map(|category| category.questions).unwrap_or_default();
        questions.into_iter().map(|question| field_of(writing, question)).collect_view()
    }
}

fn field_of(writing: Writing, question: Question) -> AnyView {
    let lang = writing.lang;
    let id = field::question(&question.code);
    let fault = writing.fault(id.clone());
    let label = match question.required {
        true => question.label.get(lang).to_owned(),
        false => words::form_optional(lang, &question.label.get(lang)),
    };
    let code = question.code.clone();
    let values: Signal<Vec<String>> =
        Signal::from(Memo::new(move |_| writing.draft.with(|draft| draft.answer(&code))));
    let value =
        Signal::derive(move || values.with(|values| values.first().cloned().unwrap_or_default()));
    let code = question.code.clone();
    let set = Callback::new(move |value: String| {
        writing.change(|draft| draft.set_answer(&code, vec![value]));
    });
    let offers = || {
        let offer = |choice: &domain::report::category::Choice| Offer {
            value: choice.key.clone(),
            label: choice.label.get(lang).to_owned(),
            hint: String::new(),
        };
        question.choices.iter().map(offer).collect::<Vec<_>>()
    };
    match question.kind {
        QuestionKind::Text | QuestionKind::Number => {
            view! { <TextLine id label value on_input=set fault/> }.into_any()
        }
        QuestionKind::Datetime => {
            view! { <TextLine id label kind="datetime-local" value on_input=set fault/> }.into_any()
        }
        QuestionKind::Paragraph => {
            view! { <TextArea id label rows=3 value on_input=set fault/> }.into_any()
        }
        QuestionKind::One => {
            view! { <Radios id legend=label options=offers() value on_choose=set fault/> }
                .into_any()
        }
        QuestionKind::Many => {
            let code = question.code.clone();
            let toggle = Callback::new(move |key: String| {
                writing.change(|draft| {
                    let mut values = draft.answer(&code);
                    match values.iter().position(|value| *value == key) {
                        Some(at) => drop(values.remove(at)),
                        None => values.push(key),
                    }
                    draft.set_answer(&code, values);
                });
            });
            view! { <Checks id legend=label options=offers() values on_toggle=toggle fault/> }
                .into_any()
        }
    }
}
