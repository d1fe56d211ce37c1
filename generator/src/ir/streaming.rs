//! Streams: responses of many values, one after the other.

use super::{MediaType, Type, WireName, Words};

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
    /// When the response is the stream.
    pub mode: StreamMode,
    /// The words that name the parameters, where the configuration has any.
    pub params_name: Option<Words>,
}

/// When a response is a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StreamMode {
    /// Always.
    Always,
    /// On request: by this field of the request, or by the `Accept` header alone. The response is
    /// a single value otherwise.
    OnRequest(Option<WireName>),
}

/// What of an event an item is.
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

/// A rule for the events of all streams.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRule {
    /// The names of the events, the empty one for those without a name; any, if not given.
    pub names: Option<Vec<String>>,
    /// How their data starts.
    pub data_starts_with: String,
    /// How these events are handled.
    pub handling: EventHandling,
}

/// How an event is handled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventHandling {
    /// It is an item of the stream.
    Yield,
    /// It is the end of the stream.
    Done,
    /// It describes an error.
    Error,
}
