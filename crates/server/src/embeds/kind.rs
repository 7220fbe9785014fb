//! What can be embedded, and under which addresses.

use contract::public::StationKind;

use crate::profile::{Profile, StationProfile};

/// A widget by what it shows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    /// The district's air now.
    AirNow,
    /// An air station with its line, by code.
    Station(String),
    /// Every water section by class.
    Water,
    /// A water section with its months, by code.
    Section(String),
    /// How far the rectification ledger is.
    Rectification,
    /// Green space.
    Green,
    /// The scorecard.
    Scorecard,
    /// A button that leads to the report form.
    Report,
}

impl Kind {
    /// Widgets without a code, in the order in which they are offered.
    pub(crate) const FIXED: [Self; 6] = [
        Self::AirNow,
        Self::Water,
        Self::Rectification,
        Self::Green,
        Self::Scorecard,
        Self::Report,
    ];

    /// The widget at `path` below `embed/`; a code is taken as it is, also where no station has it.
    pub(crate) fn of(path: &str) -> Option<Self> {
        let code = |code: &str| {
            let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
            ((1..=40).contains(&code.len()) && code.chars().all(plain)).then(|| code.to_owned())
        };
        match path.split_once('/') {
            Some(("station", rest)) => code(rest).map(Self::Station),
            Some(("section", rest)) => code(rest).map(Self::Section),
            Some(_) => None,
            None => Self::FIXED.into_iter().find(|kind| kind.path() == path),
        }
    }

    /// The widget that shows what the portal's page at `path` shows.
    pub(crate) fn of_page(profile: &Profile, path: &str) -> Option<Self> {
        let path = path.trim_matches('/');
        let every = Self::all(profile);
        every
            .into_iter()
            .find(|kind| kind.page() == path)
            .or((path.is_empty()).then_some(Self::AirNow))
    }

    /// Every widget of the district.
    pub(crate) fn all(profile: &Profile) -> Vec<Self> {
        let stations = profile.stations.iter().map(|station| match station.kind {
            StationKind::Air => Self::Station(station.code.clone()),
            StationKind::Water => Self::Section(station.code.clone()),
        });
        Self::FIXED.into_iter().chain(stations).collect()
    }

    /// The path below `embed/`.
    pub(crate) fn path(&self) -> String {
        match self {
            Self::AirNow => "air-now".to_owned(),
            Self::Station(code) => format!("station/{code}"),
            Self::Water => "water".to_owned(),
            Self::Section(code) => format!("section/{code}"),
            Self::Rectification => "rectification".to_owned(),
            Self::Green => "green".to_owned(),
            Self::Scorecard => "scorecard".to_owned(),
            Self::Report => "report".to_owned(),
        }
    }

    /// The portal's page with the same figures and more, below the base path.
    pub(crate) fn page(&self) -> String {
        match self {
            Self::AirNow => "air".to_owned(),
            Self::Station(code) => format!("air/{code}"),
            Self::Section(code) => format!("water/{code}"),
            other => other.path(),
        }
    }

    /// The station or section that is meant; `None` where there is none of that code and kind.
    pub(crate) fn station<'a>(&self, profile: &'a Profile) -> Option<&'a StationProfile> {
        let (code, kind) = match self {
            Self::Station(code) => (code, StationKind::Air),
            Self::Section(code) => (code, StationKind::Water),
            _ => return None,
        };
        profile.station(code).filter(|station| station.kind == kind)
    }

    /// Whether it names a station or section.
    pub(crate) const fn has_code(&self) -> bool {
        matches!(self, Self::Station(_) | Self::Section(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_widget_is_found_by_its_own_address_and_by_its_page() {
        let profile = Profile::demonstration().unwrap();
        for kind in Kind::all(&profile) {
            assert_eq!(Kind::of(&kind.path()), Some(kind.clone()));
            assert_eq!(Kind::of_page(&profile, &kind.page()), Some(kind));
        }
        for wrong in ["", "air-now/x", "station/", "station/a/b", "station/%3C", "weather"] {
            assert_eq!(Kind::of(wrong), None, "{wrong}");
        }
        assert_eq!(Kind::of_page(&profile, "/"), Some(Kind::AirNow));
        assert_eq!(Kind::of_page(&profile, "air/NOPE"), None);
    }
}
