//! `streaming`: the meaning of the events of streams.

use serde_json::Value;

use super::At;
use super::reader::Reader;
use crate::diagnostics::Code;

/// A rule of `streaming.on_event`. The first rule that matches an event applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRule {
    /// `event_type`: names of events, with the empty name for events without a name (`null`).
    /// `None` matches all.
    pub names: Option<Vec<String>>,
    /// `data_starts_with`. The default is empty.
    pub data_starts_with: String,
    /// `handle`.
    pub handling: EventHandling,
}

/// `handle`: the effect of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventHandling {
    /// `yield`: the event is an item of the stream.
    Yield,
    /// `done`: the event ends the stream.
    Done,
    /// `error`: the event reports an error.
    Error,
}

const HANDLINGS: &[(&str, EventHandling)] = &[
    ("yield", EventHandling::Yield),
    ("done", EventHandling::Done),
    ("error", EventHandling::Error),
];

impl Reader<'_> {
    pub(super) fn event_rules(&mut self, node: Option<At<Value>>) -> Vec<EventRule> {
        let Some(mut fields) = node.and_then(|node| self.fields(node)) else {
            return Vec::new();
        };
        let rules = self.list(fields.take("on_event"));
        let rules = rules
            .into_iter()
            .filter_map(|rule| self.event_rule(rule))
            .collect();
        self.finish(fields, "streaming");
        rules
    }

    fn event_rule(&mut self, node: At<Value>) -> Option<EventRule> {
        // `event_type: null` differs from an absent key.
        let unnamed = node.value.get("event_type").is_some_and(Value::is_null);
        let at = node.pointer.clone();
        let mut fields = self.fields(node)?;
        let names = fields.take("event_type").map(|node| self.texts(Some(node)));
        let names = names.map(|names| names.into_iter().map(|name| name.value).collect());
        let data_starts_with = self.plain(fields.take("data_starts_with"));
        let fallthrough = self.word(fields.take("kind"), &[("fallthrough", ())]);
        let handling = self.word(fields.take("handle"), HANDLINGS);
        // The runtime finds the message of an error.
        self.finish(fields, "streaming.on_event.*");
        let names = if unnamed {
            Some(vec![String::new()])
        } else {
            names
        };
        if names.is_none() && data_starts_with.is_none() && fallthrough.is_none() {
            let message = "the rule does not select events".to_owned();
            let help = "add `event_type`, `data_starts_with` or `kind: fallthrough`";
            self.error(Code::MissingConfigKey, &at, message, help);
            return None;
        }
        let Some(handling) = handling else {
            let message = "the rule has no `handle`".to_owned();
            self.error(
                Code::MissingConfigKey,
                &at,
                message,
                "add `handle: yield`, `done` or `error`",
            );
            return None;
        };
        Some(EventRule {
            names,
            data_starts_with: data_starts_with.unwrap_or_default(),
            handling: handling.value,
        })
    }
}
