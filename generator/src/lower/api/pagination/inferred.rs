//! Inferred pagination: lists recognised by their parameters and properties.
//!
//! A response is a page if it has exactly one list, and a property whose value a parameter takes to
//! request the next page. One without the other is not enough.

use super::items::{is_one_of, items};
use super::known_names::{
    ABOUT_THE_PAGE, AFTER_ID, CURRENT_OFFSET, CURRENT_PAGE, CURSOR, ENVELOPE, HAS_NEXT, IS_LAST,
    ITEM_COUNT, LAST_ID, NEXT_CURSOR, NEXT_PAGE, NEXT_URL, OFFSET, PAGE, PAGE_COUNT, PAGE_SIZE,
    RANGE_END, RANGE_START, list_opposites,
};
use super::list_operation::{ListOperation, is_integer, is_scalar, is_text};
use crate::ir::{
    Field, FieldPath, Method, OnEmptyPage, PageFieldRole, PageFieldSource, PageParam,
    PageParamLocation, Pagination, PaginationStyle, Type, WireName, Words,
};
use crate::lower::operation::endpoint::ends_in_parameter;

/// Returns the pagination of an operation, if it is unambiguous.
pub(super) fn paging(view: &ListOperation<'_>) -> Option<Pagination> {
    let list = List {
        items: items(view)?,
        fields: Vec::new(),
        view,
    };
    let list = List {
        fields: view.all_fields(&|name| {
            let is_envelope = list.items.iter().any(|step| step.as_str() == name);
            is_envelope || is_one_of(name, ABOUT_THE_PAGE) || is_one_of(name, ENVELOPE)
        }),
        ..list
    };
    if list.view.operation.method != Method::Get {
        return list.cursor(PageParamLocation::Body);
    }
    list.cursor(PageParamLocation::Query)
        .or_else(|| list.cursor_id())
        .or_else(|| list.link())
        .or_else(|| list.url())
        .or_else(|| list.next_page())
        .or_else(|| list.number())
        .or_else(|| list.offset())
        .or_else(|| list.next_link())
        .or_else(|| list.bare())
}

/// Whether a text is a URL as far as its example tells; without one, whether it is not a cursor.
fn may_be_url(field: &Field, takes_cursor: bool) -> bool {
    let example = field.example.as_ref().and_then(serde_json::Value::as_str);
    is_text(&field.ty) && example.map_or(!takes_cursor, |text| text.contains('/'))
}

/// An operation that returns one list.
struct List<'v, 'a> {
    view: &'v ListOperation<'a>,
    items: FieldPath,
    fields: Vec<(FieldPath, &'a Field)>,
}

impl List<'_, '_> {
    fn cursor(&self, location: PageParamLocation) -> Option<Pagination> {
        let known = || {
            let (param, _) = self.param(CURSOR, location, is_scalar)?;
            let next = self.field(NEXT_CURSOR, is_scalar);
            let next = next.or_else(|| self.next_by_param(param.wire.as_str()))?;
            Some((param, next))
        };
        let (param, next) = known().or_else(|| self.named_for_param(location))?;
        let fields = [Some((PageFieldRole::Cursor, next)), self.has_next()];
        Some(self.paging(PaginationStyle::Cursor(param), fields))
    }

    /// The property with the cursor that this parameter takes, if its name is not one for a cursor:
    /// `next_page`, or the name of the parameter.
    fn next_by_param(&self, param: &str) -> Option<PageFieldSource> {
        let own = Words::split(param).snake();
        let next = self.field(NEXT_PAGE, is_text);
        let tells = self.has_next().is_some();
        // For another parameter than a cursor, the property may only repeat the value of the
        // request, unless it is part of the page's metadata.
        let is_opaque = !is_one_of(param, AFTER_ID);
        let same = || {
            let found = self.fields.iter().find(|(path, field)| {
                let name = path.last().map_or("", WireName::as_str);
                let is_own = Words::split(name).snake() == own && is_scalar(&field.ty);
                is_own && (tells || is_opaque || self.is_about_the_page(path))
            });
            found.map(|(path, _)| PageFieldSource::Field(path.clone()))
        };
        let plain = || {
            let has_position = [PAGE, OFFSET].into_iter().any(|names| {
                self.param(names, PageParamLocation::Query, |_| true)
                    .is_some()
            });
            let found = self.fields.iter().find(|(path, field)| {
                let name = path.last().map_or("", WireName::as_str);
                is_one_of(name, &["next"])
                    && self.is_about_the_page(path)
                    && is_text(&field.ty)
                    && !has_position
                    && !path.iter().any(|name| is_one_of(name.as_str(), &["links"]))
            });
            found.map(|(path, _)| PageFieldSource::Field(path.clone()))
        };
        next.or_else(same).or_else(plain)
    }

    /// Whether the object that holds this property is about the page.
    fn is_about_the_page(&self, path: &[WireName]) -> bool {
        let parent = path.len().checked_sub(2).and_then(|index| path.get(index));
        parent.is_some_and(|name| is_one_of(name.as_str(), ABOUT_THE_PAGE))
    }

    /// A parameter, and the property with the name of the parameter after `next_`. The property
    /// contains the next value of the parameter.
    fn named_for_param(&self, location: PageParamLocation) -> Option<(PageParam, PageFieldSource)> {
        let taken = self.view.takes(location);
        let mut texts = taken.into_iter().filter(|(_, ty, _)| is_text(ty));
        texts.find_map(|(wire, ..)| {
            let name = format!("next_{}", wire.words().snake());
            let next = self.field(&[&name], is_text)?;
            Some((super::param(wire.as_str(), location), next))
        })
    }

    fn cursor_id(&self) -> Option<Pagination> {
        let (param, _) = self.param(AFTER_ID, PageParamLocation::Query, is_scalar)?;
        let more = self.has_next();
        if let (Some(last), Some(more)) = (self.field(LAST_ID, is_scalar), &more) {
            let fields = [Some((PageFieldRole::Cursor, last)), Some(more.clone())];
            return Some(self.paging(PaginationStyle::Cursor(param), fields));
        }
        // A page without a flag for further pages can still continue from an id. Its parameter has
        // such a name, or the page is only a list.
        let takes_id = !is_one_of(param.wire.as_str(), &["after"]) || self.items.is_empty();
        let id = vec![WireName::new("id")];
        let item = self.view.items(&self.items)?;
        let is_page = (more.is_some() || takes_id) && self.view.items_have(item, &id);
        is_page.then(|| self.paging(PaginationStyle::CursorId(param, id), [more]))
    }

    /// A `Link` header leads to the next page
    /// ([RFC 8288](https://www.rfc-editor.org/rfc/rfc8288)).
    fn link(&self) -> Option<Pagination> {
        let fields = [
            Some((
                PageFieldRole::Url,
                PageFieldSource::Header("link".to_owned()),
            )),
            None,
        ];
        let is_page = self.takes_part() && self.view.has_header("link");
        is_page.then(|| self.paging(PaginationStyle::CursorUrl, fields))
    }

    /// Whether a parameter says which part of the list is wanted.
    fn takes_part(&self) -> bool {
        let takes = |names| {
            self.param(names, PageParamLocation::Query, |_| true)
                .is_some()
        };
        [PAGE, PAGE_SIZE, CURSOR, OFFSET].into_iter().any(takes)
    }

    /// Links of a response, in the form of HAL (`_links.next.href`) or JSON:API (`links.next`).
    fn next_link(&self) -> Option<Pagination> {
        let (path, _) = self.fields.iter().find(|(path, field)| {
            let names: Vec<String> = path.iter().map(|name| name.words().snake()).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let is_link = matches!(
                names.as_slice(),
                [.., "links" | "link", "next"] | [.., "links" | "link", "next", "href" | "url"]
            );
            is_link && is_text(&field.ty)
        })?;
        let next = PageFieldSource::Field(path.clone());
        self.takes_part().then(|| {
            self.paging(
                PaginationStyle::CursorUrl,
                [Some((PageFieldRole::Url, next))],
            )
        })
    }

    /// A bare array. A `Link` header leads to the next page. Otherwise the pages have numbers, and an
    /// empty page ends the list.
    fn bare(&self) -> Option<Pagination> {
        if !self.items.is_empty() {
            return None;
        }
        self.param(PAGE_SIZE, PageParamLocation::Query, is_integer)?;
        let by_page = || {
            let (param, first) = self.param(PAGE, PageParamLocation::Query, is_integer)?;
            Some(PaginationStyle::PageNumber(param, first.unwrap_or(1)))
        };
        let by_offset = || {
            let (param, first) = self.offset_param()?;
            Some(PaginationStyle::Offset(param, first.unwrap_or(0)))
        };
        // Only the header can hold a cursor.
        let by_cursor = || {
            let taken = self.param(CURSOR, PageParamLocation::Query, is_scalar);
            taken.map(|_| PaginationStyle::CursorUrl)
        };
        let style = by_page().or_else(by_offset).or_else(by_cursor)?;
        let link = (
            PageFieldRole::Url,
            PageFieldSource::Header("link".to_owned()),
        );
        Some(self.paging(style, [Some(link)]))
    }

    fn url(&self) -> Option<Pagination> {
        let next = self
            .field(NEXT_URL, is_text)
            .or_else(|| self.next_beside_previous())?;
        Some(self.paging(
            PaginationStyle::CursorUrl,
            [Some((PageFieldRole::Url, next)), None],
        ))
    }

    /// `next` alone is ambiguous. Together with `previous` it is a URL, unless it may be a cursor. In
    /// some APIs all responses have these links, also those with one item.
    fn next_beside_previous(&self) -> Option<PageFieldSource> {
        if ends_in_parameter(&self.view.operation.path) && !self.takes_part() {
            return None;
        }
        let takes_cursor = self
            .param(CURSOR, PageParamLocation::Query, is_scalar)
            .is_some();
        let (path, _) = self.fields.iter().find(|(path, field)| {
            let Some((name, above)) = path.split_last() else {
                return false;
            };
            let is_beside = |(other, _): &(FieldPath, &Field)| {
                other.split_last().is_some_and(|(name, there)| {
                    there == above && is_one_of(name.as_str(), &["previous", "prev"])
                })
            };
            is_one_of(name.as_str(), &["next"])
                && may_be_url(field, takes_cursor)
                && self.fields.iter().any(is_beside)
        })?;
        Some(PageFieldSource::Field(path.clone()))
    }

    /// The page names the next one by what `page` takes: a number, or else a text that is a cursor
    /// if the page also says whether there is a next one.
    fn next_page(&self) -> Option<Pagination> {
        let by_number = || {
            let (param, _) = self.param(PAGE, PageParamLocation::Query, is_integer)?;
            Some((param, self.field(NEXT_PAGE, is_integer)?))
        };
        let by_text = || {
            let (param, _) = self.param(PAGE, PageParamLocation::Query, is_text)?;
            self.has_next()?;
            Some((param, self.field(NEXT_PAGE, is_text)?))
        };
        let (param, next) = by_number().or_else(by_text)?;
        let fields = [Some((PageFieldRole::Cursor, next)), self.has_next()];
        Some(self.paging(PaginationStyle::Cursor(param), fields))
    }

    fn number(&self) -> Option<Pagination> {
        let (param, first) = self.param(PAGE, PageParamLocation::Query, is_integer)?;
        let sized = self
            .param(PAGE_SIZE, PageParamLocation::Query, is_integer)
            .is_some();
        let count = self.field(PAGE_COUNT, is_integer);
        let here = self.field(CURRENT_PAGE, is_integer);
        let known = count.is_some() || here.is_some() || self.has_next().is_some();
        let total = self.field(ITEM_COUNT, is_integer);
        let fields = [
            here.map(|here| (PageFieldRole::PageNumber, here)),
            count.map(|count| (PageFieldRole::PageCount, count)),
            self.has_next(),
        ];
        let style = PaginationStyle::PageNumber(param, first.unwrap_or(1));
        // With nothing to tell it, the last page is the one before an empty one.
        let is_page = known || total.is_some() || (sized && !self.items.is_empty());
        is_page.then(|| self.paging(style, fields))
    }

    fn offset(&self) -> Option<Pagination> {
        let (param, first) = self.offset_param()?;
        self.param(PAGE_SIZE, PageParamLocation::Query, is_integer)?;
        let count = self.field(ITEM_COUNT, is_integer);
        if self.items.is_empty() {
            return None;
        }
        let here = self.field(CURRENT_OFFSET, is_integer);
        let fields = [
            here.map(|here| (PageFieldRole::Offset, here)),
            count.map(|count| (PageFieldRole::ItemCount, count)),
            self.has_next(),
        ];
        Some(self.paging(PaginationStyle::Offset(param, first.unwrap_or(0)), fields))
    }

    /// The first parameter of these names, and the value that the server takes without it.
    fn param(
        &self,
        names: &[&str],
        location: PageParamLocation,
        fits: fn(&Type) -> bool,
    ) -> Option<(PageParam, Option<u64>)> {
        let taken = self.view.takes(location);
        let (wire, _, default) = taken
            .into_iter()
            .find(|(wire, ty, _)| is_one_of(wire.as_str(), names) && fits(ty))?;
        let default = default.and_then(serde_json::Value::as_u64);
        Some((super::param(wire.as_str(), location), default))
    }

    /// The parameter that takes the number of items to skip. A `start` that has an `end` is the first
    /// value of a range, and the next page would be another range.
    fn offset_param(&self) -> Option<(PageParam, Option<u64>)> {
        let found = self.param(OFFSET, PageParamLocation::Query, is_integer)?;
        let is_start = is_one_of(found.0.wire.as_str(), RANGE_START);
        let has_end = || {
            let end = self.param(RANGE_END, PageParamLocation::Query, |_| true);
            end.is_some()
        };
        (!(is_start && has_end())).then_some(found)
    }

    /// The first property with one of these names. Properties of the response itself come first.
    fn field(&self, names: &[&str], fits: fn(&Type) -> bool) -> Option<PageFieldSource> {
        let found = self.fields.iter().filter(|(path, field)| {
            let name = path.last().map_or("", WireName::as_str);
            is_one_of(name, names) && fits(&field.ty)
        });
        let (path, _) = found.min_by_key(|(path, _)| path.len())?;
        Some(PageFieldSource::Field(path.clone()))
    }

    fn has_next(&self) -> Option<(PageFieldRole, PageFieldSource)> {
        let next = self.field(HAS_NEXT, |ty| *ty == Type::Bool);
        let last = || self.field(IS_LAST, |ty| *ty == Type::Bool);
        next.map(|field| (PageFieldRole::HasNext, field))
            .or_else(|| Some((PageFieldRole::IsLast, last()?)))
    }

    fn paging<const N: usize>(
        &self,
        style: PaginationStyle,
        fields: [Option<(PageFieldRole, PageFieldSource)>; N],
    ) -> Pagination {
        let forwards = match &style {
            PaginationStyle::Cursor(param) | PaginationStyle::CursorId(param, _) => Some(param),
            _ => None,
        };
        let opposites = forwards.map_or(&[][..], |param| list_opposites(param.wire.as_str()));
        let before = self.param(opposites, PageParamLocation::Query, is_scalar);
        Pagination {
            style,
            items: self.items.clone(),
            fields: fields.into_iter().flatten().collect(),
            on_empty: OnEmptyPage::Stop,
            backwards: before.map(|(param, _)| param.wire),
        }
    }
}
