//! The words of an `operationId`, without what frameworks add to the name of a function.

use std::collections::{BTreeMap, HashSet};

use super::segment_text::is_generated;
use super::vocabulary::{is_verb, standard_verb};
use crate::ir::{Words, request_path};
use crate::lower::operation::endpoint::Endpoint;

/// The ids of a document that a person chose, or an empty text for each operation without one.
///
/// A generated key says nothing. Frameworks number the ids of functions with one name
/// (`getUsers_1`, `get-users-2`): such an id is that of the first function. A number that the path
/// has is part of a name.
pub(super) fn read_ids(endpoints: &[&Endpoint<'_>]) -> Vec<String> {
    let declared = |endpoint: &Endpoint<'_>| endpoint.operation.operation_id.clone();
    let known: HashSet<String> = endpoints.iter().filter_map(|it| declared(it)).collect();
    let ids = endpoints.iter().map(|endpoint| {
        let id = declared(endpoint).unwrap_or_default();
        if is_generated(&id) {
            return String::new();
        }
        match split_number(&id) {
            Some((name, number)) if known.contains(name) && !endpoint.path.contains(number) => {
                name.to_owned()
            }
            _ => id,
        }
    });
    ids.collect()
}

/// The text before a separator and a number: `getUsers` and `1` of `getUsers_1`.
fn split_number(id: &str) -> Option<(&str, &str)> {
    let before = id.trim_end_matches(|c: char| c.is_ascii_digit());
    let name = before.strip_suffix(['_', '-'])?;
    let number = id.strip_prefix(before).filter(|number| !number.is_empty());
    Some((name, number?))
}

/// The words of an id.
///
/// - FastAPI appends the path and the method: `list_users_v1_users_get` is `list_users`.
/// - Springfox appends the method and a number: `getPetUsingGET_1` is `getPet`.
/// - NestJS appends a number in brackets to each path of a method: `list[0]`.
pub(super) fn id_words(id: &str, path: &str, method: &str) -> Words {
    let id = id.split_once('[').map_or(id, |(before, _)| before);
    let id = match id.rsplit_once("Using") {
        Some((name, end)) if end.starts_with(method) && !name.is_empty() => name,
        _ => id,
    };
    let name = without_path(id, path, method).or_else(|| without_end_of_path(id, path));
    name.unwrap_or_else(|| Words::split(id))
}

/// The words of an id without separators as the summary of its operation spells them:
/// `updateemailofaccount` with the summary "Update email of account".
pub(super) fn spell_by_summary(id: Words, summary: Option<&str>) -> Words {
    let spelling = Words::split(summary.unwrap_or_default());
    let spell = |words: &Words| words.iter().map(String::as_str).collect::<String>();
    let is_same = spell(&spelling) == spell(&id);
    match is_same && spelling.iter().count() > id.iter().count() {
        true => spelling,
        false => id,
    }
}

/// The words before the path and the method that end an id.
fn without_path(id: &str, path: &str, method: &str) -> Option<Words> {
    let end = format!(
        "_{}_{}",
        underscored(request_path(path)),
        method.to_ascii_lowercase()
    );
    let id = underscored(id);
    let name = id.strip_suffix(&end)?;
    (!name.is_empty()).then(|| Words::split(name))
}

/// Number of segments at the end of an id that show that it ends with its path.
const MIN_PATH_SEGMENTS: usize = 4;

/// The words before the end of the path, if an id has two or more before it:
/// `get_usage_v1_admin_apps_calls_days` is `get_usage` on `/v1/admin/apps/calls/days`.
fn without_end_of_path(id: &str, path: &str) -> Option<Words> {
    let segments: Vec<&str> = request_path(path).split('/').collect();
    let id = underscored(id);
    let last = segments.len().checked_sub(MIN_PATH_SEGMENTS)?;
    let name = (0..=last).find_map(|start| {
        let end = underscored(&segments.get(start..)?.join("/"));
        id.strip_suffix(&format!("_{end}"))
    })?;
    let words = Words::split(name);
    (words.iter().count() > 1).then_some(words)
}

/// A text with one underscore in place of each run of characters that are not alphanumeric.
fn underscored(text: &str) -> String {
    let parts = text.split(|c: char| !c.is_ascii_alphanumeric());
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    parts.join("_")
}

/// Words that nearly all ids of a document begin or end with: `…_route`, `…_endpoint`,
/// `platform_…`. They do not distinguish operations.
#[derive(Debug, Default)]
pub(super) struct SharedEdges {
    first: Vec<String>,
    last: Vec<String>,
}

/// Number of ids that make an affix a habit of the document.
const FEWEST_IDS: usize = 4;

/// Finds the words that nine ids in ten share, or all but one.
pub(super) fn shared_edges<'w>(ids: impl Iterator<Item = &'w Words>) -> SharedEdges {
    let ids: Vec<Vec<&str>> = ids
        .filter(|id| !id.is_empty())
        .map(|id| id.iter().map(String::as_str).collect())
        .collect();
    let mut edges = SharedEdges::default();
    if ids.len() < FEWEST_IDS {
        return edges;
    }
    let mut cut = ids;
    while let Some(word) = shared_word(&cut, |id| id.first().copied()).filter(|it| !is_act(it)) {
        for id in cut.iter_mut().filter(|id| id.first() == Some(&word)) {
            id.remove(0);
        }
        edges.first.push(word.to_owned());
    }
    while let Some(word) = shared_word(&cut, |id| id.last().copied()) {
        for id in cut.iter_mut().filter(|id| id.last() == Some(&word)) {
            id.pop();
        }
        edges.last.push(word.to_owned());
    }
    edges
}

/// Whether a word at the beginning of ids names an act, even if all ids have it.
fn is_act(word: &str) -> bool {
    is_verb(word) || standard_verb(word).is_some()
}

/// The word at the beginning or end of nearly all ids, if each id has more words.
fn shared_word<'w>(
    ids: &[Vec<&'w str>],
    edge: impl Fn(&Vec<&'w str>) -> Option<&'w str>,
) -> Option<&'w str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for word in ids.iter().filter_map(&edge) {
        *counts.entry(word).or_default() += 1;
    }
    let (word, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    let has_word = |id: &&Vec<&'w str>| edge(id) == Some(word);
    let is_only = ids.iter().filter(has_word).any(|id| id.len() < 2);
    // One id in another style does not change the habit of the others.
    let is_habit = count + 1 >= ids.len() || count * 10 >= ids.len() * 9;
    (count >= FEWEST_IDS && is_habit && !is_only).then_some(word)
}

impl SharedEdges {
    /// The words of an id without the shared ones.
    pub(super) fn strip(&self, id: &Words) -> Words {
        let words: Vec<&String> = id.iter().collect();
        let mut rest = words.as_slice();
        for word in &self.first {
            if let [first, others @ ..] = rest
                && *first == word
                && !others.is_empty()
            {
                rest = others;
            }
        }
        for word in &self.last {
            if let [others @ .., last] = rest
                && *last == word
                && !others.is_empty()
            {
                rest = others;
            }
        }
        rest.iter().copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{id_words, shared_edges};
    use crate::ir::Words;

    #[test]
    fn frameworks_add_to_the_names_of_functions() {
        for (id, path, method, words) in [
            ("list_users_v1_users_get", "/v1/users", "GET", "list_users"),
            (
                "get_app_v1_apps__app_id__get",
                "/v1/apps/{app_id}",
                "GET",
                "get_app",
            ),
            ("getPetUsingGET_1", "/pets/{id}", "GET", "get_pet"),
            (
                "MembersController_list[0]",
                "/members",
                "GET",
                "members_controller_list",
            ),
            ("usersGet", "/users", "GET", "users_get"),
            (
                "get_usage_admin_apps_calls_days",
                "/v1/admin/apps/calls/days",
                "GET",
                "get_usage",
            ),
            (
                "list_org_team_members",
                "/org/team/members",
                "GET",
                "list_org_team_members",
            ),
        ] {
            assert_eq!(id_words(id, path, method).snake(), words, "{id}");
        }
    }

    #[test]
    fn words_of_all_ids_are_in_no_name() {
        let ids = [
            "platform_list_users_route",
            "platform_create_user_route",
            "platform_delete_user_route",
            "platform_me_route",
        ]
        .map(Words::split);
        let edges = shared_edges(ids.iter());
        let stripped: Vec<_> = ids.iter().map(|id| edges.strip(id).snake()).collect();
        assert_eq!(stripped, ["list_users", "create_user", "delete_user", "me"]);
    }
}
