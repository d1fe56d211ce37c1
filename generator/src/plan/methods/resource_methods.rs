//! The methods of a resource, with their streaming methods and media type variants.

use super::context::MethodContext;
use super::{MethodPlan, PARAMS_METHOD_SUFFIX, plan_method};
use crate::ir::{ResourceMethod, Words};
use crate::plan::item::{BodyPlan, ItemKind};
use crate::plan::names::{Case, RustIdent, Scope};
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
        let mut streaming_words = Words::default();
        let streaming = streams::plan_streaming_method(context, &method, |suffix| {
            streaming_words = declared.name.with(suffix);
            scope.claim(&streaming_words, Case::Snake)
        });
        method.switch = streaming
            .as_ref()
            .and_then(|streaming| streams::plan_whole_switch(method.operation, streaming));
        method.streaming = streaming.as_ref().map(|streaming| streaming.ident.clone());
        methods.push((method, declared.name.clone()));
        methods.extend(streaming.map(|streaming| (streaming, streaming_words)));
    }
    let methods = methods.into_iter();
    methods
        .map(|(method, words)| MethodPlan {
            params_method: plan_params_method(context, &method, &words, scope),
            ..method
        })
        .collect()
}

/// Names the method that takes the parameters, if the operation has no body and requires none of them.
/// A body is the purpose of a call, so its properties stay an argument even if all are optional.
fn plan_params_method(
    context: &MethodContext<'_, '_>,
    method: &MethodPlan<'_>,
    words: &Words,
    scope: &mut Scope,
) -> Option<RustIdent> {
    let params = context.items.get(method.params?)?;
    let ItemKind::Params(params) = &params.kind else {
        return None;
    };
    let is_optional = params.constructor.required.is_empty();
    (is_optional && matches!(params.body, BodyPlan::None))
        .then(|| scope.claim(&words.with(PARAMS_METHOD_SUFFIX), Case::Snake))
}
