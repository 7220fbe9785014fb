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
///
/// Labels that touch become a group about the mean of their places (pooling adjacent violators), so
/// that a crowd spreads to both sides.
pub(crate) fn spread(middles: &[f64], gap: f64, low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..middles.len()).collect();
    order.sort_by(|&a, &b| middles[a].total_cmp(&middles[b]));
    // Each group: where its first member stands, and how many there are.
    let mut groups: Vec<(f64, usize)> = vec![];
    for &index in &order {
        let mut group = (middles[index], 1);
        while let Some(&(first, count)) = groups.last() {
            if first + count as f64 * gap <= group.0 {
                break;
            }
            let whole = (count + group.1) as f64;
            let moved = group.0 - count as f64 * gap;
            group = ((first * count as f64 + moved * group.1 as f64) / whole, count + group.1);
            groups.pop();
        }
        groups.push(group);
    }
    let places = groups
        .iter()
        .flat_map(|&(first, count)| (0..count).map(move |member| first + member as f64 * gap));
    let mut placed = vec![0.0; middles.len()];
    for (&index, place) in order.iter().zip(places) {
        placed[index] = place;
    }
    hold(&mut placed, &order, gap, low, high);
    placed
}

/// Pushes places back inside `low..=high`, the upper end last.
fn hold(placed: &mut [f64], order: &[usize], gap: f64, low: f64, high: f64) {
    let mut floor = low;
    for &index in order {
        placed[index] = placed[index].max(floor);
        floor = placed[index] + gap;
    }
    let mut ceiling = high;
    for &index in order.iter().rev() {
        placed[index] = placed[index].min(ceiling);
        ceiling = placed[index] - gap;
    }
}

#[cfg(test)]
mod tests {
    use super::spread;
    use rstest::rstest;

    #[rstest]
    #[case::far_apart(&[10.0, 50.0], &[10.0, 50.0])]
    #[case::the_same_twice(&[30.0, 30.0], &[23.0, 37.0])]
    #[case::a_crowd_of_three(&[30.0, 31.0, 32.0], &[17.0, 31.0, 45.0])]
    #[case::at_the_upper_edge(&[0.0, 2.0], &[0.0, 14.0])]
    #[case::at_the_lower_edge(&[99.0, 99.0], &[86.0, 100.0])]
    #[case::out_of_order(&[50.0, 48.0], &[56.0, 42.0])]
    fn labels_are_nudged_apart(#[case] middles: &[f64], #[case] expected: &[f64]) {
        assert_eq!(spread(middles, 14.0, 0.0, 100.0), expected);
    }
}
