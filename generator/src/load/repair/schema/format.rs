//! `format`: which ones are known.

use serde_json::Value;

use super::Repair;
use crate::load::place::Place;

/// The formats of JSON Schema and of the [registry of
/// OpenAPI](https://spec.openapis.org/registry/format/), and those that real
/// documents use as if they were of them.
const KNOWN: &[&str] = &[
    "base64",
    "base64url",
    "bigint",
    "binary",
    "boolean",
    "byte",
    "char",
    "color",
    "commonmark",
    "currency",
    "date",
    "date-time",
    "date-time-local",
    "datetime",
    "decimal",
    "decimal128",
    "double",
    "double-int",
    "duration",
    "email",
    "file",
    "float",
    "guid",
    "hostname",
    "html",
    "http-date",
    "idn-email",
    "idn-hostname",
    "int16",
    "int32",
    "int64",
    "int8",
    "integer",
    "ip",
    "ipv4",
    "ipv6",
    "iri",
    "iri-reference",
    "iso-8601",
    "json",
    "json-pointer",
    "long",
    "markdown",
    "media-range",
    "number",
    "password",
    "phone",
    "regex",
    "relative-json-pointer",
    "sf-binary",
    "sf-boolean",
    "sf-decimal",
    "sf-integer",
    "sf-string",
    "sf-token",
    "string",
    "text",
    "time",
    "time-local",
    "timestamp",
    "uint16",
    "uint32",
    "uint64",
    "uint8",
    "unix-time",
    "unixtime",
    "uri",
    "uri-reference",
    "uri-template",
    "url",
    "uuid",
];

impl Repair<'_> {
    /// A format. One that is not known says nothing; it is named where it is
    /// first met.
    pub(super) fn format(&mut self, value: Value, at: &Place<'_>) -> Option<String> {
        let format = self.text(value, at).filter(|format| !format.is_empty())?;
        let known = KNOWN.contains(&format.to_ascii_lowercase().as_str());
        if !known && self.unknown_formats.insert(format.clone()) {
            let message = format!("`{format}` is no format that is known here; it is ignored");
            self.warn("unknown-format", at, message);
        }
        Some(format)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_list_is_sorted_and_says_nothing_twice() {
        assert!(super::KNOWN.is_sorted_by(|a, b| a < b));
    }
}
