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
    /// Methods, sources, feeds.
    About,
    /// The accessibility statement.
    Accessibility,
}

impl Place {
    /// Every page without parameters, in the order of the site map.
    pub(crate) const ALL: [Self; 5] =
        [Self::Overview, Self::Air, Self::Water, Self::About, Self::Accessibility];

    /// The pages of the main menu.
    pub(crate) const MENU: [Self; 4] = [Self::Overview, Self::Air, Self::Water, Self::About];

    /// The path below the base, without a leading slash.
    pub(crate) const fn path(self) -> &'static str {
        match self {
            Self::Overview => "",
            Self::Air => "air",
            Self::Water => "water",
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
            Self::About => words::nav_about(lang),
            Self::Accessibility => words::nav_accessibility(lang),
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

/// The page of an air station.
pub(crate) fn station(code: &str) -> String {
    below(Place::Air, code)
}

/// The page of a water section.
pub(crate) fn section(code: &str) -> String {
    below(Place::Water, code)
}

fn below(place: Place, code: &str) -> String {
    let mut path = format!("{}/", place.path());
    ui::links::push_encoded(&mut path, code);
    path
}

#[cfg(test)]
mod tests {
    use super::{Place, station};

    #[test]
    fn a_page_holds_the_pages_below_it_and_no_others() {
        assert!(Place::Air.holds("air/1424A") && Place::Air.holds("air"));
        assert!(!Place::Air.holds("airship") && !Place::Overview.holds("air"));
        assert!(Place::Overview.holds(""));
    }

    #[test]
    fn a_code_cannot_leave_its_folder() {
        assert_eq!(station("a/../b?c"), "air/a%2F..%2Fb%3Fc");
    }
}
