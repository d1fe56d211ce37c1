//! Resources and their methods.

use std::collections::BTreeSet;

use crate::diff::surface::{
    ArgSurface, Endpoint, FormerMethodName, FormerPathsSurface, MethodSurface, ResourceSurface,
    ReturnForm,
};
use crate::ir::{MediaTypeVariant, ParamLocation, Payload, SecurityRequirement};
use crate::plan::{FormerOwner, MethodPlan, PathArg, Plan, RustIdent};
use crate::source::Pointer;

/// The resources, in the order of the plan.
pub(super) fn extract_resources(plan: &Plan<'_>) -> Vec<ResourceSurface> {
    let resources = plan.resources.iter();
    resources
        .map(|resource| ResourceSurface {
            path: resource.path.iter().map(ToString::to_string).collect(),
            struct_name: resource.ident.to_string(),
            feature: resource.feature.clone(),
            description: resource.description.map(ToOwned::to_owned),
            file_stem: match resource.path.as_slice() {
                [] => "src/client".to_owned(),
                _ => format!("src/resources/{}", resource.module),
            },
        })
        .collect()
}

/// The paths of earlier versions. Those of resources that have no methods of their own are left
/// out.
pub(super) fn extract_former_paths(plan: &Plan<'_>) -> FormerPathsSurface {
    let text = |path: &[RustIdent]| path.iter().map(ToString::to_string).collect::<Vec<_>>();
    let former = &plan.former_paths;
    let mut found = FormerPathsSurface::default();
    for accessor in &former.accessors {
        if let FormerOwner::Current(_) = accessor.returns {
            let mut path = text(former.path_of(&plan.resources, accessor.owner));
            path.push(accessor.ident.to_string());
            let current = text(former.path_of(&plan.resources, accessor.returns));
            found.resources.push((path, current));
        }
    }
    for moved in &former.methods {
        let mut path = text(former.path_of(&plan.resources, moved.owner));
        path.push(moved.former.ident.to_string());
        let resource = FormerOwner::Current(moved.resource);
        let mut current = text(former.path_of(&plan.resources, resource));
        current.push(moved.former.to.to_string());
        found.methods.push((path, current));
    }
    found
}

/// The methods, in the order of the resources.
pub(super) fn extract_methods(plan: &Plan<'_>) -> Vec<MethodSurface> {
    let resources = plan.resources.iter().enumerate();
    resources
        .flat_map(|(index, resource)| resource.methods.iter().map(move |method| (index, method)))
        .map(|(index, method)| extract_method(index, method))
        .collect()
}

fn extract_method(resource: usize, method: &MethodPlan<'_>) -> MethodSurface {
    let operation = method.operation;
    let form = match (&method.stream, method.paging) {
        (Some(_), _) => ReturnForm::Stream,
        (None, Some(_)) => ReturnForm::Page,
        (None, None) => ReturnForm::Value,
    };
    let failures = method.failures.iter();
    MethodSurface {
        resource,
        name: method.ident.to_string(),
        former_names: method
            .former_names
            .iter()
            .map(|former| FormerMethodName {
                name: former.ident.to_string(),
                to: former.to.to_string(),
            })
            .collect(),
        endpoint: extract_endpoint(method),
        operation_id: operation.operation_id.clone(),
        args: method
            .path_args
            .iter()
            .map(|arg| extract_arg(method, arg))
            .collect(),
        params: method.params,
        params_method: method.params_method.as_ref().map(ToString::to_string),
        returns: method.returns.clone(),
        form,
        property: method.property.map(ToString::to_string),
        pagination: method.paging.cloned(),
        media_types: media_types(method),
        security: method.security.map(sort_requirements),
        idempotency_header: method.idempotency_header.map(ToOwned::to_owned),
        server: method.server.map(ToOwned::to_owned),
        limits: (operation.timeout_ms, operation.max_retries),
        statuses: operation
            .successes()
            .map(|response| response.status)
            .collect(),
        failures: failures
            .map(|failure| (failure.status, failure.body.clone()))
            .collect(),
        response_headers: {
            let names = method.headers.iter().map(|header| header.wire.to_string());
            names.collect::<BTreeSet<_>>().into_iter().collect()
        },
        docs: operation.docs.clone(),
        pointer: operation.pointer.clone(),
    }
}

/// Returns alternatives of schemes, the schemes of each in alphabetical order.
pub(super) fn sort_requirements(requirements: &[SecurityRequirement]) -> Vec<SecurityRequirement> {
    let mut sorted = requirements.to_vec();
    sorted
        .iter_mut()
        .for_each(|schemes| schemes.sort_unstable());
    sorted
}

fn extract_endpoint(method: &MethodPlan<'_>) -> Endpoint {
    let operation = method.operation;
    let content = operation
        .body
        .as_ref()
        .and_then(|body| body.content.first());
    let variant = match &operation.media_type_variant {
        None => String::new(),
        Some(MediaTypeVariant::RequestBody(_)) => {
            let sent = content.map(|content| content.media_type.essence());
            format!("sends {}", sent.unwrap_or_default())
        }
        Some(MediaTypeVariant::Response(_, media_type)) => {
            format!("asks for {}", media_type.essence())
        }
    };
    // The other method of an operation that streams on request.
    let is_streaming = method.stream.is_some() && method.switch.is_some();
    Endpoint {
        verb: operation.method.as_str().to_owned(),
        path: operation.path.clone(),
        variant: if is_streaming {
            format!("{variant} as a stream")
        } else {
            variant
        },
    }
}

fn extract_arg(method: &MethodPlan<'_>, arg: &PathArg<'_>) -> ArgSurface {
    ArgSurface {
        name: arg.ident.to_string(),
        wire: arg.wire.to_string(),
        ty: arg.ty.clone(),
        style: arg.style,
        pointer: arg_pointer(method, arg),
    }
}

fn arg_pointer(method: &MethodPlan<'_>, arg: &PathArg<'_>) -> Option<Pointer> {
    let mut params = method.operation.params.iter();
    let param =
        params.find(|param| param.location == ParamLocation::Path && param.wire == *arg.wire);
    param.map(|param| param.pointer.clone())
}

/// The media types of successful responses, each once.
fn media_types(method: &MethodPlan<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for response in method.operation.successes() {
        if let Payload::Content(contents) = &response.payload
            && let Some(content) = contents.first()
        {
            let essence = content.media_type.essence();
            if !found.contains(&essence) {
                found.push(essence);
            }
        }
    }
    found
}
