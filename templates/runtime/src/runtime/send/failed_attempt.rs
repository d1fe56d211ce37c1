//! The decision after an attempt without a usable response: another attempt, or an error.

use std::time::Duration;

use http::header::HeaderMap;

use super::{Call, Outcome};
use crate::runtime::clock::{Instant, now};
use crate::runtime::error::{ConnectError, Error, TimeoutError};
use crate::runtime::log::{self, LogLevel};
use crate::runtime::random;
use crate::runtime::retry_policy;
use crate::runtime::transport::{TransportError, TransportErrorKind};

impl Call<'_> {
    pub(super) fn broken(&self, error: TransportError, retries: u32) -> Outcome {
        self.trace.record_failure(&error, retries);
        let (log, api) = self.log();
        log.write(LogLevel::Info, || {
            log::describe_failure(api, &self.outgoing, &error)
        });
        let wait = match error.kind() {
            TransportErrorKind::Connect => self.wait(None, retries),
            _ => self.wait_after_silence(retries),
        };
        match (error.kind(), wait) {
            (
                TransportErrorKind::Connect
                | TransportErrorKind::Connection
                | TransportErrorKind::Timeout,
                Some(wait),
            ) => Outcome::Again(wait),
            (TransportErrorKind::Timeout, None) => Error::from(TimeoutError::Attempt {
                limit: None,
                retries,
            })
            .into(),
            (kind, _) => {
                let message = match kind {
                    TransportErrorKind::Request => "the request could not be sent",
                    _ => "no response from the server",
                };
                let error = ConnectError::new(message, Some(error), retries);
                Error::from(error.with_host(&self.outgoing.uri)).into()
            }
        }
    }

    pub(super) fn timed_out(&self, wait: Option<Duration>, retries: u32) -> Outcome {
        match wait {
            Some(wait) => Outcome::Again(wait),
            None => Error::from(self.timeout_error(retries)).into(),
        }
    }

    pub(super) fn timeout_error(&self, retries: u32) -> TimeoutError {
        match self.deadline {
            Some(deadline) if deadline <= Instant::now() => TimeoutError::Deadline { retries },
            _ => TimeoutError::Attempt {
                limit: Some(self.timeout),
                retries,
            },
        }
    }

    /// Returns the delay before the next attempt. Returns `None` if no retries are left, or if the
    /// deadline would pass first.
    pub(super) fn wait(&self, hints: Option<&HeaderMap>, retries: u32) -> Option<Duration> {
        if retries >= self.max_retries || !self.outgoing.body.is_replayable() {
            return None;
        }
        let wait = retry_policy::delay(
            hints,
            self.client.shared.config.backoff,
            retries,
            now(),
            random::unit_interval(),
        );
        let fits = self
            .deadline
            .is_none_or(|deadline| wait < deadline.saturating_duration_since(Instant::now()));
        fits.then_some(wait)
    }

    /// Returns the delay after a request that may have been sent. Also returns `None` if it must
    /// not be sent twice.
    pub(super) fn wait_after_silence(&self, retries: u32) -> Option<Duration> {
        let wait = self.wait(None, retries);
        wait.filter(|_| self.repeat.should_retry_without_response())
    }

    /// Returns the time at which the attempt that starts now has to be complete.
    pub(super) fn until(&self) -> Option<Instant> {
        let limit = Instant::now().checked_add(self.timeout);
        match (limit, self.deadline) {
            (Some(limit), Some(deadline)) => Some(limit.min(deadline)),
            (limit, deadline) => limit.or(deadline),
        }
    }
}
