//! What the operating system says of this process.

use std::{fs, time::Duration};

/// Bytes this process has sent to storage so far; 0 where the system does not count them.
pub(crate) fn bytes_written() -> u64 {
    number_after("/proc/self/io", "write_bytes:")
}

/// Resident memory in bytes; 0 where the system does not say.
pub(crate) fn resident() -> u64 {
    number_after("/proc/self/status", "VmRSS:") * 1_024
}

fn number_after(path: &str, name: &str) -> u64 {
    let text = fs::read_to_string(path).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
    line.split_whitespace().next().and_then(|word| word.parse().ok()).unwrap_or(0)
}

/// The time that `part` (of 100) of `times` stay below.
pub(crate) fn percentile(times: &mut [Duration], part: usize) -> Duration {
    times.sort_unstable();
    times[(times.len() - 1) * part / 100]
}

/// Milliseconds with three decimals.
pub(crate) fn ms(time: Duration) -> String {
    format!("{:.3} ms", time.as_secs_f64() * 1e3)
}
