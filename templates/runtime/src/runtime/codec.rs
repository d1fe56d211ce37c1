//! Reading and writing JSON.
//!
//! Every type of the crate implements [`Decode`] and [`Encode`], two small traits over one concrete
//! [`Reader`] and one concrete [`Writer`]. Nothing here is generic over a format, so a type costs a
//! few lines of plain code to compile; that is what makes this module worth having beside `serde`.
//! With the feature `serde`, which is on by default, types still implement `serde::Serialize` and
//! `serde::Deserialize`, through `impl_value_traits!`, for storing and logging them in other formats.
//!
//! This module owns the JSON text. It knows nothing of HTTP, and it does no I/O.

mod base64_bytes;
mod containers;
mod date_time;
pub(crate) mod debug;
pub(crate) mod equal;
mod error;
mod error_path;
mod escape;
mod exact_number;
pub(crate) mod extra;
mod field_set;
mod macros;
mod nullable;
pub(crate) mod number;
pub(crate) mod raw_json;
pub(crate) mod reader;
pub(crate) mod rfc3339;
mod scalars;
#[cfg(feature = "serde")]
pub(crate) mod serde_impls;
mod tuples;
mod value;
pub(crate) mod writer;

pub use base64_bytes::{Base64Bytes, ParseBase64Error};
pub use date_time::{Date, DateTime};
pub use error::DecodeError;
pub use exact_number::{ExactNumber, ParseNumberError};
pub use extra::Extra;
pub(crate) use extra::UnknownFields;
pub use nullable::Nullable;
pub(crate) use raw_json::{JsonKind, RawJson};
pub(crate) use reader::Reader;
pub use tuples::OpenTuple;
pub(crate) use writer::Writer;

/// Any JSON value.
pub use serde_json::Value;

/// A type that can be read from JSON.
///
/// Errors carry no path: the reader knows where it stands, and [`from_slice`] adds the path once,
/// when an error leaves it. So an implementation needs nothing but `?`.
pub trait Decode: Sized {
    /// What a server's answer has to be for a value of this type.
    const RESPONSE_BODY: BodyExpectation = BodyExpectation::Json;

    /// Whether `null` is read as a value that is left out where it is optional.
    const OMITS_NULL: bool = false;

    /// Reads one value.
    ///
    /// # Errors
    ///
    /// Fails if the text is not JSON, or not JSON of this type.
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError>;

    /// What it is where an array ends before it, if an array may.
    #[must_use]
    fn missing() -> Option<Self> {
        None
    }
}

/// What the body of a server's answer has to be for a value of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyExpectation {
    /// JSON, whatever the answer calls itself.
    Json,
    /// JSON where the answer says that it is JSON, and else a text.
    Text,
    /// As [`BodyExpectation::Text`], or nothing at all.
    MaybeText,
    /// Anything: the body is of no interest.
    Ignored,
}

/// A type that can be written as JSON.
pub trait Encode {
    /// Writes one value.
    fn encode(&self, w: &mut Writer);

    /// Whether a member with this value is left out of its object.
    fn is_absent(&self) -> bool {
        false
    }

    /// Whether an array with this value at its end is written without it.
    fn is_missing(&self) -> bool {
        false
    }
}

/// Decodes a whole JSON text.
///
/// # Errors
///
/// Fails if the text is not valid JSON, has something after the value, or is not of type `T`. The
/// error says where.
pub fn from_slice<T: Decode>(json: &[u8]) -> Result<T, DecodeError> {
    let mut reader = Reader::new(json);
    // Changed where it is, since to move a value costs more than to look at it.
    let mut value = T::decode(&mut reader);
    if value.is_ok()
        && let Err(error) = reader.finish()
    {
        value = Err(error);
    }
    if let Err(error) = &mut value {
        error.locate(json);
    }
    value
}

/// Decodes one property of the object that a whole JSON text is.
///
/// # Errors
///
/// As those of [`from_slice`], and if the object has no such property, unless `T` can be `null`.
pub(crate) fn property_from_slice<T: Decode>(json: &[u8], name: &str) -> Result<T, DecodeError> {
    let read = |required: &[usize]| {
        let mut reader = Reader::new(json);
        let mut value: Option<T> = None;
        let mut rest = Extra::new();
        let result = reader
            .object(&[name], &mut [&mut value], &mut rest, required)
            .and_then(|()| reader.finish());
        result.map(|()| value).map_err(|mut error| {
            error.locate(json);
            error
        })
    };
    match read(&[])? {
        Some(value) => Ok(value),
        // The property is `null`, or it is missing.
        None => match from_slice(b"null") {
            Ok(value) => Ok(value),
            Err(error) => Err(read(&[0]).err().unwrap_or(error)),
        },
    }
}

/// Encodes a value as compact JSON.
#[must_use]
pub fn to_vec<T: Encode + ?Sized>(value: &T) -> Vec<u8> {
    let mut writer = Writer::new();
    value.encode(&mut writer);
    writer.into_vec()
}
