//! What a district takes reports of, from `reports.toml` of its profile.

use contract::{public::Place, report::NamedPlace};
use domain::{
    Text,
    place::{Bounds, Outline, Point},
    privacy::cells::Grid,
    report::category::{self, Category},
    reward::RewardRules,
};
use serde::Deserialize;

use super::samples::Sample;

/// Degrees hold a million micro-degrees.
const MICRO: f64 = 1_000_000.0;

/// A district's reports as data. Without the file nothing can be reported.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct District {
    /// What claim codes begin with.
    pub code_prefix: String,
    /// Sentences of the collection notice: purpose, kinds, method, rights.
    pub notice: Vec<Text>,
    /// The channels that may lead to a reward, shown beside the form.
    #[serde(default)]
    pub official_channels: Vec<Text>,
    /// Rings of longitude and latitude, WGS-84; empty where no outline may be shown.
    #[serde(default)]
    pub outline: Vec<Vec<[f64; 2]>>,
    /// Streets and towns.
    pub streets: Vec<NamedPlace>,
    /// Outfalls by sign number.
    #[serde(default)]
    pub outfalls: Vec<NamedPlace>,
    /// Who may be put in charge.
    pub departments: Vec<Department>,
    /// The rules of rewards.
    #[serde(default)]
    pub reward: RewardRules,
    /// What Open311 clients are told of the district.
    #[serde(default)]
    pub open311: Jurisdiction,
    /// What can be reported, in the order shown.
    pub categories: Vec<Category>,
    /// What the demonstration shows.
    #[serde(default)]
    pub samples: Vec<Sample>,
}

/// The district as a jurisdiction of Open311.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Jurisdiction {
    /// What clients name it by, a domain name; empty: by nothing.
    pub jurisdiction_id: String,
    /// When categories or questions last changed, RFC 3339: clients fetch them again when it rises.
    pub changeset: String,
}

/// Somebody who may be put in charge of a report.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Department {
    /// As it is stored and written in configuration.
    pub key: String,
    /// As it is read.
    pub name: Text,
}

impl District {
    /// The district in the text of its file.
    ///
    /// # Errors
    ///
    /// What is wrong with it, for whoever writes it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let read: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        category::validate(&read.categories).map_err(|error| error.to_string())?;
        let prefix = &read.code_prefix;
        if prefix.is_empty() || !prefix.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(format!("code_prefix is \"{prefix}\"; give capital letters A to Z"));
        }
        once("street", read.streets.iter().map(|street| &street.code))?;
        once("outfall", read.outfalls.iter().map(|outfall| &outfall.code))?;
        once("department", read.departments.iter().map(|department| &department.key))?;
        Ok(read)
    }

    /// The category with that key.
    pub fn category(&self, key: &str) -> Option<&Category> {
        self.categories.iter().find(|category| category.key == key)
    }

    /// The street with that code.
    pub fn street(&self, code: &str) -> Option<&NamedPlace> {
        self.streets.iter().find(|street| street.code == code)
    }

    /// The outfall with that number on its sign, in either case of letters.
    pub fn outfall(&self, code: &str) -> Option<&NamedPlace> {
        self.outfalls.iter().find(|outfall| outfall.code.eq_ignore_ascii_case(code.trim()))
    }

    /// The name of the department with that key.
    pub fn department(&self, key: &str) -> Option<&Text> {
        self.departments.iter().find(|department| department.key == key).map(|found| &found.name)
    }

    /// What lies in the district; `bounds` are west, south, east and north of it, in degrees.
    pub fn territory(&self, bounds: [f64; 4]) -> Territory {
        let [west, south, east, north] = bounds;
        let corner = |lon, lat| point(Place { lon, lat }).unwrap_or(Point { lon: 0, lat: 0 });
        let bounds = Bounds { south_west: corner(west, south), north_east: corner(east, north) };
        let ring = |ring: &Vec<[f64; 2]>| {
            ring.iter().filter_map(|[lon, lat]| point(Place { lon: *lon, lat: *lat })).collect()
        };
        let rings: Vec<Vec<Point>> = self.outline.iter().map(ring).collect();
        Territory { bounds, outline: (!rings.is_empty()).then_some(Outline { rings }) }
    }
}

fn once<'a>(what: &str, codes: impl Iterator<Item = &'a String>) -> Result<(), String> {
    let mut seen = std::collections::BTreeSet::new();
    for code in codes {
        if !seen.insert(code) {
            return Err(format!("{what} {code} is listed twice"));
        }
    }
    Ok(())
}

/// Where the district is, and the grid that its places are published on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Territory {
    bounds: Bounds,
    outline: Option<Outline>,
}

impl Territory {
    /// Whether `point` belongs to the district: by its outline, or else its bounds.
    pub fn contains(&self, point: Point) -> bool {
        self.outline
            .as_ref()
            .map_or_else(|| self.bounds.contains(point), |outline| outline.contains(point))
    }

    /// The grid of public cells. It hangs on the bounds, which must not change once reports are published.
    pub fn grid(&self) -> Grid {
        Grid::at_latitude(i32::midpoint(self.bounds.south_west.lat, self.bounds.north_east.lat))
    }
}

/// A place in whole micro-degrees; `None` for what is no place on earth.
pub fn point(place: Place) -> Option<Point> {
    let micro = |degrees: f64| {
        let micro = (degrees * MICRO).round();
        #[expect(clippy::cast_possible_truncation, reason = "checked to lie within the globe")]
        (micro.abs() <= 180.0 * MICRO).then_some(micro as i32)
    };
    Point::new(micro(place.lon)?, micro(place.lat)?)
}

/// A place in degrees.
pub fn place(point: Point) -> Place {
    Place { lon: f64::from(point.lon) / MICRO, lat: f64::from(point.lat) / MICRO }
}

#[cfg(test)]
mod tests {
    use domain::report::category::{Group, ServiceKind};

    use super::*;
    use crate::profile::Profile;

    fn district() -> District {
        Profile::demonstration().unwrap().reports
    }

    #[test]
    fn the_demonstrations_district_takes_reports_of_every_group_and_kind() {
        let categories = district().categories;
        for group in Group::ALL {
            assert!(categories.iter().any(|category| category.group == *group), "{group:?}");
        }
        for kind in ServiceKind::ALL {
            assert!(categories.iter().any(|category| category.kind == *kind), "{kind:?}");
        }
    }

    #[test]
    fn a_demonstrations_outfall_says_so() {
        for outfall in district().outfalls {
            assert!(outfall.name.zh.contains("演示"), "{}", outfall.code);
        }
    }

    #[test]
    fn a_file_that_names_something_twice_is_refused() {
        let text = "code_prefix = \"ABC\"\nnotice = []\ncategories = []\ndepartments = []\n\
                    streets = [{ code = \"a\", name = { zh = \"甲\", en = \"A\" } }, \
                               { code = \"a\", name = { zh = \"乙\", en = \"B\" } }]\n";
        assert_eq!(District::parse(text).unwrap_err(), "street a is listed twice");
        assert!(District::parse(&text.replace("ABC", "a b")).unwrap_err().contains("code_prefix"));
    }

    #[test]
    fn what_lies_in_the_district_is_decided_by_its_outline_where_there_is_one() {
        let at = |lon, lat| point(Place { lon, lat }).unwrap();
        let mut district = district();
        let bounds = [106.0, 29.0, 107.0, 30.0];
        assert!(district.territory(bounds).contains(at(106.9, 29.9)));
        district.outline = vec![vec![[106.0, 29.0], [107.0, 29.0], [106.0, 30.0]]];
        let territory = district.territory(bounds);
        assert!(territory.contains(at(106.2, 29.2)) && !territory.contains(at(106.9, 29.9)));
    }

    #[test]
    fn what_is_no_place_has_no_point() {
        for (lon, lat) in [(f64::NAN, 29.0), (106.0, f64::INFINITY), (181.0, 0.0), (0.0, 90.1)] {
            assert_eq!(point(Place { lon, lat }), None, "{lon} {lat}");
        }
        assert_eq!(
            point(Place { lon: 106.5, lat: 29.5 }).map(place),
            Some(Place { lon: 106.5, lat: 29.5 })
        );
    }
}
