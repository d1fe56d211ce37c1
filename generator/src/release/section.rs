//! The sections of an entry of a changelog.

use crate::diff::{Change, Code, Compile};

/// A section of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntrySection {
    /// New features.
    Added,
    /// Changes of existing features.
    Changed,
    /// Features that will be removed.
    Deprecated,
    /// Removed features.
    Removed,
    /// Corrections. Only people write them, because a comparison does not know intentions.
    Fixed,
    /// Code before and after each breaking change.
    Migration,
}

impl EntrySection {
    /// All sections, in order.
    pub const ALL: &'static [Self] = &[
        Self::Added,
        Self::Changed,
        Self::Deprecated,
        Self::Removed,
        Self::Fixed,
        Self::Migration,
    ];

    /// Returns the title.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Added => "Added",
            Self::Changed => "Changed",
            Self::Deprecated => "Deprecated",
            Self::Removed => "Removed",
            Self::Fixed => "Fixed",
            Self::Migration => "How to migrate",
        }
    }

    /// Returns the section of a change.
    pub(super) fn find(change: &Change) -> Self {
        let is_breaking = change.compile == Compile::Breaking;
        match change.code {
            Code::MethodDeprecated | Code::TypeDeprecated | Code::FieldDeprecated => {
                Self::Deprecated
            }
            // The old name is an alias.
            Code::MethodRenamed | Code::TypeRenamed if !is_breaking => Self::Deprecated,
            _ if change.before.is_none() && !is_breaking => Self::Added,
            _ if change.after.is_none() => Self::Removed,
            _ => Self::Changed,
        }
    }
}
