//! How far a body has come.

use std::fmt;
use std::sync::Arc;

/// How far a body has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// The bytes so far.
    pub bytes: u64,
    /// All bytes, where their number is known.
    pub total: Option<u64>,
}

/// What is called with the progress of a body.
pub(crate) type Hook = Arc<dyn Fn(Progress) + Send + Sync>;

/// Counts bytes, and tells how many there were.
#[derive(Clone)]
pub(crate) struct Meter {
    progress: Progress,
    hook: Option<Hook>,
}

impl Meter {
    #[inline]
    pub(crate) fn new(total: Option<u64>) -> Self {
        Self {
            progress: Progress { bytes: 0, total },
            hook: None,
        }
    }

    /// The same, which tells this.
    #[inline]
    pub(crate) fn told_to(self, hook: Option<Hook>) -> Self {
        Self { hook, ..self }
    }

    pub(crate) fn on_progress(&mut self, call: impl Fn(Progress) + Send + Sync + 'static) {
        self.hook = Some(Arc::new(call));
    }

    #[inline]
    pub(crate) fn add(&mut self, bytes: usize) {
        self.progress.bytes = self.progress.bytes.saturating_add(bytes as u64);
        if let Some(hook) = &self.hook {
            hook(self.progress);
        }
    }

    /// The bytes so far.
    #[inline]
    pub(crate) fn done(&self) -> u64 {
        self.progress.bytes
    }
}

impl fmt::Debug for Meter {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.progress.fmt(f)
    }
}
