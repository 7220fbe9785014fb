//! The publicity period: how long it still runs, what was objected, and the way to object.

use std::sync::Arc;

use contract::rectification::{Item, ObjectionCounts, Publicity};
use domain::{Lang, rectification::web_address};
use jiff::civil::Date;
use leptos::prelude::*;
use ui::{Clock, Written, dates, lang, later};

use super::objection::objection_form;
use crate::words;

/// Nothing before the issue was ever shown.
#[component]
pub(super) fn PublicityCard(item: Arc<Item>) -> impl IntoView {
    let lang = lang();
    let today = dates::beijing(Clock::expect().now()).date();
    let number = item.line.number.clone();
    item.publicity.clone().map(|publicity| {
        let form = publicity.open.then(|| later(objection_form(number)));
        view! {
            <section class="card" aria-labelledby="item-publicity">
                <h2 id="item-publicity">{words::publicity(lang)}</h2>
                <p>{words::publicity_days(lang, &dates::day(publicity.from, lang), &dates::day(publicity.until, lang))}</p>
                <p class="track-now"><strong>{left(&publicity, today, lang)}</strong></p>
                {elsewhere(&publicity, lang)}
                {(!publicity.announced).then(|| view! { <p class="notice">{words::publicity_unannounced(lang)}</p> })}
                {counts(item.objections, lang)}
                {form}
            </section>
        }
        .into_any()
    })
}

/// The countdown in working days, or that it has not begun or is over.
fn left(publicity: &Publicity, today: Date, lang: Lang) -> String {
    match (publicity.open, publicity.working_days_left) {
        (true, 0) => words::publicity_last_day(lang).to_owned(),
        (true, days) => words::publicity_left(lang, &days),
        (false, _) if today < publicity.from => {
            words::publicity_ahead(lang, &dates::day(publicity.from, lang))
        }
        (false, _) => words::publicity_over(lang).to_owned(),
    }
}

/// Where else it is shown, as a link where that is an address of the web.
fn elsewhere(publicity: &Publicity, lang: Lang) -> Option<AnyView> {
    let place = publicity.elsewhere.clone()?;
    let shown = match web_address(&place) {
        Some(address) => {
            view! { <a href=address.to_owned() rel="noreferrer">{place.clone()}</a> }.into_any()
        }
        None => view! { <Written text=place/> }.into_any(),
    };
    Some(view! { <p class="written">{words::publicity_elsewhere(lang)} " " {shown}</p> }.into_any())
}

/// How many objected, and what became of it; nobody is named.
fn counts(counts: ObjectionCounts, lang: Lang) -> String {
    let ObjectionCounts { received, open, rejected, upheld } = counts;
    if received == 0 {
        return words::objections_none(lang).to_owned();
    }
    words::objections_counts(lang, &received, &open, &rejected, &upheld)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_that_lie_ahead_are_not_over() {
        let publicity = Publicity {
            from: date(2026, 3, 23),
            until: date(2026, 4, 3),
            open: false,
            working_days_left: 10,
            announced: true,
            elsewhere: None,
        };
        let said = |day| left(&publicity, day, Lang::Zh);
        assert!(said(date(2026, 3, 20)).contains("届时"));
        assert_eq!(said(date(2026, 4, 6)), words::publicity_over(Lang::Zh));
    }
}
