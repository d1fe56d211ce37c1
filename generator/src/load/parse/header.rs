//! Headers of responses and of parts.

use indexmap::IndexMap;
use openapiv3::{Header, HeaderStyle, ParameterSchemaOrContent, ReferenceOr};
use serde_json::{Map, Value};

use super::Parser;
use super::parameter::text_schema;
use crate::source::PointerPath;

impl Parser<'_> {
    pub(super) fn headers(
        &mut self,
        value: Value,
        at: &PointerPath<'_>,
    ) -> IndexMap<String, ReferenceOr<Header>> {
        self.members(value, at, |r, v, at| {
            let header = r.referable(v, at, Self::header);
            // A header of which only the name is known is a string.
            Some(header.unwrap_or_else(|| ReferenceOr::Item(text_header())))
        })
    }

    #[allow(
        clippy::unnecessary_wraps,
        reason = "`referable` takes builders that may refuse"
    )]
    fn header(&mut self, map: Map<String, Value>, at: &PointerPath<'_>) -> Option<Header> {
        let draft = self.parameter_draft(map, at);
        Some(Header {
            description: draft.description,
            style: HeaderStyle::Simple,
            required: draft.required,
            deprecated: draft.deprecated,
            format: draft.format.unwrap_or_else(|| {
                ParameterSchemaOrContent::Schema(ReferenceOr::Item(text_schema()))
            }),
            example: draft.example,
            examples: draft.examples,
            extensions: draft.extensions,
        })
    }
}

/// A header that holds a string.
fn text_header() -> Header {
    Header {
        description: None,
        style: HeaderStyle::Simple,
        required: false,
        deprecated: None,
        format: ParameterSchemaOrContent::Schema(ReferenceOr::Item(text_schema())),
        example: None,
        examples: IndexMap::new(),
        extensions: IndexMap::new(),
    }
}
