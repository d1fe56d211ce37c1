//! Rules that determine which events end a stream, and which report an error.

use super::Event;

/// A rule that selects events and determines how they are handled.
///
/// The first matching rule of an API applies. Events without a matching rule are ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventRule {
    /// Names of the selected events. An empty name selects events without a name, and `None`
    /// selects all.
    pub names: Option<&'static [&'static str]>,
    /// Prefix of the data of the selected events.
    pub data_starts_with: &'static str,
    /// Handling of the selected events.
    pub handling: EventHandling,
}

/// The handling of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum EventHandling {
    /// The event is an item of the stream.
    Yield,
    /// The event ends the stream.
    Done,
    /// The event reports an error.
    Error,
}

/// Returns the handling of an event, or `None` if it is ignored.
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

/// Returns the handling of an event in an API without rules. The name `error` reports an error, and
/// the data `[DONE]` ends the stream.
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

/// Most data already differs from the prefix in the first byte.
#[inline]
fn starts_with(data: &[u8], start: &[u8]) -> bool {
    match start.first() {
        None => true,
        first => data.first() == first && data.starts_with(start),
    }
}
