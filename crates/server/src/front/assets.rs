//! Files of the two front ends with their compressed forms.

use std::collections::HashMap;

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use bytes::Bytes;
use serde::Deserialize;

use crate::reply::Encoding;

/// A file under a name that its content decides never changes.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Not a file: filled in before it is answered.
const PAGE: &str = "index.html";
/// Any other file: kept, but asked about each time.
const ASK: &str = "public, no-cache";

struct Asset {
    plain: &'static [u8],
    brotli: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
    media_type: HeaderValue,
    etag: HeaderValue,
    immutable: bool,
}

/// Where the console's files lie in a build, and below the base path.
pub(crate) const CONSOLE: &str = "console/";
/// The portal, whose files lie at the top, and the console.
const PLACES: [&str; 2] = ["", CONSOLE];

/// The files of one build of the front ends.
pub struct Assets {
    files: HashMap<String, Asset>,
    portal: Entrance,
    console: Entrance,
}

/// Where a reader enters one of the two.
pub struct Entrance {
    /// The page every route starts from; `None` where none was built.
    pub page: Option<&'static str>,
    /// Hashes of the page's inline scripts and styles, for the content-security policy.
    pub inline: Vec<String>,
}

#[derive(Default, Deserialize)]
struct Manifest {
    #[serde(default)]
    inline: Vec<String>,
    #[serde(default)]
    files: Vec<Listed>,
}

#[derive(Deserialize)]
struct Listed {
    path: String,
    immutable: bool,
    sha256: String,
}

impl Manifest {
    /// What the build says of the front end at `place`; nothing where there is none.
    fn of(files: &HashMap<&str, &'static [u8]>, place: &str) -> Self {
        let bytes = files.get(format!("{place}manifest.json").as_str());
        bytes.and_then(|bytes| serde_json::from_slice(bytes).ok()).unwrap_or_default()
    }
}

impl Asset {
    fn new(
        name: &str,
        plain: &'static [u8],
        listed: &Listed,
        files: &HashMap<&str, &'static [u8]>,
    ) -> Self {
        let tag = format!("W/\"{}\"", &listed.sha256[..listed.sha256.len().min(20)]);
        Self {
            plain,
            brotli: files.get(format!("{name}.br").as_str()).copied(),
            gzip: files.get(format!("{name}.gz").as_str()).copied(),
            media_type: HeaderValue::from_static(media_type(name)),
            etag: HeaderValue::from_str(&tag)
                .unwrap_or_else(|_never| HeaderValue::from_static("W/\"0\"")),
            immutable: listed.immutable,
        }
    }
}

impl Assets {
    /// The files compiled into this binary.
    pub fn embedded() -> Self {
        Self::new(crate::embedded::FILES)
    }

    fn new(files: &[(&'static str, &'static [u8])]) -> Self {
        let by_name: HashMap<_, _> = files.iter().copied().collect();
        let mut assets = HashMap::new();
        let [portal, console] = PLACES.map(|place| {
            let manifest = Manifest::of(&by_name, place);
            for file in &manifest.files {
                let name = format!("{place}{}", file.path);
                if let Some(plain) = by_name.get(name.as_str()) {
                    let asset = Asset::new(&name, plain, file, &by_name);
                    assets.insert(name, asset);
                }
            }
            let page = by_name.get(format!("{place}{PAGE}").as_str());
            Entrance {
                page: page.and_then(|bytes| std::str::from_utf8(bytes).ok()),
                inline: manifest.inline,
            }
        });
        Self { files: assets, portal, console }
    }

    /// The public portal's.
    pub fn portal(&self) -> &Entrance {
        &self.portal
    }

    /// The staff console's.
    pub fn console(&self) -> &Entrance {
        &self.console
    }

    /// The answer for a file; `None` where there is none of that name.
    pub fn answer(&self, path: &str, request: &HeaderMap) -> Option<Response> {
        let name = path.strip_prefix(CONSOLE).unwrap_or(path);
        let asset = self.files.get(path).filter(|_| name != PAGE)?;
        let mut response = Response::new(Body::empty());
        let known = request.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
        let ours = asset.etag.to_str().unwrap_or_default();
        if known.is_some_and(|tags| tags.split(',').any(|tag| tag.trim() == ours)) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        } else {
            let (encoding, bytes) = match Encoding::accepted(request) {
                Encoding::Brotli if asset.brotli.is_some() => (Encoding::Brotli, asset.brotli),
                Encoding::Identity => (Encoding::Identity, None),
                _ if asset.gzip.is_some() => (Encoding::Gzip, asset.gzip),
                _ => (Encoding::Identity, None),
            };
            *response.body_mut() = Body::from(Bytes::from_static(bytes.unwrap_or(asset.plain)));
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, asset.media_type.clone());
            if let Some(name) = encoding.name() {
                headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
            }
        }
        let headers = response.headers_mut();
        let cache = if asset.immutable { FOR_EVER } else { ASK };
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
        headers.insert(header::ETAG, asset.etag.clone());
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        Some(response)
    }
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        "xml" => "application/xml",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn built() -> Assets {
        let manifest = br#"{"inline":["sha256-abc"],"files":[{"path":"a/x-1.js","immutable":true,"sha256":"00112233445566778899aabb"},{"path":"index.html","immutable":false,"sha256":"11"},{"path":"robots.txt","immutable":false,"sha256":"22"}]}"#;
        let console = br#"{"inline":["sha256-def"],"files":[{"path":"a/y-2.js","immutable":true,"sha256":"33"},{"path":"index.html","immutable":false,"sha256":"44"}]}"#;
        Assets::new(&[
            ("console/a/y-2.js", b"staff"),
            ("console/index.html", b"<html lang>"),
            ("console/manifest.json", console),
            ("a/x-1.js", b"plain"),
            ("a/x-1.js.br", b"brotli"),
            ("index.html", b"<html>"),
            ("manifest.json", manifest),
            ("robots.txt", b"User-agent: *"),
        ])
    }

    #[tokio::test]
    async fn the_smallest_form_the_client_takes_is_sent() {
        let assets = built();
        let mut request = HeaderMap::new();
        request.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("gzip, br"));
        let response = assets.answer("a/x-1.js", &request).unwrap();
        assert_eq!(response.headers()[header::CONTENT_ENCODING], "br");
        assert_eq!(response.headers()[header::CACHE_CONTROL], FOR_EVER);
        let body = axum::body::to_bytes(response.into_body(), 99).await.unwrap();
        assert_eq!(&body[..], b"brotli");
        let plain = assets.answer("robots.txt", &request).unwrap();
        assert!(plain.headers().get(header::CONTENT_ENCODING).is_none());
        assert_eq!(plain.headers()[header::CACHE_CONTROL], ASK);
    }

    #[test]
    fn pages_compressed_forms_and_the_manifest_are_no_files() {
        let assets = built();
        for name in [
            "index.html",
            "manifest.json",
            "a/x-1.js.br",
            "../Cargo.toml",
            "console/index.html",
            "console/manifest.json",
            "a/y-2.js",
        ] {
            assert!(assets.answer(name, &HeaderMap::new()).is_none(), "{name}");
        }
        assert!(assets.answer("console/a/y-2.js", &HeaderMap::new()).is_some());
    }

    #[test]
    fn each_front_end_has_its_page_and_its_policy() {
        let assets = built();
        assert_eq!(assets.portal().page, Some("<html>"));
        assert_eq!(assets.portal().inline, ["sha256-abc"]);
        assert_eq!(assets.console().page, Some("<html lang>"));
        assert_eq!(assets.console().inline, ["sha256-def"]);
    }
}
