//! Operations that look paginated and are not, with the reason.

use super::items::{is_one_of, items};
use super::known_names::{AFTER_ID, CURSOR, OFFSET, PAGE};
use super::list_operation::ListOperation;
use crate::ir::{Method, Operation, ParamLocation, Types, Unpaginated, UnpaginatedReason};

/// Returns why an operation with a pagination parameter is not paginated. `is_configured` says
/// that the configuration made the decision.
pub(super) fn explain_unpaginated(
    operation: &Operation,
    types: &Types,
    is_configured: bool,
) -> Option<Unpaginated> {
    let is_page = operation.pagination.is_some() || operation.stream.is_some();
    let is_own = operation.media_type_variant.is_none() && operation.method == Method::Get;
    if is_page || !is_own || !selects_page(operation) {
        return None;
    }
    let reason = match ListOperation::new(operation, types) {
        _ if is_configured => UnpaginatedReason::Configured,
        None => UnpaginatedReason::NotJson,
        Some(view) if items(&view).is_none() => UnpaginatedReason::NoList,
        Some(_) => UnpaginatedReason::NoNext,
    };
    Some(Unpaginated {
        pointer: operation.pointer.clone(),
        reason,
    })
}

/// Whether a parameter selects a part of a list.
fn selects_page(operation: &Operation) -> bool {
    let mut params = operation.params.iter();
    params.any(|param| {
        let name = param.wire.as_str();
        let known = [AFTER_ID, CURSOR, OFFSET, PAGE];
        param.location == ParamLocation::Query
            && known.into_iter().any(|names| is_one_of(name, names))
    })
}
