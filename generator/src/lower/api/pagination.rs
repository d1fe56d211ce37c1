//! Pagination: which operations return a page of a list, and how the next page is requested.
//!
//! The schemes of the configuration decide, if it has any: the scheme that a method names, or the
//! first that matches. Otherwise the document decides, by extensions or by well-known names.
//! Inference is cautious, because wrong pagination is worse than none.

mod configured;
mod extension;
mod inferred;
mod items;
mod known_names;
mod list_operation;
mod schemes;
mod unpaginated;

use std::collections::HashMap;

use extension::Extensions;
use indexmap::IndexMap;
use list_operation::ListOperation;
use openapiv3::OpenAPI;
pub(crate) use schemes::{PaginationSchemes, SchemeBase, extend_schemes, find_schemes};
use serde_json::Value;
use unpaginated::explain_unpaginated;

use super::operation_list::OperationList;
use crate::config::{At, Config, Paginated};
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{
    Operation, PageParam, PageParamLocation, Pagination, Types, Unpaginated, WireName,
};
use crate::lower::findings::Findings;
use crate::source::Pointer;

/// The sources of pagination.
pub(in crate::lower) struct Sources<'s> {
    /// The configuration.
    pub(in crate::lower) config: &'s Config,
    /// The document.
    pub(in crate::lower) openapi: &'s OpenAPI,
    /// The extensions of operations, by JSON pointer.
    pub(in crate::lower) extensions: HashMap<&'s Pointer, &'s IndexMap<String, Value>>,
}

impl Sources<'_> {
    /// Returns the pagination that an extension of the document declares.
    fn extension(
        &self,
        operation: &Operation,
        types: &Types,
    ) -> Option<Result<Pagination, String>> {
        let extensions = Extensions {
            document: &self.openapi.extensions,
            operation: self.extensions.get(&operation.pointer)?,
        };
        let is_own = operation.media_type_variant.is_none();
        let view = ListOperation::new(operation, types);
        is_own.then(|| extension::paging(extensions, view.as_ref()))?
    }
}

/// Decides the pagination of each operation. Returns the operations that look paginated and are
/// not.
pub(in crate::lower) fn add(
    operations: &mut OperationList,
    sources: &Sources<'_>,
    types: &Types,
    findings: &mut Findings,
) -> Vec<Unpaginated> {
    let mut all = Vec::new();
    for (operation, overrides) in operations.with_overrides() {
        let configured = overrides.and_then(|it| it.pagination.as_ref());
        operation.pagination = match configured {
            None => find_by_document(operation, sources, types, findings),
            Some(At {
                value: Paginated::Auto,
                ..
            }) => find_by_document(operation, sources, types, findings),
            Some(At {
                value: Paginated::Inferred,
                ..
            }) => find_by_names(operation, sources, types, findings),
            Some(configured) => apply_configuration(operation, configured, sources.config, types)
                .unwrap_or_else(|why| {
                    let at = configured.pointer.clone();
                    let warning = Diagnostic::new(Code::PaginationMismatch, at, why);
                    findings.push(warning.help(NOT_PAGED).in_config());
                    None
                }),
        };
        let by_config = !sources.config.pagination.is_empty() || configured.is_some();
        all.extend(explain_unpaginated(operation, types, by_config));
    }
    all
}

/// The effect of missing pagination.
const NOT_PAGED: &str = "the method returns the page as it is";

/// Returns the pagination by an extension, or else by names.
fn find_by_document(
    operation: &Operation,
    sources: &Sources<'_>,
    types: &Types,
    findings: &mut Findings,
) -> Option<Pagination> {
    if sources.config.pagination.is_empty() {
        return find_by_names(operation, sources, types, findings);
    }
    by_itself(operation, sources.config, types)
}

/// Returns the pagination without the schemes of the configuration.
fn find_by_names(
    operation: &Operation,
    sources: &Sources<'_>,
    types: &Types,
    findings: &mut Findings,
) -> Option<Pagination> {
    match sources.extension(operation, types) {
        None => {}
        Some(Ok(paging)) => return Some(paging),
        Some(Err(why)) => {
            let at = operation.pointer.clone();
            let warning = Diagnostic::new(Code::UnsupportedPagination, at, why);
            findings.push(
                warning.help("pagination is inferred from the names of parameters and properties"),
            );
        }
    }
    inferred::paging(&ListOperation::new(operation, types)?)
}

fn by_itself(operation: &Operation, config: &Config, types: &Types) -> Option<Pagination> {
    let view = ListOperation::new(operation, types)?;
    if config.pagination.is_empty() {
        return inferred::paging(&view);
    }
    let mut schemes = config.pagination.iter();
    schemes.find_map(|scheme| configured::find_matching(scheme, &view))
}

/// Returns the pagination that a method configures, or why it does not apply.
fn apply_configuration(
    operation: &Operation,
    wish: &Paginated,
    config: &Config,
    types: &Types,
) -> Result<Option<Pagination>, String> {
    match wish {
        Paginated::Never => Ok(None),
        Paginated::Auto | Paginated::Inferred => Ok(by_itself(operation, config, types)),
        Paginated::Always => {
            let view = ListOperation::new(operation, types).ok_or_else(no_list)?;
            let configured = by_itself(operation, config, types);
            match configured.or_else(|| inferred::paging(&view)) {
                Some(paging) => Ok(Some(paging)),
                None => Err("no scheme of `pagination` fits this method".to_owned()),
            }
        }
        Paginated::Scheme(name) => {
            let mut schemes = config.pagination.iter();
            let scheme = schemes
                .find(|scheme| scheme.name == *name)
                .ok_or_else(|| format!("`pagination` has no scheme called `{name}`"))?;
            let view = ListOperation::new(operation, types).ok_or_else(no_list)?;
            configured::apply_scheme(scheme, &view).map(Some)
        }
    }
}

fn no_list() -> String {
    "the method does not return one kind of JSON, as a page must".to_owned()
}

/// Returns the parameter of this name and location.
fn param(name: &str, location: PageParamLocation) -> PageParam {
    PageParam {
        wire: WireName::new(name),
        location,
    }
}
