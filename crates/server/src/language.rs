//! Which language a reader asked for: `?lang=`, else `Accept-Language`, else Chinese.

use axum::http::{HeaderMap, Uri, header};
use domain::Lang;

/// The language of an answer to this request.
pub(crate) fn of(uri: &Uri, headers: &HeaderMap) -> Lang {
    asked(uri).unwrap_or_else(|| {
        headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok())
            .and_then(preferred)
            .unwrap_or_default()
    })
}

/// The language named in the address, which then does not depend on the reader's settings.
pub(crate) fn asked(uri: &Uri) -> Option<Lang> {
    uri.query()?
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(name, _)| *name == "lang")
        .and_then(|(_, tag)| Lang::from_tag(tag))
}

/// The known language with the highest quality; the first of equals.
fn preferred(accept: &str) -> Option<Lang> {
    let mut best: Option<(f32, Lang)> = None;
    for part in accept.split(',') {
        let (tag, quality) = part.split_once(';').unwrap_or((part, "q=1"));
        let quality = quality.trim().strip_prefix("q=").and_then(|q| q.parse().ok()).unwrap_or(1.0);
        if let Some(lang) = Lang::from_tag(tag.trim())
            && quality > 0.0
            && best.is_none_or(|(known, _)| quality > known)
        {
            best = Some((quality, lang));
        }
    }
    best.map(|(_, lang)| lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_wins_over_the_browser_and_chinese_is_the_default() {
        let mut headers = HeaderMap::new();
        let plain: Uri = "/air".parse().unwrap();
        assert_eq!(of(&plain, &headers), Lang::Zh);
        headers.insert(header::ACCEPT_LANGUAGE, "fr, en-GB;q=0.8, zh;q=0.5".parse().unwrap());
        assert_eq!(of(&plain, &headers), Lang::En);
        assert_eq!(of(&"/air?x=1&lang=zh-CN".parse().unwrap(), &headers), Lang::Zh);
    }
}
