//! The CPU time of a piece of work, which other processes do not affect.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use cpu_time::ProcessTime;

/// Limit that is far above any measured work, and far below work whose cost is not linear.
const LIMIT: Duration = Duration::from_secs(20);

/// A lock that is held during a measurement. Rendering uses several threads, so the time of the whole
/// process is measured, and other tests must not add to it.
static MEASURED: Mutex<()> = Mutex::new(());

/// Runs a piece of work, and fails if it takes longer than the limit.
pub(crate) fn limited<T>(work: impl FnOnce() -> T) -> T {
    // A failed test leaves no state that other measurements use.
    let _alone = MEASURED.lock().unwrap_or_else(PoisonError::into_inner);
    let start = ProcessTime::now();
    let result = work();
    let taken = start.elapsed();
    assert!(taken < LIMIT, "took {taken:?}");
    result
}
