//! Schemes for the inferred pagination of an API, in the format of `sdk.yaml`.
//!
//! A scheme is only returned if reading it gives exactly the pagination that it describes. Pagination
//! that no scheme can describe stays inferred by name.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::configured::{apply_scheme, find_matching};
use super::list_operation::ListOperation;
use crate::config::{At, PageProperty, PageScheme, PageType, Paginated, Purpose};
use crate::ir::{
    Api, OnEmptyPage, OperationId, PageFieldRole, PageFieldSource, PageParam, PageParamLocation,
    Pagination, PaginationStyle, WireName,
};
use crate::source::Pointer;

/// The schemes of an API, and the `paginated` key of each method.
#[derive(Debug, Default)]
pub(crate) struct PaginationSchemes {
    /// The schemes.
    pub(crate) schemes: Vec<PageScheme>,
    /// The value of `paginated` by method. Methods without a scheme are absent.
    pub(crate) methods: HashMap<OperationId, Paginated>,
}

/// Returns the schemes for the pagination of an API.
pub(crate) fn find_schemes(api: &Api) -> PaginationSchemes {
    let mut found = PaginationSchemes::default();
    let declared = || {
        let all = api.operations.iter().enumerate();
        let own = all.filter(|(_, operation)| operation.media_type_variant.is_none());
        own.map(|(index, operation)| (OperationId::new(index), operation))
    };
    for (id, operation) in declared() {
        let Some(pagination) = &operation.pagination else {
            continue;
        };
        let view = ListOperation::new(operation, &api.types);
        let named = view.and_then(|view| found.name_scheme(pagination, &view));
        let named = named.map_or(Paginated::Inferred, Paginated::Scheme);
        found.methods.insert(id, named);
    }
    if found.schemes.is_empty() {
        found.methods.clear();
    }
    for (id, operation) in declared().filter(|(_, it)| it.pagination.is_none()) {
        let view = ListOperation::new(operation, &api.types);
        let fits = |view: &ListOperation<'_>| {
            let mut schemes = found.schemes.iter();
            schemes.any(|scheme| find_matching(scheme, view).is_some())
        };
        if view.is_some_and(|view| fits(&view)) {
            found.methods.insert(id, Paginated::Never);
        }
    }
    found
}

impl PaginationSchemes {
    /// Returns the name of a scheme that gives a pagination, a new one if there is none.
    fn name_scheme(&mut self, wanted: &Pagination, view: &ListOperation<'_>) -> Option<String> {
        let gives = |scheme: &PageScheme| apply_scheme(scheme, view).as_ref() == Ok(wanted);
        if let Some(known) = self.schemes.iter().find(|scheme| gives(scheme)) {
            return Some(known.name.clone());
        }
        let mut scheme = describe(wanted)?;
        if !gives(&scheme) {
            return None;
        }
        let base = scheme.name.clone();
        let is_taken = |name: &String| self.schemes.iter().any(|scheme| scheme.name == *name);
        let numbered = (2..).map(|n: u32| format!("{base}_{n}"));
        let mut names = [base.clone()].into_iter().chain(numbered);
        scheme.name = names.find(|name| !is_taken(name))?;
        let name = scheme.name.clone();
        self.schemes.push(scheme);
        Some(name)
    }
}

/// Returns a scheme for a pagination, or `None` if schemes cannot say it.
fn describe(pagination: &Pagination) -> Option<PageScheme> {
    let (name, ty, param) = style(&pagination.style);
    let mut request = IndexMap::new();
    if let Some((param, purpose)) = param {
        request.insert(param.wire.as_str().to_owned(), mark_property(purpose));
    }
    if let Some(wire) = &pagination.backwards {
        let purpose = match ty {
            PageType::CursorId => Purpose::PreviousCursorIdParam,
            _ => Purpose::PreviousCursorParam,
        };
        request.insert(wire.as_str().to_owned(), mark_property(purpose));
    }
    let mut response = IndexMap::new();
    insert(&mut response, &pagination.items, items(pagination));
    for (role, source) in &pagination.fields {
        let property = mark_property(find_purpose(*role)?);
        match source {
            PageFieldSource::Field(path) => insert(&mut response, path, property),
            PageFieldSource::Header(name) => {
                let from_header = Some(name.clone());
                let property = PageProperty {
                    from_header,
                    ..property
                };
                response.insert(name.clone(), property);
            }
        }
    }
    let location = param.map(|(param, _)| param.location);
    Some(PageScheme {
        name: name.to_owned(),
        description: None,
        ty: At::new(ty, Pointer::root()),
        request,
        response,
        in_body: location == Some(PageParamLocation::Body),
        continue_on_empty: pagination.on_empty == OnEmptyPage::Continue,
        pointer: Pointer::root(),
    })
}

/// Returns the name and the type of a style's scheme, and the parameter with its purpose.
const fn style(style: &PaginationStyle) -> (&'static str, PageType, Option<(&PageParam, Purpose)>) {
    match style {
        PaginationStyle::Cursor(param) => (
            "cursor",
            PageType::Cursor,
            Some((param, Purpose::NextCursorParam)),
        ),
        PaginationStyle::CursorId(param, _) => (
            "cursor_id",
            PageType::CursorId,
            Some((param, Purpose::NextCursorIdParam)),
        ),
        PaginationStyle::CursorUrl => ("cursor_url", PageType::CursorUrl, None),
        PaginationStyle::Offset(param, _) => (
            "offset",
            PageType::Offset,
            Some((param, Purpose::OffsetCountParam)),
        ),
        PaginationStyle::PageNumber(param, _) => (
            "page_number",
            PageType::PageNumber,
            Some((param, Purpose::PageNumberParam)),
        ),
        PaginationStyle::Single => ("single_page", PageType::FakePage, None),
    }
}

const fn find_purpose(role: PageFieldRole) -> Option<Purpose> {
    Some(match role {
        PageFieldRole::Cursor => Purpose::NextCursorField,
        PageFieldRole::Url => Purpose::CursorUrlField,
        PageFieldRole::HasNext => Purpose::HasNextPage,
        PageFieldRole::Offset => Purpose::OffsetCountStartField,
        PageFieldRole::ItemCount => Purpose::OffsetTotalCountField,
        PageFieldRole::PageNumber => Purpose::CurrentPageNumberField,
        PageFieldRole::PageCount => Purpose::TotalPageCountField,
        PageFieldRole::IsLast => return None,
    })
}

/// Returns the property of the items, with the cursor that each of them has.
fn items(pagination: &Pagination) -> PageProperty {
    let mut property = PageProperty {
        is_top_level_array: pagination.items.is_empty(),
        ..mark_property(Purpose::Items)
    };
    if let PaginationStyle::CursorId(_, id) = &pagination.style {
        let mut element = PageProperty::default();
        insert(
            &mut element.nested,
            id,
            mark_property(Purpose::CursorItemId),
        );
        property.element = Some(Box::new(element));
    }
    property
}

fn mark_property(purpose: Purpose) -> PageProperty {
    PageProperty {
        purpose: Some(purpose),
        ..PageProperty::default()
    }
}

/// Inserts a property at a path. A body that is the list itself is called `items`.
fn insert(into: &mut IndexMap<String, PageProperty>, path: &[WireName], property: PageProperty) {
    let Some((first, rest)) = path.split_first() else {
        into.insert("items".to_owned(), property);
        return;
    };
    let here = into.entry(first.as_str().to_owned()).or_default();
    if rest.is_empty() {
        let nested = std::mem::take(&mut here.nested);
        *here = PageProperty { nested, ..property };
    } else {
        insert(&mut here.nested, rest, property);
    }
}
