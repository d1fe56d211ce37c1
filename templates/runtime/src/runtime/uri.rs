//! Base URLs, and the URLs of calls.

use http::Uri;
use url::Url;

use crate::runtime::error::{BuildError, ConfigError};
use crate::runtime::query::{self, Pair};

/// A base URL, to which paths are appended.
#[derive(Debug, Clone)]
pub(crate) struct BaseUrl {
    /// The URL without a trailing slash, a query or a fragment.
    text: String,
    query: Vec<Pair>,
}

impl BaseUrl {
    /// Parses a base URL. A URL with a username or a password is rejected, because URLs appear in
    /// logs.
    pub(crate) fn parse(text: &str) -> Result<Self, ConfigError> {
        let wrong = |why: &str| Err(ConfigError::new(format!("the base URL {why}")));
        let Ok(mut url) = Url::parse(text.trim()) else {
            return wrong("must be an absolute URL, such as `https://api.example.com`");
        };
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
            return wrong("must start with `https://` or `http://` and name a host");
        }
        if !url.username().is_empty() || url.password().is_some() {
            return wrong(
                "must not contain a username or password; use the client's options for credentials",
            );
        }
        let query = url
            .query()
            .map(|query| query::literal(query).collect())
            .unwrap_or_default();
        url.set_query(None);
        url.set_fragment(None);
        Ok(Self {
            text: url.as_str().trim_end_matches('/').to_owned(),
            query,
        })
    }

    /// Returns the text of the URL.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the path of a URL without the path of this base URL, if the URL is below it.
    #[cfg(feature = "mock")]
    pub(crate) fn own_path(&self, uri: &Uri) -> String {
        let url = uri.to_string();
        let url = url.split('?').next().unwrap_or_default();
        match url.strip_prefix(&self.text) {
            Some(own) if own.is_empty() || own.starts_with('/') => own.to_owned(),
            _ => uri.path().to_owned(),
        }
    }

    /// Returns the URL of a call. Each list of query parameters overrides parameters of the same
    /// name in the lists before it.
    pub(crate) fn join(&self, path: &str, queries: &[&[Pair]]) -> Result<Uri, BuildError> {
        let mut url = String::with_capacity(self.text.len() + path.len() + 64);
        url.push_str(&self.text);
        url.push_str(path);
        let mut separator = '?';
        let mut write = |layer: &[Pair], above: &[&[Pair]]| {
            let sent = layer.iter().filter(|pair| !pair.text.is_empty());
            for pair in sent.filter(|pair| !contains_name(above, &pair.name)) {
                url.push(separator);
                url.push_str(&pair.text);
                separator = '&';
            }
        };
        write(&self.query, queries);
        let mut rest = queries;
        while let Some((layer, above)) = rest.split_first() {
            write(layer, above);
            rest = above;
        }
        Uri::try_from(url)
            .map_err(|_| BuildError::new("the URL of the call is too long or malformed"))
    }
}

/// Returns a URL outside of the API, with more query parameters. Its own query is not changed, because
/// it may be signed.
pub(crate) fn external(url: &str, query: &[Pair]) -> Result<Uri, BuildError> {
    let wrong =
        || BuildError::new("expected an absolute URL that starts with `https://` or `http://`");
    let mut url = Url::parse(url).map_err(|_| wrong())?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err(wrong());
    }
    url.set_fragment(None);
    let mut text = String::from(url);
    for pair in query.iter().filter(|pair| !pair.text.is_empty()) {
        text.push(if text.contains('?') { '&' } else { '?' });
        text.push_str(&pair.text);
    }
    Uri::try_from(text).map_err(|_| wrong())
}

/// Returns `true` if one of these lists has a parameter of this name.
fn contains_name(layers: &[&[Pair]], name: &str) -> bool {
    layers
        .iter()
        .any(|layer| layer.iter().any(|pair| pair.name == name))
}
