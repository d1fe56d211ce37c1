//! Media types.

/// The formats of JSON texts in sequence, as subtypes name them without `x-`.
const JSON_SEQUENCES: [&str; 5] = ["json-lines", "json-seq", "jsonl", "jsonlines", "ndjson"];

/// A media type as the document spells it: `application/json; charset=utf-8`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MediaType(String);

impl MediaType {
    /// A media type of the document.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Returns the media type as in the document.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Type and subtype in lower case, without parameters.
    #[must_use]
    pub fn essence(&self) -> String {
        self.0
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase()
    }

    /// Whether it is a stream of values.
    #[must_use]
    pub fn is_stream(&self) -> bool {
        self.is_event_stream() || is_json_sequence(&self.essence())
    }

    /// Whether it is a stream of server-sent events.
    #[must_use]
    pub fn is_event_stream(&self) -> bool {
        self.essence() == "text/event-stream"
    }

    /// Whether it is JSON: `application/json`, `…+json`.
    #[must_use]
    pub fn is_json(&self) -> bool {
        let essence = self.essence();
        let is_json = matches!(essence.as_str(), "application/json" | "text/json")
            || essence.ends_with("+json");
        is_json && !is_json_sequence(&essence)
    }

    /// Whether it has problem details, which describe an error (RFC 9457).
    #[must_use]
    pub fn is_problem(&self) -> bool {
        self.essence().starts_with("application/problem+")
    }
}

/// Whether bodies are JSON texts in sequence: `application/x-ndjson`, `application/geo+json-seq`,
/// `application/vnd.acme.jsonl`, `application/stream+json`.
fn is_json_sequence(essence: &str) -> bool {
    let subtype = essence.split_once('/').map_or("", |(_, subtype)| subtype);
    let format = subtype.rsplit(['+', '.']).next().unwrap_or(subtype);
    subtype == "stream+json"
        || JSON_SEQUENCES.contains(&format.strip_prefix("x-").unwrap_or(format))
}

#[cfg(test)]
mod tests {
    use super::MediaType;

    #[test]
    fn streams_and_json_are_distinct() {
        for (name, is_stream, is_json) in [
            ("text/event-stream; charset=utf-8", true, false),
            ("application/x-ndjson", true, false),
            ("application/JSONL", true, false),
            ("application/geo+json-seq", true, false),
            ("application/vnd.acme.jsonl", true, false),
            ("application/stream+json", true, false),
            ("application/json; charset=utf-8", false, true),
            ("application/problem+json", false, true),
            ("application/vnd.acme.jsonlike", false, false),
            ("text/plain", false, false),
        ] {
            let media_type = MediaType::new(name);
            let found = (media_type.is_stream(), media_type.is_json());
            assert_eq!(found, (is_stream, is_json), "{name}");
        }
    }
}
