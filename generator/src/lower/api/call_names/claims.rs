//! Claims to a name that several operations infer: the first one gets it.

use std::collections::HashSet;

use super::call::Call;
use super::facts::OperationFacts;
use super::survey::Survey;
use super::vocabulary::is_standard;
use crate::ir::Words;

/// The rank of an operation's claim to a name.
///
/// An operation on a collection comes first for `list` and `create`, and one on an item for other
/// names. Then one whose items are in the document comes first, then the shorter path, then one
/// whose last segment is in the name, and then one whose items have an id.
pub(super) fn claim_rank(
    operation: &OperationFacts,
    call: &Call,
    survey: &Survey<'_>,
) -> (bool, bool, bool, usize, bool, bool) {
    let method = &call.method;
    let is_for_many = matches!(method.snake().as_str(), "list" | "create");
    let ends_with_method = operation.path.literals().last() == Some(method);
    let is_least = if is_for_many {
        !ends_with_method && operation.path.is_item()
    } else if is_standard(method) {
        !operation.path.is_item()
    } else {
        match ends_with_method {
            true => !acts_on_item(operation, survey),
            false => operation.path.parameters().next().is_none(),
        }
    };
    let is_variant = operation.path.variant.is_some();
    // `POST /threads/{id}/runs` creates the runs of `/threads/{id}/runs/{run}`.
    let has_items = ends_with_method || survey.tree.has_items(&operation.path.shape());
    let by_segment = usize::from(is_for_many && !ends_with_method);
    (
        is_variant,
        is_least,
        is_for_many && !has_items,
        by_segment * 100 + operation.path.segments.len(),
        has_other_words(operation, call),
        operation.path.is_item() && !has_id(operation),
    )
}

/// Whether the last parameter of the path is an id.
pub(super) fn has_id(operation: &OperationFacts) -> bool {
    let key = operation.path.parameters().last();
    key.is_some_and(|key| key.iter().next_back().is_some_and(|word| word == "id"))
}

/// Whether the last segment has words that the name lacks: `mtls-config` for `get_mtls`.
fn has_other_words(operation: &OperationFacts, call: &Call) -> bool {
    let names = call.resources.iter().chain([&call.method]);
    let known: HashSet<String> = names
        .flat_map(|words| words.singulars().iter().cloned().collect::<Vec<_>>())
        .collect();
    let segment = operation.path.literals().last().map(Words::singulars);
    segment.is_some_and(|words| words.iter().any(|word| !known.contains(word)))
}

/// Whether an operation is an item, or an act on an item of a collection: `/orders/{id}/cancel`.
///
/// In `/oauth2/{server}/revoke`, `oauth2` is a namespace without items.
pub(super) fn acts_on_item(operation: &OperationFacts, survey: &Survey<'_>) -> bool {
    let shape = operation.path.shape();
    let has_methods = |shape: &[&str]| !survey.tree.methods(shape).is_empty();
    match shape.as_slice() {
        [.., "{}"] => true,
        [item @ .., _] if item.last() == Some(&"{}") => {
            has_methods(item) || item.split_last().is_some_and(|(_, it)| has_methods(it))
        }
        _ => false,
    }
}
