//! [`Base64Bytes`]: bytes that are a base64 string in JSON.

use std::fmt;
use std::ops::Deref;

use base64::Engine as _;
use base64::alphabet::{Alphabet, STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::{BodyExpectation, Decode, DecodeError, Encode, Reader, Writer};

/// Bytes that are encoded as base64 ([RFC 4648, section
/// 4](https://www.rfc-editor.org/rfc/rfc4648#section-4)): OpenAPI's `format: byte`.
///
/// Dereferences to a byte slice. Encoding adds padding. Decoding accepts text with or without
/// padding, the URL-safe alphabet, and line breaks.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Base64Bytes(Vec<u8>);

impl Base64Bytes {
    /// Creates an empty value.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Decodes base64 text.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not valid base64.
    pub fn from_base64(text: &str) -> Result<Self, ParseBase64Error> {
        /// Mail programs and some encoders insert line breaks.
        const BREAKS: [char; 4] = ['\r', '\n', '\t', ' '];

        let joined;
        let text = match text.contains(BREAKS) {
            true => {
                joined = text.replace(BREAKS, "");
                &joined
            }
            false => text,
        };
        let engine = match text.contains(['-', '_']) {
            true => tolerant(&URL_SAFE),
            false => tolerant(&STANDARD),
        };
        let bytes = engine.decode(text);
        bytes.map(Self).map_err(|_| ParseBase64Error)
    }

    /// Returns the bytes as base64 with padding.
    #[must_use]
    pub fn to_base64(&self) -> String {
        base64::engine::general_purpose::STANDARD.encode(&self.0)
    }

    /// Returns the bytes.
    #[must_use]
    pub fn into_vec(self) -> Vec<u8> {
        self.0
    }
}

/// Returns an engine that accepts text with or without padding.
const fn tolerant(alphabet: &Alphabet) -> GeneralPurpose {
    GeneralPurpose::new(
        alphabet,
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
    )
}

/// An error returned for text that is not valid base64.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParseBase64Error;

impl fmt::Display for ParseBase64Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("invalid base64")
    }
}

impl std::error::Error for ParseBase64Error {}

impl Deref for Base64Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl AsRef<[u8]> for Base64Bytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for Base64Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl From<&[u8]> for Base64Bytes {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }
}

impl<const N: usize> From<&[u8; N]> for Base64Bytes {
    fn from(bytes: &[u8; N]) -> Self {
        Self(bytes.to_vec())
    }
}

impl<const N: usize> From<[u8; N]> for Base64Bytes {
    fn from(bytes: [u8; N]) -> Self {
        Self(bytes.to_vec())
    }
}

impl From<Base64Bytes> for Vec<u8> {
    fn from(bytes: Base64Bytes) -> Self {
        bytes.0
    }
}

impl fmt::Display for Base64Bytes {
    /// Formats the bytes as base64.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.to_base64())
    }
}

impl fmt::Debug for Base64Bytes {
    /// Formats the bytes as a byte string literal, truncated if it is long.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MAX_SHOWN_BYTES: usize = 64;

        let shown = self.0.get(..MAX_SHOWN_BYTES).unwrap_or(&self.0);
        write!(f, "b\"{}\"", shown.escape_ascii())?;
        match self.0.len().checked_sub(shown.len()) {
            None | Some(0) => Ok(()),
            Some(left) => write!(f, "… and {left} more bytes"),
        }
    }
}

impl Decode for Base64Bytes {
    const RESPONSE_BODY: BodyExpectation = BodyExpectation::Text;

    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let bytes = Self::from_base64(r.str()?);
        bytes.map_err(|_| r.invalid("expected base64, found another string"))
    }
}

impl Encode for Base64Bytes {
    fn encode(&self, w: &mut Writer) {
        w.str(&self.to_base64());
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Base64Bytes {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_base64())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Base64Bytes {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <String as serde::Deserialize>::deserialize(deserializer)?;
        Self::from_base64(&text).map_err(serde::de::Error::custom)
    }
}
