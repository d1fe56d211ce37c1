//! Execution of calls: attempts, the delays between them, and their time limits.

mod exchange;
mod failed_attempt;
mod limits;
mod prepare;

use self::exchange::Broken;
use self::limits::limited;
pub(crate) use self::prepare::uri;

#[cfg(feature = "mock")]
use std::borrow::Cow;
use std::pin::pin;
use std::time::Duration;

use http::StatusCode;
use http::header::{AUTHORIZATION, HeaderName};

use crate::runtime::auth::Bearer;
use crate::runtime::body::{Body, BodyReadError, Collected, collect};
use crate::runtime::call_span::CallSpan;
use crate::runtime::client::Client;
use crate::runtime::clock::{Instant, now, sleep, sleep_until};
use crate::runtime::error::{ApiError, ConnectError, Error, Reason, ResponseError};
use crate::runtime::events::StreamSettings;
use crate::runtime::log::{self, LogLevel};
use crate::runtime::progress::Hook;
use crate::runtime::redirect::Outgoing;
use crate::runtime::request_parts::RequestParts;
use crate::runtime::response::{Incoming, LiveBody, Response};
use crate::runtime::retry_policy::Repeat;
use crate::runtime::transport::BoxFuture;
#[cfg(feature = "mock")]
use crate::runtime::uri::BaseUrl;

/// Header with the number of the attempt, starting at 0.
pub(crate) const RETRY_COUNT: HeaderName = HeaderName::from_static("x-retry-count");

/// The requested response.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ResponseMode {
    /// Requested media type.
    pub(crate) accept: &'static str,
    /// Whether a successful response is returned as soon as its head arrives.
    pub(crate) live: bool,
}

/// Sends the call that `parts` describe.
pub(crate) fn send<'c>(
    client: &'c Client,
    mut parts: Box<RequestParts>,
    asked: ResponseMode,
) -> BoxFuture<'c, Result<Incoming, Error>> {
    Box::pin(async move {
        parts.ensure_idempotency_key(client.shared.config.api.idempotency_header);
        let reading = asked
            .live
            .then(|| StreamSettings::new(client, &parts, asked).resuming(client, &parts, asked));
        let mut call = Call::prepare(client, *parts, asked)?;
        let reading = reading.map(|reading| reading.with_repeat(call.repeat));
        call.traced()
            .await
            .map(|incoming| incoming.read_as(reading))
    })
}

/// Builds the request of the call that `parts` describe, with its credentials and an open body.
pub(crate) fn build_http_request<'c>(
    client: &'c Client,
    mut parts: Box<RequestParts>,
    mode: ResponseMode,
) -> BoxFuture<'c, Result<http::Request<Body>, Error>> {
    Box::pin(async move {
        parts.ensure_idempotency_key(client.shared.config.api.idempotency_header);
        let mut call = Call::prepare(client, *parts, mode)?;
        call.sign().await?;
        let body = call.outgoing.body.open(call.progress.as_ref()).await?;
        limits::check_length(&call.outgoing.headers, &body)?;
        Ok(call.request(&call.outgoing, body, 0))
    })
}

/// Sends a request unchanged, without credentials and without following redirects.
pub(crate) fn send_unchanged(
    client: &Client,
    outgoing: Outgoing,
) -> BoxFuture<'_, Result<Response, Error>> {
    let config = &client.shared.config;
    let mut call = Call {
        client,
        #[cfg(feature = "mock")]
        base: None,
        trace: CallSpan::new(&outgoing.method, None, &outgoing.uri),
        outgoing,
        live: false,
        property: None,
        progress: None,
        bearer: None,
        redirects: 0,
        counts_retries: false,
        max_retries: config.max_retries,
        // Every response is acceptable.
        repeat: Repeat {
            rule: config.api.retry_rule,
            is_idempotent: true,
        },
        timeout: config.timeout,
        deadline: None,
    };
    Box::pin(async move { call.traced().await.map(|incoming| incoming.response) })
}

/// A call that can be attempted several times.
struct Call<'c> {
    client: &'c Client,
    /// Base URL, which a mock removes from the URL.
    #[cfg(feature = "mock")]
    base: Option<Cow<'c, BaseUrl>>,
    trace: CallSpan,
    outgoing: Outgoing,
    live: bool,
    /// Property of the response that the call returns.
    property: Option<&'static str>,
    /// Callback for the number of bytes sent.
    progress: Option<Hook>,
    bearer: Option<Bearer<'c>>,
    redirects: usize,
    counts_retries: bool,
    max_retries: u32,
    repeat: Repeat,
    timeout: Duration,
    deadline: Option<Instant>,
}

/// The outcome of an attempt.
enum Outcome {
    Done(Result<Incoming, Error>),
    Again(Duration),
}

impl From<Error> for Outcome {
    fn from(error: Error) -> Self {
        Self::Done(Err(error))
    }
}

impl Call<'_> {
    /// Runs the call within its tracing span.
    fn traced(&mut self) -> impl Future<Output = Result<Incoming, Error>> {
        self.trace.clone().around(async {
            let mut retries = 0;
            let result = self.run(&mut retries).await;
            self.trace.finish(&result, retries);
            result
        })
    }

    /// Attempts the call until it completes.
    ///
    /// If the server rejects a cached token, the call is sent once more with a new token.
    async fn run(&mut self, retries: &mut u32) -> Result<Incoming, Error> {
        loop {
            match self.attempt(*retries).await {
                Outcome::Done(result) if is_unauthorized(&result) => {
                    if !self.drops_token() {
                        return result;
                    }
                }
                Outcome::Done(result) => {
                    if let (Ok(_), Some(bearer)) = (&result, &self.bearer) {
                        bearer.accept();
                    }
                    return result;
                }
                Outcome::Again(wait) => {
                    self.trace.record_retry(*retries, wait);
                    let (log, api) = self.log();
                    log.write(LogLevel::Info, || log::describe_retry(api, *retries, wait));
                    sleep(wait).await;
                    *retries += 1;
                }
            }
        }
    }

    /// Discards the rejected token, if a retry with another may succeed.
    fn drops_token(&mut self) -> bool {
        let is_replayable = self.outgoing.body.is_replayable();
        is_replayable && self.bearer.as_mut().is_some_and(Bearer::reject)
    }

    /// Adds a token to the request, if it needs one.
    async fn sign(&mut self) -> Result<(), Error> {
        if let Some(bearer) = &mut self.bearer
            && let Some(header) = bearer.header(self.client).await?
        {
            self.outgoing.headers.insert(AUTHORIZATION, header);
        }
        Ok(())
    }

    /// Sends the request once. Reads the response, unless another attempt is needed.
    async fn attempt(&mut self, retries: u32) -> Outcome {
        // One timer for the whole attempt. Creating a timer costs more than polling it.
        let mut timer = pin!(self.until().map(sleep_until));
        let signed = {
            let sign = pin!(self.sign());
            limited(timer.as_mut(), sign).await
        };
        match signed {
            Some(Ok(())) => {}
            Some(Err(error)) => return error.into(),
            // No request has been sent yet.
            None => return self.timed_out(self.wait(None, retries), retries),
        }
        let (log, api) = self.log();
        log.write(LogLevel::Debug, || {
            log::describe_request(api, &self.outgoing)
        });
        let start = Instant::now();
        let received = {
            let exchange = pin!(self.exchange(retries));
            limited(timer.as_mut(), exchange).await
        };
        let response = match received {
            Some(Ok(response)) => response,
            Some(Err(Broken::Transport(error))) => return self.broken(error, retries),
            Some(Err(Broken::Redirect(why))) => {
                return Error::from(ConnectError::new(why, None, retries)).into();
            }
            Some(Err(Broken::Body(error))) => return Error::from(error).into(),
            Some(Err(Broken::Length(error))) => return Error::from(error).into(),
            None => return self.timed_out(self.wait_after_silence(retries), retries),
        };
        let (head, body) = response.into_parts();
        self.trace.record_response(head.status, retries);
        log.write(LogLevel::Info, || {
            log::describe_response(api, &self.outgoing, head.status, start.elapsed())
        });
        log.write(LogLevel::Debug, || {
            log::describe_headers(api, &head.headers)
        });
        if !head.status.is_success()
            && self
                .repeat
                .should_retry_response(head.status, &head.headers, now())
            && let Some(wait) = self.wait(Some(&head.headers), retries)
        {
            return Outcome::Again(wait);
        }
        let mut response = Response {
            status: head.status,
            headers: head.headers,
            body: bytes::Bytes::new(),
            retries,
            id_header: self.client.shared.config.api.request_id_header,
            property: self.property,
            origin: None,
        };
        let limit = self.client.shared.config.max_response_bytes;
        if self.live && response.status.is_success() {
            let rest = LiveBody::new(body, self.deadline, retries, limit, self.timeout)
                .with_uri(self.outgoing.uri.clone());
            return Outcome::Done(Ok(Incoming::live(response, rest)));
        }
        let mut collected = Collected::default();
        let read = limited(timer, pin!(collect(body, limit, &mut collected))).await;
        response.body = collected.into_bytes();
        Outcome::Done(self.check_response(response, read).map(Incoming::whole))
    }

    /// Returns the level of log lines, and the name that begins them.
    fn log(&self) -> (LogLevel, &'static str) {
        let config = &self.client.shared.config;
        (config.log, config.api.name)
    }

    /// Converts a response, as far as it was received, into the result of the call.
    ///
    /// An error status takes precedence over a truncated body, because it is more informative.
    fn check_response(
        &self,
        response: Response,
        read: Option<Result<(), BodyReadError>>,
    ) -> Result<Response, Error> {
        let retries = response.retries;
        if !response.status.is_success() {
            return Err(ApiError::new(response, self.client.shared.config.api).into());
        }
        match read {
            Some(Ok(())) => Ok(response),
            Some(Err(BodyReadError::TooLong)) => {
                let limit = self.client.shared.config.max_response_bytes;
                Err(ResponseError::new(response, Reason::TooLong(limit)).into())
            }
            Some(Err(BodyReadError::Broken(error))) => Err(ConnectError::new(
                "the connection was lost before the response was complete",
                Some(error),
                retries,
            )
            .with_host(&self.outgoing.uri)
            .into()),
            None => Err(self.timeout_error(retries).into()),
        }
    }
}

fn is_unauthorized(result: &Result<Incoming, Error>) -> bool {
    matches!(result, Err(Error::Api(error)) if error.status() == StatusCode::UNAUTHORIZED)
}
