//! The types that `type` can name, except `null`.

use serde_json::Value;

/// A type that `type` can name, except `null`.
///
/// Loading replaces `null` by `nullable`, so the typed document has no other type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NonNullType {
    String,
    Number,
    Integer,
    Boolean,
    Object,
    Array,
}

impl NonNullType {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Number => "number",
            Self::Integer => "integer",
            Self::Boolean => "boolean",
            Self::Object => "object",
            Self::Array => "array",
        }
    }

    pub(crate) const fn is_scalar(self) -> bool {
        !matches!(self, Self::Object | Self::Array)
    }

    /// Returns the type with this name.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "string" => Self::String,
            "number" => Self::Number,
            "integer" => Self::Integer,
            "boolean" => Self::Boolean,
            "object" => Self::Object,
            "array" => Self::Array,
            _ => return None,
        })
    }

    /// Returns the type of a value. The type of `null` is `None`.
    pub(crate) fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Null => None,
            Value::Bool(_) => Some(Self::Boolean),
            Value::Number(n) if n.is_f64() => Some(Self::Number),
            Value::Number(_) => Some(Self::Integer),
            Value::String(_) => Some(Self::String),
            Value::Array(_) => Some(Self::Array),
            Value::Object(_) => Some(Self::Object),
        }
    }

    /// Returns the type that all the values share. `null` has every type.
    pub(crate) fn common(values: &[Value]) -> Option<Self> {
        let mut types = values.iter().filter_map(Self::from_value);
        let first = types.next()?;
        types.try_fold(first, |so_far, next| match (so_far, next) {
            (a, b) if a == b => Some(a),
            (Self::Integer | Self::Number, Self::Integer | Self::Number) => Some(Self::Number),
            _ => None,
        })
    }
}
