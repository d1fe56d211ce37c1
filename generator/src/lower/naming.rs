//! Names of methods where the configuration has none: what is left of an
//! `operationId` when the resource and the path have been taken away.

use super::endpoints::Endpoint;
use crate::ir::{Method, Words, target};

/// The words of the segments that say which API it is, not which part of it.
const PREFIXES: [&str; 5] = ["api", "apis", "rest", "public", "v"];

/// Words that frameworks put before the name of a method.
const FRAMEWORK: [&str; 5] = ["controller", "api", "service", "resource", "endpoint"];

/// What is before the methods of a resource.
pub(super) fn resource(endpoint: &Endpoint<'_>) -> Words {
    let tag = endpoint.operation.tags.first().map(|tag| Words::split(tag));
    tag.filter(|words| !words.is_empty())
        .or_else(|| literals(endpoint).into_iter().next())
        .unwrap_or_default()
}

/// The name of a method.
pub(super) fn method(endpoint: &Endpoint<'_>, resource: &Words) -> Words {
    let id = id(endpoint);
    let own = without_framework(without(&without_path(&id, endpoint), resource));
    if says_no_more_than_path(&id, endpoint) || is_verb(&own, endpoint) {
        by_method(endpoint, resource)
    } else {
        own
    }
}

/// The longer name of a method whose name is another's already.
pub(super) fn long(endpoint: &Endpoint<'_>) -> Words {
    let id = id(endpoint);
    if id.is_empty() {
        described(endpoint)
    } else {
        id
    }
}

fn id(endpoint: &Endpoint<'_>) -> Words {
    let id = endpoint.operation.operation_id.as_deref();
    id.map(Words::split).unwrap_or_default()
}

/// Whether an id is only made of the method and the path.
fn says_no_more_than_path(id: &Words, endpoint: &Endpoint<'_>) -> bool {
    let method = Words::split(&endpoint.method.as_str().to_ascii_lowercase());
    let segments = endpoint
        .path
        .split('/')
        .map(Words::split)
        .filter(|words| !is_prefix(words));
    let path = segments.fold(method.clone(), |all, words| all.join(&words));
    *id == path || *id == described(endpoint)
}

/// Whether a name is no more than the HTTP method.
fn is_verb(words: &Words, endpoint: &Endpoint<'_>) -> bool {
    words.is_empty() || words.snake().eq_ignore_ascii_case(endpoint.method.as_str())
}

/// The segments of a path that are not parameters, without versions and prefixes.
fn literals(endpoint: &Endpoint<'_>) -> Vec<Words> {
    target(endpoint.path)
        .split('/')
        .filter(|segment| !segment.contains('{'))
        .map(Words::split)
        .filter(|words| !words.is_empty() && !is_prefix(words))
        .collect()
}

fn is_prefix(words: &Words) -> bool {
    let text = words.snake();
    let version = text.strip_prefix('v').unwrap_or(&text);
    PREFIXES.contains(&text.as_str()) || version.chars().all(|c| c.is_ascii_digit() || c == '_')
}

/// Frameworks append the path and the method to the name of the function.
fn without_path(id: &Words, endpoint: &Endpoint<'_>) -> Words {
    let suffix = Words::split(endpoint.path).with(&endpoint.method.as_str().to_ascii_lowercase());
    let (id_words, suffix): (Vec<_>, Vec<_>) = (id.iter().collect(), suffix.iter().collect());
    match id_words.strip_suffix(suffix.as_slice()) {
        Some(rest) if !rest.is_empty() => rest.iter().copied().collect(),
        _ => id.clone(),
    }
}

/// The words without those of the resource, in the singular or in the plural.
fn without(id: &Words, resource: &Words) -> Words {
    let (words, own): (Vec<&String>, Words) = (id.iter().collect(), resource.singulars());
    let (singulars, length) = (id.singulars(), own.iter().count());
    let singulars: Vec<&String> = singulars.iter().collect();
    let place = (length > 0)
        .then(|| {
            singulars
                .windows(length)
                .position(|window| window.iter().copied().eq(own.iter()))
        })
        .flatten();
    match place {
        Some(place) => {
            let (before, rest) = words.split_at(place);
            let after = rest.get(length..).unwrap_or_default();
            before.iter().chain(after).copied().collect()
        }
        None => id.clone(),
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

/// A name from the method and the path alone.
fn by_method(endpoint: &Endpoint<'_>, resource: &Words) -> Words {
    let all = literals(endpoint);
    let mut rest = all.as_slice();
    if let [first, below @ ..] = rest
        && first.singulars() == resource.singulars()
    {
        rest = below;
    }
    let is_item = target(endpoint.path).trim_end_matches('/').ends_with('}');
    let is_list = !is_item && all.last().is_some_and(|last| last.singular() != *last);
    let rest = rest.iter().fold(Words::new(), |all, words| all.join(words));
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
    Words::split(&endpoint.method.as_str().to_ascii_lowercase()).join(&Words::split(endpoint.path))
}
