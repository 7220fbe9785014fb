//! A district's record as data: `record.toml`, `indicators.csv` and `programmes/` of its profile.

use contract::{programme::ProgrammeText, public::Place};
use domain::{
    Text,
    green_space::{Indicator, ParkKind, Radii, Threshold},
    rectification::{ItemNumber, Medium, Rules, Source, Stage},
    scorecard::{Entry, Figure, Sign},
};
use jiff::{Timestamp, civil::Date};
use serde::Deserialize;

use crate::reports::district::Department;

/// The files of the record.
#[derive(Debug, Clone, Copy)]
pub struct Files<'a> {
    /// `record.toml`.
    pub record: &'a str,
    /// `indicators.csv`.
    pub indicators: &'a str,
    /// Names below `programmes/`, and texts.
    pub programmes: &'a [(&'a str, &'a str)],
}

/// A district's record as data. Without the files there is none.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct District {
    /// Where quoted words stand.
    #[serde(default)]
    pub source: Text,
    /// Who publishes the ledger's notices.
    #[serde(default)]
    pub publisher: Text,
    /// The ledger's own figures.
    #[serde(default)]
    pub rules: Rules,
    /// Units beside departments and streets.
    #[serde(default)]
    pub units: Vec<Department>,
    /// Cases quoted from published texts.
    #[serde(default)]
    pub cases: Vec<QuotedCase>,
    /// The rest of the demonstration's list.
    #[serde(default)]
    pub generated: Option<Generated>,
    /// Green space.
    #[serde(default)]
    pub green: Green,
    /// Pages of programmes, in the order shown.
    #[serde(default)]
    pub programmes: Vec<Page>,
    /// Statements of the scorecard; from `indicators.csv`.
    #[serde(skip)]
    pub statements: Vec<Entry>,
}

/// A case that a published text tells of; its days are not told.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuotedCase {
    /// Its number.
    pub number: ItemNumber,
    /// Where it comes from.
    pub source: Source,
    /// Round or batch.
    #[serde(default)]
    pub batch: String,
    /// What it concerns.
    pub medium: Medium,
    /// In one line.
    pub title: String,
    /// The same in English.
    pub title_en: String,
    /// The task.
    pub text: String,
    /// The responsible unit's key, for the demonstration.
    pub unit: String,
    /// The target.
    pub goal: String,
    /// The measures.
    pub measures: String,
    /// What was achieved.
    pub result: String,
    /// The day it is found on in the demonstration: the text tells none.
    pub found: Date,
    /// Where the text leaves it.
    pub stage: Stage,
}

/// What the demonstration makes up.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Generated {
    /// Decides every number.
    pub seed: u64,
    /// Closed issues, quoted cases included.
    pub closed: usize,
    /// Where issues come from.
    pub batches: Vec<Batch>,
    /// What they are about.
    pub templates: Vec<Template>,
}

/// Issues of one source.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    /// Which.
    pub source: Source,
    /// Its name.
    pub batch: String,
    /// The first day on which they are found.
    pub from: Date,
    /// The last; up to now without it.
    pub until: Option<Date>,
    /// How many.
    pub count: usize,
}

/// What a made-up issue says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// What it concerns.
    pub medium: Medium,
    /// In one line.
    pub title: Text,
    /// The task.
    pub text: String,
    /// The target.
    pub goal: String,
    /// The measures.
    pub measures: String,
    /// What was achieved.
    pub result: String,
}

/// Green space of the district.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Green {
    /// Which statement of the scorecard tells each indicator.
    pub indicators: Vec<Stated>,
    /// Thresholds and figures beside them.
    pub thresholds: Vec<Threshold>,
    /// How far parks reach.
    pub radii: Radii,
    /// Parks by name.
    pub parks: Vec<NamedPark>,
    /// Residential land.
    pub homes: Vec<Home>,
    /// Places that the demonstration makes up.
    pub demonstration: Option<MadeUp>,
}

/// An indicator and the statement that tells it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stated {
    /// Which.
    pub indicator: Indicator,
    /// Key of the scorecard.
    pub key: String,
}

/// A park.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedPark {
    /// Its key.
    pub code: String,
    /// Its name.
    pub name: Text,
    /// Its kind.
    pub kind: ParkKind,
    /// Its area, where known.
    pub area_m2: Option<u32>,
    /// Its middle, where known.
    pub place: Option<Place>,
}

/// A piece of residential land.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Home {
    /// Its middle.
    pub place: Place,
    /// Its area.
    pub area_m2: u32,
}

/// How many places are made up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MadeUp {
    /// Decides them.
    pub seed: u64,
    /// Parks.
    pub parks: usize,
    /// Pieces of residential land.
    pub homes: usize,
}

/// A page of a programme, whose texts are files.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// Its name in its address.
    pub slug: String,
    /// Its title.
    pub title: Text,
    /// In one sentence.
    pub summary: Text,
    /// Keys of the scorecard.
    #[serde(default)]
    pub figures: Vec<String>,
    /// Codes of stations and sections.
    #[serde(default)]
    pub stations: Vec<String>,
    /// Numbers of issues.
    #[serde(default)]
    pub items: Vec<String>,
    /// From `programmes/<slug>.zh.md` and `.en.md`.
    #[serde(skip)]
    pub body: Text,
}

impl Page {
    /// As it is kept.
    pub fn text(&self) -> ProgrammeText {
        ProgrammeText {
            title: self.title.clone(),
            summary: self.summary.clone(),
            body: self.body.clone(),
            figures: self.figures.clone(),
            stations: self.stations.clone(),
            items: self.items.clone(),
        }
    }
}

impl District {
    /// The record in the texts of its files.
    ///
    /// # Errors
    ///
    /// What is wrong with them, for whoever writes them.
    pub fn parse(files: Files<'_>) -> Result<Self, String> {
        let mut read: Self =
            toml::from_str(files.record).map_err(|error| format!("record.toml: {error}"))?;
        read.statements = statements(files.indicators, &read.source)
            .map_err(|error| format!("indicators.csv: {error}"))?;
        let text = |name: String| {
            let found = files.programmes.iter().find(|(known, _)| *known == name);
            found.map(|(_, text)| (*text).to_owned()).ok_or(format!("programmes/{name} is missing"))
        };
        for page in &mut read.programmes {
            let slug = &page.slug;
            page.body = Text::new(text(format!("{slug}.zh.md"))?, text(format!("{slug}.en.md"))?);
        }
        for stated in &read.green.indicators {
            read.statement(&stated.key)?;
        }
        for key in read.programmes.iter().flat_map(|page| &page.figures) {
            read.statement(key)?;
        }
        Ok(read)
    }

    fn statement(&self, key: &str) -> Result<&Entry, String> {
        let found = self.statements.iter().find(|entry| entry.key == key);
        found.ok_or_else(|| format!("record.toml: indicators.csv states no {key}"))
    }

    /// The name of the unit with that key.
    pub fn unit(&self, key: &str) -> Option<&Text> {
        self.units.iter().find(|unit| unit.key == key).map(|unit| &unit.name)
    }
}

/// A line of `indicators.csv`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stating {
    key: String,
    zh: String,
    en: String,
    value: String,
    unit: String,
    year: Option<i16>,
    comparison: Sign,
    quote: String,
    note_zh: String,
    note_en: String,
    publish: String,
}

fn statements(text: &str, source: &Text) -> Result<Vec<Entry>, String> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut entries = Vec::new();
    for line in reader.deserialize() {
        let line: Stating = line.map_err(|error| error.to_string())?;
        let entry = Entry {
            value: Figure::read(&line.value),
            zh: line.zh,
            en: line.en,
            unit: line.unit,
            year: line.year,
            sign: line.comparison,
            quote: line.quote,
            source: source.zh.clone(),
            note: Text::new(line.note_zh, line.note_en),
            publish: line.publish == "yes",
            at: Timestamp::UNIX_EPOCH,
            key: line.key,
        };
        entry.check().map_err(|fault| format!("{}: {fault}", entry.key))?;
        entries.push(entry);
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use domain::scorecard::Group;

    use super::*;
    use crate::profile::Profile;

    fn district() -> District {
        Profile::demonstration().unwrap().record
    }

    #[test]
    fn the_list_has_the_totals_of_the_source() {
        let district = district();
        let generated = district.generated.unwrap();
        let of = |source: Source| {
            let made: usize =
                generated.batches.iter().filter(|b| b.source == source).map(|b| b.count).sum();
            made + district.cases.iter().filter(|case| case.source == source).count()
        };
        assert_eq!(Source::ALL.iter().map(|source| of(*source)).sum::<usize>(), 1_818);
        assert_eq!(of(Source::Central) + of(Source::Municipal), 619);
    }

    #[test]
    fn the_scorecard_has_all_groups_and_one_figure_that_never_shows() {
        let entries = district().statements;
        let hidden: Vec<_> = entries.iter().filter(|entry| !entry.publish).collect();
        assert_eq!((hidden.len(), hidden[0].key.as_str()), (1, "industry.h2_truck_co2"));
        let lines = domain::scorecard::lines(&entries);
        assert_eq!(lines.len(), Group::ALL.len());
        let shown: usize = lines.values().map(Vec::len).sum();
        assert_eq!(shown, entries.len() - 1);
    }

    #[test]
    fn no_page_of_a_programme_names_the_figure_that_never_shows() {
        for page in district().programmes {
            assert!(!page.figures.iter().any(|key| key == "industry.h2_truck_co2"));
            for text in [&page.body.zh, &page.body.en] {
                assert!(!text.contains("79") && !text.trim().is_empty(), "{}", page.slug);
            }
        }
    }
}
