//! Published reports: list, map, and one by itself.

mod filters;
mod list;
mod one;
mod query;

use contract::report::PublishedReports;
use leptos::prelude::*;
use ui::{Router, Title, Visit, lang};

pub(super) use self::one::OneReport;
use self::{filters::Filters, list::Listed, query::Filter};
use crate::{
    components::{LoadFailed, Skeleton, dress, fetched},
    pages::report::form,
    words,
};

/// The list with its filters, all of them in the address.
#[component]
pub(super) fn ReportsPage() -> impl IntoView {
    dress();
    let (lang, router) = (lang(), Router::expect());
    let filter = Memo::new(move |_| Filter::of(&router.query()));
    let path = Signal::derive(move || Some(filter.with(Filter::path)));
    let shown = fetched::<PublishedReports>(path);
    let failure = Signal::derive(move || shown.with(|shown| shown.failure.clone()));
    let reply = Memo::new(move |_| shown.with(|shown| shown.value.clone()));
    let has = Signal::derive(move || reply.with(Option::is_some));
    let choose = Callback::new(move |(name, value): (&'static str, String)| {
        let value = (!value.is_empty()).then_some(value);
        // Another choice begins at its first page.
        let address = untrack(|| router.here_with(&[(name, value.as_deref()), ("page", None)]));
        router.go(&address, Visit::Replace);
    });
    let title = words::reports_title(lang);
    view! {
        <Title text=title/>
        <h1>{title}</h1>
        <p>{words::reports_about(lang)}</p>
        <Filters filter form=form() on_choose=choose/>
        <LoadFailed failure has_old=has/>
        {move || match reply.get() {
            Some(reply) => view! { <Listed reply filter/> }.into_any(),
            None => view! { <Skeleton height=20/> }.into_any(),
        }}
    }
}
