//! The course of a case, its messages and its answers, in words.

use contract::officer::{AnswerLine, CaseEvent, CaseMessage};
use domain::{
    Lang, Text,
    report::{Answer, Category, Event, EventKind, State, category::Question},
};
use store::{Message, ReportEvent, Sender};

use super::file::CaseFile;
use crate::officers::names::Names;

/// What happened, oldest first, with the state after each step.
pub fn events(names: &Names<'_>, file: &CaseFile) -> Vec<CaseEvent> {
    let mut state = State::Submitted;
    let step = |kept: &ReportEvent| {
        let (event, action) = (&kept.event, kept.event.kind.action());
        // A history that could not have happened is found by its verification, not here.
        state = action.and_then(|kind| state.apply(kind).ok()).unwrap_or(state);
        CaseEvent {
            seq: event.seq,
            at: event.at,
            by: kept.staff_name.clone().unwrap_or_default(),
            action,
            state,
            reason: reason(file, event),
            detail: detail(names, event),
        }
    };
    file.events.iter().map(step).collect()
}

fn reason(file: &CaseFile, event: &Event) -> Option<String> {
    file.reason(event.body.message.as_ref()?.number)?.text.clone()
}

fn detail(names: &Names<'_>, event: &Event) -> Option<Text> {
    let body = &event.body;
    if let Some(key) = &body.department {
        return Some(
            names.department(key).cloned().unwrap_or_else(|| Text::new(key.as_str(), key.as_str())),
        );
    }
    if let Some(finding) = body.finding {
        return Some(Text::new(finding.name(Lang::Zh), finding.name(Lang::En)));
    }
    if let Some(priority) = body.priority {
        return Some(Text::new(priority.name(Lang::Zh), priority.name(Lang::En)));
    }
    if let Some(until) = body.until {
        return Some(Text::new(format!("至 {until}"), format!("until {until}")));
    }
    let known = event.kind == EventKind::Received || event.kind.action().is_some();
    (!known).then(|| Text::new(event.kind.name(Lang::Zh), event.kind.name(Lang::En)))
}

/// Questions, answers, notes and records; reasons stand in the course.
pub fn messages(file: &CaseFile) -> Vec<CaseMessage> {
    let shown = |message: &Message| CaseMessage {
        number: message.number,
        at: message.at,
        from_holder: message.sender == Sender::Reporter,
        internal: !message.to_reporter,
        text: message.text.clone(),
    };
    file.messages.iter().filter(|message| message.kind != "reason").map(shown).collect()
}

/// The answers with their questions, in the category's order.
pub fn answers(names: &Names<'_>, file: &CaseFile) -> Vec<AnswerLine> {
    let told = file.report.told.answers.as_deref().unwrap_or("[]");
    let answers: Vec<Answer> = serde_json::from_str(told).unwrap_or_default();
    let category = names.known(&file.report.category);
    answers.into_iter().map(|answer| answered(category, answer)).collect()
}

fn answered(category: Option<&Category>, answer: Answer) -> AnswerLine {
    let question = category.and_then(|c| c.questions.iter().find(|q| q.code == answer.code));
    let label = |question: &Question| question.label.clone();
    let words: Vec<Text> = answer.values.iter().map(|value| word(question, value)).collect();
    let joined =
        |lang: Lang, by: &str| words.iter().map(|word| word.get(lang)).collect::<Vec<_>>().join(by);
    AnswerLine {
        question: question
            .map_or_else(|| Text::new(answer.code.clone(), answer.code.clone()), label),
        words: Text::new(joined(Lang::Zh, "、"), joined(Lang::En, ", ")),
        answer,
    }
}

/// A choice by its label, anything else as it was written.
fn word(question: Option<&Question>, value: &str) -> Text {
    let choice = question.and_then(|q| q.choices.iter().find(|choice| choice.key == value));
    choice.map_or_else(|| Text::new(value, value), |choice| choice.label.clone())
}
