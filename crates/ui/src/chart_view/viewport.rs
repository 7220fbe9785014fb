//! Which stretch of time a chart shows.

/// A visible window inside the whole range, Unix seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Viewport {
    full: (i64, i64),
    window: (i64, i64),
    least_s: i64,
}

impl Viewport {
    /// The whole of `start_s..end_s`; a zoom stops at `least_s` seconds. An empty range is widened to that.
    pub fn new(start_s: i64, end_s: i64, least_s: i64) -> Self {
        let least_s = least_s.max(1);
        let full = (start_s, end_s.max(start_s.saturating_add(least_s)));
        Self { full, window: full, least_s }
    }

    /// The visible window: start, end.
    pub fn window(self) -> (i64, i64) {
        self.window
    }

    /// True when only a part is shown.
    pub fn is_zoomed(self) -> bool {
        self.window != self.full
    }

    /// The same window over a range that has moved on; a whole view stays whole.
    #[must_use]
    pub fn over(self, start_s: i64, end_s: i64) -> Self {
        let fresh = Self::new(start_s, end_s, self.least_s);
        if self.is_zoomed() { fresh.showing(self.window.0, self.window.1) } else { fresh }
    }

    /// From `start_s` to `end_s` in either order, kept inside the range and above the least span.
    #[must_use]
    pub fn showing(self, start_s: i64, end_s: i64) -> Self {
        let (start_s, end_s) = (start_s.min(end_s), start_s.max(end_s));
        let whole = self.full.1 - self.full.0;
        let span = end_s.saturating_sub(start_s).clamp(self.least_s.min(whole), whole);
        let start = start_s.clamp(self.full.0, self.full.1 - span);
        Self { window: (start, start + span), ..self }
    }

    /// Zoomed by `factor` (above 1 shows less) about the instant `at_s`, which stays where it is.
    #[must_use]
    pub fn zoomed(self, factor: f64, at_s: i64) -> Self {
        let (start, end) = self.window;
        let span = end - start;
        let wanted = (span as f64 / factor.clamp(0.01, 100.0)).round() as i64;
        let whole = self.full.1 - self.full.0;
        let wanted = wanted.clamp(self.least_s.min(whole), whole);
        let share = (at_s.clamp(start, end) - start) as f64 / span.max(1) as f64;
        let left = at_s.clamp(start, end) - (share * wanted as f64).round() as i64;
        self.showing(left, left + wanted)
    }

    /// Moved by `by_s` seconds, stopping at the ends.
    #[must_use]
    pub fn panned(self, by_s: i64) -> Self {
        let (start, end) = self.window;
        let by_s = by_s.clamp(self.full.0 - start, self.full.1 - end);
        Self { window: (start + by_s, end + by_s), ..self }
    }

    /// Moved by a share of what is visible: −0.5 is half a window earlier.
    #[must_use]
    pub fn panned_by_share(self, share: f64) -> Self {
        self.panned(((self.window.1 - self.window.0) as f64 * share).round() as i64)
    }

    /// The whole range again.
    #[must_use]
    pub fn reset(self) -> Self {
        Self { window: self.full, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::Viewport;

    const DAY: i64 = 86_400;

    #[test]
    fn zooming_keeps_the_instant_under_the_pointer() {
        let view = Viewport::new(0, 10 * DAY, 3_600).zoomed(2.0, 2 * DAY);
        assert_eq!(view.window(), (DAY, 6 * DAY));
        assert!(view.is_zoomed());
    }

    #[test]
    fn zooming_stops_at_the_least_span_and_at_the_whole() {
        let view = Viewport::new(0, DAY, 3_600);
        assert_eq!(view.zoomed(100.0, 0).window(), (0, 3_600));
        assert_eq!(view.zoomed(0.01, DAY / 2).window(), (0, DAY));
    }

    #[test]
    fn panning_stops_at_the_ends_and_keeps_the_span() {
        let view = Viewport::new(0, 10 * DAY, 3_600).showing(2 * DAY, 4 * DAY);
        assert_eq!(view.panned(-5 * DAY).window(), (0, 2 * DAY));
        assert_eq!(view.panned(50 * DAY).window(), (8 * DAY, 10 * DAY));
        assert_eq!(view.panned_by_share(0.5).window(), (3 * DAY, 5 * DAY));
    }

    #[test]
    fn a_brush_drawn_backwards_or_too_short_is_still_a_window() {
        let view = Viewport::new(0, 10 * DAY, 3_600);
        assert_eq!(view.showing(5 * DAY, 3 * DAY).window(), (3 * DAY, 5 * DAY));
        assert_eq!(view.showing(DAY, DAY + 1).window(), (DAY, DAY + 3_600));
        assert_eq!(view.showing(-DAY, 99 * DAY).window(), (0, 10 * DAY));
    }

    #[test]
    fn new_data_extends_a_whole_view_and_leaves_a_zoomed_one_alone() {
        let view = Viewport::new(0, DAY, 3_600);
        assert_eq!(view.over(0, 2 * DAY).window(), (0, 2 * DAY));
        let zoomed = view.showing(3_600, 7_200);
        assert_eq!(zoomed.over(0, 2 * DAY).window(), (3_600, 7_200));
    }

    #[test]
    fn an_empty_range_is_widened() {
        assert_eq!(Viewport::new(5, 5, 60).window(), (5, 65));
    }
}
