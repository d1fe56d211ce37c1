//! Conversion of complete responses into the return values of calls.

use bytes::Bytes;

use super::{Incoming, Response};
use crate::runtime::codec::{self, BodyExpectation, Decode};
use crate::runtime::error::{Error, Reason, ResponseError};

/// A type that a call can return.
///
/// Every type that implements [`Decode`] is decoded from JSON. `()` ignores the body, and `String`
/// also accepts text. [`Bytes`] is the body as received, and [`Response`] is the whole response.
pub trait FromResponse: Sized {
    /// Media type that the request asks for.
    const ACCEPT: &'static str;

    /// Whether the call completes when the response head arrives, and the value streams the body.
    #[doc(hidden)]
    const LIVE: bool = false;

    /// Converts a complete response.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Decode`] if the body is not of this type.
    fn from_response(response: Response) -> Result<Self, Error>;

    /// Converts a response, which is complete unless [`LIVE`](Self::LIVE) is set.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`from_response`](Self::from_response).
    #[doc(hidden)]
    fn from_incoming(incoming: Incoming) -> Result<Self, Error> {
        Self::from_response(incoming.response)
    }
}

impl<T: Decode> FromResponse for T {
    const ACCEPT: &'static str = match T::RESPONSE_BODY {
        BodyExpectation::Json | BodyExpectation::Text | BodyExpectation::MaybeText => {
            "application/json"
        }
        BodyExpectation::Ignored => "*/*",
    };

    fn from_response(response: Response) -> Result<Self, Error> {
        let decoded = match T::RESPONSE_BODY {
            BodyExpectation::Ignored => codec::from_slice(b"null"),
            BodyExpectation::MaybeText if response.body.is_empty() => codec::from_slice(b"null"),
            BodyExpectation::Text | BodyExpectation::MaybeText
                if !response.is_json() && response.property.is_none() =>
            {
                codec::from_slice(&text_as_json(&response))
            }
            BodyExpectation::Json | BodyExpectation::Text | BodyExpectation::MaybeText => {
                match response.property {
                    Some(name) => codec::property_from_slice(response.json(), name),
                    None => codec::from_slice(response.json()),
                }
            }
        };
        decoded.map_err(|error| ResponseError::new(response, Reason::Decode(error)).into())
    }
}

impl FromResponse for Bytes {
    const ACCEPT: &'static str = "*/*";

    fn from_response(response: Response) -> Result<Self, Error> {
        Ok(response.body)
    }
}

impl FromResponse for Response {
    const ACCEPT: &'static str = "application/json";

    fn from_response(response: Response) -> Result<Self, Error> {
        Ok(response)
    }
}

impl<T: FromResponse> FromResponse for (T, Response) {
    const ACCEPT: &'static str = T::ACCEPT;
    const LIVE: bool = T::LIVE;

    fn from_response(response: Response) -> Result<Self, Error> {
        let value = T::from_response(response.clone())?;
        Ok((
            value,
            Response {
                origin: None,
                ..response
            },
        ))
    }

    /// If the value streams the body, the response has no body.
    fn from_incoming(incoming: Incoming) -> Result<Self, Error> {
        let response = incoming.response.clone();
        Ok((T::from_incoming(incoming)?, response))
    }
}

/// Encodes a text body as JSON, so that one decoder handles both.
fn text_as_json(response: &Response) -> Vec<u8> {
    codec::to_vec(&response.text().into_owned())
}
