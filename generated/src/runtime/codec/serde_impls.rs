//! Serde support for types that implement [`Encode`] and [`Decode`], used by the macro
//! `impl_value_traits!`.
//!
//! Human-readable formats (JSON, YAML, …) receive the value's own structure. Other formats receive
//! the JSON text as one string. They are not self-describing, and untagged unions depend on that.
//!
//! `serde_json` exchanges the codec's own text, so that numbers keep all digits. Other formats hold
//! numbers of at most 128 bits, and some of at most 64. Serializing a larger number to such a
//! format is an error.

mod tree;

use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use self::tree::Tree;
use super::{Decode, Encode, from_slice, to_vec};

/// Serializes a value through [`Encode`].
///
/// # Errors
///
/// Returns the serializer's error, or an error if a number has more digits than serde's types hold.
pub fn serialize<S: Serializer>(value: &dyn Encode, serializer: S) -> Result<S::Ok, S::Error> {
    let json = to_vec(value);
    if serializer.is_human_readable() {
        let tree: Tree = from_slice(&json).map_err(S::Error::custom)?;
        tree.serialize(serializer)
    } else {
        let text = std::str::from_utf8(&json).map_err(S::Error::custom)?;
        serializer.serialize_str(text)
    }
}

/// Deserializes a value through [`Decode`].
///
/// # Errors
///
/// Returns the deserializer's error, or an error if the value is not of type `T`.
pub fn deserialize<'de, T: Decode, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    from_slice(&text(deserializer)?).map_err(D::Error::custom)
}

/// Deserializes an integer, which formats that are not human-readable store as such.
///
/// # Errors
///
/// Returns the deserializer's error, or an error if the value is not a 64-bit integer.
pub fn deserialize_integer<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    if deserializer.is_human_readable() {
        self::deserialize(deserializer)
    } else {
        i64::deserialize(deserializer)
    }
}

fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    if deserializer.is_human_readable() {
        Tree::deserialize(deserializer).map(|tree| to_vec(&tree))
    } else {
        String::deserialize(deserializer).map(String::into_bytes)
    }
}
