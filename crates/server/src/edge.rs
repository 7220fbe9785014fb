//! What every request passes: counting, the reader's language for refusals, safe headers.

use std::{any::Any, net::SocketAddr, panic::AssertUnwindSafe, time::Instant};

use axum::{
    Router,
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use contract::problem::Code;
use futures_util::FutureExt;
use tower::ServiceExt;

use crate::{
    app::App,
    language,
    listener::Peer,
    problem::{Problem, Refused, Worded},
};

/// Every route behind what every request passes. It stands around the router instead of being a
/// layer of it: a layer costs every request several allocations.
#[derive(Clone)]
pub struct Edge {
    app: App,
    router: Router,
}

impl Edge {
    /// Puts `router` behind the edge.
    pub fn of(app: App, router: Router) -> Self {
        Self { app, router }
    }

    /// Counts, names refusals in the reader's language, and adds the headers every answer has.
    pub(crate) async fn answer(&self, request: Request) -> Response {
        let began = Instant::now();
        let lang = language::of(request.uri(), request.headers());
        let mut response = routed(self.router.clone(), request).await;
        if let Some(Refused(problem)) = response.extensions_mut().remove::<Refused>() {
            response = named(problem.render(lang), response);
        } else if response.extensions_mut().remove::<Worded>().is_none()
            && let Some(code) = unnamed(&response)
        {
            response = named(Problem::new(code).render(lang), response);
        }
        add_headers(response.headers_mut());
        self.app.metrics.answered(response.status().as_u16(), began.elapsed());
        response
    }
}

/// The answer of `router`; a handler that panics takes nothing else with it.
async fn routed(router: Router, request: Request) -> Response {
    match AssertUnwindSafe(router.oneshot(request)).catch_unwind().await {
        Ok(Ok(response)) => response,
        Err(cause) => panicked(cause.as_ref()),
    }
}

fn add_headers(headers: &mut HeaderMap) {
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // A page behind a claim code, or of officers, tells nobody where its reader comes from.
    headers
        .entry(header::REFERRER_POLICY)
        .or_insert(HeaderValue::from_static("strict-origin-when-cross-origin"));
}

/// The refusal with the headers that inner layers gave it: CORS, `Allow`.
fn named(mut refusal: Response, inner: Response) -> Response {
    let own = [header::CONTENT_TYPE, header::CONTENT_LENGTH];
    for (name, value) in inner.headers() {
        if *name == header::VARY {
            refusal.headers_mut().append(name, value.clone());
        } else if !own.contains(name) && !refusal.headers().contains_key(name) {
            refusal.headers_mut().insert(name, value.clone());
        }
    }
    refusal
}

/// Refusals that the framework made without a body of ours.
fn unnamed(response: &Response) -> Option<Code> {
    match response.status() {
        StatusCode::METHOD_NOT_ALLOWED => Some(Code::MethodNotAllowed),
        StatusCode::PAYLOAD_TOO_LARGE => Some(Code::TooLarge),
        _ => None,
    }
}

/// A handler that panicked: the reader gets a sentence, the log the panic.
fn panicked(cause: &(dyn Any + Send)) -> Response {
    let text = said(cause);
    Problem::internal(anyhow::anyhow!("a handler panicked: {text}")).into_response()
}

/// What a handler said as it panicked.
pub(crate) fn said(cause: &(dyn Any + Send)) -> String {
    let text = cause.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| cause.downcast_ref::<String>().cloned()).unwrap_or_default()
}

/// Who asks, as far as it can be told.
pub(crate) fn client(
    app: &App,
    extensions: &axum::http::Extensions,
    headers: &HeaderMap,
) -> std::net::IpAddr {
    let peer = extensions.get::<Peer>().map_or(SocketAddr::from(([0, 0, 0, 0], 0)), |peer| peer.0);
    crate::limits::client(peer, headers, &app.config.server.trusted_proxies)
}

/// The headers of pages: what they may load, and that nobody may frame them.
#[derive(Clone)]
pub struct PagePolicy {
    policy: HeaderValue,
    permissions: HeaderValue,
}

impl PagePolicy {
    /// The public pages'. `inline` are hashes of the page's own inline scripts and styles; `tiles` are
    /// addresses of the base map.
    pub fn portal(inline: &[String], tiles: &[&str]) -> Self {
        let own = "style-src-attr 'unsafe-inline'; font-src 'self'; manifest-src 'self'; \
                   worker-src 'self'; form-action 'self'";
        Self::new(inline, tiles, own, "camera=(), microphone=(), geolocation=(self)")
    }

    /// The console's: nothing inline, no form that leaves the page, no device.
    pub fn console(inline: &[String], tiles: &[&str]) -> Self {
        Self::new(inline, tiles, "form-action 'none'", "camera=(), microphone=(), geolocation=()")
    }

    fn new(inline: &[String], tiles: &[&str], own: &str, permissions: &'static str) -> Self {
        let hashes: String = inline.iter().map(|hash| format!(" '{hash}'")).collect();
        let images: String =
            tiles.iter().filter_map(|tiles| origin(tiles)).map(|o| format!(" {o}")).collect();
        let policy = format!(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{hashes}; style-src 'self'{hashes}; \
             img-src 'self' data: blob:{images}; connect-src 'self'; base-uri 'self'; {own}; \
             frame-ancestors 'none'"
        );
        Self {
            policy: HeaderValue::from_str(&policy).unwrap_or_else(|_invalid| {
                HeaderValue::from_static("default-src 'self'; frame-ancestors 'none'")
            }),
            permissions: HeaderValue::from_static(permissions),
        }
    }

    /// Adds the headers to a page.
    pub fn apply(&self, response: &mut Response) {
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_SECURITY_POLICY, self.policy.clone());
        headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
        headers.insert(
            HeaderName::from_static("cross-origin-opener-policy"),
            HeaderValue::from_static("same-origin"),
        );
        headers.insert(HeaderName::from_static("permissions-policy"), self.permissions.clone());
    }
}

/// Scheme and host of a tile address; `{s}` for subdomains becomes a wildcard.
fn origin(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.split('/').next().filter(|host| !host.is_empty())?;
    let host = match host.split_once('.') {
        Some((first, parent)) if first.contains('{') => format!("*.{parent}"),
        _ => host.to_owned(),
    };
    Some(format!("{scheme}://{host}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_handler_that_panics_is_answered_for_as_a_fault_of_ours() {
        async fn broken() {
            panic!("on purpose");
        }
        let answer = routed(Router::new().fallback(broken), Request::default()).await;
        assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert!(answer.extensions().get::<Refused>().is_some());
    }

    #[test]
    fn a_refusal_keeps_the_headers_of_inner_layers() {
        let inner = Response::builder()
            .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")
            .header(header::ALLOW, "GET")
            .header(header::CONTENT_LENGTH, 0)
            .header(header::VARY, "origin")
            .body(axum::body::Body::empty())
            .unwrap();
        let refusal = Problem::new(Code::MethodNotAllowed).render(domain::Lang::En);
        let answer = named(refusal, inner);
        assert_eq!(answer.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
        assert_eq!(answer.headers()[header::ALLOW], "GET");
        assert_eq!(answer.headers()[header::CONTENT_TYPE], contract::problem::MEDIA_TYPE);
        assert!(answer.headers().get(header::CONTENT_LENGTH).is_none());
        assert_eq!(answer.headers().get_all(header::VARY).iter().count(), 2);
    }

    #[test]
    fn the_policy_names_hashes_and_tiles() {
        let page = PagePolicy::portal(&["sha256-x".into()], &["https://{s}.tiles.example/{z}", ""]);
        let policy = page.policy.to_str().unwrap();
        assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval' 'sha256-x'"));
        assert!(policy.contains("blob: https://*.tiles.example;"));
        assert!(!policy.contains("script-src 'self' 'unsafe-inline'"));
    }

    #[test]
    fn the_consoles_policy_allows_nothing_inline() {
        let page = PagePolicy::console(&["sha256-x".into()], &[]);
        let policy = page.policy.to_str().unwrap();
        assert!(policy.contains("form-action 'none'") && policy.contains("'sha256-x'"));
        assert!(!policy.contains("unsafe-inline"), "{policy}");
    }
}
