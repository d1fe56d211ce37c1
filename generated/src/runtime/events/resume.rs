//! How the events of a call are read, and how the call is made again where they broke off.

use std::time::Duration;

use http::HeaderName;

use super::event_rule::EventRule;
use crate::runtime::client::Client;
use crate::runtime::clock::Instant;
use crate::runtime::error::Error;
use crate::runtime::random;
use crate::runtime::request_parts::RequestParts;
use crate::runtime::response::Incoming;
use crate::runtime::send::{self, ResponseMode};
use crate::runtime::transport::BoxFuture;

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// The shortest and the longest wait before a reconnection that a server can ask for.
const SHORTEST_WAIT: Duration = Duration::from_millis(100);
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// What a call says about its events.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct EventOptions {
    /// How often in a row the call is made again.
    pub(crate) reconnects: u32,
    /// The limit for an event, if it is not the client's.
    pub(crate) max_bytes: Option<usize>,
    /// What a value is read from.
    pub(crate) form: EventForm,
    /// The names of events whose data is text.
    pub(crate) texts: &'static [&'static str],
}

/// What of an event a value is read from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum EventForm {
    /// Its data.
    #[default]
    Data,
    /// An object of its `event`, `data` and `id`, of which the data is text.
    Object,
    /// An object of its `event`, `data` and `id`, of which the data is JSON.
    ObjectOfJson,
}

/// All that is to be known to read the events of an answer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reading {
    pub(crate) options: EventOptions,
    /// How long the server may be silent, if not as long as usual.
    pub(crate) idle: Option<Duration>,
    pub(crate) rules: &'static [EventRule],
    /// Where an error says what went wrong.
    pub(crate) error_message: Option<&'static str>,
    /// The media type that was asked for.
    pub(crate) accept: &'static str,
    /// How to make the call again, if that was asked for.
    pub(crate) resume: Option<Box<Resume>>,
}

impl Reading {
    /// How the answer of a call is read.
    #[inline]
    pub(crate) fn new(client: &Client, parts: &RequestParts, asked: ResponseMode) -> Self {
        let options = parts.events;
        let again = options.reconnects > 0;
        Self {
            options,
            idle: parts.idle,
            rules: client.shared.config.api.event_rules,
            error_message: client.shared.config.api.error_message,
            accept: parts.accept.unwrap_or(asked.accept),
            resume: again.then(|| Box::new(Resume::new(client, parts, asked))),
        }
    }
}

/// A call that can be made again.
#[derive(Debug, Clone)]
pub(crate) struct Resume {
    client: Client,
    parts: RequestParts,
    asked: ResponseMode,
    /// How often it was made again since the last event.
    tries: u32,
    /// Whether there was an item of the stream, which must not come twice.
    received: bool,
}

impl Resume {
    #[inline]
    fn new(client: &Client, parts: &RequestParts, asked: ResponseMode) -> Self {
        Self {
            client: client.clone(),
            parts: parts.clone(),
            asked,
            tries: 0,
            received: false,
        }
    }

    /// An event came, so that the next break is the first one again.
    #[inline]
    pub(crate) fn event_came(&mut self, is_item: bool) {
        self.tries = 0;
        self.received |= is_item;
    }

    /// How long to wait before the call is made again; `None` if it was often enough, or nothing
    /// says where the stream goes on.
    #[inline]
    pub(crate) fn wait(&mut self, last_id: &str, asked: Option<Duration>) -> Option<Duration> {
        let from_start = last_id.is_empty();
        if self.tries >= self.parts.events.reconnects || from_start && self.received {
            return None;
        }
        let usual = self
            .client
            .shared
            .config
            .backoff
            .wait(self.tries, random::unit_interval());
        self.tries = self.tries.saturating_add(1);
        Some(asked.map_or(usual, |wait| wait.clamp(SHORTEST_WAIT, LONGEST_WAIT)))
    }

    /// Makes the call again, for the events after the one with this id.
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
