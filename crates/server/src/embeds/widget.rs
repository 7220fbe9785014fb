//! A widget before it becomes a document: what it says, and of when.

use domain::{Lang, freshness::Freshness};
use jiff::Timestamp;

use crate::{
    app::App,
    summaries::{
        html::{escape, heading, paragraph},
        parts::moment,
    },
    words,
};

/// Whether what is shown may be taken for the present.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// It may.
    Current,
    /// 数据过期: older than twice the interval.
    Stale,
    /// 无数据: nothing has come, or there is no such station.
    Nothing,
    /// It is of a day in the past, and says so.
    Past,
}

impl State {
    /// Of figures whose period ended at `ended`.
    pub(crate) fn of(ended: Option<Timestamp>, interval_s: u32, now: Timestamp) -> Self {
        match Freshness::of(ended, interval_s, now) {
            Freshness::Fresh => Self::Current,
            Freshness::Stale | Freshness::Silent => Self::Stale,
            Freshness::Never => Self::Nothing,
        }
    }

    /// Whether a figure may have its colour.
    pub(crate) const fn is_shown_as_it_is(self) -> bool {
        matches!(self, Self::Current | Self::Past)
    }

    /// Beside or instead of the figure; empty where nothing need be said.
    pub(crate) const fn word(self, lang: Lang) -> &'static str {
        match self {
            Self::Current | Self::Past => "",
            Self::Stale => lang.pick("数据过期", "Out of date"),
            Self::Nothing => lang.pick("无数据", "No data"),
        }
    }
}

/// One widget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Widget {
    /// Its name.
    pub(crate) title: String,
    /// The figure and what belongs to it, as HTML.
    pub(crate) body: String,
    pub(crate) state: State,
    /// The end of what the figure is of.
    pub(crate) as_of: Option<Timestamp>,
    /// Seconds between two figures when all is well; 0 where a figure does not age.
    pub(crate) interval_s: u32,
    /// The standard and its edition, or the source; may be empty.
    pub(crate) standard: String,
    pub(crate) simulated: bool,
    /// The figure in a few words, for badges and cards: the same text as in `body`.
    pub(crate) said: String,
    /// The official colour of what is current, as `#rrggbb`.
    pub(crate) fill: Option<&'static str>,
    /// The widest drawing of `body` as SVG; may be empty.
    pub(crate) drawing: String,
}

impl Widget {
    /// One that has nothing to show, and says why.
    pub(crate) fn empty(title: &str, why: &str, lang: Lang) -> Self {
        Self {
            title: title.to_owned(),
            body: format!("<p class=\"big none\">{}</p>", State::Nothing.word(lang))
                + &paragraph(why),
            state: State::Nothing,
            as_of: None,
            interval_s: 0,
            standard: String::new(),
            simulated: false,
            said: State::Nothing.word(lang).to_owned(),
            fill: None,
            drawing: String::new(),
        }
    }

    /// When a figure shown now becomes too old to be taken for the present.
    pub(crate) fn stale_from(&self) -> Option<Timestamp> {
        let live = self.state == State::Current && self.interval_s > 0;
        let ended = self.as_of.filter(|_| live)?;
        ended.checked_add(jiff::SignedDuration::from_secs(2 * i64::from(self.interval_s))).ok()
    }

    /// Everything but the frame around it. `now` gives the age; without it the widget is of the past and has none.
    pub(crate) fn content(&self, app: &App, now: Option<Timestamp>, lang: Lang) -> String {
        let mut html = format!("<header>{}", heading(1, &self.title));
        if self.simulated {
            html.push_str(&mark("demo", lang.pick("演示数据", "Demonstration data")));
        }
        match self.state {
            State::Stale => html.push_str(&mark("stale", State::Stale.word(lang))),
            // Shown by the script when the figure has grown old and no newer one can be fetched.
            State::Current => {
                let word = escape(State::Stale.word(lang));
                html.push_str(&format!("<p class=\"mark stale\" id=\"stale\" hidden>{word}</p>"));
            }
            State::Nothing | State::Past => {}
        }
        html.push_str("</header>");
        html.push_str(&self.body);
        html.push_str(&self.circumstances(app, now, lang));
        html
    }

    fn circumstances(&self, app: &App, now: Option<Timestamp>, lang: Lang) -> String {
        let colon = lang.pick("：", ": ");
        let mut lines = Vec::new();
        if let Some(at) = self.as_of {
            let age = now.map(|now| words::ago(now.as_second() - at.as_second(), lang));
            let age = age.map_or_else(String::new, |age| match lang {
                Lang::Zh => format!("（{age}）"),
                Lang::En => format!(" ({age})"),
            });
            lines.push(format!("{} {}{age}", lang.pick("数据截至", "As of"), moment(at)));
        }
        if !self.standard.is_empty() {
            lines.push(format!("{}{colon}{}", lang.pick("依据", "By"), self.standard));
        }
        let publisher = app.profile.publisher.get(lang);
        lines.push(format!("{}{colon}{publisher}", lang.pick("来源", "Source")));
        lines.push(app.profile.licence.get(lang).to_owned());
        let lines: String = lines.iter().map(|line| paragraph(line)).collect();
        format!("<div class=\"about\">{lines}</div>")
    }
}

fn mark(class: &str, text: &str) -> String {
    format!("<p class=\"mark {class}\">{}</p>", escape(text))
}
