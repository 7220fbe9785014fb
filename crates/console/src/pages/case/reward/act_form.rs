//! The form of one action on a reward.

use std::collections::BTreeMap;

use contract::officer::{RewardAct, RewardCase};
use domain::{
    Lang,
    reward::{EmergencyLevel, RewardAction, Verdict},
};
use leptos::prelude::*;
use ui::{Choice, lang};

use crate::{
    api_client,
    components::{Area, Failed, Input, OpenedHeading, Select},
    fetched::Sending,
    words,
};

/// Levels of an environmental emergency by their keys.
const LEVELS: [(&str, EmergencyLevel); 4] = [
    ("general", EmergencyLevel::General),
    ("larger", EmergencyLevel::Larger),
    ("major", EmergencyLevel::Major),
    ("extreme", EmergencyLevel::Extreme),
];

/// What was typed.
#[derive(Clone, Copy)]
struct Typed {
    basis: RwSignal<String>,
    yuan: RwSignal<String>,
    level: RwSignal<String>,
    amount: RwSignal<String>,
    voucher: RwSignal<String>,
    reason: RwSignal<String>,
    verdicts: RwSignal<BTreeMap<String, String>>,
}

impl Typed {
    fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            basis: RwSignal::new("clue".to_owned()),
            yuan: empty(),
            level: empty(),
            amount: empty(),
            voucher: empty(),
            reason: empty(),
            verdicts: RwSignal::new(BTreeMap::new()),
        }
    }

    fn act(self, action: RewardAction, seen_version: u64) -> RewardAct {
        let some = |signal: RwSignal<String>| {
            Some(signal.get_untracked().trim().to_owned()).filter(|text| !text.is_empty())
        };
        let proposal = action == RewardAction::Propose;
        let basis = some(self.basis).filter(|_| proposal);
        let (is, yuan) = (|key| basis.as_deref() == Some(key), fen(&self.yuan.get_untracked()));
        RewardAct {
            seen_version,
            action,
            tier_fen: yuan.filter(|_| is("clue")),
            fine_fen: yuan.filter(|_| is("penalty")),
            level: some(self.level).filter(|_| is("emergency")),
            amount_fen: fen(&self.amount.get_untracked()).filter(|_| is("emergency")),
            verdicts: self.verdicts.get_untracked(),
            voucher: some(self.voucher).filter(|_| action == RewardAction::Pay),
            reason: some(self.reason),
            basis,
        }
    }
}

/// Yuan as typed, in fen: `2000` or `2000.50`.
fn fen(yuan: &str) -> Option<i64> {
    let (whole, part) = yuan.trim().split_once('.').unwrap_or((yuan.trim(), ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(part) || part.len() > 2 {
        return None;
    }
    let part: i64 = format!("{part:0<2}").parse().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(part)
}

/// The form; `done` is called once it was done or given up.
#[component]
pub(super) fn RewardForm(
    action: RewardAction,
    reward: Signal<RewardCase>,
    changed: Callback<RewardCase>,
    again: Callback<()>,
    #[prop(into)] done: Callback<()>,
) -> impl IntoView {
    let (lang, sending, typed) = (lang(), Sending::new(), Typed::new());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (id, seen) = reward.with_untracked(|reward| (reward.public_id.clone(), reward.version));
        let body = typed.act(action, seen);
        sending.start(
            async move {
                api_client::post::<RewardCase>(&format!("rewards/{id}/actions"), &body).await
            },
            move |answer| {
                changed.run(answer);
                done.run(());
            },
        );
    };
    view! {
        <form class="act-form stack" aria-label=action.name(lang) on:submit=submit>
            <OpenedHeading text=action.name(lang)/>
            {(action == RewardAction::Propose).then(|| view! { <Proposal typed reward/> })}
            {(action == RewardAction::Pay).then(|| view! {
                <Input label=words::reward_voucher(lang) value=typed.voucher required=true/>
            })}
            {reason_label(action, lang).map(|label| view! { <Area label value=typed.reason rows=2/> })}
            <Failed failure=sending.failure again/>
            <p class="button-row">
                <button type="submit" class="button button-main" disabled=move || sending.busy.get()>
                    {words::act_confirm(lang, &action.name(lang))}
                </button>
                <button type="button" class="button" on:click=move |_| done.run(())>{words::act_cancel(lang)}</button>
            </p>
        </form>
    }
}

fn reason_label(action: RewardAction, lang: Lang) -> Option<&'static str> {
    use RewardAction as A;
    match action {
        A::Reject | A::FindNotEligible | A::Reconsider => Some(words::act_reason(lang)),
        _ => None,
    }
}

/// What the reward is for, and what an officer found of the conditions that facts cannot decide.
#[component]
fn Proposal(typed: Typed, reward: Signal<RewardCase>) -> impl IntoView {
    let lang = lang();
    let bases = vec![
        Choice::new("clue", words::basis_clue(lang)),
        Choice::new("penalty", words::basis_penalty(lang)),
        Choice::new("emergency", words::basis_emergency(lang)),
    ];
    let levels = LEVELS.map(|(key, level)| Choice::new(key, level.name(lang)));
    let levels: Vec<_> = std::iter::once(Choice::new("", "")).chain(levels).collect();
    let unclear = reward.with_untracked(|reward| {
        let unclear = reward.criteria.iter().filter(|criterion| criterion.verdict == "unclear");
        unclear
            .map(|criterion| (criterion.key.clone(), criterion.explanation.get(lang).to_owned()))
            .collect::<Vec<_>>()
    });
    let basis = Memo::new(move |_| typed.basis.get());
    view! {
        <Select label=words::reward_basis(lang) choices=bases value=typed.basis/>
        {move || match basis.get().as_str() {
            "emergency" => view! {
                <Select label=words::reward_level(lang) choices=levels.clone() value=typed.level/>
                <Input label=words::reward_amount_yuan(lang) value=typed.amount inputmode="decimal"/>
            }
            .into_any(),
            "penalty" => view! { <Input label=words::reward_fine_yuan(lang) value=typed.yuan inputmode="decimal"/> }.into_any(),
            _ => view! { <Input label=words::reward_tier_yuan(lang) value=typed.yuan inputmode="decimal"/> }.into_any(),
        }}
        {unclear.into_iter().map(|(key, explanation)| view! { <Found verdicts=typed.verdicts key explanation/> }).collect_view()}
    }
}

/// What was found of one condition.
#[component]
fn Found(
    verdicts: RwSignal<BTreeMap<String, String>>,
    key: String,
    explanation: String,
) -> impl IntoView {
    let lang = lang();
    let choice = |value: &'static str, verdict: Verdict| {
        let (key, name) = (key.clone(), format!("verdict-{key}"));
        let choose = move |_| {
            verdicts.update(|verdicts| {
                verdicts.insert(key.clone(), value.to_owned());
            });
        };
        view! {
            <label class="check">
                <input type="radio" name=name value=value on:change=choose/>{verdict.name(lang)}
            </label>
        }
    };
    view! {
        <fieldset>
            <legend class="field-label">{explanation}</legend>
            {choice("met", Verdict::Met)}
            {choice("not_met", Verdict::NotMet)}
        </fieldset>
    }
}

#[cfg(test)]
mod tests {
    use super::fen;

    #[test]
    fn yuan_are_read_to_the_fen_and_nothing_is_guessed() {
        assert_eq!(fen(" 2000 "), Some(200_000));
        assert_eq!(fen("0.5"), Some(50));
        assert_eq!(fen("12.34"), Some(1_234));
        for wrong in ["", "1,000", "-5", "1.234", "一千", "."] {
            assert_eq!(fen(wrong), None, "{wrong:?}");
        }
    }
}
