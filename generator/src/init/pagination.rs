//! `pagination`: the schemes of an API.

use indexmap::IndexMap;

use super::draft::Draft;
use super::yaml::{Entry, Node, make_entry};
use crate::config::{PageProperty, PageScheme};

/// Writes the schemes, if there are any.
pub(super) fn schemes(draft: &Draft<'_>) -> Option<Entry> {
    let schemes = &draft.pagination.schemes;
    let list = Node::List(schemes.iter().map(write_scheme).collect());
    (!schemes.is_empty()).then(|| make_entry("pagination", list))
}

/// Writes a scheme.
pub(crate) fn write_scheme(scheme: &PageScheme) -> Node {
    let mut entries = vec![
        make_entry("name", Node::text(&scheme.name)),
        make_entry("type", Node::text(scheme.ty.as_str())),
    ];
    if scheme.in_body {
        entries.push(make_entry("param_location", Node::text("body")));
    }
    if scheme.continue_on_empty {
        entries.push(make_entry("continue_on_empty_items", Node::plain(true)));
    }
    if !scheme.request.is_empty() {
        entries.push(make_entry("request", properties(&scheme.request)));
    }
    entries.push(make_entry("response", properties(&scheme.response)));
    Node::Map(entries)
}

fn properties(properties: &IndexMap<String, PageProperty>) -> Node {
    let entries = properties.iter();
    Node::Map(
        entries
            .map(|(name, it)| make_entry(name, property(it)))
            .collect(),
    )
}

fn property(property: &PageProperty) -> Node {
    let mut entries = Vec::new();
    if let Some(purpose) = property.purpose {
        let mut marks = vec![make_entry("purpose", Node::text(purpose.as_str()))];
        if property.is_top_level_array {
            marks.push(make_entry("is_top_level_array", Node::plain(true)));
        }
        if let Some(header) = &property.from_header {
            marks.push(make_entry("from_header", Node::text(header)));
        }
        entries.push(make_entry(
            "x-stainless-pagination-property",
            Node::Map(marks),
        ));
    }
    if let Some(element) = &property.element {
        entries.push(make_entry("items", self::property(element)));
    }
    if !property.nested.is_empty() {
        entries.push(make_entry("properties", properties(&property.nested)));
    }
    Node::Map(entries)
}
