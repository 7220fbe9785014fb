//! What a key asks of a chart.

/// A wish of the keyboard or of a button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Move the inspection by so many points.
    Step(i32),
    /// To the first visible point.
    First,
    /// To the last visible point.
    Last,
    /// To the next (1) or previous (−1) series.
    Series(i32),
    /// Show less, more closely.
    ZoomIn,
    /// Show more.
    ZoomOut,
    /// Half a window earlier.
    Earlier,
    /// Half a window later.
    Later,
    /// The whole range.
    Reset,
    /// Stop inspecting; the tooltip goes.
    Leave,
}

impl Command {
    /// The command of a key, by its name in the browser's keyboard events.
    pub fn of_key(key: &str, shift: bool) -> Option<Self> {
        let stride = if shift { 10 } else { 1 };
        Some(match key {
            "ArrowLeft" => Self::Step(-stride),
            "ArrowRight" => Self::Step(stride),
            "ArrowUp" => Self::Series(-1),
            "ArrowDown" => Self::Series(1),
            "Home" => Self::First,
            "End" => Self::Last,
            "+" | "=" => Self::ZoomIn,
            "-" | "_" => Self::ZoomOut,
            "PageUp" => Self::Earlier,
            "PageDown" => Self::Later,
            "0" => Self::Reset,
            "Escape" => Self::Leave,
            _ => return None,
        })
    }
}

/// A point under inspection: series and index within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// Index of the series.
    pub series: usize,
    /// Index of the point.
    pub index: usize,
}

impl Cursor {
    /// The index after `step` points, kept between the first and the last visible one.
    pub fn stepped(self, step: i32, first: usize, last: usize) -> Self {
        let index = self.index.saturating_add_signed(step as isize).clamp(first, last.max(first));
        Self { index, ..self }
    }

    /// The series after `step` others, stopping at the ends.
    pub fn other_series(self, step: i32, count: usize) -> usize {
        self.series.saturating_add_signed(step as isize).min(count.saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shift_takes_ten_points_at_a_time() {
        assert_eq!(Command::of_key("ArrowRight", true), Some(Command::Step(10)));
        assert_eq!(Command::of_key("ArrowLeft", false), Some(Command::Step(-1)));
    }

    #[test]
    fn keys_that_are_not_ours_are_left_to_the_browser() {
        for key in ["Tab", "Enter", "a", "F5", " "] {
            assert_eq!(Command::of_key(key, false), None, "{key}");
        }
    }

    #[test]
    fn a_step_stays_among_the_visible_points() {
        let cursor = Cursor { series: 0, index: 5 };
        assert_eq!(cursor.stepped(-10, 3, 8).index, 3);
        assert_eq!(cursor.stepped(10, 3, 8).index, 8);
        assert_eq!(cursor.stepped(1, 3, 8).index, 6);
    }

    #[test]
    fn the_last_series_is_the_end() {
        let cursor = Cursor { series: 1, index: 0 };
        assert_eq!(cursor.other_series(1, 2), 1);
        assert_eq!(cursor.other_series(-5, 2), 0);
    }
}
