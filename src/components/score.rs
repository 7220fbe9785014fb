//! Published figures: the number with its sign, unit and year, the words it was published in, and its history.

use std::sync::Arc;

use chart::{LineChart, Marker, Point, Series, TimeAxis, ValueAxis};
use contract::scorecard::{ScoreLine, Statement};
use domain::{Lang, period::day_start, scorecard::unit_name};
use jiff::civil::Date;
use leptos::prelude::*;
use ui::{
    ChartView, Written,
    chart_view::{Picture, Source},
    figure, lang,
};

use super::charts::headings;
use crate::words;

/// The value as it is printed everywhere: sign, number or word, unit.
fn value_text(statement: &Statement, lang: Lang) -> String {
    let sign = statement.sign.name(lang);
    let number = figure::joined(&statement.value.to_string(), unit_name(&statement.unit, lang));
    if sign.is_empty() { number } else { format!("{sign} {number}") }
}

/// Which year a statement is of, or that its source does not say.
fn year(statement: &Statement, lang: Lang) -> String {
    statement.year.map_or_else(
        || words::score_no_year(lang).to_owned(),
        |year| words::score_year(lang, &year),
    )
}

/// One statement with everything that is known of it.
#[component]
pub(crate) fn ScoreStatement(
    /// What was stated.
    statement: Statement,
) -> impl IntoView {
    let lang = lang();
    let value = value_text(&statement, lang);
    let year = year(&statement, lang);
    let Statement { quote, source, note, .. } = statement;
    let note = (!note.is_empty()).then(|| {
        view! { <p class="meta">{words::score_note(lang)} " " <Written text=note.get(lang).to_owned()/></p> }
    });
    view! {
        <p class="score-value"><span class="score-number"><Written text=value/></span> " " <span class="meta">{year}</span></p>
        <div class="score-quote">
            <blockquote><Written text=quote/></blockquote>
            <p class="meta"><Written text=source/></p>
        </div>
        {note}
    }
    .into_any()
}

/// The years of an indicator as a chart where they compare, else as a list; nothing for a single statement.
#[component]
pub(crate) fn ScoreHistory(
    /// The indicator.
    line: ScoreLine,
) -> impl IntoView {
    let lang = lang();
    let entry = |statement: &Statement| {
        let text = format!(
            "{}{}",
            words::score_of(lang, &year(statement, lang)),
            value_text(statement, lang)
        );
        view! { <li><Written text/></li> }
    };
    let replaced: Vec<_> = line.replaced.iter().map(entry).collect();
    let replaced = (!replaced.is_empty()).then(|| {
        view! { <p class="meta">{words::score_replaced(lang)}</p> <ul class="plain-list">{replaced}</ul> }
    });
    let years = match (line.compares, line.history.len()) {
        (true, _) => Some(drawn(&line, lang)),
        (false, 2..) => {
            let years: Vec<_> = line.history.iter().map(entry).collect();
            Some(view! { <ul class="plain-list">{years}</ul> }.into_any())
        }
        (false, _) => None,
    };
    (years.is_some() || replaced.is_some()).then(|| {
        view! { <details class="more"><summary>{words::score_history(lang)}</summary> {years} {replaced}</details> }
            .into_any()
    })
}

fn drawn(line: &ScoreLine, lang: Lang) -> AnyView {
    let picture = Signal::stored(Arc::new(Picture::Line(chart_of(line, lang))));
    let source = Signal::stored(Source {
        file_name: line.key.clone(),
        json: Some(contract::paths::SCORECARD.to_owned()),
        note: line.now.source.clone(),
    });
    view! { <ChartView picture source/> }.into_any()
}

/// A point in the middle of each year; only numbers in the unit that counts compare.
fn chart_of(line: &ScoreLine, lang: Lang) -> LineChart {
    let comparable = line.history.iter().filter(|statement| statement.unit == line.now.unit);
    let points: Vec<Point> = comparable
        .filter_map(|statement| {
            let value = statement.value.number()?;
            Some(Point {
                at_s: start_of(statement.year?)?.saturating_add(HALF_A_YEAR_S),
                value: Some(value.approximate()),
                text: format!("{} {}", statement.sign.name(lang), figure::exact(value))
                    .trim()
                    .to_owned(),
                time_text: year(statement, lang),
                note: String::new(),
            })
        })
        .collect();
    let start_s = points.first().map_or(0, |first| first.at_s - HALF_A_YEAR_S);
    let end_s = points.last().map_or(86_400, |last| last.at_s + HALF_A_YEAR_S);
    LineChart {
        title: line.name.get(lang).to_owned(),
        height: 220,
        x: TimeAxis { start_s, end_s, ticks: vec![] },
        y: ValueAxis {
            unit_label: unit_name(&line.now.unit, lang).to_owned(),
            decimals: 2,
            ..ValueAxis::default()
        },
        series: vec![Series {
            label: line.name.get(lang).to_owned(),
            points,
            marker: Marker::default(),
            ..Series::default()
        }],
        words: headings(lang),
        ..LineChart::default()
    }
}

const HALF_A_YEAR_S: i64 = 182 * 86_400;

fn start_of(year: i16) -> Option<i64> {
    Some(day_start(Date::new(year, 1, 1).ok()?).as_second())
}

#[cfg(test)]
mod tests {
    use domain::scorecard::{Figure, Sign};

    use super::*;

    fn statement(value: &str, unit: &str, year: Option<i16>) -> Statement {
        Statement {
            value: Figure::read(value),
            sign: Sign::Over,
            unit: unit.into(),
            year,
            quote: String::new(),
            source: String::new(),
            note: domain::Text::default(),
        }
    }

    #[test]
    fn a_figure_is_read_with_its_sign_and_its_unit() {
        assert_eq!(value_text(&statement("97", "%", None), Lang::Zh), "超过 97 %");
        assert_eq!(
            value_text(&statement("13000", "well", None), Lang::En),
            "more than 13000 wells"
        );
        assert_eq!(
            value_text(&statement("1-6-5-N", "pattern", None), Lang::En),
            "more than 1-6-5-N"
        );
    }

    #[test]
    fn years_in_another_unit_are_not_drawn_beside_those_that_count() {
        let history = vec![
            statement("309", "day", Some(2022)),
            statement("86", "%", Some(2022)),
            statement("315", "day", Some(2023)),
        ];
        let line = ScoreLine {
            key: "air.good_days".into(),
            name: domain::Text::default(),
            now: history[2].clone(),
            history,
            compares: true,
            replaced: vec![],
        };
        let chart = chart_of(&line, Lang::Zh);
        let texts: Vec<&str> = chart.series[0].points.iter().map(|p| p.text.as_str()).collect();
        assert_eq!(texts, ["超过 309", "超过 315"]);
        assert!(chart.x.start_s < chart.x.end_s);
    }
}
