//! Relative URLs of servers, resolved as [RFC 3986, section
//! 5](https://www.rfc-editor.org/rfc/rfc3986#section-5) has it. Variables in them are text.

/// A URL in the place of a reference to it from `base`. `None` if neither names a host.
pub(super) fn resolve(reference: &str, base: &str) -> Option<String> {
    if reference.contains("://") {
        return Some(reference.to_owned());
    }
    let (scheme, rest) = base.split_once("://")?;
    if reference.starts_with("//") {
        return Some(format!("{scheme}:{reference}"));
    }
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let (reference, query) =
        reference.split_at(reference.find(['?', '#']).unwrap_or(reference.len()));
    let path = match reference {
        "" => path.to_owned(),
        _ if reference.starts_with('/') => without_dots(reference),
        _ => {
            let folder = path.rfind('/').and_then(|slash| path.get(..slash));
            without_dots(&format!("{}/{reference}", folder.unwrap_or_default()))
        }
    };
    Some(format!("{scheme}://{host}{path}{query}"))
}

/// An absolute path without the segments `.` and `..`.
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for segment in path.split('/').skip(1) {
        match segment {
            "." => {}
            ".." => {
                kept.pop();
            }
            _ => kept.push(segment),
        }
    }
    format!("/{}", kept.join("/"))
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn references_are_resolved_as_the_rfc_has_it() {
        for (reference, base, expected) in [
            (
                "https://b.example",
                "https://a.example",
                "https://b.example",
            ),
            (
                "//b.example/v2",
                "https://a.example/v1",
                "https://b.example/v2",
            ),
            ("/v2", "https://{host}:443/v1/x", "https://{host}:443/v2"),
            ("v2", "https://a.example/v1", "https://a.example/v2"),
            ("v2", "https://a.example", "https://a.example/v2"),
            (
                "./../b/{x}",
                "https://a.example/r/v1/",
                "https://a.example/r/b/{x}",
            ),
            ("", "https://a.example/v1?a=b", "https://a.example/v1"),
            (
                "?c=d",
                "https://a.example/v1?a=b",
                "https://a.example/v1?c=d",
            ),
        ] {
            assert_eq!(
                resolve(reference, base).as_deref(),
                Some(expected),
                "{reference}"
            );
        }
        assert_eq!(resolve("/v2", "/v1"), None);
    }
}
