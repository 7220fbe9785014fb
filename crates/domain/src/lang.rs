//! The two languages of the portal and texts that exist in both.

use serde::{Deserialize, Serialize};

/// A language the portal is complete in.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
pub enum Lang {
    /// Simplified Chinese, the language of the standards.
    #[default]
    #[serde(rename = "zh-CN")]
    Zh,
    /// English.
    #[serde(rename = "en")]
    En,
}

impl Lang {
    /// Every language, the default first.
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// The BCP 47 tag, as in `<html lang>` and in `?lang=`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// The language a BCP 47 tag asks for, judged by its primary subtag; `None` for others.
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "zh" => Some(Self::Zh),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The one of two words that belongs to this language.
    pub const fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

/// A name or sentence in both languages; neither is optional.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Text {
    /// In simplified Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Text {
    /// Both versions at once.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// Nothing in either language.
    pub const fn is_empty(&self) -> bool {
        self.zh.is_empty() && self.en.is_empty()
    }

    /// The version for `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }
}

/// A text that people wrote, cut where its language changes, for who reads it out (WCAG 2.2, 3.1.2): Chinese where at
/// least half of its letters are, else English with the Chinese names in it apart.
///
/// A text without letters is Chinese, the language of the standards' signs.
pub fn runs(text: &str) -> Vec<(Lang, &str)> {
    let chinese = text.chars().filter(|c| is_chinese(*c)).count();
    let others = text.chars().filter(|c| c.is_alphabetic() && !is_chinese(*c)).count();
    if chinese >= others {
        return vec![(Lang::Zh, text)];
    }
    let mut runs: Vec<(Lang, &str)> = vec![];
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_zh = is_chinese(first);
        let end = rest.find(|c| is_chinese(c) != is_zh).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        runs.push((if is_zh { Lang::Zh } else { Lang::En }, run));
        rest = after;
    }
    runs
}

/// Ideographs of the basic block and its first extension, and the marks that stand between them.
fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303f}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_where_its_language_changes() {
        assert_eq!(runs("河面有 PM2.5 油膜"), [(Lang::Zh, "河面有 PM2.5 油膜")]);
        assert_eq!(runs("Smoke every night."), [(Lang::En, "Smoke every night.")]);
        assert_eq!(
            runs("WeChat account 美丽重庆, daily"),
            [(Lang::En, "WeChat account "), (Lang::Zh, "美丽重庆"), (Lang::En, ", daily")]
        );
        assert_eq!(runs("12345"), [(Lang::Zh, "12345")]);
        assert_eq!(runs(""), [(Lang::Zh, "")]);
    }
}
