//! An issue's state and last day, always in words.

use contract::rectification::ItemLine;
use domain::{
    Lang,
    period::beijing_day,
    rectification::{Origin, State},
};
use jiff::civil::Date;
use leptos::prelude::*;
use ui::{Clock, dates, lang};

use crate::words;

/// Where an issue stands.
#[component]
pub(super) fn StageBadge(state: State) -> impl IntoView {
    let open = (state != State::Closed).then_some("");
    view! { <span class="case-badge" data-state=state.key() data-open=open>{state.name(lang())}</span> }
}

/// By when it is due, while it runs; nothing for one without a last day.
#[component]
pub(super) fn DueBadge(line: ItemLine) -> impl IntoView {
    let (lang, clock) = (lang(), Clock::expect());
    line.due.map(|due| {
        let runs = is_running(line.state);
        let left = days_between(untrack(|| beijing_day(clock.now())), due);
        let urgency = match left {
            _ if !runs => None,
            ..0 => Some("over"),
            0..=30 => Some("soon"),
            _ => Some("later"),
        };
        let words = if runs { days_in_words(left, lang) } else { String::new() };
        view! {
            <span class="record-due">
                <span class="case-time">{dates::iso_day(due)}</span>" "
                {urgency.map(|urgency| view! { <span class="case-due" data-due=urgency>{words}</span> })}
            </span>
        }
    })
}

/// Where the text comes from, unless it was written down here.
pub(super) fn origin_mark(origin: Origin, lang: Lang) -> Option<&'static str> {
    (origin != Origin::Recorded).then(|| origin.name(lang))
}

/// The title in the reader's language, where somebody wrote it in that.
pub(super) fn title(line: &ItemLine, lang: Lang) -> String {
    let english = line.title_en.as_ref().filter(|_| lang == Lang::En);
    english.unwrap_or(&line.title).clone()
}

/// While the work is still to be done, the deadline runs.
const fn is_running(state: State) -> bool {
    matches!(
        state,
        State::Assigned | State::MeasuresSet | State::OnTrack | State::Behind | State::PhaseDone
    )
}

fn days_between(today: Date, due: Date) -> i32 {
    (due - today).get_days()
}

/// Calendar days until a last day, in words.
fn days_in_words(left: i32, lang: Lang) -> String {
    match left {
        0 => words::due_today(lang).to_owned(),
        1.. => words::record_days_left(lang, &left),
        _ => words::record_days_over(lang, &left.unsigned_abs()),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_last_day_is_told_in_calendar_days_on_either_side_of_today() {
        let today = date(2026, 11, 27);
        let told = |due| days_in_words(days_between(today, due), Lang::Zh);
        assert_eq!(told(date(2026, 12, 3)), "还有 6 天");
        assert_eq!(told(date(2026, 11, 27)), "今天到期");
        assert_eq!(told(date(2026, 1, 1)), "逾期 330 天");
    }
}
