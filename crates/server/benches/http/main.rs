//! What a reader waits for, over real sockets: the rate of a cached answer against a bare axum
//! handler in the same run, and live events to 5,000 readers.
//!
//! Server, bare handler and readers are processes of their own, so that memory and time are told
//! apart. Two minutes at most.
#![expect(clippy::print_stdout, reason = "the figures are the output")]

mod bare;
mod fan_out;
mod limit;
mod portal;
mod process;
mod rate;
mod table;

use anyhow::Result;
use tokio::runtime::Builder;

use portal::Portal;
use table::Table;

fn main() -> Result<()> {
    if let Some(body) = bare::asked_for() {
        return Builder::new_multi_thread().enable_all().build()?.block_on(bare::serve(body));
    }
    limit::enough_files()?;
    let mut table = Table::default();
    // One thread: the others are the server's.
    let runtime = Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let portal = Portal::start().await?;
        rate::measure(&portal, &mut table).await?;
        fan_out::measure(&portal, &mut table).await
    })?;
    table.print();
    Ok(())
}
