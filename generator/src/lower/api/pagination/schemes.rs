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
    Api, OnEmptyPage, Operation, OperationId, PageFieldRole, PageFieldSource, PageParam,
    PageParamLocation, Pagination, PaginationStyle, WireName,
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

/// A configuration whose schemes and methods get others.
pub(crate) struct SchemeBase<'b> {
    /// Its schemes.
    pub(crate) schemes: &'b [PageScheme],
    /// Whether another scheme can be added to them.
    pub(crate) is_open: bool,
    /// Whether an operation has no method yet.
    pub(crate) is_added: &'b dyn Fn(&Operation) -> bool,
    /// Whether the schemes decide the pagination of a method.
    pub(crate) is_automatic: &'b dyn Fn(&Operation) -> bool,
}

/// Returns the schemes for the pagination of an API.
pub(crate) fn find_schemes(api: &Api) -> PaginationSchemes {
    let base = SchemeBase {
        schemes: &[],
        is_open: true,
        is_added: &|_| true,
        is_automatic: &|_| false,
    };
    let found = extend_schemes(api, &base);
    match found.schemes.is_empty() {
        true => PaginationSchemes::default(),
        false => found,
    }
}

/// Returns the pagination of the methods that a configuration lacks, and its schemes with those
/// that these methods need.
///
/// A scheme of the configuration has precedence over inference, as for a method without
/// `paginated`. A new scheme must not change such a method. If it would, the pagination of the
/// new method stays inferred.
pub(crate) fn extend_schemes(api: &Api, base: &SchemeBase<'_>) -> PaginationSchemes {
    let mut found = PaginationSchemes {
        schemes: base.schemes.to_vec(),
        methods: HashMap::new(),
    };
    let views = |is_wanted: &dyn Fn(&Operation) -> bool| {
        let operations = api.operations.iter().enumerate();
        let own = operations.filter(|(_, operation)| operation.media_type_variant.is_none());
        let wanted = own.filter(|(_, operation)| is_wanted(operation));
        let views = wanted.filter_map(|(index, operation)| {
            let view = ListOperation::new(operation, &api.types)?;
            Some((OperationId::new(index), view))
        });
        views.collect::<Vec<_>>()
    };
    let added = views(base.is_added);
    let bystanders = views(base.is_automatic);
    let is_harmless = |scheme: &PageScheme| {
        let is_decided = |view| find_first_match(base.schemes, view).is_some();
        let mut others = bystanders.iter().filter(|(_, view)| !is_decided(view));
        base.is_open && !others.any(|(_, view)| find_matching(scheme, view).is_some())
    };
    for (id, view) in &added {
        let configured = find_first_match(base.schemes, view).map(|scheme| scheme.name.clone());
        let named = match (configured, &view.operation.pagination) {
            (Some(name), _) => Paginated::Scheme(name),
            (None, Some(pagination)) => found
                .name_scheme(pagination, view, is_harmless)
                .map_or(Paginated::Inferred, Paginated::Scheme),
            (None, None) => continue,
        };
        found.methods.insert(*id, named);
    }
    for (id, view) in &added {
        if !found.methods.contains_key(id) && find_first_match(&found.schemes, view).is_some() {
            found.methods.insert(*id, Paginated::Never);
        }
    }
    found
}

/// Returns the first scheme that an operation matches.
fn find_first_match<'s>(
    schemes: &'s [PageScheme],
    view: &ListOperation<'_>,
) -> Option<&'s PageScheme> {
    let mut schemes = schemes.iter();
    schemes.find(|scheme| find_matching(scheme, view).is_some())
}

impl PaginationSchemes {
    /// Returns the name of a scheme that gives a pagination, a new one if there is none and it may
    /// be added.
    fn name_scheme(
        &mut self,
        wanted: &Pagination,
        view: &ListOperation<'_>,
        may_add: impl Fn(&PageScheme) -> bool,
    ) -> Option<String> {
        let gives = |scheme: &PageScheme| apply_scheme(scheme, view).as_ref() == Ok(wanted);
        if let Some(known) = self.schemes.iter().find(|scheme| gives(scheme)) {
            return Some(known.name.clone());
        }
        let mut scheme = describe(wanted)?;
        if !gives(&scheme) || !may_add(&scheme) {
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
