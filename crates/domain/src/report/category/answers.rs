//! Answers to a category's questions, checked by the form as they are typed and by the server again.

use serde::{Deserialize, Serialize};

use super::{Category, Question, QuestionKind};
use crate::{
    Lang, Quantity, Text,
    report::wording::{self, WordingFault},
};

/// An answer: one value, or any number for [`QuestionKind::Many`]. No value is no answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The question's code.
    pub code: String,
    /// Text, number, `2026-11-27T22:30`, or keys of choices.
    pub values: Vec<String>,
}

/// What is wrong with the answer to one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerFault {
    /// The question's code, or the unknown one that was sent.
    pub code: String,
    /// What is wrong.
    pub problem: AnswerProblem,
}

/// What can be wrong with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerProblem {
    /// The category does not ask that.
    UnknownQuestion,
    /// Answered more than once.
    Twice,
    /// Required and not answered.
    Missing,
    /// Several values where one is asked for.
    Several,
    /// Not one of the choices, or the same one twice.
    UnknownChoice,
    /// Not a decimal number.
    NotANumber,
    /// Not a date and time of day.
    NotADatetime,
    /// A text that cannot be taken.
    Wording(WordingFault),
}

impl AnswerProblem {
    /// For the writer, beside the field.
    pub fn sentence(self, lang: Lang) -> String {
        let (zh, en) = match self {
            Self::Wording(fault) => return fault.sentence(lang),
            Self::UnknownQuestion => {
                ("此类别没有这个问题。", "This category does not ask that question.")
            }
            Self::Twice => ("同一问题只能回答一次。", "A question is answered once."),
            Self::Missing => ("请回答此项。", "Please answer this question."),
            Self::Several => ("此项只能填一个答案。", "This question takes one answer."),
            Self::UnknownChoice => ("请从所列选项中选择。", "Choose from the answers listed."),
            Self::NotANumber => ("请填数字，例如 2.5。", "Give a number, such as 2.5."),
            Self::NotADatetime => (
                "请填日期和时间，例如 2026-11-27T22:30。",
                "Give a date and time, such as 2026-11-27T22:30.",
            ),
        };
        lang.pick(zh, en).to_owned()
    }

    /// Both sentences, for a reply.
    pub fn text(self) -> Text {
        Text::new(self.sentence(Lang::Zh), self.sentence(Lang::En))
    }
}

impl Answer {
    /// The values that are more than blanks.
    fn given(&self) -> impl Iterator<Item = &str> {
        self.values.iter().map(String::as_str).filter(|value| !value.trim().is_empty())
    }
}

impl Category {
    /// Everything that is wrong with `answers`, in the order of the questions, unknown ones last; empty
    /// when they can be taken.
    pub fn check(&self, answers: &[Answer]) -> Vec<AnswerFault> {
        let fault = |code: &str, problem| AnswerFault { code: code.to_owned(), problem };
        let asked = self.questions.iter().filter_map(|question| {
            let mut of = answers.iter().filter(|answer| answer.code == question.code);
            let problem = match (of.next(), of.next()) {
                (_, Some(_)) => Some(AnswerProblem::Twice),
                (None, None) => question.required.then_some(AnswerProblem::Missing),
                (Some(answer), None) => question.check(answer).err(),
            };
            problem.map(|problem| fault(&question.code, problem))
        });
        let unknown = answers.iter().filter(|answer| self.question(&answer.code).is_none());
        let unknown = unknown.map(|answer| fault(&answer.code, AnswerProblem::UnknownQuestion));
        asked.chain(unknown).collect()
    }
}

impl Question {
    fn check(&self, answer: &Answer) -> Result<(), AnswerProblem> {
        let given: Vec<&str> = answer.given().collect();
        match given[..] {
            [] if self.required => Err(AnswerProblem::Missing),
            [] => Ok(()),
            _ if self.kind == QuestionKind::Many => self.choices(&given),
            [value] => self.value(value),
            _ => Err(AnswerProblem::Several),
        }
    }

    fn value(&self, value: &str) -> Result<(), AnswerProblem> {
        match self.kind {
            QuestionKind::Text => {
                wording::line(value, wording::LINE).map_err(AnswerProblem::Wording)
            }
            QuestionKind::Paragraph => {
                wording::paragraph(value, wording::PARAGRAPH).map_err(AnswerProblem::Wording)
            }
            QuestionKind::Number => match value.trim().parse::<Quantity>() {
                Ok(_) => Ok(()),
                Err(_) => Err(AnswerProblem::NotANumber),
            },
            QuestionKind::Datetime => datetime(value),
            QuestionKind::One | QuestionKind::Many => self.choices(&[value]),
        }
    }

    fn choices(&self, keys: &[&str]) -> Result<(), AnswerProblem> {
        let known = |key: &&str| self.choices.iter().any(|choice| choice.key == *key);
        let twice = (1..keys.len()).any(|at| keys[..at].contains(&keys[at]));
        if keys.iter().all(known) && !twice { Ok(()) } else { Err(AnswerProblem::UnknownChoice) }
    }
}

/// As a browser's field gives it, or an instant with its offset.
fn datetime(value: &str) -> Result<(), AnswerProblem> {
    let value = value.trim();
    let local = value.parse::<jiff::civil::DateTime>().is_ok() && value.contains('T');
    if local || crate::wire::parse_instant(value).is_some() {
        Ok(())
    } else {
        Err(AnswerProblem::NotADatetime)
    }
}
