//! From a whole answer to the value that a call returns.

use bytes::Bytes;

use super::{Incoming, Response};
use crate::runtime::codec::{self, BodyExpectation, Decode};
use crate::runtime::error::{Error, Reason, ResponseError};

/// A value that a call can return.
///
/// Every type that has [`Decode`] is one, from JSON; `()` ignores the body, `String` takes
/// text as well, [`Bytes`] takes the body as it is, and [`Response`] is the answer itself.
pub trait FromResponse: Sized {
    /// What the call asks the server for.
    const ACCEPT: &'static str;

    /// Whether the call is over when the head of a good answer is here, and the value reads
    /// the body as it comes.
    const LIVE: bool = false;

    /// Makes the value of a whole answer.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when the body is not of the expected form.
    fn from_response(response: Response) -> Result<Self, Error>;

    /// Makes the value of an answer that is whole, unless this is [`LIVE`](Self::LIVE).
    ///
    /// # Errors
    ///
    /// As those of [`from_response`](Self::from_response).
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
                if !response.says_json() && response.property.is_none() =>
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

    /// The answer has no body if the value reads it.
    fn from_incoming(incoming: Incoming) -> Result<Self, Error> {
        let response = incoming.response.clone();
        Ok((T::from_incoming(incoming)?, response))
    }
}

/// A text body in JSON's form, so that one way of decoding serves both.
fn text_as_json(response: &Response) -> Vec<u8> {
    codec::to_vec(&response.text().into_owned())
}
