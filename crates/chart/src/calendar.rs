//! Days by level: a heat map of months.

use crate::drawing::check_size;
use crate::legend::{Cell, Key, check_level, keys, level_legend, paint_cells};
use crate::sheet::{Anchor, Label, Paint, Sheet};
use crate::table::joined;
use crate::text::width_px;
use crate::{DrawError, Drawing, Level, PlotGeometry, Rect, Table, Theme, Words};

/// From this width on, months stand side by side with one row per weekday as long as there is room for
/// them; else, as the leaves of a wall calendar, two or more to a row.
const SIDE_BY_SIDE_PX: u32 = 640;
/// The least distance of two days of months side by side.
const LEAST_PITCH_PX: f64 = 6.0;
/// The least edge of a cell in the wall calendar.
const LEAF_CELL_PX: f64 = 19.0;

/// Days by level, month by month.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CalendarChart {
    /// Its name: the accessible name of the picture and the table's caption.
    pub title: String,
    /// A sentence that says what the picture shows.
    pub description: String,
    /// Width in CSS pixels, 160 to 4000; the height follows ([`PlotGeometry::height`]).
    pub width: u32,
    /// The months, or parts of months, in order.
    pub months: Vec<CalendarMonth>,
    /// The names of the seven weekdays, as short as possible, in the order of the rows.
    pub weekday_labels: Vec<String>,
    /// The levels, in the order of the legend.
    pub levels: Vec<Level>,
    /// Headings of the table.
    pub words: Words,
}

/// Consecutive days of one month.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CalendarMonth {
    /// Its name.
    pub label: String,
    /// The row of its first day here: 0 for the weekday that `weekday_labels` names first.
    pub first_weekday: u8,
    /// Its days, without holes.
    pub days: Vec<CalendarDay>,
}

/// One day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CalendarDay {
    /// The date as printed.
    pub date_text: String,
    /// The value as printed, or the words for its absence.
    pub text: String,
    /// Index into the chart's levels; `None` is drawn as missing.
    pub level: Option<usize>,
    /// Its quality or another remark; may be empty.
    pub note: String,
}

/// Draws days by level; each cell names its date, value and level when pointed at.
///
/// # Errors
///
/// [`DrawError`] if the width is impossible or a day names a level that is not described.
pub fn calendar(chart: &CalendarChart, theme: &Theme) -> Result<Drawing, DrawError> {
    check_size(chart.width, 160, (160, 16))?;
    for day in chart.months.iter().flat_map(|month| &month.days) {
        check_level(day.level, &chart.levels)?;
    }
    let abreast = (chart.width >= SIDE_BY_SIDE_PX).then(|| side_by_side(chart, theme.font()));
    let leaves = abreast.flatten().unwrap_or_else(|| wall_calendar(chart, theme.font()));
    draw(chart, theme, leaves)
}

/// Where the days and the words around them stand.
#[derive(Default)]
struct Leaves {
    cells: Vec<Rect>,
    months: Vec<Label>,
    weekdays: Vec<Label>,
    bottom: f64,
}

fn label(x: f64, y: f64, anchor: Anchor, text: &str) -> Label {
    Label { x, y, anchor, text: text.to_owned() }
}

fn weeks(month: &CalendarMonth) -> usize {
    (usize::from(month.first_weekday % 7) + month.days.len()).div_ceil(7)
}

/// `None` where the months do not fit the width.
fn side_by_side(chart: &CalendarChart, font: f64) -> Option<Leaves> {
    let widest = chart.weekday_labels.iter().map(|text| width_px(text, font)).fold(0.0, f64::max);
    let left = widest + 8.0;
    let apart = 5.0;
    let columns = chart.months.iter().map(weeks).sum::<usize>().max(1) as f64;
    let room = f64::from(chart.width) - left - apart * chart.months.len().saturating_sub(1) as f64;
    let pitch = (room / columns).min(22.0);
    if pitch < LEAST_PITCH_PX {
        return None;
    }
    let top = font * 1.7;
    let mut leaves = Leaves { bottom: top + 7.0 * pitch, ..Leaves::default() };
    let every = if pitch >= font + 1.0 { 1 } else { 2 };
    for (row, text) in chart.weekday_labels.iter().take(7).enumerate().step_by(every) {
        let y = top + (row as f64 + 0.5) * pitch + font * 0.36;
        leaves.weekdays.push(label(left - 6.0, y, Anchor::End, text));
    }
    let mut x = left;
    let mut label_end = 0.0;
    for month in &chart.months {
        // A month of a few days may be narrower than its name.
        if x >= label_end {
            leaves.months.push(label(x, font * 1.05, Anchor::Start, &month.label));
            label_end = x + width_px(&month.label, font) + 6.0;
        }
        for index in 0..month.days.len() {
            let place = usize::from(month.first_weekday % 7) + index;
            let (column, row) = ((place / 7) as f64, (place % 7) as f64);
            leaves.cells.push(cell(x + column * pitch, top + row * pitch, pitch));
        }
        x += weeks(month) as f64 * pitch + apart;
    }
    Some(leaves)
}

fn wall_calendar(chart: &CalendarChart, font: f64) -> Leaves {
    let (width, apart) = (f64::from(chart.width), 20.0);
    let abreast = ((width + apart) / (7.0 * LEAF_CELL_PX + apart)).floor().max(1.0);
    let pitch = ((width - (abreast - 1.0) * apart) / abreast / 7.0).min(26.0);
    let head = font * 3.0;
    let abreast = abreast as usize;
    let mut leaves = Leaves::default();
    let mut top = 0.0;
    for row in chart.months.chunks(abreast) {
        for (place, month) in row.iter().enumerate() {
            let left = place as f64 * (7.0 * pitch + apart);
            leaves.months.push(label(left, top + font * 1.05, Anchor::Start, &month.label));
            leaves.weekdays.extend(weekday_heads(chart, left, top + font * 2.5, pitch, font));
            for index in 0..month.days.len() {
                let place = usize::from(month.first_weekday % 7) + index;
                let (week, day) = ((place / 7) as f64, (place % 7) as f64);
                leaves.cells.push(cell(left + day * pitch, top + head + week * pitch, pitch));
            }
        }
        let tallest = row.iter().map(weeks).max().unwrap_or(0) as f64;
        leaves.bottom = top + head + tallest * pitch;
        top = leaves.bottom + font * 0.9;
    }
    leaves
}

/// The weekdays above a leaf: centred on their columns, or, where names are wider than a column, every
/// second or third from its left edge.
fn weekday_heads(chart: &CalendarChart, left: f64, y: f64, pitch: f64, font: f64) -> Vec<Label> {
    let width = |text: &String| width_px(text, font);
    let widest = chart.weekday_labels.iter().map(width).fold(0.0, f64::max);
    let every = ((widest + 2.0) / pitch).ceil().max(1.0) as usize;
    let days = chart.weekday_labels.iter().take(7).enumerate().step_by(every);
    days.filter(|(day, text)| every == 1 || *day as f64 * pitch + width(text) <= 7.0 * pitch)
        .map(|(day, text)| match every {
            1 => label(left + (day as f64 + 0.5) * pitch, y, Anchor::Middle, text),
            _ => label(left + day as f64 * pitch, y, Anchor::Start, text),
        })
        .collect()
}

fn cell(left: f64, top: f64, pitch: f64) -> Rect {
    Rect::sized(left + 0.5, top + 0.5, pitch - 1.5, pitch - 1.5)
}

fn draw(chart: &CalendarChart, theme: &Theme, leaves: Leaves) -> Result<Drawing, DrawError> {
    let (font, width) = (theme.font(), f64::from(chart.width));
    let legend = legend(chart, font, leaves.bottom + font * 0.8);
    let height = (legend.1.ceil() as u32).max(16);
    check_size(chart.width, height, (160, 16))?;
    let size = (chart.width, height);
    let mut sheet = Sheet::new("chart-calendar", &chart.title, &chart.description, size);
    let days = chart.months.iter().flat_map(|month| &month.days);
    let cells: Vec<Cell> = days
        .zip(&leaves.cells)
        .map(|(day, rect)| Cell { rect: *rect, level: day.level, title: title(chart, day) })
        .collect();
    paint_cells(&mut sheet, &cells, &chart.levels, theme)?;
    let muted = Paint::default().fill(&theme.muted);
    sheet.labels("chart-text", muted, font, &leaves.weekdays)?;
    let strong = Paint::default().fill(&theme.ink).with("font-weight", "600");
    sheet.labels("chart-text major", strong, font, &leaves.months)?;
    level_legend(&mut sheet, &legend.0, &chart.levels, theme)?;
    let plot = PlotGeometry {
        width,
        height: f64::from(height),
        plot_area: bounds(&leaves.cells),
        cells: leaves.cells,
        ..PlotGeometry::default()
    };
    Ok(Drawing { svg: sheet.finish(), table: table(chart), plot })
}

fn legend(chart: &CalendarChart, font: f64, top: f64) -> (Vec<Key>, f64) {
    let labels: Vec<&str> = chart.levels.iter().map(|level| level.label.as_str()).collect();
    let (keys, height) =
        keys(&labels, (font * 1.2, font * 1.2), (0.5, f64::from(chart.width)), top, font);
    (keys, top + height + 2.0)
}

fn title(chart: &CalendarChart, day: &CalendarDay) -> String {
    joined(
        [day.date_text.as_str(), &day.text, level_name(&chart.levels, day.level), &day.note],
        " · ",
    )
}

/// The name of a level; empty without one.
pub(crate) fn level_name(levels: &[Level], level: Option<usize>) -> &str {
    level.and_then(|level| levels.get(level)).map_or("", |level| level.label.as_str())
}

/// The smallest rectangle around all cells.
pub(crate) fn bounds(cells: &[Rect]) -> Rect {
    cells.iter().copied().reduce(around).unwrap_or_default()
}

fn around(a: Rect, b: Rect) -> Rect {
    Rect {
        left: a.left.min(b.left),
        top: a.top.min(b.top),
        right: a.right.max(b.right),
        bottom: a.bottom.max(b.bottom),
    }
}

fn table(chart: &CalendarChart) -> Table {
    let words = &chart.words;
    let row = |day: &CalendarDay| {
        let level = level_name(&chart.levels, day.level).to_owned();
        vec![day.date_text.clone(), day.text.clone(), level, day.note.clone()]
    };
    Table {
        caption: chart.title.clone(),
        columns: [&words.time, &words.value, &words.level, &words.note].map(String::clone).into(),
        rows: chart.months.iter().flat_map(|month| &month.days).map(row).collect(),
        notes: vec![],
    }
    .without_empty_columns()
}
