//! Milestones: how far the work shall be on which day.

use domain::rectification::Milestone;
use leptos::prelude::*;
use ui::{dates, lang};

use super::permille;
use crate::{components::Input, words};

/// A milestone as it is typed.
#[derive(Clone, Copy)]
pub(super) struct PlanRow {
    day: RwSignal<String>,
    percent: RwSignal<String>,
}

impl PlanRow {
    fn empty() -> Self {
        Self { day: RwSignal::new(String::new()), percent: RwSignal::new(String::new()) }
    }

    pub(super) fn of(known: &Milestone) -> Self {
        let percent = match (known.permille / 10, known.permille % 10) {
            (whole, 0) => whole.to_string(),
            (whole, tenths) => format!("{whole}.{tenths}"),
        };
        Self { day: RwSignal::new(dates::iso_day(known.day)), percent: RwSignal::new(percent) }
    }

    /// The milestone; a row without a day is none.
    pub(super) fn milestone(&self) -> Option<Milestone> {
        let day = super::day(self.day)?;
        Some(Milestone { day, permille: permille(&super::said(self.percent)) })
    }
}

/// The rows, one more, one less.
#[component]
pub(super) fn Plan(rows: RwSignal<Vec<PlanRow>>) -> impl IntoView {
    let lang = lang();
    let row = move |(index, row): (usize, PlanRow)| {
        let number = index + 1;
        let remove = move |_| {
            rows.update(|rows| {
                if index < rows.len() {
                    rows.remove(index);
                }
            });
        };
        view! {
            <div class="fields" role="group" aria-label=words::plan_row(lang, &number)>
                <Input label=words::plan_day(lang) value=row.day kind="date"/>
                <Input label=words::plan_percent(lang) value=row.percent inputmode="decimal"/>
                <button type="button" class="button" on:click=remove>{words::plan_remove(lang, &number)}</button>
            </div>
        }
    };
    view! {
        <fieldset>
            <legend class="field-label">{words::plan_title(lang)}</legend>
            <p class="meta">{words::plan_explained(lang)}</p>
            {move || rows.get().into_iter().enumerate().map(row).collect_view()}
            <button type="button" class="button" on:click=move |_| rows.update(|rows| rows.push(PlanRow::empty()))>
                {words::plan_add(lang)}
            </button>
        </fieldset>
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use leptos::prelude::Owner;

    use super::*;

    #[test]
    fn a_milestone_stays_what_it_is_when_nobody_changes_it_and_an_empty_row_is_none() {
        Owner::new().set();
        let known = Milestone { day: date(2026, 12, 31), permille: 625 };
        assert_eq!(PlanRow::of(&known).milestone(), Some(known));
        assert_eq!(PlanRow::empty().milestone(), None);
    }
}
