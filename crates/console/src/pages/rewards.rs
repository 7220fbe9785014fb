//! Rewards by state, each with its conditions and what may be done.

use contract::officer::{RewardCase, Rewards};
use domain::reward::RewardState;
use leptos::prelude::*;
use ui::{Clock, Link, Router, Title, lang};

use super::case::reward::RewardView;
use crate::{
    components::{Failed, counted, shown_number},
    fetched::{Fetched, fetched},
    routes, words,
};

/// The page.
#[component]
pub(crate) fn RewardsPage() -> impl IntoView {
    let (lang, router, clock) = (lang(), Router::expect(), Clock::expect());
    let path = Signal::derive(move || match router.parameter("state") {
        Some(state) => {
            let query: ui::Query = [("state", state.as_str())].into_iter().collect();
            format!("rewards{query}")
        }
        None => "rewards".to_owned(),
    });
    let rewards = fetched::<Rewards>(path);
    Effect::new(move |_| {
        if let Some(time) =
            rewards.value.with(|known| known.as_ref().map(|known| known.server_time))
        {
            clock.learn(time);
        }
    });
    let ids = Memo::new(move |_| {
        rewards.value.with(|known| {
            known.as_ref().map(|known| {
                known.rewards.iter().map(|reward| reward.public_id.clone()).collect::<Vec<_>>()
            })
        })
    });
    view! {
        <Title text=words::place_rewards(lang).to_owned()/>
        <h1>{words::place_rewards(lang)}</h1>
        <p>{words::rewards_explained(lang)}</p>
        <States rewards/>
        <Failed failure=rewards.failure again=move |()| rewards.again()/>
        {move || match ids.get() {
            None => view! { <p role="status">{words::loading(lang)}</p> }.into_any(),
            Some(ids) if ids.is_empty() => view! { <p role="status">{words::rewards_empty(lang)}</p> }.into_any(),
            Some(ids) => ids.into_iter().map(|id| view! { <One id rewards/> }).collect_view().into_any(),
        }}
    }
}

#[component]
fn States(rewards: Fetched<Rewards>) -> impl IntoView {
    let lang = lang();
    let entry = |state: &RewardState| {
        let state = *state;
        let count = Signal::derive(move || {
            let of = |known: &Rewards| known.by_state.get(&state).copied();
            rewards.value.with(|known| known.as_ref().and_then(of)).unwrap_or_default()
        });
        (state.key(), state.name(lang), count)
    };
    let entries = RewardState::ALL.iter().map(entry).collect();
    counted("state", words::rewards_states(lang), entries)
}

#[component]
fn One(id: String, rewards: Fetched<Rewards>) -> impl IntoView {
    let own = id.clone();
    let first = rewards.value.with_untracked(|known| found(known.as_ref(), &own));
    first.map(|first| {
        let reward = RwSignal::new(first);
        Effect::new(move |_| {
            if let Some(newer) = rewards.value.with(|known| found(known.as_ref(), &own)) {
                reward.set(newer);
            }
        });
        let (label, number) = (shown_number(&id), shown_number(&id));
        view! {
            <section class="card" aria-label=label>
                <h2><Link to=routes::case(&id) class="case-link">{number}</Link></h2>
                <RewardView reward changed=move |newer| reward.set(newer) again=move |()| rewards.again()/>
            </section>
        }
    })
}

fn found(rewards: Option<&Rewards>, id: &str) -> Option<RewardCase> {
    rewards?.rewards.iter().find(|reward| reward.public_id == id).cloned()
}
