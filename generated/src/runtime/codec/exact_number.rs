//! [`ExactNumber`]: a number that keeps all of its digits.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use super::{Decode, DecodeError, Encode, Reader, Writer, number};

/// A number of any size and precision, stored as its JSON text.
///
/// Rust's number types cannot hold integers of more than 64 bits or decimals of more than 15 digits
/// reliably. This type keeps the text, so that a number round-trips unchanged. Create one from an
/// integer with `From`, or from text with [`from_str`](str::parse). Methods such as
/// [`to_u128`](Self::to_u128) return the value if it fits. For arithmetic on larger numbers, pass
/// [`as_str`](Self::as_str) to a library of your choice.
///
/// Two numbers are equal if their texts are equal: `1` does not equal `1.0`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ExactNumber(Cow<'static, str>);

impl ExactNumber {
    /// Zero.
    pub const ZERO: Self = Self(Cow::Borrowed("0"));

    /// Returns the number's JSON text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the value if it is a 64-bit integer, in any spelling (`12`, `12.0`, `1.2e1`).
    #[must_use]
    pub fn to_i64(&self) -> Option<i64> {
        self.to_i128()?.try_into().ok()
    }

    /// Returns the value if it is an unsigned 64-bit integer.
    #[must_use]
    pub fn to_u64(&self) -> Option<u64> {
        self.to_i128()?.try_into().ok()
    }

    /// Returns the value if it is a 128-bit integer.
    #[must_use]
    pub fn to_i128(&self) -> Option<i128> {
        number::integer(self.0.as_bytes()).ok()
    }

    /// Returns the value if it is an unsigned 128-bit integer.
    #[must_use]
    pub fn to_u128(&self) -> Option<u128> {
        match self.to_i128() {
            Some(value) => value.try_into().ok(),
            None => self.0.parse().ok(),
        }
    }

    /// Returns the nearest `f64`, or `None` if the number exceeds the range of `f64`.
    #[must_use]
    pub fn to_f64(&self) -> Option<f64> {
        let value: f64 = self.0.parse().ok()?;
        value.is_finite().then_some(value)
    }
}

/// An error returned for text that is not a JSON number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParseNumberError;

impl fmt::Display for ParseNumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("invalid JSON number")
    }
}

impl std::error::Error for ParseNumberError {}

impl FromStr for ExactNumber {
    type Err = ParseNumberError;

    fn from_str(text: &str) -> Result<Self, ParseNumberError> {
        let mut reader = Reader::new(text.as_bytes());
        match reader.number("a number") {
            Ok(digits) if digits.len() == text.len() => Ok(Self(text.to_owned().into())),
            _ => Err(ParseNumberError),
        }
    }
}

impl TryFrom<f64> for ExactNumber {
    type Error = ParseNumberError;

    /// Converts a float into the shortest decimal that parses back to the same float.
    ///
    /// # Errors
    ///
    /// Returns an error for infinity and `NaN`, which JSON cannot represent.
    fn try_from(value: f64) -> Result<Self, ParseNumberError> {
        String::from_utf8(super::to_vec(&value))
            .map_err(|_| ParseNumberError)?
            .parse()
    }
}

macro_rules! from_integers {
    ($($integer:ident),+) => {$(
        impl From<$integer> for ExactNumber {
            fn from(value: $integer) -> Self {
                Self(value.to_string().into())
            }
        }
    )+};
}

from_integers!(i32, i64, i128, u32, u64, u128);

impl Default for ExactNumber {
    fn default() -> Self {
        Self::ZERO
    }
}

impl fmt::Display for ExactNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for ExactNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Decode for ExactNumber {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let text = r.number("a number")?;
        Ok(Self(String::from_utf8_lossy(text).into_owned().into()))
    }
}

impl Encode for ExactNumber {
    fn encode(&self, w: &mut Writer) {
        w.json(&self.0);
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for ExactNumber {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        super::serde_impls::serialize(self, serializer)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for ExactNumber {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::serde_impls::deserialize(deserializer)
    }
}
