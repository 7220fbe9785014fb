//! Whether the categories of a profile can be used.

use super::{Category, MOST_QUESTIONS, Question};
use crate::Text;

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

impl Category {
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
