//! Charts for a frame whose width nobody knows: each is drawn for three widths, and the stylesheet shows the one that fits.

use chart::{DrawError, Drawing, Table, Theme, Tick};
use domain::{Lang, period::BEIJING};
use jiff::Timestamp;

use super::Size;
use crate::summaries::html::escape;

/// Class and width in CSS pixels: for frames of 240, 360 and 640 px with the margins they have.
const WIDTHS: [(&str, u32); 3] = [("narrow", 204), ("middle", 320), ("wide", 584)];

/// A drawing at every width with its table, and the widest alone.
#[derive(Default)]
pub(super) struct Drawn {
    pub(super) html: String,
    pub(super) wide: String,
}

/// The drawing at every width with its table below; nothing where it cannot be drawn.
pub(super) fn at_widths(
    size: Size,
    lang: Lang,
    draw: impl Fn(u32, &Theme) -> Result<Drawing, DrawError>,
) -> Drawn {
    let font_px = if size == Size::Elder { 18.0 } else { 14.0 };
    let theme = Theme { font_px, ..Theme::css() };
    let mut html = String::from("<figure>");
    let (mut table, mut wide) = (Table::default(), String::new());
    for (class, width) in WIDTHS {
        match draw(width, &theme) {
            Ok(drawing) => {
                html.push_str(&format!("<div class=\"{class}\">{}</div>", drawing.svg));
                (table, wide) = (drawing.table, drawing.svg);
            }
            Err(error) => {
                tracing::error!(%error, width, "a chart of a widget cannot be drawn");
                return Drawn::default();
            }
        }
    }
    html.push_str(&details(&table, lang));
    html.push_str("</figure>");
    Drawn { html, wide }
}

/// The numbers of a drawing, folded up.
fn details(table: &Table, lang: Lang) -> String {
    let cells = |row: &[String], tag: &str| -> String {
        row.iter().map(|cell| format!("<{tag}>{}</{tag}>", escape(cell))).collect()
    };
    let rows: String =
        table.rows.iter().map(|row| format!("<tr>{}</tr>", cells(row, "td"))).collect();
    format!(
        "<details><summary>{}</summary><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{caption}\">\
         <table><caption>{caption}</caption><thead><tr>{}</tr></thead><tbody>{rows}</tbody></table></div></details>",
        lang.pick("数据表", "Data table"),
        cells(&table.columns, "th scope=\"col\"").replace("</th scope=\"col\">", "</th>"),
        caption = escape(&table.caption),
    )
}

/// Labelled hours or days of a window, in Beijing time.
pub(super) fn ticks(from_s: i64, to_s: i64) -> Vec<Tick> {
    const HOUR: i64 = 3_600;
    let step = match (to_s - from_s) / HOUR {
        ..=48 => 6 * HOUR,
        49..=240 => 24 * HOUR,
        _ => 5 * 24 * HOUR,
    };
    let offset = i64::from(BEIJING.seconds());
    let first = (from_s + offset).div_euclid(step) * step + step - offset;
    (0..).map(|n| first + n * step).take_while(|at| *at <= to_s).map(|at| tick(at, step)).collect()
}

fn tick(at_s: i64, step: i64) -> Tick {
    let local = BEIJING.to_datetime(Timestamp::from_second(at_s).unwrap_or_default());
    let midnight = local.hour() == 0;
    let label = if step < 86_400 && !midnight {
        format!("{:02}:00", local.hour())
    } else {
        format!("{:02}-{:02}", local.month(), local.day())
    };
    Tick { at_s, label, major: midnight }
}

/// The middle of a calendar day of `day` as Unix seconds in Beijing time.
pub(super) fn month_tick(day: jiff::civil::Date) -> Tick {
    let at = domain::period::day_start(day);
    let label = format!("{}-{:02}", day.year(), day.month());
    Tick { at_s: at.as_second(), label, major: day.month() == 12 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_labelled_in_beijing_time_and_midnight_by_its_day() {
        let from: Timestamp = "2026-11-22T14:00:00+08:00".parse().unwrap();
        let labels: Vec<String> = ticks(from.as_second(), from.as_second() + 86_400)
            .into_iter()
            .map(|t| t.label)
            .collect();
        assert_eq!(labels, ["18:00", "11-23", "06:00", "12:00"]);
    }
}
