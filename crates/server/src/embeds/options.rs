//! How a reader wants a widget: everything stands in its address.

use domain::{Item, Lang, air::IndexStandard, scorecard::Group};

use super::Kind;

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) enum Theme {
    /// As the reader's system is.
    #[default]
    Auto,
    Light,
    Dark,
}

/// How large.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) enum Size {
    #[default]
    Normal,
    /// 长辈版: text of at least 18 px, targets of at least 60 px.
    Elder,
}

/// How far back a line goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) enum Span {
    #[default]
    Day,
    Week,
    Month,
}

impl Theme {
    pub(crate) const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl Size {
    pub(crate) const ALL: [Self; 2] = [Self::Normal, Self::Elder];

    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Elder => "elder",
        }
    }
}

impl Span {
    pub(crate) const ALL: [Self; 3] = [Self::Day, Self::Week, Self::Month];

    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Day => "24h",
            Self::Week => "7d",
            Self::Month => "30d",
        }
    }

    /// Its hours.
    pub(crate) const fn hours(self) -> i64 {
        match self {
            Self::Day => 24,
            Self::Week => 7 * 24,
            Self::Month => 30 * 24,
        }
    }
}

/// The parameters of an address, checked. One that is not known is left out, a value that cannot be is named.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(crate) struct Options {
    pub(crate) lang: Lang,
    pub(crate) theme: Theme,
    pub(crate) size: Size,
    pub(crate) range: Span,
    /// The pollutant of a station's line; `None` is the index.
    pub(crate) pollutant: Option<Item>,
    /// The ruler; `None` is the edition in force.
    pub(crate) standard: Option<IndexStandard>,
    /// The group of the scorecard that is shown whole.
    pub(crate) group: Option<Group>,
    /// The first parameter whose value cannot be.
    pub(crate) wrong: Option<&'static str>,
}

impl Options {
    /// The options that a query asks for.
    pub(crate) fn of(query: &str) -> Self {
        let mut options = Self::default();
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            if !value.is_empty() {
                options.take(name, value);
            }
        }
        options
    }

    fn take(&mut self, name: &str, value: &str) {
        let wrong = match name {
            "lang" => set(&mut self.lang, Lang::from_tag(value), "lang"),
            "theme" => {
                set(&mut self.theme, Theme::ALL.into_iter().find(|t| t.key() == value), "theme")
            }
            "size" => set(&mut self.size, Size::ALL.into_iter().find(|s| s.key() == value), "size"),
            "range" => {
                set(&mut self.range, Span::ALL.into_iter().find(|r| r.key() == value), "range")
            }
            "pollutant" if value == "aqi" => None,
            "pollutant" => set(&mut self.pollutant, Item::from_key(value).map(Some), "pollutant"),
            "standard" => {
                set(&mut self.standard, IndexStandard::from_key(value).map(Some), "standard")
            }
            "group" => {
                let known = Group::ALL.iter().copied().find(|group| group.key() == value);
                set(&mut self.group, known.map(Some), "group")
            }
            _ => None,
        };
        self.wrong = self.wrong.or(wrong);
    }

    /// The same without what a widget of that kind does not look at, so that what looks the same is made and kept once.
    pub(crate) fn of_kind(&self, kind: &Kind) -> Self {
        let station = matches!(kind, Kind::Station(_));
        let indexed = station || *kind == Kind::AirNow;
        Self {
            range: if station { self.range } else { Span::default() },
            pollutant: self.pollutant.filter(|_| station),
            standard: self.standard.filter(|_| indexed),
            group: self.group.filter(|_| *kind == Kind::Scorecard),
            ..self.clone()
        }
    }

    /// The query that asks for them, what is usual left out; begins with the language.
    pub(crate) fn query(&self) -> String {
        let mut query = format!("lang={}", self.lang.tag());
        let mut add = |name: &str, value: &str| query.push_str(&format!("&{name}={value}"));
        if self.theme != Theme::default() {
            add("theme", self.theme.key());
        }
        if self.size != Size::default() {
            add("size", self.size.key());
        }
        if self.range != Span::default() {
            add("range", self.range.key());
        }
        if let Some(item) = self.pollutant {
            add("pollutant", item.key());
        }
        if let Some(standard) = self.standard {
            add("standard", standard.key());
        }
        if let Some(group) = self.group {
            add("group", group.key());
        }
        query
    }
}

/// Sets `place` to `value`; without one the name of the parameter that is wrong.
fn set<T>(place: &mut T, value: Option<T>, name: &'static str) -> Option<&'static str> {
    match value {
        Some(value) => {
            *place = value;
            None
        }
        None => Some(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_come_back_from_the_query_they_write() {
        let query = "lang=en&theme=dark&size=elder&range=7d&pollutant=pm2_5&standard=hj633-2012&group=water";
        assert_eq!(Options::of(query).query(), query);
        assert_eq!(Options::of("utm_source=x&h=1").query(), "lang=zh-CN");
    }

    #[test]
    fn a_widget_has_only_the_options_that_it_looks_at() {
        let options = Options::of(
            "lang=en&size=elder&range=7d&pollutant=pm2_5&standard=hj633-2012&group=water&theme=pink",
        );
        let query = |kind: &Kind| options.of_kind(kind).query();
        assert_eq!(query(&Kind::Water), "lang=en&size=elder");
        assert_eq!(query(&Kind::AirNow), "lang=en&size=elder&standard=hj633-2012");
        assert_eq!(query(&Kind::Scorecard), "lang=en&size=elder&group=water");
        assert_eq!(
            query(&Kind::Station("1422A".to_owned())),
            "lang=en&size=elder&range=7d&pollutant=pm2_5&standard=hj633-2012"
        );
        assert_eq!(options.of_kind(&Kind::Green).wrong, Some("theme"));
    }

    #[test]
    fn a_value_that_cannot_be_is_named_and_changes_nothing() {
        let options = Options::of("theme=pink&lang=en&range=99y");
        assert_eq!(
            (options.wrong, options.lang, options.theme),
            (Some("theme"), Lang::En, Theme::Auto)
        );
    }
}
