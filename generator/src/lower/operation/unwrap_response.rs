//! Unwrapping: the property of a response that a method returns instead of the whole response.

use crate::config::{At, Method, Settings, Unwrap};
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{Content, Payload, Response, Shape, Struct, Type, Types, WireName};
use crate::lower::findings::Findings;

/// The properties that the configuration unwraps.
#[derive(Debug, Clone)]
pub(in crate::lower) enum UnwrapRule {
    /// `unwrap_response`: this property of the response.
    Explicit(At<String>),
    /// `settings.unwrap_response_fields`: one of these, if it is the only property.
    Envelopes(Vec<String>),
}

impl UnwrapRule {
    /// Reads the rule of a method.
    pub(in crate::lower) fn new(method: &Method, settings: &Settings) -> Option<Self> {
        match &method.unwrap_response {
            Unwrap::Never => None,
            Unwrap::Property(name) => {
                let pointer = method.pointer.child("unwrap_response");
                Some(Self::Explicit(At::new(name.clone(), pointer)))
            }
            Unwrap::Inherit => {
                let names = settings.unwrap_response_fields.iter();
                let names: Vec<String> = names.map(|name| name.value.clone()).collect();
                (!names.is_empty()).then_some(Self::Envelopes(names))
            }
        }
    }

    /// Finds the property in the response that means success.
    pub(in crate::lower) fn find_property(
        &self,
        responses: &[Response],
        types: &Types,
        findings: &mut Findings,
    ) -> Option<WireName> {
        let object = find_only_object(responses, types);
        match self {
            Self::Explicit(name) => {
                let mut fields = object.iter().flat_map(|object| &object.fields);
                let found = fields.find(|field| field.wire.as_str() == name.value);
                if found.is_none() {
                    let message = format!(
                        "the response has no property `{}`; the method returns the whole response",
                        name.value
                    );
                    let warning =
                        Diagnostic::new(Code::UnknownUnwrapProperty, name.pointer.clone(), message);
                    findings.push(warning.in_config());
                }
                found.map(|field| field.wire.clone())
            }
            Self::Envelopes(names) => match object?.fields.as_slice() {
                [only] if names.iter().any(|name| name == only.wire.as_str()) => {
                    Some(only.wire.clone())
                }
                _ => None,
            },
        }
    }
}

/// The struct of the only response that means success.
fn find_only_object<'t>(responses: &[Response], types: &'t Types) -> Option<&'t Struct> {
    let mut successes = crate::ir::list_successes(responses);
    let (Some(response), None) = (successes.next(), successes.next()) else {
        return None;
    };
    let Payload::Content(contents) = &response.payload else {
        return None;
    };
    let [content] = contents.as_slice() else {
        return None;
    };
    let Content::Json(Type::Named(id)) = &content.content else {
        return None;
    };
    match &types.get(*id).shape {
        Shape::Struct(object) => Some(object),
        _ => None,
    }
}
