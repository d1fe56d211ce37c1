//! OAuth 2.0's client credentials grant ([RFC 6749, section
//! 4.4](https://www.rfc-editor.org/rfc/rfc6749#section-4.4)): a token for the client's own ID and
//! secret.
//!
//! The secret is sent only to the token endpoint, by https or to the local machine. Redirects are
//! not followed. The request does not contain the client's headers and parameters for the API.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, USER_AGENT};
use http::{Method, Uri};
use secrecy::zeroize::Zeroizing;
use serde_json::Value;
use url::{Host, Url, form_urlencoded};

use super::token::AccessToken;
use crate::runtime::body::Body;
use crate::runtime::client::Client;
use crate::runtime::error::{AuthError, BuildError, ConfigError};
use crate::runtime::redirect::Outgoing;
use crate::runtime::secret::Secret;
use crate::runtime::{header, send};

/// The method of client authentication at a token endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum ClientAuthentication {
    /// Sends `Authorization: Basic …`, which every endpoint should support.
    #[default]
    Header,
    /// Sends `client_id` and `client_secret` in the form.
    Form,
}

/// The parameters of a token request.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Grant {
    pub(crate) url: TokenUrl,
    pub(crate) id: Secret,
    pub(crate) secret: Secret,
    pub(crate) scopes: Vec<String>,
    pub(crate) params: Vec<(String, String)>,
    pub(crate) authentication: ClientAuthentication,
}

/// A URL that a secret may be sent to.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct TokenUrl(Uri);

impl TokenUrl {
    /// Parses a URL, relative to `base`.
    #[inline]
    pub(crate) fn parse(text: &str, base: &str) -> Result<Self, ConfigError> {
        let wrong = |why: &str| ConfigError::new(format!("the token URL {why}"));
        let url = match Url::parse(text.trim()) {
            Ok(url) => url,
            Err(_) => Url::parse(base)
                .and_then(|base| base.join(text.trim()))
                .map_err(|_| wrong("is invalid"))?,
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err(wrong("must not contain a username or password"));
        }
        if url.scheme() != "https" && !(url.scheme() == "http" && is_local(&url)) {
            return Err(wrong("must start with `https://` unless its host is local"));
        }
        let mut url = url;
        url.set_fragment(None);
        let uri = Uri::try_from(url.as_str()).map_err(|_| wrong("is invalid"))?;
        Ok(Self(uri))
    }
}

/// Returns `true` if a URL refers to the local machine.
#[inline]
fn is_local(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

impl Grant {
    /// Requests a token from the endpoint.
    #[inline]
    pub(super) async fn request_token(&self, client: &Client) -> Result<AccessToken, AuthError> {
        let request = self.request(client).map_err(|error| {
            AuthError::new("the token request could not be built", error.into())
        })?;
        let response = send::send_unchanged(client, request)
            .await
            .map_err(|error| {
                let status = error.status();
                AuthError::new("the token request failed", error.into()).with_status(status)
            })?;
        token(response.json()).ok_or_else(|| {
            AuthError::new(
                "the token request failed",
                "the response has no `access_token`".into(),
            )
        })
    }

    #[inline]
    fn request(&self, client: &Client) -> Result<Outgoing, BuildError> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("application/x-www-form-urlencoded"),
        );
        if let Some(agent) = client.shared.config.own_headers.get(USER_AGENT) {
            headers.insert(USER_AGENT, agent.clone());
        }
        if self.authentication == ClientAuthentication::Header {
            headers.insert(AUTHORIZATION, self.basic()?);
        }
        Ok(Outgoing {
            method: Method::POST,
            uri: self.url.0.clone(),
            headers,
            body: Body::from(self.form()),
        })
    }

    /// Returns the header with the ID and the secret. Both are form-encoded first, as RFC 6749
    /// requires.
    #[inline]
    fn basic(&self) -> Result<HeaderValue, BuildError> {
        let encoded = |secret: &Secret| -> Zeroizing<String> {
            Zeroizing::new(form_urlencoded::byte_serialize(secret.expose().as_bytes()).collect())
        };
        let (id, secret) = (encoded(&self.id), encoded(&self.secret));
        let pair = Zeroizing::new(format!("{}:{}", *id, *secret));
        let text = Zeroizing::new(format!("Basic {}", STANDARD.encode(pair.as_bytes())));
        header::secret(&AUTHORIZATION, &text)
    }

    #[inline]
    fn form(&self) -> String {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("grant_type", "client_credentials");
        if !self.scopes.is_empty() {
            form.append_pair("scope", &self.scopes.join(" "));
        }
        if self.authentication == ClientAuthentication::Form {
            form.append_pair("client_id", self.id.expose());
            form.append_pair("client_secret", self.secret.expose());
        }
        form.extend_pairs(&self.params).finish()
    }
}

/// Parses the token of a response. Some servers send the lifetime as a string. A negative lifetime
/// counts as expired.
#[inline]
fn token(json: &[u8]) -> Option<AccessToken> {
    let response: Value = serde_json::from_slice(json).ok()?;
    let text = response.get("access_token")?.as_str()?;
    if text.is_empty() {
        return None;
    }
    let life = response.get("expires_in").and_then(|life| match life {
        Value::String(text) => text.trim().parse().ok(),
        other => other.as_f64(),
    });
    let token = AccessToken::new(text);
    Some(
        match life.and_then(|life| Duration::try_from_secs_f64(life.max(0.0)).ok()) {
            Some(life) => token.expires_in(life),
            None => token,
        },
    )
}
