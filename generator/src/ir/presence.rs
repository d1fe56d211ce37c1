//! Whether a value may be absent or null, and which way it travels.

/// Whether a property may be left out, and whether it may be `null`.
///
/// OpenAPI decides the first by `required` and the second by `nullable` (3.0)
/// or the type `null` (3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Presence {
    /// Always there, never null.
    Required,
    /// May be left out, never null.
    Optional,
    /// Always there, may be null.
    Nullable,
    /// May be left out, and may be null: three states.
    OptionalNullable,
}

impl Presence {
    /// The presence of a property that is listed in `required` or not, and
    /// accepts `null` or not.
    #[must_use]
    pub const fn new(required: bool, nullable: bool) -> Self {
        match (required, nullable) {
            (true, false) => Self::Required,
            (false, false) => Self::Optional,
            (true, true) => Self::Nullable,
            (false, true) => Self::OptionalNullable,
        }
    }

    /// Whether the property must be there.
    #[must_use]
    pub const fn is_required(self) -> bool {
        matches!(self, Self::Required | Self::Nullable)
    }

    /// Whether `null` is one of the property's values.
    #[must_use]
    pub const fn is_nullable(self) -> bool {
        matches!(self, Self::Nullable | Self::OptionalNullable)
    }

    /// The same, but free to be left out.
    #[must_use]
    pub const fn optional(self) -> Self {
        Self::new(false, self.is_nullable())
    }
}

/// The directions that a value travels in: OpenAPI's `readOnly` and `writeOnly`.
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
