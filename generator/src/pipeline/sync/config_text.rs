//! The text of a configuration, read.

use crate::config::{self, Config};
use crate::diagnostics::Diagnostics;

/// Reads the text of a configuration.
///
/// # Errors
///
/// The text is not a configuration.
pub(super) fn read(text: &str, diagnostics: &mut Diagnostics) -> Result<Config, Diagnostics> {
    let config = config::read_str("sdk.yaml", text, diagnostics);
    match config {
        Some((config, _)) if !diagnostics.has_errors() => Ok(config),
        _ => Err(std::mem::take(diagnostics)),
    }
}
