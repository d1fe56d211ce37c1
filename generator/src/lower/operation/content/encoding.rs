//! The way in which a body is written: by its media type, and by what its schema is.

use super::Contents;
use super::preference::has_no_names;
use crate::ir::{Content, StringKind, Type};
use crate::lower::media_type::{MediaTypeClass, classify_media_type};
use crate::lower::schema::shape::{ResolvedSchema, SchemaShape};

/// How a body is written or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BodyEncoding {
    Json,
    Form,
    Multipart,
    Text,
    Binary,
}

impl BodyEncoding {
    /// A value that is written in this way.
    pub(super) fn of(self, ty: Type) -> Content {
        match self {
            Self::Json => Content::Json(ty),
            Self::Form => Content::Form(ty),
            Self::Multipart => Content::Multipart(ty),
            Self::Text => Content::Text,
            Self::Binary => Content::Binary,
        }
    }

    /// Whether what is written is not built from the structure of a schema.
    pub(super) const fn is_opaque(self) -> bool {
        matches!(self, Self::Text | Self::Binary)
    }
}

impl<'a> Contents<'_, 'a> {
    /// The way in which a body of this media type is written; `resolved` is its schema, if it has one.
    pub(super) fn way(
        &mut self,
        name: &str,
        resolved: Option<&ResolvedSchema<'a>>,
    ) -> BodyEncoding {
        let Some(resolved) = resolved else {
            return bare(classify_media_type(name));
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
            // A form that is a text is put together by the caller.
            MediaTypeClass::Form | MediaTypeClass::Unknown if is_text => BodyEncoding::Text,
            // A media range without a structure is what a handler of raw bytes declares.
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

/// The way in which a body without a schema is written.
const fn bare(writing: MediaTypeClass) -> BodyEncoding {
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
