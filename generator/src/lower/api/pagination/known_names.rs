//! Names with the same meaning in most APIs, in `snake_case`.

use crate::ir::Words;

/// Parameters that take a cursor.
pub(super) const CURSOR: &[&str] = &[
    "cursor",
    "next_cursor",
    "page_cursor",
    "start_cursor",
    "after_cursor",
    "after",
    "page_token",
    "next_page_token",
    "next_token",
    "continuation_token",
    "pagination_token",
    "pagination_cursor",
    "page_after",
    "marker",
    "page_marker",
    "continue",
    "continuation",
    "iterator",
    "bookmark",
    "starting_token",
];

/// Properties that hold the cursor of the next page.
pub(super) const NEXT_CURSOR: &[&str] = &[
    "next_cursor",
    "next_page_cursor",
    "next_page_token",
    "next_token",
    "continuation_token",
    "next_continuation_token",
    "pagination_token",
    "end_cursor",
    "next_marker",
    "next_page_marker",
    "next_iterator",
    "next_bookmark",
    "continue_token",
];

/// Parameters that take the id of an item, after which the page begins.
pub(super) const AFTER_ID: &[&str] = &["starting_after", "after", "after_id"];

/// Parameters that take a cursor or an id, each with those of the opposite direction.
const PAIRS: &[(&str, &[&str])] = &[
    ("starting_after", &["ending_before"]),
    ("after", &["before", "ending_before"]),
    ("after_id", &["before_id"]),
    ("after_cursor", &["before_cursor"]),
    ("cursor", &["previous_cursor", "prev_cursor"]),
    ("next_cursor", &["previous_cursor", "prev_cursor"]),
];

/// Returns the parameters of the opposite direction.
pub(super) fn list_opposites(param: &str) -> &'static [&'static str] {
    let words = Words::split(param).snake();
    let pair = PAIRS.iter().find(|(after, _)| *after == words);
    pair.map_or(&[], |(_, before)| *before)
}

/// Properties that hold the id of the last item.
pub(super) const LAST_ID: &[&str] = &["last_id"];

/// Properties that hold the URL of the next page.
pub(super) const NEXT_URL: &[&str] = &[
    "next_url",
    "next_page_url",
    "next_page_uri",
    "next_page_link",
    "next_link",
    "odata_next_link",
];

/// Parameters that take the number of a page.
pub(super) const PAGE: &[&str] = &["page", "page_number", "page_no", "page_num", "page_index"];

/// Properties that hold the number of the next page, or a cursor.
pub(super) const NEXT_PAGE: &[&str] = &["next_page"];

/// Properties that hold the number of the page.
pub(super) const CURRENT_PAGE: &[&str] = &[
    "page",
    "current_page",
    "page_number",
    "page_no",
    "page_num",
    "page_index",
    "number",
];

/// Properties that hold the number of pages.
pub(super) const PAGE_COUNT: &[&str] = &[
    "total_pages",
    "page_count",
    "total_page_count",
    "num_pages",
    "last_page",
    "pages",
    "pages_total",
    "pages_count",
    "total_page",
];

/// Parameters that take the number of items to skip.
pub(super) const OFFSET: &[&str] = &[
    "offset",
    "skip",
    "start",
    "start_at",
    "start_index",
    "page_offset",
];

/// Parameters that begin a range if another parameter ends it.
pub(super) const RANGE_START: &[&str] = &["start", "start_at", "start_index"];

/// Parameters that end a range.
pub(super) const RANGE_END: &[&str] = &["end", "end_at", "end_index", "stop", "to", "until"];

/// Properties that hold the number of items that were skipped.
pub(super) const CURRENT_OFFSET: &[&str] = &["offset", "skip", "start", "start_at", "start_index"];

/// Properties that hold the number of items on all pages.
pub(super) const ITEM_COUNT: &[&str] = &[
    "total",
    "total_count",
    "total_items",
    "total_results",
    "total_size",
    "total_records",
    "total_elements",
    "total_entries",
    "items_total",
];

/// Parameters that take the number of items on a page.
pub(super) const PAGE_SIZE: &[&str] = &[
    "limit",
    "per_page",
    "page_size",
    "size",
    "count",
    "top",
    "take",
    "max_count",
    "max_results",
    "max_items",
    "page_limit",
    "items_per_page",
    "results_per_page",
    "records_per_page",
];

/// Properties that say whether there is a next page.
pub(super) const HAS_NEXT: &[&str] = &[
    "has_more",
    "has_more_items",
    "has_more_pages",
    "has_more_results",
    "has_next",
    "has_next_page",
    "more",
];

/// Properties that say whether this is the last page.
pub(super) const IS_LAST: &[&str] = &["done", "is_last", "is_last_page", "last", "last_page"];

/// Properties that describe the page.
pub(super) const ABOUT_THE_PAGE: &[&str] = &[
    "cursors",
    "links",
    "list_meta",
    "list_metadata",
    "meta",
    "metadata",
    "next",
    "page",
    "page_info",
    "page_metadata",
    "pagination",
    "pagination_info",
    "pagination_metadata",
    "paging",
    "paging_metadata",
    "response_metadata",
    "result_info",
];

/// Properties that contain the whole response.
pub(super) const ENVELOPE: &[&str] = &["data", "payload", "response", "result", "results"];

/// Auxiliary lists of a response.
pub(super) const ASIDE: &[&str] = &[
    "errors", "facets", "filters", "included", "links", "messages", "order", "sort", "sort_by",
    "warnings",
];

/// Lists with the requested items.
pub(super) const ITEMS: &[&str] = &[
    "content",
    "contents",
    "data",
    "edges",
    "elements",
    "entries",
    "entities",
    "hits",
    "items",
    "list",
    "nodes",
    "objects",
    "records",
    "resources",
    "results",
    "rows",
    "values",
];
