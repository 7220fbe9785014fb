//! Room for thousands of sockets in this process and its children.

use std::{
    env,
    io::{Error, Result},
    os::unix::process::CommandExt,
    process::Command,
};

/// Sockets of the readers, and some for everything else.
const FILES: u64 = 12_000;

/// Starts this program again with more file handles where there are too few: raising one's own
/// limit takes a call that safe Rust does not have, a shell has it built in.
pub(crate) fn enough_files() -> Result<()> {
    if files()? >= FILES {
        return Ok(());
    }
    if env::var_os("BILAN_LIMIT_RAISED").is_some() {
        return Err(Error::other(format!(
            "the benchmark needs {FILES} file handles; raise the hard limit (ulimit -Hn {FILES}) and start it again"
        )));
    }
    let script = format!("ulimit -n {FILES} 2>/dev/null; exec \"$0\" \"$@\"");
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(script).arg(env::current_exe()?).args(env::args_os().skip(1));
    Err(shell.env("BILAN_LIMIT_RAISED", "1").exec())
}

/// The soft limit on open files.
fn files() -> Result<u64> {
    let limits = std::fs::read_to_string("/proc/self/limits")?;
    let line = limits.lines().find(|line| line.starts_with("Max open files"));
    let soft = line.and_then(|line| line.split_whitespace().nth(3));
    Ok(match soft {
        Some("unlimited") => u64::MAX,
        Some(soft) => soft.parse().unwrap_or(0),
        None => 0,
    })
}
