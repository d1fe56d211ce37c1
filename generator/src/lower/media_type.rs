//! Media types: how what is of them is written.

use crate::ir::MediaType;

/// How a body is written, by its media type alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Writing {
    Json,
    Form,
    Multipart,
    /// JSON if its schema has a structure, else bytes.
    Unclear,
    Text,
    Binary,
    /// Bytes that have a structure, which is not JSON's.
    Packed,
}

impl Writing {
    /// Whether its structure, if it has one, is not written from that of a schema.
    pub(super) const fn is_opaque(self) -> bool {
        matches!(self, Self::Text | Self::Binary | Self::Packed)
    }
}

/// Formats of values that are not text.
const PACKED: [&str; 10] = [
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

/// What is preferred: the lower, the better.
pub(super) fn rank(name: &str) -> (bool, Writing, bool) {
    let media = MediaType::new(name);
    let unusual = media.essence() != "application/json";
    (media.is_stream(), writing(name), unusual)
}

/// Whether what is of a media type is bytes rather than text, of whatever structure.
pub(super) fn is_binary(name: &str) -> bool {
    matches!(writing(name), Writing::Binary | Writing::Packed)
}

/// How what is of a media type is written.
pub(super) fn writing(name: &str) -> Writing {
    let media = MediaType::new(name);
    if media.is_json() {
        return Writing::Json;
    }
    if media.is_stream() {
        return Writing::Text;
    }
    let essence = media.essence();
    match essence.as_str() {
        "application/x-www-form-urlencoded" => Writing::Form,
        "application/octet-stream" | "application/pdf" | "application/zip" | "application/gzip" => {
            Writing::Binary
        }
        "application/xml"
        | "application/yaml"
        | "application/x-yaml"
        | "application/csv"
        | "application/javascript"
        | "application/graphql"
        | "application/sql" => Writing::Text,
        other => by_family(other),
    }
}

fn by_family(essence: &str) -> Writing {
    let (family, rest) = essence.split_once('/').unwrap_or((essence, ""));
    match family {
        "multipart" => Writing::Multipart,
        "text" => Writing::Text,
        "image" | "audio" | "video" | "font" | "model" => Writing::Binary,
        _ if is_packed(rest) => Writing::Packed,
        _ if rest.ends_with("+xml") || rest.ends_with("+yaml") => Writing::Text,
        _ if rest.ends_with("+zip") || rest.ends_with("+gzip") => Writing::Binary,
        _ => Writing::Unclear,
    }
}

/// Whether a subtype is of one of these formats: `cbor`, `x-protobuf`, `vnd.apache.avro`, `senml+cbor`.
fn is_packed(subtype: &str) -> bool {
    let format = subtype.rsplit(['+', '.']).next().unwrap_or(subtype);
    PACKED.contains(&format.strip_prefix("x-").unwrap_or(format))
}

#[cfg(test)]
mod tests {
    use super::{Writing, writing};

    #[test]
    fn formats_that_are_no_text_are_known_by_their_names() {
        for name in [
            "application/cbor",
            "application/x-protobuf",
            "application/vnd.google.protobuf",
        ] {
            assert_eq!(writing(name), Writing::Packed, "{name}");
        }
        assert_eq!(writing("application/senml+cbor"), Writing::Packed);
        assert_eq!(writing("application/vnd.example.v2"), Writing::Unclear);
    }
}
