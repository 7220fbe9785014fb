//! What may be done with a case; what may not stands there with the reason.

use contract::report::OfferedAction;
use domain::{Lang, report::ActionKind};
use leptos::prelude::*;
use ui::lang;

use super::{OpenCase, act_form::ActForm};
use crate::{components::Offer, words};

/// Actions of the course, in its order; the others have their place beside what they concern.
const KINDS: [ActionKind; 13] = [
    ActionKind::Accept,
    ActionKind::Refuse,
    ActionKind::Dispatch,
    ActionKind::SendBack,
    ActionKind::Start,
    ActionKind::AddEvidence,
    ActionKind::Close,
    ActionKind::Extend,
    ActionKind::Reopen,
    ActionKind::Merge,
    ActionKind::Link,
    ActionKind::Prioritise,
    ActionKind::Note,
];

/// The actions and the form of the one that was chosen.
#[component]
pub(super) fn Actions() -> impl IntoView {
    let (lang, open) = (lang(), OpenCase::expect());
    let chosen = RwSignal::new(None::<ActionKind>);
    let offered = Memo::new(move |_| open.case.with(|case| case.actions.clone()));
    let form = Memo::new(move |_| chosen.get());
    view! {
        <section class="card" aria-label=words::actions_title(lang)>
            <h2>{words::actions_title(lang)}</h2>
            <ul class="act-list">
                {move || listed(&offered.get()).into_iter().map(|offered| offer(offered, chosen, lang)).collect_view()}
            </ul>
            {move || form.get().map(|kind| view! { <ActForm kind done=move |()| chosen.set(None)/> })}
        </section>
    }
}

fn offer(
    offered: OfferedAction,
    chosen: RwSignal<Option<ActionKind>>,
    lang: Lang,
) -> impl IntoView {
    let kind = offered.action;
    let id = format!("reason-{}", kind.key());
    view! { <Offer kind name=kind.name(lang) id refusal=offered.refusal chosen/> }
}

/// Those of the course, in its order.
fn listed(offered: &[OfferedAction]) -> Vec<OfferedAction> {
    let of = |kind: &ActionKind| offered.iter().find(|offered| offered.action == *kind).cloned();
    KINDS.iter().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_to_the_reporter_or_stands_elsewhere_is_not_listed() {
        let offered: Vec<_> = ActionKind::ALL
            .iter()
            .map(|action| OfferedAction { action: *action, refusal: None })
            .collect();
        let listed = listed(&offered);
        assert_eq!(listed.len(), KINDS.len());
        for kind in
            [ActionKind::Withdraw, ActionKind::NotFixed, ActionKind::Answer, ActionKind::Unseal]
        {
            assert!(listed.iter().all(|offered| offered.action != kind), "{kind:?}");
        }
    }
}
