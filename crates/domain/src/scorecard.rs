//! The scorecard 成绩单: what was published of the district, each figure with its sign, its year and the words it was
//! published in.
//!
//! Entries are only ever added. Of one indicator and year the newest entry counts; the older ones stay readable.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Quantity, Text};

named! {
    /// How the published words stand to the number.
    pub enum Sign {
        /// Exactly.
        Exactly = "=" "" "";
        /// More than.
        Over = ">" "超过" "more than";
        /// At least.
        AtLeast = "≥" "不低于" "at least";
        /// Less than.
        Under = "<" "不到" "less than";
        /// At most.
        AtMost = "≤" "不超过" "at most";
        /// About.
        About = "≈" "约" "about";
    }
}

impl Sign {
    /// Whether `figure` stands to `bound` as the sign says; `None` where the sign bounds nothing.
    pub fn holds(self, figure: Quantity, bound: Quantity) -> Option<bool> {
        match self {
            Self::Exactly => Some(figure == bound),
            Self::Over => Some(figure > bound),
            Self::AtLeast => Some(figure >= bound),
            Self::Under => Some(figure < bound),
            Self::AtMost => Some(figure <= bound),
            Self::About => None,
        }
    }
}

named! {
    /// A group of the scorecard, in the order of the source.
    pub enum Group {
        /// Air.
        Air = "air" "蓝天" "clean air";
        /// Inspections and what was put right.
        Inspection = "inspection" "督察整改" "inspections and rectification";
        /// Water.
        Water = "water" "碧水" "clear water";
        /// Shores, forests, parks.
        Ecology = "ecology" "生态绿化" "ecology and green space";
        /// Soil, waste, countryside.
        Land = "land" "净土与乡村" "soil, waste and countryside";
        /// Industry and carbon.
        Economy = "economy" "绿色低碳" "green economy";
        /// The digital system and the way of governing.
        Governance = "governance" "数字治理" "digital governance";
    }
}

impl Group {
    /// The group of an indicator by the first word of its key; `None` for an unknown one.
    pub fn of(key: &str) -> Option<Self> {
        match key.split('.').next()? {
            "air" => Some(Self::Air),
            "inspect" | "award" | "risk" => Some(Self::Inspection),
            "water" => Some(Self::Water),
            "eco" | "green" | "zoning" => Some(Self::Ecology),
            "soil" | "waste" | "rural" => Some(Self::Land),
            "industry" | "carbon" | "emission" => Some(Self::Economy),
            "digital" | "gov" => Some(Self::Governance),
            _ => None,
        }
    }
}

/// A figure: a number, or a word such as a water class or a pattern.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Figure {
    /// A number in the indicator's unit.
    Number(Quantity),
    /// As published: `II`, `1+3+13`.
    Word(String),
}

impl Figure {
    /// A number where the text is one, else the text.
    pub fn read(text: &str) -> Self {
        let text = text.trim();
        text.parse().map_or_else(|_| Self::Word(text.to_owned()), Self::Number)
    }

    /// The number, if it is one.
    pub const fn number(&self) -> Option<Quantity> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Word(_) => None,
        }
    }
}

impl std::fmt::Display for Figure {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => number.fmt(out),
            Self::Word(word) => out.pad(word),
        }
    }
}

/// The unit of an indicator as it is read after its number; an unknown one as it stands, and nothing where the figure is no
/// amount.
pub fn unit_name(unit: &str, lang: crate::Lang) -> &str {
    let (zh, en) = match unit {
        "class" | "count" | "pattern" | "pilot" => ("", ""),
        "10^4 m2" => ("万平方米", "×10⁴ m²"),
        "10^4 m3" => ("万立方米", "×10⁴ m³"),
        "10^4 record" => ("万条", "×10⁴ records"),
        "award" => ("项", "awards"),
        "body" => ("条", "water bodies"),
        "cell" => ("个", "cells"),
        "day" => ("天", "days"),
        "factory" => ("家", "factories"),
        "firm" => ("家", "firms"),
        "hazard" => ("处", "hazards"),
        "hour" => ("小时", "h"),
        "issue" => ("件", "issues"),
        "km" => ("公里", "km"),
        "km2" => ("平方公里", "km²"),
        "m2" => ("平方米", "m²"),
        "m2/person" => ("平方米/人", "m² per resident"),
        "machine" => ("台", "machines"),
        "module" => ("个", "modules"),
        "mu" => ("亩", "mu (1 mu = 666.67 m²)"),
        "outfall" => ("个", "outfalls"),
        "park" => ("个", "parks"),
        "patent" => ("项", "patents"),
        "point" => ("个", "points"),
        "rank" => ("（名次）", "(rank)"),
        "situation" => ("种", "situations"),
        "t" => ("吨", "t"),
        "t/a" => ("吨/年", "t per year"),
        "village" => ("个", "villages"),
        "well" => ("口", "wells"),
        "year" => ("年", "years"),
        other => return other,
    };
    lang.pick(zh, en)
}

/// One statement about one indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The indicator's key, e.g. `air.good_days`.
    pub key: String,
    /// Its name in Chinese.
    pub zh: String,
    /// Its name in English.
    pub en: String,
    /// What was stated.
    pub value: Figure,
    /// In which unit.
    pub unit: String,
    /// Of which year; `None`: the period is not stated.
    pub year: Option<i16>,
    /// How the words stand to the number.
    pub sign: Sign,
    /// The words of the source.
    pub quote: String,
    /// Where the words stand.
    pub source: String,
    /// What a reader must know to read it right; empty in both languages, or in neither.
    #[serde(default)]
    pub note: Text,
    /// Whether it may be shown: never what is physically implausible.
    pub publish: bool,
    /// When it was entered.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub at: Timestamp,
}

/// Why an entry is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EntryFault {
    /// The key belongs to no group.
    #[error("the key begins with none of the scorecard's groups")]
    UnknownGroup,
    /// A name is missing in a language.
    #[error("the name is needed in both languages")]
    NoName,
    /// Nothing is stated.
    #[error("a value is needed")]
    NoValue,
    /// Nobody said it.
    #[error("the source and its words are needed")]
    NoSource,
    /// A note in one language only.
    #[error("the note is needed in both languages or in neither")]
    HalfNote,
    /// Years of the portal's calendar.
    #[error("the year lies between 1949 and 2100")]
    BadYear,
}

impl EntryFault {
    /// For the person at the form.
    pub const fn sentence(self, lang: crate::Lang) -> &'static str {
        match self {
            Self::UnknownGroup => lang
                .pick("指标编号不属于任何类别。", "The key belongs to no group of the scorecard."),
            Self::NoName => lang.pick("请填写中英文名称。", "Give the name in both languages."),
            Self::NoValue => lang.pick("请填写数值。", "Give a value."),
            Self::NoSource => lang.pick("请注明来源及原文。", "Name the source and its words."),
            Self::HalfNote => lang.pick(
                "说明须中英文都填写，或都不填。",
                "Give the note in both languages, or in neither.",
            ),
            Self::BadYear => {
                lang.pick("年份应在 1949 至 2100 之间。", "The year lies between 1949 and 2100.")
            }
        }
    }
}

impl Entry {
    /// Whether it may be added.
    ///
    /// # Errors
    ///
    /// The first [`EntryFault`].
    pub fn check(&self) -> Result<(), EntryFault> {
        let blank = |text: &str| text.trim().is_empty();
        if Group::of(&self.key).is_none() {
            return Err(EntryFault::UnknownGroup);
        }
        if blank(&self.zh) || blank(&self.en) {
            return Err(EntryFault::NoName);
        }
        if blank(&self.value.to_string()) {
            return Err(EntryFault::NoValue);
        }
        if blank(&self.quote) || blank(&self.source) {
            return Err(EntryFault::NoSource);
        }
        if blank(&self.note.zh) != blank(&self.note.en) {
            return Err(EntryFault::HalfNote);
        }
        if self.year.is_some_and(|year| !(1949..=2100).contains(&year)) {
            return Err(EntryFault::BadYear);
        }
        Ok(())
    }
}

/// One indicator with all that was ever stated of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'a> {
    /// The entry that counts: of the latest year, the newest; one without a year counts as the latest.
    pub now: &'a Entry,
    /// The newest entry of every year, the earliest year first; those without a year are not among them.
    pub years: Vec<&'a Entry>,
    /// Entries that a newer one of the same year has replaced, the newest first.
    pub replaced: Vec<&'a Entry>,
}

impl Line<'_> {
    /// Whether the years make a history: at least two, with numbers of one unit.
    pub fn has_history(&self) -> bool {
        let unit = &self.now.unit;
        let comparable = |entry: &&&Entry| entry.value.number().is_some() && entry.unit == *unit;
        self.years.iter().filter(comparable).count() >= 2
    }
}

/// The indicators of `entries`, oldest entry first, by group and key. What must not be published is left out, and with
/// it whatever it replaced: an implausible figure does not bring back an older one.
pub fn lines<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> BTreeMap<Group, Vec<Line<'a>>> {
    let mut keys: BTreeMap<&str, BTreeMap<Option<i16>, Vec<&Entry>>> = BTreeMap::new();
    for entry in entries {
        keys.entry(&entry.key).or_default().entry(entry.year).or_default().push(entry);
    }
    let mut groups: BTreeMap<Group, Vec<Line<'a>>> = BTreeMap::new();
    for (key, years) in keys {
        if let (Some(group), Some(line)) = (Group::of(key), line(years)) {
            groups.entry(group).or_default().push(line);
        }
    }
    groups
}

fn line(years: BTreeMap<Option<i16>, Vec<&Entry>>) -> Option<Line<'_>> {
    let mut shown: Vec<(Option<i16>, &Entry)> = Vec::new();
    let mut replaced = Vec::new();
    for (year, mut entries) in years {
        let newest = entries.pop()?;
        if newest.publish {
            shown.push((year, newest));
            replaced.extend(entries.into_iter().rev().filter(|entry| entry.publish));
        }
    }
    // Without a year stands first in the order of `Option`, and counts as the latest statement.
    let stated = shown.iter().find(|(year, _)| year.is_none()).or(shown.last());
    let now = stated.map(|(_, entry)| *entry)?;
    let years = shown.iter().filter(|(year, _)| year.is_some()).map(|(_, entry)| *entry).collect();
    Some(Line { now, years, replaced })
}
