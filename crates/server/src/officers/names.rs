//! The names that officers read, by key: categories, streets, departments; and the district's rules.

use contract::officer::{Choice, Choices};
use domain::{
    Text,
    calendar::WorkCalendar,
    privacy::cells::{Exposure, Grid},
    report::{Category, Deadlines},
    reward::RewardRules,
};
use store::{ReportRow, Staff, StoreError};

use crate::{
    app::App,
    profile::Profile,
    record,
    reports::{cells, district::District},
};

/// What a district calls things.
pub struct Names<'a> {
    profile: &'a Profile,
    district: &'a District,
    /// Working days.
    pub calendar: &'a WorkCalendar,
    /// Time limits.
    pub deadlines: Deadlines,
    /// The grid of public cells.
    pub grid: &'a Grid,
    /// The rules of rewards.
    pub rules: &'a RewardRules,
}

impl<'a> Names<'a> {
    /// The names of the portal's district.
    pub fn of(app: &'a App) -> Self {
        let (district, reports) = (&app.profile.reports, &app.reports);
        Self {
            profile: &app.profile,
            district,
            calendar: &reports.calendar,
            deadlines: reports.deadlines,
            grid: &reports.grid,
            rules: &district.reward,
        }
    }

    /// The name of a category; its key where the profile no longer has it.
    pub fn category(&self, key: &str) -> Text {
        self.known(key).map_or_else(|| Text::new(key, key), |category| category.name.clone())
    }

    /// The category with that key.
    pub fn known(&self, key: &str) -> Option<&'a Category> {
        self.district.category(key)
    }

    /// How much of a report's place may be public.
    pub fn exposure(&self, report: &ReportRow) -> Exposure {
        cells::exposure(self.district, &report.category, report.from_home)
    }

    /// The name of a street; its code where the profile no longer has it.
    pub fn street(&self, code: &str) -> Text {
        self.district
            .street(code)
            .map_or_else(|| Text::new(code, code), |street| street.name.clone())
    }

    /// The name of the department with that key.
    pub fn department(&self, key: &str) -> Option<&'a Text> {
        self.district.department(key)
    }

    /// What filters and forms offer; `staff` are those a case may be given to.
    pub fn choices(&self, staff: &[Staff]) -> Choices {
        let choice = |key: &str, name: Text| Choice { key: key.to_owned(), name };
        let district = self.district;
        let officers = staff.iter().filter(|staff| staff.active);
        Choices {
            departments: district
                .departments
                .iter()
                .map(|d| choice(&d.key, d.name.clone()))
                .collect(),
            categories: district
                .categories
                .iter()
                .map(|c| choice(&c.key, c.name.clone()))
                .collect(),
            streets: district.streets.iter().map(|s| choice(&s.code, s.name.clone())).collect(),
            officers: officers
                .map(|s| choice(&s.name, Text::new(s.display_name.clone(), s.display_name.clone())))
                .collect(),
            units: record::units(self.profile)
                .into_iter()
                .map(|(key, name)| Choice { key, name })
                .collect(),
            stations: self
                .profile
                .stations
                .iter()
                .map(|station| choice(&station.code, station.name.clone()))
                .collect(),
        }
    }
}

/// Display names of accounts by number.
pub async fn of_staff(app: &App) -> Result<Vec<Staff>, StoreError> {
    app.store.all_staff().await
}
