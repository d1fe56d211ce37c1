//! Names of methods where the configuration has none: what is left of an
//! `operationId` when the resource and the path have been taken away.

use crate::ir::{Method, Words, request_path};
use crate::lower::operation::endpoint::{Endpoint, ends_in_parameter};

/// The words of the segments that say which API it is, not which part of it.
const PREFIXES: [&str; 5] = ["api", "apis", "rest", "public", "v"];

/// Words that frameworks put before the name of a method.
const FRAMEWORK: [&str; 5] = ["controller", "api", "service", "resource", "endpoint"];

/// What tags end with that are made of the names of classes, or say that they are of an API.
const CLASS: [&str; 3] = ["controller", "ctrl", "api"];

/// What the id of an operation begins with that says what it does first.
const VERBS: &str = "accept add approve associate attach batch cancel check confirm copy \
    create delete deregister describe detach disable disassociate enable execute export \
    fetch find generate get import insert invoke list modify patch post promote put query \
    read register reject remove reset restore resume retrieve retry revoke run search send \
    set start stop submit tag untag update";

/// Words that only lead to those that follow them.
const ARTICLES: [&str; 3] = ["a", "an", "the"];

/// Words that say how what is before them belongs to what follows.
const LEADING: [&str; 9] = ["at", "for", "from", "in", "into", "of", "on", "to", "with"];

/// Where a method goes, and what it could be called.
#[derive(Debug)]
pub(in crate::lower) struct Route {
    /// The resources that it is found under, each below the one before: that of the tag, or of the
    /// path, and those that the id names after it.
    pub(in crate::lower) resources: Vec<Words>,
    /// The names that it could have, the best first: later ones are for methods whose name is
    /// another's already.
    pub(in crate::lower) names: Vec<Words>,
}

/// Where a method goes by its tag, its path and its id.
pub(in crate::lower) fn route(endpoint: &Endpoint<'_>) -> Route {
    let (id, literals) = (id(endpoint), literals(endpoint));
    let resource = resource(endpoint, &id, &literals);
    let is_path = says_no_more_than_path(&id, endpoint);
    let mut after = if is_path {
        Vec::new()
    } else {
        after_resource(endpoint, &resource)
    };
    let last = after.pop();
    let names = if id.is_empty() || is_path && !resource.is_empty() {
        let is_many = is_many(&literals);
        let names = [below(&literals, &resource), literals.as_slice()]
            .map(|literals| by_method(endpoint, literals, is_many));
        let long = if id.is_empty() {
            described(endpoint)
        } else {
            id
        };
        names.into_iter().chain([long]).collect()
    } else {
        by_id(endpoint, id, &resource, last, &literals)
    };
    let resources = [resource].into_iter().chain(after);
    Route {
        resources: resources.filter(|words| !words.is_empty()).collect(),
        names,
    }
}

/// The resource of a method, or none if it is the API itself. A tag that is a version or an HTTP
/// method says nothing of it.
fn resource(endpoint: &Endpoint<'_>, id: &Words, literals: &[Words]) -> Words {
    let tag = endpoint.operation.tags.first();
    match tag.map(|tag| of_tag(tag)) {
        Some(tag) if is_version(&tag.snake()) && full_id(endpoint).contains('.') => Words::new(),
        Some(tag) if !is_version(&tag.snake()) && !is_verb(&tag, endpoint) => tag,
        _ if is_call(endpoint, id, literals) => Words::new(),
        _ => group(endpoint)
            .map(of_tag)
            .or_else(|| literals.first().cloned())
            .unwrap_or_default(),
    }
}

/// The resource of a tag: `users` of `UsersController`, `Users API` and `users`.
pub(in crate::lower) fn of_tag(tag: &str) -> Words {
    let words = Words::split(tag);
    let list: Vec<&String> = words.iter().collect();
    let ends = list.iter().rev();
    let count = ends
        .take_while(|last| CLASS.contains(&last.as_str()))
        .count();
    match list.len().saturating_sub(count) {
        0 => words,
        length => words.iter().take(length).collect(),
    }
}

/// The names of a method that has an id, and perhaps a last segment of it after the resource.
fn by_id(
    endpoint: &Endpoint<'_>,
    id: Words,
    resource: &Words,
    last: Option<Words>,
    literals: &[Words],
) -> Vec<Words> {
    let called = without_path(&id, endpoint);
    let own = last.unwrap_or_else(|| without_framework(without(&called, resource)));
    let verb = without_key(&own, endpoint);
    let mut names = Vec::new();
    if is_verb(&verb, endpoint) && !resource.is_empty() {
        // `get_dock`, among docks, says just that, wherever its path leads.
        let below = if own == id && own == verb {
            below(literals, resource)
        } else {
            &[]
        };
        let is_many = id.singular() != id || is_many(literals);
        names.push(by_method(endpoint, below, is_many));
    }
    if !is_verb(&own, endpoint) {
        names.push(own);
    }
    names.extend([called, id, Words::split(full_id(endpoint))]);
    names
}

/// The segments of an id after that of the resource: `locations`, `jobs` and `get` of
/// `dataflow.projects.locations.jobs.get`. Without a resource, those after that of the API.
fn after_resource(endpoint: &Endpoint<'_>, resource: &Words) -> Vec<Words> {
    let segments = full_id(endpoint).split('.').map(Words::split);
    let segments: Vec<Words> = segments.filter(|words| !words.is_empty()).collect();
    let own = letters(resource);
    let place = if resource.is_empty() {
        Some(0)
    } else {
        segments.iter().rposition(|words| letters(words) == own)
    };
    let after = place.and_then(|place| segments.get(place + 1..));
    after.unwrap_or_default().to_vec()
}

fn full_id<'e>(endpoint: &Endpoint<'e>) -> &'e str {
    endpoint
        .operation
        .operation_id
        .as_deref()
        .unwrap_or_default()
}

/// Whether a path is a call by its name: `POST /ArchiveWave`, `GET /list-tags`, `POST /retryjob/{id}`.
fn is_call(endpoint: &Endpoint<'_>, id: &Words, literals: &[Words]) -> bool {
    let [only] = literals else { return false };
    let mut words = id.iter();
    let verb = words.next().filter(|_| words.next().is_some());
    let is_post = endpoint.method == Method::Post && !request_path(endpoint.path).contains('{');
    let is_verb = |verb: &String| is_post || is_known_verb(verb);
    letters(only) == letters(id) && verb.is_some_and(is_verb)
}

fn is_known_verb(word: &str) -> bool {
    VERBS.split(' ').any(|verb| verb == word)
}

/// The group of an id that names one before its method: `Users` of `Users_List`.
fn group<'e>(endpoint: &Endpoint<'e>) -> Option<&'e str> {
    let (group, name) = full_id(endpoint).split_once('_')?;
    let is_capital = |text: &str| text.starts_with(|c: char| c.is_ascii_uppercase());
    let is_group = is_capital(group) && (is_capital(name) || is_class(group));
    let first = Words::split(group).iter().next().cloned()?;
    (is_group && !name.contains('_') && !is_known_verb(&first)).then_some(group)
}

/// Whether an id begins with the name of a class.
fn is_class(group: &str) -> bool {
    group.ends_with("Controller") || group.ends_with("Ctrl")
}

/// The id without what frameworks add to the name of a function: `findAll` of
/// `UsersController_findAll`, `getPet` of `getPetUsingGET_1`.
fn id(endpoint: &Endpoint<'_>) -> Words {
    let id = full_id(endpoint);
    let id = match id.split_once(['_', '.']) {
        Some((class, name)) if is_class(class) => name,
        _ => id,
    };
    let id = match id.rsplit_once("Using") {
        Some((name, method)) if method.starts_with(endpoint.method.as_str()) => name,
        _ => id,
    };
    Words::split(id)
}

/// Whether an id is only made of the method and the path. A fragment is there to say more.
fn says_no_more_than_path(id: &Words, endpoint: &Endpoint<'_>) -> bool {
    if request_path(endpoint.path) != endpoint.path {
        return false;
    }
    let method = http_method(endpoint);
    let name = |segment: fn(&str) -> Words| {
        let segments = endpoint.path.split('/').map(segment);
        let segments = segments.filter(|words| !is_prefix(&words.snake()));
        segments.fold(method.clone(), |all, words| all.join(&words))
    };
    // `get_files_id` of `/files/{file_id}`.
    let short: fn(&str) -> Words = |segment| match segment.strip_prefix('{') {
        Some(_) => Words::split("id"),
        None => Words::split(segment),
    };
    // The path of the server, and with it the version, can stand before that of the operation.
    let id_alone: Words = id.iter().filter(|word| !is_prefix(word)).collect();
    [id, &id_alone].contains(&&name(Words::split))
        || [id, &id_alone].contains(&&name(short))
        || *id == described(endpoint)
}

/// Whether a name is no more than the HTTP method.
fn is_verb(words: &Words, endpoint: &Endpoint<'_>) -> bool {
    words.is_empty() || words.snake().eq_ignore_ascii_case(endpoint.method.as_str())
}

/// The segments of a path that are not parameters, without versions and prefixes.
fn literals(endpoint: &Endpoint<'_>) -> Vec<Words> {
    request_path(endpoint.path)
        .split('/')
        .filter(|segment| !segment.contains('{'))
        .map(Words::split)
        .filter(|words| !words.is_empty() && !is_prefix(&words.snake()))
        .collect()
}

fn is_prefix(text: &str) -> bool {
    PREFIXES.contains(&text) || is_version(text)
}

fn is_version(text: &str) -> bool {
    let version = text.strip_prefix('v').unwrap_or(text);
    version.chars().all(|c| c.is_ascii_digit() || c == '_')
}

/// Frameworks put the path and the method after the name of the function, or the method and the path
/// before it.
fn without_path(id: &Words, endpoint: &Endpoint<'_>) -> Words {
    let after = Words::split(endpoint.path).join(&http_method(endpoint));
    let before = described(endpoint);
    let (after, before): (Vec<_>, Vec<_>) = (after.iter().collect(), before.iter().collect());
    let words: Vec<_> = id.iter().collect();
    let name =
        (words.strip_suffix(after.as_slice())).or_else(|| words.strip_prefix(before.as_slice()));
    match name {
        Some(name) if !name.is_empty() => name.iter().copied().collect(),
        _ => id.clone(),
    }
}

/// What words are compared by: the singulars, as one, as paths have them (`kvpairs`).
fn letters(words: &Words) -> String {
    words.singulars().iter().map(String::as_str).collect()
}

/// The words without those of the resource, in the singular or in the plural. Where only the last of
/// them are there, and all that is there beside a verb, they are the resource too: `list_members`
/// of `group_members`.
fn without(id: &Words, resource: &Words) -> Words {
    let words: Vec<&String> = id.iter().collect();
    let (singulars, own) = (id.singulars(), resource.singulars());
    let singulars: Vec<&String> = singulars.iter().collect();
    let own: Vec<&String> = own.iter().collect();
    let place = (0..own.len()).find_map(|start| {
        let (place, length) = find(&singulars, own.get(start..)?)?;
        let is_rest = place == 1 && words.len() == place + length;
        (start == 0 || is_rest).then_some((place, length))
    });
    match place {
        Some((place, length)) => {
            let (before, rest) = words.split_at(place);
            let after = rest.get(length..).unwrap_or_default();
            let is_end = after.first().is_none_or(|next| *next == "by");
            let before = without_small(before, is_end);
            before.iter().chain(after).copied().collect()
        }
        None => id.clone(),
    }
}

/// Where words spell the same as others, and how many do: `kv_pair` spells `kvpair`.
fn find(words: &[&String], others: &[&String]) -> Option<(usize, usize)> {
    let spelt: String = others.iter().map(|word| word.as_str()).collect();
    (0..words.len()).find_map(|place| {
        let mut rest = spelt.as_str();
        for (index, word) in words.get(place..)?.iter().enumerate() {
            rest = rest.strip_prefix(word.as_str())?;
            if rest.is_empty() {
                return Some((place, index + 1));
            }
        }
        None
    })
}

/// What stands before the words of the resource, without what only leads to them: `get_an` of
/// `get_an_album`, `add_tracks_to` of `add_tracks_to_playlist`.
fn without_small<'a, 'w>(before: &'a [&'w String], is_end: bool) -> &'a [&'w String] {
    match before {
        [rest @ .., last] if !rest.is_empty() && ARTICLES.contains(&last.as_str()) => {
            without_small(rest, is_end)
        }
        [rest @ .., last] if !rest.is_empty() && is_end && LEADING.contains(&last.as_str()) => rest,
        _ => before,
    }
}

/// A verb without the key of what it is done to, which the path ends with: `get_by_id` and `get_id`
/// of `/pets/{id}`.
fn without_key(words: &Words, endpoint: &Endpoint<'_>) -> Words {
    let list: Vec<&str> = words.iter().map(String::as_str).collect();
    match list.as_slice() {
        [verb, "by", "id"] | [verb, "id"] if ends_in_parameter(endpoint.path) => Words::split(verb),
        _ => words.clone(),
    }
}

fn without_framework(words: Words) -> Words {
    let list: Vec<&String> = words.iter().collect();
    match list.as_slice() {
        [first, rest @ ..] if !rest.is_empty() && FRAMEWORK.contains(&first.as_str()) => {
            rest.iter().copied().collect()
        }
        _ => words,
    }
}

/// The segments of a path that are below its resource, or all of them if it has none of that name.
fn below<'a>(literals: &'a [Words], resource: &Words) -> &'a [Words] {
    let own = letters(resource);
    let place = literals.iter().position(|words| letters(words) == own);
    place.map_or(literals, |place| {
        literals.get(place + 1..).unwrap_or_default()
    })
}

/// Whether a path is about many: its last segment that is no parameter is in the plural.
fn is_many(literals: &[Words]) -> bool {
    literals.last().is_some_and(|last| last.singular() != *last)
}

/// A name from the method and what is below the resource alone, and whether the method is about
/// many.
fn by_method(endpoint: &Endpoint<'_>, below: &[Words], is_many: bool) -> Words {
    let is_item = ends_in_parameter(endpoint.path);
    let is_list = is_many && !is_item;
    let rest: Words = below.iter().flat_map(Words::iter).collect();
    match &endpoint.method {
        // `POST /orders/{id}/cancel` is named for what it does.
        Method::Post if !rest.is_empty() && !is_list && !is_item => rest,
        Method::Post if is_item => Words::split("update").join(&rest.singular()),
        Method::Get if is_list => Words::split("list").join(&rest),
        method => verb(method).join(&rest.singular()),
    }
}

fn verb(method: &Method) -> Words {
    Words::split(match method {
        Method::Get => "retrieve",
        Method::Post => "create",
        Method::Put => "replace",
        Method::Patch => "update",
        Method::Delete => "delete",
        Method::Head => "head",
        Method::Options => "options",
        Method::Trace => "trace",
        Method::Other(name) => return Words::split(&name.to_ascii_lowercase()),
    })
}

/// The method and the whole path.
fn described(endpoint: &Endpoint<'_>) -> Words {
    http_method(endpoint).join(&Words::split(endpoint.path))
}

fn http_method(endpoint: &Endpoint<'_>) -> Words {
    Words::split(&endpoint.method.as_str().to_ascii_lowercase())
}
