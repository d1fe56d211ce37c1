//! [`ExactNumber`]: a number with every digit that it has on the wire.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use super::{Decode, DecodeError, Encode, Reader, Writer, number};

/// A number of any size and precision, kept as its JSON text.
///
/// Integers of more than 64 bits and decimals of more than 15 digits fit no number of the language.
/// This type keeps their text, so that reading and writing one changes nothing. `From` makes one of
/// an integer, [`from_str`](str::parse) of a text, and a method such as [`to_u128`](Self::to_u128)
/// gives the value where it fits; for arithmetic on larger ones, give [`as_str`](Self::as_str) to
/// the library of your choice.
///
/// Two of them are equal if their texts are: `1` is not `1.0`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ExactNumber(Cow<'static, str>);

impl ExactNumber {
    /// Zero.
    pub const ZERO: Self = Self(Cow::Borrowed("0"));

    /// The number as JSON spells it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The value, if it is an integer of 64 bits, however it is spelled (`12`, `12.0`, `1.2e1`).
    #[must_use]
    pub fn to_i64(&self) -> Option<i64> {
        self.to_i128()?.try_into().ok()
    }

    /// The value, if it is an integer of 64 bits without a sign.
    #[must_use]
    pub fn to_u64(&self) -> Option<u64> {
        self.to_i128()?.try_into().ok()
    }

    /// The value, if it is an integer of 128 bits.
    #[must_use]
    pub fn to_i128(&self) -> Option<i128> {
        number::integer(self.0.as_bytes()).ok()
    }

    /// The value, if it is an integer of 128 bits without a sign.
    #[must_use]
    pub fn to_u128(&self) -> Option<u128> {
        match self.to_i128() {
            Some(value) => value.try_into().ok(),
            None => self.0.parse().ok(),
        }
    }

    /// The nearest double, unless the number is too large for any.
    #[must_use]
    pub fn to_f64(&self) -> Option<f64> {
        let value: f64 = self.0.parse().ok()?;
        value.is_finite().then_some(value)
    }
}

/// A text that is not a number as JSON spells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParseNumberError;

impl fmt::Display for ParseNumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text is not a JSON number")
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

    /// The number in the fewest digits that read back as the same double; JSON has none for
    /// infinity and `NaN`.
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
