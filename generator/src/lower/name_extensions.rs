//! Names that a document carries for SDK generators, in extensions.
//!
//! [`NAME_EXTENSIONS`] lists the extensions that are read, by the item that they name, in order of
//! precedence. `sdk.yaml` has precedence over all of them, and they have precedence over inference.
//! An invalid name is a diagnostic, and the next extension applies.

use std::fmt::Write as _;

use indexmap::IndexMap;
use serde_json::Value;

use super::findings::Findings;
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::Words;
use crate::source::Pointer;

/// The language whose entries are read.
pub(in crate::lower) const LANGUAGE: &str = "rust";

/// Objects that an extension names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lower) enum NamedItem {
    /// The resource of an operation.
    Resource,
    /// The method of an operation.
    Method,
    /// The type of a component.
    Component,
    /// The type of a schema that is not a component.
    InlineType,
    /// The field of a property.
    Property,
    /// The argument or field of a parameter.
    Parameter,
    /// The variant of an enum's value.
    EnumValue,
    /// The environment variable of a credential.
    EnvironmentVariable,
}

use NamedItem::{
    Component, EnumValue, EnvironmentVariable, InlineType, Method, Parameter, Property, Resource,
};

/// Form of the name in the value of an extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NameForm {
    /// A text.
    Text,
    /// Resources: a list, or a text with dots.
    Path,
    /// Resources and a method: a text with dots, or a mapping whose `path` is one.
    Call,
    /// The value of a key.
    Member(&'static str),
    /// The value of this key, in the mapping of a language.
    OfLanguage(&'static str),
    /// The value of a key, in the first entry of a list.
    FirstEntry(&'static str),
    /// Names of several values.
    PerValue,
}

use NameForm::{Call, FirstEntry, Member, OfLanguage, Path, PerValue, Text};

/// A row of the table.
#[derive(Debug)]
struct NameExtension {
    item: NamedItem,
    key: &'static str,
    form: NameForm,
    /// An example of the value.
    example: &'static str,
}

const fn row(
    item: NamedItem,
    key: &'static str,
    form: NameForm,
    example: &'static str,
) -> NameExtension {
    NameExtension {
        item,
        key,
        form,
        example,
    }
}

/// The extensions that are read, by the item that they name, in order of precedence.
#[rustfmt::skip]
const NAME_EXTENSIONS: &[NameExtension] = &[
    row(Resource, "x-stainless-method", Call, "accounts.members.list"),
    row(Resource, "x-fern-sdk-group-name", Path, "[accounts, members]"),
    row(Resource, "x-speakeasy-group", Path, "accounts.members"),
    row(Method, "x-stainless-method", Call, "accounts.members.list"),
    row(Method, "x-fern-sdk-method-name", Text, "list"),
    row(Method, "x-speakeasy-name-override", Text, "list"),
    row(Method, "x-stripeOperations", FirstEntry("method_name"), "[{method_name: list}]"),
    row(Method, "x-methodName", Text, "listMembers"),
    row(Method, "x-operation-name", Text, "listMembers"),
    row(Component, "x-stainless-naming", OfLanguage("type_name"), "{rust: {type_name: Member}}"),
    row(Component, "x-fern-type-name", Text, "Member"),
    row(Component, "x-speakeasy-name-override", Text, "Member"),
    row(Component, "x-ms-client-name", Text, "Member"),
    row(Component, "x-ms-enum", Member("name"), "{name: MemberKind}"),
    row(InlineType, "x-stainless-naming", OfLanguage("type_name"), "{rust: {type_name: Member}}"),
    row(InlineType, "x-fern-type-name", Text, "Member"),
    row(Property, "x-stainless-naming", OfLanguage("property_name"), "{rust: {property_name: kind}}"),
    row(Property, "x-fern-property-name", Text, "kind"),
    row(Property, "x-speakeasy-name-override", Text, "kind"),
    row(Property, "x-ms-client-name", Text, "kind"),
    row(Parameter, "x-stainless-naming", OfLanguage("method_argument"), "{rust: {method_argument: kind}}"),
    row(Parameter, "x-fern-parameter-name", Text, "kind"),
    row(Parameter, "x-speakeasy-name-override", Text, "kind"),
    row(Parameter, "x-ms-client-name", Text, "kind"),
    row(EnumValue, "x-enum-varnames", PerValue, "[Owner, Guest]"),
    row(EnumValue, "x-enumNames", PerValue, "[Owner, Guest]"),
    row(EnumValue, "x-enum-names", PerValue, "[Owner, Guest]"),
    row(EnumValue, "x-speakeasy-enums", PerValue, "{o: Owner, g: Guest}"),
    row(EnumValue, "x-fern-enum", PerValue, "{o: {name: Owner}}"),
    row(EnumValue, "x-ms-enum", PerValue, "{values: [{value: o, name: Owner}]}"),
    row(EnvironmentVariable, "x-env-name", Text, "ACME_TOKEN"),
    row(EnvironmentVariable, "x-fern-bearer", Member("env"), "{env: ACME_TOKEN}"),
    row(EnvironmentVariable, "x-fern-header", Member("env"), "{env: ACME_TOKEN}"),
];

/// The extensions of an object of the document.
pub(in crate::lower) type Extensions = IndexMap<String, Value>;

/// Returns the extensions that name an item, in order of precedence.
pub(in crate::lower) fn name_keys(item: NamedItem) -> impl Iterator<Item = &'static str> {
    let rows = NAME_EXTENSIONS.iter().filter(move |row| row.item == item);
    rows.map(|row| row.key)
}

/// Reads the name that the extensions at `at` give an item.
pub(in crate::lower) fn read_name(
    item: NamedItem,
    extensions: &Extensions,
    at: &Pointer,
    findings: &mut Findings,
) -> Option<Words> {
    read_first(item, extensions, at, findings, |form, value| {
        let words = Words::split(read_text(form, value)?);
        (!words.is_empty()).then_some(words)
    })
}

/// Reads the text that the extensions at `at` give an item.
pub(in crate::lower) fn read_verbatim(
    item: NamedItem,
    extensions: &Extensions,
    at: &Pointer,
    findings: &mut Findings,
) -> Option<String> {
    read_first(item, extensions, at, findings, |form, value| {
        let text = read_text(form, value)?.trim();
        (!text.is_empty()).then(|| text.to_owned())
    })
}

/// Reads the resources that the extensions at `at` give an operation. The client itself has none.
pub(in crate::lower) fn read_resources(
    extensions: &Extensions,
    at: &Pointer,
    findings: &mut Findings,
) -> Option<Vec<Words>> {
    read_first(Resource, extensions, at, findings, |form, value| {
        let mut path = read_path(value.get("path").unwrap_or(value))?;
        if form == Call {
            path.pop();
        }
        Some(path)
    })
}

/// Reports the value of an extension that is not a name.
pub(in crate::lower) fn report_invalid(key: &str, at: &Pointer, findings: &mut Findings) {
    let message = format!("the value of `{key}` is not a name; the extension is ignored");
    let row = NAME_EXTENSIONS.iter().find(|row| row.key == key);
    let example = row.map_or("Name", |row| row.example);
    let warning = Diagnostic::new(Code::InvalidNameExtension, at.child(key), message);
    findings.push(warning.help(format!("write `{key}: {example}`, or remove it")));
}

/// Reads the first extension with a usable value.
fn read_first<T>(
    item: NamedItem,
    extensions: &Extensions,
    at: &Pointer,
    findings: &mut Findings,
    read: impl Fn(NameForm, &Value) -> Option<T>,
) -> Option<T> {
    for row in NAME_EXTENSIONS.iter().filter(|row| row.item == item) {
        let Some(value) = extensions.get(row.key) else {
            continue;
        };
        if is_silent(row.form, value) {
            continue;
        }
        match read(row.form, value) {
            Some(name) => return Some(name),
            None => report_invalid(row.key, at, findings),
        }
    }
    None
}

/// Whether a mapping has other keys, and no name.
fn is_silent(form: NameForm, value: &Value) -> bool {
    let Some(map) = value.as_object() else {
        return false;
    };
    match form {
        Member(key) => !map.contains_key(key),
        Call => !map.contains_key("path"),
        OfLanguage(key) => map.get(LANGUAGE).is_none_or(|names| {
            let names = names.as_object();
            names.is_some_and(|names| !names.contains_key(key))
        }),
        Text | Path | FirstEntry(_) | PerValue => false,
    }
}

fn read_text(form: NameForm, value: &Value) -> Option<&str> {
    match form {
        Text => value.as_str(),
        Call => {
            let path = value.get("path").unwrap_or(value).as_str()?;
            path.rsplit('.').next()
        }
        Member(key) => value.get(key)?.as_str(),
        OfLanguage(key) => {
            let names = value.get(LANGUAGE)?;
            names.get(key).unwrap_or(names).as_str()
        }
        FirstEntry(key) => value.as_array()?.first()?.get(key)?.as_str(),
        Path | PerValue => None,
    }
}

/// Reads a list of resources, or a text with dots. `$client` is the client itself.
fn read_path(value: &Value) -> Option<Vec<Words>> {
    let names: Vec<&str> = match value {
        Value::String(text) => text.split('.').collect(),
        Value::Array(list) => list.iter().map(Value::as_str).collect::<Option<_>>()?,
        _ => return None,
    };
    let names = names.into_iter().filter(|name| *name != "$client");
    let path: Vec<Words> = names.map(Words::split).collect();
    let is_named = !path.is_empty() && !path.iter().any(Words::is_empty);
    is_named.then_some(path)
}

/// Renders the guide's page about names.
#[must_use]
pub fn render_name_reference() -> String {
    let mut text = String::from(HEAD);
    for row in NAME_EXTENSIONS {
        let item = match row.item {
            Resource => "resource",
            Method => "method",
            Component => "type of a component",
            InlineType => "type of another schema",
            Property => "field of a property",
            Parameter => "parameter",
            EnumValue => "variant of a value",
            EnvironmentVariable => "environment variable of a credential",
        };
        // Writing to a string does not fail.
        let _ = writeln!(text, "| {item} | `{}` | `{}` |", row.key, row.example);
    }
    text.push_str(BEHAVIOUR);
    text
}

const HEAD: &str = "\
# How names are chosen

Each name comes from the first of these that has one:

1. `sdk.yaml`: the keys of `resources`, `methods`, `models` and `opts`.
2. An extension of the document, in the order of the last table.
3. Inference from paths, tags, operation ids and the names of schemas. `sdkwright init` writes these names to
   `sdk.yaml`, so that they change only by a decision.

`custom_casings` of `sdk.yaml` then decides how terms are spelt in all names. `sdkwright inspect` lists the calls.

## Inferred calls

A call is a path of resources and a method. The first of these that a document has decides both:

1. Operation ids of a group and a method, such as `drive.files.list`, are the call.
2. If each resource has a tag, and ids are a verb with that tag, the tag is the resource. The method is the id without it.
   Tags of areas with several resources are headings.
3. Tags with dots, and tags with a `parent` (OpenAPI 3.2), are nested resources.
4. Otherwise, the literal segments of the path are the resources. Versions, `api` and scopes of all paths are left out.

A last segment that one operation has is a method of its parent. A verb within a path is not a resource, and neither is
a format (`/orders/json`) or a phrase such as `by-email`.

| Operation | Call |
|---|---|
| `GET /orders` | `orders().list()` |
| `POST /orders` | `orders().create(…)` |
| `GET /orders/{id}` | `orders().retrieve(id)` |
| `PATCH /orders/{id}`, or `PUT` without `PATCH` | `orders().update(id, …)` |
| `PUT /orders/{id}` with `PATCH` | `orders().replace(id, …)` |
| `DELETE /orders/{id}` | `orders().delete(id)` |
| `GET /orders/{id}/lines` and `…/lines/{line}` | `orders().lines().list(id)` |
| `POST /orders/{id}/cancel`, or `/orders/{id}:cancel` | `orders().cancel(id)` |
| `POST /tools/execute/{name}` and `…/execute/proxy` | `tools().execute(name)` and `tools().execute_proxy()` |
| `POST /orders/verify-address/bulk` | `orders().bulk_verify_address()` |
| `GET /users/by-email/{email}` | `users().get_by_email(email)` |
| `POST /labels` with the parameters of `GET /labels` in its body | `labels().list_with_post(…)` |
| `GET /settings` with an object as response | `settings().retrieve()` |
| `GET /teams` and `GET /team/{id}` | `teams().list()` and `teams().retrieve(id)` |
| `POST /folders/{id}/move`, since Rust reserves `move` | `folders().move_(id)` |

The verb of an id replaces the standard verb if it is more precise, such as `upsert` or `archive`. Words that most ids or
all methods of a framework share are left out. A method does not name another resource as its object: the noun is left
out, or follows `for`, as in `invitations().list_for_instance()`.

If two operations have one name, the shorter path keeps it. The other takes words of its id, path, parameters or version,
such as `delete_all`, `bulk_cancel`, `list_for_team`, `retrieve_by_email` or `v2().jobs().list()`. A method that `sdk.yaml` names keeps
its name. The warning `numbered-name` lists names that only a number distinguishes.

## Names in extensions

The first extension of an item that has a usable value gives the name. A value that is not a name is the warning
`invalid-name-extension`. Operations with `x-stainless-skip`, `x-fern-ignore` or `x-speakeasy-ignore` have no method.
`x-stripeOperations` of a component names the methods of the operations that its entries list.
If `sdk.yaml` has `resources`, the file decides which operations have a method. The extensions of operations then have
no effect.

| Item | Extension | Example |
|---|---|---|
";

const BEHAVIOUR: &str = "
## Behaviour in extensions

Extensions of an operation can also declare its pagination or its stream. `sdk.yaml` has precedence over them. The first
usable extension of the table decides. Extensions that do not match the operation are the warnings
`unsupported-pagination` and `invalid-streaming-extension`.

| Item | Extension | Example |
|---|---|---|
| pagination | `x-speakeasy-pagination` | `{type: cursor, inputs: [{name: after, in: parameters, type: cursor}], outputs: {results: $.data, nextCursor: $.next}}` |
| pagination | `x-fern-pagination` | `{cursor: $request.after, next_cursor: $response.next, results: $response.data}` |
| pagination | `x-pagination` | `{next: {modifiers: [{param: $request.after, value: $response.next}], result: $response.data}}` |
| pagination | `x-ms-pageable` | `{nextLinkName: next, itemName: value}` |
| stream | `x-fern-streaming` | `true`, `{format: sse, terminator: '[END]'}` or `{format: sse, stream-condition: $request.stream, response: {…}, response-stream: {…}}` |

`x-fern-streaming: true` is a stream of JSON texts. With a `stream-condition`, the operation has two methods: one returns
the `response`, and the other a stream of `response-stream`. The condition is a boolean, a constant, or an enum with one
value such as `stream`. `stream-request-name` names the parameters.

With `resumable: true` and a `terminator`, an interrupted stream of events resumes after its last event.
`x-fern-streaming: {resumable: true}` at the top of the document applies to all its streams of events.
";
