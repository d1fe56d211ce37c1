//! Variables of path templates as routers write them.
//!
//! OpenAPI allows only a name between the braces. Many frameworks leave the syntax of their routes in
//! the description: `{id:int}`, `{+name}`, `{proxy+}`, `{*path}`, `{path...}`, `{name=shelves/*}`.

/// Returns the text before the constraint of the values.
pub(crate) fn variable_name(variable: &str) -> &str {
    variable.split(['=', ':']).next().unwrap_or(variable)
}

/// Whether the values can have several segments.
///
/// Such a variable is a reserved expansion ([RFC 6570, section
/// 3.2.3](https://www.rfc-editor.org/rfc/rfc6570#section-3.2.3)), the rest of a path, or a name in the
/// syntax of `google.api.http`.
pub(crate) fn spans_segments(variable: &str) -> bool {
    let name = variable_name(variable);
    let constraint = variable.strip_prefix(name).unwrap_or_default();
    name.starts_with(['+', '*'])
        || name.ends_with(['+', '*'])
        || name.ends_with("...")
        || constraint == ":path"
        || (constraint.starts_with('=') && constraint.contains(['/', '*']))
}

/// Splits a path before the query expansion at its end: `{?page,limit}` of [RFC 6570, section
/// 3.2.8](https://www.rfc-editor.org/rfc/rfc6570#section-3.2.8), or its continuation `{&limit}`.
pub(crate) fn split_query_expansion(path: &str) -> (&str, Option<&str>) {
    let start = path.find("{?").or_else(|| path.find("{&"));
    let parts = start.and_then(|start| path.split_at_checked(start));
    match parts {
        Some((path, query)) if query.ends_with('}') && !query.contains('/') => (path, Some(query)),
        _ => (path, None),
    }
}

#[cfg(test)]
mod tests {
    use super::{spans_segments, split_query_expansion, variable_name};

    #[test]
    fn a_query_expansion_is_at_the_end() {
        assert_eq!(
            split_query_expansion("/a/{id}{?b,c*}"),
            ("/a/{id}", Some("{?b,c*}"))
        );
        for path in ["/a/{id}", "/a/{id?}", "/a/{?b}/c"] {
            assert_eq!(split_query_expansion(path), (path, None));
        }
    }

    #[test]
    fn a_name_ends_at_its_constraint() {
        for variable in ["id", "id:int", "id=things/*", "id:[0-9]+"] {
            assert_eq!(variable_name(variable), "id");
        }
    }

    #[test]
    fn greedy_variables_span_segments() {
        for variable in [
            "+a", "a+", "*a", "**a", "a*", "a...", "a:path", "a=b/*", "a=**",
        ] {
            assert!(spans_segments(variable), "{variable}");
        }
        for variable in ["a", "a:int", "a?", "a=b", "a:[0-9]+"] {
            assert!(!spans_segments(variable), "{variable}");
        }
    }
}
