//! The URLs of servers, and the variables in them.
//!
//! A variable's value can be a name or a part of a path. It can end a host's name, or begin a
//! query, only where the description's own values do: otherwise it could send the credentials of a
//! client to another host.

use crate::runtime::error::ConfigError;

/// What has a meaning in a URL.
const DELIMITERS: &[char] = &['/', '\\', '?', '#', '@', ':', '[', ']', '%'];

/// Puts values in the places of their names.
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

/// Checks a value against those of the description.
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
            "the option `{option}` stands in the URL of the server and cannot hold {c:?}"
        ))),
        None => Ok(()),
    }
}
