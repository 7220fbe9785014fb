//! A district as data: names, stations, sources, shapes, footer identifiers.

use std::path::{Path, PathBuf};

use contract::public::{FooterMark, MapShape, Place, SourceNote, StationKind, WaterSite};
use domain::{Item, Text};
use serde::Deserialize;

use crate::{record::district as record, reports::district::District};

/// A district's folder in `profiles/`, read.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The district's name.
    pub district: Text,
    /// The portal's name.
    pub title: Text,
    /// Who publishes the portal.
    pub publisher: Text,
    /// The operator's contact, shown on every page.
    pub contact: Text,
    /// The licence of the data, as a sentence.
    pub licence: Text,
    /// One sentence for search engines and previews.
    pub description: Text,
    /// The map's first view: west, south, east, north in degrees.
    pub bounds: [f64; 4],
    /// Identifiers a government site must carry; empty where not known yet.
    pub footer: Vec<FooterMark>,
    /// Sources of data, with owner and licence.
    pub sources: Vec<SourceNote>,
    /// Stations and sections.
    pub stations: Vec<StationProfile>,
    /// Rivers and lakes for the map; from `shapes.json`.
    #[serde(skip)]
    pub shapes: Vec<MapShape>,
    /// What can be reported; from `reports.toml`, without which nothing can.
    #[serde(skip)]
    pub reports: District,
    /// The rectification ledger, green space, scorecard and programmes; from `record.toml` and what lies beside it.
    #[serde(skip)]
    pub record: record::District,
}

/// One station or section.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StationProfile {
    /// Its code.
    pub code: String,
    /// Air or water.
    pub kind: StationKind,
    /// Its name.
    pub name: Text,
    /// Where it stands; absent where no position is known to be right.
    pub place: Option<Place>,
    /// Who publishes its numbers.
    pub authority: Text,
    /// 国控, 市控, 区控 …
    pub network: Text,
    /// Facts of a water section.
    pub water: Option<WaterSite>,
    /// What it measures, in the order shown.
    pub items: Vec<Item>,
    /// Seconds between two values when all is well.
    pub expected_interval_s: u32,
    /// Provinces and names under which the national water feed, which has no codes, lists it.
    #[serde(default)]
    pub published: Vec<PublishedName>,
    /// How the demonstration plays it; it is left alone if absent.
    pub demonstration: Option<Played>,
    /// Where the position and the facts come from; not shown, kept for whoever maintains them.
    #[serde(default)]
    pub note: String,
}

/// A section as the national feed names it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedName {
    /// The province.
    pub province: String,
    /// The section.
    pub name: String,
}

/// How the demonstration plays a station.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Played {
    /// What the station is like.
    pub character: ingest::demonstration::Character,
    /// How its data travels.
    pub via: Via,
}

/// How a simulated station reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Via {
    /// As an instrument over TCP.
    Hj212,
    /// As a gateway over HTTP.
    Http,
}

/// Identifiers that every government site must carry: organiser, site code, ICP licence and
/// police registration (国办发〔2017〕47号).
const REQUIRED: [&str; 4] = ["organiser", "site_code", "icp", "police"];

/// Why a profile cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    #[error("cannot read {}: {cause}", path.display())]
    Unreadable { path: PathBuf, cause: std::io::Error },
    #[error("{name}: {message}")]
    Malformed { name: String, message: String },
    #[error("station {0} is listed twice")]
    Twice(String),
    #[error("station {0} is a water section without its [stations.water] facts")]
    WithoutWater(String),
}

impl Profile {
    /// The profile in `folder`.
    pub fn load(folder: &Path) -> Result<Self, ProfileError> {
        let read = |name: &str| {
            let path = folder.join(name);
            std::fs::read_to_string(&path).map_err(|cause| ProfileError::Unreadable { path, cause })
        };
        let reports = folder.join("reports.toml").is_file().then(|| read("reports.toml"));
        let reports = reports.transpose()?;
        let profile =
            Self::parse(&read("profile.toml")?, &read("shapes.json")?, reports.as_deref())?;
        if !folder.join("record.toml").is_file() {
            return Ok(profile);
        }
        let texts = programmes(&folder.join("programmes"))?;
        let texts: Vec<(&str, &str)> =
            texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        profile.with_record(record::Files {
            record: &read("record.toml")?,
            indicators: &read("indicators.csv")?,
            programmes: &texts,
        })
    }

    fn with_record(mut self, files: record::Files<'_>) -> Result<Self, ProfileError> {
        self.record = record::District::parse(files)
            .map_err(|message| ProfileError::Malformed { name: "record".to_owned(), message })?;
        let units = crate::record::units(&self);
        if let Some(case) = self.record.cases.iter().find(|case| !units.contains_key(&case.unit)) {
            let message = format!("case {} names the unknown unit {}", case.number, case.unit);
            return Err(ProfileError::Malformed { name: "record.toml".to_owned(), message });
        }
        Ok(self)
    }

    /// The profile in the texts of its files, of which the last may be missing.
    pub fn parse(profile: &str, shapes: &str, reports: Option<&str>) -> Result<Self, ProfileError> {
        let malformed = |name: &str, message: String| ProfileError::Malformed {
            name: name.to_owned(),
            message,
        };
        let mut read: Self = toml::from_str(profile)
            .map_err(|error| malformed("profile.toml", error.to_string()))?;
        read.shapes = serde_json::from_str(shapes)
            .map_err(|error| malformed("shapes.json", error.to_string()))?;
        if let Some(reports) = reports {
            read.reports =
                District::parse(reports).map_err(|message| malformed("reports.toml", message))?;
        }
        read.stations.sort_by(|a, b| a.code.cmp(&b.code));
        for pair in read.stations.windows(2) {
            if pair[0].code == pair[1].code {
                return Err(ProfileError::Twice(pair[0].code.clone()));
            }
        }
        for station in &read.stations {
            if station.kind == StationKind::Water && station.water.is_none() {
                return Err(ProfileError::WithoutWater(station.code.clone()));
            }
        }
        Ok(read)
    }

    /// The demonstration's profile, compiled in.
    pub fn demonstration() -> Result<Self, ProfileError> {
        let [profile, shapes, reports] = crate::embedded::DEMONSTRATION_PROFILE;
        Self::parse(profile, shapes, Some(reports))?
            .with_record(crate::embedded::DEMONSTRATION_RECORD)
    }

    /// Keys of the footer identifiers without a value, and of those every government site must
    /// carry that are not listed at all.
    pub fn missing_identifiers(&self) -> impl Iterator<Item = &str> {
        let listed = |key: &&str| self.footer.iter().any(|mark| mark.key == *key);
        let empty = self.footer.iter().filter(|mark| mark.value.trim().is_empty());
        let absent = REQUIRED.into_iter().filter(move |key| !listed(key));
        empty.map(|mark| mark.key.as_str()).chain(absent)
    }

    /// The code of the section that the national feed lists under that province and name.
    pub fn section_code(&self, province: &str, name: &str) -> Option<&str> {
        let lists = |station: &&StationProfile| {
            station.published.iter().any(|p| p.province == province && p.name == name)
        };
        self.stations.iter().find(lists).map(|station| station.code.as_str())
    }

    /// The station with that code.
    pub fn station(&self, code: &str) -> Option<&StationProfile> {
        self.stations.iter().find(|station| station.code == code)
    }
}

/// The texts below `programmes/`, by the names of their files.
fn programmes(folder: &Path) -> Result<Vec<(String, String)>, ProfileError> {
    let unreadable = |path: &Path| {
        let path = path.to_owned();
        move |cause| ProfileError::Unreadable { path, cause }
    };
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable(folder))? {
        let path = entry.map_err(unreadable(folder))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        texts.push((name, std::fs::read_to_string(&path).map_err(unreadable(&path))?));
    }
    Ok(texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demonstrations_profile_can_be_read() {
        let profile = Profile::demonstration().unwrap();
        assert!(profile.stations.iter().any(|station| station.kind == StationKind::Air));
        assert!(profile.stations.iter().any(|station| station.kind == StationKind::Water));
        assert!(profile.shapes.iter().all(|shape| !shape.source.zh.is_empty()));
        assert_eq!(profile.missing_identifiers().count(), profile.footer.len());
    }

    #[test]
    fn an_identifier_that_is_not_listed_is_missing_too() {
        let mut profile = Profile::demonstration().unwrap();
        profile.footer.clear();
        assert_eq!(profile.missing_identifiers().collect::<Vec<_>>(), REQUIRED);
    }

    #[test]
    fn a_station_listed_twice_is_refused() {
        let [profile, shapes, _] = crate::embedded::DEMONSTRATION_PROFILE;
        let again = profile.find("[[stations]]").map(|at| &profile[at..]).unwrap();
        let twice = format!("{profile}\n{again}");
        assert!(matches!(Profile::parse(&twice, shapes, None), Err(ProfileError::Twice(_))));
    }
}
