//! Resolution of a builder's options to a client's configuration.
//!
//! Options set in code take precedence over the environment, and the environment over the API's
//! defaults. Variables are trimmed, and blank variables count as unset.

use super::{ClientBuilder, client_options, headers, tokens};
use crate::runtime::config::Config;
use crate::runtime::error::{BuildError, ConfigError};
use crate::runtime::log::LogLevel;
use crate::runtime::secret::Secret;
use crate::runtime::uri::BaseUrl;
#[cfg(feature = "webhook")]
use crate::runtime::webhook;
use crate::runtime::{auth, header, query};

/// Resolves all options.
#[inline]
pub(crate) fn resolve(builder: &ClientBuilder) -> Result<Config, ConfigError> {
    let Base {
        url: base_url,
        is_own: base_url_is_own,
        variables,
    } = base_url(builder)?;
    let options = client_options::resolve_client_options(builder)?;
    let credentials = credentials(builder)?;
    let config = Config {
        api: builder.api,
        tokens: tokens::resolve_tokens(builder, &credentials, base_url.as_str())?,
        credentials,
        is_anonymous: builder.is_anonymous,
        base_url,
        base_url_is_own,
        own_headers: headers::own_headers(builder)?,
        headers: headers::headers(builder, options.headers)?,
        removed: builder
            .removed
            .iter()
            .map(|name| header::name(name))
            .collect::<Result<_, _>>()
            .map_err(option)?,
        query: queries(builder, options.query),
        path: options.path,
        body_properties: options.body_properties,
        variables,
        timeout: builder.timeout.unwrap_or(builder.api.timeout),
        max_retries: builder.max_retries.unwrap_or(builder.api.max_retries),
        timeout_is_set: builder.timeout.is_some(),
        max_retries_are_set: builder.max_retries.is_some(),
        backoff: builder.retry_delays.unwrap_or(builder.api.backoff),
        max_response_bytes: builder.max_response_bytes,
        counts_retries: builder.counts_retries,
        log: log_level(builder)?,
        #[cfg(feature = "webhook")]
        webhook_verifier: builder.webhook_verifier.clone(),
        #[cfg(feature = "webhook")]
        webhook_secrets: webhook::secrets(
            &builder.webhook_secrets,
            builder
                .api
                .webhook_secret_env
                .and_then(|name| variable(builder, name)),
        ),
    };
    auth::check(&config).map_err(option)?;
    Ok(config)
}

/// Converts the error of an option that cannot be sent.
#[inline]
pub(super) fn option(error: BuildError) -> ConfigError {
    ConfigError::new(error.to_string())
}

#[inline]
fn variable(builder: &ClientBuilder, name: &str) -> Option<String> {
    builder.env.get(name)
}

#[inline]
pub(super) fn prefixed(builder: &ClientBuilder, name: &str) -> Option<String> {
    variable(builder, &format!("{}_{name}", builder.api.env_prefix))
}

#[inline]
fn log_level(builder: &ClientBuilder) -> Result<LogLevel, ConfigError> {
    let name = format!("{}_LOG", builder.api.env_prefix);
    LogLevel::parse(&name, variable(builder, &name).as_deref())
}

/// The base URL of calls.
struct Base {
    url: BaseUrl,
    /// Whether it is one of the API's own servers.
    is_own: bool,
    variables: Vec<(&'static str, String)>,
}

/// Resolves the base URL: the builder's URL, the builder's environment, the variables of both, and
/// then the API's first server. Selecting an environment clears an earlier URL of the builder.
#[inline]
fn base_url(builder: &ClientBuilder) -> Result<Base, ConfigError> {
    let own = builder.base_url.clone();
    let own = own.filter(|url| !url.trim().is_empty());
    let given = own.or_else(|| match builder.environment {
        None => prefixed(builder, "BASE_URL"),
        Some(_) => None,
    });
    if let Some(url) = given {
        return Ok(Base {
            url: BaseUrl::parse(&url)?,
            is_own: false,
            variables: client_options::server_variables(builder, None)?,
        });
    }
    let named = builder.environment.clone();
    match named.or_else(|| prefixed(builder, "ENVIRONMENT")) {
        Some(name) => environment(builder, &name),
        None => match builder.api.environments.first() {
            Some((name, _)) => environment(builder, name),
            None => Err(ConfigError::new(format!(
                "the API does not define a server; set `base_url` or the environment variable {}_BASE_URL",
                builder.api.env_prefix
            ))),
        },
    }
}

#[inline]
fn environment(builder: &ClientBuilder, name: &str) -> Result<Base, ConfigError> {
    let environments = builder.api.environments;
    let Some((_, template)) = environments.iter().find(|(known, _)| *known == name) else {
        let known: Vec<&str> = environments.iter().map(|(known, _)| *known).collect();
        return Err(ConfigError::new(format!(
            "unknown environment `{}`; expected one of: {}",
            name.escape_debug(),
            known.join(", ")
        )));
    };
    let variables = client_options::server_variables(builder, Some(name))?;
    Ok(Base {
        url: BaseUrl::parse(&client_options::server_url(builder, template, &variables)?)?,
        is_own: true,
        variables,
    })
}

/// Collects the query parameters of options, except those that the builder sets by name.
#[inline]
fn queries(builder: &ClientBuilder, mut pairs: Vec<query::Pair>) -> Vec<query::Pair> {
    pairs.retain(|pair| builder.query.iter().all(|(name, _)| *name != pair.name));
    let own = builder.query.iter();
    pairs.extend(own.map(|(name, value)| query::pair(name, value)));
    pairs
}

#[inline]
fn credentials(builder: &ClientBuilder) -> Result<Vec<(&'static str, Secret)>, ConfigError> {
    if builder.is_anonymous {
        return Ok(Vec::new());
    }
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
                "the option `{}` is empty",
                credential.option
            )));
        }
        let value = set
            .map(|(_, secret)| secret.clone())
            .or_else(|| variable(builder, credential.env?).map(Secret::from))
            .or_else(|| credential.default.map(Secret::from));
        found.extend(value.map(|secret| (credential.option, secret)));
    }
    check_required(builder, &found)?;
    Ok(found)
}

/// Checks that required credentials are present, unless a token source serves their scheme.
#[inline]
fn check_required(
    builder: &ClientBuilder,
    found: &[(&'static str, Secret)],
) -> Result<(), ConfigError> {
    let known = builder.api.credentials;
    let is_set = |option: &str| found.iter().any(|(name, _)| *name == option);
    for credential in known.iter().filter(|credential| credential.required) {
        if !is_set(credential.option) && !tokens::serve(builder, credential.scheme, is_set) {
            let message = missing_message(credential.option, credential.env);
            return Err(ConfigError::missing_credential(format!(
                "the credential for `{}` is missing: {message}",
                credential.scheme
            )));
        }
    }
    Ok(())
}

/// Creates the error for a missing required option.
#[inline]
pub(super) fn missing(option: &str, variable: Option<&str>) -> ConfigError {
    ConfigError::new(missing_message(option, variable))
}

#[inline]
fn missing_message(option: &str, variable: Option<&str>) -> String {
    match variable {
        Some(variable) => format!(
            "the option `{option}` is not set, and neither is the environment variable {variable}"
        ),
        None => format!("the option `{option}` is not set"),
    }
}
