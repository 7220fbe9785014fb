//! The accept loop: a deadline for each request's head, a limit on connections, a graceful end.

use std::{convert::Infallible, future::Future, net::SocketAddr, sync::Arc, time::Duration};

use axum::{body::Body, extract::Request};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{net::TcpListener, sync::Semaphore};

use crate::{
    config::Network,
    edge::Edge,
    patience::Patient,
    shares::{Share, Shares},
};

/// Pause after the operating system refuses a connection (out of file handles).
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// The other end of a connection; a reverse proxy, where there is one.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

/// What a client may take of us.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Open connections.
    pub connections: usize,
    /// Those of one client; further ones are closed at once.
    pub per_client: usize,
    /// Reverse proxies: each stands for many clients and is not counted as one.
    pub proxies: Vec<Network>,
    /// Time that a client may leave what is sent to it untaken.
    pub write: Duration,
    /// Time for a request's head, and for an idle connection.
    pub head: Duration,
    /// Time for open requests once `shutdown` has resolved.
    pub shutdown: Duration,
}

/// Serves what is behind `edge` until `shutdown` resolves, then lets open requests finish.
pub async fn serve(
    listener: TcpListener,
    edge: Edge,
    limits: Limits,
    shutdown: impl Future<Output = ()>,
) {
    let graceful = GracefulShutdown::new();
    let shares = Shares::of(limits.per_client);
    let permits = Arc::new(Semaphore::new(limits.connections));
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(limits.head).max_buf_size(64 * 1024);
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let next = async {
            let permit = permits.clone().acquire_owned().await;
            (permit, listener.accept().await)
        };
        let (permit, accepted) = tokio::select! {
            next = next => next,
            () = &mut shutdown => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "cannot accept a connection");
                tokio::time::sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        let Some(share) = share(&shares, &limits, peer) else { continue };
        let _ = stream.set_nodelay(true);
        let stream = Patient::new(stream, limits.write);
        let edge = edge.clone();
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(Peer(peer));
            let edge = edge.clone();
            async move { Ok::<_, Infallible>(edge.answer(request.map(Body::new)).await) }
        });
        let connection = graceful.watch(builder.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // A broken connection is the client's affair.
            let _ = connection.await;
            drop((permit, share));
        });
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(limits.shutdown) => tracing::warn!("closing requests that did not finish in time"),
    }
}

/// A place for the connection of `peer`, if it may have one more.
fn share(shares: &Shares, limits: &Limits, peer: SocketAddr) -> Option<Share> {
    if limits.proxies.iter().any(|proxy| proxy.contains(peer.ip())) {
        return Some(shares.uncounted());
    }
    shares.take(peer.ip())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_has_a_share_of_the_connections_and_a_proxy_all() {
        let limits = Limits {
            connections: 10,
            per_client: 1,
            proxies: vec!["10.88.0.0/16".parse().unwrap()],
            write: Duration::from_secs(1),
            head: Duration::from_secs(1),
            shutdown: Duration::from_secs(1),
        };
        let shares = Shares::of(limits.per_client);
        let [client, again, other, proxy] =
            ["192.0.2.1:1", "192.0.2.1:2", "192.0.2.2:1", "10.88.0.7:1"]
                .map(|peer| peer.parse().unwrap());
        let held = share(&shares, &limits, client).unwrap();
        assert!(share(&shares, &limits, again).is_none());
        assert!(share(&shares, &limits, other).is_some());
        let many: Vec<_> = (0..5).map(|_| share(&shares, &limits, proxy).unwrap()).collect();
        drop((held, many));
        assert!(share(&shares, &limits, again).is_some());
    }
}
