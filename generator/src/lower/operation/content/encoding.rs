//! Body encodings, by media type and schema.

use super::Contents;
use super::preference::has_no_names;
use crate::ir::{Content, StringKind, Type};
use crate::lower::media_type::{MediaTypeClass, classify_media_type};
use crate::lower::schema::shape::{ResolvedSchema, SchemaShape};

/// The encoding of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BodyEncoding {
    Json,
    Form,
    Multipart,
    Text,
    Binary,
}

impl BodyEncoding {
    /// Returns content of this encoding.
    pub(super) fn with_type(self, ty: Type) -> Content {
        match self {
            Self::Json => Content::Json(ty),
            Self::Form => Content::Form(ty),
            Self::Multipart => Content::Multipart(ty),
            Self::Text => Content::Text,
            Self::Binary => Content::Binary,
        }
    }

    /// Whether bodies are text or bytes that are not encoded from a schema.
    pub(super) const fn is_opaque(self) -> bool {
        matches!(self, Self::Text | Self::Binary)
    }
}

impl<'a> Contents<'_, 'a> {
    /// Returns the encoding for a media type and its schema.
    pub(super) fn choose_encoding(
        &mut self,
        name: &str,
        resolved: Option<&ResolvedSchema<'a>>,
    ) -> BodyEncoding {
        let Some(resolved) = resolved else {
            return encode_without_schema(classify_media_type(name));
        };
        let resolve_target = self.context.schemas.resolve_target(resolved);
        let form = resolve_target.as_ref().map(|resolved| &resolved.shape);
        let is_text = matches!(form, Some(SchemaShape::Type(Type::String(_))));
        if matches!(
            form,
            Some(SchemaShape::Type(Type::String(StringKind::Binary)))
        ) {
            return BodyEncoding::Binary;
        }
        match classify_media_type(name) {
            // The caller encodes a form whose schema is text.
            MediaTypeClass::Form | MediaTypeClass::Multipart | MediaTypeClass::Unknown
                if is_text =>
            {
                BodyEncoding::Text
            }
            // A media range without a shape is what handlers of raw bytes declare.
            MediaTypeClass::Unknown
                if matches!(form, Some(SchemaShape::Type(Type::Untyped(_)))) =>
            {
                BodyEncoding::Binary
            }
            MediaTypeClass::Form | MediaTypeClass::Multipart if form.is_some_and(has_no_names) => {
                BodyEncoding::Json
            }
            MediaTypeClass::Json | MediaTypeClass::Unknown => BodyEncoding::Json,
            MediaTypeClass::Form => BodyEncoding::Form,
            MediaTypeClass::Multipart => BodyEncoding::Multipart,
            MediaTypeClass::Text => BodyEncoding::Text,
            MediaTypeClass::Binary | MediaTypeClass::BinaryFormat => BodyEncoding::Binary,
        }
    }
}

/// Returns the encoding of a body without a schema.
const fn encode_without_schema(writing: MediaTypeClass) -> BodyEncoding {
    match writing {
        MediaTypeClass::Json => BodyEncoding::Json,
        MediaTypeClass::Form => BodyEncoding::Form,
        MediaTypeClass::Multipart => BodyEncoding::Multipart,
        MediaTypeClass::Text => BodyEncoding::Text,
        MediaTypeClass::Unknown | MediaTypeClass::Binary | MediaTypeClass::BinaryFormat => {
            BodyEncoding::Binary
        }
    }
}
