//! From the options of a builder to a client's configuration.
//!
//! What is set in code beats the environment, and the environment beats the API's
//! defaults. Variables are trimmed, and blank ones count as unset.

use http::header::{HeaderMap, HeaderName, HeaderValue, USER_AGENT};

use super::{ClientBuilder, tokens};
use crate::runtime::config::Config;
use crate::runtime::error::{BuildError, ConfigError};
use crate::runtime::secret::Secret;
use crate::runtime::uri::BaseUrl;
use crate::runtime::{auth, header, query};

/// Resolves all options.
pub(crate) fn resolve(builder: &ClientBuilder) -> Result<Config, ConfigError> {
    let (base_url, base_url_is_default) = base_url(builder)?;
    let credentials = credentials(builder)?;
    let config = Config {
        api: builder.api,
        tokens: tokens::of(builder, &credentials, base_url.as_str())?,
        credentials,
        base_url,
        base_url_is_default,
        own_headers: own_headers(builder)?,
        headers: headers(builder)?,
        removed: builder
            .removed
            .iter()
            .map(|name| header::name(name))
            .collect::<Result<_, _>>()
            .map_err(option)?,
        query: builder
            .query
            .iter()
            .map(|(name, value)| query::pair(name, value))
            .collect(),
        timeout: builder.timeout.unwrap_or(builder.api.timeout),
        max_retries: builder.max_retries.unwrap_or(builder.api.max_retries),
        max_response_bytes: builder.max_response_bytes,
        counts_retries: builder.counts_retries,
        webhook_secrets: webhook_secrets(builder),
    };
    auth::check(&config).map_err(option)?;
    Ok(config)
}

/// An option that cannot be sent.
fn option(error: BuildError) -> ConfigError {
    ConfigError::new(error.to_string())
}

fn variable(builder: &ClientBuilder, name: &str) -> Option<String> {
    let value = (builder.env)(name)?;
    let value = value.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

pub(super) fn prefixed(builder: &ClientBuilder, name: &str) -> Option<String> {
    variable(builder, &format!("{}_{name}", builder.api.env_prefix))
}

/// The base URL, and whether it is the API's own default.
fn base_url(builder: &ClientBuilder) -> Result<(BaseUrl, bool), ConfigError> {
    let set = builder
        .base_url
        .clone()
        .filter(|url| !url.trim().is_empty());
    let environments = builder.api.environments;
    if let Some(url) = set {
        return Ok((BaseUrl::parse(&url)?, false));
    }
    if let Some(name) = &builder.environment {
        let Some((_, url)) = environments.iter().find(|(known, _)| known == name) else {
            let known: Vec<&str> = environments.iter().map(|(known, _)| *known).collect();
            return Err(ConfigError::new(format!(
                "`{name}` is not an environment; there are: {}",
                known.join(", ")
            )));
        };
        return Ok((BaseUrl::parse(url)?, false));
    }
    if let Some(url) = prefixed(builder, "BASE_URL") {
        return Ok((BaseUrl::parse(&url)?, false));
    }
    match environments.first() {
        Some((_, url)) => Ok((BaseUrl::parse(url)?, true)),
        None => Err(ConfigError::new(format!(
            "the API names no server; set `base_url` or the environment variable {}_BASE_URL",
            builder.api.env_prefix
        ))),
    }
}

fn credentials(builder: &ClientBuilder) -> Result<Vec<(&'static str, Secret)>, ConfigError> {
    let known = builder.api.credentials;
    if let Some((name, _)) = builder
        .credentials
        .iter()
        .find(|(name, _)| known.iter().all(|credential| credential.option != *name))
    {
        return Err(ConfigError::new(format!(
            "`{name}` is not a credential of this API"
        )));
    }
    let mut found = Vec::new();
    for credential in known {
        let set = builder
            .credentials
            .iter()
            .find(|(option, _)| *option == credential.option);
        if set.is_some_and(|(_, secret)| secret.expose().trim().is_empty()) {
            return Err(ConfigError::new(format!(
                "the option `{}` is blank",
                credential.option
            )));
        }
        let value = set
            .map(|(_, secret)| secret.clone())
            .or_else(|| variable(builder, credential.env?).map(Secret::from));
        found.extend(value.map(|secret| (credential.option, secret)));
    }
    demand(builder, &found)?;
    Ok(found)
}

/// Refuses a client that lacks a required option, unless its scheme has a token from elsewhere.
fn demand(builder: &ClientBuilder, found: &[(&'static str, Secret)]) -> Result<(), ConfigError> {
    let known = builder.api.credentials;
    let is_set = |option: &str| found.iter().any(|(name, _)| *name == option);
    for credential in known.iter().filter(|credential| credential.required) {
        if !is_set(credential.option) && !tokens::serve(builder, credential.scheme, is_set) {
            return Err(missing(credential.option, credential.env));
        }
    }
    Ok(())
}

/// The error of a required option that is missing.
pub(super) fn missing(option: &str, variable: Option<&str>) -> ConfigError {
    ConfigError::new(match variable {
        Some(variable) => format!(
            "the option `{option}` is not set, and neither is the environment variable {variable}"
        ),
        None => format!("the option `{option}` is not set"),
    })
}

fn own_headers(builder: &ClientBuilder) -> Result<HeaderMap, ConfigError> {
    let api = builder.api;
    let mut headers = HeaderMap::new();
    let agent = header::value(&USER_AGENT, &format!("{}/Rust {}", api.name, api.version))
        .map_err(option)?;
    headers.insert(USER_AGENT, agent);
    for (name, value) in api.headers {
        let (name, value) = checked(name, value).map_err(option)?;
        headers.insert(name, value);
    }
    Ok(headers)
}

/// The headers of the environment, and over them those of the builder.
fn headers(builder: &ClientBuilder) -> Result<HeaderMap, ConfigError> {
    let mut headers = HeaderMap::new();
    let lines = prefixed(builder, "CUSTOM_HEADERS").unwrap_or_default();
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
        let (name, value) = checked(name, value).map_err(option)?;
        headers.insert(name, value);
    }
    Ok(headers)
}

fn checked(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), BuildError> {
    let name = header::name(name)?;
    let value = header::value(&name, value)?;
    Ok((name, value))
}

fn webhook_secrets(builder: &ClientBuilder) -> Vec<Secret> {
    if !builder.webhook_secrets.is_empty() {
        return builder.webhook_secrets.clone();
    }
    let set = builder
        .api
        .webhook_secret_env
        .and_then(|name| variable(builder, name));
    set.map(Secret::from).into_iter().collect()
}
