//! Server URLs and their variables.
//!
//! The value of a variable can be a name or a part of a path. It can end a host name or start a
//! query only if a documented value does. Otherwise the value could send a client's credentials to
//! another host.

use crate::runtime::error::ConfigError;

/// Characters with a meaning in URLs.
const DELIMITERS: &[char] = &['/', '\\', '?', '#', '@', ':', '[', ']', '%'];

/// Replaces the variables of a template with their values.
#[inline]
pub(crate) fn fill(template: &str, values: &[(&'static str, String)]) -> String {
    let mut url = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((literal, after)) = rest.split_once('{') {
        url.push_str(literal);
        let Some((name, after)) = after.split_once('}') else {
            rest = after;
            break;
        };
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => url.push_str(value),
            None => url.extend(["{", name, "}"]),
        }
        rest = after;
    }
    url.push_str(rest);
    url
}

/// Checks a value against the documented values.
pub(crate) fn check<'v>(
    option: &str,
    value: &str,
    values: &[&str],
    defaults: impl Iterator<Item = &'v str>,
) -> Result<(), ConfigError> {
    if values.contains(&value) {
        return Ok(());
    }
    if !values.is_empty() {
        return Err(ConfigError::no_value(option, value, values));
    }
    let allowed: String = defaults.collect();
    let is_wrong = |c: char| {
        c.is_whitespace() || c.is_control() || DELIMITERS.contains(&c) && !allowed.contains(c)
    };
    match value.chars().find(|c| is_wrong(*c)) {
        Some(c) => Err(ConfigError::new(format!(
            "the option `{option}` is part of the server URL and must not contain {c:?}"
        ))),
        None => Ok(()),
    }
}
