//! What is told before anything is taken (个人信息保护法 art. 17), and the official channels.

use leptos::prelude::*;
use ui::{Written, lang};

use super::writing::Writing;
use crate::words;

/// Who handles personal information, what for and how long.
#[component]
pub(super) fn CollectionNotice() -> impl IntoView {
    let (lang, writing) = (lang(), Writing::expect());
    let notice = writing.form.with_value(|form| form.notice.clone());
    let (controller, contact) = (notice.controller.get(lang), notice.controller_contact.get(lang));
    let sentence = |text: &domain::Text| view! { <li><Written text=text.get(lang)/></li> };
    view! {
        <details class="more">
            <summary>{words::report_notice(lang)}</summary>
            <p>{words::report_notice_by(lang, &controller, &contact)}</p>
            <ul class="plain-list">
                {notice.sentences.iter().map(sentence).collect_view()}
                <li>{words::report_notice_kept(lang, &notice.contact_days, &notice.report_days)}</li>
            </ul>
        </details>
    }
    .into_any()
}

/// Whether a reward may follow, and who else takes reports.
#[component]
pub(super) fn Channels() -> impl IntoView {
    let (lang, writing) = (lang(), Writing::expect());
    let reward = writing.form.with_value(|form| form.reward.clone());
    let line = |text: &domain::Text| view! { <li>{text.get(lang).to_owned()}</li> };
    let sentences = reward.sentences.iter().map(line).collect_view();
    let channels = reward.official_channels.iter().map(line).collect_view();
    view! {
        <details class="more">
            <summary>{words::report_reward(lang)}</summary>
            <ul class="plain-list">{sentences}</ul>
            <p>{words::report_channels(lang)}</p>
            <ul class="plain-list">{channels}</ul>
        </details>
    }
    .into_any()
}
