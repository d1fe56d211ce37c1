//! Calls whose name reads as an act on another thing than their resource: `databases.delete_site`.
//!
//! The check reads calls and paths only, and not the ids and tags that the names are made of.

use std::collections::HashSet;

use sdkwright::ir::Words;
use serde::{Deserialize, Serialize};

/// A call, as `sdkwright inspect --json` lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Call {
    /// The resources and the method: `chats.messages.send`.
    pub(super) name: String,
    /// The HTTP method and the path.
    pub(super) endpoint: String,
}

/// Verbs that act on the resource itself.
const VERBS: &str = "create delete destroy edit fetch find get list make modify patch post put read \
    replace retrieve save show update";

/// Words that introduce another thing.
const PREPOSITIONS: &str = "and at by for from in into of on or out per to using via with";

/// Returns the calls whose method is a verb with a noun that names another thing of the document.
///
/// A thing is a resource of the SDK, a literal segment of the path, or the name of a path parameter.
/// A noun is right if it names the resource, or a thing at or below it.
pub(super) fn find_misleading_names(calls: Vec<Call>) -> Vec<Call> {
    let resources: HashSet<String> = calls.iter().flat_map(list_resources).collect();
    let mut calls = calls;
    calls.retain(|call| is_misleading(call, &resources));
    calls
}

fn list_resources(call: &Call) -> Vec<String> {
    let mut names = split_name(&call.name);
    names.pop();
    names.iter().map(letters).collect()
}

fn is_misleading(call: &Call, resources: &HashSet<String>) -> bool {
    let names = split_name(&call.name);
    let Some((method, owners)) = names.split_last() else {
        return false;
    };
    let Some(resource) = owners.last() else {
        return false;
    };
    let Some(noun) = find_object(method) else {
        return false;
    };
    if owners.iter().any(|owner| have_one_head(owner, &noun)) {
        return false;
    }
    let path = read_path(&call.endpoint);
    let is_resource = |segment: &Segment| letters(&segment.words) == letters(resource);
    let start = path.iter().rposition(is_resource);
    let last = path.iter().rposition(|segment| !segment.is_parameter);
    let (above, below) = path.split_at(start.or(last).unwrap_or(0));
    let is_named = |segment: &Segment| have_one_head(&segment.words, &noun);
    if below.iter().any(is_named) {
        return false;
    }
    above.iter().any(is_named) || resources.contains(&letters(&noun))
}

/// The noun after the verb of a method, unless a preposition follows or introduces it.
fn find_object(method: &Words) -> Option<Words> {
    let mut words = method.iter();
    let verb = words.next()?;
    let noun: Words = words.collect();
    let is_introduced = noun.iter().any(|word| contains(PREPOSITIONS, word));
    (contains(VERBS, verb) && !is_introduced && !noun.is_empty()).then_some(noun)
}

/// Whether one name ends with the other, in any number: `split rules` and `rule`.
fn have_one_head(one: &Words, other: &Words) -> bool {
    let (one, other) = (one.singulars(), other.singulars());
    let (one, other): (Vec<_>, Vec<_>) = (one.iter().collect(), other.iter().collect());
    let is_named = !one.is_empty() && !other.is_empty();
    is_named && (one.ends_with(&other) || other.ends_with(&one))
}

/// A segment of a path.
struct Segment {
    words: Words,
    is_parameter: bool,
}

/// Reads the segments of a path. The name of a parameter has no `id`: `{site_id}` is `site`.
fn read_path(endpoint: &str) -> Vec<Segment> {
    let path = endpoint.split_once(' ').map_or(endpoint, |(_, path)| path);
    let read = |text: &str| match text.split_once('{') {
        Some((before, rest)) if before.trim_end_matches('.').is_empty() => {
            let name = Words::split(rest.split('}').next().unwrap_or(rest));
            let words = name.iter().filter(|word| *word != "id").collect();
            Segment {
                words,
                is_parameter: true,
            }
        }
        Some((before, _)) => Segment {
            words: Words::split(before),
            is_parameter: false,
        },
        None => Segment {
            words: Words::split(text.trim_end_matches(".json")),
            is_parameter: false,
        },
    };
    path.split(['/', ':', '#', '?'])
        .filter(|text| !text.is_empty())
        .map(read)
        .collect()
}

fn split_name(name: &str) -> Vec<Words> {
    let parts = name.split('.').map(|part| part.trim_start_matches("r#"));
    parts.map(Words::split).collect()
}

/// A name in the singular, without separators.
fn letters(words: &Words) -> String {
    words.singulars().iter().map(String::as_str).collect()
}

fn contains(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known == word)
}

#[cfg(test)]
mod tests {
    use super::{Call, find_misleading_names};

    #[test]
    fn a_noun_is_of_the_resource_or_introduced() {
        let calls = [
            ("sites.list", "GET /sites", true),
            (
                "databases.delete",
                "DELETE /sites/{site_id}/databases/{id}",
                true,
            ),
            (
                "databases.delete_site",
                "DELETE /sites/{site_id}/databases/{id}",
                false,
            ),
            (
                "databases.delete_for_site",
                "DELETE /sites/{site_id}/databases",
                true,
            ),
            (
                "databases.list_backups",
                "GET /databases/{id}/backups",
                true,
            ),
            ("databases.create_site", "POST /databases", false),
            (
                "domains.update_team",
                "PATCH /domains/{team_id}/owners/{id}",
                true,
            ),
            ("customers.attach_site", "POST /sites/{id}/customers", true),
            (
                "billing.get_site_plan",
                "GET /sites/{id}/billing/plan",
                true,
            ),
        ];
        let listed = calls.map(|(name, endpoint, _)| Call {
            name: name.to_owned(),
            endpoint: endpoint.to_owned(),
        });
        let found = find_misleading_names(listed.to_vec());
        let found: Vec<&str> = found.iter().map(|call| call.name.as_str()).collect();
        let misleading = calls.iter().filter(|(_, _, is_right)| !is_right);
        let misleading: Vec<&str> = misleading.map(|(name, ..)| *name).collect();
        assert_eq!(found, misleading);
    }
}
