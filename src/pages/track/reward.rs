//! The reward: its state, condition by condition, and the voucher with which it is collected.

use contract::report::{CriterionView, HolderAct, Tracked};
use domain::{Lang, reward::RewardState};
use leptos::prelude::*;
use ui::{dates, lang};

use super::acts::Sure;
use crate::words;

/// What is known of the reward; nothing is promised here that was not decided.
#[component]
pub(super) fn Reward(tracked: Tracked) -> impl IntoView {
    let lang = lang();
    let reward = tracked.reward;
    let fact = |label: &'static str, text: Option<String>| {
        text.map(|text| view! { <div><dt>{label}</dt><dd>{text}</dd></div> })
    };
    let amount = reward.amount_fen.map(|fen| words::reward_amount(lang, &yuan(fen)));
    let edition = reward.edition.as_ref().map(|edition| edition.get(lang).to_owned());
    let until = reward.claim_until.map(|day| dates::day(day, lang));
    let claim = (reward.state == RewardState::AwaitingClaim).then(|| {
        view! {
            <Sure name=words::reward_claim(lang) about=words::reward_claim_about(lang) refusal=None act=HolderAct::Claim/>
            <Sure name=words::reward_decline(lang) about=words::reward_decline_about(lang) refusal=None act=HolderAct::Decline/>
        }
    });
    let voucher = reward.voucher.map(|voucher| {
        view! {
            <p>{words::reward_voucher_about(lang)}</p>
            <p><label class="form-label" for="voucher">{words::reward_voucher(lang)}</label>
                <input class="form-input code" id="voucher" readonly prop:value=voucher/></p>
        }
    });
    let criteria =
        reward.criteria.into_iter().map(|criterion| row(criterion, lang)).collect::<Vec<_>>();
    let criteria = (!criteria.is_empty()).then(|| {
        view! { <h3>{words::reward_criteria(lang)}</h3> <ul class="criteria">{criteria}</ul> }
    });
    view! {
        <section class="card" aria-labelledby="track-reward">
            <h2 id="track-reward">{words::reward_title(lang)}</h2>
            <p><strong>{reward.state.name(lang)}</strong></p>
            <dl class="preview">
                {fact(words::reward_amount_label(lang), amount)}
                {fact(words::reward_edition(lang), edition)}
                {fact(words::reward_until(lang), until)}
            </dl>
            {voucher}
            {claim}
            {criteria}
        </section>
    }
    .into_any()
}

fn row(criterion: CriterionView, lang: Lang) -> AnyView {
    let verdict = match criterion.verdict.as_str() {
        "met" => words::verdict_met(lang),
        "not_met" => words::verdict_not_met(lang),
        "not_required" => words::verdict_not_required(lang),
        _ => words::verdict_unclear(lang),
    };
    let unconfirmed = (!criterion.confirmed)
        .then(|| view! { <span class="meta">{words::reward_unconfirmed(lang)}</span> });
    view! {
        <li data-verdict=criterion.verdict>
            <strong>{verdict}</strong> " " {criterion.explanation.get(lang).to_owned()} " " {unconfirmed}
        </li>
    }
    .into_any()
}

/// Fen as yuan, the fen only where there are some.
fn yuan(fen: i64) -> String {
    let (whole, rest) = (fen / 100, fen % 100);
    if rest == 0 { whole.to_string() } else { format!("{whole}.{:02}", rest.abs()) }
}

#[cfg(test)]
mod tests {
    use super::yuan;

    #[test]
    fn amounts_are_exact_to_the_fen() {
        assert_eq!(yuan(200_000), "2000");
        assert_eq!(yuan(33_333), "333.33");
        assert_eq!(yuan(5), "0.05");
    }
}
