//! What may be done with an issue; what may not stands there with the reason.

use contract::officer::record::OfferedEvent;
use domain::{
    Lang,
    rectification::{EventKind, Stage, Turn},
};
use leptos::prelude::*;
use ui::lang;

use super::{OpenItem, act_form::ActForm};
use crate::{components::Offer, words};

/// Events of an officer, in the order of the course; links and photos have their place beside what they concern.
const KINDS: [EventKind; 15] = [
    EventKind::Assigned,
    EventKind::MeasuresSet,
    EventKind::Progress,
    EventKind::PhaseDone,
    EventKind::Done,
    EventKind::Checked,
    EventKind::Published,
    EventKind::ObjectionAnswered,
    EventKind::Closed,
    EventKind::Reopened,
    EventKind::Reassigned,
    EventKind::DeadlineChanged,
    EventKind::Amended,
    EventKind::EvidenceAdded,
    EventKind::Linked,
];

/// The events that the stage knows, the form of the one that was chosen, and those of other stages.
#[component]
pub(super) fn Actions() -> impl IntoView {
    let (lang, open) = (lang(), OpenItem::expect());
    let chosen = RwSignal::new(None::<EventKind>);
    let form = Memo::new(move |_| chosen.get());
    let offered = Memo::new(move |_| open.case.with(|case| sorted(case.stage, &case.offered)));
    let list = move |offered: Vec<OfferedEvent>| {
        offered.into_iter().map(|offered| offer(offered, chosen, lang)).collect_view()
    };
    let others = move || offered.get().1;
    view! {
        <section class="card" aria-label=words::actions_title(lang)>
            <h2>{words::actions_title(lang)}</h2>
            <ul class="act-list">{move || list(offered.get().0)}</ul>
            {move || form.get().map(|kind| view! { <ActForm kind done=move |()| chosen.set(None)/> })}
            {move || (!others().is_empty()).then(|| view! {
                <details>
                    <summary>{words::record_other_stages(lang)}</summary>
                    <ul class="act-list">{list(others())}</ul>
                </details>
            })}
        </section>
    }
}

fn offer(offered: OfferedEvent, chosen: RwSignal<Option<EventKind>>, lang: Lang) -> impl IntoView {
    let kind = offered.kind;
    let id = format!("reason-{}", kind.key());
    view! { <Offer kind name=kind.name(lang) id refusal=offered.refusal chosen/> }
}

/// Events of the course, those that the stage knows apart from those of other stages.
fn sorted(stage: Stage, offered: &[OfferedEvent]) -> (Vec<OfferedEvent>, Vec<OfferedEvent>) {
    let of = |kind: &EventKind| offered.iter().find(|offered| offered.kind == *kind).cloned();
    KINDS.iter().filter_map(of).partition(|offered| knows(stage, offered.kind))
}

fn knows(stage: Stage, kind: EventKind) -> bool {
    [Turn::On, Turn::Stay, Turn::Back].into_iter().any(|turn| stage.after(kind, turn).is_ok())
}

#[cfg(test)]
mod tests {
    use domain::Text;

    use super::*;

    #[test]
    fn what_the_stage_knows_comes_first_also_where_it_is_refused() {
        let refused = |kind: &EventKind| OfferedEvent {
            kind: *kind,
            refusal: Some(Text::new("同一人不能核查两次", "not twice")),
        };
        let offered: Vec<_> = EventKind::ALL.iter().map(refused).collect();
        let (now, other) = sorted(Stage::Done, &offered);
        let kinds =
            |events: &[OfferedEvent]| events.iter().map(|event| event.kind).collect::<Vec<_>>();
        assert!(kinds(&now).contains(&EventKind::Checked));
        assert!(kinds(&other).contains(&EventKind::Closed));
        assert_eq!(
            now.len() + other.len(),
            KINDS.len(),
            "what the public or an import does is not offered"
        );
    }
}
