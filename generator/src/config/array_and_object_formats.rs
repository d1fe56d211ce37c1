//! `query_settings` and `multipart_settings`: the formats of arrays and objects.

use serde_json::Value;

use super::At;
use super::reader::Reader;
use crate::ir::{QueryArrayFormat, QueryObjectFormat};

impl Reader<'_> {
    /// Reads the formats of `query_settings` or `multipart_settings`.
    pub(super) fn formats(
        &mut self,
        node: Option<At<Value>>,
        parent: &str,
    ) -> (Option<At<QueryArrayFormat>>, Option<At<QueryObjectFormat>>) {
        const ARRAYS: &[(&str, QueryArrayFormat)] = &[
            ("comma", QueryArrayFormat::Comma),
            ("repeat", QueryArrayFormat::Repeat),
            ("brackets", QueryArrayFormat::Brackets),
            ("indices", QueryArrayFormat::Indices),
        ];
        const NESTED: &[(&str, QueryObjectFormat)] = &[
            ("brackets", QueryObjectFormat::Brackets),
            ("dots", QueryObjectFormat::Dots),
        ];
        let Some(mut fields) = node.and_then(|node| self.fields(node)) else {
            return (None, None);
        };
        let arrays = self.word(fields.take("array_format"), ARRAYS);
        let nested = self.word(fields.take("nested_format"), NESTED);
        self.finish(fields, parent);
        (arrays, nested)
    }
}
