//! The field of a request that selects between a stream and a whole response, with its values.

use serde_json::Value;

use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{
    Content, EnumValue, Operation, ParamLocation, Scalar, Shape, StreamSwitch, Struct, SwitchValue,
    Type, Types, WireName, Words,
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

const fn boolean_values() -> (SwitchValue, Option<SwitchValue>) {
    (SwitchValue::Bool(true), Some(SwitchValue::Bool(false)))
}

/// Returns the value that requests a stream, and the only other value. A constant is the only value.
fn choose_values(
    ty: &Type,
    constant: Option<&Value>,
    types: &Types,
) -> Option<(SwitchValue, Option<SwitchValue>)> {
    match constant {
        Some(value) => Some((SwitchValue::from_json(value)?, None)),
        None => choose_values_of_type(ty, types),
    }
}

fn choose_values_of_type(ty: &Type, types: &Types) -> Option<(SwitchValue, Option<SwitchValue>)> {
    match ty {
        Type::Nullable(inner) => choose_values_of_type(inner, types),
        Type::Bool | Type::Untyped(_) => Some(boolean_values()),
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
fn choose_listed_values(values: &[EnumValue]) -> Option<(SwitchValue, Option<SwitchValue>)> {
    let value = |value: &EnumValue| SwitchValue::from(&value.value);
    let find_only = |response| find_only(values, |value| find_requested(&value.value) == response);
    let stream = match values {
        [only] => only,
        // A value that refuses the stream shows that the other requests it.
        [_, _] => find_only(Some(Requested::Stream))
            .or_else(|| find_only(Some(Requested::Whole)).and(find_only(None)))?,
        _ => find_only(Some(Requested::Stream))?,
    };
    let mut others = values.iter().filter(|other| *other != stream);
    let whole = others.next().filter(|_| values.len() == 2);
    Some((value(stream), whole.map(value)))
}

/// Returns the only value that satisfies a condition.
fn find_only(values: &[EnumValue], condition: impl Fn(&EnumValue) -> bool) -> Option<&EnumValue> {
    let mut found = values.iter().filter(|value| condition(value));
    found.next().filter(|_| found.next().is_none())
}

/// The response that a value requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Requested {
    /// A stream.
    Stream,
    /// A whole response.
    Whole,
}

/// Returns the response that a value requests, if its words say so.
fn find_requested(value: &Scalar) -> Option<Requested> {
    let words = match value {
        Scalar::Integer(number) => return (*number == 1).then_some(Requested::Stream),
        Scalar::String(text) => Words::split(text),
    };
    let has_stream = words.iter().any(|word| means_stream(word));
    let has_negation = words.iter().any(|word| is_negation(word));
    let is_only_negation = has_negation && words.iter().all(|word| is_negation(word));
    match (has_stream, has_negation) {
        (true, false) => Some(Requested::Stream),
        (true, true) => Some(Requested::Whole),
        (false, _) => is_only_negation.then_some(Requested::Whole),
    }
}

fn means_stream(word: &str) -> bool {
    matches!(word, "true" | "sse") || word.starts_with("stream")
}

/// Whether a word negates the words around it, or its own end: `no-stream`, `nonstreaming`.
fn is_negation(word: &str) -> bool {
    const WORDS: [&str; 11] = [
        "disable", "disabled", "false", "never", "no", "non", "none", "not", "off", "un", "without",
    ];
    let mut ends = ["no", "non", "un"]
        .iter()
        .filter_map(|prefix| word.strip_prefix(prefix));
    WORDS.contains(&word) || ends.any(means_stream)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{choose_listed_values, choose_values};
    use crate::ir::{EnumValue, Scalar, SwitchValue, Type, Types, Words};

    fn choose(values: &[&str]) -> Option<(Value, Option<Value>)> {
        let values = values.iter().map(|text| EnumValue {
            value: match text.parse() {
                Ok(number) => Scalar::Integer(number),
                Err(_) => Scalar::String((*text).to_owned()),
            },
            name: Words::split(text),
            description: None,
        });
        let (stream, whole) = choose_listed_values(&values.collect::<Vec<_>>())?;
        Some((stream.to_json(), whole.as_ref().map(SwitchValue::to_json)))
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
    fn negated_values_request_a_whole_response() {
        for [whole, stream] in [
            ["no-stream", "events"],
            ["non-streaming", "streaming"],
            ["nonstreaming", "streaming"],
            ["nonstreaming", "partial"],
            ["stream_off", "stream_on"],
            ["NOT_STREAMED", "STREAMED"],
            ["off", "on"],
        ] {
            let expected = Some((json!(stream), Some(json!(whole))));
            assert_eq!(choose(&[whole, stream]), expected, "{whole}, {stream}");
            assert_eq!(choose(&[stream, whole]), expected, "{stream}, {whole}");
        }
        let of_three = choose(&["without stream", "stream", "auto"]);
        assert_eq!(of_three, Some((json!("stream"), None)));
    }

    #[test]
    fn other_values_do_not_request_a_stream() {
        for values in [
            vec!["a", "b"],
            vec!["stream", "streaming"],
            vec!["5", "6"],
            vec!["no-stream", "a", "b"],
            vec!["no-stream", "never"],
            vec!["no-wait", "wait"],
        ] {
            assert_eq!(choose(&values), None, "{values:?}");
        }
    }

    #[test]
    fn a_constant_is_the_only_value() {
        let types = Types::default();
        for value in [json!(false), json!(true), json!("sse"), json!(2)] {
            let chosen = choose_values(&Type::Bool, Some(&value), &types);
            assert_eq!(
                chosen,
                SwitchValue::from_json(&value).map(|value| (value, None))
            );
            assert!(chosen.is_some(), "{value}");
        }
        assert_eq!(choose_values(&Type::Bool, Some(&json!([])), &types), None);
    }
}
