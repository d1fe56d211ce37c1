//! `$ref`, perhaps with keywords beside it.

use openapiv3::{ReferenceOr, Schema, SchemaKind};

use super::Parser;
use super::SchemaKeywords;
use super::typed_schema::move_null_to_nullable;
use crate::diagnostics::Code;
use crate::source::PointerPath;

impl Parser<'_> {
    /// A reference, perhaps with keywords beside it.
    pub(super) fn build_reference(
        &mut self,
        reference: String,
        mut draft: SchemaKeywords,
        at: &PointerPath<'_>,
    ) -> ReferenceOr<Schema> {
        let reference = ReferenceOr::Reference {
            reference: self.reference(reference),
        };
        move_null_to_nullable(&mut draft);
        let shaped = draft.is_composed()
            || draft.speaks_of_objects()
            || draft.speaks_of_arrays()
            || draft.enumeration.is_some()
            || draft.constant.is_some();
        if shaped && self.version.is_3_1() {
            // The type is that of what is referred to.
            draft.types.clear();
            draft.all_of.insert(0, reference);
            return ReferenceOr::Item(self.build_schema(draft, at));
        }
        if shaped {
            let message =
                "keywords next to `$ref` have no effect before OpenAPI 3.1; they are ignored";
            self.report(Code::RefSiblings, at, message);
        }
        if !is_annotated(&draft) {
            return reference;
        }
        ReferenceOr::Item(Schema {
            schema_data: draft.data,
            schema_kind: SchemaKind::AllOf {
                all_of: vec![reference],
            },
        })
    }
}

fn is_annotated(draft: &SchemaKeywords) -> bool {
    let data = &draft.data;
    data.nullable
        || data.read_only
        || data.write_only
        || data.deprecated
        || data.description.is_some()
        || data.title.is_some()
        || data.default.is_some()
        || data.example.is_some()
        || data.external_docs.is_some()
        || data
            .extensions
            .keys()
            .any(|key| key.starts_with("x-sdkwright-"))
}
