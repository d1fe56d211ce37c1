//! Conversion of request parts and client options into an HTTP request.
//!
//! Headers are merged in layers. From lowest to highest precedence: the SDK's and the API's
//! headers, authentication, the client's headers, those of the body, and those of the call.

use std::borrow::Cow;

use http::Method;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HeaderMap, HeaderValue};

use super::{Call, RETRY_COUNT, ResponseMode};
use crate::runtime::auth::{self, RequestCredentials};
use crate::runtime::call_span::CallSpan;
use crate::runtime::client::Client;
use crate::runtime::clock::Instant;
use crate::runtime::config::Config;
use crate::runtime::error::{BuildError, ConfigError, Error};
use crate::runtime::redirect::{self, Outgoing};
use crate::runtime::request_parts::RequestParts;
use crate::runtime::retry_policy::{self, Repeat};
use crate::runtime::servers;
use crate::runtime::uri::{self, BaseUrl};
use crate::runtime::{header, page, path, query};

impl<'c> Call<'c> {
    /// Builds the request of a call.
    pub(super) fn prepare(
        client: &'c Client,
        mut parts: RequestParts,
        asked: ResponseMode,
    ) -> Result<Self, Error> {
        if let Some(failure) = parts.failure.take() {
            return Err(failure.into());
        }
        let config = &client.shared.config;
        if !parts.is_external {
            for (name, json) in &config.body_properties {
                parts.add_property(name, json);
            }
        }
        let RequestCredentials {
            headers,
            query,
            cookies,
            mut bearer,
        } = auth::authenticate(config, &parts)?;
        parts.cookies.extend(cookies);
        let mut uri = self::uri(config, &parts, &query)?;
        let mut headers = all_headers(config, &parts, headers, asked.accept)?;
        if let Some(page) = parts.paging.as_ref().and_then(|paging| paging.url.as_ref()) {
            bearer = bearer.filter(|_| page::has_same_endpoint(&uri, page));
            let usual = [&*config.query, &*query];
            (uri, headers) = page::merge_into_page_url(&uri, headers, page, &usual, &parts.query)?;
        }
        let counts_retries = config.counts_retries
            && !parts.is_external
            && !headers.contains_key(RETRY_COUNT)
            && !config.removed.contains(&RETRY_COUNT)
            && !parts.removed.contains(&RETRY_COUNT);
        if counts_retries {
            headers.insert(RETRY_COUNT, HeaderValue::from_static("0"));
        }
        let key = key_header(config, &parts);
        let repeat = Repeat {
            rule: config.api.retry_rule,
            is_idempotent: retry_policy::is_idempotent(&parts.method) || headers.contains_key(key),
        };
        Ok(Self {
            client,
            repeat,
            #[cfg(feature = "mock")]
            base: Some(base(config, &parts)?),
            trace: CallSpan::new(&parts.method, parts.described_path(), &uri),
            outgoing: Outgoing {
                method: parts.method,
                uri,
                headers,
                body: parts.body,
            },
            live: asked.live,
            property: parts.property,
            progress: parts.progress,
            bearer,
            redirects: redirect::MAX_REDIRECTS,
            counts_retries,
            max_retries: parts
                .max_retries
                .or(parts
                    .operation_defaults
                    .max_retries
                    .filter(|_| !config.max_retries_are_set))
                .unwrap_or(config.max_retries),
            timeout: parts
                .timeout
                .or(parts
                    .operation_defaults
                    .timeout
                    .filter(|_| !config.timeout_is_set))
                .unwrap_or(config.timeout),
            deadline: parts
                .deadline
                .and_then(|limit| Instant::now().checked_add(limit)),
        })
    }
}

/// Returns the URL of a call, including credentials in the query.
pub(crate) fn uri(
    config: &Config,
    parts: &RequestParts,
    proof: &[query::Pair],
) -> Result<http::Uri, Error> {
    if parts.is_external {
        return Ok(uri::external(&parts.template, &parts.query)?);
    }
    let (template, literal) = path::split_query(&parts.template);
    if template.contains("://") {
        return Err(BuildError::new(
            "expected a path instead of a URL; the server is set by the client's base URL",
        )
        .into());
    }
    let path = path::expand(template, &parts.values, &config.path)?;
    let literal = path::fill_query(literal, &parts.values, &config.path);
    let literal: Vec<query::Pair> = query::literal(&literal).collect();
    let base = base(config, parts)?;
    Ok(base.join(&path, &[&literal, &config.query, &parts.query, proof])?)
}

/// Returns the base URL of a call: the operation's own server, or the client's base URL.
fn base<'c>(config: &'c Config, parts: &RequestParts) -> Result<Cow<'c, BaseUrl>, ConfigError> {
    match parts.server {
        Some(url) if config.base_url_is_own => {
            BaseUrl::parse(&servers::fill(url, &config.variables)).map(Cow::Owned)
        }
        _ => Ok(Cow::Borrowed(&config.base_url)),
    }
}

fn all_headers(
    config: &Config,
    parts: &RequestParts,
    proof: HeaderMap,
    accept: &'static str,
) -> Result<HeaderMap, BuildError> {
    let mut headers = match parts.is_external {
        false => config.own_headers.clone(),
        true => redirect::shareable_headers(&config.own_headers),
    };
    headers.insert(
        ACCEPT,
        HeaderValue::from_static(parts.accept.unwrap_or(accept)),
    );
    idempotency(config, parts, &mut headers)?;
    merge_headers(&mut headers, &proof);
    if !parts.is_external {
        merge_headers(&mut headers, &config.headers);
    }
    for name in &config.removed {
        headers.remove(name);
    }
    if let Some(content_type) = parts
        .content_type
        .as_ref()
        .filter(|_| !parts.body.is_empty())
    {
        headers.insert(CONTENT_TYPE, content_type.clone());
    }
    if parts.body.is_empty() && expects_body(&parts.method) {
        // RFC 9110, section 8.6: without this header, some servers respond with 411.
        headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    merge_headers(&mut headers, &parts.headers);
    if !parts.cookies.is_empty() {
        let cookies = match headers.get(COOKIE).and_then(|value| value.to_str().ok()) {
            Some(others) => format!("{others}; {}", parts.cookies.join("; ")),
            None => parts.cookies.join("; "),
        };
        headers.insert(COOKIE, header::secret(&COOKIE, &cookies)?);
    }
    for name in &parts.removed {
        headers.remove(name);
    }
    Ok(headers)
}

/// Returns `true` if requests of this method usually have a body, so that an empty one is
/// announced.
fn expects_body(method: &Method) -> bool {
    matches!(*method, Method::POST | Method::PUT | Method::PATCH) || method.as_str() == "QUERY"
}

/// Merges a layer of headers. Its headers replace those with the same name.
fn merge_headers(headers: &mut HeaderMap, layer: &HeaderMap) {
    for (name, value) in layer {
        headers.insert(name.clone(), value.clone());
    }
}

/// Returns the name of the header for idempotency keys.
fn key_header(config: &Config, parts: &RequestParts) -> &'static str {
    let declared = parts.idempotency_header.or(config.api.idempotency_header);
    declared.unwrap_or("Idempotency-Key")
}

/// Adds the idempotency key of a call.
fn idempotency(
    config: &Config,
    parts: &RequestParts,
    headers: &mut HeaderMap,
) -> Result<(), BuildError> {
    let Some(key) = &parts.idempotency_key else {
        return Ok(());
    };
    let name = header::name(key_header(config, parts))?;
    let value = header::value(&name, key)?;
    headers.insert(name, value);
    Ok(())
}
