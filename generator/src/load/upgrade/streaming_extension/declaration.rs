//! The value of `x-fern-streaming`.

use serde_json::{Map, Value};

use crate::source::MediaType;

/// The problem of an extension of another type.
const NEITHER_BOOLEAN_NOR_MAPPING: &str = "is neither a boolean nor a mapping";

/// The format of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum StreamFormat {
    /// Server-sent events.
    Sse,
    /// JSON texts.
    Json,
}

impl StreamFormat {
    /// Returns the format of a media type that declares a stream.
    fn from_media_type(name: &str) -> Option<Self> {
        let media_type = MediaType::new(name);
        match media_type.is_event_stream() {
            true => Some(Self::Sse),
            false => media_type.is_stream().then_some(Self::Json),
        }
    }
}

/// A stream that an operation declares.
#[derive(Debug, PartialEq)]
pub(super) struct StreamDeclaration {
    /// Its format, if the extension names one.
    format: Option<StreamFormat>,
    /// The property of the request that requests the stream. The response is a stream in any case
    /// without one.
    pub(super) condition: Option<String>,
    /// The data after the last item.
    pub(super) terminator: Option<String>,
    /// The name of the request that requests the stream.
    pub(super) request_name: Option<String>,
    /// Whether an interrupted stream continues after its last event, if the extension says so.
    resumable: Option<bool>,
    /// Whether the document says so for its streams of events.
    inherits_resumable: Option<bool>,
    /// The schema of the response without a stream.
    pub(super) whole: Option<Value>,
    /// The schema of an item.
    pub(super) item: Option<Value>,
}

impl StreamDeclaration {
    /// Parses the value of the extension. Returns `None` for `false`. A mapping inherits `resumable`
    /// from the document.
    pub(super) fn parse(
        value: &Value,
        inherited: Option<bool>,
    ) -> Result<Option<Self>, &'static str> {
        let map = match value {
            Value::Bool(false) => return Ok(None),
            Value::Bool(true) => &Map::new(),
            Value::Object(map) => map,
            _ => return Err(NEITHER_BOOLEAN_NOR_MAPPING),
        };
        let text = |key: &str| match map.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if !text.trim().is_empty() => Ok(Some(text.as_str())),
            Some(_) => Err("has a value that is not a text"),
        };
        let format = match text("format")? {
            None => None,
            Some("sse") => Some(StreamFormat::Sse),
            Some("json") => Some(StreamFormat::Json),
            Some(_) => return Err("has an unknown `format`"),
        };
        Ok(Some(Self {
            format,
            condition: text("stream-condition")?.map(parse_property).transpose()?,
            terminator: text("terminator")?.map(str::to_owned),
            request_name: text("stream-request-name")?.map(str::to_owned),
            resumable: parse_resumable(map)?,
            inherits_resumable: inherited.filter(|_| value.is_object()),
            whole: map.get("response").cloned(),
            item: map.get("response-stream").cloned(),
        }))
    }

    /// Returns the key of the success response, or a key for a missing one.
    pub(super) fn success_status(&self, operation: &Map<String, Value>) -> String {
        let declared = operation.get("responses").and_then(Value::as_object);
        let keys = || declared.into_iter().flat_map(Map::keys);
        let success = keys().filter(|key| key.starts_with('2')).min();
        let default = || keys().find(|key| *key == "default" && self.item.is_none());
        let found = success.or_else(default).map(String::as_str);
        found.unwrap_or("200").to_owned()
    }

    /// Whether a media type declares this stream.
    pub(super) fn is_stream(&self, media_type: &str) -> bool {
        let declared = StreamFormat::from_media_type(media_type);
        declared.is_some_and(|declared| self.format.is_none_or(|format| format == declared))
    }

    /// Whether a stream of a media type continues after an interruption. Without a terminator, an
    /// interruption cannot be distinguished from the end.
    pub(super) fn decide_resumption(&self, media_type: &str) -> Result<bool, &'static str> {
        let is_events = MediaType::new(media_type).is_event_stream();
        match self
            .resumable
            .or(self.inherits_resumable.filter(|_| is_events))
        {
            None | Some(false) => Ok(false),
            Some(true) if !is_events => {
                Err("has `resumable`, but the stream is not one of server-sent events")
            }
            Some(true) if self.terminator.is_none() => Err("is resumable, but has no `terminator`"),
            Some(true) => Ok(true),
        }
    }

    /// Returns the media type of the stream in place of the declared one.
    pub(super) fn choose_media_type(&self, declared: Option<&str>) -> String {
        match self.format {
            Some(StreamFormat::Sse) => "text/event-stream".to_owned(),
            Some(StreamFormat::Json) | None => {
                // A condition selects between two media types of the response.
                let is_free =
                    |name: &&str| self.condition.is_none() && MediaType::new(*name).is_json();
                let declared = declared.filter(is_free);
                declared.unwrap_or("application/jsonl").to_owned()
            }
        }
    }
}

/// Returns the value of `resumable`.
fn parse_resumable(map: &Map<String, Value>) -> Result<Option<bool>, &'static str> {
    match map.get("resumable") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Bool(resumable)) => Ok(Some(*resumable)),
        Some(_) => Err("has a `resumable` that is not a boolean"),
    }
}

/// Returns the value of `resumable` in the extension of the document, which its operations inherit.
pub(super) fn parse_inherited(value: &Value) -> Result<Option<bool>, &'static str> {
    match value {
        Value::Bool(_) => Ok(None),
        Value::Object(map) => parse_resumable(map),
        _ => Err(NEITHER_BOOLEAN_NOR_MAPPING),
    }
}

/// Returns the property that an expression names: `$request.stream`, `$request.body#/stream`, or its
/// name alone. Methods set properties at the top of the request only.
fn parse_property(expression: &str) -> Result<String, &'static str> {
    let mut name = expression;
    for prefix in ["$request.", "body#/", "body.", "query."] {
        name = name.strip_prefix(prefix).unwrap_or(name);
    }
    match name.contains(['.', '/']) {
        true => Err("has a `stream-condition` that is not a property at the top of the request"),
        false => Ok(name.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{StreamDeclaration, parse_property};

    #[test]
    fn properties_are_expressions_or_names() {
        for expression in [
            "stream",
            "$request.stream",
            "$request.body.stream",
            "$request.body#/stream",
            "$request.query.stream",
        ] {
            let property = parse_property(expression);
            assert_eq!(property.as_deref(), Ok("stream"), "{expression}");
        }
    }

    #[test]
    fn nested_properties_are_problems() {
        for expression in [
            "options.stream",
            "$request.options.stream",
            "$request.body#/options/stream",
            "$request.header.Accept",
        ] {
            assert!(parse_property(expression).is_err(), "{expression}");
        }
    }

    #[test]
    fn invalid_values_are_problems() {
        for value in [
            json!("sse"),
            json!({"format": "xml"}),
            json!({"format": 1}),
            json!({"format": "sse", "terminator": ""}),
            json!({"format": "sse", "resumable": "yes"}),
            json!({"format": "sse", "stream-request-name": {}}),
        ] {
            assert!(StreamDeclaration::parse(&value, None).is_err(), "{value}");
        }
        assert_eq!(StreamDeclaration::parse(&json!(false), None), Ok(None));
    }

    #[test]
    fn events_with_a_terminator_are_resumable() {
        let decide = |value, inherited, media_type| {
            let declaration = StreamDeclaration::parse(&value, inherited).expect("is valid");
            declaration
                .expect("declares a stream")
                .decide_resumption(media_type)
        };
        let events = "text/event-stream";
        let terminated = json!({"terminator": "END"});
        let explicit = json!({"terminator": "END", "resumable": true});
        let refused = json!({"terminator": "END", "resumable": false});
        assert_eq!(decide(terminated.clone(), None, events), Ok(false));
        assert_eq!(decide(terminated.clone(), Some(true), events), Ok(true));
        assert_eq!(decide(explicit.clone(), Some(false), events), Ok(true));
        assert_eq!(decide(refused, Some(true), events), Ok(false));
        assert_eq!(decide(json!(true), Some(true), events), Ok(false));
        assert!(decide(explicit, None, "application/jsonl").is_err());
        assert!(decide(json!({}), Some(true), events).is_err());
        // A stream of JSON texts inherits nothing.
        let lines = json!({"format": "json"});
        assert_eq!(decide(lines, Some(true), "application/jsonl"), Ok(false));
    }
}
