//! Badges: one figure as a small picture, for places where nothing but a picture can stand.

use std::fmt::Write;

use chart::text::width_px;
use domain::{
    Lang,
    period::{BEIJING, beijing_day},
};
use jiff::Timestamp;

use super::{Kind, State, Widget, files::ink_on};
use crate::summaries::html::escape;

/// Fonts that readers' systems have: a picture in `<img>` loads none.
const FONTS: &str = "'Noto Sans SC','Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif";
const HEIGHT: u32 = 28;
const FONT_PX: f64 = 14.0;
const PADDING_PX: f64 = 8.0;
/// What has no level stands on grey.
const GREY: &str = "#5C6B78";
const LABEL: &str = "#16202A";
const NOTE: &str = "#E3E7EA";

/// Its name, as in `badge/{name}.svg`; `None` for what one figure does not say.
pub(crate) fn name(kind: &Kind) -> Option<String> {
    match kind {
        Kind::AirNow => Some("air".to_owned()),
        Kind::Station(code) => Some(format!("station-{code}")),
        Kind::Section(code) => Some(format!("section-{code}")),
        Kind::Water | Kind::Rectification => Some(kind.path()),
        Kind::Green | Kind::Scorecard | Kind::Report => None,
    }
}

/// The widget that `badge/{name}` shows in short.
pub(crate) fn named(name: &str) -> Option<Kind> {
    match name.split_once('-') {
        Some((folder @ ("station" | "section"), code)) => Kind::of(&format!("{folder}/{code}")),
        _ => [Kind::AirNow, Kind::Water, Kind::Rectification]
            .into_iter()
            .find(|kind| self::name(kind).as_deref() == Some(name)),
    }
}

/// A part of a badge: text on its colour.
struct Part {
    text: String,
    fill: &'static str,
}

/// The badge as SVG. An old figure is not on it: a picture may be looked at long after it was fetched, and nobody
/// reads small print as a warning.
pub(crate) fn svg(widget: &Widget, now: Timestamp, lang: Lang) -> String {
    let mut parts = vec![Part { text: widget.title.clone(), fill: LABEL }];
    let (text, fill) = match widget.state {
        State::Current | State::Past => (widget.said.clone(), widget.fill.unwrap_or(GREY)),
        state => (state.word(lang).to_owned(), GREY),
    };
    parts.push(Part { text, fill });
    if let Some(at) = widget.as_of {
        let note = format!("{} {}", lang.pick("数据截至", "as of"), clock(at, now));
        parts.push(Part { text: note, fill: NOTE });
    }
    if widget.simulated {
        let text = lang.pick("演示数据", "demonstration data").to_owned();
        parts.push(Part { text, fill: "#FFF6DF" });
    }
    drawn(&parts)
}

/// The hour and minute of today, the date of another day.
fn clock(at: Timestamp, now: Timestamp) -> String {
    let local = BEIJING.to_datetime(at);
    let time = format!("{:02}:{:02}", local.hour(), local.minute());
    if beijing_day(at) == beijing_day(now) { time } else { format!("{} {time}", local.date()) }
}

fn drawn(parts: &[Part]) -> String {
    let said: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
    let title = escape(&said.join(" · "));
    let (mut body, mut x) = (String::new(), 0.0);
    for part in parts {
        let width = (width_px(&part.text, FONT_PX) * 1.06 + 2.0 * PADDING_PX).ceil();
        let _ = write!(
            body,
            "<rect x=\"{x}\" width=\"{width}\" height=\"{HEIGHT}\" fill=\"{}\"/>\
             <text x=\"{}\" y=\"19\" fill=\"{}\" text-anchor=\"middle\">{}</text>",
            part.fill,
            x + width / 2.0,
            ink_on(part.fill),
            escape(&part.text)
        );
        x += width;
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"{title}\" width=\"{x}\" height=\"{HEIGHT}\" \
         viewBox=\"0 0 {x} {HEIGHT}\" font-family=\"{FONTS}\" font-size=\"{FONT_PX}\"><title>{title}</title>{body}</svg>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn widget(state: State) -> Widget {
        Widget {
            title: "A & B".into(),
            state,
            as_of: Some("2026-11-23T06:00:00Z".parse().unwrap()),
            said: "75 良".into(),
            fill: Some("#FFFF00"),
            simulated: true,
            ..Widget::empty("", "", Lang::Zh)
        }
    }

    fn of(state: State) -> String {
        svg(&widget(state), "2026-11-23T06:15:00Z".parse().unwrap(), Lang::Zh)
    }

    #[test]
    fn a_badge_says_its_figure_its_time_and_that_it_is_simulated() {
        let svg = of(State::Current);
        assert!(
            svg.contains("<title>A &amp; B · 75 良 · 数据截至 14:00 · 演示数据</title>"),
            "{svg}"
        );
        assert!(svg.contains("#FFFF00") && svg.len() < 4_096);
    }

    #[test]
    fn an_old_figure_is_not_on_a_badge() {
        let svg = of(State::Stale);
        assert!(
            svg.contains("数据过期") && !svg.contains("75") && !svg.contains("#FFFF00"),
            "{svg}"
        );
        assert!(of(State::Nothing).contains("无数据"));
    }

    #[test]
    fn a_badge_is_found_by_its_name() {
        for kind in [
            Kind::AirNow,
            Kind::Station("1424A".into()),
            Kind::Section("JLP-X_1".into()),
            Kind::Water,
        ] {
            assert_eq!(named(&name(&kind).unwrap()), Some(kind));
        }
        assert_eq!((named("green"), named("station-"), named("x")), (None, None, None));
    }
}
