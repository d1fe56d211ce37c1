//! Tracing spans and events, named by OpenTelemetry's conventions for HTTP clients.
//!
//! A call is a span, and each attempt is an event in it. Headers, bodies and query values are never
//! recorded, because they may contain secrets. Path values appear only in `url.full`. The span is
//! named after the path template, or after the method if the template is unknown. Without the
//! feature `tracing`, nothing is recorded.

#[cfg(feature = "tracing")]
pub(crate) use self::on::CallSpan;

#[cfg(not(feature = "tracing"))]
pub(crate) use self::off::CallSpan;

#[cfg(feature = "tracing")]
mod on {
    use std::fmt;
    use std::future::Future;
    use std::time::Duration;

    use http::{Method, StatusCode, Uri};
    use tracing::{Instrument as _, Span, debug, field::Empty, info_span};

    use crate::runtime::error::Error;
    use crate::runtime::log::UrlText;
    use crate::runtime::response::Incoming;
    use crate::runtime::transport::{TransportError, TransportErrorKind};

    /// The span of a call.
    #[derive(Clone)]
    pub(crate) struct CallSpan(Span);

    impl CallSpan {
        pub(crate) fn new(method: &Method, template: Option<&str>, uri: &Uri) -> Self {
            let template = template.and_then(|template| template.split('?').next());
            let port = uri.port_u16().or(match uri.scheme_str() {
                Some("https") => Some(443),
                Some("http") => Some(80),
                _ => None,
            });
            Self(info_span!(
                "http.client.call",
                otel.name = %SpanName(method, template),
                otel.kind = "client",
                otel.status_code = Empty,
                http.request.method = %method,
                server.address = uri.host(),
                server.port = port,
                url.full = %UrlText(uri),
                url.scheme = uri.scheme_str(),
                url.template = template,
                http.response.status_code = Empty,
                http.request.resend_count = Empty,
                error.type = Empty,
            ))
        }

        pub(crate) fn around<F: Future>(self, call: F) -> impl Future<Output = F::Output> {
            call.instrument(self.0)
        }

        /// Records that an attempt received a response.
        pub(crate) fn record_response(&self, status: StatusCode, retries: u32) {
            debug!(
                parent: &self.0,
                http.response.status_code = status.as_u16(),
                http.request.resend_count = retries,
                "response received"
            );
        }

        /// Records that an attempt failed without a response.
        pub(crate) fn record_failure(&self, error: &TransportError, retries: u32) {
            let kind = match error.kind() {
                TransportErrorKind::Connect => "connect",
                TransportErrorKind::Connection => "connection",
                TransportErrorKind::Timeout => "timeout",
                TransportErrorKind::Request => "request",
            };
            debug!(
                parent: &self.0,
                error.type = kind,
                http.request.resend_count = retries,
                "no response received"
            );
        }

        /// Records that another attempt follows.
        pub(crate) fn record_retry(&self, retries: u32, wait: Duration) {
            debug!(
                parent: &self.0,
                http.request.resend_count = retries + 1,
                wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX),
                "retrying"
            );
        }

        /// Records the end of the call.
        pub(crate) fn finish(&self, result: &Result<Incoming, Error>, retries: u32) {
            let status = match result {
                Ok(incoming) => Some(incoming.response.status()),
                Err(error) => error.status(),
            };
            if let Some(status) = status {
                self.0.record("http.response.status_code", status.as_u16());
            }
            if retries > 0 {
                self.0.record("http.request.resend_count", retries);
            }
            if let Err(error) = result {
                self.0.record("otel.status_code", "ERROR");
                match error {
                    Error::Api(error) => self.0.record("error.type", error.status().as_str()),
                    other => self.0.record("error.type", name(other)),
                };
            }
        }
    }

    /// The name of a span.
    struct SpanName<'a>(&'a Method, Option<&'a str>);

    impl fmt::Display for SpanName<'_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            self.0.fmt(f)?;
            self.1.map_or(Ok(()), |template| write!(f, " {template}"))
        }
    }

    fn name(error: &Error) -> &'static str {
        match error {
            Error::Config(_) => "config",
            Error::Build(_) => "request",
            Error::Auth(_) => "authentication",
            Error::Connect(_) => "connection",
            Error::Timeout(_) => "timeout",
            Error::Decode(_) => "decode",
            _ => "_OTHER",
        }
    }
}

#[cfg(not(feature = "tracing"))]
mod off {
    use std::future::Future;
    use std::time::Duration;

    use http::{Method, StatusCode, Uri};

    use crate::runtime::transport::TransportError;

    /// A span that records nothing.
    #[derive(Clone)]
    pub(crate) struct CallSpan;

    impl CallSpan {
        pub(crate) fn new(_: &Method, _: Option<&str>, _: &Uri) -> Self {
            Self
        }

        pub(crate) fn around<F: Future>(self, call: F) -> F {
            call
        }

        pub(crate) fn record_response(&self, _: StatusCode, _: u32) {}

        pub(crate) fn record_failure(&self, _: &TransportError, _: u32) {}

        pub(crate) fn record_retry(&self, _: u32, _: Duration) {}

        pub(crate) fn finish<T, E>(&self, _: &Result<T, E>, _: u32) {}
    }
}
