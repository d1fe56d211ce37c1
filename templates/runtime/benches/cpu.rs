//! The CPU time of a thread, for benchmarks whose wall-clock time is mostly the kernel's or the
//! machine's other work.

use std::time::{Duration, Instant};

/// The CPU time, user and system, that this thread has used so far; `None` where it is not known.
fn time() -> Option<Duration> {
    #[cfg(target_os = "linux")]
    {
        use rustix::time::{ClockId, clock_gettime};

        Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).ok()
    }
    #[cfg(not(target_os = "linux"))]
    None
}

/// How long this thread works on something: its CPU time, or the time that passes where the system
/// does not tell.
pub fn of(work: impl FnOnce()) -> Duration {
    let (start, since) = (Instant::now(), time());
    work();
    match (since, time()) {
        (Some(since), Some(now)) => now - since,
        _ => start.elapsed(),
    }
}

/// Keeps this thread, and those that it starts from now on, on one processor. Otherwise the kernel
/// decides for each pair of threads that talk whether they share one, which doubles the cost of a
/// call or halves it.
pub fn stay_on_one_processor() {
    #[cfg(target_os = "linux")]
    {
        use rustix::thread::{CpuSet, sched_setaffinity};

        let mut first = CpuSet::new();
        first.set(0);
        if sched_setaffinity(None, &first).is_err() {
            println!("the processor cannot be chosen here: the figures vary");
        }
    }
}
