//! The drawn values as a table.

use std::ops::Range;

use leptos::prelude::*;

use super::inspection::Inspection;
use crate::{lang, words};

/// Rows on one page: a screen reader and an old phone can cope with as many.
const PAGE: usize = 100;

/// The table of a chart, closed until asked for.
#[component]
pub(super) fn DataTable(inspection: Inspection) -> impl IntoView {
    let lang = lang();
    let open = RwSignal::new(false);
    let rows = Memo::new(move |_| {
        inspection
            .drawing
            .with(|drawing| drawing.as_ref().map_or(0, |drawing| drawing.table.rows.len()))
    });
    let on_toggle = move |event: leptos::ev::Event| {
        open.set(event_target::<web_sys::Element>(&event).has_attribute("open"));
    };
    view! {
        <details class="data-table" on:toggle=on_toggle>
            <summary>{move || words::chart_table(lang, &rows.get())}</summary>
            <Show when=move || open.get()>
                <OpenTable inspection rows/>
            </Show>
        </details>
    }
}

#[component]
fn OpenTable(inspection: Inspection, rows: Memo<usize>) -> impl IntoView {
    let lang = lang();
    let page = RwSignal::new(0_usize);
    // The section around the chart often has the chart's own name, and two landmarks must not share one.
    let label = move || {
        let title = inspection.picture.with(|picture| picture.title().to_owned());
        format!("{title} · {}", words::chart_table(lang, &rows.get()))
    };
    let paged = move || rows.get() > PAGE;
    let shown = Memo::new(move |_| slice(rows.get(), page.get()));
    let table = move || {
        let range = shown.get();
        inspection
            .drawing
            .with(|drawing| drawing.as_ref().map(|drawing| rendered(&drawing.table, range)))
    };
    view! {
        <div class="table-scroll" tabindex="0" role="group" aria-label=label>
            {table}
        </div>
        <Show when=paged>
            <Pager rows page/>
        </Show>
    }
}

#[component]
fn Pager(rows: Memo<usize>, page: RwSignal<usize>) -> impl IntoView {
    let lang = lang();
    let pages = move || rows.get().div_ceil(PAGE).max(1);
    let now = move || page.get().min(pages() - 1);
    view! {
        <p class="pager">
            <button type="button" class="button" disabled=move || now() == 0 on:click=move |_| page.set(now().saturating_sub(1))>
                {words::chart_previous(lang)}
            </button>
            <span aria-live="polite">{move || words::chart_page(lang, &(now() + 1), &pages())}</span>
            <button type="button" class="button" disabled=move || now() + 1 == pages() on:click=move |_| page.set(now() + 1)>
                {words::chart_next(lang)}
            </button>
        </p>
    }
}

fn rendered(table: &chart::Table, range: Range<usize>) -> impl IntoView + use<> {
    let head = table
        .columns
        .iter()
        .map(|name| view! { <th scope="col">{name.clone()}</th> })
        .collect_view();
    let row = |cells: &Vec<String>| {
        let mut cells = cells.iter().cloned();
        let first = cells.next().unwrap_or_default();
        let rest = cells.map(|cell| view! { <td>{cell}</td> }).collect_view();
        view! { <tr><th scope="row">{first}</th>{rest}</tr> }
    };
    let body = table.rows.get(range).unwrap_or_default().iter().map(row).collect_view();
    let notes = table.notes.iter().map(|note| view! { <li>{note.clone()}</li> }).collect_view();
    view! {
        <table>
            <caption>{table.caption.clone()}</caption>
            <thead><tr>{head}</tr></thead>
            <tbody>{body}</tbody>
        </table>
        <ul class="table-notes">{notes}</ul>
    }
}

/// The rows on a page; a page beyond the last shows the last.
fn slice(rows: usize, page: usize) -> Range<usize> {
    let last = rows.saturating_sub(1) / PAGE;
    let first = page.min(last) * PAGE;
    first..(first + PAGE).min(rows)
}

#[cfg(test)]
mod tests {
    use super::slice;

    #[test]
    fn pages_hold_a_hundred_rows_and_the_last_what_is_left() {
        assert_eq!(slice(250, 0), 0..100);
        assert_eq!(slice(250, 2), 200..250);
        assert_eq!(slice(250, 9), 200..250);
        assert_eq!(slice(0, 0), 0..0);
    }
}
