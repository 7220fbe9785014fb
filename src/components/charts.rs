//! Replies translated into charts; `domain` gives the words and colours, `chart` knows neither.

use chart::{
    Band, CalendarChart, CalendarDay, CalendarMonth, Level, LineChart, Pattern, Point, Series,
    StripCell, StripChart, TimeAxis, ValueAxis, Words,
};
use contract::public::{Days, IndexPoint, MonthClass};
use domain::{Averaging, Item, Lang, Period, air::AqiLevel, water::WaterClass};
use jiff::civil::Date;
use ui::{
    chart_view::Picture,
    dates::{self, instant},
};

use crate::words;

/// The headings of every table.
pub(crate) fn headings(lang: Lang) -> Words {
    Words {
        time: words::table_time(lang).to_owned(),
        value: words::table_value(lang).to_owned(),
        level: words::table_level(lang).to_owned(),
        note: words::table_note(lang).to_owned(),
    }
}

/// The levels of HJ 633 as ranges behind an index.
pub(crate) fn level_bands(lang: Lang) -> Vec<Band> {
    const UPPER: [Option<f64>; 6] =
        [Some(50.0), Some(100.0), Some(150.0), Some(200.0), Some(300.0), None];
    let mut from = 0.0;
    AqiLevel::ALL
        .into_iter()
        .zip(UPPER)
        .map(|(level, to)| {
            let band = Band {
                from,
                to,
                label: level.name(lang).to_owned(),
                fill: level.hex().to_owned(),
                pattern: None,
            };
            from = to.unwrap_or(from);
            band
        })
        .collect()
}

/// The levels as keys of a calendar, each with its pattern.
fn level_keys(lang: Lang) -> Vec<Level> {
    let keys = AqiLevel::ALL.into_iter().zip(Pattern::ALL);
    keys.enumerate()
        .map(|(number, (level, pattern))| Level {
            label: level.name(lang).to_owned(),
            fill: level.hex().to_owned(),
            // The two cleanest stay plain: most days are, and the eye looks for the others.
            pattern: (number > 1).then_some(pattern),
        })
        .collect()
}

/// The hourly index of the last day.
pub(crate) fn index_line(points: &[IndexPoint], title: String, lang: Lang) -> Picture {
    let start_s = points.first().map_or(0, |point| point.start_s);
    let end_s = points.last().map_or(86_400, |point| point.start_s + 3_600);
    Picture::Line(LineChart {
        title,
        height: 220,
        x: TimeAxis { start_s, end_s, ticks: vec![] },
        y: ValueAxis {
            unit_label: "AQI".to_owned(),
            min: Some(0.0),
            max: Some(100.0),
            decimals: 0,
        },
        series: vec![Series {
            label: words::district_index(lang).to_owned(),
            points: points
                .iter()
                .map(|point| index_point(*point, 3_600, Averaging::Hour, lang))
                .collect(),
            expected_step_s: Some(3_600),
            ..Series::default()
        }],
        bands: level_bands(lang),
        words: headings(lang),
        ..LineChart::default()
    })
}

fn index_point(point: IndexPoint, length_s: u32, averaging: Averaging, lang: Lang) -> Point {
    let period = Period { start: instant(point.start_s), length_s };
    let level = point.value.map(|value| AqiLevel::of(value).name(lang));
    Point {
        at_s: point.start_s + i64::from(length_s) / 2,
        value: point.value.map(f64::from),
        text: index_text(point.value, lang),
        time_text: dates::period(period, averaging, lang),
        note: level.unwrap_or_default().to_owned(),
    }
}

/// An index as printed, or the words for its absence.
pub(crate) fn index_text(value: Option<u16>, lang: Lang) -> String {
    value.map_or_else(|| words::no_index(lang).to_owned(), ui::figure::index)
}

/// A year's days by level.
pub(crate) fn year_calendar(days: &Days, title: String, lang: Lang) -> Picture {
    let mut months: Vec<CalendarMonth> = vec![];
    let mut month_now = None;
    for point in &days.days {
        let day = dates::beijing(instant(point.start_s)).date();
        if month_now != Some(day.month()) {
            month_now = Some(day.month());
            months.push(CalendarMonth {
                label: dates::month_label(day.month(), lang),
                first_weekday: day.weekday().to_monday_zero_offset().unsigned_abs(),
                days: vec![],
            });
        }
        if let Some(month) = months.last_mut() {
            month.days.push(calendar_day(*point, day, lang));
        }
    }
    Picture::Calendar(CalendarChart {
        title,
        months,
        weekday_labels: words::weekdays(lang).split(' ').map(str::to_owned).collect(),
        levels: level_keys(lang),
        words: headings(lang),
        ..CalendarChart::default()
    })
}

fn calendar_day(point: IndexPoint, day: Date, lang: Lang) -> CalendarDay {
    CalendarDay {
        date_text: dates::day(day, lang),
        text: index_text(point.value, lang),
        level: point
            .band
            .and_then(|band| usize::from(band).checked_sub(1))
            .filter(|level| *level < 6),
        note: String::new(),
    }
}

/// The class of each month of a section.
pub(crate) fn month_strip(months: &[MonthClass], title: String, lang: Lang) -> Picture {
    Picture::Strip(StripChart {
        title,
        cells: months.iter().map(|month| month_cell(month, lang)).collect(),
        row_length: 12,
        levels: class_keys(lang),
        words: headings(lang),
        ..StripChart::default()
    })
}

fn class_keys(lang: Lang) -> Vec<Level> {
    WaterClass::ALL
        .into_iter()
        .map(|class| Level {
            label: ui::class_badge::written(class, lang),
            fill: class.hex().to_owned(),
            pattern: None,
        })
        .collect()
}

fn month_cell(month: &MonthClass, lang: Lang) -> StripCell {
    let limiting: Vec<&str> = month.limiting.iter().map(|item: &Item| item.name(lang)).collect();
    let mut note = words::coverage(lang, &month.coverage);
    // Within class III nothing limits in a way that matters.
    if month.class.is_some_and(|class| class > WaterClass::III) {
        note = words::limited_by(lang, &limiting.join(words::list_gap(lang))) + " · " + &note;
    }
    StripCell {
        axis_label: match month.month.month() {
            1 => month.month.year().to_string(),
            number => dates::month_label(number, lang),
        },
        symbol: month.class.map(WaterClass::glyph).unwrap_or_default().to_owned(),
        time_text: dates::month(month.month, lang),
        text: month.class.map_or_else(
            || words::no_data(lang).to_owned(),
            |class| ui::class_badge::written(class, lang),
        ),
        level: month.class.map(|class| usize::from(class.number()) - 1),
        note,
    }
}

#[cfg(test)]
mod tests {
    use domain::period::day_start;
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_calendar_has_a_leaf_per_month_that_starts_on_the_right_weekday() {
        let point = |day| IndexPoint {
            start_s: day_start(day).as_second(),
            value: Some(42),
            band: Some(1),
        };
        let days = Days {
            meta: contract::public::Meta {
                server_time: jiff::Timestamp::UNIX_EPOCH,
                publisher: domain::Text::default(),
                licence: domain::Text::default(),
                simulated: false,
            },
            station: "A".into(),
            year: 2026,
            first_year: 2026,
            standard: None,
            days: vec![point(date(2026, 1, 31)), point(date(2026, 2, 1))],
            count: contract::public::DayCount {
                standard: domain::air::IndexStandard::Hj633_2026,
                from: date(2026, 1, 1),
                to: date(2026, 2, 1),
                good: 2,
                by_level: vec![2, 0, 0, 0, 0, 0],
                without: 0,
                by_edition: vec![],
            },
        };
        let Picture::Calendar(chart) = year_calendar(&days, String::new(), Lang::Zh) else {
            panic!()
        };
        // 31 January 2026 is a Saturday, 1 February a Sunday.
        let starts: Vec<u8> = chart.months.iter().map(|month| month.first_weekday).collect();
        assert_eq!(starts, [5, 6]);
        assert_eq!(chart.months[0].days[0].level, Some(0));
        assert_eq!(chart.weekday_labels.len(), 7);
    }

    #[test]
    fn an_hour_without_an_index_is_a_gap_with_words() {
        let points = [IndexPoint { start_s: 0, value: None, band: None }];
        let Picture::Line(chart) = index_line(&points, String::new(), Lang::Zh) else { panic!() };
        assert_eq!(chart.series[0].points[0].value, None);
        assert_eq!(chart.series[0].points[0].text, words::no_index(Lang::Zh));
    }
}
