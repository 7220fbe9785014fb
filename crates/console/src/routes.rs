//! Every page of the console in one table.

use domain::{Lang, role::Permission};

use crate::words;

/// A page of the menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Cases.
    Inbox,
    /// What waits for a look before it may be public.
    Moderation,
    /// Rewards.
    Rewards,
    /// The reward ledger.
    Ledger,
    /// What became of the reports.
    Statistics,
    /// Accounts.
    Users,
    /// Who did what.
    Audit,
    /// One's own account.
    Account,
}

impl Place {
    /// In the order of the menu.
    pub(crate) const ALL: [Self; 8] = [
        Self::Inbox,
        Self::Moderation,
        Self::Rewards,
        Self::Ledger,
        Self::Statistics,
        Self::Users,
        Self::Audit,
        Self::Account,
    ];

    /// The path below the console, without a leading slash.
    pub(crate) const fn path(self) -> &'static str {
        match self {
            Self::Inbox => "",
            Self::Moderation => "moderation",
            Self::Rewards => "rewards",
            Self::Ledger => "ledger",
            Self::Statistics => "statistics",
            Self::Users => "users",
            Self::Audit => "audit",
            Self::Account => "account",
        }
    }

    /// The second key of its shortcut, after `g`.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Inbox => "i",
            Self::Moderation => "m",
            Self::Rewards => "r",
            Self::Ledger => "l",
            Self::Statistics => "s",
            Self::Users => "u",
            Self::Audit => "a",
            Self::Account => "c",
        }
    }

    /// What it takes to see it; `None` is everybody's.
    pub(crate) const fn permission(self) -> Option<Permission> {
        match self {
            Self::Inbox | Self::Rewards | Self::Ledger => Some(Permission::ReadCases),
            Self::Moderation => Some(Permission::Moderate),
            Self::Statistics => Some(Permission::Statistics),
            Self::Users => Some(Permission::ManageUsers),
            Self::Audit => Some(Permission::ReadAudit),
            Self::Account => None,
        }
    }

    /// Its name in the menu.
    pub(crate) fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Inbox => words::place_inbox(lang),
            Self::Moderation => words::place_moderation(lang),
            Self::Rewards => words::place_rewards(lang),
            Self::Ledger => words::place_ledger(lang),
            Self::Statistics => words::place_statistics(lang),
            Self::Users => words::place_users(lang),
            Self::Audit => words::place_audit(lang),
            Self::Account => words::place_account(lang),
        }
    }
}

/// What an address leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Page {
    /// A page of the menu.
    Place(Place),
    /// A case, by its tracking number.
    Case(String),
    /// Nothing.
    NotFound,
}

impl Page {
    /// The page at `path`, below the console, without slashes at its ends.
    pub(crate) fn of(path: &str) -> Self {
        if let Some(place) = Place::ALL.into_iter().find(|place| place.path() == path) {
            return Self::Place(place);
        }
        match path.split_once('/') {
            Some(("cases", id)) if is_id(id) => Self::Case(id.to_owned()),
            _ => Self::NotFound,
        }
    }
}

fn is_id(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// The page of a case.
pub(crate) fn case(public_id: &str) -> String {
    format!("cases/{public_id}")
}

#[cfg(test)]
mod tests {
    use super::{Page, Place, case};

    #[test]
    fn every_address_leads_to_its_page() {
        for place in Place::ALL {
            assert_eq!(Page::of(place.path()), Page::Place(place));
        }
        assert_eq!(Page::of(&case("R7K3M9QXD")), Page::Case("R7K3M9QXD".into()));
        for nothing in ["cases", "cases/", "cases/a/b", "cases/%2e", "inbox"] {
            assert_eq!(Page::of(nothing), Page::NotFound, "{nothing}");
        }
    }

    #[test]
    fn no_two_pages_share_a_shortcut() {
        let mut keys = Place::ALL.map(Place::key);
        keys.sort_unstable();
        assert!(keys.windows(2).all(|pair| pair[0] != pair[1]), "{keys:?}");
    }
}
