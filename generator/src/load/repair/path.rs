//! `paths` and path items.

use std::collections::HashMap;

use openapiv3::{Operation, Parameter, PathItem, Paths, ReferenceOr};
use serde_json::{Map, Value};

use super::Repair;
use crate::load::Pointer;
use crate::load::place::Place;

impl Repair<'_> {
    pub(super) fn paths(&mut self, value: Value, at: &Place<'_>) -> Paths {
        let mut paths = Paths::default();
        for (key, value) in self.object(value, at).unwrap_or_default() {
            if key.starts_with("x-") {
                paths.extensions.insert(key, value);
                continue;
            }
            let here = at.key(&key);
            let Some(map) = self.object(value, &here) else {
                continue;
            };
            let path = self.path_name(&key, &here);
            let item = self.path_item(map, Some(&path), &here);
            if paths.paths.contains_key(&path) {
                let message = format!("`{path}` is there already; this one is ignored");
                self.warn("duplicate-path", &here, message);
            } else {
                paths.paths.insert(path, ReferenceOr::Item(item));
            }
        }
        paths
    }

    fn path_name(&mut self, key: &str, at: &Place<'_>) -> String {
        if key.starts_with('/') {
            return key.to_owned();
        }
        let path = format!("/{}", key.trim());
        self.warn(
            "bad-path",
            at,
            format!("a path begins with `/`; it is read as `{path}`"),
        );
        path
    }

    /// A path item. Where there is no path, as for a webhook, its parameters
    /// are taken as they are.
    pub(super) fn path_item(
        &mut self,
        mut map: Map<String, Value>,
        path: Option<&str>,
        at: &Place<'_>,
    ) -> PathItem {
        let mut item = PathItem::default();
        // Operations look into the parameters, so these come first.
        if let Some(value) = map.remove("parameters") {
            let here = at.key("parameters");
            item.parameters = self.parameters(value, &here);
            self.match_template(&mut item.parameters, &[], path, &here);
        }
        for (key, value) in map {
            let here = at.key(&key);
            match key.as_str() {
                "summary" => item.summary = self.text(value, &here),
                "description" => item.description = self.text(value, &here),
                "servers" => item.servers = self.servers(value, &here),
                _ if key.starts_with("x-") => {
                    item.extensions.insert(key, value);
                }
                "additionalOperations" => self.additional_operations(value, &here),
                _ => self.method(&mut item, &key, value, path, &here),
            }
        }
        item
    }

    fn method(
        &mut self,
        item: &mut PathItem,
        key: &str,
        value: Value,
        path: Option<&str>,
        at: &Place<'_>,
    ) {
        if key == "query" && value.is_object() {
            self.warn(
                "unsupported-method",
                at,
                "the method `QUERY` is not supported; the operation is left out",
            );
            return;
        }
        let lower = key.to_ascii_lowercase();
        if slot(item, &lower).is_none() || value.is_null() {
            return;
        }
        if lower != key {
            let message = format!("a method is in lower case; it is read as `{lower}`");
            self.warn("bad-method", at, message);
        }
        let operation = self.operation(value, &item.parameters, path, at);
        if let (Some(slot), Some(operation)) = (slot(item, &lower), operation) {
            *slot = Some(operation);
        }
    }

    fn additional_operations(&mut self, value: Value, at: &Place<'_>) {
        for (method, _) in self.object(value, at).unwrap_or_default() {
            let message =
                format!("the method `{method}` is not supported; the operation is left out");
            self.warn("unsupported-method", &at.key(&method), message);
        }
    }

    /// A list of parameters, each of them once.
    pub(super) fn parameters(
        &mut self,
        value: Value,
        at: &Place<'_>,
    ) -> Vec<ReferenceOr<Parameter>> {
        let value = match value {
            // A mapping of names to parameters.
            Value::Object(map) if !map.contains_key("name") && !map.contains_key("$ref") => {
                self.warn(
                    "wrong-type",
                    at,
                    "expected a list, found a mapping; its values are read",
                );
                Value::Array(map.into_iter().map(|(_, value)| value).collect())
            }
            other => other,
        };
        let mut parameters = Vec::new();
        let mut seen: HashMap<(String, &'static str), ()> = HashMap::new();
        for (i, item) in self.list(value, at).into_iter().enumerate() {
            let here = at.index(i);
            let Some(parameter) = self.referable(item, &here, Self::parameter) else {
                continue;
            };
            let key = self
                .known(&parameter)
                .map(|p| (name(p).to_owned(), location(p)));
            if key.is_some_and(|key| seen.insert(key, ()).is_some()) {
                self.warn(
                    "duplicate-parameter",
                    &here,
                    "this parameter is there already; it is ignored",
                );
            } else {
                parameters.push(parameter);
            }
        }
        parameters
    }

    /// What a parameter is, perhaps by reference.
    pub(super) fn known<'s>(
        &'s self,
        parameter: &'s ReferenceOr<Parameter>,
    ) -> Option<&'s Parameter> {
        super::document::resolve(
            &self.components.parameters,
            "#/components/parameters/",
            parameter,
        )
    }

    /// Makes the path parameters of a list those of the path's template.
    /// `shared` are those of the path item, which the list adds to.
    pub(super) fn match_template(
        &mut self,
        parameters: &mut Vec<ReferenceOr<Parameter>>,
        shared: &[ReferenceOr<Parameter>],
        path: Option<&str>,
        at: &Place<'_>,
    ) {
        let Some(path) = path else {
            return;
        };
        let variables = variables(path);
        let open: Vec<&str> = variables
            .iter()
            .filter(|v| {
                let mut all = parameters.iter().chain(shared);
                !all.any(|p| self.known(p).is_some_and(|p| is_path(p, v)))
            })
            .copied()
            .collect();
        let mut kept = Vec::with_capacity(parameters.len());
        for (i, parameter) in parameters.drain(..).enumerate() {
            kept.extend(self.fit(parameter, &variables, &open, &at.index(i)));
        }
        *parameters = kept;
    }

    /// One parameter, if it is of use in a path with these variables.
    fn fit(
        &mut self,
        parameter: ReferenceOr<Parameter>,
        variables: &[&str],
        open: &[&str],
        at: &Place<'_>,
    ) -> Option<ReferenceOr<Parameter>> {
        let known = self.known(&parameter)?;
        let wire = name(known).to_owned();
        if location(known) != "path" || variables.contains(&wire.as_str()) {
            return Some(parameter);
        }
        let Some(meant) = open.iter().find(|v| same_letters(v, &wire)) else {
            let message = format!("the path has no `{{{wire}}}`; the parameter is ignored");
            self.warn("unused-path-parameter", at, message);
            return None;
        };
        let mut renamed = known.clone();
        if let Parameter::Path { parameter_data, .. } = &mut renamed {
            parameter_data.name = (*meant).to_owned();
        }
        let message = format!("the path has no `{{{wire}}}`; the parameter is read as `{meant}`");
        self.warn("renamed-path-parameter", at, message);
        Some(ReferenceOr::Item(renamed))
    }

    /// Declares the variables of a path that no parameter is for.
    pub(super) fn declare_missing(
        &mut self,
        operation: &mut Operation,
        shared: &[ReferenceOr<Parameter>],
        path: &str,
        at: &Place<'_>,
    ) {
        let mut missing: Vec<&str> = Vec::new();
        for variable in variables(path) {
            let mut all = operation.parameters.iter().chain(shared);
            if !all.any(|p| self.known(p).is_some_and(|p| is_path(p, variable)))
                && !missing.contains(&variable)
            {
                missing.push(variable);
            }
        }
        for variable in missing {
            self.guess(
                "undeclared-path-parameter",
                at,
                format!("no parameter is declared for `{{{variable}}}` in `{path}`"),
                format!("add `{{name: {variable}, in: path, required: true, schema: {{type: string}}}}` to its `parameters`"),
            );
            operation
                .parameters
                .push(ReferenceOr::Item(super::parameter::text_in_path(variable)));
        }
    }

    /// Notes an `operationId`, which stands for one operation only.
    pub(super) fn claim_id(&mut self, id: &str, at: &Place<'_>) {
        let pointer: Pointer = at.pointer();
        if let Some(first) = self.operation_ids.get(id) {
            let message = format!("the operationId `{id}` is used by {first} already");
            self.guess(
                "duplicate-operation-id",
                &at.key("operationId"),
                message,
                "give each operation an id of its own",
            );
        } else {
            self.operation_ids.insert(id.to_owned(), pointer);
        }
    }
}

fn slot<'i>(item: &'i mut PathItem, method: &str) -> Option<&'i mut Option<Operation>> {
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

/// The names between braces in a path.
fn variables(path: &str) -> Vec<&str> {
    let mut rest = path;
    let mut names = Vec::new();
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        names.push(name);
        rest = after;
    }
    names
}

fn name(parameter: &Parameter) -> &str {
    &parameter.parameter_data_ref().name
}

fn location(parameter: &Parameter) -> &'static str {
    match parameter {
        Parameter::Query { .. } => "query",
        Parameter::Header { .. } => "header",
        Parameter::Path { .. } => "path",
        Parameter::Cookie { .. } => "cookie",
    }
}

fn is_path(parameter: &Parameter, variable: &str) -> bool {
    matches!(parameter, Parameter::Path { .. }) && name(parameter) == variable
}

/// Whether two names differ in case and separators only.
fn same_letters(a: &str, b: &str) -> bool {
    let letters = |s: &str| {
        let letters = s.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect::<String>()
    };
    letters(a) == letters(b)
}
