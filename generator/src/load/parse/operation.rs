//! Operations.

use openapiv3::{Operation, Parameter, ParameterData, ReferenceOr};
use serde_json::{Map, Value};

use super::Parser;
use crate::diagnostics::Code;
use crate::load::internal_extensions;
use crate::source::PointerPath;

impl Parser<'_> {
    pub(super) fn parse_operation(
        &mut self,
        value: Value,
        shared: &[ReferenceOr<Parameter>],
        path: Option<&str>,
        at: &PointerPath<'_>,
    ) -> Option<Operation> {
        let mut operation = Operation::default();
        let mut has_responses = false;
        for (key, value) in self.read_object(value, at)? {
            has_responses |= key == "responses";
            self.parse_operation_property(&mut operation, shared, key, value, path, at);
        }
        // `responses` is optional since 3.1. The response to a webhook does not concern a client.
        if !has_responses && path.is_some() && !self.version.is_3_1() {
            self.report(
                Code::MissingResponses,
                at,
                "the operation has no `responses`; its response is ignored",
            );
        }
        if let Some(path) = path {
            self.declare_missing(&mut operation, shared, path, at);
        }
        self.check_query_string(&operation, shared, at);
        Some(operation)
    }

    fn parse_operation_property(
        &mut self,
        operation: &mut Operation,
        shared: &[ReferenceOr<Parameter>],
        key: String,
        value: Value,
        path: Option<&str>,
        at: &PointerPath<'_>,
    ) {
        let here = at.key(&key);
        match key.as_str() {
            "operationId" => {
                operation.operation_id = self.read_string(value, &here).filter(|id| !id.is_empty());
                if let (Some(id), Some(_)) = (&operation.operation_id, path) {
                    self.claim_operation_id(id, at);
                }
            }
            "tags" => operation.tags = self.parse_operation_tags(value, &here),
            "summary" => operation.summary = self.read_string(value, &here),
            "description" => operation.description = self.read_string(value, &here),
            "externalDocs" => operation.external_docs = self.parse_external_docs(value, &here),
            "deprecated" => operation.deprecated = self.read_flag(value, &here).unwrap_or_default(),
            "security" => operation.security = self.parse_requirements(value, &here),
            "servers" => operation.servers = self.parse_servers(value, &here),
            "parameters" => {
                operation.parameters = self.parse_parameters(value, &here);
                self.match_template(&mut operation.parameters, shared, path, &here);
            }
            "requestBody" => {
                operation.request_body =
                    self.parse_referable(value, &here, Self::parse_request_body);
            }
            "responses" => operation.responses = self.parse_responses(value, &here),
            _ if key.starts_with("x-") => {
                operation.extensions.insert(key, value);
            }
            // The API sends requests to the client here. The generator ignores them.
            "callbacks" => self.callbacks += value.as_object().map_or(0, Map::len),
            _ => {}
        }
    }

    /// Reports parameters that conflict with `in: querystring`, which is the whole query.
    fn check_query_string(
        &mut self,
        operation: &Operation,
        shared: &[ReferenceOr<Parameter>],
        at: &PointerPath<'_>,
    ) {
        let all = operation.parameters.iter().chain(shared);
        let in_query: Vec<&ParameterData> = all
            .filter_map(|parameter| match self.resolve_parameter(parameter)? {
                Parameter::Query { parameter_data, .. } => Some(parameter_data),
                _ => None,
            })
            .collect();
        let is_whole = |data: &&&ParameterData| {
            data.extensions
                .contains_key(internal_extensions::QUERY_STRING)
        };
        let Some(whole) = in_query.iter().find(is_whole) else {
            return;
        };
        if let Some(other) = in_query.iter().find(|other| !std::ptr::eq(**other, *whole)) {
            let message = format!(
                "`{}` is the whole query, but `{}` is a query parameter too; both are sent",
                whole.name, other.name
            );
            self.report(Code::MixedQueryParameters, at, message);
        }
    }

    fn parse_operation_tags(&mut self, value: Value, at: &PointerPath<'_>) -> Vec<String> {
        let items = self.read_list(value, at).into_iter().enumerate();
        items
            .filter_map(|(i, item)| match item {
                // A Tag Object instead of its name.
                Value::Object(mut tag) => tag
                    .remove("name")
                    .and_then(|name| self.read_string(name, &at.index(i))),
                other => self.read_string(other, &at.index(i)),
            })
            .collect()
    }
}
