//! Pagination of the methods that a configuration lacks.

use std::collections::HashSet;

use super::NewMethod;
use crate::config::{Config, Endpoint, MethodKind, Paginated, Resource};
use crate::ir::{Api, Operation};
use crate::lower::{PaginationSchemes, SchemeBase, extend_schemes};

/// Returns the pagination of new methods, and the schemes of the configuration with those that the
/// methods need. `is_open` says whether a scheme can be added to the text.
///
/// Without a scheme, the configuration leaves pagination to inference.
pub(crate) fn complete_schemes(
    config: &Config,
    inferred: &Api,
    added: &[NewMethod],
    is_open: bool,
) -> PaginationSchemes {
    if config.pagination.is_empty() {
        return PaginationSchemes::default();
    }
    let added: HashSet<&Endpoint> = added.iter().map(|method| &method.endpoint).collect();
    let mut automatic = HashSet::new();
    for resource in config.resources.values() {
        collect_automatic(resource, &mut automatic);
    }
    let base = SchemeBase {
        schemes: &config.pagination,
        is_open,
        is_added: &|operation: &Operation| added.contains(&Endpoint::from(operation)),
        is_automatic: &|operation: &Operation| automatic.contains(&Endpoint::from(operation)),
    };
    extend_schemes(inferred, &base)
}

/// Collects the endpoints of methods whose pagination the schemes decide.
fn collect_automatic<'c>(resource: &'c Resource, found: &mut HashSet<&'c Endpoint>) {
    for method in resource.methods.values() {
        let paginated = &method.paginated.value;
        let is_automatic = matches!(paginated, Paginated::Auto | Paginated::Always);
        if let MethodKind::Http(endpoint) = &method.kind
            && is_automatic
        {
            found.insert(endpoint);
        }
    }
    for child in resource.subresources.values() {
        collect_automatic(child, found);
    }
}
