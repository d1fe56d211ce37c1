//! Pagination styles, as generated code declares them.

/// The pagination style of a list, and the parameters and headers that it uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageStyle {
    pub(super) kind: PagingKind,
    /// Parameter that selects a page.
    pub(super) param: &'static str,
    pub(super) location: ParamLocation,
    /// Path to the cursor within an item.
    pub(super) id: &'static [&'static str],
    /// Number of the first page, or offset of the first item.
    pub(super) first: u64,
    pub(super) headers: &'static [(PageMark, &'static str)],
    pub(super) on_empty: OnEmptyPage,
    /// Parameter for backward pagination.
    pub(super) backwards: Option<&'static str>,
}

/// The kind of value that selects the next page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PagingKind {
    /// A cursor from the page.
    Cursor,
    /// A cursor from the last item.
    CursorId,
    /// A URL from the page.
    CursorUrl,
    /// The number of items before the page.
    Offset,
    /// The page number.
    PageNumber,
    /// The list has a single page.
    Single,
}

/// Location of the pagination parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ParamLocation {
    Query,
    Body,
}

/// Meaning of a page without items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OnEmptyPage {
    /// The page is the last one.
    Stop,
    /// The list may continue.
    Continue,
}

/// A pagination value in a page or its headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageMark {
    /// Cursor of the next page.
    Cursor,
    /// URL of the next page.
    Url,
    /// Whether a next page exists.
    HasNext,
    /// Whether this is the last page.
    IsLast,
    /// Number of items before this page.
    Offset,
    /// Number of items on all pages.
    ItemCount,
    /// Number of this page.
    PageNumber,
    /// Number of pages.
    PageCount,
}

impl PageStyle {
    const fn new(kind: PagingKind, param: &'static str) -> Self {
        Self {
            kind,
            param,
            location: ParamLocation::Query,
            id: &[],
            first: 0,
            headers: &[],
            on_empty: OnEmptyPage::Stop,
            backwards: None,
        }
    }

    /// Pagination by a cursor in the page, which the next request sends in this parameter.
    #[must_use]
    pub const fn cursor(param: &'static str) -> Self {
        Self::new(PagingKind::Cursor, param)
    }

    /// Pagination by a cursor in the last item. `id` is the path to it, and `param` sends it.
    #[must_use]
    pub const fn cursor_id(param: &'static str, id: &'static [&'static str]) -> Self {
        let mut style = Self::new(PagingKind::CursorId, param);
        style.id = id;
        style
    }

    /// Pagination by a URL in the page.
    #[must_use]
    pub const fn cursor_url() -> Self {
        Self::new(PagingKind::CursorUrl, "")
    }

    /// Pagination by the number of items to skip, starting at 0.
    #[must_use]
    pub const fn offset(param: &'static str) -> Self {
        Self::new(PagingKind::Offset, param)
    }

    /// Pagination by page number, starting at 1.
    #[must_use]
    pub const fn page_number(param: &'static str) -> Self {
        Self::new(PagingKind::PageNumber, param).starting_at(1)
    }

    /// A list with a single page.
    #[must_use]
    pub const fn single() -> Self {
        Self::new(PagingKind::Single, "")
    }

    /// Sets the number of the first page, or the offset of its first item.
    #[must_use]
    pub const fn starting_at(mut self, first: u64) -> Self {
        self.first = first;
        self
    }

    /// Sends the parameter as a property of the body instead of in the query.
    #[must_use]
    pub const fn in_body(mut self) -> Self {
        self.location = ParamLocation::Body;
        self
    }

    /// Reads these marks from response headers instead of the body.
    #[must_use]
    pub const fn headers(mut self, headers: &'static [(PageMark, &'static str)]) -> Self {
        self.headers = headers;
        self
    }

    /// Continues after a page without items.
    #[must_use]
    pub const fn continue_on_empty(mut self) -> Self {
        self.on_empty = OnEmptyPage::Continue;
        self
    }

    /// Declares the parameter for items before an item or a cursor.
    ///
    /// A caller that sets it pages backwards. In the style with item cursors, the next page ends
    /// before the first item of this one. In other styles no page follows. Within a page, items
    /// keep the server's order.
    #[must_use]
    pub const fn backwards_by(mut self, param: &'static str) -> Self {
        self.backwards = Some(param);
        self
    }
}
