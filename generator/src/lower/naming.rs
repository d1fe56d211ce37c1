//! Names of methods where the configuration has none: what is left of an
//! `operationId` when the resource and the path have been taken away.

use super::endpoints::Endpoint;
use crate::ir::{Method, Words};

/// The words of the segments that say which API it is, not which part of it.
const PREFIXES: [&str; 5] = ["api", "apis", "rest", "public", "v"];

/// Words that frameworks put before the name of a method.
const FRAMEWORK: [&str; 5] = ["controller", "api", "service", "resource", "endpoint"];

/// What is before the methods of a resource.
pub(super) fn resource(endpoint: &Endpoint<'_>) -> Words {
    let tag = endpoint.operation.tags.first().map(|tag| Words::split(tag));
    tag.filter(|words| !words.is_empty())
        .or_else(|| literals(endpoint.path).into_iter().next())
        .unwrap_or_default()
}

/// The name of a method, short and long: the long one is for a method whose
/// short name is another's already.
pub(super) fn method(endpoint: &Endpoint<'_>, resource: &Words) -> (Words, Words) {
    let id = endpoint
        .operation
        .operation_id
        .as_deref()
        .map(Words::split)
        .unwrap_or_default();
    let long = if id.is_empty() {
        described(endpoint)
    } else {
        id.clone()
    };
    let id = without_path(id, endpoint);
    let own = without_framework(without(&id, resource));
    let short = if own.is_empty() {
        by_method(endpoint, resource)
    } else {
        own
    };
    (short, long)
}

/// The segments of a path that are not parameters, without versions and prefixes.
fn literals(path: &str) -> Vec<Words> {
    path.split('/')
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
fn without_path(id: Words, endpoint: &Endpoint<'_>) -> Words {
    let suffix = Words::split(endpoint.path).with(&endpoint.method.as_str().to_ascii_lowercase());
    let (id_words, suffix): (Vec<_>, Vec<_>) = (id.iter().collect(), suffix.iter().collect());
    match id_words.strip_suffix(suffix.as_slice()) {
        Some(rest) if !rest.is_empty() => collect(rest.iter().copied()),
        _ => id,
    }
}

/// The words without those of the resource, in the singular or in the plural.
fn without(id: &Words, resource: &Words) -> Words {
    let id: Vec<&String> = id.iter().collect();
    let resource: Vec<String> = resource.iter().map(|word| singular(word)).collect();
    let length = resource.len();
    let place = (length > 0).then(|| {
        id.windows(length).position(|window| {
            window
                .iter()
                .zip(&resource)
                .all(|(word, own)| singular(word) == *own)
        })
    });
    match place.flatten() {
        Some(place) => {
            let (before, rest) = id.split_at(place);
            collect(
                before
                    .iter()
                    .chain(rest.get(length..).unwrap_or_default())
                    .copied(),
            )
        }
        None => collect(id.iter().copied()),
    }
}

fn without_framework(words: Words) -> Words {
    let list: Vec<&String> = words.iter().collect();
    match list.as_slice() {
        [first, rest @ ..] if !rest.is_empty() && FRAMEWORK.contains(&first.as_str()) => {
            collect(rest.iter().copied())
        }
        _ => words,
    }
}

/// A name from the method and the path alone.
fn by_method(endpoint: &Endpoint<'_>, resource: &Words) -> Words {
    let mut rest = literals(endpoint.path);
    if rest
        .first()
        .is_some_and(|first| singular_all(first) == singular_all(resource))
    {
        rest.remove(0);
    }
    let ends_in_param = endpoint.path.trim_end_matches('/').ends_with('}');
    let rest = rest.iter().fold(Words::new(), |all, words| all.join(words));
    let one = rest.singular();
    let subject = if ends_in_param {
        one.clone()
    } else {
        rest.clone()
    };
    match endpoint.method {
        // `POST /orders/{id}/cancel` is named for what it does.
        Method::Post if !rest.is_empty() && one == rest && !ends_in_param => rest,
        Method::Post => Words::split("create").join(&one),
        method => Words::split(verb(method, ends_in_param)).join(&subject),
    }
}

const fn verb(method: Method, one: bool) -> &'static str {
    match method {
        Method::Get if one => "retrieve",
        Method::Get => "list",
        Method::Post => "create",
        Method::Put => "replace",
        Method::Patch => "update",
        Method::Delete => "delete",
        Method::Head => "head",
        Method::Options => "options",
        Method::Trace => "trace",
    }
}

/// The method and the whole path.
fn described(endpoint: &Endpoint<'_>) -> Words {
    Words::split(&endpoint.method.as_str().to_ascii_lowercase()).join(&Words::split(endpoint.path))
}

fn singular(word: &str) -> String {
    Words::split(word).singular().snake()
}

fn singular_all(words: &Words) -> Vec<String> {
    words.iter().map(|word| singular(word)).collect()
}

fn collect<'w>(words: impl Iterator<Item = &'w String>) -> Words {
    Words::split(&words.map(String::as_str).collect::<Vec<_>>().join("_"))
}
