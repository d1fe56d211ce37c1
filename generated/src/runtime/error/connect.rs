//! Failed connections, with the server and the cause.

use std::error::Error as StdError;
use std::fmt;
use std::io::{self, ErrorKind};
use std::iter;

use http::Uri;

use super::api::Truncated;
use crate::runtime::transport::TransportError;

/// An error returned if the connection failed or was lost.
///
/// Its message names the host, and the cause if it is known: a refused connection, a host name that
/// cannot be resolved, or a failure of TLS.
#[derive(Debug)]
pub struct ConnectError(Box<Failure>);

/// The content of a [`ConnectError`], in a box so that results stay small.
#[derive(Debug)]
struct Failure {
    message: &'static str,
    host: Option<String>,
    source: Option<TransportError>,
    retries: u32,
}

impl ConnectError {
    pub(crate) fn new(message: &'static str, source: Option<TransportError>, retries: u32) -> Self {
        Self(Box::new(Failure {
            message,
            host: None,
            source,
            retries,
        }))
    }

    /// Names the host that the request was sent to.
    pub(crate) fn with_host(mut self, uri: &Uri) -> Self {
        self.0.host = host(uri);
        self
    }

    /// Returns the number of retries that were made.
    #[must_use]
    pub fn retries(&self) -> u32 {
        self.0.retries
    }
}

/// Returns the host and the port of a URL, without a username or a password.
pub(crate) fn host(uri: &Uri) -> Option<String> {
    let host = uri.host()?;
    Some(match uri.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    })
}

impl fmt::Display for ConnectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.message)?;
        if let Some(host) = &self.0.host {
            write!(f, " ({host})")?;
        }
        match &self.0.source {
            Some(source) => write!(f, ": {}", Cause(source)),
            None => Ok(()),
        }
    }
}

impl StdError for ConnectError {
    /// Returns the transport's error, with the operating system's error as its source.
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_ref().map(|source| source as _)
    }
}

/// The cause of a transport's error. HTTP clients have no types for most causes, so their texts are
/// compared.
struct Cause<'a>(&'a TransportError);

impl fmt::Display for Cause<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first: &(dyn StdError + 'static) = self.0;
        let chain = || iter::successors(Some(first), next_source);
        if let Some(text) = chain().find_map(name_known_cause) {
            return f.write_str(text);
        }
        let last = chain().last().unwrap_or(first).to_string();
        let is_tls = chain().any(|error| mentions_tls(&error.to_string()));
        let prefix = if is_tls { "TLS failed: " } else { "" };
        write!(f, "{prefix}{}", Truncated(&last))
    }
}

fn next_source<'a>(error: &&'a (dyn StdError + 'static)) -> Option<&'a (dyn StdError + 'static)> {
    (*error).source()
}

/// Returns the description of an error that is known by its type or text.
fn name_known_cause(error: &(dyn StdError + 'static)) -> Option<&'static str> {
    let kind = error.downcast_ref().map(io::Error::kind);
    let text = error.to_string();
    Some(match kind {
        Some(ErrorKind::ConnectionRefused) => "the connection was refused",
        Some(ErrorKind::ConnectionReset) => "the connection was reset",
        Some(ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable) => {
            "the host is unreachable"
        }
        _ if text.contains("dns error") || text.contains("failed to lookup address") => {
            "the host name could not be resolved (DNS)"
        }
        _ if text.contains("scheme is not http") => {
            "no TLS is compiled in; enable the feature `rustls` or `native-tls`"
        }
        _ => return None,
    })
}

fn mentions_tls(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let words = [
        "certificate",
        "corrupt message",
        "fatal alert",
        "handshake",
        "ssl",
        "tls",
    ];
    words.iter().any(|word| text.contains(word))
}
