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

/// What becomes of an event; `None` if it is passed over.
#[inline]
pub(super) fn handling(rules: &[EventRule], event: &Event) -> Option<EventHandling> {
    if rules.is_empty() {
        return Some(default_handling(event));
    }
    rules
        .iter()
        .find(|rule| rule.is_for(event))
        .map(|rule| rule.handling)
}

/// What becomes of an event of an API without rules: one named `error` is one, and `[DONE]` the end.
#[inline]
fn default_handling(event: &Event) -> EventHandling {
    if event.name == "error" {
        EventHandling::Error
    } else if starts_with(event.bytes(), b"[DONE]") {
        EventHandling::Done
    } else {
        EventHandling::Yield
    }
}

impl EventRule {
    #[inline]
    fn is_for(&self, event: &Event) -> bool {
        let named = self
            .names
            .is_none_or(|names| names.contains(&event.name.as_str()));
        named && starts_with(event.bytes(), self.data_starts_with.as_bytes())
    }
}

/// Most data differs from what it could start with in its first byte.
#[inline]
fn starts_with(data: &[u8], start: &[u8]) -> bool {
    match start.first() {
        None => true,
        first => data.first() == first && data.starts_with(start),
    }
}
