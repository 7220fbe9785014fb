//! What can be reported, and what is asked about it; read from the district's profile.

mod answers;

pub use answers::{Answer, AnswerFault, AnswerProblem};
use serde::{Deserialize, Serialize};

use crate::Text;

/// Questions per category at most: more are not answered on a phone by a river.
pub const MOST_QUESTIONS: usize = 5;

named! {
    /// What a category belongs to 类别.
    pub enum Group {
        /// Smoke, fumes, odour.
        Air = "air" "大气" "air";
        /// Rivers, lakes, waste water.
        Water = "water" "水" "water";
        /// Noise and vibration.
        Noise = "noise" "噪声" "noise";
        /// Dust of building sites, roads and yards.
        Dust = "dust" "扬尘" "dust";
        /// Rubbish, sludge, hazardous waste.
        SolidWaste = "solid_waste" "固体废物" "solid waste";
        /// Outfalls into rivers 入河排污口.
        Outfall = "outfall" "入河排污口" "outfall";
        /// Trees, wetlands, animals, soil.
        Ecology = "ecology" "生态" "ecology";
        /// Anything else.
        Other = "other" "其他" "other";
    }
}

named! {
    /// How a report of a category is answered: the `type` of an Open311 service.
    pub enum ServiceKind {
        /// With a number at once, and visible once moderated.
        Realtime = "realtime" "公开办理" "handled in public";
        /// Never visible: tips that could endanger whoever gave them.
        Blackbox = "blackbox" "不公开线索" "never public";
        /// The number comes later.
        Batch = "batch" "批量受理" "accepted in batches";
    }
}

named! {
    /// What kind of answer a question takes.
    pub enum QuestionKind {
        /// One line.
        Text = "text" "单行文字" "one line";
        /// Several lines.
        Paragraph = "paragraph" "多行文字" "several lines";
        /// A decimal number.
        Number = "number" "数字" "number";
        /// A date and time of day, Beijing.
        Datetime = "datetime" "日期时间" "date and time";
        /// One of the choices.
        One = "one" "单选" "one choice";
        /// Any of the choices.
        Many = "many" "多选" "any choices";
    }
}

/// One thing to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// As it is sent and stored.
    pub key: String,
    /// As it is read.
    pub label: Text,
}

/// A question about a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// As it is sent and stored; the attribute's code in Open311, e.g. `SMELL`.
    pub code: String,
    /// What answers it takes.
    pub kind: QuestionKind,
    /// Whether a report without an answer is refused.
    #[serde(default)]
    pub required: bool,
    /// The question as it is read.
    pub label: Text,
    /// For [`QuestionKind::One`] and [`QuestionKind::Many`] alone.
    #[serde(default)]
    pub choices: Vec<Choice>,
}

/// Something that can be reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// In URLs and the database, e.g. `air_odour`.
    pub key: String,
    /// What it belongs to.
    pub group: Group,
    /// Its name.
    pub name: Text,
    /// What belongs here, and what does not.
    #[serde(default)]
    pub hint: Text,
    /// How it is answered.
    pub kind: ServiceKind,
    /// Usually reported from where one lives (noise, odour): the place is published as a cell only.
    #[serde(default)]
    pub from_home: bool,
    /// Happens on public ground: the place may be published to 50 m.
    #[serde(default)]
    pub fine_cell: bool,
    /// The service code in Open311, e.g. `AIR01`.
    pub open311: String,
    /// What people search for.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// At most [`MOST_QUESTIONS`].
    #[serde(default)]
    pub questions: Vec<Question>,
}

/// Why a category in a profile cannot be used; for whoever writes the profile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CategoryError {
    /// A key that is not of small letters, digits and `_`, or empty.
    #[error("category `{0}`: a key has small letters, digits and `_`")]
    Key(String),
    /// A name, label or choice that lacks a language.
    #[error("category `{category}`: {what} needs both zh and en")]
    Language {
        /// Its key.
        category: String,
        /// Which text.
        what: String,
    },
    /// Two categories, questions or choices of one key.
    #[error("`{0}` stands twice")]
    Twice(String),
    /// Too many questions.
    #[error("category `{category}` asks {questions} questions; the most is 5")]
    TooMany {
        /// Its key.
        category: String,
        /// How many.
        questions: usize,
    },
    /// Choices where none are taken, or none where they are needed.
    #[error(
        "category `{category}`, question `{code}`: only `one` and `many` have choices, and need two"
    )]
    Choices {
        /// The category's key.
        category: String,
        /// The question's code.
        code: String,
    },
    /// A category that is both from home and fine.
    #[error("category `{0}`: what is reported from home is not published to 50 m")]
    HomeAndFine(String),
}

impl Question {
    /// Whether its answer is taken from [`Question::choices`].
    pub const fn has_choices(&self) -> bool {
        matches!(self.kind, QuestionKind::One | QuestionKind::Many)
    }
}

impl Category {
    /// Whether its reports are ever shown to the public.
    pub const fn is_public(&self) -> bool {
        !matches!(self.kind, ServiceKind::Blackbox)
    }

    /// The question with that code.
    pub fn question(&self, code: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.code == code)
    }

    /// Checks what a profile says of this category.
    ///
    /// # Errors
    ///
    /// The first [`CategoryError`].
    pub fn validate(&self) -> Result<(), CategoryError> {
        if !is_key(&self.key) {
            return Err(CategoryError::Key(self.key.clone()));
        }
        if self.from_home && self.fine_cell {
            return Err(CategoryError::HomeAndFine(self.key.clone()));
        }
        if self.questions.len() > MOST_QUESTIONS {
            let (category, questions) = (self.key.clone(), self.questions.len());
            return Err(CategoryError::TooMany { category, questions });
        }
        self.in_both_languages("its name", &self.name)?;
        once(self.questions.iter().map(|question| question.code.as_str()))?;
        self.questions.iter().try_for_each(|question| self.validate_question(question))
    }

    fn validate_question(&self, question: &Question) -> Result<(), CategoryError> {
        self.in_both_languages(&format!("question `{}`", question.code), &question.label)?;
        let choices = &question.choices;
        let fits = if question.has_choices() { choices.len() >= 2 } else { choices.is_empty() };
        if !fits {
            let (category, code) = (self.key.clone(), question.code.clone());
            return Err(CategoryError::Choices { category, code });
        }
        once(choices.iter().map(|choice| choice.key.as_str()))?;
        choices.iter().try_for_each(|choice| {
            self.in_both_languages(&format!("choice `{}`", choice.key), &choice.label)
        })
    }

    fn in_both_languages(&self, what: &str, text: &Text) -> Result<(), CategoryError> {
        if text.zh.trim().is_empty() || text.en.trim().is_empty() {
            let (category, what) = (self.key.clone(), what.to_owned());
            return Err(CategoryError::Language { category, what });
        }
        Ok(())
    }
}

/// Checks all categories of a profile, each alone and that no key and no Open311 code stands twice.
///
/// # Errors
///
/// The first [`CategoryError`].
pub fn validate(categories: &[Category]) -> Result<(), CategoryError> {
    once(categories.iter().map(|category| category.key.as_str()))?;
    once(categories.iter().map(|category| category.open311.as_str()))?;
    categories.iter().try_for_each(Category::validate)
}

fn is_key(key: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    !key.is_empty() && key.bytes().all(fits)
}

fn once<'a>(keys: impl Iterator<Item = &'a str>) -> Result<(), CategoryError> {
    let mut seen = std::collections::BTreeSet::new();
    for key in keys {
        if !seen.insert(key) {
            return Err(CategoryError::Twice(key.to_owned()));
        }
    }
    Ok(())
}
