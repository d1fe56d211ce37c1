//! `$ref`, with or without other keywords.

use openapiv3::{ReferenceOr, Schema, SchemaKind};

use super::Parser;
use super::SchemaKeywords;
use super::typed_schema::move_null_to_nullable;
use crate::diagnostics::Code;
use crate::source::PointerPath;

impl Parser<'_> {
    /// Builds a reference, with or without other keywords.
    pub(super) fn build_reference(
        &mut self,
        reference: String,
        mut keywords: SchemaKeywords,
        at: &PointerPath<'_>,
    ) -> ReferenceOr<Schema> {
        let reference = ReferenceOr::Reference {
            reference: self.upgrade_reference(reference),
        };
        move_null_to_nullable(&mut keywords);
        let shaped = keywords.is_composed()
            || keywords.describes_objects()
            || keywords.describes_arrays()
            || keywords.enumeration.is_some()
            || keywords.constant.is_some();
        if shaped && self.version.is_3_1() {
            // The target of the reference has the type.
            keywords.types.clear();
            keywords.all_of.insert(0, reference);
            return ReferenceOr::Item(self.build_schema(keywords, at));
        }
        if shaped {
            let message =
                "keywords next to `$ref` have no effect before OpenAPI 3.1; they are ignored";
            self.report(Code::RefSiblings, at, message);
        }
        if !is_annotated(&keywords) {
            return reference;
        }
        ReferenceOr::Item(Schema {
            schema_data: keywords.data,
            schema_kind: SchemaKind::AllOf {
                all_of: vec![reference],
            },
        })
    }
}

/// Prefixes of extensions that name the item with the reference, and not its target.
const NAMING_PREFIXES: [&str; 5] = [
    "x-sdkwright-",
    "x-stainless-naming",
    "x-fern-",
    "x-speakeasy-name-",
    "x-ms-client-name",
];

fn is_kept(key: &str) -> bool {
    NAMING_PREFIXES.iter().any(|prefix| key.starts_with(prefix))
}

fn is_annotated(keywords: &SchemaKeywords) -> bool {
    let data = &keywords.data;
    data.nullable
        || data.read_only
        || data.write_only
        || data.deprecated
        || data.description.is_some()
        || data.title.is_some()
        || data.default.is_some()
        || data.example.is_some()
        || data.external_docs.is_some()
        || data.extensions.keys().any(|key| is_kept(key))
}
