//! Air: concentrations to an index under the ruler asked for.

use clap::{Args, ValueEnum};
use domain::{
    Averaging, Item, Quantity,
    air::{Concentrations, HourlyPm, IndexStandard, Options, Report, SubIndex, evaluate_with},
};

use super::table::Ruler;

pub(super) const HELP: &str = "\
Adds aqi, level, primary and iaqi_<item> to rows of concentrations (CSV on standard input).

Input columns, in any order and letter case: so2, no2, co, o3, o3_8h, pm10, pm2_5 in µg/m³, CO in
mg/m³; for epa-2024 ozone and CO in ppm, SO2 and NO2 in ppb. Blank means missing. Other columns
pass through.

Hourly: 1-hour means (epa-2024: o3_8h and co are 8-hour means, PM the NowCast). Daily: daily
means, o3 the day's largest hour, o3_8h the day's largest 8-hour mean (epa-2024: so2 and no2 the
day's largest hour, co the largest 8-hour mean).

level is a number, 1 cleanest to 6; primary joins the deciding items by +, o3_8h where the 8-hour
mean decides; aqi is the band's number for eaqi-2024. All three are blank where the ruler gives no
index: under hj633-2026 when a pollutant is missing and the others do not exceed 100 (5.3.1).
iaqi_<item> is blank for items the report does not use. Under hj633-2012 hourly, iaqi_o3_8h is
shown and decides only with --hourly-pm sliding-24h.";

/// The columns read, in the order of the added sub-indices.
const COLUMNS: [&str; 7] = ["so2", "no2", "co", "o3", "o3_8h", "pm10", "pm2_5"];

/// How to evaluate air.
#[derive(Debug, Clone, Args)]
pub struct AirOptions {
    /// The ruler.
    #[arg(long)]
    edition: Edition,
    /// What a row is a report of.
    #[arg(long)]
    averaging: ReportKind,
    /// hj633-2012 hourly only: what the PM columns hold.
    #[arg(long, default_value = "one-hour")]
    hourly_pm: PmKind,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Edition {
    #[value(name = "hj633-2012")]
    Hj633_2012,
    #[value(name = "hj633-2026")]
    Hj633_2026,
    #[value(name = "epa-2024")]
    Epa2024,
    #[value(name = "eaqi-2024")]
    Eaqi2024,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ReportKind {
    Hourly,
    Daily,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum PmKind {
    /// 1-hour means, as the national hourly report computed.
    OneHour,
    /// 24-hour sliding means and sliding 8-hour ozone, as the text of 5.1.3 says.
    #[value(name = "sliding-24h")]
    Sliding24h,
}

/// The ruler of air.
pub(super) struct Air {
    standard: IndexStandard,
    report: Report,
    hourly_pm: HourlyPm,
    added: Vec<String>,
}

impl Air {
    pub(super) fn new(options: &AirOptions) -> Self {
        let named = ["aqi", "level", "primary"].map(str::to_owned);
        Self {
            standard: match options.edition {
                Edition::Hj633_2012 => IndexStandard::Hj633_2012,
                Edition::Hj633_2026 => IndexStandard::Hj633_2026,
                Edition::Epa2024 => IndexStandard::Epa2024,
                Edition::Eaqi2024 => IndexStandard::Eaqi2024,
            },
            report: match options.averaging {
                ReportKind::Hourly => Report::Hourly,
                ReportKind::Daily => Report::Daily,
            },
            hourly_pm: match options.hourly_pm {
                PmKind::OneHour => HourlyPm::OneHour,
                PmKind::Sliding24h => HourlyPm::Sliding24h,
            },
            added: named.into_iter().chain(COLUMNS.map(|c| format!("iaqi_{c}"))).collect(),
        }
    }
}

/// The input column a sub-index belongs to.
fn column(sub: &SubIndex) -> &'static str {
    match (sub.item, sub.averaging) {
        (Item::O3, Averaging::EightHour) => "o3_8h",
        (item, _) => item.key(),
    }
}

impl Ruler for Air {
    fn columns(&self) -> &[&'static str] {
        &COLUMNS
    }

    fn added(&self) -> &[String] {
        &self.added
    }

    fn may_be_negative(&self, _: usize) -> bool {
        false
    }

    fn judge(&self, values: &[Option<Quantity>]) -> Vec<String> {
        let value = |name: &str| {
            COLUMNS.iter().position(|column| *column == name).and_then(|at| *values.get(at)?)
        };
        let concentrations = Concentrations {
            so2: value("so2"),
            so2_24h: None,
            no2: value("no2"),
            co: value("co"),
            o3: value("o3"),
            o3_8h: value("o3_8h"),
            pm10: value("pm10"),
            pm2_5: value("pm2_5"),
        };
        let options = Options { hourly_pm: self.hourly_pm, ..Options::default() };
        let index = evaluate_with(self.standard, self.report, &concentrations, options);
        let primary: Vec<&str> = index.sub.iter().filter(|sub| sub.primary).map(column).collect();
        let mut cells = vec![
            index.value.map_or_else(String::new, |aqi| aqi.to_string()),
            index.level.map_or_else(String::new, |level| level.number().to_string()),
            primary.join("+"),
        ];
        cells.extend(COLUMNS.map(|name| {
            let own = index.sub.iter().filter(|sub| column(sub) == name);
            own.filter_map(|sub| sub.value).max().map_or_else(String::new, |iaqi| iaqi.to_string())
        }));
        cells
    }
}
