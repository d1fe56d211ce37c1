//! How the pages of a list follow each other, as generated code says it.

/// How the pages of a list follow each other, and where that is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageStyle {
    pub(super) kind: PagingKind,
    /// The parameter that asks for a page.
    pub(super) param: &'static str,
    pub(super) place: ParamLocation,
    /// The way to the cursor within an item.
    pub(super) id: &'static [&'static str],
    /// The number of the first page, or of the first item.
    pub(super) first: u64,
    pub(super) headers: &'static [(PageMark, &'static str)],
    pub(super) on_empty: OnEmptyPage,
    /// The parameter that asks for what comes before.
    pub(super) backwards: Option<&'static str>,
}

/// What the next page is asked for by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PagingKind {
    /// A cursor that the page holds.
    Cursor,
    /// A cursor that the last item holds.
    CursorId,
    /// A URL that the page holds.
    CursorUrl,
    /// The number of items before it.
    Offset,
    /// Its number.
    PageNumber,
    /// There is none.
    Single,
}

/// Where the parameter is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ParamLocation {
    Query,
    Body,
}

/// What a page without items means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OnEmptyPage {
    /// It is the last one.
    Stop,
    /// Nothing.
    Continue,
}

/// What a page can say of itself or of the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageMark {
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

impl PageStyle {
    const fn new(kind: PagingKind, param: &'static str) -> Self {
        Self {
            kind,
            param,
            place: ParamLocation::Query,
            id: &[],
            first: 0,
            headers: &[],
            on_empty: OnEmptyPage::Stop,
            backwards: None,
        }
    }

    /// The page holds a cursor, which this parameter asks for the next page with.
    #[must_use]
    pub const fn cursor(param: &'static str) -> Self {
        Self::new(PagingKind::Cursor, param)
    }

    /// The last item holds the cursor, at the end of this path, and this parameter takes it.
    #[must_use]
    pub const fn cursor_id(param: &'static str, id: &'static [&'static str]) -> Self {
        let mut style = Self::new(PagingKind::CursorId, param);
        style.id = id;
        style
    }

    /// The page holds the URL of the next.
    #[must_use]
    pub const fn cursor_url() -> Self {
        Self::new(PagingKind::CursorUrl, "")
    }

    /// This parameter takes the number of items to skip, from 0.
    #[must_use]
    pub const fn offset(param: &'static str) -> Self {
        Self::new(PagingKind::Offset, param)
    }

    /// This parameter takes the number of the page, from 1.
    #[must_use]
    pub const fn page_number(param: &'static str) -> Self {
        Self::new(PagingKind::PageNumber, param).starting_at(1)
    }

    /// A list in the form of a page that has no next one.
    #[must_use]
    pub const fn single() -> Self {
        Self::new(PagingKind::Single, "")
    }

    /// The number of the first page, or of its first item.
    #[must_use]
    pub const fn starting_at(mut self, first: u64) -> Self {
        self.first = first;
        self
    }

    /// The parameter is a member of the body, not part of the query.
    #[must_use]
    pub const fn in_body(mut self) -> Self {
        self.place = ParamLocation::Body;
        self
    }

    /// These marks are in headers of the answer, not in its body.
    #[must_use]
    pub const fn headers(mut self, headers: &'static [(PageMark, &'static str)]) -> Self {
        self.headers = headers;
        self
    }

    /// A page without items need not be the last one.
    #[must_use]
    pub const fn continue_on_empty(mut self) -> Self {
        self.on_empty = OnEmptyPage::Continue;
        self
    }

    /// This parameter asks for what comes before an item or a cursor.
    ///
    /// A caller who sets it goes backwards: the next page is the one before the first item, if it is
    /// by items that pages are asked for, and otherwise there is none. Within a page the items are
    /// as the server sends them.
    #[must_use]
    pub const fn backwards_by(mut self, param: &'static str) -> Self {
        self.backwards = Some(param);
        self
    }
}
