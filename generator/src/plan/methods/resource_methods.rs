//! The methods of a resource, with their streaming methods and media type variants.

use super::{MethodContext, MethodPlan, plan_method};
use crate::ir::ResourceMethod;
use crate::plan::names::{Case, Scope};
use crate::plan::streams;

/// Plans the methods of a resource. A streaming method follows the method that it belongs to, but claims
/// its name after all others. Media type variants claim their names last.
pub(super) fn plan_methods<'a>(
    context: &MethodContext<'_, 'a>,
    declared: &[ResourceMethod],
    scope: &mut Scope,
) -> Vec<MethodPlan<'a>> {
    let alternative = |m: &ResourceMethod| {
        context
            .context
            .api
            .operation(m.operation)
            .media_type_variant
            .as_ref()
    };
    let (own, others): (Vec<_>, Vec<_>) = declared.iter().partition(|m| alternative(m).is_none());
    let mut methods = plan_named_methods(context, &own, scope);
    for mut other in plan_named_methods(context, &others, scope) {
        if let Some(usual) = other.operation.takes_params_of() {
            let mut calls = methods.iter();
            let usual = calls.find(|method| method.id == usual && method.stream.is_none());
            other.switch = usual.and_then(|usual| usual.switch.clone());
        }
        methods.push(other);
    }
    methods
}

fn plan_named_methods<'a>(
    context: &MethodContext<'_, 'a>,
    declared: &[&ResourceMethod],
    scope: &mut Scope,
) -> Vec<MethodPlan<'a>> {
    let plain: Vec<_> = declared
        .iter()
        .map(|m| plan_method(context, scope.claim(&m.name, Case::Snake), m.operation))
        .collect();
    let mut methods = Vec::with_capacity(plain.len());
    for (mut method, declared) in plain.into_iter().zip(declared) {
        let streaming = streams::plan_streaming_method(context, &method, |suffix| {
            scope.claim(&declared.name.with(suffix), Case::Snake)
        });
        method.switch = streaming.as_ref().and_then(streams::switch_off);
        method.streaming = streaming.as_ref().map(|streaming| streaming.ident.clone());
        methods.push(method);
        methods.extend(streaming);
    }
    methods
}
