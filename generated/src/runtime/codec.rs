//! Reading and writing JSON.
//!
//! [`from_slice`] decodes JSON as any type of the crate, and [`to_vec`] encodes it. Types of the
//! standard library such as `String`, `Vec<T>` and `BTreeMap<String, T>` can be decoded as well.
//! With the feature `serde`, which is on by default, all types of the crate also implement
//! `serde::Serialize` and `serde::Deserialize`, so that programs can store them in other formats.
//!
//! This module handles only JSON text. It does not depend on HTTP and performs no I/O.

// Every type implements `Decode` and `Encode`, two small traits over one concrete `Reader` and one
// concrete `Writer`. Nothing here is generic over a format, so each type compiles to a few lines of
// plain code. The compile time saved is the reason for this module, although `serde` exists.

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
/// Implementations propagate errors with `?` and add no path. The reader tracks its offset, and
/// [`from_slice`] computes the path once, when it returns an error.
// Every type implements it, and a program calls none of its methods.
#[doc(hidden)]
pub trait Decode: Sized {
    /// Expected response body for a value of this type.
    const RESPONSE_BODY: BodyExpectation = BodyExpectation::Json;

    /// Whether an optional value of this type treats `null` as absent.
    const OMITS_NULL: bool = false;

    /// Reads one value.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not valid JSON, or is not of this type.
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError>;

    /// Returns the value of a missing element at the end of an array, if the element is optional.
    #[must_use]
    fn missing() -> Option<Self> {
        None
    }
}

/// The response body that a type expects.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyExpectation {
    /// JSON, regardless of the response's content type.
    Json,
    /// JSON if the content type says so, and text otherwise.
    Text,
    /// Like [`BodyExpectation::Text`], but an empty body is also accepted.
    MaybeText,
    /// Any body. The body is ignored.
    Ignored,
}

/// A type that can be written as JSON.
#[doc(hidden)]
pub trait Encode {
    /// Writes one value.
    fn encode(&self, w: &mut Writer);

    /// Returns `true` if a property with this value is omitted from its object.
    fn is_absent(&self) -> bool {
        false
    }

    /// Returns `true` if this value is omitted at the end of an array.
    fn is_missing(&self) -> bool {
        false
    }
}

/// Decodes a complete JSON text.
///
/// # Errors
///
/// Returns an error if the text is not valid JSON, has trailing characters, or is not of type `T`.
/// The error holds the path and the position.
pub fn from_slice<T: Decode>(json: &[u8]) -> Result<T, DecodeError> {
    let mut reader = Reader::new(json);
    // Decoded into in place: a move would cost more than the check.
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

/// Decodes one property of the object in a complete JSON text.
///
/// # Errors
///
/// Returns the errors of [`from_slice`], and an error if the property is missing and `T` is not
/// nullable.
#[cfg(feature = "client")]
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
        // The property is null or missing.
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
