//! Ids that name a group and a method: `drive.files.list`, `repos/list-for-org`,
//! `SessionService_Search`.
//!
//! If seven in ten ids of a document are structured, the call is the group and the method. This
//! rule holds in 98 / 98 (565).

use std::collections::{HashMap, HashSet};

use super::call::Call;
use super::facts::{OperationFacts, resource_letters};
use super::path_calls::call_by_path;
use super::phrases::without_resource;
use super::segment_text::is_version;
use super::survey::Survey;
use super::vocabulary::letters;
use crate::ir::{Method, Words};

/// Separators between a group and its method. A single underscore also separates words.
const SEPARATORS: [&str; 6] = [".", "/", "::", ":", "__", "_"];

/// Endings of the names of classes.
const CLASS_SUFFIXES: [&str; 3] = ["Controller", "Service", "Ctrl"];

/// The ending of all groups of some documents: `ProductsApi_List`.
const API_SUFFIX: &str = "Api";

/// An id as its groups and its method.
#[derive(Debug)]
struct SplitId {
    groups: Vec<String>,
    method: String,
}

/// The calls of a document with structured ids, or none.
pub(super) fn read_calls(survey: &Survey<'_>) -> Option<Vec<Call>> {
    let operations = survey.operations;
    let resources = resource_letters(operations);
    let split = (SEPARATORS.iter())
        .map(|separator| split_ids(operations, separator, &resources))
        .find(|split| is_habit(split))
        .filter(|split| !are_made_of_http_methods(split))?;
    let shared = usize::from(shares_first_group(&split, operations));
    let is_class = |split: &SplitId| split.groups.last().is_some_and(|it| is_controller(it));
    let are_controllers = split.iter().flatten().any(is_class);
    let are_apis = split.iter().flatten().all(names_api);
    let calls = operations.iter().zip(&split).map(|(operation, split)| {
        let Some(split) = split else {
            return call_by_path(operation, survey);
        };
        let groups = split.groups.iter().skip(shared);
        let groups: Vec<Words> = groups
            .map(|group| {
                let api = group.strip_suffix(API_SUFFIX).filter(|_| are_apis);
                Words::split(without_class(api.unwrap_or(group)))
            })
            .collect();
        let method = Words::split(&split.method);
        if are_controllers {
            controller_call(operation, groups, method, survey)
        } else {
            Call::new(without_versions(groups), method)
        }
    });
    Some(calls.collect())
}

/// Drops the versions among the groups, if another group stays.
fn without_versions(groups: Vec<Words>) -> Vec<Words> {
    let is_number = |words: &Words| is_version(&words.snake());
    if groups.iter().all(is_number) {
        return groups;
    }
    groups
        .into_iter()
        .filter(|words| !is_number(words))
        .collect()
}

fn split_ids(
    operations: &[OperationFacts],
    separator: &str,
    resources: &HashSet<String>,
) -> Vec<Option<SplitId>> {
    let split = |operation: &OperationFacts| {
        let id = operation
            .raw_id
            .split_once('[')
            .map_or(operation.raw_id.as_str(), |it| it.0);
        let parts: Vec<&str> = id
            .split(separator)
            .filter(|part| !part.is_empty())
            .collect();
        if separator == "_" {
            let (group, method) = id.split_once('_')?;
            let known = resources.contains(&letters(&Words::split(without_class(group))));
            let is_case = format!("{group}{method}").contains(|c: char| c.is_ascii_uppercase());
            let fits = (known || is_controller(group)) && is_case && !method.is_empty();
            return fits.then(|| SplitId {
                groups: vec![group.to_owned()],
                method: method.to_owned(),
            });
        }
        let (method, groups) = parts.split_last()?;
        (!groups.is_empty()).then(|| SplitId {
            groups: groups.iter().map(|group| (*group).to_owned()).collect(),
            method: (*method).to_owned(),
        })
    };
    operations.iter().map(split).collect()
}

/// Whether most ids are structured, and groups have several methods.
fn is_habit(split: &[Option<SplitId>]) -> bool {
    let count = split.iter().flatten().count();
    let groups: HashSet<&[String]> = split
        .iter()
        .flatten()
        .map(|it| it.groups.as_slice())
        .collect();
    count > 0 && count * 10 >= split.len() * 7 && groups.len() * 10 <= count * 6
}

/// Whether the methods repeat the HTTP methods: `Accounts_PutAccount`. Paths are then more precise.
fn are_made_of_http_methods(split: &[Option<SplitId>]) -> bool {
    let is_http = |split: &&SplitId| {
        let words = Words::split(&split.method);
        let mut words = words.iter();
        let first = words.next().map(String::as_str);
        matches!(first, Some("post" | "put")) && words.next().is_some()
    };
    let count = split.iter().flatten().filter(is_http).count();
    count * 10 > split.len()
}

/// Whether all ids begin with one group that is the name of the API, and not a segment.
fn shares_first_group(split: &[Option<SplitId>], operations: &[OperationFacts]) -> bool {
    let mut firsts: HashMap<&str, usize> = HashMap::new();
    for id in split.iter().flatten() {
        if id.groups.len() < 2 {
            return false;
        }
        if let Some(first) = id.groups.first() {
            *firsts.entry(first.as_str()).or_default() += 1;
        }
    }
    let mut firsts = firsts.into_keys();
    let (Some(only), None) = (firsts.next(), firsts.next()) else {
        return false;
    };
    let words = Words::split(only);
    !operations
        .iter()
        .any(|operation| operation.path.literals().any(|it| *it == words))
}

/// Whether the last group is a name with the suffix [`API_SUFFIX`].
fn names_api(split: &SplitId) -> bool {
    let name = (split.groups.last()).and_then(|group| group.strip_suffix(API_SUFFIX));
    name.is_some_and(|name| !name.is_empty())
}

fn is_controller(group: &str) -> bool {
    ["Controller", "Ctrl"]
        .iter()
        .any(|suffix| group.ends_with(suffix))
}

fn without_class(group: &str) -> &str {
    let found = CLASS_SUFFIXES
        .iter()
        .find_map(|suffix| group.strip_suffix(suffix));
    found.filter(|rest| !rest.is_empty()).unwrap_or(group)
}

/// The call of a controller's method. The resource is the tag if the controller is named for it.
///
/// Methods that frameworks generate have this crate's names: `findAll` is `list`.
fn controller_call(
    operation: &OperationFacts,
    groups: Vec<Words>,
    method: Words,
    survey: &Survey<'_>,
) -> Call {
    let mut groups: Vec<Words> = groups
        .iter()
        .map(|group| operation.with_number_of_tag(group))
        .collect();
    if let (Some(last), Some([tag])) = (groups.last_mut(), operation.tag()) {
        let (own, tag_words) = (last.singulars(), tag.singulars());
        if own.iter().all(|word| tag_words.iter().any(|it| it == word)) {
            last.clone_from(tag);
        }
    }
    let last = groups.last().cloned().unwrap_or_default();
    let left = without_resource(&method, &last);
    let method = if left.is_empty() { method } else { left };
    let is_list = operation.method == Method::Get
        && !operation.path.is_item()
        && (operation.returns_list() || survey.tree.has_items(&operation.path.shape()));
    Call::new(groups, framework_method(&method, is_list))
}

/// This crate's name for a method that frameworks generate.
fn framework_method(method: &Words, is_list: bool) -> Words {
    let words: Vec<&String> = method.iter().collect();
    if let [verb, rest @ .., last] = words.as_slice()
        && last.as_str() == "paginated"
        && matches!(verb.as_str(), "find" | "get" | "list")
    {
        // `find_all_paginated` and `get_runs_paginated`.
        let objects = rest.iter().copied().filter(|word| *word != "all");
        return Words::split("list").join(&objects.collect());
    }
    let name = match method.snake().as_str() {
        "find_all" | "get_all" | "list_all" | "index" | "find_many" => "list",
        "find_one" | "show" | "find_by_id" | "get_by_id" | "get_one" | "find_unique" => "retrieve",
        "remove" | "destroy" | "delete_by_id" | "remove_by_id" => "delete",
        "update_by_id" => "update",
        "get" | "find" if is_list => "list",
        _ => return method.clone(),
    };
    Words::split(name)
}
