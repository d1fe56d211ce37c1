//! `Debug` for objects and unions, used by the macro `impl_value_traits!`.
//!
//! An object shows its JSON properties, and a union shows its variant. A derived `Debug` would be
//! more code per type than the codec. This implementation formats the codec's output instead.

use std::fmt;

use super::writer::{Purpose, VARIANT};
use super::{Decode, DecodeError, Encode, JsonKind, Reader, Value, Writer, from_slice};

/// Formats the properties that [`Encode`] writes, by their JSON names.
///
/// Absent properties are omitted, and secrets are shown as `[redacted]`. The payload of a union is
/// shown with the name of its variant.
///
/// # Errors
///
/// Returns the formatter's error.
pub fn debug(value: &dyn Encode, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut writer = Writer::internal(Purpose::Debug);
    value.encode(&mut writer);
    match from_slice(writer.as_slice()) {
        Ok(DebugValue::Object(properties)) => {
            let mut shown = f.debug_struct(name);
            for (name, value) in &properties {
                shown.field(name, value);
            }
            shown.finish()
        }
        Ok(variant @ DebugValue::Variant(..)) => fmt::Debug::fmt(&variant, f),
        Ok(value) => f.debug_tuple(name).field(&value).finish(),
        // The value is nested more deeply than the reader allows.
        Err(_) => f.debug_struct(name).finish_non_exhaustive(),
    }
}

/// A value in the form of Rust's `Debug` output. Properties keep their order.
enum DebugValue {
    Object(Vec<(String, DebugValue)>),
    Array(Vec<DebugValue>),
    Scalar(Value),
    /// A variant of a union, with its payload.
    Variant(String, Box<DebugValue>),
}

impl DebugValue {
    /// Creates an object, or the union variant that an object encodes.
    fn from_properties(mut properties: Vec<(String, Self)>) -> Self {
        match properties.pop() {
            Some((name, payload)) if properties.is_empty() && name.starts_with(VARIANT) => {
                Self::Variant(name.replace(VARIANT, ""), Box::new(payload))
            }
            last => {
                properties.extend(last);
                Self::Object(properties)
            }
        }
    }
}

impl Decode for DebugValue {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        match r.kind()? {
            JsonKind::Object => {
                let mut properties = Vec::new();
                r.begin_object()?;
                while let Some(name) = r.key()? {
                    properties.push((name, r.value()?));
                }
                Ok(Self::from_properties(properties))
            }
            JsonKind::Array => Vec::decode(r).map(Self::Array),
            _ => Value::decode(r).map(Self::Scalar),
        }
    }
}

impl fmt::Debug for DebugValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Object(properties) => {
                let properties = properties.iter().map(|(name, value)| (Name(name), value));
                f.debug_map().entries(properties).finish()
            }
            Self::Array(elements) => f.debug_list().entries(elements).finish(),
            Self::Variant(name, value) => match &**value {
                Self::Scalar(Value::Null) => f.write_str(name),
                value => f.debug_tuple(name).field(value).finish(),
            },
            Self::Scalar(Value::String(text)) => fmt::Debug::fmt(text, f),
            Self::Scalar(value) => fmt::Display::fmt(value, f),
        }
    }
}

/// A name that is formatted without quotes.
struct Name<'n>(&'n str);

impl fmt::Debug for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}
