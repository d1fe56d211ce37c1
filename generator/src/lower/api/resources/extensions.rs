//! Operations whose call the document names, or that it leaves out, in the extensions of SDK
//! generators.

use openapiv3::Operation;
use serde_json::Value;

use crate::ir::Words;
use crate::lower::findings::Findings;
use crate::lower::name_extensions::{LANGUAGE, NamedItem, read_name, read_resources};
use crate::source::Pointer;

/// A call as the document names it. Parts that it does not name are none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct NamedCall {
    /// The resources.
    pub(super) resources: Option<Vec<Words>>,
    /// The method.
    pub(super) method: Option<Words>,
}

/// Reads the call that the extensions of an operation name.
pub(super) fn read_named_call(
    operation: &Operation,
    at: &Pointer,
    findings: &mut Findings,
) -> NamedCall {
    let extensions = &operation.extensions;
    NamedCall {
        resources: read_resources(extensions, at, findings),
        method: read_name(NamedItem::Method, extensions, at, findings),
    }
}

/// Whether the document leaves the operation out of SDKs: `x-stainless-skip`, `x-fern-ignore` and
/// `x-speakeasy-ignore` are `true`, or a list of languages.
pub(super) fn is_skipped(operation: &Operation) -> bool {
    let keys = ["x-stainless-skip", "x-fern-ignore", "x-speakeasy-ignore"];
    let mut values = keys.iter().filter_map(|key| operation.extensions.get(*key));
    values.any(|value| match value {
        Value::Bool(skip) => *skip,
        Value::Array(list) => list.iter().any(|language| language == LANGUAGE),
        _ => false,
    })
}
