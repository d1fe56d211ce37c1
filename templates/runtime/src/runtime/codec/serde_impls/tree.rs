//! Conversion of JSON between the codec and serde's formats, with all digits of numbers.

use std::fmt;

use serde::de::{DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde::ser::{Error as _, SerializeMap as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::runtime::codec::{Decode, DecodeError, Encode, JsonKind, Reader, Value, Writer, number};

/// Prefix of the names under which `serde_json` passes the text of a value. The value itself may
/// have lost digits.
const TEXT_OF_SERDE_JSON: &str = "$serde_json::private::";

/// Name that asks `serde_json` for the text, as its `RawValue` does. Other formats treat it as a
/// type name and return the value.
const RAW_VALUE: &str = "$serde_json::private::RawValue";

/// A JSON value.
pub(super) enum Tree {
    Null,
    Bool(bool),
    /// A number as spelled, or a complete JSON text.
    Text(String),
    String(String),
    Array(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

impl Decode for Tree {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(match r.kind()? {
            JsonKind::Null => r.null().map(|_| Self::Null)?,
            JsonKind::Bool => Self::Bool(r.bool()?),
            JsonKind::Number => {
                let text = r.number("a number")?;
                Self::Text(String::from_utf8_lossy(text).into_owned())
            }
            JsonKind::String => Self::String(r.str()?.to_owned()),
            JsonKind::Array => Self::Array(Vec::decode(r)?),
            JsonKind::Object => {
                let mut properties = Vec::new();
                r.begin_object()?;
                while let Some(name) = r.key()? {
                    properties.push((name, Self::decode(r)?));
                }
                Self::Object(properties)
            }
        })
    }
}

impl Encode for Tree {
    fn encode(&self, w: &mut Writer) {
        match self {
            Self::Null => w.null(),
            Self::Bool(value) => w.bool(*value),
            Self::Text(text) => w.json(text),
            Self::String(text) => w.str(text),
            Self::Array(items) => items.encode(w),
            Self::Object(properties) => {
                w.begin_object();
                for (name, value) in properties {
                    w.member(name, value);
                }
                w.end_object();
            }
        }
    }
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Text(text) => serialize_number(text, serializer),
            Self::String(text) => serializer.serialize_str(text),
            Self::Array(items) => serializer.collect_seq(items),
            Self::Object(properties) => {
                let mut map = serializer.serialize_map(Some(properties.len()))?;
                for (name, value) in properties {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}

/// Serializes a number as the smallest of serde's types that holds it.
fn serialize_number<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if text != "-0" && !text.contains(['.', 'e', 'E']) {
        if let Ok(value) = text.parse() {
            return serializer.serialize_u64(value);
        }
        if let Ok(value) = text.parse() {
            return serializer.serialize_i64(value);
        }
        if let Ok(value) = text.parse() {
            return serializer.serialize_u128(value);
        }
        if let Ok(value) = text.parse() {
            return serializer.serialize_i128(value);
        }
    }
    match text.parse::<f64>() {
        Ok(value) if number::is_exact(text, value) => serializer.serialize_f64(value),
        _ => Err(S::Error::custom(
            "a number has more digits than serde's number types hold",
        )),
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(RAW_VALUE, TreeVisitor)
    }
}

/// Visits a value of a self-describing format.
struct TreeVisitor;

impl<'de> DeserializeSeed<'de> for TreeVisitor {
    type Value = Tree;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tree, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_none<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<Tree, D::Error> {
        inner.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<Tree, D::Error> {
        inner.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
        Ok(Tree::Text(value.to_string()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Tree, E> {
        Ok(Tree::Text(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
        Ok(Tree::Text(value.to_string()))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Tree, E> {
        Ok(Tree::Text(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Tree, E> {
        // Whole floats stay floats. Infinity and `NaN` become null.
        Ok(Tree::Text(Value::from(value).to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Tree, E> {
        Ok(Tree::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Tree, E> {
        Ok(Tree::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
        let mut tree = Vec::new();
        while let Some(item) = items.next_element_seed(Self)? {
            tree.push(item);
        }
        Ok(Tree::Array(tree))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut properties: A) -> Result<Tree, A::Error> {
        let mut tree = Vec::new();
        while let Some(name) = properties.next_key::<String>()? {
            if name.starts_with(TEXT_OF_SERDE_JSON) {
                return properties.next_value().map(Tree::Text);
            }
            tree.push((name, properties.next_value_seed(Self)?));
        }
        Ok(Tree::Object(tree))
    }
}
