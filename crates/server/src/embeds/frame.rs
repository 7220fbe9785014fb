//! The document around a widget: its headers, and what it may load.

use axum::{
    http::{HeaderName, HeaderValue, header},
    response::Response,
};
use domain::Lang;
use jiff::Timestamp;

use super::{
    Kind, Options, Widget,
    files::{self, Files},
};
use crate::{app::App, summaries::html::escape};

/// What a widget may load, and who may frame it. Nothing inline but the one style whose hash is named.
pub(super) fn policy(files: &Files, hosts: &[String]) -> HeaderValue {
    let hosts = if hosts.is_empty() { "*".to_owned() } else { hosts.join(" ") };
    let policy = format!(
        "default-src 'none'; style-src {}; img-src 'self' data:; script-src 'self'; connect-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors {hosts}",
        files.style_hash
    );
    HeaderValue::from_str(&policy).unwrap_or_else(|_invalid| {
        HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'")
    })
}

/// What stands above a widget of the past.
pub(crate) struct Past {
    pub(crate) day: jiff::civil::Date,
    /// Figures of that day were corrected after the widget was kept.
    pub(crate) corrected: bool,
    /// The hash asked for is not that of what is kept.
    pub(crate) other_hash: bool,
    /// SHA-256 of what is kept, in hexadecimal.
    pub(crate) hash: String,
}

/// A widget's document. `content` is that of [`Widget::content`].
pub(crate) fn document(app: &App, kind: &Kind, options: &Options, shown: &Shown<'_>) -> String {
    let lang = options.lang;
    let base = escape(&app.config.base_path());
    let page = format!("{base}{}?lang={}", escape(&kind.page()), lang.tag());
    let live = if shown.past.is_none() { " data-live" } else { "" };
    let (wrong, past) =
        (wrong(options), shown.past.map_or_else(String::new, |past| above(past, &page, lang)));
    // A widget is no page of its own: search engines are led to the portal's.
    format!(
        "<!doctype html><html lang=\"{tag}\" dir=\"ltr\" data-theme=\"{theme}\" data-size=\"{size}\"{live}>\
         <head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"robots\" content=\"noindex\"><title>{title}</title><link rel=\"canonical\" href=\"{page}\">\
         <style>{style}</style></head><body>{past}<main aria-label=\"{title}\"{stale}>{content}{wrong}\
         <p><a class=\"more\" href=\"{page}\" target=\"_blank\" rel=\"noopener\">{more}</a></p></main>\
         <script src=\"{base}{script}\" defer></script></body></html>",
        tag = lang.tag(),
        theme = options.theme.key(),
        size = options.size.key(),
        title = escape(shown.title),
        style = app.embeds.files.style,
        stale = shown.stale_in.map_or_else(String::new, |s| format!(" data-stale-in=\"{s}\"")),
        content = shown.content,
        more = lang.pick("查看详情", "See details"),
        script = app.embeds.files.frame.name,
    )
}

/// What a document shows.
pub(crate) struct Shown<'a> {
    pub(crate) title: &'a str,
    pub(crate) content: &'a str,
    /// Seconds until the figure is too old to be taken for the present.
    pub(crate) stale_in: Option<i64>,
    pub(crate) past: Option<&'a Past>,
}

/// In whole minutes, so that one minute's documents are the same bytes.
pub(crate) fn stale_in(widget: &Widget, now: Timestamp) -> Option<i64> {
    widget.stale_from().map(|then| ((then.as_second() - now.as_second()) / 60).max(1) * 60)
}

fn wrong(options: &Options) -> String {
    let Some(name) = options.wrong else { return String::new() };
    match options.lang {
        Lang::Zh => format!("<p role=\"note\">嵌入地址中的参数 {name} 无效，已按默认显示。</p>"),
        Lang::En => format!(
            "<p role=\"note\">The parameter {name} of this widget's address has no such value; the usual one is shown.</p>"
        ),
    }
}

fn above(past: &Past, page: &str, lang: Lang) -> String {
    let day = past.day;
    let kept = match lang {
        Lang::Zh => format!("存档：显示 {day}（北京时间）结束时的数据，不再更新。"),
        Lang::En => format!(
            "Archived: the figures at the end of {day} (Beijing time); they no longer change."
        ),
    };
    let mut html = format!("<p class=\"past\">{kept}</p>");
    if past.corrected {
        let text = lang.pick("此后有更正", "Corrected since");
        html.push_str(&format!(
            "<p class=\"later\"><a href=\"{page}\" target=\"_blank\" rel=\"noopener\">{text}</a></p>"
        ));
    }
    if past.other_hash {
        let text = lang.pick(
            "注意：嵌入代码中的校验值与存档不符，请核对来源。",
            "Note: the hash in the embedding page is not that of the archive; check where it comes from.",
        );
        html.push_str(&format!("<p class=\"later\">{text}</p>"));
    }
    html
}

/// The headers of a widget: it may be framed, nothing else of ours may; it asks for no device and sends no referrer.
pub(crate) fn apply(app: &App, response: Response) -> Response {
    let mut response = files::shared(response);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, app.embeds.policy.clone());
    headers.insert(
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
    );
    headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_widget_loads_only_its_own_and_is_framed_by_whom_the_operator_allows() {
        let files = Files::new();
        let open = policy(&files, &["*".to_owned()]);
        let open = open.to_str().unwrap();
        assert!(open.ends_with("frame-ancestors *") && open.starts_with("default-src 'none'"));
        assert!(!open.contains("unsafe") && open.contains(&files.style_hash));
        let listed = policy(&files, &["https://a.example".into(), "https://*.b.example".into()]);
        assert!(
            listed
                .to_str()
                .unwrap()
                .ends_with("frame-ancestors https://a.example https://*.b.example")
        );
    }
}
