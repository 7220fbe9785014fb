//! What may be done with a case; what may not stands there with the reason.

use contract::report::OfferedAction;
use domain::report::ActionKind;
use leptos::prelude::*;
use ui::lang;

use super::{OpenCase, act_form::ActForm};
use crate::words;

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
                {move || listed(&offered.get()).into_iter().map(|offered| view! { <Offer offered chosen/> }).collect_view()}
            </ul>
            {move || form.get().map(|kind| view! { <ActForm kind done=move |()| chosen.set(None)/> })}
        </section>
    }
}

/// Those of the course, in its order.
fn listed(offered: &[OfferedAction]) -> Vec<OfferedAction> {
    let of = |kind: &ActionKind| offered.iter().find(|offered| offered.action == *kind).cloned();
    KINDS.iter().filter_map(of).collect()
}

/// One action as a button. One that may not be taken can still be reached, so that its reason is heard.
#[component]
fn Offer(offered: OfferedAction, chosen: RwSignal<Option<ActionKind>>) -> impl IntoView {
    let (lang, kind) = (lang(), offered.action);
    let refusal = offered.refusal.map(|why| why.get(lang).to_owned());
    let refused = refusal.is_some();
    let reason_id = format!("reason-{}", kind.key());
    let described = refused.then(|| reason_id.clone());
    let choose = move |_| {
        if !refused {
            chosen.update(|chosen| *chosen = (*chosen != Some(kind)).then_some(kind));
        }
    };
    let open = move || if chosen.get() == Some(kind) { "true" } else { "false" };
    view! {
        <li>
            <button type="button" class="button" aria-disabled=refused.then_some("true")
                aria-expanded=open aria-describedby=described on:click=choose>{kind.name(lang)}</button>
            {refusal.map(|why| view! { <span class="meta" id=reason_id>{why}</span> })}
        </li>
    }
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
