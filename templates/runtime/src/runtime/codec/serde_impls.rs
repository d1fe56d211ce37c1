//! `serde` for types that have only [`Encode`] and [`Decode`]: what the macro `impl_value_traits!` refers
//! to.
//!
//! A format for people (JSON, YAML, …) gets the value's own structure. Any other gets the JSON text
//! as one string, since such formats cannot tell what they hold, which untagged unions depend on.

//!
//! `serde_json` gives and takes the codec's own text, so that every number is what the codec reads. Other
//! formats have no numbers of more than 128 bits, and some no larger ones than 64: to write such a
//! number in one of them is an error.

mod tree;

use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use self::tree::Tree;
use super::{Decode, Encode, from_slice, to_vec};

/// Serializes through [`Encode`].
///
/// # Errors
///
/// Fails as the serializer does, and if a number has more digits than a number of serde's can have.
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

/// Deserializes through [`Decode`].
///
/// # Errors
///
/// Fails as the deserializer does, and if the value is not of type `T`.
pub fn deserialize<'de, T: Decode, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    from_slice(&text(deserializer)?).map_err(D::Error::custom)
}

/// Deserializes an integer, which formats that are not for people have as one.
///
/// # Errors
///
/// Fails as the deserializer does, and if the value is not an integer of 64 bits.
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
