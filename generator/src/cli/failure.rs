//! Errors that have no position in a file, on standard error.

use std::fmt::Display;
use std::io::{self, Write};

use super::outcome::Outcome;
use crate::output::WriteError;

/// Prints why a command cannot run.
pub(super) fn print_error(message: &str, err: &mut dyn Write) -> io::Result<Outcome> {
    writeln!(err, "error: {message}").map(|()| Outcome::Bad)
}

/// Prints an error, and what to do about it.
pub(super) fn print_failure(
    error: &dyn Display,
    help: Option<&str>,
    err: &mut dyn Write,
) -> io::Result<Outcome> {
    writeln!(err, "error: {error}")?;
    if let Some(help) = help {
        writeln!(err, "  help: {help}")?;
    }
    Ok(Outcome::Bad)
}

/// Prints why a file cannot be written, and what to do.
pub(super) fn print_write_error(error: &WriteError, err: &mut dyn Write) -> io::Result<Outcome> {
    print_failure(error, error.help().as_deref(), err)
}
