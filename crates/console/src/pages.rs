//! One file per page of the menu.

mod account;
mod audit;
mod case;
mod inbox;
mod ledger;
mod moderation;
mod not_permitted;
mod rewards;
mod sign_in;
mod statistics;
mod users;

pub(crate) use self::{
    account::AccountPage,
    audit::AuditPage,
    case::CasePage,
    inbox::InboxPage,
    ledger::LedgerPage,
    moderation::ModerationPage,
    not_permitted::NotPermitted,
    rewards::RewardsPage,
    sign_in::{SignInForm, SignInPage},
    statistics::StatisticsPage,
    users::UsersPage,
};
