//! The type that the keywords of a schema imply if it has no `type`.
//!
//! Parsing asks for the type of a schema that stands alone. Lowering asks for the type of a
//! schema that is composed of others, which parsing leaves without one.

use serde_json::Value;

use super::non_null_type::NonNullType;

/// The keywords of a schema that imply a type.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct TypeHints<'a> {
    /// `enum`. `None` in a composed schema, whose values narrow the type of a subschema.
    pub(crate) values: Option<&'a [Value]>,
    /// Whether a keyword describes objects: `properties`, `minProperties`…
    pub(crate) object: bool,
    /// Whether a keyword describes arrays: `items`, `minItems`…
    pub(crate) array: bool,
    /// Whether a keyword describes strings: `pattern`, `contentMediaType`…
    pub(crate) string: bool,
    /// Whether a keyword describes numbers: `minimum`, `multipleOf`…
    pub(crate) number: bool,
    /// `format`.
    pub(crate) format: Option<&'a str>,
}

impl TypeHints<'_> {
    /// Returns the type that the keywords imply.
    ///
    /// A format precedes the bounds of numbers, because `format: int32` with a `minimum` is an
    /// integer. Real documents do not mix the other groups, so any fixed order works for them.
    pub(crate) fn implied_type(&self) -> Option<NonNullType> {
        if let Some(values) = self.values {
            return NonNullType::common(values).filter(|ty| ty.is_scalar());
        }
        if self.object {
            return Some(NonNullType::Object);
        }
        if self.array {
            return Some(NonNullType::Array);
        }
        if self.string {
            return Some(NonNullType::String);
        }
        let of_format = self.format.and_then(type_of_format);
        of_format.or_else(|| self.number.then_some(NonNullType::Number))
    }
}

/// Returns the type of the values that a format describes.
fn type_of_format(format: &str) -> Option<NonNullType> {
    match format {
        "int32" | "int64" | "uint32" | "uint64" => Some(NonNullType::Integer),
        "float" | "double" => Some(NonNullType::Number),
        "date-time" | "date" | "uuid" | "uri" | "url" | "email" | "byte" | "binary" | "base32"
        | "base16" | "quoted-printable" | "password" | "hostname" | "ipv4" | "ipv6" | "time"
        | "duration" => Some(NonNullType::String),
        _ => None,
    }
}
