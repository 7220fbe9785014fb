//! The reward of a case: every condition with its reason, then what may be done by whom.

mod act_form;

use contract::{
    officer::{OfferedReward, RewardCase},
    report::CriterionView,
};
use domain::{
    Lang,
    reward::{Amount, RewardAction, Verdict},
};
use leptos::prelude::*;
use ui::{dates, lang};

use self::act_form::RewardForm;
use super::OpenCase;
use crate::{components::Offer, words};

/// The reward as a part of the case's page.
#[component]
pub(super) fn CaseReward() -> impl IntoView {
    let open = OpenCase::expect();
    let reward = Signal::derive(move || open.case.with(|case| case.reward.clone()));
    let changed = move |reward| {
        open.case.update(|case| case.reward = reward);
        open.look_again();
    };
    view! {
        <section class="card" aria-label=words::reward_title(lang())>
            <h2>{words::reward_title(lang())}</h2>
            <RewardView reward changed again=move |()| open.look_again()/>
        </section>
    }
}

/// A reward and its forms.
#[component]
pub(crate) fn RewardView(
    #[prop(into)] reward: Signal<RewardCase>,
    /// Called with what became of it.
    #[prop(into)]
    changed: Callback<RewardCase>,
    /// Called to look at it again.
    #[prop(into)]
    again: Callback<()>,
) -> impl IntoView {
    let lang = lang();
    let chosen = RwSignal::new(None::<RewardAction>);
    let form = Memo::new(move |_| chosen.get());
    let offered = Memo::new(move |_| reward.with(|reward| reward.actions.clone()));
    view! {
        <p><span class="case-badge">{move || reward.with(|reward| reward.state.name(lang))}</span></p>
        {move || reward.with(|reward| facts(reward, lang))}
        {move || reward.with(|reward| criteria(&reward.criteria, lang))}
        <ul class="act-list">
            {move || offered.get().into_iter().filter(|offered| !is_reporters(offered.action))
                .map(|offered| offer(offered, chosen, lang)).collect_view()}
        </ul>
        {move || form.get().map(|action| view! {
            <RewardForm action reward changed again done=move |()| chosen.set(None)/>
        })}
    }
}

fn facts(reward: &RewardCase, lang: Lang) -> impl IntoView + use<> {
    let text = |text: &Option<domain::Text>| text.as_ref().map(|text| text.get(lang).to_owned());
    let amount = reward.amount_fen.map(|fen| words::reward_yuan(lang, &Amount::from_fen(fen)));
    let rows = [
        (words::reward_amount(lang), amount),
        (words::reward_basis(lang), text(&reward.basis)),
        (words::reward_edition(lang), text(&reward.edition)),
        (words::reward_proposed_by(lang), reward.proposed_by.clone()),
        (words::reward_approved_by(lang), reward.approved_by.clone()),
        (words::reward_paid_by(lang), reward.paid_by.clone()),
        (words::reward_claim_until(lang), reward.claim_until.map(|day| dates::day(day, lang))),
    ];
    let rows = rows.into_iter().filter_map(|(name, value)| Some((name, value?)));
    let rows = rows.map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> });
    view! { <dl class="case-facts">{rows.collect_view()}</dl> }
}

fn criteria(criteria: &[CriterionView], lang: Lang) -> impl IntoView + use<> {
    let item = |criterion: &CriterionView| {
        let verdict = verdict_name(&criterion.verdict, lang);
        let explanation = criterion.explanation.get(lang).to_owned();
        let unconfirmed = (!criterion.confirmed).then(|| words::reward_unconfirmed(lang));
        let key = criterion.verdict.clone();
        view! {
            <li data-verdict=key>
                <strong class="verdict-word">{verdict}</strong>" "{explanation}
                {unconfirmed.map(|note| view! { <span class="case-mark">{note}</span> })}
            </li>
        }
    };
    view! { <ul class="criteria-list">{criteria.iter().map(item).collect_view()}</ul> }
}

/// The word of a verdict's key.
fn verdict_name(key: &str, lang: Lang) -> String {
    Verdict::from_key(key).map_or_else(|| key.to_owned(), |verdict| verdict.name(lang).to_owned())
}

fn offer(
    offered: OfferedReward,
    chosen: RwSignal<Option<RewardAction>>,
    lang: Lang,
) -> impl IntoView {
    let kind = offered.action;
    let id = format!("reward-reason-{kind:?}");
    view! { <Offer kind name=kind.name(lang) id refusal=offered.refusal chosen/> }
}

/// What only the holder of the claim code, or time, does.
fn is_reporters(action: RewardAction) -> bool {
    matches!(action, RewardAction::Claim | RewardAction::Decline | RewardAction::Expire)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_is_told_in_its_own_word_and_an_unknown_one_by_its_key() {
        assert_eq!(verdict_name("not_met", Lang::Zh), Verdict::NotMet.name(Lang::Zh));
        assert_eq!(verdict_name("later", Lang::Zh), "later");
    }
}
