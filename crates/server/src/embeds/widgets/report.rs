//! A button that leads to the report form. The form itself is in no frame: one in a foreign page invites phishing.

use super::super::{Options, State, Widget};
use crate::{
    app::App,
    summaries::html::{escape, paragraph},
};

pub(super) fn widget(app: &App, options: &Options) -> Widget {
    let lang = options.lang;
    let label = lang.pick("我要举报", "Report a problem");
    let href = format!("{}report?lang={}", app.config.base_path(), lang.tag());
    let body = format!(
        "<p><a class=\"button\" href=\"{}\" target=\"_blank\" rel=\"noopener\">{label}</a></p>",
        escape(&href)
    );
    let note = lang.pick(
        "发现污染可匿名举报，凭查询码查看进展。按钮将在新页面打开本站。",
        "Report pollution, anonymously if you wish, and follow it by a code. The button opens our own site.",
    );
    Widget {
        title: lang.pick("环境问题举报", "Report pollution").to_owned(),
        body: body + &paragraph(note),
        state: State::Current,
        as_of: None,
        interval_s: 0,
        standard: String::new(),
        simulated: false,
        said: label.to_owned(),
        fill: None,
        drawing: String::new(),
    }
}
