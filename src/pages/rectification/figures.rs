//! The figures of the whole list, each rate with its two numbers and what it is.

use std::sync::Arc;

use contract::rectification::Ledger;
use domain::{Lang, rectification::Ratio};
use leptos::prelude::*;
use ui::{figure, lang};

use crate::{pages::record::rate, words};

/// Rates, counts, and the median of days.
#[component]
pub(super) fn Figures(ledger: Arc<Ledger>) -> impl IntoView {
    let lang = lang();
    let total = ledger.statistics.total;
    let days = total.days_to_close.map_or_else(
        || words::ledger_rate_none(lang).to_owned(),
        |days| words::ledger_days(lang, &figure::exact(days)),
    );
    let late = words::ledger_late(lang, &total.overdue, &total.soon, &total.behind);
    let median = words::ledger_median_about(lang);
    view! {
        <section class="stack" aria-labelledby="ledger-figures">
            <h2 id="ledger-figures">{words::ledger_figures(lang)}</h2>
            <ul class="figures">
                {of_ratio(words::ledger_closure(lang), total.closure(), words::ledger_closure_about(lang), lang)}
                {of_ratio(words::ledger_on_schedule(lang), total.on_schedule(), words::ledger_on_schedule_about(lang), lang)}
                {of_ratio(words::ledger_completion(lang), total.completion(), words::ledger_completion_about(lang), lang)}
                {of_ratio(words::ledger_reopened(lang), total.reopening(), words::ledger_reopened_about(lang), lang)}
                {card(words::ledger_median(lang), days, String::new(), median)}
                {card(words::ledger_not_closed(lang), (total.all - total.closed.min(total.all)).to_string(), late, "")}
            </ul>
            {(total.carried > 0).then(|| view! { <p class="meta">{words::ledger_carried(lang, &total.carried)}</p> })}
        </section>
    }
    .into_any()
}

fn of_ratio(name: &'static str, ratio: Ratio, about: &'static str, lang: Lang) -> AnyView {
    let percent = ratio.percent().map(|percent| format!("{} %", figure::exact(percent)));
    let (value, parts) = match percent {
        Some(percent) => (percent, words::ledger_parts(lang, &ratio.part, &ratio.whole)),
        None => (rate(ratio, lang), String::new()),
    };
    card(name, value, parts, about)
}

fn card(name: &'static str, value: String, parts: String, about: &'static str) -> AnyView {
    view! {
        <li>
            <div class="figure">
                <p class="figure-name">{name}</p>
                <p class="figure-value"><span class="figure-number">{value}</span></p>
                <p class="figure-time">{parts}</p>
                <p class="figure-notes">{about}</p>
            </div>
        </li>
    }
    .into_any()
}
