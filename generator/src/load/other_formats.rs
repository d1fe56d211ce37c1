//! Other formats that people pass in place of an OpenAPI document.
//!
//! A document is recognized after it turned out not to be OpenAPI, so that no OpenAPI document is
//! refused.

use serde_json::{Map, Value};

use super::read::is_utf16;
use crate::diagnostics::{Code, Diagnostic};
use crate::source::Pointer;

/// A format, with what to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct OtherFormat {
    /// The format with its article: `a Postman collection`.
    name: &'static str,
    /// The remedy.
    help: &'static str,
}

const fn format(name: &'static str, help: &'static str) -> OtherFormat {
    OtherFormat { name, help }
}

const CONVERT: &str =
    "convert it to OpenAPI first, or ask the API's provider for an OpenAPI document";

const HTML: OtherFormat = format(
    "an HTML page",
    "pass the document itself; documentation pages often link to it as `openapi.json` or `openapi.yaml`",
);
const WSDL: OtherFormat = format("a WSDL description", CONVERT);
const XML: OtherFormat = format(
    "an XML document",
    "pass the OpenAPI document in JSON or YAML",
);
const RAML: OtherFormat = format("a RAML description", CONVERT);
const BLUEPRINT: OtherFormat = format("an API Blueprint", CONVERT);
const PROTOBUF: OtherFormat = format(
    "a Protocol Buffers file",
    "pass the OpenAPI document that `protoc-gen-openapi` or the API gateway makes of it",
);
const GRAPHQL: OtherFormat = format(
    "a GraphQL schema",
    "use a GraphQL client; OpenAPI describes HTTP APIs with paths",
);
const POSTMAN: OtherFormat = format(
    "a Postman collection",
    "export the API's definition from Postman, or convert the collection to OpenAPI",
);
const INSOMNIA: OtherFormat = format(
    "an Insomnia export",
    "export the design document from Insomnia as OpenAPI",
);
const HAR: OtherFormat = format(
    "a HAR archive of recorded requests",
    "make an OpenAPI document of the recording first",
);
const ASYNCAPI: OtherFormat = format(
    "an AsyncAPI document",
    "pass the OpenAPI document of the API; `webhooks` of OpenAPI describe messages that it sends",
);
const ARAZZO: OtherFormat = format(
    "an Arazzo document of workflows",
    "pass one of the documents under its `sourceDescriptions`",
);
const OVERLAY: OtherFormat = format(
    "an OpenAPI Overlay",
    "apply it to its document first, and pass the result",
);
const OPENRPC: OtherFormat = format("an OpenRPC document", CONVERT);
const SMITHY: OtherFormat = format(
    "a Smithy model",
    "pass the OpenAPI document that `smithy build` makes of it",
);
const DISCOVERY: OtherFormat = format("a Google API discovery document", CONVERT);
const CONFIG: OtherFormat = format(
    "a configuration, `sdk.yaml`",
    "pass the OpenAPI document as SPEC, and this file with `--config`",
);
const JSON_SCHEMA: OtherFormat = format(
    "a JSON Schema",
    "refer to it from `components/schemas` of an OpenAPI document",
);
const PDF: OtherFormat = format("a PDF file", "pass the OpenAPI document that it prints");
const IMAGE: OtherFormat = format("an image", "pass the OpenAPI document in JSON or YAML");
const BINARY: OtherFormat = format("a binary file", "pass the OpenAPI document in JSON or YAML");
const TAR: OtherFormat = format("a TAR archive", "unpack it, and pass the document inside");
const TOML: OtherFormat = format("a TOML file", "pass the OpenAPI document in JSON or YAML");
const ERROR_RESPONSE: OtherFormat = format(
    "an error response of a server",
    "download the document again; check its URL and the credentials",
);
const ZIP: OtherFormat = format("a ZIP archive", "unpack it, and pass the document inside");
const COMPRESSED: OtherFormat = format(
    "a compressed file",
    "decompress it, and pass the document inside",
);

impl OtherFormat {
    fn diagnostic(self) -> Diagnostic {
        let message = format!("this is {}, not an OpenAPI document", self.name);
        Diagnostic::new(Code::NotOpenapi, Pointer::root(), message).help(self.help)
    }
}

/// Recognizes a file by its first bytes.
pub(super) fn recognize_bytes(bytes: &[u8]) -> Option<Diagnostic> {
    const MAGIC: &[(&[u8], OtherFormat)] = &[
        (b"\x89PNG", IMAGE),
        (b"\xff\xd8\xff", IMAGE),
        (b"GIF8", IMAGE),
        (b"%PDF-", PDF),
        (b"PK\x03\x04", ZIP),
        (b"\x1f\x8b", COMPRESSED),
        (b"BZh", COMPRESSED),
        (b"\xfd7zXZ\0", COMPRESSED),
        (b"\x28\xb5\x2f\xfd", COMPRESSED),
    ];
    let found = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic));
    if let Some((_, format)) = found {
        return Some(format.diagnostic());
    }
    if bytes.get(257..262) == Some(b"ustar") {
        return Some(TAR.diagnostic());
    }
    is_binary(bytes).then(|| BINARY.diagnostic())
}

/// Whether a file begins with control characters, and is not a text in another encoding.
fn is_binary(bytes: &[u8]) -> bool {
    const START: usize = 8;
    let mut start = bytes.iter().take(START);
    !is_utf16(bytes) && start.any(|byte| byte.is_ascii_control() && !byte.is_ascii_whitespace())
}

/// Recognizes a text that is not a tree of JSON values.
pub(super) fn recognize_text(text: &str) -> Option<Diagnostic> {
    const MAX_BYTES: usize = 64 << 10;
    let start = text.trim_start();
    if start.starts_with('<') {
        return Some(recognize_markup(start).diagnostic());
    }
    let lines = || {
        let read = text.lines().scan(0, |bytes, line| {
            *bytes += line.len();
            (*bytes <= MAX_BYTES).then_some(line.trim())
        });
        read.filter(|line| !line.is_empty())
    };
    let first = lines().next()?;
    let found = if first.starts_with("#%RAML") {
        RAML
    } else if first.starts_with("FORMAT: 1A") {
        BLUEPRINT
    } else if lines().any(is_protobuf) {
        PROTOBUF
    } else if lines().any(|line| line.starts_with("$version: \"")) {
        SMITHY
    } else if lines().any(is_graphql) && !lines().any(|line| line.ends_with(';')) {
        GRAPHQL
    } else if lines()
        .find(|line| !line.starts_with('#'))
        .is_some_and(is_toml)
    {
        TOML
    } else {
        return None;
    };
    Some(found.diagnostic())
}

/// Recognizes a text that begins with `<`.
fn recognize_markup(text: &str) -> OtherFormat {
    const MAX_CHARS: usize = 2_000;
    let head: String = text.chars().take(MAX_CHARS).collect();
    let head = head.to_ascii_lowercase();
    if head.contains("<html") || head.contains("<!doctype html") {
        HTML
    } else if head.contains("schemas.xmlsoap.org/wsdl") || head.contains("www.w3.org/ns/wsdl") {
        WSDL
    } else {
        XML
    }
}

/// Whether a line is one of the first of a Protocol Buffers file.
fn is_protobuf(line: &str) -> bool {
    let is_declaration = |key: &str| {
        let value = line.strip_prefix(key).map(str::trim_start);
        let value = value.and_then(|rest| rest.strip_prefix('='));
        value.is_some_and(|value| value.trim_start().starts_with('"') && line.ends_with(';'))
    };
    let is_message = line.starts_with("message ") && line.ends_with('{');
    is_declaration("syntax") || is_declaration("edition") || is_message
}

/// Whether a line begins a TOML file: a table, or a key with its value.
fn is_toml(line: &str) -> bool {
    let is_key = |text: &str| {
        let is_part = |c: char| c.is_ascii_alphanumeric() || "-_.\"".contains(c);
        !text.is_empty() && text.chars().all(is_part)
    };
    let table = line
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let table = table.map(|name| name.trim_start_matches('[').trim_end_matches(']'));
    // `[1]` and `["a"]` are lists.
    let is_table = table.is_some_and(|name| is_key(name) && name.starts_with(char::is_alphabetic));
    let pair = line.split_once(" = ");
    is_table || pair.is_some_and(|(key, value)| is_key(key) && !value.is_empty())
}

/// Whether a line begins a definition of a GraphQL schema, or a query.
fn is_graphql(line: &str) -> bool {
    const WITH_BRACES: [&str; 10] = [
        "type",
        "input",
        "interface",
        "enum",
        "schema",
        "extend",
        "query",
        "mutation",
        "subscription",
        "fragment",
    ];
    let mut words = line.split_whitespace();
    let first = words.next().unwrap_or_default();
    let second = words.next().unwrap_or_default();
    // The value of a key of YAML begins with a brace, too.
    let is_key = second.starts_with(':') || first.ends_with(':');
    match first {
        "union" => line.contains(" = "),
        "scalar" => !second.is_empty() && !is_key,
        "directive" => second.starts_with('@'),
        _ => WITH_BRACES.contains(&first) && line.contains('{') && !is_key,
    }
}

/// Recognizes a mapping without the keys `openapi` and `swagger`.
pub(super) fn recognize_mapping(root: &Map<String, Value>) -> Option<Diagnostic> {
    let has = |key: &str| root.contains_key(key);
    let inner = |key: &str, name: &str| root.get(key).and_then(|value| value.get(name));
    let is_text = |value: Option<&Value>, part: &str| {
        value
            .and_then(Value::as_str)
            .is_some_and(|text| text.contains(part))
    };
    let is_postman = inner("info", "_postman_id").is_some()
        || is_text(inner("info", "schema"), "schema.getpostman.com");
    let found = if has("asyncapi") {
        ASYNCAPI
    } else if has("arazzo") {
        ARAZZO
    } else if has("overlay") {
        OVERLAY
    } else if has("openrpc") {
        OPENRPC
    } else if has("smithy") {
        SMITHY
    } else if is_postman {
        POSTMAN
    } else if has("__export_format") || is_text(root.get("type"), "insomnia.rest") {
        INSOMNIA
    } else if has("__schema") || inner("data", "__schema").is_some() {
        GRAPHQL
    } else if inner("log", "entries").is_some() {
        HAR
    } else if is_text(root.get("kind"), "discovery#") {
        DISCOVERY
    } else if is_error_response(root) {
        ERROR_RESPONSE
    } else if is_configuration(root) {
        CONFIG
    } else if is_schema(root) {
        JSON_SCHEMA
    } else {
        return None;
    };
    Some(found.diagnostic())
}

/// Whether a mapping is the body of an error, which a download wrote in place of the document.
fn is_error_response(root: &Map<String, Value>) -> bool {
    const MAX_KEYS: usize = 6;
    const KEYS: [&str; 4] = ["error", "errors", "message", "detail"];
    let is_status = |key: &str| key.len() == 3 && key.starts_with(['4', '5']);
    let has_error = KEYS.iter().any(|key| root.contains_key(*key));
    // `404: Not Found`
    let is_line = root.len() == 1 && root.keys().all(|key| is_status(key));
    (has_error && root.len() <= MAX_KEYS && !root.contains_key("paths")) || is_line
}

/// Whether a mapping has the keys of an `sdk.yaml`.
fn is_configuration(root: &Map<String, Value>) -> bool {
    const KEYS: [&str; 6] = [
        "organization",
        "targets",
        "resources",
        "client_settings",
        "unspecified_endpoints",
        "environments",
    ];
    KEYS.iter().filter(|key| root.contains_key(**key)).count() >= 2
}

/// Whether a mapping is a schema on its own.
fn is_schema(root: &Map<String, Value>) -> bool {
    const KEYS: [&str; 5] = ["properties", "items", "allOf", "oneOf", "anyOf"];
    let has = |key: &str| root.contains_key(key);
    has("$schema") || has("$defs") || (has("type") && KEYS.iter().any(|key| has(key)))
}
