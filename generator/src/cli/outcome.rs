//! The result of a command, which decides its exit status.

/// The result of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The command did its work, and no check failed.
    Good,
    /// The input has errors, the result cannot be written, or a check failed.
    Bad,
}
