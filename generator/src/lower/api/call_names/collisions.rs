//! A unique name for each operation, even if two operations infer the same name.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::call::Call;
use super::claims::{acts_on_item, claim_rank, has_id};
use super::document_style::bare_verb;
use super::facts::OperationFacts;
use super::other_owners::OtherOwner;
use super::phrases::{begins_with_verb, tidy_method, without_owned_resource};
use super::segment_text::is_version;
use super::survey::Survey;
use super::verbs::method_verb;
use super::vocabulary::{
    is_about_many, is_bulk, is_preposition, is_standard, is_verb, letters, names_act, standard_verb,
};
use crate::ir::{Method, Words};

/// The resources of a call, as a key.
type ResourceKey = Vec<String>;

/// Gives each operation a unique name. Calls that are `fixed` keep their names.
///
/// A number is the last resort, because two operations of one document differ in their method or
/// their path.
pub(in crate::lower) fn distinguish_calls(
    operations: &[OperationFacts],
    calls: &mut [Call],
    fixed: &[bool],
) {
    let survey = Survey::new(operations);
    separate_versions(operations, calls, fixed);
    let mut groups: BTreeMap<ResourceKey, Vec<usize>> = BTreeMap::new();
    for (index, call) in calls.iter().enumerate() {
        groups.entry(resource_key(call)).or_default().push(index);
    }
    let children = child_names(groups.keys());
    for (resource, members) in &groups {
        let accessors = children.get(resource).cloned().unwrap_or_default();
        name_methods(&survey, calls, fixed, members, accessors);
    }
}

fn resource_key(call: &Call) -> ResourceKey {
    call.resources.iter().map(Words::snake).collect()
}

/// The names of the resources below each resource. Methods share a namespace with them.
fn child_names<'k>(
    keys: impl Iterator<Item = &'k ResourceKey>,
) -> HashMap<ResourceKey, HashSet<String>> {
    let mut children: HashMap<ResourceKey, HashSet<String>> = HashMap::new();
    for key in keys {
        for length in 0..key.len() {
            if let (Some(parent), Some(child)) = (key.get(..length), key.get(length)) {
                children
                    .entry(parent.to_vec())
                    .or_default()
                    .insert(child.clone());
            }
        }
    }
    children
}

/// Moves operations of a rarer version below their version, as in `v2().chat()`.
///
/// It applies to operations that differ from others only in the version of their paths.
fn separate_versions(operations: &[OperationFacts], calls: &mut [Call], fixed: &[bool]) {
    let mut uses: HashMap<&str, usize> = HashMap::new();
    for operation in operations {
        if let Some(version) = &operation.path.version {
            *uses.entry(version.as_str()).or_default() += 1;
        }
    }
    let mut groups: BTreeMap<(ResourceKey, String), Vec<usize>> = BTreeMap::new();
    for (index, call) in calls.iter().enumerate() {
        let key = (resource_key(call), call.method.snake());
        groups.entry(key).or_default().push(index);
    }
    let version = |index: &usize| operations.get(*index)?.path.version.as_deref();
    for members in groups.values().filter(|members| members.len() > 1) {
        let versions: HashSet<_> = members.iter().map(version).collect();
        if versions.len() != members.len() {
            continue;
        }
        let usual = members
            .iter()
            .filter_map(version)
            .max_by_key(|it| (uses.get(it), *it));
        for index in members {
            let own = version(index);
            let is_fixed = fixed.get(*index).copied().unwrap_or_default();
            if let Some(own) = own.filter(|own| Some(*own) != usual && !is_fixed)
                && let Some(call) = calls.get_mut(*index)
            {
                call.resources.insert(0, Words::split(own));
            }
        }
    }
}

/// Names the methods of one resource. The operations that fit a name best choose first.
fn name_methods(
    survey: &Survey<'_>,
    calls: &mut [Call],
    fixed: &[bool],
    members: &[usize],
    accessors: HashSet<String>,
) {
    let operations = survey.operations;
    let is_fixed = |index: &usize| fixed.get(*index).copied().unwrap_or_default();
    let mut order: Vec<usize> = members.to_vec();
    order.sort_by_cached_key(|index| {
        let rank = operations.get(*index).zip(calls.get(*index));
        let rank = rank.map(|(operation, call)| claim_rank(operation, call, survey));
        (!is_fixed(index), rank)
    });
    let mut wanted: HashMap<String, usize> = HashMap::new();
    for index in members {
        if let Some(call) = calls.get(*index) {
            *wanted.entry(call.method.snake()).or_default() += 1;
        }
    }
    let mut taken = accessors;
    let mut holders: HashMap<String, &OperationFacts> = HashMap::new();
    for index in order {
        let (Some(operation), Some(call)) = (operations.get(index), calls.get_mut(index)) else {
            continue;
        };
        let is_free = |name: &Words, taken: &HashSet<String>| {
            // A name that only another operation infers stays with that operation.
            let others = wanted.get(&name.snake()).copied().unwrap_or_default();
            !name.is_empty()
                && !taken.contains(&name.snake())
                && (*name == call.method || others == 0)
        };
        let holder = holders.get(&call.method.snake()).copied();
        let candidates = other_names(operation, call, &wanted, holder, survey);
        let found = [call.method.clone()].into_iter().chain(candidates);
        let name = found.into_iter().find(|name| is_free(name, &taken));
        let name = name.unwrap_or_else(|| numbered(&call.method, &taken));
        taken.insert(name.snake());
        holders.insert(name.snake(), operation);
        call.method = name;
    }
}

/// The names that an operation can have if its first choice is taken, in the order of preference.
fn other_names(
    operation: &OperationFacts,
    call: &Call,
    wanted: &HashMap<String, usize>,
    holder: Option<&OperationFacts>,
    survey: &Survey<'_>,
) -> Vec<Words> {
    let base = &call.method;
    let shape = operation.path.shape();
    let is_same_path = holder.is_some_and(|holder| holder.path.shape() == shape);
    let mut names = Vec::new();
    if let Some(variant) = &operation.path.variant {
        // `#add_shared_link` is an act, and `#empty` a variant of one.
        let is_act = variant.iter().count() > 1 && begins_with_verb(variant);
        names.push(if is_act {
            variant.clone()
        } else {
            base.join(variant)
        });
    }
    // `GET /apps` is `retrieve` if `POST /apps/list` is `list`.
    let reads_one = match operation.path.is_item() {
        true => has_id(operation) || !operation.response.is_array,
        false => !operation.returns_list(),
    };
    if base.snake() == "list" && operation.method == Method::Get && reads_one {
        let is_listed = wanted.get("retrieve").is_none();
        names.extend(is_listed.then(|| Words::split("retrieve")));
    }
    let has_method = |method: Method| move |it: &OperationFacts| it.method == method;
    match operation.method {
        Method::Put if is_same_path && base.snake() == "update" => {
            names.push(Words::split("replace"));
        }
        Method::Patch
            if is_same_path
                && base.snake() == "update"
                && holder.is_some_and(has_method(Method::Put)) =>
        {
            names.push(Words::split("patch"));
        }
        Method::Head if is_same_path => names.push(Words::split("head")),
        _ => {}
    }
    let is_get = has_method(Method::Get);
    if is_same_path && holder.is_some_and(is_get) && operation.method == Method::Post {
        // Both do the same act: `POST …/search` next to `GET …/search`.
        names.extend((!is_standard(base)).then(|| base.with("with").with("post")));
    }
    names.extend(holder.and_then(|holder| name_for_scopes(operation, base, holder)));
    names.extend(verb_of_id(operation, call));
    names.extend(name_of_id(operation, call, &survey.owners));
    names.extend(holder.and_then(|holder| name_for_many(operation, base, holder, survey)));
    names.extend(holder.and_then(|holder| name_by_other_words(operation, base, holder)));
    names.extend(name_by_rest_of_path(operation, call));
    names.extend(name_by_key(operation, base));
    names.push(with_http_verb(operation, base));
    let path: Words = operation.path.literals().flat_map(Words::iter).collect();
    names.push(method_verb(&operation.method).join(&path));
    let http = Words::split(&operation.method.as_str().to_ascii_lowercase());
    names.push(http.join(&Words::split(&operation.raw_path)));
    names
}

/// The verb of an id without other words, if it acts on the resource: `remove` next to `delete`.
///
/// A synonym of `retrieve` does not distinguish two operations.
fn verb_of_id(operation: &OperationFacts, call: &Call) -> Option<Words> {
    let verb = bare_verb(operation)?;
    let last = operation.path.literals().last()?;
    let is_of_resource =
        names_act(last) || Some(letters(last)) == call.resources.last().map(letters);
    let is_other = !matches!(verb.as_str(), "post" | "put" | "patch")
        && standard_verb(verb) != Some("retrieve");
    let is_own = is_verb(verb) && is_other && is_of_resource && !is_bulk(verb);
    is_own.then(|| Words::split(verb))
}

/// The id without the words of the resource, if it is more precise than the name.
fn name_of_id(operation: &OperationFacts, call: &Call, owners: &HashSet<String>) -> Option<Words> {
    let id = (call.resources.iter().rev()).fold(operation.id.clone(), |id, resource| {
        without_owned_resource(&id, resource, owners)
    });
    // `create_thread_and_run` names both objects.
    let is_torn = id.iter().nth(1).or(id.iter().next_back());
    let id = match is_torn.is_some_and(|word| word == "and") {
        true => operation.id.clone(),
        false => id,
    };
    let is_name =
        |word: &&String| !is_version(word) && !matches!(word.as_str(), "controller" | "service");
    let named: Words = id.iter().filter(is_name).collect();
    let is_list = operation.method == Method::Get && operation.returns_list();
    let name = tidy_method(&named, operation, is_list)?;
    // `patch_by_status` has no verb except that of HTTP.
    let first = name.iter().next().map(String::as_str);
    if matches!(first, Some("post" | "put" | "patch")) {
        return None;
    }
    let count = name.iter().count();
    let is_more = count > 1 && count <= MAX_NAME_WORDS && name != call.method;
    if !is_more || !begins_with_verb(&name) {
        return None;
    }
    let resource = call.resources.last()?;
    let other = OtherOwner::find(&name, resource, operation, owners);
    Some(other.map_or(name, |other| other.introduce()))
}

/// Maximum number of words. Longer ids are too long for a name.
const MAX_NAME_WORDS: usize = 7;

/// The name of a list without a scope, if the list of one scope has the first choice: `list_all`.
fn name_for_scopes(
    operation: &OperationFacts,
    base: &Words,
    holder: &OperationFacts,
) -> Option<Words> {
    let is_scoped = |it: &OperationFacts| it.path.parameters().next().is_some();
    let is_list = base.snake() == "list" && operation.method == holder.method;
    (is_list && is_scoped(holder) && !is_scoped(operation)).then(|| base.with("all"))
}

/// A name for a method of a collection, if the same method of an item has the first choice:
/// `delete_all`, `bulk_cancel`.
fn name_for_many(
    operation: &OperationFacts,
    base: &Words,
    holder: &OperationFacts,
    survey: &Survey<'_>,
) -> Option<Words> {
    let is_read = |it: &OperationFacts| it.method == Method::Get;
    if is_read(operation) || is_read(holder) {
        return None;
    }
    let (shape, item) = (operation.path.shape(), holder.path.shape());
    let (act, collection) = shape.split_last()?;
    let is_of_items = |before: &[&str], after: &[&str]| item == [before, &["{}"], after].concat();
    let is_act = *act != "{}" && letters(&Words::split(act)) == letters(base);
    let has_act_of_item = is_of_items(collection, &[act]) && acts_on_item(holder, survey);
    let is_for_many = if is_act {
        has_act_of_item || is_of_items(collection, &[])
    } else {
        let last = operation.path.literals().last();
        is_of_items(&shape, &[]) && last.is_some_and(is_about_many)
    };
    is_for_many.then(|| match base.snake().as_str() {
        "delete" => base.with("all"),
        _ => Words::split("bulk").join(base),
    })
}

/// The name with the words of the last segment that the path of the holder lacks:
/// `get_mtls_config` for `…/mtls-config` next to `…/mtls`.
fn name_by_other_words(
    operation: &OperationFacts,
    base: &Words,
    holder: &OperationFacts,
) -> Option<Words> {
    let (own, other) = (operation.path.shape(), holder.path.shape());
    let ((last, before), (other_last, other_before)) = (own.split_last()?, other.split_last()?);
    if before != other_before || last == other_last || operation.path.is_item() {
        return None;
    }
    let (known, base_words) = (Words::split(other_last), base.singulars());
    let last = operation.path.literals().last()?;
    let has = |words: &Words, word: &String| words.iter().any(|it| it == word);
    let is_shared = known.iter().any(|word| has(last, word));
    let others: Words = last
        .iter()
        .filter(|word| !has(&known, word) && !base_words.iter().any(|it| it == *word))
        .collect();
    (is_shared && !others.is_empty()).then(|| base.join(&others))
}

/// The name with literal segments that are not resources: `list_for_organization`, `list_invites`.
fn name_by_rest_of_path(operation: &OperationFacts, call: &Call) -> Option<Words> {
    let known: HashSet<String> = call.resources.iter().map(letters).collect();
    let method = letters(&call.method);
    let mut rest = operation.path.literals().filter(|words| {
        let own = letters(words);
        !known.contains(&own) && !method.ends_with(&own) && !is_preposition(&own)
    });
    let first = rest.next()?;
    let is_parent = operation.path.literals().next() == Some(first);
    let object = if is_parent {
        Words::split("for").join(&first.singular())
    } else {
        first.clone()
    };
    Some(call.method.join(&object))
}

/// The name with the last parameter of the path: `retrieve_by_email`, if it identifies the item,
/// and `create_for_team` otherwise.
fn name_by_key(operation: &OperationFacts, base: &Words) -> Option<Words> {
    let last = operation.path.parameters().last()?;
    if operation.path.is_item() {
        return (last.snake() != "id").then(|| base.with("by").join(last));
    }
    const KEYS: [&str; 9] = [
        "code", "id", "key", "name", "number", "sid", "slug", "uid", "uuid",
    ];
    let is_name = |word: &&String| !KEYS.contains(&word.as_str());
    let named: Words = last.iter().filter(is_name).collect();
    let owner = match named.is_empty() {
        true => operation.path.owner()?.singular(),
        false => named,
    };
    Some(base.with("for").join(&owner))
}

/// The name after the verb of the HTTP method: `create_completions`, if `completions` is a
/// resource.
fn with_http_verb(operation: &OperationFacts, base: &Words) -> Words {
    if is_standard(base) || *base == method_verb(&operation.method) {
        let last = operation.path.literals().last();
        // The object of `list` is a plural: `list_apps` next to `list`.
        let is_list = base.snake() == "list";
        let object = last.map(|last| {
            if is_list {
                last.clone()
            } else {
                last.singular()
            }
        });
        return object.map_or_else(|| base.clone(), |object| base.join(&object));
    }
    // An act has a verb already: `create_adopt` in place of `adopt_pet` would read as a creation.
    let parent = operation.path.literals().rev().nth(1);
    let is_phrase = base.iter().count() > 1 && begins_with_verb(base);
    if let Some(parent) = parent.filter(|_| names_act(base) || is_phrase) {
        return base.join(&parent.singular());
    }
    let verb = match operation.method {
        Method::Get if operation.returns_list() => Words::split("list"),
        ref method => method_verb(method),
    };
    verb.join(base)
}

fn numbered(name: &Words, taken: &HashSet<String>) -> Words {
    let mut numbers = (2..).map(|number: u32| name.with(&number.to_string()));
    let found = numbers.find(|name| !taken.contains(&name.snake()));
    found.unwrap_or_default()
}
