//! The code of a diagnostic, and the facts that the table holds about it.

use std::fmt;

pub use super::table::Code;
use super::table::FORMER_CODES;
use super::{Severity, Strictness};
use crate::source::find_similar_names;

/// Severity of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// Always a warning.
    Warning,
    /// A warning, and an error with `--strict`. The repair is a guess.
    Strict,
    /// Always an error.
    Error,
}

/// File that a code is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// The OpenAPI document.
    Document,
    /// The configuration, `sdk.yaml`.
    Config,
    /// The text of either file.
    Either,
}

/// A row of the table.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) level: Level,
    pub(super) scope: Scope,
    pub(super) summary: &'static str,
    pub(super) explanation: &'static str,
}

/// Defines [`Code`] from the rows of the table.
macro_rules! codes {
    ($($code:ident $name:literal $level:ident $scope:ident $summary:literal,)*) => {
        /// Code of a diagnostic: a stable name in kebab case, such as `unresolved-ref`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = $summary] $code,)*
        }

        impl Code {
            /// All codes, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$code,)*];

            pub(super) const fn row(self) -> &'static $crate::diagnostics::code::Row {
                use $crate::diagnostics::code::{Level, Row, Scope};

                match self {
                    $(Self::$code => &Row {
                        name: $name,
                        level: Level::$level,
                        scope: Scope::$scope,
                        summary: $summary,
                        explanation: include_str!(concat!("explanations/", $name, ".md")),
                    },)*
                }
            }
        }
    };
}
pub(super) use codes;

impl Code {
    /// Returns the name of the code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.row().name
    }

    /// Finds the code with a name.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        let mut codes = Self::ALL.iter().copied();
        codes.find(|code| code.as_str() == name)
    }

    /// Returns the codes that replace a former name.
    #[must_use]
    pub fn find_renamed(name: &str) -> &'static [Self] {
        let mut renamed = FORMER_CODES.iter().filter(|(former, _)| *former == name);
        renamed.next().map_or(&[], |(_, codes)| codes)
    }

    /// Returns the codes whose names are most similar to an unknown name.
    #[must_use]
    pub fn find_similar(name: &str) -> Vec<Self> {
        let names = Self::ALL.iter().map(|code| code.as_str());
        let similar = find_similar_names(name, names).into_iter();
        similar.filter_map(Self::find).collect()
    }

    /// Returns the severity of the code.
    #[must_use]
    pub const fn severity(self, strictness: Strictness) -> Severity {
        match (self.row().level, strictness) {
            (Level::Error, _) | (Level::Strict, Strictness::Strict) => Severity::Error,
            (Level::Warning, _) | (Level::Strict, Strictness::Lenient) => Severity::Warning,
        }
    }

    /// Whether `--strict` raises the code from a warning to an error.
    #[must_use]
    pub const fn is_raised_by_strict(self) -> bool {
        matches!(self.row().level, Level::Strict)
    }

    /// Whether a line of `diagnostics.ignored` can accept the code.
    ///
    /// Without a readable document there is nothing to generate, and `sdk.yaml` has
    /// no lines about problems that only it can have.
    #[must_use]
    pub const fn can_be_ignored(self) -> bool {
        let row = self.row();
        !matches!(row.scope, Scope::Config) && !matches!(row.level, Level::Error)
    }

    /// Returns the summary of the problem, as a sentence.
    #[must_use]
    pub const fn summary(self) -> &'static str {
        self.row().summary
    }

    /// Returns the explanation, as Markdown: the reason, an example, and the remedy.
    #[must_use]
    pub const fn explanation(self) -> &'static str {
        self.row().explanation
    }
}

/// Returns the advice for an unknown code: the codes with similar names.
#[must_use]
pub fn suggest_codes(name: &str) -> String {
    let similar = Code::find_similar(name);
    if similar.is_empty() {
        return "run `sdkwright explain --list` for all codes".to_owned();
    }
    format!("did you mean {}?", join_codes(&similar))
}

/// Joins codes: `` `a` or `b` ``.
pub(super) fn join_codes(codes: &[Code]) -> String {
    let codes: Vec<String> = codes.iter().map(|code| format!("`{code}`")).collect();
    codes.join(" or ")
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn similar_codes_have_a_similar_spelling_or_share_a_word() {
        assert_eq!(
            Code::find_similar("unknown-fromat").first(),
            Some(&Code::UnknownFormat)
        );
        assert_eq!(Code::find_similar("pagination").len(), 3);
        assert!(Code::find_similar("xyz").is_empty());
    }

    #[test]
    fn former_names_are_not_current_names() {
        for (former, _) in super::FORMER_CODES {
            assert_eq!(Code::find(former), None, "{former}");
        }
    }
}
