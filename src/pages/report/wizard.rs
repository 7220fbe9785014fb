//! The steps, one at a time.

use contract::report::ReportForm;
use leptos::{html::H2, prelude::*};
use ui::{Title, in_turn, lang, later};

use super::{
    Prepared,
    draft::Draft,
    evidence::Evidence,
    parts::last_steps,
    step::Step,
    what::What,
    where_::Where,
    writing::{Saved, Writing, address_of_step},
};
use crate::{
    components::{Fault, FaultSummary},
    words,
};

/// A draft and its steps.
#[component]
pub(super) fn Wizard(form: ReportForm, draft: Draft) -> impl IntoView {
    let lang = lang();
    let writing = Writing::begin(form, draft, lang);
    let step = Memo::new(move |_| writing.step().unwrap_or(Step::What));
    let title = Signal::derive(move || {
        let step = step.get();
        words::report_title_of_step(lang, &step.title(lang), &step.number(), &Step::ALL.len())
    });
    let here = Signal::derive(move || {
        let step = step.get();
        let faults = writing.faults().into_iter();
        // The last step tells of all of them.
        let of_step = faults.filter(|(of, _)| *of == step || step == Step::Preview);
        of_step.map(|(_, fault)| fault).collect::<Vec<Fault>>()
    });
    let go = Callback::new(move |field: String| {
        let faults = untrack(|| writing.faults());
        let of = faults.iter().find(|(_, fault)| fault.field == field).map(|(step, _)| *step);
        writing.go(of.unwrap_or_else(|| untrack(|| step.get())), Some(field));
    });
    view! {
        <Title text=title/>
        <h1>{words::report_title(lang)}</h1>
        <Steps step/>
        <FaultSummary faults=here telling=writing.telling on_go=go/>
        {move || heading(step.get())}
        {in_turn(move || (move || content(step.get())).into_any())}
        {in_turn(move || view! { <Moves step/> }.into_any())}
        <SavedState/>
    }
}

/// The steps as links: each can be visited at any time.
#[component]
fn Steps(step: Memo<Step>) -> impl IntoView {
    let (lang, writing) = (lang(), Writing::expect());
    let item = move |of: Step| {
        let href = untrack(|| address_of_step(writing.router, Some(of.key())));
        let current = move || (step.get() == of).then_some("step");
        view! { <li><a href=href aria-current=current>{of.number()} " " {of.title(lang)}</a></li> }
    };
    view! {
        <nav class="steps" aria-label=words::report_steps(lang)>
            <ol>{Step::ALL.map(item).collect_view()}</ol>
        </nav>
    }
}

/// The step's heading, which takes the focus when the step is entered from another one.
fn heading(step: Step) -> AnyView {
    let (lang, writing) = (lang(), Writing::expect());
    let heading = NodeRef::<H2>::new();
    let entered = writing.entered;
    Effect::new(move |_| {
        let Some(element) = heading.get() else { return };
        if entered.get_value().is_some_and(|before| before != step) {
            // A heading that cannot take the focus is read from the top all the same.
            let _ = element.focus();
        }
        entered.set_value(Some(step));
    });
    view! { <h2 class="step-heading" tabindex="-1" node_ref=heading>{step.number()} ". " {step.title(lang)}</h2> }.into_any()
}

fn content(step: Step) -> AnyView {
    match step {
        Step::What => view! { <What/> }.into_any(),
        Step::Where => view! { <Where/> }.into_any(),
        Step::Evidence => view! { <Evidence/> }.into_any(),
        Step::Who | Step::Preview => later(last_steps(step)),
    }
}

/// Back and on; on only when nothing on this step is wrong, and a link past it stands above.
#[component]
fn Moves(step: Memo<Step>) -> impl IntoView {
    let (lang, writing) = (lang(), Writing::expect());
    let back = move || {
        step.get().before().map(|before| {
            let go = move |_| writing.go(before, None);
            view! { <button type="button" class="button" on:click=go>{words::report_back(lang)}</button> }
        })
    };
    let on = move || {
        let here = step.get();
        here.after().map(|after| {
            let go = move |_| {
                if writing.tell(&[here]) {
                    writing.go(after, None);
                }
            };
            view! { <button type="button" class="button button-main" on:click=go>{words::report_next(lang)}</button> }
        })
    };
    let photo_first = move || {
        (step.get() == Step::What).then(|| {
            let go = move |_| writing.go(Step::Evidence, None);
            view! { <button type="button" class="button" on:click=go>{words::report_photo_first(lang)}</button> }
        })
    };
    view! { <div class="button-row">{back} {on} {photo_first}</div> }
}

/// Whether what was entered is safe on this device.
#[component]
fn SavedState() -> impl IntoView {
    let (lang, writing) = (lang(), Writing::expect());
    let sentence = move || match writing.saved.get() {
        Saved::Blank => "",
        Saved::Soon => words::report_saving(lang),
        Saved::Yes => words::report_saved(lang),
        Saved::No => words::report_not_saved(lang),
    };
    let prepared = expect_context::<Prepared>().0;
    let offline = move || prepared.get().then(|| words::report_offline_ready(lang));
    view! {
        <p class="meta" role="status">{sentence}</p>
        <p class="meta">{offline}</p>
    }
}
