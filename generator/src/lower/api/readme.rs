//! The calls that the README shows: `readme.example_requests`.

use crate::config::{Config, ExampleRequest};
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{Operation, OperationId, ReadmeCall, ReadmeCalls, WireName};
use crate::lower::findings::Findings;

/// Finds the operations of the configured calls.
pub(in crate::lower) fn find_readme_calls(
    config: &Config,
    operations: &[Operation],
    findings: &mut Findings,
) -> ReadmeCalls {
    let mut find = |request: &Option<ExampleRequest>| {
        let request = request.as_ref()?;
        let call = find_call(request, operations);
        if call.is_none() {
            findings.push(missing_method(request));
        }
        call
    };
    ReadmeCalls {
        quick_start: find(&config.readme.headline),
        pagination: find(&config.readme.pagination),
    }
}

fn find_call(request: &ExampleRequest, operations: &[Operation]) -> Option<ReadmeCall> {
    let endpoint = &request.endpoint.value;
    let index = operations.iter().position(|operation| {
        operation.method == endpoint.method && operation.path == endpoint.path
    })?;
    let property = request.response_property.as_ref();
    Some(ReadmeCall {
        operation: OperationId::new(index),
        params: request.params.value.clone(),
        params_pointer: request.params.pointer.clone(),
        response_property: property.map(|name| (WireName::new(&name.value), name.pointer.clone())),
    })
}

fn missing_method(request: &ExampleRequest) -> Diagnostic {
    let endpoint = &request.endpoint.value;
    let message = format!(
        "no method calls `{} {}`, so the README shows another call",
        endpoint.method, endpoint.path
    );
    let at = request.endpoint.pointer.clone();
    let help = "name an endpoint that has a method";
    Diagnostic::new(Code::InvalidExampleRequest, at, message)
        .help(help)
        .in_config()
}
