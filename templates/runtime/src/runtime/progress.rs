//! Progress of uploads and downloads.

use std::fmt;
use std::sync::Arc;

/// The progress of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// Number of bytes transferred so far.
    pub bytes: u64,
    /// Total number of bytes, if known.
    pub total: Option<u64>,
}

/// A callback for progress.
pub(crate) type Hook = Arc<dyn Fn(Progress) + Send + Sync>;

/// Counts bytes and reports progress.
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

    /// Sets the callback.
    #[inline]
    pub(crate) fn with_hook(self, hook: Option<Hook>) -> Self {
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

    /// Returns the number of bytes transferred so far.
    #[inline]
    pub(crate) fn transferred(&self) -> u64 {
        self.progress.bytes
    }
}

impl fmt::Debug for Meter {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.progress.fmt(f)
    }
}
