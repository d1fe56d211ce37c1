//! The way in which a body is written: by its media type, and by what its schema is.

use super::Contents;
use super::preference::has_no_names;
use crate::ir::{Content, StringKind, Type};
use crate::lower::media_type::{Writing, writing};
use crate::lower::schema::shape::{Form, Formed};

/// How a body is written or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Json,
    Form,
    Multipart,
    Text,
    Binary,
}

impl Way {
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

    /// Whether what is written is not made from the structure of a schema.
    pub(super) const fn is_opaque(self) -> bool {
        matches!(self, Self::Text | Self::Binary)
    }
}

impl<'a> Contents<'_, 'a> {
    /// The way in which a body of this media type is written; `formed` is its schema, if it has one.
    pub(super) fn way(&mut self, name: &str, formed: Option<&Formed<'a>>) -> Way {
        let Some(formed) = formed else {
            return bare(writing(name));
        };
        let underlying = self.context.schemas.underlying(formed);
        let form = underlying.as_ref().map(|formed| &formed.form);
        let is_text = matches!(form, Some(Form::Plain(Type::String(_))));
        if matches!(form, Some(Form::Plain(Type::String(StringKind::Binary)))) {
            return Way::Binary;
        }
        match writing(name) {
            // A form that is a text is put together by the caller.
            Writing::Form | Writing::Unclear if is_text => Way::Text,
            // A media range without a structure is what a handler of raw bytes declares.
            Writing::Unclear if matches!(form, Some(Form::Plain(Type::Untyped(_)))) => Way::Binary,
            Writing::Form | Writing::Multipart if form.is_some_and(has_no_names) => Way::Json,
            Writing::Json | Writing::Unclear => Way::Json,
            Writing::Form => Way::Form,
            Writing::Multipart => Way::Multipart,
            Writing::Text => Way::Text,
            Writing::Binary | Writing::Packed => Way::Binary,
        }
    }
}

/// The way in which a body without a schema is written.
const fn bare(writing: Writing) -> Way {
    match writing {
        Writing::Json => Way::Json,
        Writing::Form => Way::Form,
        Writing::Multipart => Way::Multipart,
        Writing::Text => Way::Text,
        Writing::Unclear | Writing::Binary | Writing::Packed => Way::Binary,
    }
}
