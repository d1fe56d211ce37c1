//! Keywords about the content of a string: `contentEncoding` and `contentMediaType`.

use serde_json::Value;

use super::structure::keep;
use super::{Parser, SchemaKeywords};
use crate::load::internal_extensions;
use crate::source::PointerPath;

impl Parser<'_> {
    /// Reads the encoding of a string as its format, unless it has one.
    ///
    /// The format `byte` is base64. Another encoding, such as base64 with the URL-safe
    /// alphabet, is a format of its own, whose values stay text.
    pub(super) fn parse_content_encoding(
        &mut self,
        keywords: &mut SchemaKeywords,
        value: Value,
        at: &PointerPath<'_>,
    ) {
        let Some(encoding) = self.read_string(value, at) else {
            return;
        };
        let format = match encoding.as_str() {
            "base64" => "byte",
            "base64url" | "binary" | "base32" | "base16" | "quoted-printable" => &encoding,
            _ => return,
        };
        keywords.format.get_or_insert_with(|| format.to_owned());
    }

    /// Reads the media type of a string.
    pub(super) fn parse_content_media_type(
        &mut self,
        keywords: &mut SchemaKeywords,
        value: Value,
        at: &PointerPath<'_>,
    ) {
        if let Some(media_type) = self.read_string(value, at) {
            keep(
                keywords,
                internal_extensions::CONTENT_MEDIA_TYPE,
                &media_type,
            );
        }
    }
}
