//! How long an answer that is still coming may be silent.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use crate::runtime::clock::{Instant, Sleep, sleep_until};

/// A silence that is being waited through, and its limit.
///
/// It lasts while the answer is waited for: what came while its reader did something else is no
/// silence.
#[derive(Debug)]
pub(super) struct IdleTimer {
    pub(super) limit: Duration,
    since: Option<Instant>,
    /// Goes off no later than the limit, and is set again where that was too early: to set it costs
    /// more than to hear something.
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

    /// Something came.
    pub(super) fn broken(&mut self) {
        self.since = None;
    }

    /// Waits until the silence is too long.
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
