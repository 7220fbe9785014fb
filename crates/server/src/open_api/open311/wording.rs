//! Sentences about a published report, in Chinese, as Open311 has one language.

use domain::{
    Lang,
    report::{Finding, PublicId, State},
};
use jiff::{Timestamp, civil::Date};
use store::PublishedReport;

use crate::app::App;

/// Why it stands where it stands.
pub(super) fn status_notes(report: &PublishedReport) -> String {
    let state = report.state.name(Lang::Zh);
    let note = report.note.as_deref().map(str::trim).filter(|note| !note.is_empty());
    let begin = match (report.state, report.finding) {
        (State::Closed, Some(Finding::Unfounded)) => Finding::Unfounded.name(Lang::Zh).to_owned(),
        (State::Closed, Some(finding)) => format!("{state}：{}", finding.name(Lang::Zh)),
        (State::Merged, _) => {
            let lead = report.merged_into.as_deref();
            lead.map_or_else(|| "重复".to_owned(), |lead| format!("重复：见 {lead}"))
        }
        _ => state.to_owned(),
    };
    note.map_or_else(|| begin.clone(), |note| format!("{begin}。{note}"))
}

/// What is going to happen, with the time the district has given itself.
pub(super) fn service_notice(app: &App, report: &PublishedReport) -> Option<String> {
    let deadlines = &app.reports.deadlines;
    let due = due(app, report).map(day);
    match report.state {
        State::Submitted => due.map(|day| {
            let days = deadlines.accept_working_days;
            format!("收到后 {days} 个工作日内告知是否受理，最迟 {day}。")
        }),
        State::Accepted | State::Dispatched | State::InHandling | State::Reopened => {
            due.map(|day| {
                let (days, more) = (deadlines.close_days, deadlines.extension_days);
                format!(
                    "自受理之日起 {days} 日内办结，预计不晚于 {day}；情况复杂的，可延长 {more} 日。"
                )
            })
        }
        State::Closed => Some("已结束；举报人可在办结后 14 日内反映未解决。".to_owned()),
        State::NotAccepted | State::Merged | State::Withdrawn => None,
    }
}

/// The last day of what is due next, reckoned from the public time of the report.
pub(super) fn due(app: &App, report: &PublishedReport) -> Option<Date> {
    let (reports, at) = (&app.reports, report.at);
    let accept = reports.deadlines.accept_by(at, &reports.calendar).day;
    match report.state {
        State::Submitted => Some(accept),
        state if state.is_open() => Some(reports.deadlines.close_by(end_of(accept), false)),
        _ => None,
    }
}

/// The last second of the day, Beijing time.
pub(super) fn end_of(day: Date) -> Timestamp {
    crate::reports::arrived::after(day)
        .saturating_sub(jiff::SignedDuration::from_secs(1))
        .unwrap_or(Timestamp::MAX)
}

fn day(date: Date) -> String {
    format!("{} 年 {} 月 {} 日", date.year(), date.month(), date.day())
}

/// What is answered to a report that has just been sent.
pub(super) struct Thanks<'a> {
    /// Its number; `None` where none is given at once.
    pub(super) number: Option<&'a PublicId>,
    /// Whether it will ever be shown.
    pub(super) public: bool,
    pub(super) accept_by: Date,
    pub(super) delayed: bool,
    /// A contact was sent that nobody here may keep.
    pub(super) contact_dropped: bool,
}

impl Thanks<'_> {
    pub(super) fn text(&self) -> String {
        let mut text = match self.number {
            Some(number) => format!("已收到，受理编号 {number}。"),
            None => "已收到。".to_owned(),
        };
        text.push_str(&format!("最迟 {} 告知是否受理。", day(self.accept_by)));
        text.push_str(if self.public {
            "经人工审核后才会公开，公开内容不含个人信息和准确住址。"
        } else {
            "此类线索不对外公开。"
        });
        if self.delayed {
            text.push_str("目前举报较多，审核可能延后。");
        }
        if self.contact_dropped {
            text.push_str("本站不接收联系方式，所填联系方式没有保存。");
        }
        text
    }
}
