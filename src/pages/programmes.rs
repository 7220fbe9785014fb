//! Programmes and works: the list of pages, and one of them.

mod one;

use contract::{
    paths,
    programme::{ProgrammeLine, Programmes},
};
use leptos::prelude::*;
use ui::{Link, Title, Written, lang};

pub(super) use self::one::ProgrammePage;
use super::record::{RecordMenu, dress};
use crate::{
    components::{LoadFailed, Skeleton, fetched},
    routes, words,
};

/// Every page with its sentence.
#[component]
pub(super) fn ProgrammesPage() -> impl IntoView {
    dress();
    let lang = lang();
    let shown = fetched::<Programmes>(Signal::stored(Some(paths::PROGRAMMES.to_owned())));
    let failure = Signal::derive(move || shown.with(|shown| shown.failure.clone()));
    let lines = Memo::new(move |_| {
        shown.with(|shown| shown.value.as_ref().map(|reply| reply.programmes.clone()))
    });
    let has = Signal::derive(move || lines.with(Option::is_some));
    let row = move |line: ProgrammeLine| {
        view! {
            <li class="card">
                <h2><Link to=routes::programme(&line.slug)>{line.title.get(lang).to_owned()}</Link></h2>
                <p><Written text=line.summary.get(lang)/></p>
            </li>
        }
    };
    let title = words::programmes_title(lang);
    view! {
        <Title text=title description=words::programmes_about(lang).to_owned()/>
        <RecordMenu/>
        <h1>{title}</h1>
        <p class="summary">{words::programmes_about(lang)}</p>
        <LoadFailed failure has_old=has/>
        {move || match lines.get() {
            Some(lines) => {
                let rows = lines.into_iter().map(row).collect_view();
                view! { <ul class="stories">{rows}</ul> }.into_any()
            }
            None => view! { <Skeleton height=20/> }.into_any(),
        }}
    }
}
