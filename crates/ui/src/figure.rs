//! One number as it may be shown: the only place that formats a quantity.

use contract::public::Figure;
use domain::{Averaging, DeviceFlag, Item, Lang, Provenance, Quantity};
use leptos::prelude::*;

use crate::{Age, Unit, dates, lang, words};

/// One number with its circumstances: value, unit, time, averaging, flag, provenance and age.
#[component]
pub fn FigureView(
    /// The number.
    figure: Figure,
    /// The newest single sample of the same item, where the number is a mean.
    moment: Option<Figure>,
    /// Seconds between two values when all is well.
    expected_interval_s: u32,
) -> impl IntoView {
    let lang = lang();
    let item = figure.item;
    let shown =
        figure.value.map_or_else(|| figure.flag.name(lang).to_owned(), |value| text(item, value));
    let unit = figure.value.map(|_| view! { <Unit unit=figure.unit.clone()/> });
    let marks =
        doubts(&figure, lang).into_iter().map(|doubt| view! { <span class="mark">{doubt}</span> });
    view! {
        <div class="figure">
            <p class="figure-name"><span class="figure-symbol">{item.symbol()}</span> {item.name(lang)}</p>
            <p class="figure-value"><span class="figure-number">{shown}</span> {unit}</p>
            <p class="figure-time">{circumstances(&figure, lang)}</p>
            {moment.map(|moment| view! { <p class="figure-time">{momentary(&moment, lang)}</p> })}
            <p class="figure-notes">
                <Age ended=Some(figure.period.end()) expected_interval_s/>
                {marks.collect_view()}
                {origin(figure.provenance, lang)}
            </p>
        </div>
    }
}

/// The number as it is printed everywhere: rounded half to even to the item's own decimals.
pub fn text(item: Item, value: Quantity) -> String {
    value.to_fixed(item.decimals())
}

/// The number with its unit: `35 µg/m³`.
pub fn with_unit(item: Item, value: Quantity) -> String {
    joined(&text(item, value), item.unit())
}

/// A number and a unit side by side; the number alone where there is no unit.
pub fn joined(number: &str, unit: &str) -> String {
    if unit.is_empty() { number.to_owned() } else { format!("{number} {unit}") }
}

/// An exact amount in no item's decimals, such as a limit or a breakpoint.
pub fn exact(value: Quantity) -> String {
    value.to_string()
}

/// How many times over a limit a value is, with two decimals.
pub fn multiple(value: Quantity) -> String {
    value.to_fixed(2)
}

/// An index or count as printed.
pub fn index(value: u16) -> String {
    value.to_string()
}

/// How a value was averaged, in words.
pub fn averaging(averaging: Averaging, lang: Lang) -> &'static str {
    match averaging {
        Averaging::Instant => words::averaging_instant(lang),
        Averaging::Minute => words::averaging_minute(lang),
        Averaging::Hour => words::averaging_hour(lang),
        Averaging::EightHour => words::averaging_eight_hour(lang),
        Averaging::Day => words::averaging_day(lang),
        Averaging::Month => words::averaging_month(lang),
        Averaging::Year => words::averaging_year(lang),
    }
}

fn circumstances(figure: &Figure, lang: Lang) -> String {
    let when = dates::period(figure.period, figure.averaging, lang);
    format!("{} · {when}", averaging(figure.averaging, lang))
}

/// A sample beside the mean it will become part of: `瞬时值 34 µg/m³ · 14:05`.
fn momentary(moment: &Figure, lang: Lang) -> String {
    let value = moment.value.map(|value| with_unit(moment.item, value));
    let value = value.unwrap_or_else(|| moment.flag.name(lang).to_owned());
    format!("{} {value} · {}", averaging(moment.averaging, lang), dates::clock(moment.period.start))
}

/// What the instrument and our checks hold against a value, in words; empty when all is well.
pub fn doubts(figure: &Figure, lang: Lang) -> Vec<&'static str> {
    let flag = match (figure.flag, figure.value) {
        (DeviceFlag::Normal, _) | (_, None) => None,
        (flag, Some(_)) => Some(flag.name(lang)),
    };
    flag.into_iter().chain(figure.quality.names(lang)).collect()
}

/// The word of a provenance as a mark; nothing for what an instrument measured.
fn origin(provenance: Provenance, lang: Lang) -> impl IntoView {
    view! { <span class="mark mark-provenance" data-provenance=provenance.key()>{provenance.name(lang)}</span> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_rounded_half_to_even_to_the_decimals_of_its_item() {
        assert_eq!(with_unit(Item::Pm25, "34.5".parse().unwrap()), "34 µg/m³");
        assert_eq!(with_unit(Item::Co, "0.95".parse().unwrap()), "1.0 mg/m³");
        assert_eq!(with_unit(Item::Ph, "7.995".parse().unwrap()), "8.00");
    }
}
