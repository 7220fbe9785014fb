//! The choice of a ruler; the server judges by it, because some need hours of history.

use domain::{Lang, air::IndexStandard};
use leptos::prelude::*;
use ui::{Choice, Router, SelectField, lang};

use super::use_choose;
use crate::{live::Live, words};

/// The ruler in the URL; `None` is the edition in force.
pub(crate) fn chosen_ruler() -> Memo<Option<IndexStandard>> {
    let router = Router::expect();
    Memo::new(move |_| {
        let key = router.parameter("standard");
        key.and_then(|key| IndexStandard::from_key(&key))
    })
}

/// `path` under `ruler`; asked anew with every hour, because live events carry the law's index only.
pub(crate) fn with_ruler(path: String, ruler: Option<IndexStandard>) -> String {
    let Some(ruler) = ruler else { return path };
    let live = Live::expect();
    let hour = Memo::new(move |_| {
        live.air.with(|air| Some(air.value.as_ref()?.district.as_ref()?.period.start))
    });
    hour.with(|_| ());
    path + "?edition=" + ruler.key()
}

/// The list of rulers, and what must be known before a foreign one is believed.
#[component]
pub(crate) fn RulerChoice(
    /// The ruler now chosen.
    ruler: Memo<Option<IndexStandard>>,
) -> impl IntoView {
    let (lang, choose) = (lang(), use_choose());
    let in_force = Choice::new("", words::standard_in_force(lang));
    let others = IndexStandard::ALL.map(|ruler| Choice::new(ruler.key(), ruler.title()));
    let choices: Vec<Choice> = std::iter::once(in_force).chain(others).collect();
    let value =
        Signal::derive(move || ruler.get().map(IndexStandard::key).unwrap_or_default().to_owned());
    let note = move || ruler.get().and_then(|ruler| note(ruler, lang));
    view! {
        <div class="fields">
            <SelectField
                label=words::choose_standard(lang)
                choices=Signal::stored(choices)
                value
                on_choose=move |key| choose(&[("standard", (!key.is_empty()).then_some(key.as_str()))])
            />
        </div>
        {move || note().map(|note| view! { <p class="notice">{note}</p> })}
    }
}

fn note(ruler: IndexStandard, lang: Lang) -> Option<&'static str> {
    match ruler {
        IndexStandard::Hj633_2026 => None,
        IndexStandard::Hj633_2012 => Some(words::note_hj633_2012(lang)),
        IndexStandard::Epa2024 => Some(words::note_epa(lang)),
        IndexStandard::Eaqi2024 => Some(words::note_eaqi(lang)),
        IndexStandard::Who2021 => Some(words::note_who(lang)),
    }
}
