//! Issues of the rectification ledger that the case belongs to, and the way to make it one.

use domain::role::Permission;
use leptos::prelude::*;
use ui::{Link, Router, lang};

use super::OpenCase;
use crate::{routes, session::SignedIn, words};

/// The issues; who may record one finds the form filled in with what the report says.
#[component]
pub(super) fn Issues() -> impl IntoView {
    let (lang, open, signed_in) = (lang(), OpenCase::expect(), SignedIn::expect());
    let issues = Memo::new(move |_| open.case.with(|case| case.items.clone()));
    let row = move |issue: contract::officer::record::ItemOfReport| {
        view! {
            <li>
                <Link to=routes::item(&issue.number) class="case-link">
                    <span class="case-number">{issue.number.clone()}</span>" "{issue.title}
                </Link>
                <span class="case-marks"><span class="case-badge">{issue.stage.name(lang)}</span></span>
            </li>
        }
    };
    let records = signed_in.may(Permission::RecordItems)
        && signed_in.with(|session| session.department.is_none());
    let id = open.case.with_untracked(|case| case.line.public_id.clone());
    let form = untrack(|| Router::expect().address_with("record/new", &[("report", Some(&id))]));
    view! {
        <section class="card" aria-label=words::record_of_report(lang)>
            <h2>{words::record_of_report(lang)}</h2>
            {move || {
                let issues = issues.get();
                if issues.is_empty() {
                    return view! { <p class="meta">{words::record_of_report_none(lang)}</p> }.into_any();
                }
                view! { <ul class="case-links">{issues.into_iter().map(row).collect_view()}</ul> }.into_any()
            }}
            {records.then(|| view! { <p><a class="button" href=form.clone()>{words::record_from_report(lang)}</a></p> })}
        </section>
    }
}
