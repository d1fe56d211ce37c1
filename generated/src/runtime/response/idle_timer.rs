//! Timeout for responses that stop sending data.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use crate::runtime::clock::{Instant, Sleep, sleep_until};

/// A timer for the time without data.
///
/// It runs only while data is awaited. Data that arrived while the reader was busy does not count
/// as late.
#[derive(Debug)]
pub(super) struct IdleTimer {
    pub(super) limit: Duration,
    since: Option<Instant>,
    /// Fires no later than the limit, and is rescheduled if that was too early. This is cheaper
    /// than rescheduling it with each chunk.
    timer: Option<Pin<Box<Sleep>>>,
}

impl IdleTimer {
    pub(super) fn new(limit: Duration) -> Self {
        Self {
            limit,
            since: None,
            timer: None,
        }
    }

    /// Records that data arrived.
    pub(super) fn reset(&mut self) {
        self.since = None;
    }

    /// Waits until the limit is exceeded.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let since = *self.since.get_or_insert_with(Instant::now);
        let Some(end) = since.checked_add(self.limit) else {
            return Poll::Pending;
        };
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep_until(end)));
        loop {
            ready!(timer.as_mut().poll(context));
            if end <= Instant::now() {
                return Poll::Ready(());
            }
            timer.as_mut().reset(end);
        }
    }
}
