//! Client options other than credentials: values sent with every call, and variables of server URLs.

use http::header::HeaderMap;

use super::{ClientBuilder, headers, resolve};
use crate::runtime::api::{ClientOption, ClientOptionLocation};
use crate::runtime::codec::{self, Value};
use crate::runtime::error::ConfigError;
use crate::runtime::query::Pair;
use crate::runtime::{path, query, servers};

/// Resolved options by location.
#[derive(Default)]
pub(super) struct ResolvedOptions {
    pub(super) headers: HeaderMap,
    pub(super) query: Vec<Pair>,
    pub(super) path: Vec<(&'static str, String)>,
    pub(super) body_properties: Vec<(&'static str, Vec<u8>)>,
}

/// Resolves all options except server variables.
#[inline]
pub(super) fn resolve_client_options(
    builder: &ClientBuilder,
) -> Result<ResolvedOptions, ConfigError> {
    let known = builder.api.options;
    if let Some((name, _)) = builder
        .option_values
        .iter()
        .find(|(name, _)| known.iter().all(|option| option.name != *name))
    {
        return Err(ConfigError::new(format!(
            "`{name}` is not an option of this API"
        )));
    }
    let mut options = ResolvedOptions::default();
    for option in known {
        options.add(builder, option)?;
    }
    Ok(options)
}

impl ResolvedOptions {
    #[inline]
    fn add(&mut self, builder: &ClientBuilder, option: &ClientOption) -> Result<(), ConfigError> {
        if let ClientOptionLocation::Server { .. } = option.location {
            return Ok(());
        }
        let Some(value) = value(builder, option)? else {
            return Ok(());
        };
        match option.location {
            ClientOptionLocation::Server { .. } => {}
            ClientOptionLocation::Header(name) => {
                let (name, value) = headers::checked(name, &value).map_err(resolve::option)?;
                self.headers.insert(name, value);
            }
            ClientOptionLocation::Query(name) => self.query.push(query::pair(name, &value)),
            ClientOptionLocation::Path(name) => self.path.push((name, path::encode(&value))),
            ClientOptionLocation::BodyProperty { name, is_text } => {
                self.body_properties
                    .push((name, json(option, value, is_text)?));
            }
        }
        Ok(())
    }
}

/// Encodes a value as JSON.
#[inline]
fn json(option: &ClientOption, value: String, is_text: bool) -> Result<Vec<u8>, ConfigError> {
    if is_text {
        return Ok(codec::to_vec(&value));
    }
    match codec::from_slice(value.as_bytes()) {
        Ok(Value::Number(_) | Value::Bool(_)) => Ok(value.into_bytes()),
        _ => Err(ConfigError::new(format!(
            "the option `{}` must be a number or a boolean",
            option.name
        ))),
    }
}

/// Resolves the variables of server URLs in the named environment.
#[inline]
pub(super) fn server_variables(
    builder: &ClientBuilder,
    environment: Option<&str>,
) -> Result<Vec<(&'static str, String)>, ConfigError> {
    let mut variables = Vec::new();
    for option in builder.api.options {
        let ClientOptionLocation::Server {
            name,
            defaults,
            values,
        } = option.location
        else {
            continue;
        };
        if let Some(value) = set(builder, option) {
            let defaults = defaults.iter().map(|(_, value)| *value);
            servers::check(option.name, &value, values, defaults.chain(option.default))?;
            variables.push((name, value));
            continue;
        }
        let own = defaults
            .iter()
            .find(|(known, _)| Some(*known) == environment);
        if let Some(value) = own.map(|(_, value)| *value).or(option.default) {
            variables.push((name, value.to_owned()));
        }
    }
    Ok(variables)
}

/// Resolves the URL of an environment.
#[inline]
pub(super) fn server_url(
    builder: &ClientBuilder,
    template: &str,
    variables: &[(&'static str, String)],
) -> Result<String, ConfigError> {
    for option in builder.api.options {
        if let ClientOptionLocation::Server { name, .. } = option.location
            && template.contains(&format!("{{{name}}}"))
            && variables.iter().all(|(known, _)| *known != name)
        {
            return Err(resolve::missing(option.name, option.env));
        }
    }
    Ok(servers::fill(template, variables))
}

/// Returns the value of an option, of its variable, or its default.
#[inline]
fn value(builder: &ClientBuilder, option: &ClientOption) -> Result<Option<String>, ConfigError> {
    match set(builder, option).or(option.default.map(str::to_owned)) {
        None if option.required => Err(resolve::missing(option.name, option.env)),
        value => Ok(value),
    }
}

#[inline]
fn set(builder: &ClientBuilder, option: &ClientOption) -> Option<String> {
    let mut set = builder.option_values.iter();
    set.find(|(name, _)| *name == option.name)
        .map(|(_, value)| value.clone())
        .or_else(|| builder.env.get(option.env?))
}
