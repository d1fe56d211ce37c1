//! What the events of a stream mean beside their data: which end it, and which are errors.

use super::Event;

/// A rule for events: those that it is for, and what becomes of them.
///
/// Of an API's rules the first that is for an event counts; an event that none is for is passed
/// over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventRule {
    /// The names of the events, the empty one for those without a name; any, if not given.
    pub names: Option<&'static [&'static str]>,
    /// How their data starts.
    pub data_starts_with: &'static str,
    /// What becomes of them.
    pub handling: EventHandling,
}

/// What becomes of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum EventHandling {
    /// It is an item of the stream.
    Yield,
    /// It is the end of the stream.
    Done,
    /// It says what went wrong.
    Error,
}

/// The rules of APIs that have none: an event named `error` is one, and `[DONE]` the end.
const USUAL: &[EventRule] = &[
    EventRule {
        names: Some(&["error"]),
        data_starts_with: "",
        handling: EventHandling::Error,
    },
    EventRule {
        names: None,
        data_starts_with: "[DONE]",
        handling: EventHandling::Done,
    },
    EventRule {
        names: None,
        data_starts_with: "",
        handling: EventHandling::Yield,
    },
];

/// What becomes of an event; `None` if it is passed over.
pub(super) fn handling(rules: &[EventRule], event: &Event) -> Option<EventHandling> {
    let rules = if rules.is_empty() { USUAL } else { rules };
    rules
        .iter()
        .find(|rule| rule.is_for(event))
        .map(|rule| rule.handling)
}

impl EventRule {
    fn is_for(&self, event: &Event) -> bool {
        let named = self
            .names
            .is_none_or(|names| names.contains(&event.name.as_str()));
        named && starts_with(&event.data, self.data_starts_with.as_bytes())
    }
}

/// Most data differs from what it could start with in its first byte. Data that has just been written
/// is slow to compare as a whole, and that for each event.
fn starts_with(data: &[u8], start: &[u8]) -> bool {
    match start.first() {
        None => true,
        first => data.first() == first && data.starts_with(start),
    }
}
