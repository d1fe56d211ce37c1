//! Segments that nearly all paths of a document begin with. They are not resources.

use std::collections::HashMap;

use super::api_path::{ApiPath, Segment};
use super::segment_text::is_name;
use crate::ir::Words;

/// Reads the paths of a document, and drops the segments that they share.
pub(super) fn read_paths<'p>(paths: impl Iterator<Item = &'p str>) -> Vec<ApiPath> {
    let mut paths: Vec<ApiPath> = paths.map(ApiPath::parse).collect();
    split_dotted_segments(&mut paths);
    for path in &mut paths {
        let prefixes = path.segments.iter().take_while(|it| it.is_prefix());
        let count = prefixes.count();
        path.segments
            .drain(..count.min(path.segments.len().saturating_sub(1)));
    }
    while drop_shared_literal(&mut paths) || drop_shared_scope(&mut paths) {}
    paths
}

/// Splits paths of one segment at its dots, if most paths are such calls by name:
/// `/account.cart.add`.
fn split_dotted_segments(paths: &mut [ApiPath]) {
    let count = paths.iter().filter_map(read_dotted).count();
    if count < MIN_PATHS || count * 2 < paths.len() {
        return;
    }
    for path in paths {
        if let Some(segments) = read_dotted(path) {
            path.segments = segments;
        }
    }
}

/// The segments of a path that is one text with dots.
fn read_dotted(path: &ApiPath) -> Option<Vec<Segment>> {
    let [Segment::Literal(text, _)] = path.segments.as_slice() else {
        return None;
    };
    let names = || text.split('.');
    let segment = |name: &str| Segment::Literal(name.to_owned(), Words::split(name));
    (names().count() > 1 && names().all(is_name)).then(|| names().map(segment).collect())
}

/// Drops the first literal if nine paths in ten begin with it, and if it is not a resource.
///
/// The last segment of a path is a resource, and so is a segment before a parameter.
fn drop_shared_literal(paths: &mut [ApiPath]) -> bool {
    let Some(first) = shared_first(paths) else {
        return false;
    };
    let is_resource = |path: &ApiPath| path.segments.get(1).is_none_or(Segment::is_parameter);
    let begins = |path: &ApiPath| path.segments.first() == Some(&first);
    if paths.iter().any(|path| begins(path) && is_resource(path)) {
        return false;
    }
    for path in paths.iter_mut().filter(|path| begins(path)) {
        path.segments.remove(0);
    }
    true
}

/// Drops a scope without operations that nine paths in ten begin with (`/accounts/{id}`).
///
/// If most segments below it are acts (`/orders/{id}/cancel`), the scope is the resource.
fn drop_shared_scope(paths: &mut [ApiPath]) -> bool {
    let Some(first) = shared_first(paths) else {
        return false;
    };
    let begins = |path: &ApiPath| path.segments.first() == Some(&first);
    let is_scoped = |path: &ApiPath| {
        path.segments.get(1).is_some_and(Segment::is_parameter)
            && path.segments.get(2).is_some_and(|it| !it.is_parameter())
    };
    if !paths.iter().filter(|path| begins(path)).all(is_scoped) {
        return false;
    }
    let mut below: HashMap<&Segment, usize> = HashMap::new();
    for path in paths.iter().filter(|path| begins(path)) {
        if let Some(segment) = path.segments.get(2) {
            *below.entry(segment).or_default() += 1;
        }
    }
    let resources = below.values().filter(|count| **count > 1).count();
    if resources * 2 < below.len() {
        return false;
    }
    for path in paths.iter_mut().filter(|path| begins(path)) {
        path.segments.drain(..2);
    }
    true
}

/// Number of paths that show a shared prefix. With fewer paths, one more path would often change
/// the prefix, and with it every name.
const MIN_PATHS: usize = 6;

/// The literal that at least nine paths in ten begin with.
fn shared_first(paths: &[ApiPath]) -> Option<Segment> {
    if paths.len() < MIN_PATHS {
        return None;
    }
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for path in paths {
        if let Some(Segment::Literal(text, _)) = path.segments.first() {
            *counts.entry(text.as_str()).or_default() += 1;
        }
    }
    let (text, count) = counts
        .into_iter()
        .max_by_key(|(text, count)| (*count, *text))?;
    (count * 10 >= paths.len() * 9).then(|| Segment::Literal(text.to_owned(), Words::split(text)))
}

#[cfg(test)]
mod tests {
    use super::read_paths;

    fn shapes(paths: &[&str]) -> Vec<String> {
        let paths = read_paths(paths.iter().copied());
        paths.iter().map(|path| path.shape().join("/")).collect()
    }

    #[test]
    fn a_scope_of_acts_is_a_resource() {
        assert_eq!(
            shapes(
                &["a", "b", "c", "d", "e", "f"]
                    .map(|act| ["/orders/{id}/", act].concat())
                    .each_ref()
                    .map(String::as_str)
            ),
            [
                "orders/{}/a",
                "orders/{}/b",
                "orders/{}/c",
                "orders/{}/d",
                "orders/{}/e",
                "orders/{}/f"
            ]
        );
    }

    #[test]
    fn scopes_without_operations_are_dropped() {
        const USERS: [&str; 5] = [
            "/accounts/{id}/users",
            "/accounts/{id}/users",
            "/accounts/{id}/users/{user}",
            "/accounts/{id}/teams",
            "/accounts/{id}/me",
        ];
        assert_eq!(
            shapes(&[&["/accounts/{id}/teams/{team}"], &USERS[..]].concat()),
            ["teams/{}", "users", "users", "users/{}", "teams", "me"]
        );
        assert_eq!(
            shapes(&[&["/accounts/{id}"], &USERS[..1]].concat()),
            ["accounts/{}", "accounts/{}/users"]
        );
    }
}
