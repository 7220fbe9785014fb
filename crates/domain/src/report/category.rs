//! What can be reported, and what is asked about it; read from the district's profile.

mod answers;
mod profile;

pub use answers::{Answer, AnswerFault, AnswerProblem};
pub use profile::{CategoryError, validate};
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
}
