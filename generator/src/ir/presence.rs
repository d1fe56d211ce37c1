//! Presence and access of a property.

/// Whether a property can be absent, and whether it can be `null`.
///
/// OpenAPI decides the first by `required` and the second by `nullable` (3.0) or the type `null`
/// (3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Presence {
    /// Always present, never null.
    Required,
    /// Possibly absent, never null.
    Optional,
    /// Always present, possibly null.
    Nullable,
    /// Possibly absent, possibly null: three states.
    OptionalNullable,
}

impl Presence {
    /// Returns the presence of a property that is `required` or not, and accepts `null` or not.
    #[must_use]
    pub const fn new(required: bool, nullable: bool) -> Self {
        match (required, nullable) {
            (true, false) => Self::Required,
            (false, false) => Self::Optional,
            (true, true) => Self::Nullable,
            (false, true) => Self::OptionalNullable,
        }
    }

    /// Whether the property is always present.
    #[must_use]
    pub const fn is_required(self) -> bool {
        matches!(self, Self::Required | Self::Nullable)
    }

    /// Whether `null` is one of the property's values.
    #[must_use]
    pub const fn is_nullable(self) -> bool {
        matches!(self, Self::Nullable | Self::OptionalNullable)
    }

    /// Returns the same presence for an optional property.
    #[must_use]
    pub const fn optional(self) -> Self {
        Self::new(false, self.is_nullable())
    }
}

/// The access to a property: OpenAPI's `readOnly` and `writeOnly`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Access {
    /// Sent and received.
    #[default]
    ReadWrite,
    /// Only received: `readOnly`.
    ReadOnly,
    /// Only sent: `writeOnly`.
    WriteOnly,
}
