//! URLs of documents, and their origins.

use std::fmt;

use crate::source::uri;

/// The scheme of all URLs that are fetched.
const SCHEME: &str = "https://";

/// An https URL without a fragment.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Url(String);

impl Url {
    /// Parses an absolute URL.
    ///
    /// # Errors
    ///
    /// A clause that says why the URL is not fetched.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.split('#').next().unwrap_or_default();
        let Some((scheme, rest)) = text.split_at_checked(SCHEME.len()) else {
            return Err(format!("`{text}` is not an https URL"));
        };
        if !scheme.eq_ignore_ascii_case(SCHEME) {
            return Err(format!("`{text}` is not an https URL"));
        }
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (host, path) = rest.split_at(end);
        if host.contains('@') {
            // Not the URL, which has a password.
            return Err("a URL must not contain credentials".to_owned());
        }
        if Authority::parse(host).is_none() || text.contains(is_forbidden) {
            return Err(format!("`{text}` is not a valid URL"));
        }
        let slash = if path.starts_with('/') { "" } else { "/" };
        Ok(Self(format!(
            "{SCHEME}{}{slash}{path}",
            host.to_ascii_lowercase()
        )))
    }

    /// Resolves a reference against this URL.
    pub(crate) fn join(&self, reference: &str) -> Result<Self, String> {
        Self::parse(&uri::resolve(reference, &self.0))
    }

    /// The URL as a text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the origin ([RFC 6454](https://www.rfc-editor.org/rfc/rfc6454#section-4)).
    #[must_use]
    pub fn origin(&self) -> Origin {
        let rest = self.0.get(SCHEME.len()..).unwrap_or_default();
        let end = rest.find('/').unwrap_or(rest.len());
        let host = rest.get(..end).unwrap_or_default();
        Origin(Authority::parse(host).unwrap_or_default())
    }

    /// Returns the last segment of the path without its extension.
    pub(crate) fn stem(&self) -> &str {
        let path = self.0.split('?').next().unwrap_or_default();
        let name = path.rsplit('/').next().unwrap_or_default();
        name.split('.').next().unwrap_or_default()
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a character cannot stand in a URL.
fn is_forbidden(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\\' | '"' | '<' | '>' | '`')
}

/// The origin of a URL: its host and port. The scheme is https.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin(Authority);

impl Origin {
    /// Parses an origin, such as `https://api.example.com`.
    ///
    /// # Errors
    ///
    /// A clause that says why the text is not an origin.
    pub fn parse(text: &str) -> Result<Self, String> {
        let url = Url::parse(text)?;
        let origin = url.origin();
        match url
            .as_str()
            .get(SCHEME.len()..)
            .and_then(|rest| rest.split_once('/'))
        {
            Some((_, "")) => Ok(origin),
            _ => Err(format!("an origin has no path; write `{origin}`")),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{SCHEME}{}", self.0.host)?;
        match self.0.port {
            HTTPS_PORT => Ok(()),
            port => write!(f, ":{port}"),
        }
    }
}

/// The default port of https.
const HTTPS_PORT: u16 = 443;

/// The host and the port of a URL.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Authority {
    host: String,
    port: u16,
}

impl Authority {
    fn parse(text: &str) -> Option<Self> {
        let (host, port) = match text.rsplit_once(':') {
            // The colons of an address of IPv6 stand in brackets.
            Some((host, port)) if !port.contains(']') => (host, port.parse().ok()?),
            _ => (text, HTTPS_PORT),
        };
        let is_host = |c: char| c.is_ascii_alphanumeric() || "-._~[]:%".contains(c);
        let is_valid = !host.is_empty() && host.chars().all(is_host);
        is_valid.then(|| Self {
            host: host.to_ascii_lowercase(),
            port,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Origin, Url};

    #[test]
    fn only_https_urls_without_credentials_are_parsed() {
        for (text, expected) in [
            (
                "https://API.example.com/V1/a.yaml#/x",
                Some("https://api.example.com/V1/a.yaml"),
            ),
            ("HTTPS://a.example", Some("https://a.example/")),
            ("https://a.example?v=1", Some("https://a.example/?v=1")),
            ("https://[::1]:8443/a", Some("https://[::1]:8443/a")),
            ("http://a.example/", None),
            ("file:///etc/passwd", None),
            ("https://user:secret@a.example/", None),
            ("https:///a", None),
            ("https://a b/", None),
            ("https://a.example/a b", None),
            ("https://a.example\\@b.example/", None),
            ("https://a.example:x/", None),
            ("https", None),
        ] {
            let url = Url::parse(text).ok();
            assert_eq!(url.as_ref().map(Url::as_str), expected, "{text}");
        }
    }

    #[test]
    fn a_message_never_repeats_a_password() {
        let error = Url::parse("https://user:secret@a.example/").expect_err("an error");
        assert!(!error.contains("secret"), "{error}");
    }

    #[test]
    fn origins_are_hosts_with_ports() {
        let origin = |text: &str| Url::parse(text).expect(text).origin();
        assert_eq!(
            origin("https://A.example/x"),
            origin("https://a.example:443/y")
        );
        assert_ne!(
            origin("https://a.example/"),
            origin("https://a.example:8443/")
        );
        assert_ne!(origin("https://a.example/"), origin("https://b.a.example/"));
        assert_eq!(
            Origin::parse("https://a.example"),
            Ok(origin("https://a.example/x"))
        );
        assert!(Origin::parse("https://a.example/x").is_err());
        assert!(Origin::parse("a.example").is_err());
        assert_eq!(
            origin("https://[::1]:8443/a").to_string(),
            "https://[::1]:8443"
        );
        assert_eq!(
            origin("https://a.example:443/a").to_string(),
            "https://a.example"
        );
    }
}
