//! What the process uses, where the system tells.

use std::fs;
use std::time::Duration;

use tokio::time::sleep;

/// The memory that the process has, in mebibytes.
pub(crate) fn resident() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    let kibibytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kibibytes / 1024)
}

/// How many files and connections the process has open.
pub(crate) fn descriptors() -> Option<usize> {
    Some(fs::read_dir("/proc/self/fd").ok()?.count())
}

/// Waits until the process has no more of them open than before; connections are closed by
/// tasks that may be a moment late.
pub(crate) async fn settles(before: Option<usize>) {
    for _ in 0..500 {
        if descriptors() <= before {
            return;
        }
        sleep(Duration::from_millis(10)).await;
    }
    panic!("{before:?} descriptors became {:?}", descriptors());
}
