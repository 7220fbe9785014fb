//! From page to page of a long list; the page is in the address.

use leptos::prelude::*;
use ui::{Router, lang};

use crate::words;

/// Earlier and later pages; nothing where there is one page.
#[component]
pub(crate) fn Pager(
    /// All entries.
    #[prop(into)]
    total: Signal<u64>,
    /// From 1.
    #[prop(into)]
    page: Signal<u32>,
    /// Entries of a page.
    #[prop(into)]
    page_size: Signal<u32>,
) -> impl IntoView {
    let (lang, router) = (lang(), Router::expect());
    let last = move || pages(total.get(), page_size.get());
    let link = move |to: u32, name: &'static str| {
        let number = to.to_string();
        let href = router.here_with(&[("page", (to > 1).then_some(number.as_str()))]);
        view! { <a class="button" href=href>{name}</a> }
    };
    move || {
        let (page, last) = (page.get(), last());
        (last > 1).then(|| {
            view! {
                <nav class="button-row" aria-label=words::pager_label(lang)>
                    {(page > 1).then(|| link(page - 1, words::pager_before(lang)))}
                    <span class="pager-here">{words::pager_here(lang, &page, &last)}</span>
                    {(page < last).then(|| link(page + 1, words::pager_after(lang)))}
                </nav>
            }
        })
    }
}

/// How many pages `total` entries fill.
fn pages(total: u64, size: u32) -> u32 {
    u32::try_from(total.div_ceil(u64::from(size.max(1)))).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::pages;

    #[test]
    fn a_page_that_is_not_full_is_a_page() {
        assert_eq!([0, 1, 50, 51].map(|total| pages(total, 50)), [0, 1, 1, 2]);
        assert_eq!(pages(7, 0), 7, "a size of nothing is read as one");
    }
}
