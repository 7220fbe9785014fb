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

/// Objections, or the list.
pub(super) fn list(page: &RecordPage) -> AnyView {
    match page {
        RecordPage::Objections => view! { <objections::ObjectionsPage/> }.into_any(),
        _ => view! { <list::ListPage/> }.into_any(),
    }
}

/// The issue of that number.
pub(super) fn item(number: String) -> AnyView {
    view! { <item::ItemPage number/> }.into_any()
}

/// The import, or the form of a new issue.
pub(super) fn intake(page: &RecordPage) -> AnyView {
    match page {
        RecordPage::Import => view! { <import::ImportPage/> }.into_any(),
        _ => view! { <new::NewPage/> }.into_any(),
    }
}
