//! Former names: names that methods and types had in earlier versions.

use crate::source::Pointer;

/// Former names that the configuration keeps as aliases.
#[derive(Debug, Clone, Default)]
pub struct FormerNames {
    /// Those of methods, with their resources: `pets.list`.
    pub methods: Vec<FormerName>,
    /// Those of resources with all below them: `pets.toys`.
    pub resources: Vec<FormerName>,
    /// Those of types: `PetListParams`.
    pub types: Vec<FormerName>,
}

impl FormerNames {
    /// All former names.
    pub fn iter(&self) -> impl Iterator<Item = &FormerName> {
        let calls = self.methods.iter().chain(&self.resources);
        calls.chain(&self.types)
    }
}

/// The former name of a method, a resource or a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormerName {
    /// The former name.
    pub former: String,
    /// The new name.
    pub to: String,
    /// The version that renamed it.
    pub since: Option<String>,
    /// The version that removes the alias.
    pub until: String,
    /// The JSON pointer of its line in the configuration.
    pub pointer: Pointer,
}

impl FormerName {
    /// Returns the message of `#[deprecated]` for an item with this new name.
    #[must_use]
    pub fn deprecation(&self, new: &str) -> String {
        let until = &self.until;
        format!("renamed to `{new}`; version {until} removes this name")
    }
}
