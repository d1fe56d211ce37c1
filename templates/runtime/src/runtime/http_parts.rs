//! Calls without the transport of this SDK, for programs that do their own I/O.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use crate::runtime::api::Api;
use crate::runtime::body::{Body, ResponseBody};
use crate::runtime::error::{ApiError, Error};
use crate::runtime::events::StreamSettings;
use crate::runtime::page::PageOrigin;
use crate::runtime::request::Request;
use crate::runtime::response::{FromResponse, Incoming, LiveBody, Response};
use crate::runtime::send::{self, ResponseMode};

impl<T: FromResponse> Request<'_, T> {
    /// Returns the HTTP request of the call instead of sending it, and the reader of its response.
    ///
    /// The request is complete: it has the credentials, the headers, the query and the body. The
    /// program sends it once, and is responsible for retries, time limits and redirects. Nothing is
    /// sent here, except a request for an access token if the call needs one.
    ///
    /// ```text
    /// let (request, reader) = client.pets().retrieve("p1").into_http().await?;
    /// let response: http::Response<Bytes> = my_http_client.send(request).await?;
    /// let pet = reader.read(response)?;
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the errors of a call that occur before it is sent.
    pub async fn into_http(self) -> Result<(http::Request<Body>, ResponseReader<T>), Error> {
        let mode = ResponseMode {
            accept: T::ACCEPT,
            live: T::LIVE,
        };
        let reader = ResponseReader {
            api: self.client.shared.config.api,
            property: self.parts.property,
            origin: PageOrigin::from_request(self.client, &self.parts),
            reading: StreamSettings::new(self.client, &self.parts, mode),
            value: PhantomData,
        };
        let request = send::build_http_request(self.client, self.parts, mode).await?;
        Ok((request, reader))
    }
}

/// Reads the response of a request that [`Request::into_http`] returned.
pub struct ResponseReader<T> {
    api: &'static Api,
    property: Option<&'static str>,
    origin: Option<Arc<PageOrigin>>,
    reading: StreamSettings,
    value: PhantomData<fn() -> T>,
}

impl<T: FromResponse> ResponseReader<T> {
    /// Decodes a complete response.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Api`] for an error status, and [`Error::Decode`] if the body is not of this
    /// type, as awaiting the call does.
    pub fn read(self, response: http::Response<impl Into<Bytes>>) -> Result<T, Error> {
        let (head, body) = response.into_parts();
        let mut response = Response {
            status: head.status,
            headers: head.headers,
            body: body.into(),
            retries: 0,
            id_header: self.api.request_id_header,
            property: self.property,
            origin: self.origin,
        };
        if !response.status.is_success() {
            return Err(ApiError::new(response, self.api).into());
        }
        if !T::LIVE {
            return T::from_response(response);
        }
        let body = ResponseBody::from(std::mem::take(&mut response.body));
        let body = LiveBody::new(body, None, 0, usize::MAX, Duration::MAX);
        T::from_incoming(Incoming::live(response, body).read_as(Some(self.reading)))
    }
}

impl<T> fmt::Debug for ResponseReader<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResponseReader")
    }
}
