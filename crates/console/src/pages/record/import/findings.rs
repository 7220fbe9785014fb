//! What a dry run found: rows, what is wrong with which cell, columns that nothing reads.

use contract::officer::record::{DryRun, RowFault};
use domain::Lang;
use leptos::prelude::*;
use ui::lang;

use crate::{components::OpenedHeading, words};

/// The summary, and the table of faults.
#[component]
pub(super) fn Findings(found: DryRun, token: String) -> impl IntoView {
    let lang = lang();
    let ignored = found.ignored_columns.join(words::list_comma(lang));
    let (shown, total) = (found.faults.len(), found.faults_total);
    let cut = usize::try_from(total).is_ok_and(|total| total > shown);
    view! {
        <section class="card stack" aria-label=words::import_found(lang)>
            <OpenedHeading text=words::import_found(lang)/>
            <p>{words::import_counts(lang, &found.rows, &found.good, &total)}</p>
            {(!ignored.is_empty()).then(|| view! { <p>{words::import_ignored(lang, &ignored)}</p> })}
            {(total > 0).then(|| view! {
                <p><a class="button" href=format!("api/v1/record/import/{token}/faults.csv") download="">
                    {words::import_faults_csv(lang)}
                </a></p>
                {cut.then(|| view! { <p class="meta">{words::import_cut(lang, &shown)}</p> })}
                <Faults faults=found.faults/>
            })}
        </section>
    }
}

#[component]
fn Faults(faults: Vec<RowFault>) -> impl IntoView {
    let lang = lang();
    let rows = faults.into_iter().map(|fault| row(fault, lang)).collect_view();
    view! {
        <div class="table-scroll" role="region" tabindex="0" aria-label=words::import_faults(lang)>
            <table class="case-table fault-table">
                <caption class="visually-hidden">{words::import_faults(lang)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{words::import_row(lang)}</th>
                        <th scope="col">{words::import_column(lang)}</th>
                        <th scope="col">{words::import_value(lang)}</th>
                        <th scope="col">{words::import_reason(lang)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn row(fault: RowFault, lang: Lang) -> impl IntoView {
    let reason = fault.reason.get(lang).to_owned();
    view! {
        <tr>
            <th scope="row" class="case-number" data-label=words::import_row(lang)>{fault.row}</th>
            <td>{fault.column}</td>
            <td class="case-text">{fault.value}</td>
            <td>{reason}</td>
        </tr>
    }
}
