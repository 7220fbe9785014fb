//! What each route says before any script runs: title, description and its current numbers as
//! semantic HTML, the same figures that the API gives at that moment.

mod about;
mod air;
mod fields;
mod green;
pub(crate) mod html;
mod item;
mod overview;
pub(crate) mod parts;
mod programmes;
mod rectification;
pub(crate) mod report_form;
mod reports;
mod scorecard;
mod station;
pub(crate) mod track;
mod water;

use contract::public::StationKind;
use domain::{Lang, rectification::ItemNumber, report::PublicId};

use crate::{
    app::App,
    front::shell::Content,
    problem::Problem,
    profile::Profile,
    words::{Word, word},
};
use html::{Cell, escape, heading, list, paragraph};

/// A route of the portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Page {
    Overview,
    Air,
    Station(String),
    Water,
    Section(String),
    /// The report form.
    Report,
    /// Published reports.
    Reports,
    /// One of them, by its number as stored.
    Published(String),
    /// The way back by claim code.
    Track,
    /// The rectification ledger.
    Rectification,
    /// One issue of it.
    Item(ItemNumber),
    Green,
    Scorecard,
    Programmes,
    /// One of them, by its name in the address.
    Programme(String),
    /// Widgets to be embedded, and downloads; not a page of the program.
    Data,
    About,
    Accessibility,
    /// No route, or a station or section that is not there.
    Unknown,
}

impl Page {
    /// Pages without a parameter, in the order of the menu.
    const FIXED: [Self; 13] = [
        Self::Overview,
        Self::Air,
        Self::Water,
        Self::Rectification,
        Self::Green,
        Self::Scorecard,
        Self::Programmes,
        Self::Report,
        Self::Reports,
        Self::Track,
        Self::Data,
        Self::About,
        Self::Accessibility,
    ];

    /// The page at `path`, relative to the base path.
    pub(crate) fn of(profile: &Profile, path: &str) -> Self {
        let known = |code: &str, kind| profile.station(code).is_some_and(|s| s.kind == kind);
        match path.trim_matches('/').split_once('/') {
            Some(("air", code)) if known(code, StationKind::Air) => Self::Station(code.to_owned()),
            Some(("water", code)) if known(code, StationKind::Water) => {
                Self::Section(code.to_owned())
            }
            Some(("reports", number)) => PublicId::parse(number)
                .map_or(Self::Unknown, |number| Self::Published(number.as_str().to_owned())),
            Some(("rectification", number)) => {
                ItemNumber::parse(number).map_or(Self::Unknown, Self::Item)
            }
            Some(("programmes", slug)) => Self::Programme(slug.to_owned()),
            Some(_) => Self::Unknown,
            None => match path.trim_matches('/') {
                "" => Self::Overview,
                "air" => Self::Air,
                "water" => Self::Water,
                "report" => Self::Report,
                "reports" => Self::Reports,
                "track" => Self::Track,
                "rectification" => Self::Rectification,
                "green" => Self::Green,
                "scorecard" => Self::Scorecard,
                "programmes" => Self::Programmes,
                "data" => Self::Data,
                "about" => Self::About,
                "accessibility" => Self::Accessibility,
                _ => Self::Unknown,
            },
        }
    }

    /// The path relative to the base path.
    fn path(&self) -> String {
        match self {
            Self::Overview | Self::Unknown => String::new(),
            Self::Air => "air".to_owned(),
            Self::Station(code) => format!("air/{code}"),
            Self::Water => "water".to_owned(),
            Self::Section(code) => format!("water/{code}"),
            Self::Report => "report".to_owned(),
            Self::Reports => "reports".to_owned(),
            Self::Published(number) => format!("reports/{number}"),
            Self::Track => "track".to_owned(),
            Self::Rectification => "rectification".to_owned(),
            Self::Item(number) => format!("rectification/{number}"),
            Self::Green => "green".to_owned(),
            Self::Scorecard => "scorecard".to_owned(),
            Self::Programmes => "programmes".to_owned(),
            Self::Programme(slug) => format!("programmes/{slug}"),
            Self::Data => "data".to_owned(),
            Self::About => "about".to_owned(),
            Self::Accessibility => "accessibility".to_owned(),
        }
    }

    fn name(&self, lang: Lang) -> &'static str {
        word(
            match self {
                Self::Overview => Word::Overview,
                Self::Air | Self::Station(_) => Word::Air,
                Self::Water | Self::Section(_) => Word::Water,
                Self::Report => Word::Report,
                Self::Reports | Self::Published(_) => Word::Reports,
                Self::Track => Word::Track,
                Self::Rectification | Self::Item(_) => Word::Rectification,
                Self::Green => Word::Green,
                Self::Scorecard => Word::Scorecard,
                Self::Programmes | Self::Programme(_) => Word::Programmes,
                Self::Data => Word::Data,
                Self::About => Word::About,
                Self::Accessibility => Word::Accessibility,
                Self::Unknown => Word::NotFound,
            },
            lang,
        )
    }
}

/// What a page's own module gives: its heading, one sentence, and its numbers.
pub(crate) struct Body {
    heading: String,
    description: String,
    html: String,
    simulated: bool,
}

/// The address under which a page was asked for.
pub(crate) struct Address<'a> {
    /// The public address of the base path.
    pub(crate) origin: &'a str,
    /// True when it names the language.
    pub(crate) names_lang: bool,
}

/// What `page` puts into the shell.
pub(crate) async fn content(
    app: &App,
    page: &Page,
    lang: Lang,
    address: Address<'_>,
) -> Result<Content, Problem> {
    let body = match page {
        Page::Overview => overview::body(app, lang).await?,
        Page::Air => air::body(app, lang).await?,
        Page::Station(code) => station::body(app, code, lang).await?,
        Page::Water => water::list_body(app, lang).await?,
        Page::Section(code) => water::section_body(app, code, lang).await?,
        Page::Report => report_form::empty(app, lang),
        Page::Reports => reports::list_body(app, lang).await?,
        Page::Published(number) => {
            return some(app, page, reports::one_body(app, number, lang).await?, lang, &address);
        }
        Page::Rectification => rectification::body(app, lang).await?,
        Page::Item(number) => {
            return some(app, page, item::body(app, number, lang).await?, lang, &address);
        }
        Page::Green => green::body(app, lang).await?,
        Page::Scorecard => scorecard::body(app, lang).await?,
        Page::Programmes => programmes::list_body(app, lang).await?,
        Page::Programme(slug) => {
            return some(app, page, programmes::body(app, slug, lang).await?, lang, &address);
        }
        Page::Track => track::form(lang, None),
        Page::Data => offered(lang, String::new()),
        Page::About => about::body(app, lang),
        Page::Accessibility => about::accessibility(app, lang),
        Page::Unknown => unknown(app, lang),
    };
    Ok(made(app, page, &body, lang, &address))
}

/// A page of `body`, or of nothing where there is none.
fn some(
    app: &App,
    page: &Page,
    body: Option<Body>,
    lang: Lang,
    address: &Address<'_>,
) -> Result<Content, Problem> {
    Ok(match body {
        Some(body) => made(app, page, &body, lang, address),
        None => made(app, &Page::Unknown, &unknown(app, lang), lang, address),
    })
}

fn offered(lang: Lang, html: String) -> Body {
    Body {
        heading: word(Word::Data, lang).to_owned(),
        description: word(Word::DataText, lang).to_owned(),
        html,
        simulated: false,
    }
}

/// The page of widgets and downloads, with `html` below its heading.
pub(crate) fn offering(app: &App, html: String, lang: Lang, address: &Address<'_>) -> Content {
    made(app, &Page::Data, &offered(lang, html), lang, address)
}

/// A page of `body`.
pub(crate) fn made(
    app: &App,
    page: &Page,
    body: &Body,
    lang: Lang,
    address: &Address<'_>,
) -> Content {
    let site = app.profile.title.get(lang);
    let title = match page {
        Page::Overview => site.to_owned(),
        _ => format!("{} · {site}", body.heading),
    };
    let mut head = head(page, lang, address);
    if *page != Page::Unknown {
        let (path, text) = (page.path(), &body.description);
        head += &crate::embeds::tags(app, &path, &title, text, lang, address.origin);
    }
    Content {
        title,
        description: body.description.clone(),
        head,
        summary: framed(app, page, body, lang),
    }
}

/// Canonical address and those of both languages; an unknown page has neither.
///
/// An address without a language is its own: the reader's browser chooses what it answers with.
fn head(page: &Page, lang: Lang, asked: &Address<'_>) -> String {
    if *page == Page::Unknown {
        return "<meta name=\"robots\" content=\"noindex\">".to_owned();
    }
    let open = escape(&format!("{}{}", asked.origin, page.path()));
    let of = |lang: Lang| format!("{open}?lang={}", lang.tag());
    let canonical = if asked.names_lang { of(lang) } else { open.clone() };
    let mut head = format!("<link rel=\"canonical\" href=\"{canonical}\">");
    let languages = Lang::ALL.map(|lang| (lang.tag(), of(lang)));
    for (tag, href) in languages.into_iter().chain([("x-default", open)]) {
        head.push_str(&format!("<link rel=\"alternate\" hreflang=\"{tag}\" href=\"{href}\">"));
    }
    head
}

fn framed(app: &App, page: &Page, body: &Body, lang: Lang) -> String {
    let links: Vec<Cell> = Page::FIXED
        .iter()
        .map(|page| Cell::link(page.name(lang), linked(&page.path(), lang)))
        .collect();
    let other = if lang == Lang::Zh { Lang::En } else { Lang::Zh };
    let notice = if body.simulated || app.demonstration {
        paragraph(word(Word::Demonstration, lang))
    } else {
        String::new()
    };
    // The start script shows the second sentence where the program cannot run; without script the first is read.
    let plain = paragraph(word(Word::WithoutProgram, lang));
    let plain =
        format!("<noscript>{plain}</noscript><div id=\"without-program\" hidden>{plain}</div>");
    format!(
        "<header><p>{}</p><nav aria-label=\"{}\">{}</nav>\
         <p><a href=\"{}\" hreflang=\"{}\" lang=\"{}\">{}</a></p></header>\
         <main>{}{notice}{plain}{}</main><footer><p>{}</p></footer>",
        escape(app.profile.title.get(lang)),
        word(Word::Navigation, lang),
        list(&links),
        escape(&linked(&page.path(), other)),
        other.tag(),
        other.tag(),
        word(Word::OtherLanguage, lang),
        heading(1, &body.heading),
        body.html,
        escape(app.profile.contact.get(lang)),
    )
}

/// A path relative to the base with the language kept; the base itself is `./`.
fn linked(path: &str, lang: Lang) -> String {
    let path = if path.is_empty() { "./" } else { path };
    format!("{path}?lang={}", lang.tag())
}

fn unknown(app: &App, lang: Lang) -> Body {
    Body {
        heading: word(Word::NotFound, lang).to_owned(),
        description: word(Word::UnknownPage, lang).to_owned(),
        html: paragraph(word(Word::UnknownPage, lang)) + &parts::places(app, lang),
        simulated: false,
    }
}

/// `sitemap.xml`.
pub(crate) fn sitemap(profile: &Profile, origin: &str) -> String {
    let stations = profile.stations.iter().map(|station| match station.kind {
        StationKind::Air => Page::Station(station.code.clone()),
        StationKind::Water => Page::Section(station.code.clone()),
    });
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in Page::FIXED.into_iter().chain(stations) {
        for lang in Lang::ALL {
            let address = format!("{origin}{}?lang={}", page.path(), lang.tag());
            xml.push_str(&format!("<url><loc>{}</loc></url>\n", escape(&address)));
        }
    }
    xml.push_str("</urlset>\n");
    xml
}
