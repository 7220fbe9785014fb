//! The list over time: all issues and those closed, month by month.

use std::sync::Arc;

use chart::{LineChart, Marker, Point as Drawn, Series, SeriesStyle, TimeAxis, ValueAxis};
use contract::{paths, rectification::Ledger};
use domain::{
    Lang,
    period::day_start,
    rectification::{Point, Tally},
};
use leptos::prelude::*;
use ui::{
    ChartView,
    chart_view::{Picture, Source},
    dates, lang,
};

use super::query::as_of;
use crate::{components::headings, pages::record::rate, words};

/// The chart with its sentence.
#[component]
pub(super) fn Progress(ledger: Arc<Ledger>) -> impl IntoView {
    let lang = lang();
    let title = words::ledger_progress(lang);
    let sentence = sentence(&ledger.timeline, lang);
    let day = dates::iso_day(ledger.statistics.as_of);
    let source = Signal::stored(Source {
        file_name: format!("rectification-{day}"),
        json: Some(as_of(paths::RECTIFICATION, &day, None)),
        note: words::file_note(
            lang,
            &ledger.meta.publisher.get(lang),
            &dates::plain(ledger.meta.server_time),
            &if ledger.meta.simulated { words::simulated(lang) } else { "" },
        ),
    });
    let picture = Signal::stored(Arc::new(Picture::Line(drawn(&ledger.timeline, lang))));
    (!ledger.timeline.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="ledger-progress">
                <h2 id="ledger-progress">{title}</h2>
                <p class="summary">{sentence}</p>
                <ChartView picture source/>
            </section>
        }
        .into_any()
    })
}

/// From when to when, and how the list stood at both ends.
fn sentence(timeline: &[Point], lang: Lang) -> String {
    let (Some(first), Some(last)) = (timeline.first(), timeline.last()) else {
        return String::new();
    };
    words::ledger_progress_sentence(
        lang,
        &dates::month(first.day, lang),
        &first.tally.all,
        &dates::day(last.day, lang),
        &last.tally.all,
        &rate(last.tally.closure(), lang),
    )
}

fn drawn(timeline: &[Point], lang: Lang) -> LineChart {
    let at = |point: &Point| day_start(point.day).as_second();
    let start_s = timeline.first().map_or(0, at);
    let end_s = timeline.last().map_or(0, at).max(start_s.saturating_add(86_400));
    let series = |label: &'static str, marker, count: fn(&Tally) -> u32| {
        let point = |point: &Point| {
            let number = count(&point.tally);
            Drawn {
                at_s: at(point),
                value: Some(f64::from(number)),
                text: number.to_string(),
                time_text: dates::day(point.day, lang),
                note: rate(point.tally.closure(), lang),
            }
        };
        Series {
            label: label.to_owned(),
            points: timeline.iter().map(point).collect(),
            style: SeriesStyle::Line,
            marker,
            ..Series::default()
        }
    };
    let [first, second, ..] = Marker::ALL;
    LineChart {
        title: words::ledger_progress(lang).to_owned(),
        height: 300,
        x: TimeAxis { start_s, end_s, ticks: vec![] },
        y: ValueAxis {
            unit_label: words::ledger_unit(lang).to_owned(),
            min: Some(0.0),
            ..ValueAxis::default()
        },
        series: vec![
            series(words::ledger_all(lang), first, |tally| tally.all),
            series(words::ledger_closed(lang), second, |tally| tally.closed),
        ],
        words: headings(lang),
        ..LineChart::default()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn point(day: jiff::civil::Date, all: u32, closed: u32) -> Point {
        Point { day, tally: Tally { all, closed, ..Tally::default() } }
    }

    #[test]
    fn each_point_carries_the_rate_of_its_day_with_both_numbers() {
        let chart =
            drawn(&[point(date(2023, 1, 31), 4, 1), point(date(2023, 2, 28), 4, 3)], Lang::Zh);
        assert_eq!(chart.series[1].points[1].text, "3");
        assert!(chart.series[1].points[1].note.contains("75"), "{:?}", chart.series[1].points[1]);
        assert!(chart.series[1].points[1].note.contains('4'));
    }

    #[test]
    fn a_list_of_one_day_has_a_time_axis_all_the_same() {
        let chart = drawn(&[point(date(2023, 1, 31), 1, 0)], Lang::En);
        assert!(chart.x.end_s > chart.x.start_s);
    }
}
