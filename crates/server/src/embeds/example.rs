//! A page as another site might have it, with widgets in its text: what an editor sees before pasting anything.

use axum::http::HeaderValue;
use domain::Lang;

use super::{Kind, Options, made, snippet::Snippet};
use crate::{
    app::App,
    problem::Problem,
    summaries::html::{escape, heading, paragraph},
};

/// The page, with a script in it as other sites have it: widgets get their height, nothing else of ours is there.
///
/// # Errors
///
/// When the store cannot answer.
pub(crate) async fn page(app: &App, origin: &str, lang: Lang) -> Result<String, Problem> {
    let options = Options { lang, ..Options::default() };
    let title = match lang {
        Lang::Zh => format!("样例：一家新闻网站中的{}环境数据", app.profile.district.zh),
        Lang::En => format!("Example: a news site with {}'s figures", app.profile.district.en),
    };
    let mut body = heading(1, &title)
        + &paragraph(lang.pick(
            "本页仿照新闻网站的版面，用“开放数据与嵌入”页生成的代码嵌入了下列组件。",
            "This page imitates a news site; its widgets are pasted from the page “Open data and widgets”.",
        ));
    for kind in
        [Kind::AirNow, Kind::Water, Kind::Rectification, Kind::Green, Kind::Scorecard, Kind::Report]
    {
        let name = made(app, &kind, &options, None).await?.title;
        let snippet = Snippet {
            kind: &kind,
            options: &options,
            past: None,
            origin,
            title: &name,
            width: 640,
        };
        body += &(heading(2, &name) + &snippet.frame());
        if let Some(badge) = snippet.badge() {
            body += &format!("<p>{badge}</p>");
        }
    }
    Ok(format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"robots\" content=\"noindex\">\
         <style>{STYLE}</style></head><body><main>{body}</main><script src=\"{}{}\"></script></body></html>",
        lang.tag(),
        escape(&title),
        escape(&app.config.base_path()),
        app.embeds.files.host.name,
    ))
}

const STYLE: &str = include_str!("files/example.css");

/// What the page may load: frames, pictures and the one script of ours. Snippets carry a style each.
pub(crate) fn policy() -> HeaderValue {
    HeaderValue::from_static(
        "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; img-src 'self'; frame-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    )
}
