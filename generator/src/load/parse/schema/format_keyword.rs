//! `format` and the list of known formats.

use serde_json::Value;

use super::Parser;
use crate::source::PointerPath;

/// Formats of JSON Schema and of the [registry of
/// OpenAPI](https://spec.openapis.org/registry/format/), and other formats that several APIs or
/// widely known tools use.
const KNOWN: &[&str] = &[
    "base64",
    "base64url",
    "big-integer",
    "bigint",
    "biginteger",
    "bignum",
    "bignumber",
    "binary",
    "boolean",
    "byte",
    "char",
    "cidr",
    "color",
    "commonmark",
    "currency",
    "date",
    "date-time",
    "date-time-local",
    "date-time-rfc-2822",
    "date-time-rfc1123",
    "date_time",
    "datetime",
    "decimal",
    "decimal128",
    "digest",
    "domain",
    "double",
    "double-int",
    "duration",
    "email",
    "endpoint",
    "enum",
    "file",
    "float",
    "google-datetime",
    "google-duration",
    "google-fieldmask",
    "guid",
    "hostname",
    "html",
    "http-date",
    "http-method",
    "ice-server",
    "idn-email",
    "idn-hostname",
    "int",
    "int-or-string",
    "int128",
    "int16",
    "int256",
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
    "iso-country-code",
    "json",
    "json-pointer",
    "jwt",
    "long",
    "markdown",
    "mask",
    "md5",
    "media-range",
    "mime-type",
    "nonce",
    "number",
    "password",
    "path",
    "phone",
    "phone-number",
    "phone-number-capabilities",
    "regex",
    "relative-json-pointer",
    "repo.nwo",
    "sf-binary",
    "sf-boolean",
    "sf-decimal",
    "sf-integer",
    "sf-string",
    "sf-token",
    "slug",
    "snowflake",
    "space_delimited_list",
    "string",
    "text",
    "time",
    "time-local",
    "time-span",
    "timespan",
    "timestamp",
    "timezone",
    "token",
    "twiml",
    "uint128",
    "uint16",
    "uint256",
    "uint32",
    "uint64",
    "uint8",
    "unix-time",
    "unixtime",
    "uri",
    "uri-map",
    "uri-reference",
    "uri-template",
    "url",
    "urn",
    "uuid",
];

impl Parser<'_> {
    /// Parses a format. Reports an unknown one, which has no effect.
    pub(super) fn parse_format(&mut self, value: Value, at: &PointerPath<'_>) -> Option<String> {
        let format = self
            .read_string(value, at)
            .filter(|format| !format.is_empty())?;
        if !KNOWN.contains(&format.to_ascii_lowercase().as_str()) {
            self.record_unknown_format(&format, at);
        }
        Some(format)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_list_is_sorted_without_duplicates() {
        assert!(super::KNOWN.is_sorted_by(|a, b| a < b));
    }
}
