//! Path items and operations.

use serde_json::{Map, Value};

use super::Converter;
use super::into_texts;
use super::parameter::{is_body, read_location};
use crate::diagnostics::Code;
use crate::source::Pointer;

/// Parameters with their positions.
type Placed = Vec<(Value, Pointer)>;

impl Converter {
    pub(super) fn convert_path_item(&mut self, item: &mut Value, at: &Pointer) {
        let Value::Object(item) = item else {
            return;
        };
        let parameters = item.remove("parameters");
        let (bodies, others) = self.partition_parameters(parameters, &at.child("parameters"));
        if !others.is_empty() {
            let others = self.convert_parameters(others, &at.child("parameters"));
            item.insert("parameters".to_owned(), others);
        }
        for (method, operation) in item.iter_mut() {
            if method == "parameters" || method.starts_with("x-") {
                continue;
            }
            if let Value::Object(operation) = operation {
                self.convert_operation(operation, &bodies, &at.child(method));
            }
        }
    }

    fn convert_operation(
        &mut self,
        operation: &mut Map<String, Value>,
        shared: &Placed,
        at: &Pointer,
    ) {
        let consumes = operation.remove("consumes").map(|v| into_texts(Some(v)));
        let consumes = consumes.unwrap_or_else(|| self.consumes.clone());
        let produces = operation.remove("produces").map(|v| into_texts(Some(v)));
        if let Some(servers) = self.convert_own_servers(operation.remove("schemes"), at) {
            operation.insert("servers".to_owned(), servers);
        }
        let here = at.child("parameters");
        let (mut bodies, others) = self.partition_parameters(operation.remove("parameters"), &here);
        for (parameter, pointer) in shared {
            if !self.is_overridden(&bodies, parameter) {
                bodies.push((self.budget.copy(parameter), pointer.clone()));
            }
        }
        if !others.is_empty() {
            let others = self.convert_parameters(others, &here);
            operation.insert("parameters".to_owned(), others);
        }
        if let Some(body) = self.convert_request_body(bodies, &consumes, &at.child("requestBody")) {
            operation.insert("requestBody".to_owned(), body);
        }
        if let Some(responses) = operation.get_mut("responses")
            && let Value::Object(map) = responses.take()
        {
            let pointer = at.child("responses");
            let map = self.convert_responses(
                map,
                produces.as_deref(),
                pointer.as_str(),
                pointer.as_str(),
            );
            *responses = Value::Object(map);
        }
    }

    /// Splits a list into the parameters of the body and the others.
    fn partition_parameters(&self, parameters: Option<Value>, at: &Pointer) -> (Placed, Placed) {
        let items = match parameters {
            Some(Value::Array(items)) => items,
            _ => Vec::new(),
        };
        items
            .into_iter()
            .enumerate()
            .map(|(i, parameter)| (parameter, at.index(i)))
            .partition(|(parameter, _)| is_body(self.resolve_shared(parameter)))
    }

    fn convert_parameters(&mut self, parameters: Placed, at: &Pointer) -> Value {
        let each = parameters.into_iter().enumerate();
        each.map(|(i, (parameter, old))| self.convert_parameter(parameter, &at.index(i), &old))
            .collect()
    }

    /// Whether an operation overrides a shared parameter.
    fn is_overridden(&self, own: &Placed, shared: &Value) -> bool {
        let shared = self.resolve_shared(shared);
        own.iter().any(|(parameter, _)| {
            let parameter = self.resolve_shared(parameter);
            read_location(parameter) == read_location(shared)
                && (read_location(shared) == "body" || parameter.get("name") == shared.get("name"))
        })
    }

    fn convert_request_body(
        &mut self,
        parameters: Placed,
        consumes: &[String],
        now: &Pointer,
    ) -> Option<Value> {
        let is_form = |(parameter, _): &(Value, Pointer)| {
            read_location(self.resolve_shared(parameter)) == "formData"
        };
        let (fields, mut bodies): (Placed, Placed) = parameters.into_iter().partition(is_form);
        if bodies.is_empty() && fields.is_empty() {
            return None;
        }
        if bodies.is_empty() {
            let fields = fields
                .into_iter()
                .map(|(field, old)| (self.inline_shared(field), old))
                .collect();
            return Some(self.convert_form(fields, consumes, now));
        }
        let (body, old) = bodies.remove(0);
        for (other, _) in bodies.iter().chain(&fields) {
            self.report_second_body(other, now);
        }
        if consumes == self.consumes
            && let Some(name) = self.shared_name(&body)
        {
            let body = Pointer::parse("/components/requestBodies").child(name);
            return Some(serde_json::json!({"$ref": format!("#{}", body.as_str())}));
        }
        // The shared body has other media types.
        let body = self.inline_shared(body);
        Some(self.convert_body(body, consumes, now, &old))
    }

    fn report_second_body(&mut self, parameter: &Value, at: &Pointer) {
        let parameter = self.resolve_shared(parameter);
        let name = parameter.get("name").and_then(Value::as_str);
        let message = format!(
            "`{}` is `in: {}`, but the request already has a body; it is ignored",
            name.unwrap_or_default(),
            read_location(parameter)
        );
        let help = "make it a property of the body";
        self.report(Code::MultipleBodyParameters, at.clone(), message, help);
    }
}
