//! Samples as they appear in the path of a request.

use serde_json::Value;

use crate::ir::{Delimiter, ParamStyle};

/// Returns the text of a value in this style.
pub(super) fn write_value(name: &str, value: &Value, style: ParamStyle) -> String {
    let exploded = matches!(
        style,
        ParamStyle::Simple { explode: true }
            | ParamStyle::Label { explode: true }
            | ParamStyle::Matrix { explode: true }
            | ParamStyle::Form { explode: true }
    );
    let mut parts: Vec<String> = split_value(value, if exploded { "=" } else { "," });
    if style == (ParamStyle::Label { explode: true }) && (value.is_array() || value.is_object()) {
        // A dot within a part must differ from the dots that separate parts.
        parts = parts.iter().map(|part| part.replace('.', "%2E")).collect();
    }
    match style {
        ParamStyle::Json => encode(&value.to_string()),
        ParamStyle::Delimited(Delimiter::Space) => parts.join("%20"),
        ParamStyle::Delimited(Delimiter::Tab) => parts.join("%09"),
        ParamStyle::Delimited(Delimiter::Pipe) => parts.join("%7C"),
        ParamStyle::Label { explode: false } => format!(".{}", parts.join(",")),
        ParamStyle::Label { explode: true } => format!(".{}", parts.join(".")),
        ParamStyle::Matrix { explode: false } => format!(";{name}={}", parts.join(",")),
        ParamStyle::Matrix { explode: true } if value.is_object() => {
            format!(";{}", parts.join(";"))
        }
        ParamStyle::Matrix { explode: true } => {
            let named: Vec<String> = parts.iter().map(|part| format!(";{name}={part}")).collect();
            named.concat()
        }
        _ => parts.join(","),
    }
}

/// Returns the parts of a value: the elements of an array, or the names and values of an object.
fn split_value(value: &Value, member: &str) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().map(|item| encode(&text(item))).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| format!("{}{member}{}", encode(name), encode(&text(value))))
            .collect(),
        scalar => vec![encode(&text(scalar))],
    }
}

/// Returns a value as the text of a path or a query. Arrays and objects are JSON.
pub(super) fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// Replaces the placeholders of a path with the text of a value. `{+name}` keeps its slashes. If the segment has other content, the
/// delimiters in the value are encoded.
pub(super) fn fill(path: &str, name: &str, text: &str) -> String {
    let several = text.replace("%2F", "/");
    let path = fill_placeholder(path, &format!("{{{name}}}"), text);
    fill_placeholder(&path, &format!("{{+{name}}}"), &several)
}

fn fill_placeholder(path: &str, placeholder: &str, text: &str) -> String {
    let Some((before, after)) = path.split_once(placeholder) else {
        return path.to_owned();
    };
    let is_alone = before.ends_with('/') && (after.is_empty() || after.starts_with(['/', '?']));
    let written = match is_alone {
        true => text.to_owned(),
        false => text.replace(':', "%3A").replace('@', "%40"),
    };
    format!(
        "{before}{written}{}",
        fill_placeholder(after, placeholder, text)
    )
}

/// Encodes characters that are invalid in a URL. The values are already encoded, and the path template
/// is assumed to be.
pub(super) fn literal(path: &str) -> String {
    encode_but(path, |byte| {
        byte.is_ascii_graphic() && !b"\"#<>\\^`|".contains(&byte)
    })
}

/// Percent-encodes characters that could end a value, as the runtime does.
fn encode(text: &str) -> String {
    encode_but(text, |byte| {
        byte.is_ascii_alphanumeric() || b"-._~:@".contains(&byte)
    })
}

fn encode_but(text: &str, stays: impl Fn(u8) -> bool) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if stays(byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}
