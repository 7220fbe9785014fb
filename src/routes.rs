//! Every public path in one table, also the site map.

use domain::Lang;

use crate::words;

/// A page of the portal that has a place in the menu or the site map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Everything at a glance.
    Overview,
    /// Air: map, ranking, comparison.
    Air,
    /// Water: map, sections by class.
    Water,
    /// The report form.
    Report,
    /// Published reports.
    Reports,
    /// The way back to a report by its claim code.
    Track,
    /// The rectification ledger.
    Rectification,
    /// Green space.
    Green,
    /// Published figures of the district.
    Scorecard,
    /// Programmes and works.
    Programmes,
    /// Methods, sources, feeds.
    About,
    /// The accessibility statement.
    Accessibility,
}

impl Place {
    /// Every page without parameters, in the order of the site map.
    pub(crate) const ALL: [Self; 12] = [
        Self::Overview,
        Self::Air,
        Self::Water,
        Self::Rectification,
        Self::Green,
        Self::Scorecard,
        Self::Programmes,
        Self::Report,
        Self::Reports,
        Self::Track,
        Self::About,
        Self::Accessibility,
    ];

    /// The pages of the main menu; the first of the record's stands for all of them.
    pub(crate) const MENU: [Self; 7] = [
        Self::Overview,
        Self::Air,
        Self::Water,
        Self::Rectification,
        Self::Report,
        Self::Reports,
        Self::About,
    ];

    /// The pages of the district's record, which have a menu of their own.
    pub(crate) const RECORD: [Self; 4] =
        [Self::Rectification, Self::Green, Self::Scorecard, Self::Programmes];

    /// The path below the base, without a leading slash.
    pub(crate) const fn path(self) -> &'static str {
        match self {
            Self::Overview => "",
            Self::Air => "air",
            Self::Water => "water",
            Self::Report => "report",
            Self::Reports => "reports",
            Self::Track => "track",
            Self::Rectification => "rectification",
            Self::Green => "green",
            Self::Scorecard => "scorecard",
            Self::Programmes => "programmes",
            Self::About => "about",
            Self::Accessibility => "accessibility",
        }
    }

    /// Its name in menus.
    pub(crate) fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Overview => words::nav_overview(lang),
            Self::Air => words::nav_air(lang),
            Self::Water => words::nav_water(lang),
            Self::Report => words::nav_report(lang),
            Self::Reports => words::nav_reports(lang),
            Self::Track => words::nav_track(lang),
            Self::Rectification => words::nav_rectification(lang),
            Self::Green => words::nav_green(lang),
            Self::Scorecard => words::nav_scorecard(lang),
            Self::Programmes => words::nav_programmes(lang),
            Self::About => words::nav_about(lang),
            Self::Accessibility => words::nav_accessibility(lang),
        }
    }

    /// Its name in the main menu, and whether `path` belongs to it there.
    pub(crate) fn in_menu(self, path: &str, lang: Lang) -> (&'static str, bool) {
        match self {
            Self::Rectification => {
                (words::nav_record(lang), Self::RECORD.iter().any(|place| place.holds(path)))
            }
            place => (place.name(lang), place.holds(path)),
        }
    }

    /// True when `path` (below the base, without a leading slash) is this page or one below it.
    pub(crate) fn holds(self, path: &str) -> bool {
        match self {
            Self::Overview => path.is_empty(),
            place => path
                .strip_prefix(place.path())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
        }
    }
}

/// What an address leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Page {
    /// A page of the site map.
    Place(Place),
    /// An air station, by its code.
    Station(String),
    /// A water section, by its code.
    Section(String),
    /// A published report, by its number.
    Report(String),
    /// An issue of the rectification ledger, by its number.
    Item(String),
    /// A programme, by its name in the address.
    Programme(String),
    /// Nothing.
    NotFound,
}

impl Page {
    /// The page at `path`, below the base, without slashes at its ends.
    pub(crate) fn of(path: &str) -> Self {
        if let Some(place) = Place::ALL.into_iter().find(|place| place.path() == path) {
            return Self::Place(place);
        }
        match path.split_once('/') {
            Some(("air", code)) if is_code(code) => Self::Station(ui::router::decoded(code)),
            Some(("water", code)) if is_code(code) => Self::Section(ui::router::decoded(code)),
            Some(("reports", number)) if is_code(number) => {
                Self::Report(ui::router::decoded(number))
            }
            Some(("rectification", number)) if is_code(number) => {
                Self::Item(ui::router::decoded(number))
            }
            Some(("programmes", slug)) if is_code(slug) => {
                Self::Programme(ui::router::decoded(slug))
            }
            _ => Self::NotFound,
        }
    }
}

fn is_code(code: &str) -> bool {
    !code.is_empty() && !code.contains('/')
}

/// The page of an air station.
pub(crate) fn station(code: &str) -> String {
    below(Place::Air, code)
}

/// The page of a water section.
pub(crate) fn section(code: &str) -> String {
    below(Place::Water, code)
}

/// The page of a published report.
pub(crate) fn report(number: &str) -> String {
    below(Place::Reports, number)
}

/// The page of an issue of the rectification ledger.
pub(crate) fn item(number: &str) -> String {
    below(Place::Rectification, number)
}

/// The page of a programme.
pub(crate) fn programme(slug: &str) -> String {
    below(Place::Programmes, slug)
}

fn below(place: Place, code: &str) -> String {
    let mut path = format!("{}/", place.path());
    ui::router::push_encoded(&mut path, code);
    path
}

#[cfg(test)]
mod tests {
    use super::{Page, Place, section, station};

    #[test]
    fn every_address_leads_to_its_page() {
        for place in Place::ALL {
            assert_eq!(Page::of(place.path()), Page::Place(place));
        }
        assert_eq!(Page::of(&station("1424A")), Page::Station("1424A".into()));
        assert_eq!(Page::of(&section("和/尚 山")), Page::Section("和/尚 山".into()));
        assert_eq!(Page::of("reports/R7K3M9QXD"), Page::Report("R7K3M9QXD".into()));
        assert_eq!(Page::of("rectification/D2CQ-0017"), Page::Item("D2CQ-0017".into()));
        assert_eq!(Page::of("programmes/one-thing"), Page::Programme("one-thing".into()));
        for nothing in ["airs", "air/a/b", "water/", "report/x", "tracks"] {
            assert_eq!(Page::of(nothing), Page::NotFound, "{nothing}");
        }
    }

    #[test]
    fn a_page_holds_the_pages_below_it_and_no_others() {
        assert!(Place::Air.holds("air/1424A") && Place::Air.holds("air"));
        assert!(!Place::Air.holds("airship") && !Place::Overview.holds("air"));
        assert!(Place::Overview.holds(""));
    }

    #[test]
    fn one_entry_of_the_menu_stands_for_the_whole_record() {
        for path in ["rectification", "rectification/D2CQ-0017", "green", "programmes/one-thing"] {
            let held = Place::MENU.map(|place| place.in_menu(path, domain::Lang::Zh).1);
            assert_eq!(held, [false, false, false, true, false, false, false], "{path}");
        }
    }

    #[test]
    fn a_code_cannot_leave_its_folder() {
        assert_eq!(station("a/../b?c"), "air/a%2F..%2Fb%3Fc");
    }
}
