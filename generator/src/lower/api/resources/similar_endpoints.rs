//! Endpoints that are similar to one that the document does not have.

use crate::config::Endpoint;
use crate::ir::Method;
use crate::source::text::edit_distance;

/// Greatest number of suggestions.
const MAX_SUGGESTED: usize = 2;

/// Greatest number of characters in which a suggestion may differ, the names of variables aside.
const MAX_DISTANCE: usize = 4;

/// Returns the most similar endpoints, as they are written in the configuration. The names of path
/// variables make no difference.
pub(super) fn find_similar_endpoints<'a>(
    wanted: &Endpoint,
    known: impl Iterator<Item = (&'a Method, &'a str)>,
) -> Vec<String> {
    let wanted_path = without_names(&wanted.path);
    let mut similar: Vec<(usize, &str, &Method)> = known
        .filter_map(|(method, path)| {
            let path_names = without_names(path);
            if path_names.len().abs_diff(wanted_path.len()) > MAX_DISTANCE {
                return None;
            }
            let distance = edit_distance(&path_names, &wanted_path);
            let other_method = usize::from(*method != wanted.method);
            (distance <= MAX_DISTANCE).then_some((distance * 2 + other_method, path, method))
        })
        .collect();
    similar.sort_by(|a, b| (a.0, a.1, a.2.as_str()).cmp(&(b.0, b.1, b.2.as_str())));
    let similar = similar.into_iter().take(MAX_SUGGESTED);
    similar
        .map(|(_, path, method)| format!("{} {path}", method.as_str().to_ascii_lowercase()))
        .collect()
}

/// Returns a path without the names of its variables.
fn without_names(path: &str) -> String {
    let mut is_name = false;
    let kept = path.chars().filter(|c| {
        is_name = (is_name && *c != '}') || *c == '{';
        !is_name || *c == '{'
    });
    kept.collect()
}

#[cfg(test)]
mod tests {
    use super::find_similar_endpoints;
    use crate::config::Endpoint;
    use crate::ir::Method;

    #[test]
    fn suggestions_are_near_in_spelling() {
        let known = [
            (Method::Get, "/pets/{petId}"),
            (Method::Delete, "/pets/{petId}"),
            (Method::Get, "/pets"),
            (Method::Get, "/orders/{orderId}/items"),
        ];
        for (path, expected) in [
            (
                "/pets/{id}",
                &["get /pets/{petId}", "delete /pets/{petId}"][..],
            ),
            ("/pet", &["get /pets", "get /pets/{petId}"]),
            ("/orders/{id}/item", &["get /orders/{orderId}/items"]),
            ("/customers", &[]),
        ] {
            let wanted = Endpoint {
                method: Method::Get,
                path: path.to_owned(),
            };
            let known = known.iter().map(|(method, path)| (method, *path));
            assert_eq!(find_similar_endpoints(&wanted, known), expected, "{path}");
        }
    }
}
