//! Streams: answers that are many values, one after the other.

use super::{MediaType, Type, WireName, Words};

/// The stream that an operation answers with.
#[derive(Debug, Clone)]
pub struct Streaming {
    /// The media type that asks for it.
    pub media_type: MediaType,
    /// The type of each item.
    pub item: Type,
    /// What of an event an item is.
    pub item_shape: EventItemShape,
    /// The names of events whose data is text, where that of others is JSON.
    pub text_events: Vec<String>,
    /// When the answer is the stream.
    pub mode: StreamMode,
    /// The words that name the parameters, where the configuration has any.
    pub params_name: Option<Words>,
}

/// When an answer is a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StreamMode {
    /// Always.
    Always,
    /// When it is asked for, and else a whole: by this field of the request, or by the `Accept`
    /// header alone.
    OnRequest(Option<WireName>),
}

/// What of an event an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EventItemShape {
    /// Its data.
    #[default]
    Data,
    /// An object of its fields, of which `data` is text.
    Object,
    /// An object of its fields, of which `data` is JSON.
    ObjectOfJson,
}

/// A rule for the events of all streams.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRule {
    /// The names of the events, the empty one for those without a name; any, if not given.
    pub names: Option<Vec<String>>,
    /// How their data starts.
    pub data_starts_with: String,
    /// What becomes of them.
    pub handling: EventHandling,
}

/// What becomes of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventHandling {
    /// It is an item of the stream.
    Yield,
    /// It is the end of the stream.
    Done,
    /// It says what went wrong.
    Error,
}
