//! The issues: filtered where the reader is, a page of them in the document.

use std::sync::Arc;

use contract::rectification::{ItemLine, Ledger};
use domain::{Lang, rectification::Origin};
use leptos::prelude::*;
use ui::{Link, Router, Written, dates, lang};

use super::{Choose, filters::Filters, query::Filter};
use crate::{components::focus_on, pages::record::state_badge, routes, words};

/// The id of the list's heading, which takes the focus when other issues are shown.
pub(super) const ISSUES: &str = "ledger-issues";

/// Issues in the document at once: more would make every filter slow.
const ROWS: usize = 25;

/// Filters, how many there are, and one page of them.
#[component]
pub(super) fn Issues(ledger: Arc<Ledger>, filter: Memo<Filter>, choose: Choose) -> impl IntoView {
    let lang = lang();
    let items = StoredValue::new(ledger.clone());
    let found = Memo::new(move |_| {
        items.with_value(|ledger| filter.with(|filter| filter.found(&ledger.items)))
    });
    let last = Memo::new(move |_| found.with(Vec::len).div_ceil(ROWS).max(1));
    let page = Memo::new(move |_| filter.with(|filter| filter.page).min(last.get()));
    let rows = move || {
        let from = (page.get() - 1) * ROWS;
        found.with(|found| {
            let shown = found.iter().skip(from).take(ROWS);
            items.with_value(|ledger| {
                shown
                    .filter_map(|at| Some(row(ledger.items.get(*at)?, ledger, lang)))
                    .collect_view()
            })
        })
    };
    let total = move || words::ledger_found(lang, &found.with(Vec::len));
    view! {
        <section class="card" aria-labelledby=ISSUES>
            <h2 id=ISSUES tabindex="-1">{words::ledger_issues(lang)}</h2>
            <Filters ledger filter choose/>
            <p role="status">{total}</p>
            <ul class="issues" aria-labelledby=ISSUES>{rows}</ul>
            <Pages page last/>
        </section>
    }
    .into_any()
}

fn row(item: &ItemLine, ledger: &Ledger, lang: Lang) -> AnyView {
    let named = ledger.units.iter().find(|unit| Some(&unit.key) == item.unit.as_ref());
    let unit = named.map(|unit| unit.name.get(lang).to_owned());
    let day = |day| dates::iso_day(day);
    let when = match (item.closed, item.due) {
        (Some(closed), _) => words::ledger_closed_on(lang, &day(closed)),
        (None, Some(due)) => words::ledger_due_on(lang, &day(due)),
        (None, None) => words::ledger_found_on(lang, &day(item.found)),
    };
    let overdue =
        item.overdue.then(|| view! { <span class="mark">{words::ledger_overdue(lang)}</span> });
    let origin = origin(item.origin, lang);
    let title = title(item, lang);
    view! {
        <li>
            <Link to=routes::item(&item.number) class="issue-name"><Written text=title/></Link>
            <span class="issue-state">{state_badge(item.state, lang)} " " {overdue} " " {origin}</span>
            <span class="meta">
                {item.number.clone()} " · " {item.source.name(lang)} " "
                <Written text=item.batch.clone()/> " · " {item.medium.name(lang)}
                {unit.map(|unit| view! { " · " {unit} })} " · " {when}
            </span>
        </li>
    }
    .into_any()
}

/// In the reader's language where somebody wrote it.
pub(crate) fn title(item: &ItemLine, lang: Lang) -> String {
    let english = item.title_en.clone().filter(|_| lang == Lang::En);
    english.unwrap_or_else(|| item.title.clone())
}

/// Where the text comes from, unless it was written down here.
pub(crate) fn origin(origin: Origin, lang: Lang) -> Option<AnyView> {
    let shown = matches!(origin, Origin::Quoted | Origin::Simulated);
    shown.then(|| {
        view! { <span class="mark mark-provenance" data-provenance=origin.key()>{origin.name(lang)}</span> }
            .into_any()
    })
}

#[component]
fn Pages(page: Memo<usize>, last: Memo<usize>) -> impl IntoView {
    let (lang, router) = (lang(), Router::expect());
    let link = move |to: usize, name: &'static str| {
        (1..=last.get()).contains(&to).then(|| {
            let number = (to > 1).then(|| to.to_string());
            let href = router.here_with(&[("page", number.as_deref())]);
            view! { <a class="button" href=href on:click=|_| focus_on(ISSUES.to_owned())>{name}</a> }
        })
    };
    move || {
        (last.get() > 1).then(|| {
            view! {
                <nav class="button-row" aria-label=words::reports_pages(lang)>
                    {link(page.get() - 1, words::reports_previous(lang))}
                    <span class="page-of">{words::reports_page(lang, &page.get(), &last.get())}</span>
                    {link(page.get() + 1, words::reports_next(lang))}
                </nav>
            }
        })
    }
}
