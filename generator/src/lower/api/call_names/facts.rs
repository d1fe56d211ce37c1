//! The facts of operations that decide their names.

use std::collections::HashSet;

use openapiv3::OpenAPI;

use super::api_path::ApiPath;
use super::collection_numbers::unite_collections;
use super::glued_words::{Vocabulary, split_glued_segments};
use super::operation_id::{id_words, read_ids, shared_edges, spell_by_summary};
use super::read_by_post::reads_by_post;
use super::response_list::{ResponseList, read_response};
use super::shared_prefixes::read_paths;
use super::tag_resources::TagResources;
use super::tag_segments::name_segments_by_tags;
use super::vocabulary::{is_plural, letters, standard_verb};
use crate::ir::{Method, Words};
use crate::lower::operation::endpoint::Endpoint;

/// An operation as the rules for names read it.
#[derive(Debug, Clone)]
pub(in crate::lower) struct OperationFacts {
    pub(super) method: Method,
    /// The path in the document.
    pub(super) raw_path: String,
    pub(super) path: ApiPath,
    /// The id in the document without the number of a duplicate, or an empty text.
    pub(super) raw_id: String,
    /// The words of the id without those that frameworks add.
    pub(super) id: Words,
    /// The tags, each as the resources that it names.
    pub(super) tags: Vec<Vec<Words>>,
    pub(super) response: ResponseList,
    /// Whether it is a POST that reads the data of the GET on its path.
    pub(super) reads_by_post: bool,
}

impl OperationFacts {
    /// The first tag.
    pub(super) fn tag(&self) -> Option<&[Words]> {
        self.tags.first().map(Vec::as_slice)
    }

    /// The literal segments of the path as resources. A singular or a plural is kept (98 / 94),
    /// unless a tag has the plural of the segment. Two such segments in a row are one resource:
    /// `/policies/{account}/policy/{id}`.
    pub(super) fn chain(&self) -> Vec<Words> {
        let literals = self.path.literals();
        let mut chain: Vec<(&Words, Words)> = literals
            .map(|words| (words, self.with_number_of_tag(words)))
            .collect();
        chain.dedup_by(|(own, name), (own_before, before)| name == before && own != own_before);
        chain.into_iter().map(|(_, name)| name).collect()
    }

    /// The words, in the plural if a tag of the operation has their plural.
    pub(super) fn with_number_of_tag(&self, words: &Words) -> Words {
        let is_plural_of = |tag: &&Words| {
            tag.singulars() == words.singulars()
                && tag.iter().next_back().is_some_and(|last| is_plural(last))
        };
        let tags = self.tags.iter().flatten();
        tags.clone().find(is_plural_of).unwrap_or(words).clone()
    }

    /// Whether the response is a list: an array, or an object that holds the items of the last
    /// segment.
    pub(super) fn returns_list(&self) -> bool {
        let last = self.path.literals().last();
        self.response.is_array || last.is_some_and(|last| self.response.is_list_of(last))
    }

    /// The method for an id whose verb reads. `get_orders` is a list if the response is one, and
    /// `list_orders` in any case.
    pub(super) fn reading_method(&self, verb: &str) -> &'static str {
        match standard_verb(verb) {
            Some("list") => "list",
            _ if self.returns_list() => "list",
            _ => "retrieve",
        }
    }
}

/// Reads the facts of all operations.
pub(in crate::lower) fn read_operations(
    endpoints: &[&Endpoint<'_>],
    openapi: &OpenAPI,
) -> Vec<OperationFacts> {
    let tags = TagResources::new(openapi);
    let paths = read_paths(endpoints.iter().map(|endpoint| endpoint.path));
    let ids = read_ids(endpoints);
    let mut operations: Vec<OperationFacts> = (endpoints.iter().zip(paths).zip(ids))
        .map(|((endpoint, path), id)| read_operation(endpoint, path, id, &tags, openapi))
        .collect();
    name_segments_by_tags(&mut operations, endpoints, openapi);
    let vocabulary = Vocabulary::new(&operations, openapi);
    for operation in &mut operations {
        operation.id = vocabulary.split_glued(&operation.id);
    }
    split_glued_segments(&mut operations);
    unite_collections(&mut operations);
    let edges = shared_edges(operations.iter().map(|operation| &operation.id));
    for operation in &mut operations {
        operation.id = edges.strip(&operation.id);
    }
    operations
}

fn read_operation(
    endpoint: &Endpoint<'_>,
    path: ApiPath,
    raw_id: String,
    tags: &TagResources<'_>,
    openapi: &OpenAPI,
) -> OperationFacts {
    let id = id_words(&raw_id, endpoint.path, endpoint.method.as_str());
    let own = endpoint.operation.tags.iter();
    let tags = own.map(|tag| tags.list_resources(tag));
    OperationFacts {
        id: spell_by_summary(id, endpoint.operation.summary.as_deref()),
        method: endpoint.method.clone(),
        raw_path: endpoint.path.to_owned(),
        tags: tags.filter(|tag| !tag.is_empty()).collect(),
        response: read_response(endpoint.operation, openapi),
        reads_by_post: reads_by_post(endpoint, openapi),
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
