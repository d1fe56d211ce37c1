//! The headers of every call.

use http::header::{HeaderMap, HeaderName, HeaderValue, USER_AGENT};

use super::{ClientBuilder, resolve};
use crate::runtime::error::{BuildError, ConfigError};
use crate::runtime::header;

/// Returns the headers that the SDK itself sends: `User-Agent`, and those of the API.
#[inline]
pub(super) fn own_headers(builder: &ClientBuilder) -> Result<HeaderMap, ConfigError> {
    let api = builder.api;
    let mut headers = HeaderMap::new();
    let agent = header::value(&USER_AGENT, &format!("{}/Rust {}", api.name, api.version))
        .map_err(resolve::option)?;
    headers.insert(USER_AGENT, agent);
    for (name, value) in api.headers {
        let (name, value) = checked(name, value).map_err(resolve::option)?;
        headers.insert(name, value);
    }
    Ok(headers)
}

/// Collects the headers of every call. The builder's headers override those of the environment,
/// which override those of options.
#[inline]
pub(super) fn headers(
    builder: &ClientBuilder,
    mut headers: HeaderMap,
) -> Result<HeaderMap, ConfigError> {
    let lines = resolve::prefixed(builder, "CUSTOM_HEADERS").unwrap_or_default();
    for (name, value) in lines.lines().filter_map(|line| line.split_once(':')) {
        let (name, value) = checked(name.trim(), value.trim()).map_err(|error| {
            ConfigError::new(format!(
                "{}_CUSTOM_HEADERS: {error}",
                builder.api.env_prefix
            ))
        })?;
        headers.insert(name, value);
    }
    for (name, value) in &builder.headers {
        let (name, value) = checked(name, value).map_err(resolve::option)?;
        headers.insert(name, value);
    }
    Ok(headers)
}

/// Checks the name and the value of a header.
#[inline]
pub(super) fn checked(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), BuildError> {
    let name = header::name(name)?;
    let value = header::value(&name, value)?;
    Ok((name, value))
}
