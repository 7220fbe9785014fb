//! On what terms a group of routes answers: how long it may take, and whether any page may read it.
//!
//! One service for both, because each layer of a router costs every request several allocations.

use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, header},
    response::{IntoResponse, Response},
};
use contract::problem::Code;
use tokio::time::timeout;
use tower::{Layer, Service};

use crate::problem::Problem;

/// The terms of a group of routes; by default it may take any time, and only our own pages read it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Terms {
    deadline: Option<Duration>,
    open: bool,
}

impl Terms {
    /// The answer's head is there within `deadline`, or the reader is told to come back.
    pub(crate) fn within(deadline: Duration) -> Self {
        Self { deadline: Some(deadline), open: false }
    }

    /// Pages of any origin may read (CORS); writing is not for browsers elsewhere.
    pub(crate) fn open(self) -> Self {
        Self { open: true, ..self }
    }
}

impl<S> Layer<S> for Terms {
    type Service = OnTerms<S>;

    fn layer(&self, inner: S) -> OnTerms<S> {
        OnTerms { terms: *self, inner }
    }
}

/// A route on its terms.
#[derive(Debug, Clone)]
pub(crate) struct OnTerms<S> {
    terms: Terms,
    inner: S,
}

impl<S> Service<Request> for OnTerms<S>
where
    S: Service<Request, Response = Response, Error = Infallible>,
    S::Future: Send + 'static,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let Terms { deadline, open } = self.terms;
        if open && request.method() == Method::OPTIONS {
            return Box::pin(std::future::ready(Ok(preflight())));
        }
        let answer = self.inner.call(request);
        Box::pin(async move {
            let mut response = match deadline {
                // Polls the answer first: one that is ready at once starts no timer.
                Some(deadline) => match timeout(deadline, answer).await {
                    Ok(response) => response?,
                    Err(_late) => Problem::new(Code::Unavailable).into_response(),
                },
                None => answer.await?,
            };
            if open {
                any_origin(response.headers_mut());
                response.headers_mut().insert(
                    header::ACCESS_CONTROL_EXPOSE_HEADERS,
                    HeaderValue::from_static("etag,date"),
                );
            }
            Ok(response)
        })
    }
}

fn any_origin(headers: &mut HeaderMap) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
}

/// What a browser asks before another origin's page may send more than a plain GET.
fn preflight() -> Response {
    let mut response = Response::default();
    let headers = response.headers_mut();
    any_origin(headers);
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET,HEAD,OPTIONS"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "accept,if-none-match,accept-language"),
        (header::ACCESS_CONTROL_MAX_AGE, "86400"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use axum::{Router, body::Body, http::StatusCode, routing::get};
    use tower::ServiceExt;

    use super::*;
    use crate::problem::Refused;

    async fn ask(terms: Terms, method: Method) -> Response {
        let slow = get(|| async {
            tokio::time::sleep(Duration::from_secs(60)).await;
        });
        let quick = get(|| async { "x" });
        let router = Router::new().route("/slow", slow).route("/quick", quick).layer(terms);
        let path = if terms.deadline.is_some() { "/slow" } else { "/quick" };
        let request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
        router.oneshot(request).await.unwrap()
    }

    #[tokio::test]
    async fn who_waits_too_long_is_told_to_come_back() {
        let late = ask(Terms::within(Duration::from_millis(5)).open(), Method::GET).await;
        assert_eq!(late.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(late.extensions().get::<Refused>().is_some());
        assert_eq!(late.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
    }

    #[tokio::test]
    async fn a_preflight_is_answered_for_open_routes_alone() {
        let open = ask(Terms::default().open(), Method::OPTIONS).await;
        assert_eq!(open.status(), StatusCode::OK);
        assert_eq!(open.headers()[header::ACCESS_CONTROL_MAX_AGE], "86400");
        let read = ask(Terms::default().open(), Method::GET).await;
        assert_eq!(read.headers()[header::ACCESS_CONTROL_EXPOSE_HEADERS], "etag,date");
        let closed = ask(Terms::default(), Method::OPTIONS).await;
        assert_eq!(closed.status(), StatusCode::METHOD_NOT_ALLOWED);
        assert!(closed.headers().get(header::ACCESS_CONTROL_ALLOW_ORIGIN).is_none());
    }
}
