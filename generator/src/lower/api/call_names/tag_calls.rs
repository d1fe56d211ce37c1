//! Calls by the tag, for documents whose tags are more precise than their paths.

use super::call::Call;
use super::facts::OperationFacts;
use super::other_owners::OtherOwner;
use super::path_calls::call_by_path;
use super::phrases::{begins_with_verb, tidy_method, without_owned_resource, without_resource};
use super::segment_text::is_version;
use super::survey::Survey;
use super::vocabulary::{
    is_clear_verb, is_preposition, is_standard, is_verb, letters, names_act, standard_verb,
};
use crate::ir::{Method, Words};

/// The call of an operation by its tag, if the habits of the document allow it.
pub(super) fn call_by_tag(operation: &OperationFacts, survey: &Survey<'_>) -> Option<Call> {
    let tag = operation.tag()?;
    if survey.style.is_flat_by_tag
        && let [only] = tag
        && let Some(method) = flat_method(operation, only, survey)
    {
        return Some(Call::new(tag.to_vec(), method));
    }
    survey
        .style
        .has_dotted_tags
        .then(|| dotted_call(operation, tag, survey))
}

/// The id without the words of the tag. None if the tag shares no word with the path: such a tag
/// is a heading, and not a resource.
fn flat_method(operation: &OperationFacts, tag: &Words, survey: &Survey<'_>) -> Option<Words> {
    if operation.id.is_empty() {
        return None;
    }
    let chain = operation.chain();
    let tag_words = tag.singulars();
    let shares = chain.iter().any(|segment| {
        let segment_words = segment.singulars();
        letters(segment) == letters(tag)
            || tag_words
                .iter()
                .any(|word| segment_words.iter().any(|it| it == word))
    });
    if !shares && !chain.is_empty() {
        return None;
    }
    let left = without_owned_resource(&operation.id, tag, &survey.owners);
    let method = tidy_method(&left, operation, is_list(operation, survey))?;
    let other = OtherOwner::find(&method, tag, operation, &survey.owners);
    let method = other.map_or(method, |other| other.rename());
    let is_known = operation.method != Method::Get || !is_unknown_word(&method, operation);
    (is_known && !begins_with_http_verb(&method)).then_some(method)
}

/// Whether a method is one word that is neither a verb nor a segment, such as `lis`.
fn is_unknown_word(method: &Words, operation: &OperationFacts) -> bool {
    let mut words = method.iter();
    let (Some(only), None) = (words.next(), words.next()) else {
        return false;
    };
    let is_said = |name: &Words| name.iter().any(|it| it == only);
    !is_verb(only) && standard_verb(only).is_none() && !operation.path.literals().any(is_said)
}

fn is_list(operation: &OperationFacts, survey: &Survey<'_>) -> bool {
    operation.method == Method::Get
        && !operation.path.is_item()
        && (operation.returns_list() || survey.tree.has_items(&operation.path.shape()))
}

/// The call of a dotted tag. Segments below those of the tag become the object of the method.
///
/// `GET /agents/{id}/versions` of `beta.agents` is `list_versions`.
fn dotted_call(operation: &OperationFacts, tag: &[Words], survey: &Survey<'_>) -> Call {
    let by_path = call_by_path(operation, survey);
    let chain = operation.chain();
    let is_prefix = tag
        .iter()
        .zip(&chain)
        .all(|(a, b)| letters(a) == letters(b));
    if is_prefix && chain.len() > tag.len() {
        return by_path;
    }
    let last = tag.last().map(letters).unwrap_or_default();
    let index = by_path.resources.iter().rposition(|it| letters(it) == last);
    let deeper = index.and_then(|index| by_path.resources.get(index + 1..));
    let deeper = deeper.unwrap_or_default();
    let is_standard_method = index.is_some() && deeper.is_empty() && is_standard(&by_path.method);
    // `…/search` is more precise than its id, `get_events`.
    let last_segment = operation.path.literals().last();
    let is_act = last_segment.is_some_and(|it| *it == by_path.method && names_act(it));
    let by_id = method_of_id(operation, tag, survey).filter(|method| {
        if is_act || begins_with_http_verb(method) {
            return false;
        }
        if is_standard_method {
            // `start` and `append` are more precise than `create` and `update`.
            !begins_with_standard_verb(method)
        } else {
            deeper.is_empty() || !is_standard(method)
        }
    });
    let method = by_id.unwrap_or_else(|| method_with_objects(&by_path.method, deeper));
    Call::new(tag.to_vec(), method)
}

/// The id from its verb on, without the words of the tag: `upload` of `files_api_routes_upload_file`
/// and `get_version` of `agents_api_v1_agents_get_version`.
fn method_of_id(operation: &OperationFacts, tag: &[Words], survey: &Survey<'_>) -> Option<Words> {
    let words: Vec<&String> = operation.id.iter().filter(|it| !is_version(it)).collect();
    let first_verb = || words.first().filter(|first| is_verb(first)).map(|_| 0);
    let clear = words.iter().position(|word| is_clear_verb(word));
    let verb = clear.or_else(first_verb)?;
    let id: Words = words.get(verb..)?.iter().copied().collect();
    let left = (tag.iter().rev()).fold(id, |left, resource| without_resource(&left, resource));
    tidy_method(&left, operation, is_list(operation, survey)).filter(begins_with_verb)
}

/// Whether a method begins with the HTTP method, which does not describe the act.
fn begins_with_http_verb(method: &Words) -> bool {
    let first = method.iter().next();
    first.is_some_and(|first| matches!(first.as_str(), "post" | "put" | "patch"))
}

fn begins_with_standard_verb(method: &Words) -> bool {
    let first = method.iter().next();
    first.is_some_and(|first| standard_verb(first).is_some())
}

/// A method with the resources below the tag as its object: `list_versions`, `call_tool`.
///
/// A method that is a preposition and its object follows them: `import_from_file`.
fn method_with_objects(method: &Words, objects: &[Words]) -> Words {
    let object: Words = objects.iter().flat_map(Words::iter).collect();
    if object.is_empty() {
        return method.clone();
    }
    if method.snake() == "list" {
        return method.join(&object);
    }
    let phrase: Words = method
        .iter()
        .skip_while(|word| !is_preposition(word))
        .collect();
    let before = method.iter().count() - phrase.iter().count();
    if !phrase.is_empty() && before < 2 {
        return object.singular().join(&phrase);
    }
    method.join(&object.singular())
}
