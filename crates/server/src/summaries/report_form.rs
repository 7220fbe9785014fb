//! `/report` without script: what is it about, a form, and the receipt.

use contract::report::{Location, Receipt, Submission};
use domain::{
    Lang, Text,
    report::{
        Answer, Category, Question,
        category::{Group, QuestionKind},
    },
};

use super::{
    Body,
    fields::{Control, Fields, hidden},
    html::{Cell, escape, facts, heading, list, paragraph},
};
use crate::{
    app::App,
    words::{Word, word},
};

/// What has been filled in so far, and what is wrong with it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Draft {
    /// The report's id, so that the same page sent twice is one report.
    pub(crate) id: String,
    /// The claim code.
    pub(crate) code: String,
    /// Key of the category.
    pub(crate) category: String,
    /// What happened.
    pub(crate) text: String,
    /// Where, in words.
    pub(crate) address: String,
    /// A street's code.
    pub(crate) street: String,
    /// A number on a sign.
    pub(crate) outfall: String,
    /// Answers to the category's questions.
    pub(crate) answers: Vec<Answer>,
    /// Photos that have arrived, by SHA-256.
    pub(crate) photos: Vec<String>,
    /// The field that people do not see.
    pub(crate) website: String,
    /// Fields at fault.
    pub(crate) faults: Vec<(String, Text)>,
}

impl Draft {
    /// As a phone would send it.
    pub(crate) fn submission(&self, lang: Lang) -> Submission {
        let given = |text: &String| Some(text.clone()).filter(|text| !text.trim().is_empty());
        Submission {
            category: self.category.clone(),
            answers: self.answers.clone(),
            text: self.text.clone(),
            location: Location {
                place: None,
                address: given(&self.address),
                street: given(&self.street),
                outfall: given(&self.outfall),
            },
            photos: self.photos.clone(),
            claim_code: self.code.clone(),
            sealed_contact: None,
            lang: lang.tag().to_owned(),
            follows: None,
            proof: None,
            written_ms: None,
            website: self.website.clone(),
        }
    }

    fn answer(&self, code: &str) -> &[String] {
        let found = self.answers.iter().find(|answer| answer.code == code);
        found.map_or(&[], |answer| &answer.values)
    }
}

/// The address of the form in `lang`, to which it is also sent.
fn action(lang: Lang) -> String {
    format!("report?lang={}", lang.tag())
}

/// The first page: what is it about?
pub(super) fn empty(app: &App, lang: Lang) -> Body {
    body(lang, &closed_or(app, lang, || categories(app, lang)))
}

/// The form for the category of `draft`; without one, the first page.
pub(crate) fn form(app: &App, lang: Lang, draft: &Draft) -> Body {
    let category = app.profile.reports.category(&draft.category);
    let html = category.map_or_else(|| categories(app, lang), |c| whole(app, lang, c, draft));
    body(lang, &closed_or(app, lang, || html))
}

fn body(lang: Lang, html: &str) -> Body {
    let description = lang.pick(
        "反映生态环境问题：可以匿名，凭查询码查看结果。",
        "Report an environmental problem, without a name if you wish, and follow it with a claim code.",
    );
    Body {
        heading: word(Word::Report, lang).to_owned(),
        description: description.to_owned(),
        html: paragraph(description) + html,
        simulated: false,
    }
}

/// The reason and the official channels while the form is closed.
fn closed_or(app: &App, lang: Lang, open: impl FnOnce() -> String) -> String {
    let html = match &app.reports.closed {
        Some(why) => paragraph(why.get(lang)),
        None => open(),
    };
    html + &channels(app, lang)
}

fn channels(app: &App, lang: Lang) -> String {
    let channels = &app.profile.reports.official_channels;
    if channels.is_empty() {
        return String::new();
    }
    let lines: Vec<Cell> =
        channels.iter().map(|text| Cell::written(text.get(lang), lang)).collect();
    heading(2, lang.pick("官方渠道", "Official channels")) + &list(&lines)
}

fn categories(app: &App, lang: Lang) -> String {
    let district = &app.profile.reports;
    let mut html = heading(2, lang.pick("问题属于哪一类？", "What is it about?"));
    for group in Group::ALL {
        let of_group = district.categories.iter().filter(|category| category.group == *group);
        let links: Vec<Cell> = of_group
            .map(|category| {
                let colon = lang.pick("：", ": ");
                let name = format!("{}{colon}{}", category.name.get(lang), category.hint.get(lang));
                Cell::link(name, format!("{}&category={}", action(lang), category.key))
            })
            .collect();
        if !links.is_empty() {
            html.push_str(&heading(3, group.name(lang)));
            html.push_str(&list(&links));
        }
    }
    html
}

fn whole(app: &App, lang: Lang, category: &Category, draft: &Draft) -> String {
    let fields = Fields { lang, faults: &draft.faults };
    let address = action(lang);
    let questions: String =
        category.questions.iter().map(|q| question(&fields, q, draft.answer(&q.code))).collect();
    let photos: String = draft.photos.iter().map(|photo| hidden("sent_photo", photo)).collect();
    let kept = match (draft.photos.len(), lang) {
        (0, _) => String::new(),
        (count, Lang::Zh) => paragraph(&format!("已收到 {count} 张照片。")),
        (count, Lang::En) => paragraph(&format!("{count} photos have arrived.")),
    };
    let described = fields.control(
        "text",
        lang.pick("发生了什么？（可以只附照片）", "What happened? (a photo may be enough)"),
        &Control::Paragraph { value: &draft.text },
    );
    let files = fields.control(
        "photos",
        lang.pick("照片（最多 4 张，每张不超过 10 MB）", "Photos (4 at most, 10 MB each)"),
        &Control::Files,
    );
    format!(
        "{}{}<form method=\"post\" enctype=\"multipart/form-data\" action=\"{}\">{}{}{}{}\
         {questions}{described}{}{photos}{kept}{files}{}<p><button type=\"submit\">{}</button></p></form>",
        heading(2, category.name.get(lang)),
        fields.summary(&address),
        escape(&address),
        hidden("id", &draft.id),
        hidden("claim_code", &draft.code),
        hidden("category", &category.key),
        trap(&draft.website),
        location(app, &fields, draft),
        notice(app, lang),
        lang.pick("同意并提交", "Agree and send"),
    )
}

/// A field that programs fill in and people neither see nor reach.
fn trap(value: &str) -> String {
    format!(
        "<p hidden><label>website <input name=\"website\" tabindex=\"-1\" autocomplete=\"off\" value=\"{}\"></label></p>",
        escape(value)
    )
}

fn location(app: &App, fields: &Fields<'_>, draft: &Draft) -> String {
    let lang = fields.lang;
    let streets: Vec<(String, String)> = app
        .profile
        .reports
        .streets
        .iter()
        .map(|street| (street.code.clone(), street.name.get(lang).to_owned()))
        .collect();
    let line = |value| Control::Line { value, kind: "text" };
    let whole = draft.faults.iter().find(|(field, _)| field == "location");
    let said = whole.map(|(_, text)| format!("<p><strong>{}</strong></p>", escape(text.get(lang))));
    format!(
        "<fieldset id=\"f-location\" tabindex=\"-1\"><legend>{}</legend>{}{}{}{}</fieldset>",
        lang.pick("在哪里？（填一项即可）", "Where? (one is enough)"),
        said.unwrap_or_default(),
        fields.control(
            "location.address",
            lang.pick("地址或附近标志", "Address or landmark"),
            &line(&draft.address)
        ),
        fields.control(
            "location.street",
            lang.pick("街道或镇", "Street or town"),
            &Control::Choice { value: &draft.street, options: &streets }
        ),
        fields.control(
            "location.outfall",
            lang.pick("排污口标志牌编号", "Number on the outfall's sign"),
            &line(&draft.outfall)
        ),
    )
}

fn question(fields: &Fields<'_>, question: &Question, values: &[String]) -> String {
    let lang = fields.lang;
    let name = format!("answers.{}", question.code);
    let needed = if question.required { lang.pick("（必填）", " (required)") } else { "" };
    let label = format!("{}{needed}", question.label.get(lang));
    let options: Vec<(String, String)> = question
        .choices
        .iter()
        .map(|choice| (choice.key.clone(), choice.label.get(lang).to_owned()))
        .collect();
    let value = values.first().map_or("", String::as_str);
    let line = |kind| Control::Line { value, kind };
    match question.kind {
        QuestionKind::Many => fields.boxes(&name, &label, values, &options),
        QuestionKind::One => {
            fields.control(&name, &label, &Control::Choice { value, options: &options })
        }
        QuestionKind::Paragraph => fields.control(&name, &label, &Control::Paragraph { value }),
        QuestionKind::Datetime => fields.control(&name, &label, &line("datetime-local")),
        QuestionKind::Text | QuestionKind::Number => fields.control(&name, &label, &line("text")),
    }
}

/// Told before anything is sent (个人信息保护法 art. 17).
fn notice(app: &App, lang: Lang) -> String {
    let (config, form) = (&app.config.reports, crate::reports::form::form(app));
    let mut lines: Vec<Cell> =
        form.notice.sentences.iter().map(|text| Cell::text(text.get(lang))).collect();
    let (contact, report) = (form.notice.contact_days, form.notice.report_days);
    lines.push(Cell::text(match lang {
        Lang::Zh => format!("保存期限：联系方式在办结后 {contact} 天删除，举报内容在办结后 {report} 天匿名化。"),
        Lang::En => format!("Kept: a contact for {contact} days after closing, the report for {report} days, then it is made anonymous."),
    }));
    lines.extend(form.reward.sentences.iter().map(|text| Cell::text(text.get(lang))));
    lines.push(Cell::text(lang.pick(
        "提交后显示的查询码是唯一的凭据，丢失后无法找回，请务必保存。",
        "The claim code shown after sending is the only way back. It cannot be recovered: keep it.",
    )));
    heading(2, lang.pick("个人信息告知", "Personal information"))
        + &facts(&[
            (lang.pick("处理者", "Handled by"), Cell::text(config.controller.get(lang))),
            (word(Word::Contact, lang), Cell::text(config.controller_contact.get(lang))),
        ])
        + &list(&lines)
}

/// The receipt of a report. The code is shown once.
pub(crate) fn receipt(app: &App, lang: Lang, receipt: &Receipt, code: &str) -> Body {
    let delayed = receipt.delayed.then(|| {
        paragraph(lang.pick(
            "当前举报较多，本件将稍后处理；收到时间以回执为准。",
            "Many reports are arriving; yours will be looked at later. The time of receipt is as stated.",
        ))
    });
    let html = paragraph(lang.pick(
        "已收到。请抄下或打印查询码：它只显示这一次，丢失后无法找回。",
        "Received. Write down or print the claim code: it is shown only now and cannot be recovered.",
    )) + &delayed.unwrap_or_default()
        + &facts(&[
            (lang.pick("举报编号", "Number"), Cell::text(&receipt.public_id)),
            (lang.pick("查询码", "Claim code"), Cell::text(code)),
            (lang.pick("收到时间", "Received"), Cell::text(super::parts::moment(receipt.received))),
            (lang.pick("答复是否受理的期限", "Acceptance told by"), Cell::text(receipt.accept_by.to_string())),
        ])
        + &heading(2, lang.pick("签名回执", "Signed receipt"))
        + &format!(
            "<pre>{}\n{}\n{}</pre>",
            escape(&receipt.signed.text),
            escape(&receipt.signed.key_id),
            escape(&receipt.signed.signature)
        )
        + &list(&[Cell::link(word(Word::Track, lang), format!("track?lang={}", lang.tag()))]);
    Body {
        heading: lang.pick("举报已收到", "Report received").to_owned(),
        description: lang.pick("举报回执", "Receipt of a report").to_owned(),
        html,
        simulated: app.demonstration,
    }
}
