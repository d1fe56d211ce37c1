//! The field of a request that selects between a stream and a whole response, with its values.

use serde_json::Value;

use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{
    Content, EnumValue, Operation, ParamLocation, Scalar, Shape, StreamSwitch, Struct, Type, Types,
    WireName, Words,
};
use crate::source::Pointer;

/// The request field that requests a stream, unless the document or the configuration names one.
const USUAL_SWITCH: &str = "stream";

/// The query parameters and the properties of a request.
#[derive(Debug, Clone, Copy)]
pub(super) struct RequestFields<'t> {
    operation: &'t Operation,
    /// The object that the operation sends.
    body: Option<&'t Struct>,
    types: &'t Types,
}

impl<'t> RequestFields<'t> {
    /// Collects the fields of an operation.
    pub(super) fn new(operation: &'t Operation, types: &'t Types) -> Self {
        let sent = || match &operation.body.as_ref()?.content.first()?.content {
            Content::Json(ty) | Content::Form(ty) | Content::Multipart(ty) => types.find_struct(ty),
            Content::Text | Content::Binary => None,
        };
        Self {
            operation,
            body: sent(),
            types,
        }
    }

    /// Returns the switch of a name. Returns `None` if the values of the field do not show which of
    /// them requests the stream.
    pub(super) fn find_switch(&self, name: &WireName) -> Option<StreamSwitch> {
        let (stream, whole) = match self.find(name) {
            Some((ty, constant)) => choose_values(ty, constant, self.types)?,
            None => boolean_values(),
        };
        Some(StreamSwitch {
            wire: name.clone(),
            stream,
            whole,
        })
    }

    /// Returns the switch of the usual name, if it is a boolean.
    pub(super) fn find_usual_switch(&self) -> Option<StreamSwitch> {
        let usual = WireName::new(USUAL_SWITCH);
        let (ty, _) = self.find(&usual)?;
        is_boolean(ty).then(|| self.find_switch(&usual))?
    }

    /// Whether a request does not have a field. A body that is not a struct may have it.
    pub(super) fn lacks(&self, name: &WireName) -> bool {
        let is_open = self.operation.body.is_some() && self.body.is_none();
        !is_open && self.find(name).is_none()
    }

    /// Returns the type and the constant of a query parameter, or else of a property of the body.
    fn find(&self, name: &WireName) -> Option<(&'t Type, Option<&'t Value>)> {
        let mut params = self.operation.params.iter();
        let param = params.find(|it| it.location == ParamLocation::Query && it.wire == *name);
        let mut fields = self.body.into_iter().flat_map(|body| &body.fields);
        let field = || {
            let field = fields.find(|field| field.wire == *name)?;
            Some((&field.ty, field.constant.as_ref()))
        };
        let param = param.map(|param| (&param.ty, param.constant.as_ref()));
        param.or_else(field)
    }
}

/// Returns the finding for a field that the request does not declare.
pub(super) fn undeclared_finding(name: &WireName, at: Pointer) -> Diagnostic {
    let name = name.as_str();
    let message = format!(
        "the `stream-condition` names `{name}`, which the request does not declare; the method for \
         the stream sends it nevertheless"
    );
    let finding = Diagnostic::new(Code::InvalidStreamingExtension, at, message);
    finding.help(format!(
        "declare `{name}` in the request, or correct the name"
    ))
}

/// Returns the finding for a field whose values do not show which of them requests the stream.
pub(super) fn unknown_value_finding(name: &WireName, at: Pointer) -> Diagnostic {
    let name = name.as_str();
    let message = format!(
        "the schema of `{name}` does not show which value requests a stream; the methods send the \
         value of the caller"
    );
    let finding = Diagnostic::new(Code::UnknownStreamValue, at, message);
    finding.help(format!(
        "declare `{name}` as a boolean, as a constant, or as an enum with one value such as `stream`"
    ))
}

fn is_boolean(ty: &Type) -> bool {
    match ty {
        Type::Bool => true,
        Type::Nullable(inner) => is_boolean(inner),
        _ => false,
    }
}

const fn boolean_values() -> (Value, Option<Value>) {
    (Value::Bool(true), Some(Value::Bool(false)))
}

/// Returns the value that requests a stream, and the only other value.
fn choose_values(
    ty: &Type,
    constant: Option<&Value>,
    types: &Types,
) -> Option<(Value, Option<Value>)> {
    match ty {
        Type::Nullable(inner) => choose_values(inner, constant, types),
        Type::Bool | Type::Untyped(_) => Some(boolean_values()),
        _ if constant.is_some() => Some((constant?.clone(), None)),
        Type::Named(id) => match &types.get(*id).shape {
            Shape::Enum(list) => choose_listed_values(&list.values),
            Shape::Union(union) => {
                let mut variants = union.variants.iter();
                let has_boolean = variants.any(|variant| is_boolean(&variant.ty));
                has_boolean.then(boolean_values)
            }
            Shape::Struct(_) | Shape::Alias(_) => None,
        },
        _ => None,
    }
}

/// Returns the value of an enum that requests a stream, and the only other value.
fn choose_listed_values(values: &[EnumValue]) -> Option<(Value, Option<Value>)> {
    let value = |index: usize| values.get(index).map(|value| json_value(&value.value));
    let mut streams = (0..values.len()).filter(|&index| {
        values.len() == 1
            || values
                .get(index)
                .is_some_and(|it| requests_stream(&it.value))
    });
    match (streams.next(), streams.next(), values.len()) {
        (Some(stream), None, 2) => Some((value(stream)?, value(1 - stream))),
        (Some(stream), None, _) => Some((value(stream)?, None)),
        _ => None,
    }
}

fn json_value(scalar: &Scalar) -> Value {
    match scalar {
        Scalar::String(text) => text.as_str().into(),
        Scalar::Integer(number) => (*number).into(),
    }
}

/// Whether a value says that the response is a stream.
fn requests_stream(value: &Scalar) -> bool {
    match value {
        Scalar::Integer(number) => *number == 1,
        Scalar::String(text) => {
            let words = Words::split(text);
            let mut words = words.iter();
            words.any(|word| matches!(word.as_str(), "true" | "sse") || word.starts_with("stream"))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::choose_listed_values;
    use crate::ir::{EnumValue, Scalar, Words};

    fn choose(values: &[&str]) -> Option<(Value, Option<Value>)> {
        let values = values.iter().map(|text| EnumValue {
            value: match text.parse() {
                Ok(number) => Scalar::Integer(number),
                Err(_) => Scalar::String((*text).to_owned()),
            },
            name: Words::split(text),
            description: None,
        });
        choose_listed_values(&values.collect::<Vec<_>>())
    }

    #[test]
    fn the_value_that_says_stream_requests_it() {
        for (values, stream, whole) in [
            (
                vec!["blocking", "streaming"],
                json!("streaming"),
                Some(json!("blocking")),
            ),
            (vec!["true", "false"], json!("true"), Some(json!("false"))),
            (vec!["0", "1"], json!(1), Some(json!(0))),
            (
                vec!["text/event-stream", "a", "b"],
                json!("text/event-stream"),
                None,
            ),
            (vec!["partial"], json!("partial"), None),
        ] {
            assert_eq!(choose(&values), Some((stream, whole)), "{values:?}");
        }
    }

    #[test]
    fn other_values_say_nothing() {
        for values in [vec!["a", "b"], vec!["stream", "streaming"], vec!["5", "6"]] {
            assert_eq!(choose(&values), None, "{values:?}");
        }
    }
}
