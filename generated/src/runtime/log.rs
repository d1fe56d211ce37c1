//! Log lines on standard error, for debugging without a subscriber.
//!
//! The environment variable `{PREFIX}_LOG` enables them: `info` for a line per attempt, `debug` for
//! the headers, too. Lines contain no bodies, no query values, and only those header values that
//! cannot be secrets. The feature `tracing` is independent of them.

use std::fmt::{self, Write as _};
use std::io::{self, Write as _};
use std::time::Duration;

use http::header::{self, HeaderMap, HeaderName};
use http::{StatusCode, Uri};

use crate::runtime::error::ConfigError;
use crate::runtime::redirect::Outgoing;

/// The lines that are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum LogLevel {
    Off,
    /// A line for each response, failure and retry.
    Info,
    /// Also the headers.
    Debug,
}

impl LogLevel {
    /// Parses the value of an environment variable.
    pub(crate) fn parse(variable: &str, value: Option<&str>) -> Result<Self, ConfigError> {
        match value.map(str::to_ascii_lowercase).as_deref() {
            None | Some("off" | "warn" | "error") => Ok(Self::Off),
            Some("info") => Ok(Self::Info),
            Some("debug") => Ok(Self::Debug),
            Some(other) => Err(ConfigError::new(format!(
                "invalid value `{}` of the environment variable {variable}; expected one of: off, info, debug",
                other.escape_debug()
            ))),
        }
    }

    /// Writes a line if this level includes it.
    pub(crate) fn write(self, level: Self, line: impl FnOnce() -> String) {
        if self >= level {
            // Nobody can be told that standard error is closed.
            let _ = writeln!(io::stderr().lock(), "{}", line());
        }
    }
}

/// Describes a request with its headers.
pub(crate) fn describe_request(api: &str, outgoing: &Outgoing) -> String {
    let (method, uri) = (&outgoing.method, UrlText(&outgoing.uri));
    let headers = HeaderLines(&outgoing.headers);
    format!("{api} request: {method} {uri}{headers}")
}

/// Describes a response.
pub(crate) fn describe_response(
    api: &str,
    outgoing: &Outgoing,
    status: StatusCode,
    time: Duration,
) -> String {
    let (method, uri) = (&outgoing.method, UrlText(&outgoing.uri));
    format!(
        "{api} response: {method} {uri}: {status} after {} ms",
        time.as_millis()
    )
}

/// Describes the headers of a response.
pub(crate) fn describe_headers(api: &str, headers: &HeaderMap) -> String {
    format!("{api} response headers:{}", HeaderLines(headers))
}

/// Describes an attempt without a response.
pub(crate) fn describe_failure(
    api: &str,
    outgoing: &Outgoing,
    error: &dyn std::error::Error,
) -> String {
    let (method, uri) = (&outgoing.method, UrlText(&outgoing.uri));
    format!("{api} failure: {method} {uri}: {error}")
}

/// Describes the wait before a retry.
pub(crate) fn describe_retry(api: &str, retries: u32, wait: Duration) -> String {
    format!(
        "{api} retry {} in {} ms",
        retries.saturating_add(1),
        wait.as_millis()
    )
}

/// A URL without its query values, which may be secrets.
pub(crate) struct UrlText<'a>(pub(crate) &'a Uri);

impl fmt::Display for UrlText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (uri, scheme) = (self.0, self.0.scheme_str().unwrap_or_default());
        write!(f, "{scheme}://{}", uri.host().unwrap_or_default())?;
        if let Some(port) = uri.port() {
            write!(f, ":{port}")?;
        }
        f.write_str(uri.path())?;
        let query = uri.query().unwrap_or_default();
        for (i, pair) in query.split('&').filter(|pair| !pair.is_empty()).enumerate() {
            let name = pair.split('=').next().unwrap_or_default();
            write!(f, "{}{name}=REDACTED", if i == 0 { '?' } else { '&' })?;
        }
        Ok(())
    }
}

/// Headers whose values cannot be secrets. All others are redacted.
const SHOWN_HEADERS: [HeaderName; 9] = [
    header::ACCEPT,
    header::ACCEPT_ENCODING,
    header::CONTENT_ENCODING,
    header::CONTENT_LENGTH,
    header::CONTENT_TYPE,
    header::DATE,
    header::RETRY_AFTER,
    header::SERVER,
    header::USER_AGENT,
];

/// Headers, one per line.
struct HeaderLines<'a>(&'a HeaderMap);

impl fmt::Display for HeaderLines<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, value) in self.0 {
            let is_shown = SHOWN_HEADERS.contains(name) && !value.is_sensitive();
            let text = value.to_str().ok().filter(|_| is_shown);
            f.write_char('\n')?;
            write!(f, "  {name}: {}", text.unwrap_or("REDACTED"))?;
        }
        Ok(())
    }
}
