//! Computing that takes longer than other requests should wait for.

use tokio::task::spawn_blocking;

use crate::{app::App, problem::Problem};

/// What `job` returns, computed beside the threads that answer; as many at once as there are
/// processors, the others wait their turn.
pub(crate) async fn work<T: Send + 'static>(
    app: &App,
    job: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    let turn = app.workers.clone().acquire_owned().await.map_err(Problem::internal)?;
    let computed = spawn_blocking(move || {
        // Given back when the job ends, even if nobody waits for it any more.
        let _turn = turn;
        job()
    });
    computed.await.map_err(Problem::internal)
}

/// One for each processor.
pub(crate) fn workers() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
