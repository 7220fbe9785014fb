//! The facts of an issue as they are typed: of a new one, or to be put right.

use domain::rectification::{Facts, Medium, Origin, Source};
use leptos::prelude::*;
use ui::{Choice, lang};

use crate::{
    components::{Area, Input, Select},
    words,
};

/// What was typed.
#[derive(Clone, Copy)]
pub(super) struct FactsTyped {
    pub(super) source: RwSignal<String>,
    batch: RwSignal<String>,
    medium: RwSignal<String>,
    pub(super) title: RwSignal<String>,
    title_en: RwSignal<String>,
    pub(super) text: RwSignal<String>,
}

impl FactsTyped {
    pub(super) fn empty() -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            source: RwSignal::new(Source::SelfFound.key().to_owned()),
            batch: empty(),
            medium: RwSignal::new(Medium::Water.key().to_owned()),
            title: empty(),
            title_en: empty(),
            text: empty(),
        }
    }

    pub(super) fn put(self, facts: &Facts) {
        self.source.set(facts.source.key().to_owned());
        self.batch.set(facts.batch.clone());
        self.medium.set(facts.medium.key().to_owned());
        self.title.set(facts.title.clone());
        self.title_en.set(facts.title_en.clone().unwrap_or_default());
        self.text.set(facts.text.clone());
    }

    /// The facts; origin and report stay what they were, of a new issue as it is recorded here.
    pub(super) fn facts(self, known: Option<&Facts>) -> Facts {
        let said = |signal: RwSignal<String>| signal.with_untracked(|text| text.trim().to_owned());
        Facts {
            source: Source::from_key(&said(self.source)).unwrap_or(Source::SelfFound),
            batch: said(self.batch),
            medium: Medium::from_key(&said(self.medium)).unwrap_or(Medium::Other),
            title: said(self.title),
            title_en: Some(said(self.title_en)).filter(|title| !title.is_empty()),
            text: said(self.text),
            origin: known.map_or(Origin::Recorded, |facts| facts.origin),
            report: known.and_then(|facts| facts.report.clone()),
        }
    }
}

/// The fields.
#[component]
pub(super) fn FactsFields(typed: FactsTyped) -> impl IntoView {
    let lang = lang();
    let sources = Source::ALL.iter().map(|source| Choice::new(source.key(), source.name(lang)));
    let media = Medium::ALL.iter().map(|medium| Choice::new(medium.key(), medium.name(lang)));
    view! {
        <div class="fields">
            <Select label=words::record_source(lang) choices=sources.collect() value=typed.source/>
            <Input label=words::record_batch(lang) value=typed.batch/>
            <Select label=words::record_medium(lang) choices=media.collect() value=typed.medium/>
        </div>
        <div class="fields fields-wide">
            <Input label=words::record_title(lang) value=typed.title required=true/>
            <Input label=words::record_title_en(lang) value=typed.title_en/>
        </div>
        <Area label=words::record_task(lang) value=typed.text required=true/>
    }
}

#[cfg(test)]
mod tests {
    use leptos::prelude::Owner;

    use super::*;

    #[test]
    fn facts_that_nobody_changes_stay_what_they_were() {
        Owner::new().set();
        let facts = Facts {
            source: Source::Central,
            batch: "第二轮".into(),
            medium: Medium::Waste,
            title: "堆场".into(),
            title_en: None,
            text: "堆场问题。".into(),
            origin: Origin::Imported,
            report: Some("R7K3M9QXD".into()),
        };
        let typed = FactsTyped::empty();
        typed.put(&facts);
        assert_eq!(typed.facts(Some(&facts)), facts);
    }
}
