//! Pagination: how the pages of a list follow each other.

use super::WireName;
use crate::source::Pointer;

/// How the answer of an operation is one page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Pagination {
    /// How the next page is asked for.
    pub style: PaginationStyle,
    /// The way from the answer to its items; empty where the answer is the list.
    pub items: FieldPath,
    /// What a page says of itself or of the next one, each mark once.
    pub fields: Vec<(PageFieldRole, PageFieldSource)>,
    /// What a page without items means.
    pub on_empty: OnEmptyPage,
    /// The query parameter that asks for what comes before an item or a cursor: with it, a caller
    /// goes backwards.
    pub backwards: Option<WireName>,
}

/// An operation that takes a parameter like those that ask for a page, and is not paged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unpaginated {
    /// Where the operation stands.
    pub pointer: Pointer,
    /// Why it is not.
    pub reason: UnpaginatedReason,
}

/// Why an operation is not paged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum UnpaginatedReason {
    /// The configuration says so, or none of its schemes fits.
    Configured,
    /// The response is not one kind of JSON.
    NotJson,
    /// The response has no list, or several and none of them is the main one.
    NoList,
    /// Nothing in the response says how the next page is asked for.
    NoNext,
}

impl UnpaginatedReason {
    /// The reason as reports call it.
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

/// The names of properties, each below the one before.
pub type FieldPath = Vec<WireName>;

/// How the next page is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaginationStyle {
    /// With a cursor that the page holds.
    Cursor(PageParam),
    /// With what the last item holds at the end of this path.
    CursorId(PageParam, FieldPath),
    /// By a URL that the page holds.
    CursorUrl,
    /// With the number of items before it, where the first page has this many.
    Offset(PageParam, u64),
    /// With its number, where the first page has this one.
    PageNumber(PageParam, u64),
    /// Not at all: it has the form of a page, and there is only one.
    Single,
}

/// The parameter that asks for a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageParam {
    /// Its name on the wire.
    pub wire: WireName,
    /// Where it is sent.
    pub location: PageParamLocation,
}

/// Where the parameter that asks for a page is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageParamLocation {
    /// In the query.
    Query,
    /// As a member of the body.
    Body,
}

/// What a page can say of itself or of the next one.
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
    /// How many items come before this page.
    Offset,
    /// How many items there are on all pages.
    ItemCount,
    /// The number of this page.
    PageNumber,
    /// How many pages there are.
    PageCount,
}

/// Where a page says something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageFieldSource {
    /// In a property of its body.
    Field(FieldPath),
    /// In a header.
    Header(String),
}

/// What a page without items means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnEmptyPage {
    /// It is the last one.
    Stop,
    /// Nothing.
    Continue,
}
