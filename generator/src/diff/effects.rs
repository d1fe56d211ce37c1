//! Effects: the consequences of a change for programs, and the version bump that it requires.
//!
//! *Compile* asks whether code that uses the old crate compiles with the new one. *Wire* asks whether
//! a program that uses only what both crates have still works with the other side's API.

use std::fmt;

use semver::Version;
use serde::Serialize;

/// The effect of a change on code that uses the old crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Compile {
    /// The public interface is the same.
    Unchanged,
    /// The interface has additions or deprecations. All code still compiles.
    Additive,
    /// Some code does not compile any more.
    Breaking,
}

impl Compile {
    /// The verdict in a word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Additive => "additive",
            Self::Breaking => "breaking",
        }
    }
}

/// The effect of a change on a program that calls the other side's API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WireEffect {
    /// Every call works as before.
    Works,
    /// Some calls fail, or their values change their meaning.
    Breaks,
}

impl WireEffect {
    /// Returns `Breaks` if the condition holds.
    #[must_use]
    pub const fn breaks_if(condition: bool) -> Self {
        if condition { Self::Breaks } else { Self::Works }
    }

    /// The verdict in a word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Works => "works",
            Self::Breaks => "breaks",
        }
    }
}

/// The effect of a change on the wire. Both halves are about programs that use only items of both crates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Wire {
    /// A program built with the old crate, calling the new API.
    pub old_program: WireEffect,
    /// A program built with the new crate, calling the old API.
    pub new_program: WireEffect,
}

impl Wire {
    /// Both programs work.
    pub const WORKS: Self = Self::new(WireEffect::Works, WireEffect::Works);
    /// Only the program built with the old crate fails.
    pub const OLD_BREAKS: Self = Self::new(WireEffect::Breaks, WireEffect::Works);
    /// Only the program built with the new crate fails.
    pub const NEW_BREAKS: Self = Self::new(WireEffect::Works, WireEffect::Breaks);
    /// Both programs fail.
    pub const BREAKS: Self = Self::new(WireEffect::Breaks, WireEffect::Breaks);

    /// A verdict of these two halves.
    #[must_use]
    pub const fn new(old_program: WireEffect, new_program: WireEffect) -> Self {
        Self {
            old_program,
            new_program,
        }
    }

    /// The worse of two verdicts, each half by itself.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self::new(
            self.old_program.max(other.old_program),
            self.new_program.max(other.new_program),
        )
    }

    /// Whether either program fails.
    #[must_use]
    pub fn breaks(self) -> bool {
        self != Self::WORKS
    }

    /// Returns the verdict as a sentence, or `None` if both programs work.
    #[must_use]
    pub const fn describe(self) -> Option<&'static str> {
        match (self.old_program, self.new_program) {
            (WireEffect::Works, WireEffect::Works) => None,
            (WireEffect::Breaks, WireEffect::Works) => {
                Some("programs built with the old crate fail with the new API")
            }
            (WireEffect::Works, WireEffect::Breaks) => {
                Some("programs built with the new crate fail with the old API")
            }
            (WireEffect::Breaks, WireEffect::Breaks) => {
                Some("old programs fail with the new API, and new programs with the old one")
            }
        }
    }
}

/// The required version bump, in the terms of [SemVer](https://semver.org).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bump {
    /// No bump, because nothing changed.
    None,
    /// Users need not act.
    Patch,
    /// Users can do more.
    Minor,
    /// Some users must change their code.
    Major,
}

impl Bump {
    /// The bump in a word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }

    /// The lowest version that may follow this one.
    ///
    /// Before 1.0, [Cargo's rules](https://doc.rust-lang.org/cargo/reference/semver.html) take the
    /// first part that is not zero for the major one.
    #[must_use]
    pub fn next(self, version: &Version) -> Version {
        let Version {
            major,
            minor,
            patch,
            ..
        } = *version;
        let is_prerelease = !version.pre.is_empty();
        match (self, major, minor) {
            (Self::None, ..) => version.clone(),
            _ if is_prerelease => Version::new(major, minor, patch),
            (Self::Major, 0, 0) | (Self::Patch, ..) | (Self::Minor, 0, _) => {
                Version::new(major, minor, patch + 1)
            }
            (Self::Major, 0, minor) => Version::new(0, minor + 1, 0),
            (Self::Minor, ..) => Version::new(major, minor + 1, 0),
            (Self::Major, ..) => Version::new(major + 1, 0, 0),
        }
    }
}

impl fmt::Display for Bump {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::{Bump, Version};

    #[test]
    fn cargo_moves_the_parts_of_versions_before_1_0() {
        for (old, bump, next) in [
            ("1.2.3", Bump::Major, "2.0.0"),
            ("1.2.3", Bump::Minor, "1.3.0"),
            ("1.2.3", Bump::Patch, "1.2.4"),
            ("0.2.3", Bump::Major, "0.3.0"),
            ("0.2.3", Bump::Minor, "0.2.4"),
            ("0.2.3", Bump::Patch, "0.2.4"),
            ("0.0.3", Bump::Major, "0.0.4"),
            ("0.0.3", Bump::Minor, "0.0.4"),
            ("0.0.3", Bump::None, "0.0.3"),
            ("2.0.0-rc.1", Bump::Major, "2.0.0"),
        ] {
            let version = Version::parse(old).expect("a version");
            assert_eq!(bump.next(&version).to_string(), next, "{old} {bump}");
        }
    }
}
