//! References to URIs, resolved by [RFC 3986, section
//! 5](https://www.rfc-editor.org/rfc/rfc3986#section-5). Variables in them are plain text, and so
//! is a base without a host.

/// Resolves a reference against `base`.
pub(crate) fn resolve(reference: &str, base: &str) -> String {
    if reference.contains("://") || reference.starts_with("urn:") {
        return reference.to_owned();
    }
    let (origin, path) = split(base);
    if reference.starts_with("//") {
        let scheme = origin.split_once("//").map_or("", |(scheme, _)| scheme);
        return format!("{scheme}{reference}");
    }
    let end = reference.find(['?', '#']).unwrap_or(reference.len());
    let (reference, query) = reference.split_at(end);
    let path = match reference {
        "" => path.to_owned(),
        _ if reference.starts_with('/') => without_dots(reference),
        _ => {
            let folder = path.rfind('/').and_then(|slash| path.get(..slash));
            without_dots(&format!("{}/{reference}", folder.unwrap_or_default()))
        }
    };
    format!("{origin}{path}{query}")
}

/// Splits a URI into its scheme with the host, and its path.
fn split(base: &str) -> (&str, &str) {
    let base = base.split(['?', '#']).next().unwrap_or_default();
    let host = base.find("://").map_or(0, |scheme| scheme + "://".len());
    let slash = base.get(host..).and_then(|rest| rest.find('/'));
    let end = match (host, slash) {
        (0, _) => 0,
        (_, Some(slash)) => host + slash,
        (_, None) => base.len(),
    };
    base.split_at(end)
}

/// Removes the segments `.` and `..` from an absolute path.
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
    fn references_are_resolved_by_rfc_3986() {
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
            ("b.yaml", "/apis/a.yaml", "/apis/b.yaml"),
            ("b.yaml", "", "/b.yaml"),
            ("urn:b", "https://a.example", "urn:b"),
        ] {
            assert_eq!(resolve(reference, base), expected, "{reference}");
        }
    }
}
