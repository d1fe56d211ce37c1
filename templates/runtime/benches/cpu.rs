//! CPU time of a thread, for benchmarks whose wall-clock time depends on the kernel or on other work
//! of the machine.

use std::time::{Duration, Instant};

/// User and system time of this thread so far. `None` if the system does not report it.
fn read_time() -> Option<Duration> {
    #[cfg(target_os = "linux")]
    {
        use rustix::time::{ClockId, clock_gettime};

        Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).ok()
    }
    #[cfg(not(target_os = "linux"))]
    None
}

/// Measures the CPU time of some work on this thread, or its duration if the system does not report
/// CPU time.
pub fn measure(work: impl FnOnce()) -> Duration {
    let (start, since) = (Instant::now(), read_time());
    work();
    match (since, read_time()) {
        (Some(since), Some(now)) => now - since,
        _ => start.elapsed(),
    }
}

/// Keeps this thread, and the threads that it starts later, on one processor. Otherwise the kernel
/// decides whether two threads that communicate share one, which changes the cost of a call by a
/// factor of two.
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
