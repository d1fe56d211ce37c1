//! Validation of header names and values.
//!
//! The error for an invalid value contains only the header's name, because the value may be a
//! secret.

use http::header::{HeaderName, HeaderValue};

use crate::runtime::error::BuildError;

/// Parses a header name.
pub(crate) fn name(text: &str) -> Result<HeaderName, BuildError> {
    HeaderName::from_bytes(text.as_bytes()).map_err(|_| {
        BuildError::new(format!(
            "`{}` is not a valid header name",
            text.escape_debug()
        ))
    })
}

/// Creates a header value. If the name suggests a credential, `Debug` output hides the value.
pub(crate) fn value(name: &HeaderName, text: &str) -> Result<HeaderValue, BuildError> {
    const SOUNDS: [&str; 6] = ["auth", "cookie", "key", "token", "secret", "password"];

    let mut value = checked(name, text)?;
    value.set_sensitive(SOUNDS.iter().any(|word| name.as_str().contains(word)));
    Ok(value)
}

/// Creates a header value that `Debug` output hides.
pub(crate) fn secret(name: &HeaderName, text: &str) -> Result<HeaderValue, BuildError> {
    let mut value = checked(name, text)?;
    value.set_sensitive(true);
    Ok(value)
}

fn checked(name: &HeaderName, text: &str) -> Result<HeaderValue, BuildError> {
    HeaderValue::from_bytes(text.as_bytes()).map_err(|_| {
        BuildError::new(format!(
            "the value of the header `{name}` contains invalid characters"
        ))
    })
}
