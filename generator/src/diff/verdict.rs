//! The verdict on all changes: the version that they require, and the changes that decide it.

use semver::Version;

use super::change::Change;
use super::effects::{Bump, Compile};

/// The verdict on all changes.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// The required version bump.
    pub bump: Bump,
    /// The version of the old crate.
    pub old_version: String,
    /// The version that the new configuration declares.
    pub declared_version: String,
    /// The lowest version that the new crate may have, if the old one is a SemVer version.
    pub required_version: Option<Version>,
    /// The indices of the changes that decide the bump.
    pub deciding: Vec<usize>,
    /// The number of changes that break compilation.
    pub compile_breaking: usize,
    /// The number of changes that break programs on the wire.
    pub wire_breaking: usize,
    /// The number of breaking changes that the configuration accepts.
    pub accepted: usize,
}

impl Verdict {
    /// The verdict on a list of changes.
    #[must_use]
    pub fn new(changes: &[Change], old_version: &str, declared_version: &str) -> Self {
        let bump = changes.iter().map(|change| change.bump).max();
        let bump = bump.unwrap_or(Bump::None);
        let count = |test: &dyn Fn(&Change) -> bool| changes.iter().filter(|c| test(c)).count();
        let deciding = changes.iter().enumerate();
        let deciding = deciding.filter(|(_, change)| change.bump == bump && bump > Bump::None);
        Self {
            bump,
            old_version: old_version.to_owned(),
            declared_version: declared_version.to_owned(),
            required_version: Version::parse(old_version).ok().map(|old| bump.next(&old)),
            deciding: deciding.map(|(index, _)| index).collect(),
            compile_breaking: count(&|change| change.compile == Compile::Breaking),
            wire_breaking: count(&|change| change.wire.breaks()),
            accepted: count(&|change| change.accepted.is_some()),
        }
    }

    /// Whether the declared version is as high as the changes require.
    #[must_use]
    pub fn is_version_sufficient(&self) -> bool {
        let declared = Version::parse(&self.declared_version).ok();
        match (&self.required_version, declared) {
            (Some(required), Some(declared)) => declared >= *required,
            _ => false,
        }
    }
}
