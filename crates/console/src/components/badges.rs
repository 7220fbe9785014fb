//! A case's state, deadline and publication, always in words.

use contract::{officer::CaseLine, report::Publication};
use domain::{
    Lang,
    report::{Finding, State},
};
use leptos::prelude::*;
use ui::{dates, lang};

use crate::words;

/// Where a case stands, and what was found.
#[component]
pub(crate) fn StateBadge(state: State, finding: Option<Finding>) -> impl IntoView {
    let lang = lang();
    let found = finding.map(|finding| format!(" · {}", finding.name(lang)));
    view! {
        <span class="case-badge" data-state=state.key() data-open=state.is_open().then_some("")>
            {state.name(lang)}{found}
        </span>
    }
}

/// What is due, in working days; nothing where nothing is.
#[component]
pub(crate) fn DueBadge(line: CaseLine) -> impl IntoView {
    let lang = lang();
    line.due.map(|due| {
        let left = line.working_days_left;
        let urgency = match left {
            Some(..0) => "over",
            Some(0 | 1) => "soon",
            _ => "later",
        };
        view! {
            <span class="case-due" data-due=urgency title=dates::day(due, lang)>
                {left.map_or_else(|| dates::short_day(due, lang), |left| due_in_words(left, lang))}
            </span>
        }
    })
}

/// Working days until a deadline, in words.
pub(crate) fn due_in_words(left: i32, lang: Lang) -> String {
    match left {
        0 => words::due_today(lang).to_owned(),
        1.. => words::due_left(lang, &left),
        _ => words::due_over(lang, &left.unsigned_abs()),
    }
}

/// Whether a case is public.
#[component]
pub(crate) fn PublicationBadge(publication: Publication) -> impl IntoView {
    let name = publication_name(publication, lang());
    let public = (publication == Publication::Published).then_some("");
    view! { <span class="case-badge" data-public=public>{name}</span> }
}

/// Whether a case is public, in words.
pub(crate) fn publication_name(publication: Publication, lang: Lang) -> &'static str {
    match publication {
        Publication::Waiting => words::publication_waiting(lang),
        Publication::Published => words::publication_published(lang),
        Publication::Hidden => words::publication_hidden(lang),
        Publication::HiddenByHolder => words::publication_hidden_by_holder(lang),
        Publication::Never => words::publication_never(lang),
    }
}

#[cfg(test)]
mod tests {
    use domain::Lang;

    use super::due_in_words;

    #[test]
    fn a_deadline_is_told_in_working_days_on_either_side_of_today() {
        assert_eq!(due_in_words(2, Lang::En), "2 working days left");
        assert_eq!(due_in_words(0, Lang::En), "due today");
        assert_eq!(due_in_words(-3, Lang::Zh), "逾期 3 个工作日");
    }
}
