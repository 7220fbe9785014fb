//! Where things are in a drawing, for pointer and keyboard inspection.

/// A rectangle in CSS pixels from the drawing's upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Lower edge.
    pub bottom: f64,
}

impl Rect {
    /// A rectangle by its upper left corner and size.
    pub(crate) fn sized(left: f64, top: f64, width: f64, height: f64) -> Self {
        Self { left, top, right: left + width, bottom: top + height }
    }

    /// Width in CSS pixels.
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// Height in CSS pixels.
    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// The point in the middle.
    pub fn centre(&self) -> (f64, f64) {
        ((self.left + self.right) / 2.0, (self.top + self.bottom) / 2.0)
    }

    /// Whether the point lies inside or on an edge.
    pub fn contains(&self, x: f64, y: f64) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }

    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

/// The positions of one series: ascending seconds, and the height of each drawn value.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Track {
    pub(crate) at_s: Vec<i64>,
    pub(crate) y: Vec<Option<f64>>,
}

/// Maps between pixels and points, in both directions. All pixels are CSS pixels from the drawing's
/// upper left corner; every answer takes at most a binary search.
///
/// In drawings made of cells (calendar, strip, bars) "series" 0 holds the cells in table order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PlotGeometry {
    /// Width of the whole drawing.
    pub width: f64,
    /// Height of the whole drawing.
    pub height: f64,
    /// Where values are drawn; axis labels lie outside.
    pub plot_area: Rect,
    pub(crate) window_s: (i64, i64),
    pub(crate) tracks: Vec<Track>,
    pub(crate) cells: Vec<Rect>,
}

impl PlotGeometry {
    /// The horizontal position of a time (Unix seconds); outside the plot area for times outside
    /// the window.
    pub fn x_of(&self, at_s: i64) -> f64 {
        let (start_s, end_s) = self.window_s;
        let share =
            at_s.saturating_sub(start_s) as f64 / end_s.saturating_sub(start_s).max(1) as f64;
        self.plot_area.left + share * self.plot_area.width()
    }

    /// The time (Unix seconds, nearest whole second) under a horizontal position.
    pub fn time_at(&self, x_px: f64) -> i64 {
        let (start_s, end_s) = self.window_s;
        let width = self.plot_area.width();
        if width <= 0.0 {
            return start_s;
        }
        let share = (x_px - self.plot_area.left) / width;
        start_s.saturating_add((share * end_s.saturating_sub(start_s) as f64).round() as i64)
    }

    /// The index of the point of `series` nearest to `x_px` among those inside the window, whether
    /// or not it has a value; of the cell whose middle is nearest, in a drawing of cells.
    pub fn nearest(&self, series: usize, x_px: f64) -> Option<usize> {
        if !self.cells.is_empty() {
            let distance = |cell: &Rect| (cell.centre().0 - x_px).abs();
            let cells = self.cells.iter().enumerate().filter(|_| series == 0);
            return cells
                .min_by(|a, b| distance(a.1).total_cmp(&distance(b.1)))
                .map(|(index, _)| index);
        }
        let at_s = &self.tracks.get(series)?.at_s;
        let first = at_s.partition_point(|&at| at < self.window_s.0);
        let past = at_s.partition_point(|&at| at <= self.window_s.1);
        let visible = at_s.get(first..past)?;
        let after = visible.partition_point(|&at| self.x_of(at) < x_px);
        let left = after.checked_sub(1);
        let right = (after < visible.len()).then_some(after);
        let nearer = match (left, right) {
            (Some(left), Some(right)) => {
                let to_left = x_px - self.x_of(visible[left]);
                let to_right = self.x_of(visible[right]) - x_px;
                if to_left < to_right { left } else { right }
            }
            (left, right) => left.or(right)?,
        };
        Some(first + nearer)
    }

    /// Where point `index` of `series` is drawn; `None` for a gap, a point outside the window, or an
    /// index that does not exist. For a cell, its middle.
    pub fn position(&self, series: usize, index: usize) -> Option<(f64, f64)> {
        if !self.cells.is_empty() {
            return self.cells.get(index).filter(|_| series == 0).map(Rect::centre);
        }
        let track = self.tracks.get(series)?;
        let at_s = *track.at_s.get(index)?;
        let inside = (self.window_s.0..=self.window_s.1).contains(&at_s);
        track.y.get(index)?.filter(|_| inside).map(|y| (self.x_of(at_s), y))
    }

    /// The cell under a point, in a calendar, strip or bar chart.
    pub fn cell_at(&self, x_px: f64, y_px: f64) -> Option<usize> {
        self.cells.iter().position(|cell| cell.contains(x_px, y_px))
    }

    /// The rectangle of a cell, in a calendar, strip or bar chart.
    pub fn cell(&self, index: usize) -> Option<Rect> {
        self.cells.get(index).copied()
    }
}
