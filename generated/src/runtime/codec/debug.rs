//! `Debug` for objects and unions: what the macro `impl_value_traits!` refers to.
//!
//! An object shows the members that it has on the wire, a union its variant. To derive `Debug` is
//! more code than the codec is, for each type; what the codec writes says the same.

use std::fmt;

use super::writer::{Purpose, VARIANT};
use super::{Decode, DecodeError, Encode, JsonKind, Reader, Value, Writer, from_slice};

/// Shows the members that [`Encode`] writes, by their names on the wire: absent ones are left out, and
/// secrets are `[redacted]`. The payload of a union's variant is shown with its name.
///
/// # Errors
///
/// Fails as the formatter does.
pub fn debug(value: &dyn Encode, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut writer = Writer::internal(Purpose::Debug);
    value.encode(&mut writer);
    match from_slice(writer.as_slice()) {
        Ok(Shown::Object(members)) => {
            let mut shown = f.debug_struct(name);
            for (name, value) in &members {
                shown.field(name, value);
            }
            shown.finish()
        }
        Ok(variant @ Shown::Variant(..)) => fmt::Debug::fmt(&variant, f),
        Ok(value) => f.debug_tuple(name).field(&value).finish(),
        // Nested deeper than it could be read again.
        Err(_) => f.debug_struct(name).finish_non_exhaustive(),
    }
}

/// A value as Rust would show it, its members in their order.
enum Shown {
    Object(Vec<(String, Shown)>),
    Array(Vec<Shown>),
    Scalar(Value),
    /// A variant of a union.
    Variant(String, Box<Shown>),
}

impl Shown {
    /// An object, or the variant that it stands for.
    fn from_members(mut members: Vec<(String, Self)>) -> Self {
        match members.pop() {
            Some((name, payload)) if members.is_empty() && name.starts_with(VARIANT) => {
                Self::Variant(name.replace(VARIANT, ""), Box::new(payload))
            }
            last => {
                members.extend(last);
                Self::Object(members)
            }
        }
    }
}

impl Decode for Shown {
    fn decode(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        match r.kind()? {
            JsonKind::Object => {
                let mut members = Vec::new();
                r.begin_object()?;
                while let Some(name) = r.key()? {
                    members.push((name, r.value()?));
                }
                Ok(Self::from_members(members))
            }
            JsonKind::Array => Vec::decode(r).map(Self::Array),
            _ => Value::decode(r).map(Self::Scalar),
        }
    }
}

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Object(members) => {
                let members = members.iter().map(|(name, value)| (Name(name), value));
                f.debug_map().entries(members).finish()
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

/// A name without quotes.
struct Name<'n>(&'n str);

impl fmt::Debug for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}
