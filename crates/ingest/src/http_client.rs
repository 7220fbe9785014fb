//! Requests to other servers: TLS by rustls, its arithmetic by ring.

use reqwest::{Client, ClientBuilder};
use rustls::crypto::ring;

/// An HTTP client to be completed: no proxy of the environment, certificates verified against the
/// operating system's roots.
///
/// The arithmetic of TLS is chosen here, once per process and before the first client, because
/// reqwest's own choice (aws-lc) is minutes of C to compile.
pub fn http_client() -> ClientBuilder {
    // Another choice may already stand; it is then the process's own.
    let _ = ring::default_provider().install_default();
    Client::builder().no_proxy()
}

#[cfg(test)]
mod tests {
    use super::http_client;

    #[test]
    fn a_client_starts_without_any_other_preparation() {
        assert!(http_client().build().is_ok());
        assert!(http_client().build().is_ok(), "and again");
    }
}
