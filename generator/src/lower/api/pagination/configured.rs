//! Pagination schemes of the configuration.
//!
//! The purpose of a property, or else its name, decides its role.

use super::items::{dotted, is_one_of};
use super::known_names::{
    AFTER_ID, CURRENT_OFFSET, CURRENT_PAGE, CURSOR, HAS_NEXT, ITEM_COUNT, NEXT_CURSOR, NEXT_URL,
    OFFSET, PAGE, PAGE_COUNT, list_opposites,
};
use super::list_operation::ListOperation;
use crate::config::{PageProperty, PageScheme, PageType, Purpose};
use crate::ir::{
    FieldPath, OnEmptyPage, PageFieldRole, PageFieldSource, PageParam, PageParamLocation,
    Pagination, PaginationStyle, Type, WireName,
};

/// Returns the pagination by a scheme, if the operation has all that the scheme lists.
pub(super) fn find_matching(scheme: &PageScheme, view: &ListOperation<'_>) -> Option<Pagination> {
    let takes = |name: &String| {
        let mut params = view.operation.params.iter();
        params.any(|param| param.wire.as_str() == name)
            || view
                .takes(PageParamLocation::Body)
                .iter()
                .any(|(wire, ..)| wire.as_str() == name)
    };
    let is_returned = |(path, property): &(FieldPath, &PageProperty)| {
        property.from_header.is_some() || property.is_top_level_array || view.field(path).is_some()
    };
    let fits = scheme.request.keys().all(takes) && flat(&scheme.response).iter().all(is_returned);
    fits.then(|| apply_scheme(scheme, view).ok()).flatten()
}

/// Returns the pagination by a scheme, or the reason why the operation does not match it.
pub(super) fn apply_scheme(
    scheme: &PageScheme,
    view: &ListOperation<'_>,
) -> Result<Pagination, String> {
    let roles = Roles {
        scheme,
        view,
        properties: flat(&scheme.response),
    };
    let items = roles.items()?;
    let fields = roles.fields()?;
    let style = roles.style(&items)?;
    Ok(Pagination {
        backwards: roles.backwards(&style),
        style,
        items,
        fields,
        on_empty: if scheme.continue_on_empty {
            OnEmptyPage::Continue
        } else {
            OnEmptyPage::Stop
        },
    })
}

/// Returns all properties with their paths, parents first.
fn flat(properties: &indexmap::IndexMap<String, PageProperty>) -> Vec<(FieldPath, &PageProperty)> {
    let mut found = Vec::new();
    for (name, property) in properties {
        let here = vec![WireName::new(name)];
        let below = flat(&property.nested).into_iter().map(|(path, property)| {
            let path = here.iter().cloned().chain(path).collect();
            (path, property)
        });
        found.push((here.clone(), property));
        found.extend(below);
    }
    found
}

struct Roles<'r, 'a> {
    scheme: &'r PageScheme,
    view: &'r ListOperation<'a>,
    properties: Vec<(FieldPath, &'r PageProperty)>,
}

impl Roles<'_, '_> {
    /// Returns the path to the items.
    fn items(&self) -> Result<FieldPath, String> {
        let marked = self.find_property(Purpose::Items);
        let only = || {
            let mut lists = self
                .properties
                .iter()
                .filter(|(path, _)| self.view.items(path).is_some());
            match (lists.next(), lists.next()) {
                (Some(list), None) => Some(list),
                _ => None,
            }
        };
        let (path, property) = marked
            .or_else(only)
            .ok_or_else(|| format!("`{}` does not say where its items are", self.scheme.name))?;
        let path = if property.is_top_level_array {
            FieldPath::new()
        } else {
            path.clone()
        };
        match self.view.items(&path) {
            Some(_) => Ok(path),
            None if path.is_empty() => Err("the response is not a list".to_owned()),
            None => Err(format!("the response has no list `{}`", dotted(&path))),
        }
    }

    /// Returns the parameter that requests the items before.
    fn backwards(&self, style: &PaginationStyle) -> Option<WireName> {
        let (forwards, purpose) = match style {
            PaginationStyle::Cursor(param) => (param, Purpose::PreviousCursorParam),
            PaginationStyle::CursorId(param, _) => (param, Purpose::PreviousCursorIdParam),
            _ => return None,
        };
        let names = list_opposites(forwards.wire.as_str());
        let location = PageParamLocation::Query;
        let listed = self.param(purpose, names).ok();
        let listed = listed.filter(|(param, _)| param.location == location);
        // A scheme can omit parameters that it does not use.
        let is_one = |wire: &WireName| is_one_of(wire.as_str(), names);
        let taken = || self.view.takes(location).into_iter();
        listed
            .map(|(param, _)| param.wire)
            .or_else(|| Some(taken().find(|(wire, ..)| is_one(wire))?.0))
    }

    fn style(&self, items: &[WireName]) -> Result<PaginationStyle, String> {
        Ok(match self.scheme.ty.value {
            PageType::Cursor => {
                PaginationStyle::Cursor(self.param(Purpose::NextCursorParam, CURSOR)?.0)
            }
            PageType::CursorId => {
                let (param, _) = self.param(Purpose::NextCursorIdParam, AFTER_ID)?;
                PaginationStyle::CursorId(param, self.id(items)?)
            }
            PageType::CursorUrl => PaginationStyle::CursorUrl,
            PageType::Offset => {
                let (param, first) = self.param(Purpose::OffsetCountParam, OFFSET)?;
                PaginationStyle::Offset(param, first.unwrap_or(0))
            }
            PageType::PageNumber => {
                let (param, first) = self.param(Purpose::PageNumberParam, PAGE)?;
                PaginationStyle::PageNumber(param, first.unwrap_or(1))
            }
            PageType::FakePage => PaginationStyle::Single,
        })
    }

    /// Returns the path from an item to its cursor.
    fn id(&self, items: &[WireName]) -> Result<FieldPath, String> {
        let element = self.properties.iter().find_map(|(_, property)| {
            let found = flat(&property.element.as_deref()?.nested);
            found.into_iter().find_map(|(path, property)| {
                (property.purpose == Some(Purpose::CursorItemId)).then_some(path)
            })
        });
        let id = element.unwrap_or_else(|| vec![WireName::new("id")]);
        match self.view.items(items) {
            Some(item) if self.view.items_have(item, &id) => Ok(id),
            _ => Err(format!("the items have no `{}`", dotted(&id))),
        }
    }

    /// Returns the parameter of a purpose and its default.
    fn param(&self, purpose: Purpose, names: &[&str]) -> Result<(PageParam, Option<u64>), String> {
        let listed = &self.scheme.request;
        let marked = listed
            .iter()
            .find(|(_, property)| property.purpose == Some(purpose));
        let named = || listed.iter().find(|(name, _)| is_one_of(name, names));
        let (name, _) = marked.or_else(named).ok_or_else(|| {
            let name = &self.scheme.name;
            format!("`{name}` does not name the parameter that requests the next page")
        })?;
        let location = if self.scheme.in_body {
            PageParamLocation::Body
        } else {
            PageParamLocation::Query
        };
        let taken = self.view.takes(location);
        let (_, _, default) = taken
            .iter()
            .find(|(wire, ..)| wire.as_str() == name)
            .ok_or_else(|| match location {
                PageParamLocation::Query => format!("the method has no query parameter `{name}`"),
                PageParamLocation::Body => {
                    format!("the body of the method has no property `{name}`")
                }
            })?;
        let first = default.and_then(serde_json::Value::as_u64);
        Ok((super::param(name, location), first))
    }

    fn fields(&self) -> Result<Vec<(PageFieldRole, PageFieldSource)>, String> {
        let mut fields = Vec::new();
        for (mark, purpose, names) in list_roles(self.scheme.ty.value) {
            match self.mark(*purpose, names) {
                Some(source) => fields.push((*mark, source)),
                None if matches!(mark, PageFieldRole::Cursor | PageFieldRole::Url) => {
                    let message =
                        "the response does not contain the cursor or URL of the next page";
                    return Err(message.to_owned());
                }
                None => {}
            }
        }
        Ok(fields)
    }

    /// Returns the source of a page field, if the operation has it.
    fn mark(&self, purpose: Purpose, names: &[&str]) -> Option<PageFieldSource> {
        let named = || {
            self.properties.iter().find(|(path, property)| {
                let name = path.last().map_or("", WireName::as_str);
                property.purpose.is_none() && is_one_of(name, names)
            })
        };
        let (path, property) = self.find_property(purpose).or_else(named)?;
        if let Some(header) = &property.from_header {
            return Some(PageFieldSource::Header(header.to_ascii_lowercase()));
        }
        let field = self.view.field(path)?;
        let is_list = matches!(field.ty, Type::Array(_) | Type::Map(_));
        (!is_list).then(|| PageFieldSource::Field(path.clone()))
    }

    fn find_property(&self, purpose: Purpose) -> Option<&(FieldPath, &PageProperty)> {
        let mut properties = self.properties.iter();
        properties.find(|(_, property)| property.purpose == Some(purpose))
    }
}

/// Returns the role of a page field, by its purpose or its name.
fn list_roles(ty: PageType) -> &'static [(PageFieldRole, Purpose, &'static [&'static str])] {
    const MORE: (PageFieldRole, Purpose, &[&str]) =
        (PageFieldRole::HasNext, Purpose::HasNextPage, HAS_NEXT);

    match ty {
        PageType::Cursor => &[
            (PageFieldRole::Cursor, Purpose::NextCursorField, NEXT_CURSOR),
            MORE,
        ],
        PageType::CursorId => &[MORE],
        PageType::CursorUrl => &[
            (PageFieldRole::Url, Purpose::CursorUrlField, NEXT_URL),
            MORE,
        ],
        PageType::Offset => &[
            (
                PageFieldRole::Offset,
                Purpose::OffsetCountStartField,
                CURRENT_OFFSET,
            ),
            (
                PageFieldRole::ItemCount,
                Purpose::OffsetTotalCountField,
                ITEM_COUNT,
            ),
            MORE,
        ],
        PageType::PageNumber => &[
            (
                PageFieldRole::PageNumber,
                Purpose::CurrentPageNumberField,
                CURRENT_PAGE,
            ),
            (
                PageFieldRole::PageCount,
                Purpose::TotalPageCountField,
                PAGE_COUNT,
            ),
            MORE,
        ],
        PageType::FakePage => &[],
    }
}
