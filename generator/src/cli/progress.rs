//! A line on standard error that shows the phase of a long run.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use super::verbosity::Verbosity;
use crate::pipeline::{Phase, Progress};

/// Time after which the first line appears. Shorter runs show nothing.
const DELAY: Duration = Duration::from_millis(700);

/// Time between two looks at the phase.
const INTERVAL: Duration = Duration::from_millis(120);

/// The pictures of the spinner.
const SPINNER: [char; 4] = ['|', '/', '-', '\\'];

/// Runs work, and shows its phase on standard error if it takes long.
///
/// On a terminal, one line changes and disappears at the end. Otherwise each phase is a line.
pub(super) fn show_phases<T>(
    progress: &Progress,
    verbosity: Verbosity,
    work: impl FnOnce() -> T,
) -> T {
    if verbosity == Verbosity::Quiet {
        return work();
    }
    thread::scope(|scope| {
        // The thread ends when `stop` is dropped, also by a panic.
        let (stop, stopped) = mpsc::channel::<()>();
        let progress = progress.clone();
        scope.spawn(move || PhaseLine::default().follow(&progress, &stopped));
        let result = work();
        drop(stop);
        result
    })
}

/// The line of the current phase.
#[derive(Default)]
struct PhaseLine {
    shown: Option<Phase>,
    ticks: usize,
}

impl PhaseLine {
    fn follow(mut self, progress: &Progress, stopped: &Receiver<()>) {
        let is_terminal = io::stderr().is_terminal();
        let mut wait = DELAY;
        while stopped.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
            wait = INTERVAL;
            let text = self.next_text(progress.phase(), is_terminal);
            // Progress is not worth an error.
            let _ = io::stderr().write_all(text.as_bytes());
        }
        if is_terminal && self.shown.is_some() {
            let _ = io::stderr().write_all(b"\r\x1b[2K");
        }
    }

    /// Returns the text that shows a phase.
    fn next_text(&mut self, phase: Phase, is_terminal: bool) -> String {
        let is_new = self.shown.replace(phase) != Some(phase);
        let tick = self.ticks % SPINNER.len();
        self.ticks += 1;
        let picture = SPINNER.get(tick).copied().unwrap_or_default();
        match (is_terminal, is_new) {
            (true, _) => format!("\r\x1b[2K{picture} {} ...", phase.describe()),
            (false, true) => format!("{} ...\n", phase.describe()),
            (false, false) => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Phase, PhaseLine};

    #[test]
    fn a_terminal_has_one_line_and_a_log_one_for_each_phase() {
        let mut line = PhaseLine::default();
        assert_eq!(
            line.next_text(Phase::Load, false),
            "reading the description ...\n"
        );
        assert_eq!(line.next_text(Phase::Load, false), "");
        assert_eq!(line.next_text(Phase::Plan, false), "choosing names ...\n");
        let mut line = PhaseLine::default();
        let first = line.next_text(Phase::Load, true);
        assert_eq!(first, "\r\u{1b}[2K| reading the description ...");
        assert!(
            line.next_text(Phase::Load, true)
                .starts_with("\r\u{1b}[2K/")
        );
    }
}
