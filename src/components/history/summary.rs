//! A history in one sentence.

use contract::public::Series;
use domain::{Item, Lang, Period, Quantity};
use ui::{
    dates::{self, instant},
    figure,
};

use super::{
    query::Query,
    to_chart::{Line, item_name, step_name},
};
use crate::words;

/// What, where, period, latest, highest with its time, trend and share of valid data, for each line.
pub(super) fn summary(lines: &[Line], query: &Query, lang: Lang) -> String {
    let range = words::summary_range(
        lang,
        &item_name(query.item, lang),
        &dates::day(query.from, lang),
        &dates::day(query.to, lang),
        &step_name(query.step, lang),
    );
    let parts: Vec<String> = lines.iter().map(|line| of_line(line, query, lang)).collect();
    format!("{range}{}", parts.join(lang.pick("", " ")))
}

fn of_line(line: &Line, query: &Query, lang: Lang) -> String {
    let series = &line.series;
    let valued = || {
        series
            .start_s
            .iter()
            .zip(&series.value)
            .filter_map(|(start_s, value)| Some((*start_s, (*value)?)))
    };
    let (Some(latest), Some(highest)) =
        (valued().next_back(), valued().max_by_key(|(_, value)| *value))
    else {
        return words::summary_none(lang, &line.label);
    };
    let shown = |(start_s, value): (i64, Quantity)| {
        (text(query.item, value), when(start_s, series, query, lang))
    };
    let ((latest, latest_at), (highest, highest_at)) = (shown(latest), shown(highest));
    let trend = match trend(&valued().map(|(_, value)| value).collect::<Vec<_>>()) {
        Trend::Rising => words::trend_rising(lang),
        Trend::Falling => words::trend_falling(lang),
        Trend::Steady => words::trend_steady(lang),
    };
    words::summary_line(
        lang,
        &line.label,
        &latest,
        &latest_at,
        &highest,
        &highest_at,
        &trend,
        &series.coverage,
    )
}

fn text(item: Option<Item>, value: Quantity) -> String {
    item.map_or_else(|| figure::exact(value), |item| figure::with_unit(item, value))
}

fn when(start_s: i64, series: &Series, query: &Query, lang: Lang) -> String {
    use contract::public::Step;
    use domain::Averaging;
    let averaging = match query.step {
        Step::Raw | Step::Hour => Averaging::Hour,
        Step::Day => Averaging::Day,
        Step::Month => Averaging::Month,
    };
    dates::period(Period { start: instant(start_s), length_s: series.length_s }, averaging, lang)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trend {
    Rising,
    Falling,
    Steady,
}

/// The mean of the last quarter against that of the first: a tenth of the greater one is a trend.
fn trend(values: &[Quantity]) -> Trend {
    let quarter = values.len() / 4;
    let first = Quantity::mean(values.iter().take(quarter).copied());
    let last = Quantity::mean(values.iter().rev().take(quarter).copied());
    let (Some(first), Some(last)) = (first, last) else { return Trend::Steady };
    let change = last.minus(first).millionths();
    let greater = first.millionths().abs().max(last.millionths().abs());
    match change.abs() > greater / 10 {
        false => Trend::Steady,
        true if change > 0 => Trend::Rising,
        true => Trend::Falling,
    }
}

#[cfg(test)]
mod tests {
    use super::{Trend, trend};
    use domain::Quantity;

    fn values(of: &[i32]) -> Vec<Quantity> {
        of.iter().map(|value| Quantity::from_integer(*value)).collect()
    }

    #[test]
    fn a_tenth_more_or_less_is_a_trend() {
        assert_eq!(trend(&values(&[100, 0, 0, 112])), Trend::Rising);
        assert_eq!(trend(&values(&[100, 0, 0, 88])), Trend::Falling);
        assert_eq!(trend(&values(&[100, 0, 0, 105])), Trend::Steady);
    }

    #[test]
    fn three_values_show_no_trend() {
        assert_eq!(trend(&values(&[1, 50, 100])), Trend::Steady);
    }
}
