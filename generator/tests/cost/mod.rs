//! What a piece of work costs: the CPU time that it takes, which other processes do not change.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use cpu_time::ProcessTime;

/// Far more than any measured work takes, and far less than it took where its cost was not linear.
const LIMIT: Duration = Duration::from_secs(20);

/// Held while something is measured. Rendering has threads of its own, so that only the time of the
/// whole process is what it takes, and other tests must not add to it.
static MEASURED: Mutex<()> = Mutex::new(());

/// Does something, and fails if it takes longer than the limit.
pub(crate) fn limited<T>(work: impl FnOnce() -> T) -> T {
    // A test that failed has measured nothing that others rely on.
    let _alone = MEASURED.lock().unwrap_or_else(PoisonError::into_inner);
    let start = ProcessTime::now();
    let result = work();
    let taken = start.elapsed();
    assert!(taken < LIMIT, "took {taken:?}");
    result
}
