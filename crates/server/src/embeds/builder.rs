//! The page that offers widgets, `/data`: a plain form that works without script, and with one shows each choice at once.

use axum::http::{HeaderValue, header};
use domain::{Item, Lang, scorecard::Group};
use jiff::civil::Date;

use super::{
    Kind, Options, Size, Span, Theme, made,
    snippet::{self, Snippet},
};
use crate::{
    app::App,
    front::shell::{Content, without_program},
    problem::Problem,
    summaries::html::{escape, heading, paragraph},
};

/// Widths that are offered, in CSS pixels.
const WIDTHS: [u32; 4] = [240, 360, 640, 800];

/// What is built.
#[derive(Debug, Clone)]
pub(crate) struct Wish {
    pub(crate) kind: Kind,
    pub(crate) options: Options,
    pub(crate) day: Option<Date>,
    pub(crate) width: u32,
}

impl Wish {
    /// The wish that a query expresses, in a page in `lang`.
    pub(crate) fn of(app: &App, query: &str, lang: Lang) -> Self {
        let value = |wanted: &str| {
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.find(|(name, _)| *name == wanted).map(|(_, value)| value.replace("%2F", "/"))
        };
        let kind = value("widget").and_then(|path| Kind::of(&path));
        let kind = kind.filter(|kind| !kind.has_code() || kind.station(&app.profile).is_some());
        // `lang` is the page's own; the widget's has a name of its own.
        let own: Vec<&str> = query.split('&').filter(|pair| !pair.starts_with("lang=")).collect();
        let mut options = Options { lang, ..Options::of(&own.join("&")) };
        if let Some(lang) = value("widget-lang").and_then(|tag| Lang::from_tag(&tag)) {
            options.lang = lang;
        }
        let kind = kind.unwrap_or(Kind::AirNow);
        options = Options { wrong: None, ..options.of_kind(&kind) };
        let day = value("day").and_then(|day| domain::wire::parse_day(&day));
        let today = domain::period::beijing_day(app.clock.now());
        let width = value("width").and_then(|width| width.parse().ok()).unwrap_or(640);
        Self {
            kind,
            options,
            day: day.filter(|day| *day < today),
            width: u32::clamp(width, 240, 2_000),
        }
    }
}

/// The page's main content.
///
/// # Errors
///
/// When the store cannot answer, or `admit` refuses a widget of the past that is not kept yet.
pub(crate) async fn body(
    app: &App,
    wish: &Wish,
    origin: &str,
    lang: Lang,
    admit: impl FnOnce() -> Result<(), Problem>,
) -> Result<String, Problem> {
    let intro = lang.pick(
        "选择要嵌入的内容，复制一行代码到您的网页。嵌入内容不使用 Cookie，不向第三方发送请求；没有脚本时也能阅读。",
        "Choose what to show, and copy a line into your page. Widgets use no cookies, ask nothing of third parties, and can be read without script.",
    );
    let other = format!(
        "<ul><li><a href=\"data/example?lang={}\" rel=\"external\">{}</a></li>\
         <li><a href=\"api/v1/openapi.json\" rel=\"external\">{}</a></li>\
         <li><a href=\"api/v1/rectification.csv\" rel=\"external\">{}</a></li>\
         <li><a href=\"api/v1/scorecard.csv\" rel=\"external\">{}</a></li></ul>",
        lang.tag(),
        lang.pick("样例：新闻网站中的组件", "Example: widgets on a news site"),
        lang.pick("接口说明（OpenAPI 3.1）", "API description (OpenAPI 3.1)"),
        lang.pick("整改清单（CSV）", "Rectification ledger (CSV)"),
        lang.pick("成绩单（CSV）", "Scorecard (CSV)"),
    );
    Ok(paragraph(intro)
        + &form(app, wish, lang)
        + &result(app, wish, origin, lang, admit).await?
        + &heading(2, lang.pick("数据接口与下载", "API and downloads"))
        + &other)
}

fn option(value: &str, text: &str, chosen: bool) -> String {
    let chosen = if chosen { " selected" } else { "" };
    format!("<option value=\"{}\"{chosen}>{}</option>", escape(value), escape(text))
}

fn select(name: &str, label: &str, options: &str) -> String {
    format!("<label><span>{label}</span><select name=\"{name}\">{options}</select></label>")
}

fn form(app: &App, wish: &Wish, lang: Lang) -> String {
    let widgets: String = Kind::all(&app.profile)
        .iter()
        .map(|kind| option(&kind.path(), &name(app, kind, lang), *kind == wish.kind))
        .collect();
    let langs: String = [(Lang::Zh, "中文"), (Lang::En, "English")]
        .map(|(of, text)| option(of.tag(), text, of == wish.options.lang))
        .concat();
    let widths: String =
        WIDTHS.map(|px| option(&px.to_string(), &format!("{px} px"), px == wish.width)).concat();
    let day = wish.day.map_or_else(String::new, |day| day.to_string());
    format!(
        "<form id=\"builder\" method=\"get\" action=\"data\"><input type=\"hidden\" name=\"lang\" value=\"{}\">{}{}{}{}{}{}{}{}\
         <label><span>{}</span><input type=\"date\" name=\"day\" value=\"{day}\" aria-describedby=\"day-note\"></label>\
         <p id=\"day-note\">{}</p><button type=\"submit\">{}</button></form>",
        lang.tag(),
        select("widget", lang.pick("内容", "Widget"), &widgets),
        select("widget-lang", lang.pick("语言", "Language"), &langs),
        select("theme", lang.pick("明暗", "Theme"), &themes(wish, lang)),
        select("size", lang.pick("字号", "Text size"), &sizes(wish, lang)),
        select("width", lang.pick("宽度", "Width"), &widths),
        select("range", lang.pick("时段（站点）", "Range (stations)"), &spans(wish, lang)),
        select(
            "pollutant",
            lang.pick("指标（站点）", "Line of (stations)"),
            &pollutants(wish, lang)
        ),
        select("group", lang.pick("类别（成绩单）", "Group (scorecard)"), &groups(wish, lang)),
        lang.pick("存档日期", "Archive of"),
        lang.pick(
            "留空为实时更新；选择日期则固定显示当日结束时的数据。",
            "Empty: live. With a date, the figures at the end of that day, for good."
        ),
        lang.pick("更新预览", "Update preview"),
    )
}

fn themes(wish: &Wish, lang: Lang) -> String {
    let name = |theme: Theme| match theme {
        Theme::Auto => lang.pick("跟随系统", "As the reader's system"),
        Theme::Light => lang.pick("浅色", "Light"),
        Theme::Dark => lang.pick("深色", "Dark"),
    };
    Theme::ALL.map(|of| option(of.key(), name(of), of == wish.options.theme)).concat()
}

fn sizes(wish: &Wish, lang: Lang) -> String {
    let name = |size: Size| match size {
        Size::Normal => lang.pick("标准", "Normal"),
        Size::Elder => lang.pick("长辈版", "Large"),
    };
    Size::ALL.map(|of| option(of.key(), name(of), of == wish.options.size)).concat()
}

fn spans(wish: &Wish, lang: Lang) -> String {
    let name = |span: Span| match span {
        Span::Day => lang.pick("24 小时", "24 hours"),
        Span::Week => lang.pick("7 天", "7 days"),
        Span::Month => lang.pick("30 天", "30 days"),
    };
    Span::ALL.map(|of| option(of.key(), name(of), of == wish.options.range)).concat()
}

fn pollutants(wish: &Wish, lang: Lang) -> String {
    let items = [Item::Pm25, Item::Pm10, Item::O3, Item::No2, Item::So2, Item::Co];
    let of = |item: Item| option(item.key(), item.name(lang), Some(item) == wish.options.pollutant);
    option("aqi", "AQI", wish.options.pollutant.is_none()) + &items.map(of).concat()
}

fn groups(wish: &Wish, lang: Lang) -> String {
    let of =
        |group: &Group| option(group.key(), group.name(lang), Some(*group) == wish.options.group);
    let all = lang.pick("每类选列", "Some of each");
    option("", all, wish.options.group.is_none()) + &Group::ALL.iter().map(of).collect::<String>()
}

fn name(app: &App, kind: &Kind, lang: Lang) -> String {
    match kind {
        Kind::AirNow => lang.pick("空气质量（全区）", "Air now (district)").to_owned(),
        Kind::Water => lang.pick("水质类别（全区）", "Water classes (district)").to_owned(),
        Kind::Rectification => lang.pick("整改进度", "Rectification progress").to_owned(),
        Kind::Green => lang.pick("园林绿化", "Green space").to_owned(),
        Kind::Scorecard => lang.pick("成绩单", "Scorecard").to_owned(),
        Kind::Report => lang.pick("举报按钮", "Report button").to_owned(),
        Kind::Station(code) | Kind::Section(code) => {
            let found = kind.station(&app.profile).map_or(code.as_str(), |s| s.name.get(lang));
            format!("{found} ({code})")
        }
    }
}

/// Preview and snippets: what the script fetches anew.
async fn result(
    app: &App,
    wish: &Wish,
    origin: &str,
    lang: Lang,
    admit: impl FnOnce() -> Result<(), Problem>,
) -> Result<String, Problem> {
    let (title, past) = match wish.day {
        Some(day) => {
            let kept = super::frozen::kept(app, &wish.kind, &wish.options, day, admit).await?;
            let hash = (!kept.passing).then(|| kept.hash());
            (kept.title, Some((day, hash)))
        }
        None => (made(app, &wish.kind, &wish.options, None).await?.title, None),
    };
    let snippet = Snippet {
        kind: &wish.kind,
        options: &wish.options,
        past,
        origin,
        title: &title,
        width: wish.width,
    };
    let height = snippet::height(&wish.kind, wish.options.size, wish.width);
    let preview = format!(
        "<div class=\"preview\" tabindex=\"0\" role=\"region\" aria-label=\"{preview}\">\
         <iframe src=\"{}\" title=\"{}\" width=\"{}\" height=\"{height}\" \
         sandbox=\"allow-scripts allow-popups allow-popups-to-escape-sandbox\"></iframe></div>",
        escape(&snippet.path()),
        escape(&title),
        wish.width,
        preview = lang.pick("预览", "Preview"),
    );
    let texts = [
        Some(snippet.frame()),
        Some(snippet.fitted(app)),
        Some(snippet.element(app)),
        snippet.badge(),
    ];
    let forms: String = snippet::names(lang)
        .iter()
        .zip(texts)
        .enumerate()
        .filter_map(|(at, (name, text))| Some(offered(at, name, &text?, lang)))
        .collect();
    Ok(format!(
        "<section id=\"result\" aria-live=\"polite\">{}{preview}{}{}{forms}</section>",
        heading(2, lang.pick("预览", "Preview")),
        heading(2, lang.pick("代码", "Code to paste")),
        cautions(app, lang),
    ))
}

fn offered(at: usize, name: &str, text: &str, lang: Lang) -> String {
    let rows = text.len() / 60 + 2;
    format!(
        "<div class=\"snippet\"><label for=\"code-{at}\">{name}</label>\
         <textarea id=\"code-{at}\" rows=\"{rows}\" readonly spellcheck=\"false\">{}</textarea>\
         <button type=\"button\" class=\"copy\" data-for=\"code-{at}\" data-done=\"{}\" hidden>{}</button></div>",
        escape(text),
        lang.pick("已复制", "Copied"),
        lang.pick("复制", "Copy"),
    )
}

/// What keeps a snippet from working as the portal is configured now.
fn cautions(app: &App, lang: Lang) -> String {
    let mut html = String::new();
    let public = app.config.server.public_url.as_str();
    if public.is_empty() {
        html += &paragraph(lang.pick(
            "本站尚未设置公开地址（server.public_url），代码使用您当前访问的地址。",
            "This portal's public address (server.public_url) is not set: the code has the address by which you came.",
        ));
    } else if !public.starts_with("https://") {
        html += &paragraph(lang.pick(
            "本站的公开地址不是 https，https 网页将无法显示嵌入内容。",
            "This portal's public address is not https: pages that are cannot show a widget.",
        ));
    }
    let hosts = &app.config.embed.allowed_hosts;
    if !hosts.is_empty() && !hosts.iter().any(|host| host == "*") {
        let listed = hosts.join(lang.pick("、", ", "));
        html += &paragraph(&match lang {
            Lang::Zh => format!("仅下列网站可以嵌入：{listed}"),
            Lang::En => format!("Only these sites may embed: {listed}"),
        });
    }
    html
}

/// The page of `content`, with the builder's script and style in the place of the portal's program.
pub(crate) fn page(app: &App, content: &Content, lang: Lang) -> String {
    let files = &app.embeds.files;
    let plain = without_program(&app.shell.render(content, lang));
    let script = format!("<script src=\"{}\" defer></script></head>", files.builder.name);
    plain.replacen("</head>", &format!("<style>{}</style>{script}", files.builder_style.0), 1)
}

/// What the page may load: its own files, and widgets of ours in frames.
pub(crate) fn policy(app: &App) -> HeaderValue {
    let inline: String =
        app.assets.portal().inline.iter().map(|hash| format!(" '{hash}'")).collect();
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'{inline} {}; img-src 'self' data:; font-src 'self'; \
         connect-src 'self'; frame-src 'self'; manifest-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'",
        app.embeds.files.builder_style.1
    );
    HeaderValue::from_str(&policy).unwrap_or_else(|_invalid| {
        HeaderValue::from_static("default-src 'self'; frame-ancestors 'none'")
    })
}

/// The header that [`policy`] is the value of.
pub(crate) const POLICY: header::HeaderName = header::CONTENT_SECURITY_POLICY;
