//! Files of the front end with their compressed forms.

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

/// The files of one build of the front end.
pub struct Assets {
    files: HashMap<&'static str, Asset>,
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

impl Assets {
    /// The files compiled into this binary.
    pub fn embedded() -> Self {
        Self::new(crate::embedded::FILES)
    }

    fn new(files: &[(&'static str, &'static [u8])]) -> Self {
        let by_name: HashMap<_, _> = files.iter().copied().collect();
        let manifest: Manifest = by_name
            .get("manifest.json")
            .and_then(|bytes| serde_json::from_slice(bytes).ok())
            .unwrap_or_default();
        let listed: HashMap<&str, &Listed> =
            manifest.files.iter().map(|file| (file.path.as_str(), file)).collect();
        let compressed = |name: &str| name.ends_with(".br") || name.ends_with(".gz");
        let served = |name: &str| name != "manifest.json" && !compressed(name);
        let files = files
            .iter()
            .filter(|(name, _)| served(name))
            .map(|&(name, plain)| {
                let known = listed.get(name);
                let digest = known.map_or_else(|| digest(plain), |file| file.sha256.clone());
                let asset = Asset {
                    plain,
                    brotli: by_name.get(format!("{name}.br").as_str()).copied(),
                    gzip: by_name.get(format!("{name}.gz").as_str()).copied(),
                    media_type: HeaderValue::from_static(media_type(name)),
                    etag: HeaderValue::from_str(&format!(
                        "W/\"{}\"",
                        &digest[..digest.len().min(20)]
                    ))
                    .unwrap_or_else(|_never| HeaderValue::from_static("W/\"0\"")),
                    immutable: known.is_some_and(|file| file.immutable),
                };
                (name, asset)
            })
            .collect();
        Self { files, inline: manifest.inline }
    }

    /// The page every route starts from; `None` where no front end was built.
    pub fn index(&self) -> Option<&'static str> {
        std::str::from_utf8(self.files.get("index.html")?.plain).ok()
    }

    /// The answer for a file; `None` where there is none of that name.
    pub fn answer(&self, path: &str, request: &HeaderMap) -> Option<Response> {
        let asset = self.files.get(path).filter(|_| path != "index.html")?;
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

fn digest(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
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
        let manifest = br#"{"inline":["sha256-abc"],"files":[{"path":"a/x-1.js","immutable":true,"sha256":"00112233445566778899aabb"}]}"#;
        Assets::new(&[
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
        for name in ["index.html", "manifest.json", "a/x-1.js.br", "../Cargo.toml"] {
            assert!(assets.answer(name, &HeaderMap::new()).is_none(), "{name}");
        }
        assert_eq!(assets.inline, ["sha256-abc"]);
    }
}
