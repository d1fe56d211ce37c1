//! Names of wire tests. Those of nested resources begin with the path below the top-level resource,
//! because one file can have the tests of several resources.

use std::collections::HashSet;

use crate::plan::{MethodPlan, ResourcePlan, RustIdent};

/// The names of the tests of a method.
pub(super) struct TestNames {
    /// The name of the call with the required fields.
    pub(super) required: String,
    /// The name of the call with every field.
    pub(super) every: String,
}

/// Returns names for the tests of methods of a top-level resource and its nested resources. All of them
/// differ.
pub(super) fn name_tests(methods: &[(&ResourcePlan<'_>, &MethodPlan<'_>)]) -> Vec<TestNames> {
    let mut taken = HashSet::new();
    let required: Vec<String> = methods
        .iter()
        .map(|(resource, method)| {
            let nested = nested_path(resource);
            if nested.is_empty() {
                let name = method.ident.to_string();
                taken.insert(name.clone());
                return name;
            }
            claim_free(format!("{nested}{}", bare(&method.ident)), &mut taken)
        })
        .collect();
    let names = methods.iter().zip(required);
    names
        .map(|((resource, method), required)| TestNames {
            required,
            every: claim_free(
                format!(
                    "{}{}_with_every_field",
                    nested_path(resource),
                    bare(&method.ident)
                ),
                &mut taken,
            ),
        })
        .collect()
}

/// Returns the accessors below the top-level resource, each with a separator.
fn nested_path(resource: &ResourcePlan<'_>) -> String {
    let nested = resource.path.iter().skip(1);
    nested.flat_map(|accessor| [bare(accessor), "_"]).collect()
}

fn claim_free(mut name: String, taken: &mut HashSet<String>) -> String {
    while !taken.insert(name.clone()) {
        name.push('_');
    }
    name
}

/// Returns a name without the suffix that distinguishes it from a keyword.
fn bare(ident: &RustIdent) -> &str {
    ident
        .as_str()
        .trim_start_matches("r#")
        .trim_end_matches('_')
}
