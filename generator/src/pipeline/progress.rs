//! Progress: the phase of a run, for another thread to show.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

/// A phase of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// The document and the configuration are read.
    Load,
    /// The model is built.
    Lower,
    /// Names and files are planned.
    Plan,
    /// The files are rendered.
    Render,
    /// The files are compared with the directory and written.
    Write,
}

impl Phase {
    /// All phases, in their order.
    const ALL: [Self; 5] = [
        Self::Load,
        Self::Lower,
        Self::Plan,
        Self::Render,
        Self::Write,
    ];

    /// Returns the activity of the phase, for a line of progress.
    #[must_use]
    pub const fn describe(self) -> &'static str {
        match self {
            Self::Load => "reading the description",
            Self::Lower => "building the model",
            Self::Plan => "choosing names",
            Self::Render => "generating code",
            Self::Write => "writing files",
        }
    }
}

/// The current phase of a run. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Progress(Arc<AtomicU8>);

impl Progress {
    /// Starts a phase.
    pub fn start(&self, phase: Phase) {
        self.0.store(phase as u8, Ordering::Relaxed);
    }

    /// Returns the current phase.
    #[must_use]
    pub fn phase(&self) -> Phase {
        let index = usize::from(self.0.load(Ordering::Relaxed));
        Phase::ALL.get(index).copied().unwrap_or(Phase::Load)
    }
}
