//! `pagination`: the schemes that list endpoints are matched with.

use indexmap::IndexMap;
use serde_json::Value;

use super::At;
use super::reader::Reader;
use crate::diagnostics::Code;
use crate::source::Pointer;

/// A pagination scheme.
#[derive(Debug, Clone)]
pub struct PageScheme {
    /// `name`.
    pub name: String,
    /// `description`.
    pub description: Option<String>,
    /// `type`.
    pub ty: At<PageType>,
    /// `request`: the parameters of a page, by wire name.
    pub request: IndexMap<String, PageProperty>,
    /// `response`: the properties of a page, by wire name.
    pub response: IndexMap<String, PageProperty>,
    /// `param_location: body`: the parameters go into the body, not the query.
    pub in_body: bool,
    /// `continue_on_empty_items`: an empty page may have a successor.
    pub continue_on_empty: bool,
    /// Position in the configuration.
    pub pointer: Pointer,
}

/// `type`: the way to the next page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PageType {
    /// `cursor`: the page contains a cursor for the next page.
    Cursor,
    /// `cursor_id`: the id of the last item is the cursor.
    CursorId,
    /// `cursor_url`: the page contains the URL of the next page.
    CursorUrl,
    /// `offset`: the number of items to skip.
    Offset,
    /// `page_number`.
    PageNumber,
    /// `fake_page`: a list in the form of a page, without a next page.
    FakePage,
}

/// A property of a page, or a parameter of its request.
#[derive(Debug, Clone, Default)]
pub struct PageProperty {
    /// `x-stainless-pagination-property.purpose`. The default depends on the name.
    pub purpose: Option<Purpose>,
    /// `is_top_level_array`: the body itself is the list of items.
    pub is_top_level_array: bool,
    /// `from_header`: the value is in this header.
    pub from_header: Option<String>,
    /// `type` of its schema.
    pub ty: Option<String>,
    /// Purposes of nested properties, by path: `page_info.next_cursor` is `["next_cursor"]` below
    /// `page_info`.
    pub nested: IndexMap<String, PageProperty>,
    /// `items`: the schema of the elements of a list.
    pub element: Option<Box<PageProperty>>,
    /// Position in the configuration.
    pub pointer: Pointer,
}

/// `purpose`: the role of a property of a page.
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

const TYPES: &[(&str, PageType)] = &[
    ("cursor", PageType::Cursor),
    ("cursor_id", PageType::CursorId),
    ("cursor_url", PageType::CursorUrl),
    ("offset", PageType::Offset),
    ("page_number", PageType::PageNumber),
    ("fake_page", PageType::FakePage),
];

const PURPOSES: &[(&str, Purpose)] = &[
    ("items", Purpose::Items),
    ("has_next_page", Purpose::HasNextPage),
    ("next_cursor_param", Purpose::NextCursorParam),
    ("previous_cursor_param", Purpose::PreviousCursorParam),
    ("next_cursor_field", Purpose::NextCursorField),
    ("previous_cursor_field", Purpose::PreviousCursorField),
    ("cursor_item_id", Purpose::CursorItemId),
    ("next_cursor_id_param", Purpose::NextCursorIdParam),
    ("previous_cursor_id_param", Purpose::PreviousCursorIdParam),
    ("cursor_url_field", Purpose::CursorUrlField),
    ("page_number_param", Purpose::PageNumberParam),
    ("current_page_number_field", Purpose::CurrentPageNumberField),
    ("total_page_count_field", Purpose::TotalPageCountField),
    ("offset_count_param", Purpose::OffsetCountParam),
    ("offset_count_start_field", Purpose::OffsetCountStartField),
    ("offset_total_count_field", Purpose::OffsetTotalCountField),
];

impl PageType {
    /// Returns the word of the configuration.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        find_word(TYPES, self)
    }
}

impl Purpose {
    /// Returns the word of the configuration.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        find_word(PURPOSES, self)
    }
}

fn find_word<T: PartialEq>(words: &[(&'static str, T)], value: T) -> &'static str {
    let found = words.iter().find(|(_, known)| *known == value);
    found.map_or("", |(word, _)| word)
}

const LOCATIONS: &[(&str, bool)] = &[("query", false), ("body", true)];

impl Reader<'_> {
    pub(super) fn pagination(&mut self, node: Option<At<Value>>) -> Vec<PageScheme> {
        let schemes = self.list(node).into_iter();
        schemes.filter_map(|node| self.page_scheme(node)).collect()
    }

    fn page_scheme(&mut self, node: At<Value>) -> Option<PageScheme> {
        let mut fields = self.fields(node)?;
        let at = fields.at.clone();
        let ty = fields.take("type");
        if ty.is_none() {
            let message = "a pagination scheme has no `type`".to_owned();
            self.error(
                Code::MissingConfigKey,
                &at,
                message,
                "say how the next page is found: `cursor`, `offset`, `page_number`…",
            );
        }
        let ty = self.word(ty, TYPES);
        let name = self.plain(fields.take("name"));
        let location = self.word(fields.take("param_location"), LOCATIONS);
        let scheme = PageScheme {
            name: name.unwrap_or_else(|| "page".to_owned()),
            description: self.plain(fields.take("description")),
            request: self.page_properties(fields.take("request")),
            response: self.page_properties(fields.take("response")),
            in_body: location.is_some_and(|location| location.value),
            continue_on_empty: self.flag(fields.take("continue_on_empty_items")),
            ty: ty?,
            pointer: at,
        };
        self.finish(fields, "pagination.*");
        Some(scheme)
    }

    fn page_properties(&mut self, node: Option<At<Value>>) -> IndexMap<String, PageProperty> {
        let mut properties = IndexMap::new();
        for (name, node) in self.entries(node) {
            if let Some(property) = self.page_property(node) {
                properties.insert(name, property);
            }
        }
        properties
    }

    /// Reads the purpose of a property from a small JSON Schema.
    fn page_property(&mut self, node: At<Value>) -> Option<PageProperty> {
        let mut fields = self.fields(node)?;
        let mut property = PageProperty {
            ty: self.plain(fields.take("type")),
            nested: self.page_properties(fields.take("properties")),
            element: fields
                .take("items")
                .and_then(|node| self.page_property(node))
                .map(Box::new),
            pointer: fields.at.clone(),
            ..PageProperty::default()
        };
        let mut marked = fields.take("x-stainless-pagination-property");
        // A string is the purpose itself.
        if let Some(purpose) = marked.take_if(|node| node.value.is_string()) {
            let purpose = self.word(Some(purpose), PURPOSES);
            property.purpose = purpose.map(|purpose| purpose.value);
        }
        if let Some(mut marks) = marked.and_then(|node| self.fields(node)) {
            let purpose = self.word(marks.take("purpose"), PURPOSES);
            property.purpose = purpose.map(|purpose| purpose.value);
            property.is_top_level_array = self.flag(marks.take("is_top_level_array"));
            property.from_header = self.plain(marks.take("from_header"));
            self.finish(marks, "x-stainless-pagination-property");
        }
        Some(property)
    }
}
