//! Finding room for labels.

use crate::Rect;

/// Keeps labels off each other and, where it can, off the drawn lines.
pub(crate) struct Placer {
    area: Rect,
    taken: Vec<Rect>,
    /// Drawn points, ascending in x.
    inked: Vec<(f64, f64)>,
}

impl Placer {
    pub(crate) fn new(area: Rect, mut inked: Vec<(f64, f64)>) -> Self {
        inked.sort_by(|a, b| a.0.total_cmp(&b.0));
        Self { area, taken: vec![], inked }
    }

    /// Takes the candidate that hides the fewest drawn points, earlier ones preferred; `None` if
    /// each would lie on another label or outside the area.
    pub(crate) fn place(&mut self, candidates: &[Rect]) -> Option<Rect> {
        let free = candidates.iter().filter(|rect| self.is_free(rect));
        let best = free.min_by_key(|rect| self.hidden(rect)).copied()?;
        self.taken.push(best);
        Some(best)
    }

    /// Reserves a place whatever lies there.
    pub(crate) fn take(&mut self, rect: Rect) {
        self.taken.push(rect);
    }

    fn is_free(&self, rect: &Rect) -> bool {
        let inside = rect.left >= self.area.left
            && rect.right <= self.area.right
            && rect.top >= self.area.top
            && rect.bottom <= self.area.bottom;
        inside && !self.taken.iter().any(|other| other.overlaps(rect))
    }

    fn hidden(&self, rect: &Rect) -> usize {
        let start = self.inked.partition_point(|point| point.0 < rect.left);
        let end = self.inked.partition_point(|point| point.0 <= rect.right);
        let crossing = self.inked.get(start..end).unwrap_or_default();
        crossing.iter().filter(|point| (rect.top..=rect.bottom).contains(&point.1)).count()
    }
}

/// Moves `middles` apart to at least `gap`, as little as possible and within `low..=high`, keeping
/// their order.
pub(crate) fn spread(middles: &[f64], gap: f64, low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..middles.len()).collect();
    order.sort_by(|&a, &b| middles[a].total_cmp(&middles[b]));
    let mut placed = vec![0.0; middles.len()];
    let mut floor = low;
    for &index in &order {
        placed[index] = middles[index].max(floor);
        floor = placed[index] + gap;
    }
    let mut ceiling = high;
    for &index in order.iter().rev() {
        placed[index] = placed[index].min(ceiling);
        ceiling = placed[index] - gap;
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::spread;
    use rstest::rstest;

    #[rstest]
    #[case::far_apart(&[10.0, 50.0], &[10.0, 50.0])]
    #[case::the_same_twice(&[30.0, 30.0], &[30.0, 44.0])]
    #[case::at_the_lower_edge(&[99.0, 99.0], &[86.0, 100.0])]
    #[case::out_of_order(&[50.0, 48.0], &[62.0, 48.0])]
    fn labels_are_nudged_apart(#[case] middles: &[f64], #[case] expected: &[f64]) {
        assert_eq!(spread(middles, 14.0, 0.0, 100.0), expected);
    }
}
