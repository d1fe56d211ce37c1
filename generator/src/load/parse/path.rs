//! `paths` and path items.

use std::collections::HashMap;

use openapiv3::{Operation, Parameter, PathItem, Paths, ReferenceOr, Server};
use serde_json::{Map, Value};

use super::Parser;
use crate::diagnostics::{Code, Diagnostic};
use crate::load::OtherMethod;
use crate::source::Pointer;
use crate::source::PointerPath;

/// Longest path. Diagnostics quote the path.
const MAX_PATH: usize = 4096;

impl Parser<'_> {
    pub(super) fn parse_paths(&mut self, value: Value, at: &PointerPath<'_>) -> Paths {
        let mut paths = Paths::default();
        for (key, value) in self.read_object(value, at).unwrap_or_default() {
            if key.starts_with("x-") {
                paths.extensions.insert(key, value);
                continue;
            }
            let here = at.key(&key);
            let Some(map) = self.read_object(value, &here) else {
                continue;
            };
            let Some(path) = self.parse_path_name(&key, at) else {
                continue;
            };
            if path.rfind('{') > path.rfind('}') {
                let message =
                    format!("a brace in `{path}` is not closed; it is sent without change");
                self.report(Code::InvalidPath, &here, message);
            }
            let (path, server) = self.split_url(path, &here);
            let mut item = self.parse_path_item(map, Some(&path), &here);
            if item.servers.is_empty() {
                item.servers.extend(server);
            }
            match paths.paths.get_mut(&path) {
                Some(ReferenceOr::Item(known)) => self.merge_path_item(known, item, &path, &here),
                _ => {
                    paths.paths.insert(path, ReferenceOr::Item(item));
                }
            }
        }
        paths
    }

    /// Adds operations to a path that another key already declared.
    fn merge_path_item(
        &mut self,
        known: &mut PathItem,
        mut item: PathItem,
        path: &str,
        at: &PointerPath<'_>,
    ) {
        for method in METHODS {
            let operation = method_slot_mut(&mut item, method).and_then(Option::take);
            match (method_slot_mut(known, method), operation) {
                (Some(free @ None), operation) => *free = operation,
                (_, Some(_)) => {
                    let message = format!("`{path}` is declared twice; this operation is ignored");
                    self.report(Code::DuplicatePath, &at.key(method), message);
                }
                _ => {}
            }
        }
    }

    fn parse_path_name(&mut self, key: &str, at: &PointerPath<'_>) -> Option<String> {
        if key.len() > MAX_PATH {
            let message = format!("a path is longer than {MAX_PATH} bytes; it is ignored");
            self.report(Code::InvalidPath, at, message);
            return None;
        }
        if key.starts_with('/') || key.contains("://") {
            return Some(key.to_owned());
        }
        let path = format!("/{}", key.trim());
        let message = format!("a path starts with `/`; it is read as `{path}`");
        self.report(Code::InvalidPath, &at.key(key), message);
        Some(path)
    }

    /// Returns the path of a URL, and its server.
    fn split_url(&mut self, path: String, at: &PointerPath<'_>) -> (String, Option<Server>) {
        let Some((scheme, rest)) = path.split_once("://").filter(|_| !path.starts_with('/')) else {
            return (path, None);
        };
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let path = if path.is_empty() { "/" } else { path };
        let url = format!("{}://{host}", scheme.trim());
        let message =
            format!("a path starts with `/`; it is read as `{path}` of the server `{url}`");
        self.report(Code::InvalidPath, at, message);
        let server = Server {
            url,
            ..Server::default()
        };
        (path.trim_end().to_owned(), Some(server))
    }

    /// Parses a path item. Without a path, as for a webhook, its parameters are not compared with a
    /// template.
    pub(super) fn parse_path_item(
        &mut self,
        mut map: Map<String, Value>,
        path: Option<&str>,
        at: &PointerPath<'_>,
    ) -> PathItem {
        let mut item = PathItem::default();
        // Operations look up the shared parameters, so these come first.
        if let Some(value) = map.remove("parameters") {
            let here = at.key("parameters");
            item.parameters = self.parse_parameters(value, &here);
            self.match_template(&mut item.parameters, &[], path, &here);
        }
        for (key, value) in map {
            let here = at.key(&key);
            match key.as_str() {
                "summary" => item.summary = self.read_string(value, &here),
                "description" => item.description = self.read_string(value, &here),
                "servers" => item.servers = self.parse_servers(value, &here),
                _ if key.starts_with("x-") => {
                    item.extensions.insert(key, value);
                }
                "query" if value.is_object() => {
                    self.parse_other_method("QUERY", value, &item, path, &here);
                }
                "additionalOperations" => {
                    self.parse_additional_operations(&mut item, value, path, &here);
                }
                _ => self.parse_method(&mut item, &key, value, path, &here),
            }
        }
        item
    }

    fn parse_method(
        &mut self,
        item: &mut PathItem,
        key: &str,
        value: Value,
        path: Option<&str>,
        at: &PointerPath<'_>,
    ) {
        let lower = key.to_ascii_lowercase();
        let Some(slot_of_method) = method_slot_mut(item, &lower) else {
            return self.report_unknown_method(key, &value, at);
        };
        if value.is_null() {
            return;
        }
        if slot_of_method.is_some() {
            let message = format!("`{lower}` is declared twice; this operation is ignored");
            return self.report(Code::DuplicateMethod, at, message);
        }
        if lower != key {
            let message = format!("methods are lower case; it is read as `{lower}`");
            self.report(Code::InvalidMethod, at, message);
        }
        let operation = self.parse_operation(value, &item.parameters, path, at);
        if let (Some(slot), Some(operation)) = (method_slot_mut(item, &lower), operation) {
            *slot = Some(operation);
        }
    }

    /// Reports a property that looks like an operation but is not a method.
    fn report_unknown_method(&mut self, key: &str, value: &Value, at: &PointerPath<'_>) {
        let is_operation = ["responses", "operationId"]
            .iter()
            .any(|member| value.get(member).is_some());
        if is_operation {
            let message = format!("`{key}` is not a method; the operation is left out");
            let finding = Diagnostic::new(Code::InvalidMethod, at.pointer(), message);
            let help = "use `additionalOperations` of OpenAPI 3.2 for other methods";
            self.diagnostics.push(finding.help(help).on_key());
        }
    }

    fn parse_additional_operations(
        &mut self,
        item: &mut PathItem,
        value: Value,
        path: Option<&str>,
        at: &PointerPath<'_>,
    ) {
        for (method, value) in self.read_object(value, at).unwrap_or_default() {
            let here = at.key(&method);
            let lower = method.to_ascii_lowercase();
            if method_slot_mut(item, &lower).is_some_and(|slot| slot.is_none()) {
                let message = format!("`{method}` has a key of its own; it is read as `{lower}`");
                self.report(Code::InvalidMethod, &here, message);
                self.parse_method(item, &lower, value, path, &here);
            } else if method_slot_mut(item, &lower).is_some() || !is_token(&method) {
                let message = format!("`{method}` is not a method; the operation is left out");
                self.report(Code::InvalidMethod, &here, message);
            } else {
                self.parse_other_method(&method, value, item, path, &here);
            }
        }
    }

    /// Parses an operation with a method that 3.0 does not have.
    fn parse_other_method(
        &mut self,
        method: &str,
        value: Value,
        item: &PathItem,
        path: Option<&str>,
        at: &PointerPath<'_>,
    ) {
        let Some(path) = path else {
            let message = format!("webhooks are not delivered by `{method}`; it is left out");
            return self.report(Code::UnsupportedWebhookMethod, at, message);
        };
        if let Some(operation) = self.parse_operation(value, &item.parameters, Some(path), at) {
            let other = OtherMethod {
                method: method.to_owned(),
                operation,
                at: at.pointer(),
            };
            let known = self.other_methods.entry(path.to_owned()).or_default();
            known.push(other);
        }
    }

    /// Parses a list of parameters, without duplicates.
    pub(super) fn parse_parameters(
        &mut self,
        value: Value,
        at: &PointerPath<'_>,
    ) -> Vec<ReferenceOr<Parameter>> {
        let value = match value {
            // A mapping of names to parameters.
            Value::Object(map) if !map.contains_key("name") && !map.contains_key("$ref") => {
                self.report(
                    Code::WrongType,
                    at,
                    "expected a list, found a mapping; its values are read",
                );
                Value::Array(map.into_iter().map(|(_, value)| value).collect())
            }
            other => other,
        };
        let mut parameters = Vec::new();
        let mut seen: HashMap<(String, &'static str), ()> = HashMap::new();
        for (i, item) in self.read_list(value, at).into_iter().enumerate() {
            let here = at.index(i);
            let Some(parameter) = self.parse_referable(item, &here, Self::parse_parameter) else {
                continue;
            };
            let Some(key) = self
                .resolve_parameter(&parameter)
                .map(|p| (parameter_identity(p), location(p)))
            else {
                self.report(
                    Code::InvalidParameterRef,
                    &here,
                    "this reference leads to no valid parameter; it is ignored",
                );
                continue;
            };
            if seen.insert(key, ()).is_some() {
                self.report(
                    Code::DuplicateParameter,
                    &here,
                    "this parameter is declared twice; it is ignored",
                );
            } else {
                parameters.push(parameter);
            }
        }
        parameters
    }

    /// Returns a parameter, or the target of a reference to one.
    pub(super) fn resolve_parameter<'s>(
        &'s self,
        parameter: &'s ReferenceOr<Parameter>,
    ) -> Option<&'s Parameter> {
        super::document::resolve(
            &self.components.parameters,
            "#/components/parameters/",
            parameter,
        )
    }

    /// Records an `operationId`. Reports a second use of it.
    pub(super) fn claim_operation_id(&mut self, id: &str, at: &PointerPath<'_>) {
        let pointer: Pointer = at.pointer();
        if let Some(first) = self.operation_ids.get(id) {
            let message = format!("{first} already has the `operationId` `{id}`");
            self.report_with_help(
                Code::DuplicateOperationId,
                &at.key("operationId"),
                message,
                "give each operation its own id",
            );
        } else {
            self.operation_ids.insert(id.to_owned(), pointer);
        }
    }
}

/// Whether a text is a valid method or header name ([RFC 9110, section
/// 5.6.2](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2)).
pub(super) fn is_token(text: &str) -> bool {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_token)
}

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

fn method_slot_mut<'i>(item: &'i mut PathItem, method: &str) -> Option<&'i mut Option<Operation>> {
    match method {
        "get" => Some(&mut item.get),
        "put" => Some(&mut item.put),
        "post" => Some(&mut item.post),
        "delete" => Some(&mut item.delete),
        "options" => Some(&mut item.options),
        "head" => Some(&mut item.head),
        "patch" => Some(&mut item.patch),
        "trace" => Some(&mut item.trace),
        _ => None,
    }
}

pub(super) fn name(parameter: &Parameter) -> &str {
    &parameter.parameter_data_ref().name
}

/// Returns the name that identifies a parameter in its location. Header names are case-insensitive
/// (RFC 9110, section 5.1).
fn parameter_identity(parameter: &Parameter) -> String {
    match parameter {
        Parameter::Header { .. } => name(parameter).to_ascii_lowercase(),
        _ => name(parameter).to_owned(),
    }
}

pub(super) fn location(parameter: &Parameter) -> &'static str {
    match parameter {
        Parameter::Query { .. } => "query",
        Parameter::Header { .. } => "header",
        Parameter::Path { .. } => "path",
        Parameter::Cookie { .. } => "cookie",
    }
}
