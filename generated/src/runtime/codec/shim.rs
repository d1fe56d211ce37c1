//! `serde` for types that have only [`Encode`] and [`Decode`]: what the macro `codec_shims!` refers
//! to.
//!
//! A format for people (JSON, YAML, …) gets the value's own structure. Any other gets the JSON text
//! as one string, since such formats cannot tell what they hold, which untagged unions depend on.

use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Decode, Encode, Value, Writer, from_slice, to_vec};

/// Serializes through [`Encode`].
///
/// # Errors
///
/// Fails as the serializer does.
pub fn serialize<S: Serializer>(value: &dyn Encode, serializer: S) -> Result<S::Ok, S::Error> {
    let json = to_vec(value);
    if serializer.is_human_readable() {
        let value: Value = from_slice(&json).map_err(S::Error::custom)?;
        value.serialize(serializer)
    } else {
        let text = std::str::from_utf8(&json).map_err(S::Error::custom)?;
        serializer.serialize_str(text)
    }
}

/// Deserializes through [`Decode`].
///
/// # Errors
///
/// Fails as the deserializer does, and if the value is not of type `T`.
pub fn deserialize<'de, T: Decode, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    from_slice(&text(deserializer)?).map_err(D::Error::custom)
}

fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    if deserializer.is_human_readable() {
        let mut writer = Writer::new();
        Value::deserialize(deserializer)?.encode(&mut writer);
        Ok(writer.into_vec())
    } else {
        String::deserialize(deserializer).map(String::into_bytes)
    }
}
