//! Streams: responses that are a sequence of values.

use serde_json::Value;

use super::{MediaType, Scalar, Type, WireName, Words};
use crate::source::Pointer;

/// The stream that a media type of a response declares.
#[derive(Debug, Clone)]
pub struct DeclaredStream {
    /// The type of each item: `itemSchema`.
    pub item: Type,
    /// The field of the request that requests the stream, if the document names it.
    pub condition: Option<WireName>,
    /// The data after the last item, if the document declares it.
    pub terminator: Option<String>,
    /// Whether it continues after an interruption.
    pub is_resumable: bool,
    /// The name of the parameters, if the document gives one.
    pub params_name: Option<Words>,
}

/// The stream that an operation returns.
#[derive(Debug, Clone)]
pub struct Streaming {
    /// The media type that requests it.
    pub media_type: MediaType,
    /// The type of each item.
    pub item: Type,
    /// The part of an event that is an item.
    pub item_shape: EventItemShape,
    /// Names of events whose data is text while the data of others is JSON.
    pub text_events: Vec<String>,
    /// The type of the ID of an event, if an item is an object of its fields.
    pub event_id: EventIdType,
    /// When the response is the stream.
    pub mode: StreamMode,
    /// The data after the last item, if the document declares it.
    pub terminator: Option<String>,
    /// Whether it continues after its last event if it is interrupted.
    pub is_resumable: bool,
    /// The explicit name of the parameters.
    pub params_name: Option<ParamsName>,
}

/// An explicit name of parameters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParamsName {
    /// Its words.
    pub words: Words,
    /// Its position.
    pub pointer: Pointer,
    /// The file of its position.
    pub source: ParamsNameSource,
}

impl ParamsName {
    /// Splits a name into words. A name without letters and digits has none.
    #[must_use]
    pub fn split(name: &str) -> Words {
        match name.contains(char::is_alphanumeric) {
            true => Words::split(name),
            false => Words::new(),
        }
    }
}

/// The file that gives parameters an explicit name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParamsNameSource {
    /// The OpenAPI document.
    Document,
    /// The configuration.
    Config,
}

/// When a response is a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StreamMode {
    /// Always.
    Always,
    /// On request: by this field of the request, or by the `Accept` header alone. The response is
    /// a single value otherwise.
    OnRequest(Option<StreamSwitch>),
}

/// The field of a request that selects between a stream and a whole response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamSwitch {
    /// Its name on the wire.
    pub wire: WireName,
    /// The value that requests the stream.
    pub stream: SwitchValue,
    /// The value that requests the whole response, if one other value exists.
    pub whole: Option<SwitchValue>,
}

/// A value of the field that selects between a stream and a whole response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SwitchValue {
    /// A boolean.
    Bool(bool),
    /// A string.
    String(String),
    /// An integer.
    Integer(i64),
}

impl SwitchValue {
    /// Returns the value that JSON contains, if a switch can have it.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        match value {
            Value::Bool(value) => Some(Self::Bool(*value)),
            Value::String(text) => Some(Self::String(text.clone())),
            Value::Number(number) => number.as_i64().map(Self::Integer),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        }
    }

    /// Returns the value as JSON.
    #[must_use]
    pub fn to_json(&self) -> Value {
        match self {
            Self::Bool(value) => (*value).into(),
            Self::String(text) => text.as_str().into(),
            Self::Integer(number) => (*number).into(),
        }
    }
}

impl From<&Scalar> for SwitchValue {
    fn from(scalar: &Scalar) -> Self {
        match scalar {
            Scalar::String(text) => Self::String(text.clone()),
            Scalar::Integer(number) => Self::Integer(*number),
        }
    }
}

/// The part of an event that is an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EventItemShape {
    /// Its data.
    #[default]
    Data,
    /// An object of its fields; `data` is text.
    Object,
    /// An object of its fields; `data` is JSON.
    ObjectOfJson,
}

/// The type of the ID in an object of the fields of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EventIdType {
    /// A string, as in the format of server-sent events.
    #[default]
    Text,
    /// A number.
    Number,
}

/// A rule for the events of all streams.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRule {
    /// The names of the events, the empty one for those without a name; any, if not given.
    pub names: Option<Vec<String>>,
    /// The prefix of their data.
    pub data_starts_with: String,
    /// The handling of these events.
    pub handling: EventHandling,
}

/// The handling of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventHandling {
    /// It is an item of the stream.
    Yield,
    /// It is the end of the stream.
    Done,
    /// It describes an error.
    Error,
}
