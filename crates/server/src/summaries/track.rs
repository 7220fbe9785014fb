//! `/track` without script: a field for the claim code, the report behind it, and what its holder may do.

use contract::report::{OfferedAction, Publication, Tracked};
use domain::{
    Lang, Text,
    report::ActionKind,
    reward::{Amount, RewardState},
};

use super::{
    Body,
    fields::{Control, Fields, hidden},
    html::{Cell, escape, facts, heading, list, paragraph},
    parts::moment,
};
use crate::{
    app::App,
    words::{Word, word},
};

/// The address of the page in `lang`, to which its forms are sent.
fn action(lang: Lang) -> String {
    format!("track?lang={}", lang.tag())
}

/// The field for the code, perhaps with what is wrong with the one given. The code itself is not shown again.
pub(crate) fn form(lang: Lang, wrong: Option<&Text>) -> Body {
    let faults: Vec<(String, Text)> =
        wrong.map(|text| ("code".to_owned(), text.clone())).into_iter().collect();
    let fields = Fields { lang, faults: &faults };
    let description = lang.pick(
        "凭查询码查看举报的办理情况、回答询问、补充证据、领取奖励。无需登录。",
        "See what became of your report, answer questions, add evidence and claim a reward with your claim code. No account needed.",
    );
    let html = format!(
        "{}{}<form method=\"post\" action=\"{}\" autocomplete=\"off\">{}<p><button type=\"submit\">{}</button></p></form>",
        paragraph(description),
        fields.summary(&action(lang)),
        escape(&action(lang)),
        fields.control(
            "code",
            lang.pick("查询码", "Claim code"),
            &Control::Line { value: "", kind: "text" }
        ),
        lang.pick("查询", "Show"),
    );
    Body {
        heading: word(Word::Track, lang).to_owned(),
        description: description.to_owned(),
        html,
        simulated: false,
    }
}

/// What a form of this page sends along.
pub(crate) struct Way<'a> {
    /// The claim code.
    pub(crate) code: &'a str,
    /// Ids of acts, so that the same page sent twice acts once.
    pub(crate) act_id: &'a str,
    /// Why the last act was not carried out.
    pub(crate) refusal: Option<&'a Text>,
}

/// The report behind a code.
pub(crate) fn tracked(app: &App, lang: Lang, found: &Tracked, way: &Way<'_>) -> Body {
    let refusal = way
        .refusal
        .map(|text| format!("<p role=\"alert\"><strong>{}</strong></p>", escape(text.get(lang))));
    let html = refusal.unwrap_or_default()
        + &state(app, lang, found)
        + &course(lang, found)
        + &messages(lang, found)
        + &reward(lang, found)
        + &acts(lang, found, way);
    Body {
        heading: format!("{} {}", word(Word::Track, lang), found.public_id),
        description: lang.pick("举报办理情况", "State of a report").to_owned(),
        html,
        simulated: found.meta.simulated,
    }
}

fn state(app: &App, lang: Lang, found: &Tracked) -> String {
    let category = app.profile.reports.category(&found.category);
    let category = category.map_or(found.category.as_str(), |category| category.name.get(lang));
    let finding = found.finding.map(|finding| finding.name(lang));
    let day = |day: Option<jiff::civil::Date>| day.map_or("—".to_owned(), |day| day.to_string());
    let publication = match found.publication {
        Publication::Waiting => lang.pick("尚未审核", "not looked at yet"),
        Publication::Published => lang.pick("已公开", "published"),
        Publication::Hidden => lang.pick("不公开", "not published"),
        Publication::HiddenByHolder => lang.pick("您选择不公开", "kept from the public by you"),
        Publication::Never => lang.pick("此类举报不公开", "this kind is never published"),
    };
    facts(&[
        (lang.pick("类别", "About"), Cell::text(category)),
        (lang.pick("状态", "State"), Cell::text(found.state.name(lang))),
        (lang.pick("结论", "Finding"), Cell::text(finding.unwrap_or("—"))),
        (lang.pick("说明", "Reason"), Cell::written(found.reason.as_deref().unwrap_or("—"), lang)),
        (
            lang.pick("承办部门", "Department"),
            Cell::text(found.department.as_ref().map_or("—", |name| name.get(lang))),
        ),
        (lang.pick("收到时间", "Received"), Cell::text(moment(found.received))),
        (lang.pick("下一期限", "Next deadline"), Cell::text(day(found.due))),
        (lang.pick("可反映未解决至", "“Not fixed” until"), Cell::text(day(found.contest_until))),
        (lang.pick("公开情况", "Publication"), Cell::text(publication)),
    ]) + &paragraph(&found.text)
}

fn course(lang: Lang, found: &Tracked) -> String {
    let steps: Vec<Cell> = found
        .course
        .iter()
        .map(|step| {
            let what = step.action.map_or(lang.pick("收到举报", "received"), |a| a.name(lang));
            let reason = step.reason.as_ref().map(|reason| format!("：{reason}"));
            Cell::text(format!("{} {what}{}", moment(step.at), reason.unwrap_or_default()))
        })
        .collect();
    heading(2, lang.pick("办理过程", "Course")) + &list(&steps)
}

fn messages(lang: Lang, found: &Tracked) -> String {
    if found.messages.is_empty() {
        return String::new();
    }
    let colon = lang.pick("：", ": ");
    let lines: Vec<Cell> = found
        .messages
        .iter()
        .map(|message| {
            let by = if message.from_holder {
                lang.pick("您", "You")
            } else {
                lang.pick("工作人员", "Office")
            };
            Cell::written(&format!("{} {by}{colon}{}", moment(message.at), message.text), lang)
        })
        .collect();
    heading(2, lang.pick("往来", "Questions and answers")) + &list(&lines)
}

fn reward(lang: Lang, found: &Tracked) -> String {
    let reward = &found.reward;
    if reward.edition.is_none() {
        return String::new();
    }
    let amount = reward.amount_fen.map(|fen| match lang {
        Lang::Zh => format!("{} 元（税前）", Amount::from_fen(fen)),
        Lang::En => format!("{} yuan before tax", Amount::from_fen(fen)),
    });
    let until = reward.claim_until.map(|day| day.to_string());
    heading(2, lang.pick("奖励", "Reward"))
        + &facts(&[
            (lang.pick("状态", "State"), Cell::text(reward.state.name(lang))),
            (lang.pick("金额", "Amount"), Cell::text(amount.as_deref().unwrap_or("—"))),
            (lang.pick("凭证号", "Voucher"), Cell::text(reward.voucher.as_deref().unwrap_or("—"))),
            (lang.pick("领取期限", "Claim until"), Cell::text(until.as_deref().unwrap_or("—"))),
        ])
}

/// One form per act that may be taken; of the others, why not.
fn acts(lang: Lang, found: &Tracked, way: &Way<'_>) -> String {
    let mut html = heading(2, lang.pick("您可以", "You can"));
    for offered in &found.actions {
        html.push_str(&offer(lang, found, way, offered));
    }
    if found.reward.state == RewardState::AwaitingClaim {
        html.push_str(&act(
            lang,
            found,
            way,
            "claim",
            lang.pick("申领奖励", "Claim the reward"),
            false,
        ));
        html.push_str(&act(
            lang,
            found,
            way,
            "decline",
            lang.pick("放弃奖励", "Decline the reward"),
            false,
        ));
    }
    html
}

fn offer(lang: Lang, found: &Tracked, way: &Way<'_>, offered: &OfferedAction) -> String {
    let (key, label, words) = match offered.action {
        ActionKind::Answer => ("answer", lang.pick("回答询问", "Answer"), true),
        ActionKind::AddEvidence => ("answer", lang.pick("补充说明", "Add to it"), true),
        ActionKind::NotFixed => {
            ("not_fixed", lang.pick("反映未解决", "Say that it is not fixed"), true)
        }
        ActionKind::Withdraw => ("withdraw", lang.pick("撤回举报", "Withdraw the report"), false),
        _ => ("hide", lang.pick("不要公开", "Keep it from the public"), false),
    };
    match &offered.refusal {
        None => act(lang, found, way, key, label, words),
        Some(refusal) => paragraph(&format!("{label}：{}", refusal.get(lang))),
    }
}

fn act(lang: Lang, found: &Tracked, way: &Way<'_>, key: &str, label: &str, words: bool) -> String {
    let fields = Fields { lang, faults: &[] };
    let words = if words {
        fields.control("text", label, &Control::Paragraph { value: "" })
    } else {
        String::new()
    };
    format!(
        "<form method=\"post\" action=\"{}\" autocomplete=\"off\">{}{}{}{}{words}\
         <p><button type=\"submit\">{}</button></p></form>",
        escape(&action(lang)),
        hidden("code", way.code),
        hidden("act", key),
        hidden("act_id", way.act_id),
        hidden("version", &found.version.to_string()),
        escape(label),
    )
}
