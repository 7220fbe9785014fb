//! What was reported: the text with personal data marked, the answers, and how it came.

use std::ops::Range;

use contract::officer::{AnswerLine, Case, PersonalMark};
use domain::Lang;
use leptos::prelude::*;
use ui::{dates, lang};

use super::OpenCase;
use crate::words;

/// Text, answers, origin.
#[component]
pub(super) fn Facts() -> impl IntoView {
    let (lang, open) = (lang(), OpenCase::expect());
    view! {
        <section class="card" aria-label=words::facts_title(lang)>
            <h2>{words::facts_title(lang)}</h2>
            {move || open.case.with(|case| shown(case, lang))}
        </section>
    }
}

fn shown(case: &Case, lang: Lang) -> impl IntoView + use<> {
    let answers = case.answers.iter().map(|answer| answer_row(answer, lang)).collect_view();
    let media = case.media_urls.clone();
    let has_marks = !case.personal.is_empty();
    view! {
        <p class="case-text">{marked(&case.text, &case.personal, lang)}</p>
        {has_marks.then(|| view! { <p class="meta">{words::facts_personal(lang)}</p> })}
        <dl class="case-facts">
            {answers}
            <div><dt>{words::column_received(lang)}</dt><dd>{dates::day_and_clock(case.line.received, lang)}</dd></div>
            <div><dt>{words::facts_source(lang)}</dt><dd>{source_name(&case.source, lang)}</dd></div>
        </dl>
        {(!media.is_empty()).then(|| view! {
            <p class="meta">{words::facts_media(lang)}</p>
            <ul>{media.into_iter().map(|url| view! { <li class="case-text">{url}</li> }).collect_view()}</ul>
        })}
    }
}

fn answer_row(answer: &AnswerLine, lang: Lang) -> impl IntoView + use<> {
    let (question, words) =
        (answer.question.get(lang).to_owned(), answer.words.get(lang).to_owned());
    view! { <div><dt>{question}</dt><dd>{words}</dd></div> }
}

fn source_name(source: &str, lang: Lang) -> String {
    match source {
        "portal" => words::source_portal(lang).to_owned(),
        "no_script" => words::source_no_script(lang).to_owned(),
        "open311" => words::source_open311(lang).to_owned(),
        other => other.to_owned(),
    }
}

/// The text with every personal datum in a `<mark>` that says what it looks like.
fn marked(text: &str, marks: &[PersonalMark], lang: Lang) -> impl IntoView + use<> {
    pieces(text, marks)
        .into_iter()
        .map(|(range, mark)| {
            let piece = text[range].to_owned();
            match mark {
                None => piece.into_any(),
                Some(mark) => {
                    let kind = mark.kind.get(lang).to_owned();
                    let spoken = format!(" ({kind})");
                    view! { <mark title=kind>{piece}<span class="visually-hidden">{spoken}</span></mark> }
                        .into_any()
                }
            }
        })
        .collect_view()
}

/// The text cut at its marks, in order; a mark that is not on characters or overlaps another is left out.
fn pieces<'a>(
    text: &str,
    marks: &'a [PersonalMark],
) -> Vec<(Range<usize>, Option<&'a PersonalMark>)> {
    let mut marks: Vec<_> = marks.iter().collect();
    marks.sort_by_key(|mark| mark.from);
    let (mut pieces, mut at) = (Vec::new(), 0);
    for mark in marks {
        if mark.from < at || mark.from >= mark.to || text.get(mark.from..mark.to).is_none() {
            continue;
        }
        if mark.from > at {
            pieces.push((at..mark.from, None));
        }
        pieces.push((mark.from..mark.to, Some(mark)));
        at = mark.to;
    }
    if at < text.len() {
        pieces.push((at..text.len(), None));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use domain::Text;

    use super::*;

    fn mark(from: usize, to: usize) -> PersonalMark {
        PersonalMark { from, to, kind: Text::new("手机号", "mobile number") }
    }

    #[test]
    fn a_text_is_cut_at_its_marks_and_nothing_of_it_is_lost() {
        let text = "请打13800138000谢谢";
        let marks = [mark(6, 17)];
        let shown: Vec<_> = pieces(text, &marks)
            .into_iter()
            .map(|(range, mark)| (&text[range], mark.is_some()))
            .collect();
        assert_eq!(shown, [("请打", false), ("13800138000", true), ("谢谢", false)]);
    }

    #[test]
    fn a_mark_inside_a_character_or_over_another_is_left_out() {
        let marks = [mark(1, 4), mark(3, 9), mark(6, 9), mark(9, 99)];
        let ranges: Vec<_> = pieces("一二三", &marks).into_iter().map(|(range, _)| range).collect();
        assert_eq!(ranges, [0..3, 3..9]);
    }
}
