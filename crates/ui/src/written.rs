//! Text that people wrote, in whatever language.

use domain::lang::runs;
use leptos::prelude::*;

use crate::lang;

/// A text with the language of its parts named where it is not the page's, so that it is read out as it is meant.
#[component]
pub fn Written(
    /// The text as it was written.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let page = lang();
    let part = |(of, part): (domain::Lang, &str)| {
        let part = part.to_owned();
        if of == page {
            part.into_any()
        } else {
            view! { <span lang=of.tag()>{part}</span> }.into_any()
        }
    };
    runs(&text).into_iter().map(part).collect_view()
}
