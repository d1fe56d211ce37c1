//! Runs other programs, and measures or limits their resources.

use std::io::Read;
use std::process::{Command, ExitStatus, Stdio};
use std::time::Duration;

use anyhow::Context;
use wait4::Wait4;
pub(crate) use xtask::process::{cargo, display, read, require, run};

/// Runs a command to its end, and returns its CPU time, user and system.
///
/// The time includes the processes that it started and waited for.
///
/// # Errors
///
/// The command cannot be started, or it ends with a status other than 0.
pub(crate) fn measure(command: &mut Command) -> anyhow::Result<Duration> {
    let shown = display(command);
    let mut child = command
        .spawn()
        .with_context(|| format!("cannot start `{shown}`"))?;
    let used = child.wait4().with_context(|| format!("`{shown}`"))?;
    require(used.status, &shown)?;
    Ok(used.rusage.utime + used.rusage.stime)
}

/// Outcome and resource usage of a process.
pub(crate) struct Used {
    pub(crate) status: ExitStatus,
    /// Its standard output.
    pub(crate) output: String,
    /// Its standard error.
    pub(crate) errors: String,
    /// The CPU time that it took, user and system.
    pub(crate) cpu: Duration,
    /// The most memory that it had at a time, in mebibytes.
    pub(crate) peak: u64,
}

/// Limits of a process.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Of CPU time.
    pub(crate) seconds: u64,
    /// Of memory.
    pub(crate) mebibytes: u64,
}

/// Runs a command with limits for CPU time and memory. A command that only waits is killed after
/// ten times its CPU time. Other work on the machine does not shorten its time.
///
/// # Errors
///
/// The command cannot be started. Its own failure is a status.
pub(crate) fn run_limited(
    command: &Command,
    limits: Limits,
    stdin: Stdio,
    stdout: Stdio,
) -> anyhow::Result<Used> {
    let Limits { seconds, mebibytes } = limits;
    let shown = display(command);
    let mut limited = Command::new("timeout");
    limited.args(["--signal=KILL", &(10 * seconds).to_string(), "sh", "-c"]);
    limited.arg(format!(
        "ulimit -t {seconds}; ulimit -v {}; exec \"$0\" \"$@\"",
        mebibytes * 1024
    ));
    limited.arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        if let Some(value) = value {
            limited.env(name, value);
        }
    }
    limited.stdin(stdin).stdout(stdout).stderr(Stdio::piped());
    let mut child = limited
        .spawn()
        .with_context(|| format!("cannot start `{shown}`"))?;
    let (output, errors) = (child.stdout.take(), child.stderr.take());
    let output = output.map(|pipe| std::thread::spawn(move || text(pipe)));
    let errors = errors.map(|pipe| std::thread::spawn(move || text(pipe)));
    let used = child.wait4().with_context(|| format!("`{shown}`"))?;
    Ok(Used {
        status: used.status,
        output: output
            .and_then(|thread| thread.join().ok())
            .unwrap_or_default(),
        errors: errors
            .and_then(|thread| thread.join().ok())
            .unwrap_or_default(),
        cpu: used.rusage.utime + used.rusage.stime,
        peak: used.rusage.maxrss / (1024 * 1024),
    })
}

fn text(mut pipe: impl Read) -> String {
    let mut bytes = Vec::new();
    // Output that was read before a failure is kept.
    let _ = pipe.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}
