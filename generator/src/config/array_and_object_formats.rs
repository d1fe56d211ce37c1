//! `query_settings` and `multipart_settings`: the formats of arrays and objects.

use serde_json::Value;

use super::At;
use super::reader::Reader;

/// `array_format`: the encoding of arrays in a query or a multipart body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ArrayFormat {
    /// `a=1,2`.
    Comma,
    /// `a=1&a=2`.
    Repeat,
    /// `a[]=1&a[]=2`.
    Brackets,
    /// `a[0]=1&a[1]=2`.
    Indices,
}

/// `nested_format`: the encoding of objects in a query or a multipart body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NestedFormat {
    /// `a[b]=1`.
    Brackets,
    /// `a.b=1`.
    Dots,
}

impl Reader<'_> {
    /// Reads the formats of `query_settings` or `multipart_settings`.
    pub(super) fn formats(
        &mut self,
        node: Option<At<Value>>,
        parent: &str,
    ) -> (Option<At<ArrayFormat>>, Option<At<NestedFormat>>) {
        const ARRAYS: &[(&str, ArrayFormat)] = &[
            ("comma", ArrayFormat::Comma),
            ("repeat", ArrayFormat::Repeat),
            ("brackets", ArrayFormat::Brackets),
            ("indices", ArrayFormat::Indices),
        ];
        const NESTED: &[(&str, NestedFormat)] = &[
            ("brackets", NestedFormat::Brackets),
            ("dots", NestedFormat::Dots),
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
