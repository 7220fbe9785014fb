//! One file per page of the menu.
//!
//! What most officers open first, the inbox, comes with the program; the others are parts of their own.

mod account;
mod audit;
mod case;
mod content;
mod inbox;
mod ledger;
mod moderation;
mod not_permitted;
mod record;
mod rewards;
mod sign_in;
mod statistics;
mod users;

use leptos::prelude::*;
use ui::{Chunk, later};

pub(crate) use self::{
    account::AccountPage,
    inbox::InboxPage,
    not_permitted::NotPermitted,
    sign_in::{SignInForm, SignInPage},
};
use self::{
    audit::AuditPage, case::CasePage, ledger::LedgerPage, moderation::ModerationPage,
    rewards::RewardsPage, statistics::StatisticsPage, users::UsersPage,
};
use crate::routes::{ContentPage, Place, RecordPage};

/// One case, by its tracking number.
#[leptos::wasm_split::wasm_split(case_page, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(crate) fn case(id: String) -> Chunk {
    Ok(view! { <CasePage id/> }.into_any())
}

/// Rewards, or their ledger.
#[leptos::wasm_split::wasm_split(reward_pages, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(crate) fn rewards(place: Place) -> Chunk {
    Ok(match place {
        Place::Ledger => view! { <LedgerPage/> }.into_any(),
        _ => view! { <RewardsPage/> }.into_any(),
    })
}

/// What is looked at now and then: publication, figures, accounts, the audit log.
#[leptos::wasm_split::wasm_split(office_pages, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(crate) fn office(place: Place) -> Chunk {
    Ok(match place {
        Place::Statistics => view! { <StatisticsPage/> }.into_any(),
        Place::Users => view! { <UsersPage/> }.into_any(),
        Place::Audit => view! { <AuditPage/> }.into_any(),
        _ => view! { <ModerationPage/> }.into_any(),
    })
}

/// The list of issues, and objections to them.
#[leptos::wasm_split::wasm_split(record_lists, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(crate) fn record_list(page: RecordPage) -> Chunk {
    Ok(record::list(&page))
}

/// One issue.
#[leptos::wasm_split::wasm_split(record_item, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(crate) fn record_item(number: String) -> Chunk {
    Ok(record::item(number))
}

/// What brings issues in.
#[leptos::wasm_split::wasm_split(record_intake, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(crate) fn record_intake(page: RecordPage) -> Chunk {
    Ok(record::intake(&page))
}

/// The scorecard and the pages of programmes.
#[leptos::wasm_split::wasm_split(content_pages, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(crate) fn content(page: Option<ContentPage>) -> Chunk {
    Ok(content::page(page))
}

/// The page of the ledger, in whichever part it is.
pub(crate) fn record(page: RecordPage) -> AnyView {
    match page {
        RecordPage::List | RecordPage::Objections => later(record_list(page)),
        RecordPage::Item(number) => later(record_item(number)),
        RecordPage::New | RecordPage::Import => later(record_intake(page)),
    }
}
