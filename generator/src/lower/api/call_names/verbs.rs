//! The verb of an operation, from its HTTP method or from its id.

use super::document_style::{DocumentStyle, bare_verb};
use super::facts::OperationFacts;
use super::vocabulary::{
    is_plural, is_reading_act, is_verb, means_create, means_delete, reads, standard_verb,
};
use crate::ir::{Method, Words};

/// The verb of a clean id that replaces the standard verb: `upsert` (18 of 18), `archive`,
/// `deactivate`. A synonym of the standard verb does not replace it.
pub(super) fn own_verb<'o>(
    operation: &'o OperationFacts,
    standard: &str,
    style: DocumentStyle,
) -> Option<&'o str> {
    let verb = bare_verb(operation)?.as_str();
    if is_whole_id(operation, verb) {
        return Some(verb);
    }
    let is_post = operation.method == Method::Post;
    let is_first = operation
        .id
        .iter()
        .next()
        .is_some_and(|first| first == verb);
    if is_post && is_first && reads(verb) {
        // A POST that reads has its criteria in the body.
        return Some(operation.reading_method(verb));
    }
    if !style.has_clean_ids {
        return None;
    }
    if let Some(meant) = standard_verb(verb) {
        // `POST /branches/{slug}` that is `create_branch` or `replace_branch`.
        return match meant {
            "create" | "replace" if is_post && standard == "update" => Some(meant),
            "update" if is_post && standard == "create" => Some(meant),
            _ => None,
        };
    }
    if operation.method == Method::Post && standard == "update" && means_create(verb) {
        return Some("create");
    }
    let is_same = match standard {
        "create" => means_create(verb),
        "delete" => means_delete(verb),
        "retrieve" | "list" => !is_reading_act(verb),
        _ => false,
    };
    (is_verb(verb) && !is_same).then_some(verb)
}

/// Whether an id is one word for an act: `echo`. An author chose this name.
fn is_whole_id(operation: &OperationFacts, word: &str) -> bool {
    let is_only = operation.id.iter().count() == 1;
    let is_read = operation.method == Method::Get;
    // `exists` of a HEAD is a verb, and not a plural.
    let is_noun = is_plural(word) && operation.method != Method::Head;
    is_only && !is_read && standard_verb(word).is_none() && !is_noun
}

/// The verb of an HTTP method. A method that is not standard is its own verb.
pub(super) fn method_verb(method: &Method) -> Words {
    Words::split(match method {
        Method::Other(name) => return Words::split(&name.to_ascii_lowercase()),
        method => standard_method(method),
    })
}

/// The standard method for an HTTP method.
pub(super) const fn standard_method(method: &Method) -> &'static str {
    match method {
        Method::Get => "retrieve",
        Method::Post => "create",
        Method::Put | Method::Patch => "update",
        Method::Delete => "delete",
        Method::Head => "head",
        Method::Options => "options",
        Method::Trace => "trace",
        Method::Other(_) => "send",
    }
}
