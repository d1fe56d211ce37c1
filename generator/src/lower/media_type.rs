//! Media types, classified by the encoding of their bodies.

use crate::ir::MediaType;

/// The encoding of a body, as far as its media type alone decides it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum MediaTypeClass {
    Json,
    Form,
    Multipart,
    /// JSON if its schema is an object or an array, otherwise bytes.
    Unknown,
    Text,
    Binary,
    /// A binary format of structured values, such as CBOR.
    BinaryFormat,
}

impl MediaTypeClass {
    /// Whether bodies are text or bytes that are not encoded from a schema.
    pub(super) const fn is_opaque(self) -> bool {
        matches!(self, Self::Text | Self::Binary | Self::BinaryFormat)
    }
}

/// Binary formats of structured values.
const BINARY_FORMATS: [&str; 10] = [
    "avro",
    "bson",
    "cbor",
    "flatbuffers",
    "ion",
    "msgpack",
    "protobuf",
    "smile",
    "thrift",
    "ubjson",
];

/// Returns the rank of a media type in the order of preference; lower is better.
pub(super) fn rank(name: &str) -> (bool, MediaTypeClass, bool) {
    let media = MediaType::new(name);
    let unusual = media.essence() != "application/json";
    (media.is_stream(), classify_media_type(name), unusual)
}

/// Whether bodies of a media type are bytes rather than text.
pub(super) fn is_binary(name: &str) -> bool {
    matches!(
        classify_media_type(name),
        MediaTypeClass::Binary | MediaTypeClass::BinaryFormat
    )
}

/// Classifies a media type.
pub(super) fn classify_media_type(name: &str) -> MediaTypeClass {
    let media = MediaType::new(name);
    if media.is_json() {
        return MediaTypeClass::Json;
    }
    if media.is_stream() {
        return MediaTypeClass::Text;
    }
    let essence = media.essence();
    match essence.as_str() {
        "application/x-www-form-urlencoded" => MediaTypeClass::Form,
        "application/octet-stream" | "application/pdf" | "application/zip" | "application/gzip" => {
            MediaTypeClass::Binary
        }
        "application/xml"
        | "application/yaml"
        | "application/x-yaml"
        | "application/csv"
        | "application/javascript"
        | "application/graphql"
        | "application/sql" => MediaTypeClass::Text,
        other => classify_by_family(other),
    }
}

fn classify_by_family(essence: &str) -> MediaTypeClass {
    let (family, rest) = essence.split_once('/').unwrap_or((essence, ""));
    match family {
        "multipart" => MediaTypeClass::Multipart,
        "text" => MediaTypeClass::Text,
        "image" | "audio" | "video" | "font" | "model" => MediaTypeClass::Binary,
        _ if is_binary_format(rest) => MediaTypeClass::BinaryFormat,
        _ if rest.ends_with("+xml") || rest.ends_with("+yaml") => MediaTypeClass::Text,
        _ if rest.ends_with("+zip") || rest.ends_with("+gzip") => MediaTypeClass::Binary,
        _ => MediaTypeClass::Unknown,
    }
}

/// Whether a subtype is a binary format: `cbor`, `x-protobuf`, `vnd.apache.avro`, `senml+cbor`.
fn is_binary_format(subtype: &str) -> bool {
    let format = subtype.rsplit(['+', '.']).next().unwrap_or(subtype);
    BINARY_FORMATS.contains(&format.strip_prefix("x-").unwrap_or(format))
}

#[cfg(test)]
mod tests {
    use super::{MediaTypeClass, classify_media_type};

    #[test]
    fn binary_formats_are_recognized_by_name() {
        for name in [
            "application/cbor",
            "application/x-protobuf",
            "application/vnd.google.protobuf",
        ] {
            assert_eq!(
                classify_media_type(name),
                MediaTypeClass::BinaryFormat,
                "{name}"
            );
        }
        assert_eq!(
            classify_media_type("application/senml+cbor"),
            MediaTypeClass::BinaryFormat
        );
        assert_eq!(
            classify_media_type("application/vnd.example.v2"),
            MediaTypeClass::Unknown
        );
    }
}
