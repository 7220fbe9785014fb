//! Personal data in what someone writes.

use domain::privacy;
use leptos::prelude::*;
use ui::lang;

use crate::words;

/// Points out what should not become public, before anything is sent.
#[component]
pub(crate) fn PersonalData(
    /// What is written.
    text: Signal<String>,
) -> impl IntoView {
    let lang = lang();
    let found = Memo::new(move |_| {
        text.with(|text| {
            let found = privacy::find(text).into_iter();
            found
                .filter_map(|found| Some((text.get(found.range.clone())?.to_owned(), found.kind)))
                .collect::<Vec<_>>()
        })
    });
    let list = move || {
        let item = |(part, kind): (String, privacy::PersonalData)| {
            view! { <li><mark>{part}</mark> " " {kind.name(lang)}</li> }
        };
        let items = found.get();
        (!items.is_empty()).then(|| {
            view! {
                <p>{words::report_personal(lang)}</p>
                <ul class="plain-list">{items.into_iter().map(item).collect_view()}</ul>
            }
        })
    };
    view! { <div class="personal" role="status">{list}</div> }
}
