//! Exactly the fields that an event takes.

use domain::{
    Lang,
    rectification::{Cause, EventKind, Pace, Term},
};
use leptos::prelude::*;
use ui::{Choice, lang};

use super::{Known, NO, Typed, YES, evidence::EvidenceFields, plan::Plan};
use crate::{
    components::{Area, Input, Select, options_of},
    session::{SignedIn, stations, units},
    words,
};

/// The fields of an event of that kind.
#[component]
pub(in super::super) fn ActFields(kind: EventKind, typed: Typed, known: Known) -> impl IntoView {
    let lang = lang();
    let reason = needs_reason(kind, &known);
    let has_words = !matches!(kind, EventKind::Closed | EventKind::Linked | EventKind::Published);
    let has_evidence = matches!(
        kind,
        EventKind::Progress
            | EventKind::PhaseDone
            | EventKind::Done
            | EventKind::Checked
            | EventKind::Reopened
            | EventKind::EvidenceAdded
    );
    view! {
        {own(kind, typed, known, lang)}
        {reason.then(|| view! { <Area label=words::act_reason(lang) value=typed.reason rows=2 required=true/> })}
        {has_evidence.then(|| view! { <EvidenceFields typed=typed.evidence/> })}
        {has_words.then(|| view! { <p class="meta">{words::record_texts_public(lang)}</p> })}
    }
}

fn needs_reason(kind: EventKind, known: &Known) -> bool {
    use EventKind as E;
    matches!(kind, E::Reassigned | E::DeadlineChanged | E::Amended | E::Reopened)
        || (kind == E::MeasuresSet && known.under_way)
}

/// What belongs to this kind alone.
fn own(kind: EventKind, typed: Typed, known: Known, lang: Lang) -> AnyView {
    use EventKind as E;
    match kind {
        E::Assigned => view! { <Unit typed/><Deadline typed/> }.into_any(),
        E::Reassigned => view! { <Unit typed/> }.into_any(),
        E::DeadlineChanged => view! { <Deadline typed/> }.into_any(),
        E::MeasuresSet => view! {
            <Area label=words::record_goal(lang) value=typed.goal rows=2 required=true/>
            <Area label=words::record_measures(lang) value=typed.measures required=true/>
            <Plan rows=typed.plan/>
        }
        .into_any(),
        E::Progress => view! { <Progress typed/> }.into_any(),
        E::PhaseDone | E::Done => {
            view! { <Area label=words::record_result(lang) value=typed.text required=true/> }
                .into_any()
        }
        E::Checked => view! { <Check typed known/> }.into_any(),
        E::Published => view! { <Window typed/> }.into_any(),
        E::ObjectionAnswered => view! { <Answer typed known/> }.into_any(),
        E::Reopened => {
            let causes = Cause::ALL.iter().map(|cause| Choice::new(cause.key(), cause.name(lang)));
            view! { <Select label=words::record_cause(lang) choices=causes.collect() value=typed.cause/> }
                .into_any()
        }
        E::Amended => {
            view! { <super::super::facts_form::FactsFields typed=typed.facts/> }.into_any()
        }
        E::Linked => view! { <Linked typed/> }.into_any(),
        _ => ().into_any(),
    }
}

#[component]
fn Unit(typed: Typed) -> impl IntoView {
    let (lang, signed_in) = (lang(), SignedIn::expect());
    let choices = signed_in.with(|session| options_of("", units(session), lang));
    view! {
        <div class="fields">
            <Select label=words::record_unit(lang) choices value=typed.unit/>
            <Input label=words::record_lead(lang) value=typed.lead/>
        </div>
    }
}

#[component]
fn Deadline(typed: Typed) -> impl IntoView {
    let lang = lang();
    let terms = Term::ALL.iter().map(|term| Choice::new(term.key(), term.name(lang)));
    let dated = Memo::new(move |_| Term::from_key(&typed.term.get()).is_some_and(Term::has_day));
    view! {
        <div class="fields">
            <Select label=words::record_term(lang) choices=terms.collect() value=typed.term/>
            {move || dated.get().then(|| view! {
                <Input label=words::record_due(lang) value=typed.due kind="date" required=true/>
            })}
        </div>
    }
}

#[component]
fn Progress(typed: Typed) -> impl IntoView {
    let lang = lang();
    let paces = Pace::ALL.iter().map(|pace| Choice::new(pace.key(), pace.name(lang)));
    let computed = Choice::new("", words::record_pace_computed(lang));
    view! {
        <div class="fields">
            <Input label=words::record_percent(lang) value=typed.percent inputmode="decimal" required=true/>
            <Select label=words::record_pace(lang) choices=std::iter::once(computed).chain(paces).collect() value=typed.pace/>
        </div>
        <Area label=words::record_progress(lang) value=typed.text required=true/>
    }
}

#[component]
fn Check(typed: Typed, known: Known) -> impl IntoView {
    let lang = lang();
    let step = known.next_check.map(|step| words::record_check_step(lang, &step.name(lang)));
    view! {
        <p><strong>{step.unwrap_or_else(|| words::record_check_again(lang).to_owned())}</strong></p>
        <Verdict typed legend=words::record_check_verdict(lang) yes=words::record_check_passed(lang)
            no=words::record_check_failed(lang)/>
        <Area label=words::record_check_record(lang) value=typed.text required=true/>
    }
}

#[component]
fn Window(typed: Typed) -> impl IntoView {
    let lang = lang();
    view! {
        <div class="fields">
            <Input label=words::record_from(lang) value=typed.from kind="date" required=true/>
            <Input label=words::record_to(lang) value=typed.until kind="date" required=true/>
            <Input label=words::record_elsewhere(lang) value=typed.link inputmode="url"/>
        </div>
        <p class="meta">{words::record_window_explained(lang)}</p>
    }
}

#[component]
fn Answer(typed: Typed, known: Known) -> impl IntoView {
    let lang = lang();
    let choices: Vec<_> = known
        .objections
        .iter()
        .map(|(number, text)| {
            let excerpt: String = text.chars().take(24).collect();
            Choice::new(number.to_string(), words::record_objection(lang, number, &excerpt))
        })
        .collect();
    let chosen = move || {
        let number = typed.objection.get().parse::<u32>().ok()?;
        known.objections.iter().find(|(known, _)| *known == number).map(|(_, text)| text.clone())
    };
    view! {
        <Select label=words::record_objection_which(lang) choices value=typed.objection/>
        <blockquote class="case-text">{chosen}</blockquote>
        <Verdict typed legend=words::record_objection_verdict(lang) yes=words::record_upheld(lang)
            no=words::record_rejected(lang)/>
        <Area label=words::record_answer(lang) value=typed.text required=true/>
    }
}

/// One of two.
#[component]
fn Verdict(
    typed: Typed,
    legend: &'static str,
    yes: &'static str,
    no: &'static str,
) -> impl IntoView {
    let choice = move |value: &'static str, name: &'static str| {
        view! {
            <label class="check">
                <input type="radio" name="verdict" required value=value
                    on:change=move |_| typed.verdict.set(value.to_owned())/>
                {name}
            </label>
        }
    };
    view! {
        <fieldset>
            <legend class="field-label">{legend}</legend>
            {choice(YES, yes)}
            {choice(NO, no)}
        </fieldset>
    }
}

#[component]
fn Linked(typed: Typed) -> impl IntoView {
    let (lang, signed_in) = (lang(), SignedIn::expect());
    let choices = signed_in.with(|session| options_of("", stations(session), lang));
    view! {
        <div class="fields">
            <Input label=words::record_link_report(lang) value=typed.report/>
            <Select label=words::record_link_station(lang) choices value=typed.station/>
        </div>
        <p class="meta">{words::record_link_explained(lang)}</p>
    }
}
