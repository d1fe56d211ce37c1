//! Base URLs, and the URLs of calls.

use http::Uri;
use url::Url;

use crate::runtime::error::{BuildError, ConfigError};
use crate::runtime::query::{self, Pair};

/// The URL that all paths are appended to.
#[derive(Debug, Clone)]
pub(crate) struct BaseUrl {
    /// Without a slash at the end, a query and a fragment.
    text: String,
    query: Vec<Pair>,
}

impl BaseUrl {
    /// Reads a base URL; one that holds a user's name or password is refused, because
    /// URLs end up in logs.
    pub(crate) fn parse(text: &str) -> Result<Self, ConfigError> {
        let wrong = |why: &str| Err(ConfigError::new(format!("the base URL {why}")));
        let Ok(mut url) = Url::parse(text.trim()) else {
            return wrong("is not an absolute URL, such as `https://api.example.com`");
        };
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
            return wrong("must start with `https://` or `http://` and name a host");
        }
        if !url.username().is_empty() || url.password().is_some() {
            return wrong(
                "holds a user name or password; use the client's options for credentials",
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

    /// The text of the URL.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// The path of a URL without that of this one, if it is below this one.
    #[cfg(feature = "mock")]
    pub(crate) fn own_path(&self, uri: &Uri) -> String {
        let url = uri.to_string();
        let url = url.split('?').next().unwrap_or_default();
        match url.strip_prefix(&self.text) {
            Some(own) if own.is_empty() || own.starts_with('/') => own.to_owned(),
            _ => uri.path().to_owned(),
        }
    }

    /// The URL of a call. Of the queries, each is a list that replaces parameters of the same
    /// name in those before it.
    pub(crate) fn join(&self, path: &str, queries: &[&[Pair]]) -> Result<Uri, BuildError> {
        let mut url = String::with_capacity(self.text.len() + path.len() + 64);
        url.push_str(&self.text);
        url.push_str(path);
        let mut separator = '?';
        let mut write = |layer: &[Pair], above: &[&[Pair]]| {
            let sent = layer.iter().filter(|pair| !pair.text.is_empty());
            for pair in sent.filter(|pair| !names(above, &pair.name)) {
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

/// Whether one of these layers has a parameter of this name.
fn names(layers: &[&[Pair]], name: &str) -> bool {
    layers
        .iter()
        .any(|layer| layer.iter().any(|pair| pair.name == name))
}
