//! Fewer points for the same picture.

/// The indices of the points to draw: of each pixel column the first, the least, the greatest and the
/// last (the M4 aggregation: Jugel, Jerzak, Hackenbroich, Markl, "M4: A Visualization-Oriented Time
/// Series Data Aggregation", VLDB 2014). A line through them covers the same pixels as the whole.
///
/// `points` are (x, value), x ascending; a column is one CSS pixel, two device pixels on most
/// screens. Fewer than two points to the column are all kept.
pub(crate) fn kept(points: &[(f64, f64)]) -> Vec<usize> {
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return vec![] };
    if (points.len() as f64) <= 2.0 * (last.0 - first.0 + 1.0) {
        return (0..points.len()).collect();
    }
    let mut kept = vec![];
    let mut start = 0;
    while start < points.len() {
        let column = points[start].0.floor();
        let length = points[start..].partition_point(|point| point.0.floor() <= column).max(1);
        keep_column(points, start, start + length, &mut kept);
        start += length;
    }
    kept
}

fn keep_column(points: &[(f64, f64)], start: usize, end: usize, kept: &mut Vec<usize>) {
    let mut least = start;
    let mut greatest = start;
    for index in start..end {
        if points[index].1 < points[least].1 {
            least = index;
        }
        if points[index].1 > points[greatest].1 {
            greatest = index;
        }
    }
    let mut column = [start, least, greatest, end - 1];
    column.sort_unstable();
    for index in column {
        if kept.last() != Some(&index) {
            kept.push(index);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::kept;
    use proptest::prelude::*;

    fn series() -> impl Strategy<Value = Vec<(f64, f64)>> {
        prop::collection::vec((0_u32..200, -500_i32..500), 0..3_000).prop_map(|mut raw| {
            raw.sort_unstable_by_key(|point| point.0);
            raw.into_iter().map(|(x, y)| (f64::from(x) / 10.0, f64::from(y))).collect()
        })
    }

    fn extremes(points: impl Iterator<Item = (f64, f64)>) -> Vec<(i64, i64, i64)> {
        let mut columns: Vec<(i64, i64, i64)> = vec![];
        for (x, y) in points {
            let (x, y) = (x.floor() as i64, y as i64);
            match columns.last_mut() {
                Some(column) if column.0 == x => {
                    column.1 = column.1.min(y);
                    column.2 = column.2.max(y);
                }
                _ => columns.push((x, y, y)),
            }
        }
        columns
    }

    proptest! {
        #[test]
        fn every_column_keeps_its_least_and_greatest_value(points in series()) {
            let kept = kept(&points);
            prop_assert_eq!(
                extremes(kept.iter().map(|&index| points[index])),
                extremes(points.iter().copied())
            );
            prop_assert!(kept.windows(2).all(|pair| pair[0] < pair[1]), "in order, none twice");
        }

        #[test]
        fn at_most_four_points_stay_in_a_crowded_column(points in series()) {
            let kept = kept(&points).len();
            let columns = extremes(points.iter().copied()).len();
            let sparse = points.len() as f64
                <= 2.0 * points.last().map_or(0.0, |last| last.0 - points[0].0 + 1.0);
            prop_assert!(sparse || kept <= 4 * columns, "{kept} points in {columns} columns");
        }
    }
}
