//! Diagnostics that the configuration accepts: `diagnostics.ignored`.

use super::code::{join_codes, suggest_codes};
use super::{Code, Diagnostic, Diagnostics, Origin};
use crate::source::Pointer;

/// A line of `diagnostics.ignored`: it accepts diagnostics that the document can cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignored {
    /// Name of the code: `duplicate-operation-id`.
    pub code: String,
    /// Pointers into the file of the diagnostics. Each accepts all diagnostics at or below it. An empty
    /// list accepts all diagnostics of the code.
    pub targets: Vec<String>,
    /// Reason of the author.
    pub reason: Option<String>,
    /// Position of the line in the configuration.
    pub pointer: Pointer,
}

impl Diagnostics {
    /// Removes the accepted diagnostics, and reports lines that accept nothing.
    ///
    /// Call it after the last phase, because a line may accept a diagnostic of any phase.
    pub fn accept(&mut self, ignored: &[Ignored]) {
        let mut used = vec![false; ignored.len()];
        let source = self.document.clone().unwrap_or_default();
        self.found.retain(|diagnostic| {
            // A target may be the printed pointer, or the pointer that later phases see.
            let original = match diagnostic.origin {
                Origin::Document => source.original_position(&diagnostic.pointer).pointer,
                Origin::Config if diagnostic.code.can_be_ignored() => diagnostic.pointer.clone(),
                Origin::Config => return true,
            };
            let mut accepted = false;
            for (line, used) in ignored.iter().zip(&mut used) {
                if line.names(diagnostic.code)
                    && (line.covers(&original) || line.covers(&diagnostic.pointer))
                {
                    *used = true;
                    accepted = true;
                }
            }
            !accepted
        });
        for (line, used) in ignored.iter().zip(used) {
            if let Some(diagnostic) = line.check(used) {
                self.push(diagnostic.in_config());
            }
        }
    }
}

impl Ignored {
    /// Whether the line names a code, by its name or by a former name.
    fn names(&self, code: Code) -> bool {
        self.code == code.as_str() || Code::find_renamed(&self.code).contains(&code)
    }

    /// Whether the line accepts diagnostics at a pointer.
    fn covers(&self, pointer: &Pointer) -> bool {
        let is_below = |target: &String| {
            let target = target.strip_prefix('#').unwrap_or(target);
            let rest = pointer.as_str().strip_prefix(target);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.targets.is_empty() || self.targets.iter().any(is_below)
    }

    /// Checks the line itself. Returns a message and a suggestion.
    fn check(&self, used: bool) -> Option<Diagnostic> {
        let report = |code, message: String, help: String| {
            Some(Diagnostic::new(code, self.pointer.clone(), message).help(help))
        };
        let name = &self.code;
        // Codes with a slash belong to other generators.
        if name.contains('/') {
            return None;
        }
        let renamed = Code::find_renamed(name);
        if !renamed.is_empty() {
            let message = format!("the code `{name}` is now called {}", join_codes(renamed));
            return report(Code::RenamedCode, message, "use the new code".to_owned());
        }
        if Code::find(name).is_none() {
            let message = format!("`{name}` is not the code of a diagnostic");
            return report(Code::UnknownCode, message, suggest_codes(name));
        }
        if used {
            return None;
        }
        let message = format!("no diagnostic `{name}` occurs here");
        report(Code::UnusedIgnore, message, "remove the line".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::{Code, Diagnostic, Diagnostics, Ignored};
    use crate::source::Pointer;

    #[test]
    fn warnings_about_either_file_are_accepted_in_both() {
        let at = |pointer| {
            let code = Code::CredentialNotConfigured;
            Diagnostic::new(code, Pointer::parse(pointer), "x")
        };
        let mut diagnostics = Diagnostics::new();
        diagnostics.push(at("/components/securitySchemes/a"));
        diagnostics.push(at("/security_schemes/a").in_config());
        diagnostics.push(at("/security_schemes/b").in_config());
        let unknown_key = Diagnostic::new(Code::UnknownConfigKey, Pointer::root(), "x");
        diagnostics.push(unknown_key.in_config());
        diagnostics.accept(&[
            ignored(
                "credential-not-configured",
                &["/components", "#/security_schemes/a"],
            ),
            ignored("unknown-config-key", &[]),
        ]);
        assert_eq!(
            list_codes(&diagnostics),
            [
                ("credential-not-configured", "/security_schemes/b"),
                ("unknown-config-key", ""),
                ("unused-ignore", ""),
            ]
        );
    }

    fn list_codes(diagnostics: &Diagnostics) -> Vec<(&str, &str)> {
        let codes = diagnostics.iter();
        codes
            .map(|d| (d.code.as_str(), d.pointer.as_str()))
            .collect()
    }

    fn ignored(code: &str, targets: &[&str]) -> Ignored {
        Ignored {
            code: code.to_owned(),
            targets: targets.iter().map(|t| (*t).to_owned()).collect(),
            reason: None,
            pointer: Pointer::root(),
        }
    }

    #[test]
    fn accepted_diagnostics_are_removed_and_unused_lines_are_reported() {
        let mut diagnostics = Diagnostics::new();
        for at in ["/paths/a", "/paths/ab", "/x"] {
            diagnostics.push(Diagnostic::new(
                Code::UnknownFormat,
                Pointer::parse(at),
                "x",
            ));
        }
        diagnostics.accept(&[
            ignored("unknown-format", &["#/paths/a"]),
            ignored("unknown-format", &["/x"]),
            ignored("unknown-fromat", &[]),
            ignored("bad-path", &[]),
            ignored("unknown-keyword", &[]),
            ignored("Theirs/NotOurs", &[]),
        ]);
        assert_eq!(
            list_codes(&diagnostics),
            [
                ("unknown-format", "/paths/ab"),
                ("unknown-code", ""),
                ("renamed-code", ""),
                ("unused-ignore", ""),
            ]
        );
    }
}
