//! Calls by the path: the literal segments are the resources, and the HTTP method is the verb.
//!
//! The chain of resources is all literal segments, or all but the last: 67 / 76 (7,069). The last
//! segment is a method of its parent if it is *lonely*: it has one operation, and no path below it.
//! This rule holds in 85 / 86 (1,546). It needs no list of verbs, and is right more often than one.

use super::call::Call;
use super::facts::OperationFacts;
use super::path_position::PathPosition;
use super::phrases::{begins_with_verb, tidy_method, without_resource};
use super::survey::Survey;
use super::verbs::method_verb;
use super::vocabulary::{has_preposition, is_preposition, is_standard, letters, names_act};
use crate::ir::{Method, Words};

/// The call of an operation by its path.
pub(super) fn call_by_path(operation: &OperationFacts, survey: &Survey<'_>) -> Call {
    let chain = resource_chain(operation);
    let Some((last, parents)) = chain.split_last() else {
        return call_without_literals(operation);
    };
    if let Some(action) = &operation.path.action {
        return Call::new(chain, action.clone());
    }
    if parents.is_empty()
        && let Some(call) = call_of_root_act(operation, last, survey)
    {
        return call;
    }
    let position = PathPosition::new(operation, last, survey);
    if operation.path.is_item() {
        let method = position.method_of_parent_by_item(parents);
        return match method {
            Some(method) => Call::new(parents.to_vec(), method),
            None => Call::new(chain.clone(), position.method_of_resource()),
        };
    }
    if let Some(method) = position.method_below_act(parents) {
        let above = parents.split_last().map_or(parents, |(_, above)| above);
        return Call::new(above.to_vec(), method);
    }
    match position.method_of_parent(parents) {
        Some(method) => Call::new(parents.to_vec(), method),
        None => Call::new(chain.clone(), position.method_of_resource()),
    }
}

/// The literal segments without verbs in the middle that repeat the HTTP method, and without
/// prepositions: `/types/list/enum`, `/messages/with/{user}/replies`.
fn resource_chain(operation: &OperationFacts) -> Vec<Words> {
    let mut chain = operation.chain();
    let Some(last) = chain.pop() else {
        return chain;
    };
    let first = chain.first().cloned();
    let says_more = |words: &Words| {
        let is_name = !is_standard(words) && !is_preposition(&words.snake());
        Some(words) == first.as_ref() || is_name
    };
    chain.retain(says_more);
    chain = chain.iter().map(without_get).collect();
    chain.push(last);
    chain
}

/// A segment above others without the verb of a GET: `/get-prices/outbound/{type}`.
fn without_get(segment: &Words) -> Words {
    let mut words = segment.iter();
    let object: Words = match words.next() {
        Some(first) if first == "get" => words.collect(),
        _ => return segment.clone(),
    };
    if object.is_empty() {
        return segment.clone();
    }
    object
}

/// The resources that the tag of an operation names. A tag such as `Start Test` names the operation.
fn list_tag_resources(operation: &OperationFacts) -> Vec<Words> {
    let mut resources = operation.tag().unwrap_or_default().to_vec();
    resources.retain(|tag| tag.iter().count() < 2 || !begins_with_verb(tag));
    resources
}

/// The call of an operation on the API itself, or on `/{name}`: the tag, and the id without it.
fn call_without_literals(operation: &OperationFacts) -> Call {
    let resources = list_tag_resources(operation);
    let left = (resources.iter().rev()).fold(operation.id.clone(), |id, resource| {
        without_resource(&id, resource)
    });
    let action = operation.path.action.clone();
    let is_list = operation.returns_list();
    // A resource of the same name leaves nothing: `search` of the tag `search`.
    let left = if left.is_empty() {
        &operation.id
    } else {
        &left
    };
    let method = action.or_else(|| tidy_method(left, operation, is_list));
    let method = method.unwrap_or_else(|| match operation.method {
        Method::Get if is_list => Words::split("list"),
        _ => method_verb(&operation.method),
    });
    Call::new(resources, method)
}

/// Number of words of a tag that names a resource. A longer tag is a heading.
const MAX_TAG_WORDS: usize = 3;

/// The call of an act on the API itself, `POST /login` or `PUT /stop/{id}`: a method of the tag, or of the client. An
/// act that has a tag of its own name is a resource, as in most SDKs: `rerank().create(…)`.
fn call_of_root_act(operation: &OperationFacts, act: &Words, survey: &Survey<'_>) -> Option<Call> {
    let shape = operation.path.shape();
    let is_only = survey.tree.count_below(shape.get(..1)?) == 1;
    let tags = operation.tag().unwrap_or_default();
    let is_tag = tags.iter().any(|tag| letters(tag) == letters(act));
    let resources = list_tag_resources(operation);
    let is_heading = |tag: &Words| tag.iter().count() > MAX_TAG_WORDS;
    let has_heading = resources.iter().any(is_heading);
    let resources = if has_heading {
        &[]
    } else {
        resources.as_slice()
    };
    let writes = matches!(operation.method, Method::Post | Method::Put | Method::Patch);
    // `POST /list-alerts` with the id `listAlerts` is an act.
    let is_id = operation.id == *act && begins_with_verb(act);
    let is_act = (names_act(act) || is_id) && !has_preposition(act);
    let fits = is_only && writes && is_act && !is_tag;
    let resources = resources.iter().map(|tag| spell_as_segment(tag, survey));
    fits.then(|| Call::new(resources.collect(), act.clone()))
}

/// The words of a tag as the paths spell them: the tag `Image` is the resource of `/images/{id}`.
fn spell_as_segment(tag: &Words, survey: &Survey<'_>) -> Words {
    let segments = survey.operations.iter();
    let mut segments = segments.filter_map(|operation| operation.path.literals().next());
    let same = segments.find(|segment| letters(segment) == letters(tag));
    same.unwrap_or(tag).clone()
}
