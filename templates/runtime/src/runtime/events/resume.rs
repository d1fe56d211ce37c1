//! Options for reading events, and reconnection after an interruption.

use std::time::Duration;

use http::HeaderName;

use super::event_rule::EventRule;
use crate::runtime::client::Client;
use crate::runtime::clock::Instant;
use crate::runtime::error::Error;
use crate::runtime::random;
use crate::runtime::request_parts::RequestParts;
use crate::runtime::response::Incoming;
use crate::runtime::retry_policy::Repeat;
use crate::runtime::send::{self, ResponseMode};
use crate::runtime::transport::BoxFuture;

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// Bounds for the reconnection delay that a server can request.
const MIN_RECONNECT_DELAY: Duration = Duration::from_millis(100);
const MAX_RECONNECT_DELAY: Duration = Duration::from_secs(60);

/// Options of a call for its events.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct EventOptions {
    /// Maximum number of consecutive reconnections.
    pub(crate) reconnects: u32,
    /// Maximum size of an event, if it differs from the client's limit.
    pub(crate) max_bytes: Option<usize>,
    /// The part of an event that values are decoded from.
    pub(crate) form: EventForm,
    /// Names of the events whose data is text.
    pub(crate) texts: &'static [&'static str],
    /// Whether the IDs of events are numbers.
    pub(crate) numeric_ids: bool,
    /// Data after the last item, if the API declares it.
    pub(crate) terminator: Option<&'static str>,
}

/// The part of an event that a value is decoded from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum EventForm {
    /// The data.
    #[default]
    Data,
    /// An object of `event`, `data` and `id`, with the data as a string.
    Object,
    /// An object of `event`, `data` and `id`, with the data as JSON.
    ObjectOfJson,
}

/// All settings for reading the events of a response.
#[derive(Debug, Clone, Default)]
pub(crate) struct StreamSettings {
    pub(crate) options: EventOptions,
    /// Maximum time without data, if it differs from the default.
    pub(crate) idle: Option<Duration>,
    pub(crate) rules: &'static [EventRule],
    /// JSON pointer to the message in an error event.
    pub(crate) error_message: Option<&'static str>,
    /// Requested media type.
    pub(crate) accept: &'static str,
    /// The call to repeat, if the call enables reconnection.
    pub(crate) resume: Option<Box<Resume>>,
}

impl StreamSettings {
    /// Collects the settings of a call that is not repeated.
    #[inline]
    pub(crate) fn new(client: &Client, parts: &RequestParts, asked: ResponseMode) -> Self {
        Self {
            options: parts.events,
            idle: parts.idle,
            rules: client.shared.config.api.event_rules,
            error_message: client.shared.config.api.error_message,
            accept: parts.accept.unwrap_or(asked.accept),
            resume: None,
        }
    }

    /// Adds the call to repeat, if the call enables reconnection.
    #[inline]
    pub(crate) fn resuming(
        mut self,
        client: &Client,
        parts: &RequestParts,
        asked: ResponseMode,
    ) -> Self {
        let is_enabled = self.options.reconnects > 0;
        self.resume = is_enabled.then(|| Box::new(Resume::new(client, parts, asked)));
        self
    }

    /// Sets the conditions under which the call is repeated.
    #[inline]
    pub(crate) fn with_repeat(mut self, repeat: Repeat) -> Self {
        if let Some(resume) = &mut self.resume {
            resume.is_idempotent = repeat.is_idempotent;
        }
        self
    }
}

/// A call that can be repeated.
#[derive(Debug, Clone)]
pub(crate) struct Resume {
    client: Client,
    parts: RequestParts,
    asked: ResponseMode,
    /// Whether sending the call twice has the same effect as once.
    is_idempotent: bool,
    /// Number of repetitions since the last event.
    attempts: u32,
    /// Whether an item has been received. Items must not be repeated.
    received: bool,
}

impl Resume {
    #[inline]
    fn new(client: &Client, parts: &RequestParts, asked: ResponseMode) -> Self {
        Self {
            client: client.clone(),
            parts: parts.clone(),
            asked,
            is_idempotent: false,
            attempts: 0,
            received: false,
        }
    }

    /// Records an event, which resets the number of repetitions.
    #[inline]
    pub(crate) fn event_came(&mut self, is_item: bool) {
        self.attempts = 0;
        self.received |= is_item;
    }

    /// Returns the delay before the call is repeated. Returns `None` if the limit is reached, if the
    /// position in the stream is unknown, or if only a call that is not idempotent could start over.
    #[inline]
    pub(crate) fn wait(&mut self, last_id: &str, asked: Option<Duration>) -> Option<Duration> {
        let from_start = last_id.is_empty();
        let can_start_over = self.is_idempotent && !self.received;
        if self.attempts >= self.parts.events.reconnects || from_start && !can_start_over {
            return None;
        }
        let default_delay = self
            .client
            .shared
            .config
            .backoff
            .wait(self.attempts, random::unit_interval());
        self.attempts = self.attempts.saturating_add(1);
        Some(asked.map_or(default_delay, |wait| {
            wait.clamp(MIN_RECONNECT_DELAY, MAX_RECONNECT_DELAY)
        }))
    }

    /// Repeats the call for the events after the given ID.
    #[inline]
    pub(crate) fn call(
        &self,
        last_id: &str,
        deadline: Option<Instant>,
    ) -> BoxFuture<'static, Result<Incoming, Error>> {
        let Self { client, asked, .. } = self.clone();
        let mut parts = self.parts.clone();
        parts.events.reconnects = 0;
        parts.deadline = deadline.map(|at| at.saturating_duration_since(Instant::now()));
        if !last_id.is_empty() {
            parts.set_header(LAST_EVENT_ID.as_str(), last_id);
        }
        Box::pin(async move { send::send(&client, Box::new(parts), asked).await })
    }
}
