//! The state of one chart on screen: what is visible, and which point is looked at.

use std::sync::Arc;

use chart::{Drawing, PlotGeometry};
use leptos::prelude::*;

use super::{
    Shown,
    command::{Command, Cursor},
    draw::{NotDrawn, Wish},
    gesture::Gesture,
    picture::{Picture, Readout},
    viewport::Viewport,
};

/// How much one press of + shows less.
const ZOOM_STEP: f64 = 1.6;

/// Signals of one chart; a copy is the same chart.
#[derive(Clone, Copy)]
pub struct Inspection {
    pub(super) picture: Signal<Arc<Picture>>,
    pub(super) width: RwSignal<u32>,
    pub(super) drawing: Shown,
    pub(super) failed: RwSignal<bool>,
    pub(super) cursor: RwSignal<Option<Cursor>>,
    /// Pixels of a stretch being chosen.
    pub(super) brush: RwSignal<Option<(f64, f64)>>,
    pub(super) wish: StoredValue<Option<Memo<Option<Wish>>>>,
    viewport: RwSignal<Option<Viewport>>,
}

impl Inspection {
    /// The inspection of `picture`, following its range as data arrives.
    pub(super) fn new(picture: Signal<Arc<Picture>>) -> Self {
        let range = Memo::new(move |_| picture.with(|picture| picture.range()));
        let inspection = Self {
            picture,
            width: RwSignal::new(0),
            drawing: RwSignal::new(None),
            failed: RwSignal::new(false),
            cursor: RwSignal::new(None),
            brush: RwSignal::new(None),
            wish: StoredValue::new(None),
            viewport: RwSignal::new(None),
        };
        Effect::new(move |_| {
            let range = range.get();
            inspection.viewport.update(|viewport| {
                *viewport = range.map(|(start, end, least)| match *viewport {
                    Some(viewport) => viewport.over(start, end),
                    None => Viewport::new(start, end, least),
                });
            });
        });
        // A point of other data is not the point that was looked at.
        Effect::new(move |before: Option<(String, usize)>| {
            let now = picture.with(|picture| (picture.title().to_owned(), picture.series()));
            if before.is_some_and(|before| before != now) {
                inspection.cursor.set(None);
            }
            now
        });
        inspection
    }

    /// The visible window, if it is not the whole.
    pub(super) fn window(self) -> Option<(i64, i64)> {
        self.viewport.get().filter(|viewport| viewport.is_zoomed()).map(Viewport::window)
    }

    /// True for charts over time.
    pub(super) fn can_zoom(self) -> bool {
        self.viewport.with(Option::is_some)
    }

    pub(super) fn is_zoomed(self) -> bool {
        self.viewport.with_untracked(|viewport| viewport.is_some_and(Viewport::is_zoomed))
    }

    pub(super) fn show(self, outcome: Result<Drawing, NotDrawn>) {
        self.failed.set(outcome.is_err());
        if let Ok(drawing) = outcome {
            self.drawing.set(Some(Arc::new(drawing)));
        }
    }

    /// Does what a key or button asks.
    pub(super) fn obey(self, command: Command) {
        let middle = self.middle();
        match command {
            Command::Step(by) => self.step(by),
            Command::First => self.jump(|first, _| first),
            Command::Last => self.jump(|_, last| last),
            Command::Series(by) => self.change_series(by),
            Command::ZoomIn => self.change(|view| view.zoomed(ZOOM_STEP, middle)),
            Command::ZoomOut => self.change(|view| view.zoomed(1.0 / ZOOM_STEP, middle)),
            Command::Earlier => self.change(|view| view.panned_by_share(-0.5)),
            Command::Later => self.change(|view| view.panned_by_share(0.5)),
            Command::Reset => self.change(Viewport::reset),
            Command::Leave => self.cursor.set(None),
        }
    }

    /// Does what a pointer asks; `y` is its height in the drawing.
    pub(super) fn follow(self, gesture: Gesture, y: f64) {
        match gesture {
            Gesture::Inspect(x) => self.point_at(x, y),
            Gesture::Brushing(from, to) if self.viewport.with_untracked(Option::is_some) => {
                self.brush.set(Some((from.min(to), from.max(to))));
            }
            Gesture::Brushed(from, to) => {
                self.brush.set(None);
                if let Some((from, to)) = self.plot(|plot| (plot.time_at(from), plot.time_at(to))) {
                    self.change(|view| view.showing(from, to));
                }
            }
            Gesture::Pan(by) => {
                let seconds =
                    self.plot(|plot| plot.time_at(by) - plot.time_at(0.0)).unwrap_or_default();
                self.change(|view| view.panned(seconds));
            }
            Gesture::Pinch(factor, x) => self.zoom_about(factor, x),
            Gesture::Brushing(..) | Gesture::Nothing => {}
        }
    }

    /// Zooms about a horizontal position.
    pub(super) fn zoom_about(self, factor: f64, x: f64) {
        if let Some(at) = self.plot(|plot| plot.time_at(x)) {
            self.change(|view| view.zoomed(factor, at));
        }
    }

    /// The point looked at, in words.
    pub(super) fn readout(self) -> Option<Readout> {
        let cursor = self.cursor.get()?;
        self.picture.with(|picture| picture.readout(cursor.series, cursor.index))
    }

    /// Where the point looked at is drawn; a gap is half-way up.
    pub(super) fn position(self) -> Option<(f64, f64)> {
        let cursor = self.cursor.get()?;
        let at_s = self.picture.with(|picture| picture.at_s(cursor.series, cursor.index));
        self.drawing.with(|drawing| {
            let plot = &drawing.as_ref()?.plot;
            plot.position(cursor.series, cursor.index).or_else(|| {
                let x = plot.x_of(at_s?);
                let area = plot.plot_area;
                (area.left..=area.right).contains(&x).then(|| (x, area.centre().1))
            })
        })
    }

    fn point_at(self, x: f64, y: f64) {
        let now = self.cursor.get_untracked();
        let series = now.map_or(0, |cursor| cursor.series);
        let found = self.drawing.with_untracked(|drawing| {
            let plot = &drawing.as_ref()?.plot;
            nearest_point(
                plot,
                self.picture.with_untracked(|picture| picture.series()),
                series,
                x,
                y,
            )
        });
        if found.is_some() && found != now {
            self.cursor.set(found);
        }
    }

    fn step(self, by: i32) {
        let Some(cursor) = self.cursor.get_untracked() else { return self.jump(|_, last| last) };
        if let Some((first, last)) = self.visible(cursor.series) {
            self.cursor.set(Some(cursor.stepped(by, first, last)));
        }
    }

    fn jump(self, choose: fn(usize, usize) -> usize) {
        let series = self.cursor.get_untracked().map_or(0, |cursor| cursor.series);
        let index = self.visible(series).map(|(first, last)| choose(first, last));
        self.cursor.set(index.map(|index| Cursor { series, index }));
    }

    fn change_series(self, by: i32) {
        let count = self.picture.with_untracked(|picture| picture.series());
        let Some(cursor) = self.cursor.get_untracked() else { return self.jump(|_, last| last) };
        if count < 2 {
            // One series of cells, seven to a week: up and down go by week.
            return if self.viewport.with_untracked(Option::is_none) {
                self.step(by * 7)
            };
        }
        let series = cursor.other_series(by, count);
        let at_s = self.picture.with_untracked(|picture| picture.at_s(cursor.series, cursor.index));
        let index =
            at_s.and_then(|at_s| self.plot(|plot| plot.nearest(series, plot.x_of(at_s))).flatten());
        self.cursor.set(index.map(|index| Cursor { series, index }).or(Some(cursor)));
    }

    /// The first and last visible point of a series.
    fn visible(self, series: usize) -> Option<(usize, usize)> {
        if self.viewport.with_untracked(Option::is_none) {
            let count = self.picture.with_untracked(|picture| picture.points(series));
            return Some((0, count.checked_sub(1)?));
        }
        self.plot(|plot| {
            let area = plot.plot_area;
            Some((plot.nearest(series, area.left)?, plot.nearest(series, area.right)?))
        })
        .flatten()
    }

    /// The instant that zooming by key keeps in place: the point looked at, or the middle.
    fn middle(self) -> i64 {
        let cursor = self.cursor.get_untracked();
        let at = cursor
            .and_then(|c| self.picture.with_untracked(|picture| picture.at_s(c.series, c.index)));
        let window = self.viewport.get_untracked().map(Viewport::window).unwrap_or_default();
        at.unwrap_or(window.0.midpoint(window.1))
    }

    fn change(self, change: impl FnOnce(Viewport) -> Viewport) {
        let Some(viewport) = self.viewport.get_untracked() else { return };
        let changed = change(viewport);
        if changed != viewport {
            self.viewport.set(Some(changed));
        }
    }

    fn plot<T>(self, read: impl FnOnce(&PlotGeometry) -> T) -> Option<T> {
        self.drawing.with_untracked(|drawing| drawing.as_ref().map(|drawing| read(&drawing.plot)))
    }
}

/// The point of any series nearest to a pointer; `series` wins where two are equally near.
fn nearest_point(
    plot: &PlotGeometry,
    count: usize,
    series: usize,
    x: f64,
    y: f64,
) -> Option<Cursor> {
    if let Some(index) = plot.cell_at(x, y) {
        return Some(Cursor { series: 0, index });
    }
    if plot.cell(0).is_some() {
        return None;
    }
    let distance = |cursor: &Cursor| {
        plot.position(cursor.series, cursor.index).map_or(f64::MAX, |(_, at)| (at - y).abs())
    };
    std::iter::once(series.min(count.saturating_sub(1)))
        .chain(0..count)
        .filter_map(|series| Some(Cursor { series, index: plot.nearest(series, x)? }))
        .min_by(|a, b| distance(a).total_cmp(&distance(b)))
}
