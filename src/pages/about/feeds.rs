//! Every feed with its state, its age and its last error.

use std::time::Duration;

use contract::{
    paths,
    public::{Feed, Feeds},
};
use domain::{Lang, freshness::Freshness};
use leptos::prelude::*;
use ui::{Age, Clock, dates, lang};

use crate::{
    components::{LoadFailed, Skeleton, fetched},
    words,
};

/// How often the table is asked for again while it is on screen.
const AGAIN: Duration = Duration::from_secs(60);

/// The health of everything data comes through.
#[component]
pub(super) fn FeedTable() -> impl IntoView {
    let lang = lang();
    let round = RwSignal::new(0_u32);
    if let Ok(timer) =
        set_interval_with_handle(move || round.update(|n| *n = n.wrapping_add(1)), AGAIN)
    {
        on_cleanup(move || timer.clear());
    }
    let path = Signal::derive(move || {
        round.track();
        Some(paths::FEEDS.to_owned())
    });
    let shown = fetched::<Feeds>(path);
    let has = Memo::new(move |_| shown.with(|shown| shown.value.is_some()));
    let rows = move || {
        let feeds = shown.with(|shown| {
            shown.value.as_ref().map(|feeds| feeds.feeds.clone()).unwrap_or_default()
        });
        feeds.into_iter().map(|feed| view! { <Row feed lang/> }).collect_view()
    };
    let head = move || {
        [
            words::column_feed(lang),
            words::column_state(lang),
            words::column_newest(lang),
            words::column_counts(lang),
            words::column_error(lang),
        ]
        .map(|name| view! { <th scope="col">{name}</th> })
        .collect_view()
    };
    view! {
        <section class="card" aria-labelledby="feeds">
            <h2 id="feeds">{words::feeds_title(lang)}</h2>
            <LoadFailed failure=Signal::derive(move || shown.with(|shown| shown.failure.clone())) has_old=has/>
            <Show when=move || has.get() fallback=|| view! { <Skeleton height=10/> }>
                <div class="table-scroll" tabindex="0" role="group" aria-labelledby="feeds">
                    <table class="table">
                        <thead><tr>{head}</tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </Show>
        </section>
    }
}

#[component]
fn Row(feed: Feed, lang: Lang) -> impl IntoView {
    let (clock, enabled) = (Clock::expect(), feed.enabled);
    let (newest, interval_s) = (feed.newest, feed.expected_interval_s);
    let state = Memo::new(move |_| match enabled {
        true => Freshness::of(newest, interval_s, clock.ticking()).name(lang),
        false => words::feed_off(lang),
    });
    let rejected: u64 = feed.rejected.iter().map(|rejected| rejected.count).sum();
    let reasons: Vec<String> = feed
        .rejected
        .iter()
        .map(|rejected| words::feed_reason(lang, &rejected.reason, &rejected.count))
        .collect();
    let error = feed.last_error.as_ref().map(|error| {
        let at = feed.last_error_at.map(|at| dates::day_and_clock(at, lang)).unwrap_or_default();
        words::feed_error(lang, &at, &error.get(lang))
    });
    view! {
        <tr>
            <th scope="row">{feed.name.get(lang).to_owned()}</th>
            <td>{state}</td>
            <td><Age ended=feed.newest expected_interval_s=feed.expected_interval_s/></td>
            <td>{words::feed_counts(lang, &feed.accepted, &rejected)} " " <span class="meta">{reasons.join(words::list_gap(lang))}</span></td>
            <td>{error.unwrap_or_else(|| words::feed_no_error(lang).to_owned())}</td>
        </tr>
    }
}
