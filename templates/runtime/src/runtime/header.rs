//! Names and values of headers, checked.
//!
//! A value that cannot be sent is refused by its header's name; the value itself
//! may be a secret and is never quoted.

use http::header::{HeaderName, HeaderValue};

use crate::runtime::error::BuildError;

/// A header's name.
pub(crate) fn name(text: &str) -> Result<HeaderName, BuildError> {
    HeaderName::from_bytes(text.as_bytes()).map_err(|_| {
        BuildError::new(format!(
            "`{}` is not the name of a header",
            text.escape_debug()
        ))
    })
}

/// A header's value. If its name sounds like a credential, no `Debug` output shows it.
pub(crate) fn value(name: &HeaderName, text: &str) -> Result<HeaderValue, BuildError> {
    const SOUNDS: [&str; 6] = ["auth", "cookie", "key", "token", "secret", "password"];

    let mut value = checked(name, text)?;
    value.set_sensitive(SOUNDS.iter().any(|word| name.as_str().contains(word)));
    Ok(value)
}

/// A header's value that no `Debug` output shows.
pub(crate) fn secret(name: &HeaderName, text: &str) -> Result<HeaderValue, BuildError> {
    let mut value = checked(name, text)?;
    value.set_sensitive(true);
    Ok(value)
}

fn checked(name: &HeaderName, text: &str) -> Result<HeaderValue, BuildError> {
    HeaderValue::from_bytes(text.as_bytes()).map_err(|_| {
        BuildError::new(format!(
            "the value of the header `{name}` has characters that headers cannot carry"
        ))
    })
}
