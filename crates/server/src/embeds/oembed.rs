//! oEmbed 1.0: the snippet for the address of a page or of a widget.

use serde::{Deserialize, Serialize};

use super::{
    Kind, Options, card,
    snippet::{self, Snippet},
};
use crate::{app::App, embeds::made, problem::Problem};

/// Seconds that consumers may keep an answer.
const CACHE_AGE_S: u32 = 300;
/// The width of a widget where the consumer names no lesser one.
const WIDTH: u32 = 640;
/// Below this a widget cannot be read.
const LEAST_WIDTH: u32 = 200;

/// Parameters of a request.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct OembedParams {
    #[serde(default)]
    pub(crate) url: String,
    pub(crate) maxwidth: Option<u32>,
    pub(crate) maxheight: Option<u32>,
    #[serde(default)]
    pub(crate) format: String,
}

/// The answer; without a script, because consumers take none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Oembed {
    version: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    title: String,
    provider_name: String,
    provider_url: String,
    cache_age: u32,
    width: u32,
    height: u32,
    html: String,
    thumbnail_url: String,
    thumbnail_width: u32,
    thumbnail_height: u32,
}

/// The answer for `params.url`; `None` for an address that is not one of ours or shows nothing to embed.
///
/// # Errors
///
/// When the store cannot answer.
pub(crate) async fn answer(
    app: &App,
    params: &OembedParams,
    origin: &str,
) -> Result<Option<Oembed>, Problem> {
    let Some((kind, options)) = meant(app, &params.url, origin) else { return Ok(None) };
    let title = made(app, &kind, &options, None).await?.title;
    let width = WIDTH
        .min(params.maxwidth.unwrap_or(WIDTH))
        .max(LEAST_WIDTH.min(params.maxwidth.unwrap_or(WIDTH)));
    let height =
        snippet::height(&kind, options.size, width).min(params.maxheight.unwrap_or(u32::MAX));
    let snippet =
        Snippet { kind: &kind, options: &options, past: None, origin, title: &title, width };
    let [thumbnail_width, thumbnail_height] = card::SIZE;
    Ok(Some(Oembed {
        version: "1.0",
        kind: "rich",
        html: snippet.frame_of(width, height),
        provider_name: app.profile.title.get(options.lang).to_owned(),
        provider_url: origin.to_owned(),
        cache_age: CACHE_AGE_S,
        width,
        height,
        thumbnail_url: format!("{origin}card/{}.png?lang={}", kind.path(), options.lang.tag()),
        thumbnail_width,
        thumbnail_height,
        title,
    }))
}

/// The widget that an address of ours means: a page's, or its own. Addresses of other hosts mean none.
fn meant(app: &App, url: &str, origin: &str) -> Option<(Kind, Options)> {
    let base = app.config.base_path();
    let below = url
        .strip_prefix(origin)
        .or_else(|| url.strip_prefix(&base).filter(|_| url.starts_with('/')))?;
    let (path, query) = below.split_once(['?', '#']).unwrap_or((below, ""));
    let kind = match path.strip_prefix("embed/") {
        Some(path) => Kind::of(path)?,
        None => Kind::of_page(&app.profile, path)?,
    };
    let options = Options::of(query).of_kind(&kind);
    (!kind.has_code() || kind.station(&app.profile).is_some()).then_some((kind, options))
}

/// The same as XML.
pub(crate) fn xml(answer: &Oembed) -> Result<String, serde_json::Error> {
    use crate::summaries::html::escape;
    let fields = serde_json::to_value(answer)?;
    let mut xml =
        String::from("<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n<oembed>");
    for (name, value) in fields.as_object().into_iter().flatten() {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        xml.push_str(&format!("<{name}>{}</{name}>", escape(&text)));
    }
    xml.push_str("</oembed>");
    Ok(xml)
}
