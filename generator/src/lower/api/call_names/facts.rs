//! Operations as the rules see them.

use std::collections::HashSet;

use openapiv3::OpenAPI;

use super::api_path::{ApiPath, read_paths};
use super::glued_words::Vocabulary;
use super::operation_id::{id_words, shared_edges};
use super::response_list::{ResponseList, read_response};
use super::tag_segments::name_segments_by_tags;
use super::vocabulary::{is_plural, letters};
use crate::ir::{Method, Words};
use crate::lower::operation::endpoint::Endpoint;

/// What the rules read of an operation.
#[derive(Debug, Clone)]
pub(in crate::lower) struct OperationFacts {
    pub(super) method: Method,
    /// The path as it stands in the document.
    pub(super) raw_path: String,
    pub(super) path: ApiPath,
    /// The id as it stands in the document, or nothing.
    pub(super) raw_id: String,
    /// The words of the id without what frameworks add.
    pub(super) id: Words,
    /// The tags, each as the resources that it names.
    pub(super) tags: Vec<Vec<Words>>,
    pub(super) response: ResponseList,
}

impl OperationFacts {
    /// The first tag.
    pub(super) fn tag(&self) -> Option<&[Words]> {
        self.tags.first().map(Vec::as_slice)
    }

    /// The literal segments of the path as resources. A segment's number is kept (98 / 94), unless
    /// a tag has the plural of it.
    pub(super) fn chain(&self) -> Vec<Words> {
        let literals = self.path.literals();
        literals
            .map(|words| self.with_number_of_tag(words))
            .collect()
    }

    /// The words as the plural that a tag of the operation has for them.
    pub(super) fn with_number_of_tag(&self, words: &Words) -> Words {
        let is_plural_of = |tag: &&Words| {
            tag.singulars() == words.singulars()
                && tag.iter().next_back().is_some_and(|last| is_plural(last))
        };
        let tags = self.tags.iter().flatten();
        tags.clone().find(is_plural_of).unwrap_or(words).clone()
    }

    /// Whether the response is a list of what the last segment names.
    pub(super) fn returns_list(&self) -> bool {
        let last = self.path.literals().last();
        last.is_some_and(|last| self.response.is_list_of(last))
    }
}

/// What tags end with that are made of the names of classes, or say that they are of an API.
const CLASS_SUFFIXES: [&str; 5] = ["api", "controller", "ctrl", "endpoint", "endpoints"];

/// The resources of a tag: `beta.conversations` and `orders/lines` are nested, and `users` is that
/// of `UsersController` and `Users API`.
pub(in crate::lower) fn split_tag(tag: &str) -> Vec<Words> {
    let is_dotted = tag.contains(['.', '/', '>']) && !tag.contains(". ");
    let parts: Vec<&str> = if is_dotted && !tag.contains(" / ") {
        tag.split(['.', '/', '>']).collect()
    } else {
        vec![tag]
    };
    let words = parts
        .into_iter()
        .map(|part| without_class(&Words::split(part)));
    words.filter(|words| !words.is_empty()).collect()
}

fn without_class(words: &Words) -> Words {
    let list: Vec<&String> = words.iter().collect();
    let ends = list.iter().rev();
    let count = ends
        .take_while(|last| CLASS_SUFFIXES.contains(&last.as_str()))
        .count();
    match list.len().saturating_sub(count) {
        0 => words.clone(),
        length => words.iter().take(length).collect(),
    }
}

/// Reads the facts of all operations.
pub(in crate::lower) fn read_operations(
    endpoints: &[&Endpoint<'_>],
    openapi: &OpenAPI,
) -> Vec<OperationFacts> {
    let paths = read_paths(endpoints.iter().map(|endpoint| endpoint.path));
    let mut operations: Vec<OperationFacts> = (endpoints.iter().zip(paths))
        .map(|(endpoint, path)| read_operation(endpoint, path, openapi))
        .collect();
    name_segments_by_tags(&mut operations, endpoints, openapi);
    let vocabulary = Vocabulary::new(&operations, openapi);
    for operation in &mut operations {
        operation.id = vocabulary.split_glued(&operation.id);
    }
    let edges = shared_edges(operations.iter().map(|operation| &operation.id));
    for operation in &mut operations {
        operation.id = edges.strip(&operation.id);
    }
    operations
}

fn read_operation(endpoint: &Endpoint<'_>, path: ApiPath, openapi: &OpenAPI) -> OperationFacts {
    let raw_id = endpoint.operation.operation_id.clone().unwrap_or_default();
    let tags = endpoint.operation.tags.iter().map(|tag| split_tag(tag));
    OperationFacts {
        id: id_words(&raw_id, endpoint.path, endpoint.method.as_str()),
        method: endpoint.method.clone(),
        raw_path: endpoint.path.to_owned(),
        tags: tags.filter(|tag| !tag.is_empty()).collect(),
        response: read_response(endpoint.operation, openapi),
        raw_id,
        path,
    }
}

/// The letters of all tags and literal segments of a document.
pub(super) fn resource_letters(operations: &[OperationFacts]) -> HashSet<String> {
    let tags = operations.iter().flat_map(|it| it.tags.iter().flatten());
    let literals = operations.iter().flat_map(|it| it.path.literals());
    tags.chain(literals).map(letters).collect()
}
