//! How many sections are of which class, and which.

use contract::public::StationNowBrief;
use domain::water::WaterClass;
use leptos::prelude::*;
use ui::{ClassBadge, lang};

use super::{LoadFailed, PlaceList};
use crate::{live::Live, words};

/// Sections per class, and the sections themselves.
#[component]
pub(crate) fn WaterClasses() -> impl IntoView {
    let live = Live::expect();
    let sections = Signal::derive(move || {
        live.water.with(|water| {
            water.value.as_ref().map(|water| water.sections.clone()).unwrap_or_default()
        })
    });
    let has = Signal::derive(move || live.water.with(|water| water.value.is_some()));
    view! {
        <LoadFailed failure=Signal::derive(move || live.water.with(|water| water.failure.clone())) has_old=has/>
        <ClassCounts sections/>
        <PlaceList places=sections/>
    }
}

/// A badge and a count for each class that occurs.
#[component]
pub(crate) fn ClassCounts(
    /// The sections to count.
    #[prop(into)]
    sections: Signal<Vec<StationNowBrief>>,
) -> impl IntoView {
    let lang = lang();
    let counts = Memo::new(move |_| {
        let classes = WaterClass::ALL.into_iter().map(Some).chain([None]);
        let of = |section: &StationNowBrief| section.water.as_ref().and_then(|state| state.class);
        sections.with(|sections| {
            classes
                .map(|class| {
                    (class, sections.iter().filter(|section| of(section) == class).count())
                })
                .filter(|(_, count)| *count > 0)
                .collect::<Vec<_>>()
        })
    });
    let entry = move |(class, count): (Option<WaterClass>, usize)| {
        view! { <li><ClassBadge class/> " " {words::sections(lang, &count)}</li> }
    };
    view! { <ul class="class-counts">{move || counts.get().into_iter().map(entry).collect_view()}</ul> }
}
