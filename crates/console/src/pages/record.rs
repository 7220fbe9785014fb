//! The rectification ledger as officers work on it: the list, one issue, a new one, an import, objections.

mod act;
mod badges;
mod facts_form;
mod import;
mod item;
mod list;
mod new;
mod objections;

use leptos::prelude::*;

use crate::routes::RecordPage;

/// The page; the list without one.
pub(super) fn page(page: Option<RecordPage>) -> AnyView {
    match page {
        None => view! { <list::ListPage/> }.into_any(),
        Some(RecordPage::Item(number)) => view! { <item::ItemPage number/> }.into_any(),
        Some(RecordPage::New) => view! { <new::NewPage/> }.into_any(),
        Some(RecordPage::Import) => view! { <import::ImportPage/> }.into_any(),
        Some(RecordPage::Objections) => view! { <objections::ObjectionsPage/> }.into_any(),
    }
}
