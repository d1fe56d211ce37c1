//! `pagination`: the schemes that list endpoints are matched against.

use indexmap::IndexMap;

use super::At;
use crate::load::Pointer;

/// A pagination scheme.
#[derive(Debug, Clone)]
pub struct PageScheme {
    /// `name`.
    pub name: String,
    /// `description`.
    pub description: Option<String>,
    /// `type`.
    pub ty: At<PageType>,
    /// `request`: the parameters that ask for a page, by wire name.
    pub request: IndexMap<String, PageProperty>,
    /// `response`: the properties of a page, by wire name.
    pub response: IndexMap<String, PageProperty>,
    /// `param_location: body`: the parameters go into the body, not the query.
    pub in_body: bool,
    /// `continue_on_empty_items`: an empty page need not be the last one.
    pub continue_on_empty: bool,
    /// Where it stands.
    pub pointer: Pointer,
}

/// `type`: how the next page is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PageType {
    /// `cursor`: the page holds a cursor for the next.
    Cursor,
    /// `cursor_id`: the id of the last item is the cursor.
    CursorId,
    /// `cursor_url`: the page holds the URL of the next.
    CursorUrl,
    /// `offset`: by the number of items to skip.
    Offset,
    /// `page_number`.
    PageNumber,
    /// `fake_page`: a list in the shape of a page, with no next one.
    FakePage,
}

/// A property of a page, or a parameter that asks for one.
#[derive(Debug, Clone, Default)]
pub struct PageProperty {
    /// `x-stainless-pagination-property.purpose`, or what the name says.
    pub purpose: Option<Purpose>,
    /// `is_top_level_array`: the body itself is the list of items.
    pub is_top_level_array: bool,
    /// `from_header`: the value is in this header.
    pub from_header: Option<String>,
    /// `type` of its schema.
    pub ty: Option<String>,
    /// The purposes of properties below this one, by their path:
    /// `page_info.next_cursor` is `["next_cursor"]` below `page_info`.
    pub nested: IndexMap<String, PageProperty>,
    /// Where it stands.
    pub pointer: Pointer,
}

/// `purpose`: what a property of a page is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// `items`.
    Items,
    /// `has_next_page`.
    HasNextPage,
    /// `next_cursor_param`.
    NextCursorParam,
    /// `previous_cursor_param`.
    PreviousCursorParam,
    /// `next_cursor_field`.
    NextCursorField,
    /// `previous_cursor_field`.
    PreviousCursorField,
    /// `cursor_item_id`.
    CursorItemId,
    /// `next_cursor_id_param`.
    NextCursorIdParam,
    /// `previous_cursor_id_param`.
    PreviousCursorIdParam,
    /// `cursor_url_field`.
    CursorUrlField,
    /// `page_number_param`.
    PageNumberParam,
    /// `current_page_number_field`.
    CurrentPageNumberField,
    /// `total_page_count_field`.
    TotalPageCountField,
    /// `offset_count_param`.
    OffsetCountParam,
    /// `offset_count_start_field`.
    OffsetCountStartField,
    /// `offset_total_count_field`.
    OffsetTotalCountField,
}
