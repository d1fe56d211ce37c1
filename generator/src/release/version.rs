//! The version of a release.

use std::fmt;

use semver::Version;

use crate::diff::{Bump, Verdict};

/// The version of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionChoice {
    /// The version.
    pub version: Version,
    /// The reason why it is lower than the verdict demands, if it is.
    pub exception: Option<String>,
}

/// The reason why a version is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VersionRefusal {
    /// Nothing changed since the last release, and no version was requested.
    NothingChanged {
        /// The released version.
        released: String,
    },
    /// The version is not higher than the released one.
    NotHigher {
        /// The version.
        version: Version,
        /// The released version.
        released: String,
    },
    /// The version is lower than the verdict demands.
    TooLow {
        /// The version.
        version: Version,
        /// The lowest version that the verdict allows.
        required: Version,
        /// The bump that the verdict demands.
        bump: Bump,
    },
}

impl fmt::Display for VersionRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NothingChanged { released } => {
                write!(f, "nothing changed since version {released}")
            }
            Self::NotHigher { version, released } => {
                write!(
                    f,
                    "version {version} is not higher than the released {released}"
                )
            }
            Self::TooLow {
                version,
                required,
                bump,
            } => write!(
                f,
                "version {version} is too low: the changes are {bump} and demand {required}"
            ),
        }
    }
}

impl std::error::Error for VersionRefusal {}

impl VersionRefusal {
    /// Returns a suggestion.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::NothingChanged { .. } => {
                "pass `--version` to publish the crate of a newer sdkwright".to_owned()
            }
            Self::NotHigher { .. } => "pass a higher `--version`".to_owned(),
            Self::TooLow { required, .. } => format!(
                "pass `--version {required}`, or say with `--reason` why the lower version is right"
            ),
        }
    }
}

/// Returns the version of a release.
///
/// Without a requested one, it is the version of the configuration if that is high enough, or else
/// the lowest one that the verdict allows. A lower one needs a reason.
///
/// # Errors
///
/// The version is too low, or nothing changed.
pub fn choose_version(
    verdict: &Verdict,
    requested: Option<&Version>,
    reason: Option<&str>,
) -> Result<VersionChoice, VersionRefusal> {
    // The configuration refuses versions that are not SemVer.
    let released = Version::parse(&verdict.old_version).ok();
    let declared = Version::parse(&verdict.declared_version).ok();
    let raised = declared.filter(|declared| Some(declared) > released.as_ref());
    let required = verdict.required_version.clone();
    if requested.is_none() && raised.is_none() && verdict.bump == Bump::None {
        return Err(VersionRefusal::NothingChanged {
            released: verdict.old_version.clone(),
        });
    }
    let lowest = raised.max(required.clone());
    let version = requested.or(lowest.as_ref()).cloned();
    let version = version.unwrap_or_else(|| Version::new(0, 1, 0));
    if Some(&version) <= released.as_ref() {
        return Err(VersionRefusal::NotHigher {
            version,
            released: verdict.old_version.clone(),
        });
    }
    // A pre-release of the required version is high enough.
    let core = Version::new(version.major, version.minor, version.patch);
    let exception = match required.filter(|required| core < *required) {
        None => None,
        Some(required) => match reason {
            Some(reason) => Some(reason.to_owned()),
            None => {
                return Err(VersionRefusal::TooLow {
                    version,
                    required,
                    bump: verdict.bump,
                });
            }
        },
    };
    Ok(VersionChoice { version, exception })
}

#[cfg(test)]
mod tests {
    use semver::Version;

    use super::{VersionRefusal, choose_version};
    use crate::diff::{Bump, Verdict};

    fn verdict(bump: Bump, old: &str, declared: &str) -> Verdict {
        let mut verdict = Verdict::new(&[], old, declared);
        verdict.bump = bump;
        verdict.required_version = Version::parse(old).ok().map(|old| bump.next(&old));
        verdict
    }

    #[test]
    fn the_verdict_sets_the_lowest_version() {
        for (bump, old, declared, requested, chosen) in [
            (Bump::Major, "0.3.1", "0.3.1", None, "0.4.0"),
            (Bump::Minor, "1.2.3", "1.2.3", None, "1.3.0"),
            (Bump::Patch, "1.2.3", "2.0.0", None, "2.0.0"),
            (Bump::Major, "1.2.3", "1.2.4", None, "2.0.0"),
            (Bump::Patch, "1.2.3", "1.2.3", Some("1.5.0"), "1.5.0"),
            (
                Bump::Major,
                "1.2.3",
                "1.2.3",
                Some("2.0.0-rc.1"),
                "2.0.0-rc.1",
            ),
            (Bump::Patch, "2.0.0-rc.1", "2.0.0-rc.1", None, "2.0.0"),
            (Bump::None, "1.2.3", "1.2.3", Some("1.2.4"), "1.2.4"),
        ] {
            let requested = requested.map(|text| Version::parse(text).unwrap());
            let choice = choose_version(&verdict(bump, old, declared), requested.as_ref(), None);
            let choice = choice.unwrap();
            assert_eq!(choice.version.to_string(), chosen, "{bump} {old}");
            assert_eq!(choice.exception, None);
        }
    }

    #[test]
    fn a_lower_version_needs_a_reason_and_a_released_one_is_refused() {
        let verdict = verdict(Bump::Major, "1.2.3", "1.2.3");
        let low = Version::new(1, 3, 0);
        let refused = choose_version(&verdict, Some(&low), None);
        assert!(matches!(refused, Err(VersionRefusal::TooLow { .. })));
        let choice = choose_version(&verdict, Some(&low), Some("Nobody called it.")).unwrap();
        assert_eq!(choice.exception.as_deref(), Some("Nobody called it."));
        for version in [Version::new(1, 2, 3), Version::new(1, 0, 0)] {
            let refused = choose_version(&verdict, Some(&version), Some("Because."));
            assert!(matches!(refused, Err(VersionRefusal::NotHigher { .. })));
        }
    }

    #[test]
    fn nothing_is_released_without_a_change() {
        let refused = choose_version(&verdict(Bump::None, "1.2.3", "1.2.3"), None, None);
        assert!(matches!(
            refused,
            Err(VersionRefusal::NothingChanged { .. })
        ));
    }
}
