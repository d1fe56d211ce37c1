//! Pagination: the description of paginated lists.

use super::WireName;
use crate::source::Pointer;

/// The pagination of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Pagination {
    /// The style of the request for the next page.
    pub style: PaginationStyle,
    /// The path from the response to its items; empty if the response is the list.
    pub items: FieldPath,
    /// The properties and headers that describe the page or the next one, each role once.
    pub fields: Vec<(PageFieldRole, PageFieldSource)>,
    /// The meaning of a page without items.
    pub on_empty: OnEmptyPage,
    /// The query parameter that requests the items before an item or a cursor. A caller that sets
    /// it goes backwards.
    pub backwards: Option<WireName>,
}

/// An operation with a pagination parameter that is not paginated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unpaginated {
    /// The JSON pointer of the operation.
    pub pointer: Pointer,
    /// The reason.
    pub reason: UnpaginatedReason,
}

/// The reason why an operation is not paginated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum UnpaginatedReason {
    /// The configuration says so, or none of its schemes matches.
    Configured,
    /// The response is not one kind of JSON.
    NotJson,
    /// The response has no list, or several and none is the main one.
    NoList,
    /// The response does not contain how the next page is requested.
    NoNext,
}

impl UnpaginatedReason {
    /// Returns the reason as reports show it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Configured => "configured",
            Self::NotJson => "not-json",
            Self::NoList => "no-list",
            Self::NoNext => "no-next-page",
        }
    }
}

/// The names of nested properties, outermost first.
pub type FieldPath = Vec<WireName>;

/// The style of the request for the next page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaginationStyle {
    /// By a cursor from the page.
    Cursor(PageParam),
    /// By a property of the last item, at this path.
    CursorId(PageParam, FieldPath),
    /// By a URL from the page.
    CursorUrl,
    /// By the number of items before it; the first page has this offset.
    Offset(PageParam, u64),
    /// By its number; the first page has this number.
    PageNumber(PageParam, u64),
    /// No next page: the response has the shape of a page, but the list has only one.
    Single,
}

/// The parameter that requests a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageParam {
    /// Its name on the wire.
    pub wire: WireName,
    /// The location.
    pub location: PageParamLocation,
}

/// The location of the parameter that requests a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageParamLocation {
    /// In the query.
    Query,
    /// As a property of the body.
    Body,
}

/// The role of a property or header that describes the page or the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PageFieldRole {
    /// The cursor of the next page.
    Cursor,
    /// The URL of the next page.
    Url,
    /// Whether there is a next page.
    HasNext,
    /// Whether this is the last page.
    IsLast,
    /// Number of items before this page.
    Offset,
    /// Number of items on all pages.
    ItemCount,
    /// The number of this page.
    PageNumber,
    /// Number of pages.
    PageCount,
}

/// The location of such a property or header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageFieldSource {
    /// In a property of its body.
    Field(FieldPath),
    /// In a header.
    Header(String),
}

/// The meaning of a page without items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnEmptyPage {
    /// It is the last one.
    Stop,
    /// Nothing.
    Continue,
}
