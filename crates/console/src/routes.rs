//! Every page of the console in one table.

use domain::{Lang, rectification::ItemNumber, role::Permission};

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
    /// Issues of the rectification ledger.
    Record,
    /// The scorecard and the pages of programmes.
    Content,
    /// Accounts.
    Users,
    /// Who did what.
    Audit,
    /// One's own account.
    Account,
}

impl Place {
    /// In the order of the menu.
    pub(crate) const ALL: [Self; 10] = [
        Self::Inbox,
        Self::Record,
        Self::Moderation,
        Self::Rewards,
        Self::Ledger,
        Self::Content,
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
            Self::Record => "record",
            Self::Content => "content",
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
            Self::Record => "d",
            Self::Content => "p",
            Self::Users => "u",
            Self::Audit => "a",
            Self::Account => "c",
        }
    }

    /// What it takes to see it; `None` is everybody's.
    pub(crate) const fn permission(self) -> Option<Permission> {
        match self {
            Self::Inbox | Self::Rewards | Self::Ledger | Self::Record => {
                Some(Permission::ReadCases)
            }
            Self::Content => Some(Permission::EditContent),
            Self::Moderation => Some(Permission::Moderate),
            Self::Statistics => Some(Permission::Statistics),
            Self::Users => Some(Permission::ManageUsers),
            Self::Audit => Some(Permission::ReadAudit),
            Self::Account => None,
        }
    }

    /// Whether the page at `path` is this one or lies below it.
    pub(crate) fn holds(self, path: &str) -> bool {
        let below = if self == Self::Inbox { "cases" } else { self.path() };
        path == self.path() || path.strip_prefix(below).is_some_and(|rest| rest.starts_with('/'))
    }

    /// Its name in the menu.
    pub(crate) fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Inbox => words::place_inbox(lang),
            Self::Moderation => words::place_moderation(lang),
            Self::Rewards => words::place_rewards(lang),
            Self::Ledger => words::place_ledger(lang),
            Self::Statistics => words::place_statistics(lang),
            Self::Record => words::place_record(lang),
            Self::Content => words::place_content(lang),
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
    /// A page of the rectification ledger below its list.
    Record(RecordPage),
    /// A page of the scorecard or of a programme.
    Content(ContentPage),
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
            Some(("record", rest)) => RecordPage::of(rest).map_or(Self::NotFound, Self::Record),
            Some(("content", rest)) => ContentPage::of(rest).map_or(Self::NotFound, Self::Content),
            _ => Self::NotFound,
        }
    }

    /// The page of the menu that it belongs to; `None` for one of its own.
    pub(crate) const fn place(&self) -> Option<Place> {
        match self {
            Self::Place(place) => Some(*place),
            Self::Case(_) => Some(Place::Inbox),
            Self::Record(_) => Some(Place::Record),
            Self::Content(_) => Some(Place::Content),
            Self::NotFound => None,
        }
    }
}

/// The list of issues, and what lies below it. Numbers of issues are in capitals, so that none is taken for a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RecordPage {
    /// The list.
    List,
    /// One issue.
    Item(String),
    /// The form of a new issue.
    New,
    /// The import of a list.
    Import,
    /// Objections that wait for an answer.
    Objections,
}

impl RecordPage {
    fn of(rest: &str) -> Option<Self> {
        match rest {
            "new" => Some(Self::New),
            "import" => Some(Self::Import),
            "objections" => Some(Self::Objections),
            number => {
                ItemNumber::parse(number).ok().map(|number| Self::Item(number.as_str().to_owned()))
            }
        }
    }
}

/// What lies below the scorecard and the programmes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ContentPage {
    /// An indicator by its key; `None` for a new one.
    Score(Option<String>),
    /// A programme by its name; `None` for a new one.
    Programme(Option<String>),
}

impl ContentPage {
    fn of(rest: &str) -> Option<Self> {
        let named =
            |name: &str| name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b));
        match rest.split_once('/') {
            None if rest == "scorecard" => Some(Self::Score(None)),
            None if rest == "programmes" => Some(Self::Programme(None)),
            Some(("scorecard", key)) if named(key) => Some(Self::Score(Some(key.to_owned()))),
            Some(("programmes", slug)) if named(slug) => {
                Some(Self::Programme(Some(slug.to_owned())))
            }
            _ => None,
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

/// The page of an issue.
pub(crate) fn item(number: &str) -> String {
    format!("record/{number}")
}

#[cfg(test)]
mod tests {
    use super::{ContentPage, Page, Place, RecordPage, case, item};

    #[test]
    fn every_address_leads_to_its_page() {
        for place in Place::ALL {
            assert_eq!(Page::of(place.path()), Page::Place(place));
        }
        assert_eq!(Page::of(&case("R7K3M9QXD")), Page::Case("R7K3M9QXD".into()));
        let issue = |number: &str| Page::Record(RecordPage::Item(number.to_owned()));
        assert_eq!(Page::of(&item("D2CQ-0017")), issue("D2CQ-0017"));
        assert_eq!(Page::of("record/new"), Page::Record(RecordPage::New));
        assert_eq!(Page::of("record/NEW"), issue("NEW"), "a number, however it reads");
        let score = ContentPage::Score(Some("air.good_days".to_owned()));
        assert_eq!(Page::of("content/scorecard/air.good_days"), Page::Content(score));
        for nothing in [
            "cases",
            "cases/",
            "cases/a/b",
            "cases/%2e",
            "inbox",
            "record/",
            "record/a/b",
            "content/x",
        ] {
            assert_eq!(Page::of(nothing), Page::NotFound, "{nothing}");
        }
    }

    #[test]
    fn what_lies_below_a_page_of_the_menu_belongs_to_it() {
        assert!(Place::Inbox.holds("cases/R7K3M9QXD") && Place::Inbox.holds(""));
        assert!(Place::Record.holds("record") && Place::Record.holds("record/CASE-1"));
        assert!(!Place::Record.holds("recorded") && !Place::Inbox.holds("record"));
    }

    #[test]
    fn no_two_pages_share_a_shortcut() {
        let mut keys = Place::ALL.map(Place::key);
        keys.sort_unstable();
        assert!(keys.windows(2).all(|pair| pair[0] != pair[1]), "{keys:?}");
    }
}
