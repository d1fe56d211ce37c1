//! Variables of path templates as routers write them.
//!
//! OpenAPI allows only a name between the braces. Many frameworks leave the syntax of their routes in
//! the description: `{id:int}`, `{+name}`, `{proxy+}`, `{*path}`, `{path...}`, `{name=shelves/*}`.

/// Returns the name in a variable: the text without operators, and before the constraint of the values.
///
/// A variable without a name, such as `{*}`, is returned whole.
pub(crate) fn variable_name(variable: &str) -> &str {
    let name = strip_constraint(variable).trim_matches(['+', '*', '?', '.']);
    if name.is_empty() { variable } else { name }
}

fn strip_constraint(variable: &str) -> &str {
    variable.split(['=', ':']).next().unwrap_or(variable)
}

/// Returns the variables of a path, with the text before each, and the text after the last.
///
/// A constraint can have braces itself: `{id:[0-9]{4}}`.
pub(crate) fn split_variables(path: &str) -> (Vec<(&str, &str)>, &str) {
    let mut rest = path;
    let mut variables = Vec::new();
    while let Some((before, after)) = rest.split_once('{') {
        let mut depth = 1_usize;
        let end = after.char_indices().find(|(_, letter)| {
            match letter {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        // Braces that are not balanced end at the next one.
        let Some(end) = end.map(|(end, _)| end).or_else(|| after.find('}')) else {
            break;
        };
        let (variable, after) = after.split_at_checked(end).unwrap_or((after, ""));
        variables.push((before, variable));
        rest = after.strip_prefix('}').unwrap_or(after);
    }
    (variables, rest)
}

/// Whether the values can have several segments.
///
/// Such a variable is a reserved expansion ([RFC 6570, section
/// 3.2.3](https://www.rfc-editor.org/rfc/rfc6570#section-3.2.3)), the rest of a path, or a name in the
/// syntax of `google.api.http`.
pub(crate) fn spans_segments(variable: &str) -> bool {
    let name = strip_constraint(variable);
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
    use super::{spans_segments, split_query_expansion, split_variables, variable_name};

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
        for variable in [
            "id",
            "id:int",
            "id=things/*",
            "id:[0-9]+",
            "+id",
            "id+",
            "**id",
            "id...",
            "id?",
        ] {
            assert_eq!(variable_name(variable), "id");
        }
        assert_eq!(variable_name("*"), "*");
    }

    #[test]
    fn a_constraint_can_have_braces() {
        for (path, variables, rest) in [
            ("/a/{id:[0-9]{4}}/b", vec![("/a/", "id:[0-9]{4}")], "/b"),
            ("/{a}-{b}", vec![("/", "a"), ("-", "b")], ""),
            ("/{a/{b}", vec![("/", "a/{b")], ""),
            ("/{a", vec![], "/{a"),
        ] {
            assert_eq!(split_variables(path), (variables, rest));
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
