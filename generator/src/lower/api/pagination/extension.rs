//! Pagination that the document itself describes in an extension: `x-speakeasy-pagination`,
//! `x-fern-pagination`, `x-pagination` and `x-ms-pageable`.
//!
//! All of them name a parameter of the request and properties of the response. They are read into
//! one form, [`Declared`], which is then held against the operation.

use indexmap::IndexMap;
use serde_json::Value;

use super::items::{dotted, is_one_of, items};
use super::known_names::{OFFSET, PAGE};
use super::list_operation::ListOperation;
use crate::ir::{
    FieldPath, OnEmptyPage, PageFieldRole, PageFieldSource, PageParam, PageParamLocation,
    Pagination, PaginationStyle, WireName,
};

/// The contents of an extension.
#[derive(Debug, Default)]
struct Declared {
    /// The way to the items.
    items: Option<FieldPath>,
    /// The parameter that takes a cursor.
    cursor: Option<PageParam>,
    /// The parameter that takes the number of items to skip.
    offset: Option<PageParam>,
    /// The parameter that takes the number of the page.
    page: Option<PageParam>,
    /// The way to the cursor of the next page.
    next_cursor: Option<FieldPath>,
    /// The way from an item to the cursor of the page after it.
    item_cursor: Option<FieldPath>,
    /// The way to the URL of the next page.
    next_url: Option<FieldPath>,
    /// The way to the number of pages.
    page_count: Option<FieldPath>,
    /// The way to whether there is a next page.
    has_next: Option<FieldPath>,
}

/// The extensions of a document and of an operation in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extensions<'a> {
    /// Those of the document.
    pub(super) document: &'a IndexMap<String, Value>,
    /// Those of the operation.
    pub(super) operation: &'a IndexMap<String, Value>,
}

/// Returns the pagination by an extension, or the reason why the operation does not match it.
/// Returns `None` without an extension.
pub(super) fn paging(
    extensions: Extensions<'_>,
    view: Option<&ListOperation<'_>>,
) -> Option<Result<Pagination, String>> {
    let own = |key: &str| extensions.operation.get(key);
    let (key, declared) = if let Some(value) = own("x-speakeasy-pagination") {
        ("x-speakeasy-pagination", parse_speakeasy(value))
    } else if let Some(value) = own("x-fern-pagination") {
        // `true` applies the extension of the whole document.
        let shared = extensions.document.get("x-fern-pagination");
        let value = if *value == Value::Bool(true) {
            shared?
        } else {
            value
        };
        ("x-fern-pagination", fern(value))
    } else if let Some(value) = own("x-pagination") {
        ("x-pagination", modifiers(value))
    } else if let Some(value) = own("x-ms-pageable").filter(|value| has_next_link(value)) {
        ("x-ms-pageable", microsoft(value))
    } else {
        return None;
    };
    let Some(view) = view else {
        return Some(Err(format!("`{key}` needs a JSON response")));
    };
    Some(
        declared
            .into_paging(view)
            .map_err(|why| format!("`{key}` {why}")),
    )
}

impl Declared {
    fn into_paging(self, view: &ListOperation<'_>) -> Result<Pagination, String> {
        self.check_params(view)?;
        let declared = self.items.map(|path| undotted(view, path));
        let items = declared.or_else(|| items(view));
        let items = items.ok_or("does not say which list of the response has the items")?;
        let item = view.items(&items);
        let item =
            item.ok_or_else(|| format!("names `{}`, which is not a list", dotted(&items)))?;
        let mut fields = Vec::new();
        let mut mark = |mark, path: Option<FieldPath>| match path.map(|path| undotted(view, path)) {
            Some(path) if view.field(&path).is_none() => Err(format!(
                "names `{}`, which the response does not declare",
                dotted(&path)
            )),
            Some(path) => {
                fields.push((mark, PageFieldSource::Field(path)));
                Ok(true)
            }
            None => Ok(false),
        };
        let style = if mark(PageFieldRole::Url, self.next_url)? {
            PaginationStyle::CursorUrl
        } else if let Some(param) = self.cursor {
            match self.item_cursor {
                Some(path) if view.items_have(item, &path) => {
                    PaginationStyle::CursorId(param, path)
                }
                _ if mark(PageFieldRole::Cursor, self.next_cursor)? => {
                    PaginationStyle::Cursor(param)
                }
                _ => return Err("does not say which property has the cursor".to_owned()),
            }
        } else if let Some(param) = self.offset {
            let first = find_first_value(view, &param).unwrap_or(0);
            PaginationStyle::Offset(param, first)
        } else if let Some(param) = self.page {
            let first = find_first_value(view, &param).unwrap_or(1);
            PaginationStyle::PageNumber(param, first)
        } else {
            return Err("does not say which parameter asks for the next page".to_owned());
        };
        mark(PageFieldRole::PageCount, self.page_count)?;
        mark(PageFieldRole::HasNext, self.has_next)?;
        Ok(Pagination {
            style,
            items,
            fields,
            on_empty: OnEmptyPage::Stop,
            backwards: None,
        })
    }

    /// Refuses a parameter that the operation does not declare: a server that does not know it
    /// returns the first page again and again.
    fn check_params(&self, view: &ListOperation<'_>) -> Result<(), String> {
        let params = [&self.cursor, &self.offset, &self.page];
        let mut params = params.into_iter().flatten();
        let is_unknown = |param: &&PageParam| {
            let mut taken = view.takes(param.location).into_iter();
            !taken.any(|(wire, ..)| wire == param.wire)
        };
        params.find(is_unknown).map_or(Ok(()), |param| {
            let name = param.wire.as_str();
            Err(format!(
                "names the parameter `{name}`, which the operation does not declare"
            ))
        })
    }
}

/// Returns the path to a property whose name contains the dots, such as `@odata.nextLink`, if the
/// response has no property at the path itself.
fn undotted(view: &ListOperation<'_>, path: FieldPath) -> FieldPath {
    let whole = vec![WireName::new(dotted(&path))];
    match (view.field(&path), view.field(&whole)) {
        (None, Some(_)) => whole,
        _ => path,
    }
}

/// The value that the server takes without a parameter.
fn find_first_value(view: &ListOperation<'_>, param: &PageParam) -> Option<u64> {
    let taken = view.takes(param.location);
    let (.., default) = taken.into_iter().find(|(wire, ..)| *wire == param.wire)?;
    default?.as_u64()
}

/// `{type, inputs: [{name, in, type}], outputs: {results, nextCursor, nextUrl, numPages}}`.
fn parse_speakeasy(value: &Value) -> Declared {
    let mut declared = Declared::default();
    let inputs = value.get("inputs").and_then(Value::as_array);
    for input in inputs.into_iter().flatten() {
        let text = |key| input.get(key).and_then(Value::as_str).unwrap_or_default();
        let location = match text("in") {
            "requestBody" => PageParamLocation::Body,
            _ => PageParamLocation::Query,
        };
        let param = Some(super::param(text("name"), location));
        match text("type") {
            "cursor" => declared.cursor = param,
            "offset" => declared.offset = param,
            "page" => declared.page = param,
            _ => {}
        }
    }
    let output = |key: &str| value.get("outputs")?.get(key)?.as_str();
    declared.items = output("results").map(json_path);
    declared.next_url = output("nextUrl").map(json_path);
    declared.page_count = output("numPages").map(json_path);
    // A cursor may be one of the last item: `$.items[-1].id`.
    let next = output("nextCursor");
    declared.item_cursor = next
        .and_then(|next| next.split_once("[-1]"))
        .map(|(_, path)| json_path(path));
    if declared.item_cursor.is_none() {
        declared.next_cursor = next.map(json_path);
    }
    declared
}

/// `{cursor | offset | next_uri, next_cursor, results, has-next-page}`, each as an expression.
fn fern(value: &Value) -> Declared {
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    let param = |key: &str| text(key).and_then(request);
    let path = |key: &str| text(key).and_then(response);
    let mut declared = Declared {
        items: path("results"),
        cursor: param("cursor"),
        next_cursor: path("next_cursor"),
        next_url: path("next_uri").or_else(|| path("next_url")),
        has_next: path("has-next-page").or_else(|| path("has_next_page")),
        ..Declared::default()
    };
    // Without a step, an offset is the number of the page.
    match param("offset") {
        Some(offset) if text("step").is_some() && !is_page(&offset) => {
            declared.offset = Some(offset);
        }
        offset => declared.page = offset,
    }
    declared
}

/// `{next: {modifiers: [{param, value}], result}}`: the changes for the next request.
fn modifiers(value: &Value) -> Declared {
    let mut declared = Declared::default();
    let Some(next) = value.get("next") else {
        return declared;
    };
    let result = next.get("result").and_then(Value::as_str);
    declared.items = result.and_then(response);
    let modifiers = next.get("modifiers").and_then(Value::as_array);
    for modifier in modifiers.into_iter().flatten() {
        let text = |key| modifier.get(key).and_then(Value::as_str);
        let Some(param) = text("param").and_then(request) else {
            continue;
        };
        match text("value").and_then(response) {
            Some(path) => {
                declared.cursor = Some(param);
                declared.next_cursor = Some(path);
            }
            None if is_page(&param) => declared.page = Some(param),
            None if is_one_of(param.wire.as_str(), OFFSET) => declared.offset = Some(param),
            None => {}
        }
    }
    declared
}

/// Whether `x-ms-pageable` names a URL. Without one, the whole list is in one response.
fn has_next_link(pageable: &Value) -> bool {
    !pageable.get("nextLinkName").is_some_and(Value::is_null)
}

/// `{nextLinkName, itemName}`, as in AutoRest.
fn microsoft(value: &Value) -> Declared {
    let name = |key: &str| {
        let name = value.get(key)?.as_str()?;
        Some(name.split('.').map(WireName::new).collect::<FieldPath>())
    };
    Declared {
        items: name("itemName"),
        next_url: name("nextLinkName"),
        ..Declared::default()
    }
}

fn is_page(param: &PageParam) -> bool {
    is_one_of(param.wire.as_str(), PAGE)
}

/// The parameter that an expression names: `$request.cursor`, `$request.query.cursor` or
/// `$request.body#/cursor`.
fn request(expression: &str) -> Option<PageParam> {
    let rest = expression.strip_prefix("$request.")?;
    Some(if let Some(name) = rest.strip_prefix("body#/") {
        super::param(name, PageParamLocation::Body)
    } else if let Some(name) = rest.strip_prefix("body.") {
        super::param(name, PageParamLocation::Body)
    } else {
        let name = rest.strip_prefix("query.").unwrap_or(rest);
        super::param(name, PageParamLocation::Query)
    })
}

/// The property that an expression names: `$response.page.next` or `$response.body#/page/next`.
fn response(expression: &str) -> Option<FieldPath> {
    if let Some(pointer) = expression.strip_prefix("$response.body#") {
        let names = pointer.split('/').filter(|name| !name.is_empty());
        return Some(names.map(WireName::new).collect());
    }
    Some(json_path(expression.strip_prefix("$response")?))
}

/// The names of a [JSONPath](https://www.rfc-editor.org/rfc/rfc9535) that only goes down:
/// `$.data.items` or `$['data']['items']`.
fn json_path(path: &str) -> FieldPath {
    let plain = path.replace("['", ".").replace("[\"", ".");
    let plain = plain.replace("']", "").replace("\"]", "");
    let names = plain.trim_start_matches('$').split('.');
    let names = names.filter(|name| !name.is_empty());
    names.map(WireName::new).collect()
}
