//! Memory and open files of this process, if the system reports them.

use std::fs;
use std::time::Duration;

use tokio::time::sleep;

/// Resident memory of the process, in mebibytes.
pub(crate) fn resident_mebibytes() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    let kibibytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kibibytes / 1024)
}

/// Number of open files and connections of the process.
pub(crate) fn open_descriptors() -> Option<usize> {
    Some(fs::read_dir("/proc/self/fd").ok()?.count())
}

/// Waits until the process has no more descriptors open than before. The tasks that close
/// connections may be a moment late.
pub(crate) async fn wait_for_descriptors(before: Option<usize>) {
    for _ in 0..500 {
        if open_descriptors() <= before {
            return;
        }
        sleep(Duration::from_millis(10)).await;
    }
    panic!("{before:?} descriptors became {:?}", open_descriptors());
}
