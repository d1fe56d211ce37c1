//! Calls that the document names itself, in the extensions of SDK generators.
//!
//! | extension | value | call |
//! |---|---|---|
//! | `x-stainless-method` | `accounts.members.list` | the path of the method; `$client` is the client |
//! | `x-fern-sdk-group-name`, `x-fern-sdk-method-name` | `[accounts, members]`, `list` | groups and method |
//! | `x-speakeasy-group`, `x-speakeasy-name-override` | `accounts.members`, `list` | group and method |
//! | `x-stripeOperations` | a list with `method_name` | the method |
//! | `x-methodName`, `x-operation-name` | `listMembers` | the method |
//!
//! The first of them that an operation has is used. The parts that it lacks are inferred.

use openapiv3::Operation;
use serde_json::Value;

use crate::ir::Words;

/// The language whose entries are taken.
const LANGUAGE: &str = "rust";

/// A call as the document names it. Parts that it does not name are none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct NamedCall {
    /// The resources.
    pub(super) resources: Option<Vec<Words>>,
    /// The method.
    pub(super) method: Option<Words>,
}

/// Reads the call that the extensions of an operation name.
pub(super) fn read_named_call(operation: &Operation) -> NamedCall {
    let stainless = read_stainless(operation);
    if stainless != NamedCall::default() {
        return stainless;
    }
    let text = |key: &str| operation.extensions.get(key).and_then(Value::as_str);
    let method = ["x-fern-sdk-method-name", "x-speakeasy-name-override"]
        .iter()
        .find_map(|key| text(key))
        .or_else(|| stripe_method(operation))
        .or_else(|| {
            ["x-methodName", "x-operation-name"]
                .iter()
                .find_map(|key| text(key))
        });
    let groups = ["x-fern-sdk-group-name", "x-speakeasy-group"];
    let resources = groups
        .iter()
        .find_map(|key| read_groups(operation.extensions.get(*key)?));
    NamedCall {
        resources,
        method: method.map(Words::split).filter(|words| !words.is_empty()),
    }
}

/// `x-stainless-method`: the whole call, or an object with its `path`.
fn read_stainless(operation: &Operation) -> NamedCall {
    let value = operation.extensions.get("x-stainless-method");
    let text = value.and_then(|value| value.as_str().or_else(|| value.get("path")?.as_str()));
    let Some(text) = text else {
        return NamedCall::default();
    };
    let parts = text.split('.').filter(|part| *part != "$client");
    let mut resources: Vec<Words> = parts
        .map(Words::split)
        .filter(|it| !it.is_empty())
        .collect();
    let method = resources.pop();
    NamedCall {
        resources: method.is_some().then_some(resources),
        method,
    }
}

/// The groups of Fern, a list or one text, and those of Speakeasy, which are dotted.
fn read_groups(value: &Value) -> Option<Vec<Words>> {
    let words: Vec<Words> = match value {
        Value::String(text) => text.split('.').map(Words::split).collect(),
        Value::Array(list) => list
            .iter()
            .filter_map(Value::as_str)
            .map(Words::split)
            .collect(),
        _ => return None,
    };
    let words: Vec<Words> = words.into_iter().filter(|it| !it.is_empty()).collect();
    (!words.is_empty()).then_some(words)
}

/// The method of Stripe's own SDKs.
fn stripe_method(operation: &Operation) -> Option<&str> {
    let list = operation.extensions.get("x-stripeOperations")?.as_array()?;
    list.first()?.get("method_name")?.as_str()
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
