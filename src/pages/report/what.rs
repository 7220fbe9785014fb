//! Step 1: what happened.

use domain::report::{Category, category::Group};
use leptos::prelude::*;
use ui::lang;

use super::{check::field, questions::Questions, writing::Writing};
use crate::{
    components::{Offer, PersonalData, Radios, TextArea},
    words,
};

/// Kind, words, and the questions of the kind.
#[component]
pub(super) fn What() -> impl IntoView {
    let (lang, writing) = (lang(), Writing::expect());
    let group = writing.part(|draft| draft.group.clone());
    let text = writing.part(|draft| draft.text.clone());
    let limit = writing.form.with_value(|form| form.limits.text);
    let write = Callback::new(move |text: String| writing.change(|draft| draft.text = text));
    view! {
        <Radios id=field::GROUP legend=words::report_group(lang) options=groups(writing) value=group
            on_choose=Callback::new(move |key| choose_group(writing, key)) fault=writing.fault(field::GROUP)/>
        {move || categories(writing, &group.get())}
        <TextArea id=field::TEXT label=words::report_text(lang) hint=words::report_text_hint(lang, &limit)
            value=text on_input=write fault=writing.fault(field::TEXT)/>
        <PersonalData text/>
        <Questions/>
    }
}

/// The groups that have a category here.
fn groups(writing: Writing) -> Vec<Offer> {
    let used = |group: &Group| {
        writing.form.with_value(|form| form.categories.iter().any(|known| known.group == *group))
    };
    let offer = |group: Group| Offer {
        value: group.key().to_owned(),
        label: group.name(writing.lang).to_owned(),
        hint: String::new(),
    };
    Group::ALL.iter().copied().filter(used).map(offer).collect()
}

fn of_group(writing: Writing, group: &str) -> Vec<Category> {
    writing.form.with_value(|form| {
        form.categories.iter().filter(|known| known.group.key() == group).cloned().collect()
    })
}

/// A group with one category leaves nothing to choose.
fn choose_group(writing: Writing, group: String) {
    let of_group = of_group(writing, &group);
    writing.change(|draft| {
        draft.category = match of_group.as_slice() {
            [only] => only.key.clone(),
            _ => String::new(),
        };
        draft.answers.clear();
        draft.group = group;
    });
}

fn categories(writing: Writing, group: &str) -> Option<AnyView> {
    let of_group = of_group(writing, group);
    let lang = writing.lang;
    let offer = |category: &Category| Offer {
        value: category.key.clone(),
        label: category.name.get(lang).to_owned(),
        hint: category.hint.get(lang).to_owned(),
    };
    let options: Vec<Offer> = of_group.iter().map(offer).collect();
    let choose = Callback::new(move |key: String| {
        writing.change(|draft| {
            draft.category = key;
            draft.answers.clear();
        });
    });
    (!options.is_empty()).then(|| {
        view! {
            <Radios id=field::CATEGORY legend=words::report_category(lang) options
                value=writing.part(|draft| draft.category.clone()) on_choose=choose fault=writing.fault(field::CATEGORY)/>
        }
        .into_any()
    })
}
