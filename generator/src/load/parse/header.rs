//! Headers of responses and of multipart parts.

use indexmap::IndexMap;
use openapiv3::{Header, HeaderStyle, ParameterSchemaOrContent, ReferenceOr};
use serde_json::{Map, Value};

use super::Parser;
use super::parameter::text_schema;
use crate::source::PointerPath;

impl Parser<'_> {
    pub(super) fn parse_headers(
        &mut self,
        value: Value,
        at: &PointerPath<'_>,
    ) -> IndexMap<String, ReferenceOr<Header>> {
        self.parse_map(value, at, |r, v, at| {
            let header = r.parse_referable(v, at, Self::parse_header);
            // A header without a schema is a string.
            Some(header.unwrap_or_else(|| ReferenceOr::Item(text_header())))
        })
    }

    fn parse_header(&mut self, map: Map<String, Value>, at: &PointerPath<'_>) -> Option<Header> {
        let properties = self.parse_parameter_keywords(map, at);
        Some(Header {
            description: properties.description,
            style: HeaderStyle::Simple,
            required: properties.required,
            deprecated: properties.deprecated,
            format: properties.format.unwrap_or_else(|| {
                ParameterSchemaOrContent::Schema(ReferenceOr::Item(text_schema()))
            }),
            example: properties.example,
            examples: properties.examples,
            extensions: properties.extensions,
        })
    }
}

/// Returns a header with a string value.
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
