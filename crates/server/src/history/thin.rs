//! Fewer points for a narrow screen, without losing a peak.

/// Places of the points that remain when `values` are thinned to about `width`: of each bucket
/// the lowest and the highest, and every first gap, in the original order.
///
/// All places when there are no more than `width`. A bucket keeps at most three points, so that
/// `width` is exceeded never.
pub(crate) fn places(values: &[Option<i64>], width: usize) -> Vec<usize> {
    if values.len() <= width {
        return (0..values.len()).collect();
    }
    let buckets = (width / 3).max(1);
    let mut kept = Vec::with_capacity(width);
    for bucket in 0..buckets {
        let from = bucket * values.len() / buckets;
        let to = (bucket + 1) * values.len() / buckets;
        let present = || (from..to).filter_map(|at| values[at].map(|value| (value, at)));
        let mut chosen = [
            present().min_by_key(|&(value, at)| (value, at)).map(|(_, at)| at),
            present().max_by_key(|&(value, at)| (value, std::cmp::Reverse(at))).map(|(_, at)| at),
            (from..to).find(|&at| values[at].is_none()),
        ];
        chosen.sort_unstable();
        for at in chosen.into_iter().flatten() {
            if kept.last() != Some(&at) {
                kept.push(at);
            }
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_and_highest_of_all_survive() {
        let values: Vec<Option<i64>> = (0..10_000)
            .map(|at| {
                (at % 17 != 3).then_some(if at == 4_322 { 9_999 } else { (at * 7) % 101 + 1 })
            })
            .collect();
        let kept = places(&values, 300);
        assert!(kept.len() <= 300);
        assert!(kept.contains(&4_322));
        assert!(kept.windows(2).all(|pair| pair[0] < pair[1]));
        let lowest = values.iter().flatten().min();
        assert_eq!(kept.iter().filter_map(|&at| values[at]).min(), lowest.copied());
        assert!(kept.iter().any(|&at| values[at].is_none()), "a gap stays a gap");
    }

    #[test]
    fn few_points_stay_as_they_are() {
        assert_eq!(places(&[Some(1), None, Some(2)], 3), [0, 1, 2]);
    }
}
