//! Documents by URL, which are fetched only if the user allows the network.
//!
//! This module decides which URLs are fetched. It refuses other schemes than https, origins that
//! are neither the document's nor allowed, and bodies that are too large. A [`Network`] makes the
//! requests.

#[cfg(feature = "fetch")]
mod https_client;
mod url;

use std::fmt;
use std::io::Read;
use std::sync::Arc;

use super::read;
use crate::diagnostics::Code;
use crate::source::uri;

#[cfg(feature = "fetch")]
pub use self::https_client::HttpsClient;
pub use self::url::{Origin, Url};

/// Greatest number of redirects of a request.
const MAX_REDIRECTS: usize = 5;

/// The remedy for another origin.
const ALLOW: &str = "if you trust that server, allow it with `--allow-origin`, or download the document \
                     and refer to the copy";

/// A client for HTTP requests.
pub trait Network: fmt::Debug + Send + Sync {
    /// Requests a URL, and follows no redirect.
    ///
    /// # Errors
    ///
    /// A message that says why there is no response.
    fn get(&self, url: &str) -> Result<HttpResponse, String>;

    /// Returns the SHA-256 of bytes, in lower-case hexadecimal digits.
    fn hash(&self, bytes: &[u8]) -> String;
}

/// The response to a request.
pub enum HttpResponse {
    /// A success, with the body.
    Success(Box<dyn Read>),
    /// A redirect, with the value of `location`.
    Redirect(String),
    /// Another status.
    Failure(u16),
}

/// The permission to fetch documents.
#[derive(Debug, Clone)]
pub struct NetworkAccess {
    network: Arc<dyn Network>,
    allowed: Vec<Origin>,
}

/// A document that was fetched.
#[derive(Debug)]
pub(super) struct FetchedDocument {
    /// The URL after all redirects, which is the base of references.
    pub(super) url: Url,
    /// The content, decompressed.
    pub(super) bytes: Vec<u8>,
    /// The SHA-256 of the body.
    pub(super) hash: String,
}

/// The reason why a URL is not fetched.
#[derive(Debug)]
pub(super) struct FetchError {
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) help: &'static str,
}

impl FetchError {
    const fn new(message: String, help: &'static str) -> Self {
        Self {
            code: Code::FetchFailed,
            message,
            help,
        }
    }
}

impl NetworkAccess {
    /// Allows requests to the origin of the document, and to these.
    #[must_use]
    pub fn new(network: Arc<dyn Network>, allowed: Vec<Origin>) -> Self {
        Self { network, allowed }
    }

    /// Returns the options of the command line that allow the same.
    #[must_use]
    pub fn to_flags(&self) -> String {
        let origins = self.allowed.iter();
        let origins = origins.map(|origin| format!(" --allow-origin {origin}"));
        format!("--fetch{}", origins.collect::<String>())
    }

    /// Fetches a document that the user names. Redirects stay within its origin.
    pub(super) fn fetch_document(&self, url: &Url) -> Result<FetchedDocument, FetchError> {
        self.fetch(url, Some(&url.origin()))
    }

    /// Fetches a document that another one refers to. `home` is the origin of the first document,
    /// or `None` if that is not a URL.
    pub(super) fn fetch_referenced(
        &self,
        url: &Url,
        home: Option<&Origin>,
    ) -> Result<FetchedDocument, FetchError> {
        if !self.allows(&url.origin(), home) {
            let message = format!("`{url}` has another origin than the document");
            return Err(FetchError {
                code: Code::RemoteRef,
                message,
                help: ALLOW,
            });
        }
        self.fetch(url, home)
    }

    fn fetch(&self, first: &Url, home: Option<&Origin>) -> Result<FetchedDocument, FetchError> {
        const CHECK: &str =
            "check the URL and the connection, or download the document and pass the file";
        let mut url = first.clone();
        for _ in 0..=MAX_REDIRECTS {
            let failed = |why: &str| FetchError::new(format!("cannot fetch `{url}`: {why}"), CHECK);
            match self.network.get(url.as_str()) {
                Ok(HttpResponse::Success(body)) => {
                    let bytes = read::read_limited(body).map_err(|e| failed(&e.to_string()))?;
                    let bytes = bytes.ok_or_else(|| too_large(&url))?;
                    let hash = self.network.hash(&bytes);
                    let bytes = read::decompress(bytes).map_err(|e| failed(&e.to_string()))?;
                    let bytes = bytes.ok_or_else(|| too_large(&url))?;
                    return Ok(FetchedDocument { url, bytes, hash });
                }
                Ok(HttpResponse::Redirect(location)) => {
                    let next = Url::parse(&uri::resolve(&location, url.as_str()));
                    let next = next.map_err(|why| {
                        failed(&format!("the server redirects to `{location}`, and {why}"))
                    })?;
                    if !self.allows(&next.origin(), home) {
                        let message = format!(
                            "`{first}` is redirected to `{next}`, which has another origin"
                        );
                        return Err(FetchError::new(message, ALLOW));
                    }
                    url = next;
                }
                Ok(HttpResponse::Failure(status)) => {
                    return Err(failed(&format!("the server responds with status {status}")));
                }
                Err(why) => return Err(failed(&why)),
            }
        }
        let message = format!("`{first}` is redirected more than {MAX_REDIRECTS} times");
        Err(FetchError::new(message, CHECK))
    }

    fn allows(&self, origin: &Origin, home: Option<&Origin>) -> bool {
        home == Some(origin) || self.allowed.contains(origin)
    }

    /// Returns the hash of several documents: that of the lines `HASH  URL`, in the order of the
    /// URLs. The hash of a single document is its own.
    pub(super) fn combine_hashes(&self, mut hashes: Vec<(Url, String)>) -> Option<String> {
        hashes.sort();
        if let [(_, hash)] = hashes.as_slice() {
            return Some(hash.clone());
        }
        let lines = hashes.iter().map(|(url, hash)| format!("{hash}  {url}\n"));
        let lines: String = lines.collect();
        (!lines.is_empty()).then(|| self.network.hash(lines.as_bytes()))
    }
}

fn too_large(url: &Url) -> FetchError {
    let limit = read::MAX_BYTES >> 20;
    let message = format!("`{url}` is larger than {limit} MiB");
    FetchError::new(message, "pass a smaller document")
}
