//! The reward ledger and whether its chain holds.

use contract::officer::{LedgerLine, LedgerView};
use leptos::prelude::*;
use ui::{Link, Title, dates, lang};

use crate::{
    components::{Failed, deed_name, shown_number},
    fetched::fetched,
    routes, words,
};

/// The page.
#[component]
pub(crate) fn LedgerPage() -> impl IntoView {
    let lang = lang();
    let ledger = fetched::<LedgerView>(Signal::stored("ledger".to_owned()));
    let chain = move |ledger: &LedgerView| match &ledger.broken {
        Some((seq, why)) => {
            view! { <p class="notice" role="alert">{words::ledger_broken(lang, seq, why)}</p> }
                .into_any()
        }
        None => view! {
            <p>{words::ledger_whole(lang, &ledger.entries.len())}</p>
            <p class="meta">{words::ledger_head(lang)}" "<code>{ledger.head.clone()}</code></p>
        }
        .into_any(),
    };
    view! {
        <Title text=words::place_ledger(lang).to_owned()/>
        <h1>{words::place_ledger(lang)}</h1>
        <p>{words::ledger_explained(lang)}</p>
        <Failed failure=ledger.failure again=move |()| ledger.again()/>
        <div role="status">{move || ledger.value.with(|known| known.as_ref().map(chain))}</div>
        <div class="table-scroll" role="region" tabindex="0" aria-label=words::place_ledger(lang)>
            <table class="case-table">
                <caption class="visually-hidden">{words::place_ledger(lang)}</caption>
                <thead><tr>
                    <th scope="col">{words::ledger_number(lang)}</th>
                    <th scope="col">{words::column_time(lang)}</th>
                    <th scope="col">{words::ledger_kind(lang)}</th>
                    <th scope="col">{words::column_case(lang)}</th>
                    <th scope="col">{words::ledger_body(lang)}</th>
                </tr></thead>
                <tbody>{move || ledger.value.with(|known| {
                    known.as_ref().map(|known| known.entries.iter().rev().map(|line| row(line, lang)).collect_view())
                })}</tbody>
            </table>
        </div>
    }
}

fn row(line: &LedgerLine, lang: domain::Lang) -> impl IntoView + use<> {
    let (id, kind, body, hash) =
        (line.public_id.clone(), deed_name(&line.kind, lang), line.body.clone(), line.hash.clone());
    view! {
        <tr>
            <th scope="row">{line.seq}</th>
            <td class="case-time">{dates::day_and_clock(line.at, lang)}</td>
            <td>{kind}</td>
            <td><Link to=routes::case(&id) class="case-link">{shown_number(&id)}</Link></td>
            <td><details><summary>{words::ledger_show(lang)}</summary><code class="ledger-body">{body}</code><p class="meta"><code>{hash}</code></p></details></td>
        </tr>
    }
}
