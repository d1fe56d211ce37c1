//! API options other than credentials: values sent with every call, and variables of server URLs.

use http::header::HeaderMap;

use super::{ClientBuilder, resolve};
use crate::runtime::api::{Setting, SettingLocation};
use crate::runtime::codec::{self, Value};
use crate::runtime::error::ConfigError;
use crate::runtime::query::Pair;
use crate::runtime::{path, query, servers};

/// Resolved options by location.
#[derive(Default)]
pub(super) struct Settings {
    pub(super) headers: HeaderMap,
    pub(super) query: Vec<Pair>,
    pub(super) path: Vec<(&'static str, String)>,
    pub(super) body_properties: Vec<(&'static str, Vec<u8>)>,
}

/// Resolves all options except server variables.
#[inline]
pub(super) fn resolve_settings(builder: &ClientBuilder) -> Result<Settings, ConfigError> {
    let known = builder.api.settings;
    if let Some((name, _)) = builder
        .settings
        .iter()
        .find(|(name, _)| known.iter().all(|setting| setting.option != *name))
    {
        return Err(ConfigError::new(format!(
            "`{name}` is not an option of this API"
        )));
    }
    let mut settings = Settings::default();
    for setting in known {
        settings.add(builder, setting)?;
    }
    Ok(settings)
}

impl Settings {
    #[inline]
    fn add(&mut self, builder: &ClientBuilder, setting: &Setting) -> Result<(), ConfigError> {
        if let SettingLocation::Server { .. } = setting.location {
            return Ok(());
        }
        let Some(value) = value(builder, setting)? else {
            return Ok(());
        };
        match setting.location {
            SettingLocation::Server { .. } => {}
            SettingLocation::Header(name) => {
                let (name, value) = resolve::checked(name, &value).map_err(resolve::option)?;
                self.headers.insert(name, value);
            }
            SettingLocation::Query(name) => self.query.push(query::pair(name, &value)),
            SettingLocation::Path(name) => self.path.push((name, path::encode(&value))),
            SettingLocation::BodyProperty { name, is_text } => {
                self.body_properties
                    .push((name, json(setting, value, is_text)?));
            }
        }
        Ok(())
    }
}

/// Encodes a value as JSON.
#[inline]
fn json(setting: &Setting, value: String, is_text: bool) -> Result<Vec<u8>, ConfigError> {
    if is_text {
        return Ok(codec::to_vec(&value));
    }
    match codec::from_slice(value.as_bytes()) {
        Ok(Value::Number(_) | Value::Bool(_)) => Ok(value.into_bytes()),
        _ => Err(ConfigError::new(format!(
            "the option `{}` must be a number or a boolean",
            setting.option
        ))),
    }
}

/// Resolves the variables of server URLs in the named environment.
#[inline]
pub(super) fn variables(
    builder: &ClientBuilder,
    environment: Option<&str>,
) -> Result<Vec<(&'static str, String)>, ConfigError> {
    let mut variables = Vec::new();
    for setting in builder.api.settings {
        let SettingLocation::Server {
            name,
            defaults,
            values,
        } = setting.location
        else {
            continue;
        };
        if let Some(value) = set(builder, setting) {
            let defaults = defaults.iter().map(|(_, value)| *value);
            servers::check(
                setting.option,
                &value,
                values,
                defaults.chain(setting.default),
            )?;
            variables.push((name, value));
            continue;
        }
        let own = defaults
            .iter()
            .find(|(known, _)| Some(*known) == environment);
        if let Some(value) = own.map(|(_, value)| *value).or(setting.default) {
            variables.push((name, value.to_owned()));
        }
    }
    Ok(variables)
}

/// Resolves the URL of an environment.
#[inline]
pub(super) fn url(
    builder: &ClientBuilder,
    template: &str,
    variables: &[(&'static str, String)],
) -> Result<String, ConfigError> {
    for setting in builder.api.settings {
        if let SettingLocation::Server { name, .. } = setting.location
            && template.contains(&format!("{{{name}}}"))
            && variables.iter().all(|(known, _)| *known != name)
        {
            return Err(resolve::missing(setting.option, setting.env));
        }
    }
    Ok(servers::fill(template, variables))
}

/// Returns the value of an option, of its variable, or its default.
#[inline]
fn value(builder: &ClientBuilder, setting: &Setting) -> Result<Option<String>, ConfigError> {
    match set(builder, setting).or(setting.default.map(str::to_owned)) {
        None if setting.required => Err(resolve::missing(setting.option, setting.env)),
        value => Ok(value),
    }
}

#[inline]
fn set(builder: &ClientBuilder, setting: &Setting) -> Option<String> {
    let mut set = builder.settings.iter();
    set.find(|(name, _)| *name == setting.option)
        .map(|(_, value)| value.clone())
        .or_else(|| builder.env.get(setting.env?))
}
