//! Findings that the configuration accepts: `diagnostics.ignored`.

use super::{Diagnostic, Diagnostics, Origin};
use crate::source::Pointer;

/// A line of `diagnostics.ignored`: findings that are accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignored {
    /// The code of the findings: `duplicate-operation-id`.
    pub code: String,
    /// Where: pointers into the document, each for all below it. Empty: everywhere.
    pub targets: Vec<String>,
    /// Why.
    pub reason: Option<String>,
    /// Where the line stands.
    pub pointer: Pointer,
}

impl Diagnostics {
    /// Takes out the findings about the document that are accepted. A line of
    /// the configuration that is not needed is a finding itself.
    ///
    /// To be called once all phases have had their say: before that, a line
    /// may be for what is still to be found.
    pub fn accept(&mut self, ignored: &[Ignored]) {
        let mut used = vec![false; ignored.len()];
        let source = self.document.clone().unwrap_or_default();
        self.found.retain(|diagnostic| {
            if diagnostic.origin != Origin::Document {
                return true;
            }
            // As it is printed, and as later phases see it.
            let written = source.original_position(&diagnostic.pointer).pointer;
            let mut accepted = false;
            for (line, used) in ignored.iter().zip(&mut used) {
                if line.code == diagnostic.code
                    && (is_at(line, &written) || is_at(line, &diagnostic.pointer))
                {
                    *used = true;
                    accepted = true;
                }
            }
            !accepted
        });
        for (line, used) in ignored.iter().zip(used) {
            // Codes with a slash are those of other generators.
            if !used && !line.code.contains('/') {
                let message = format!("there is no finding `{}` to ignore here", line.code);
                let warning = Diagnostic::warning("unneeded-ignore", line.pointer.clone(), message);
                self.push(warning.help("remove the line").in_config());
            }
        }
    }
}

/// Whether a line is for findings at this place.
fn is_at(line: &Ignored, pointer: &Pointer) -> bool {
    let below = |target: &String| {
        let target = target.strip_prefix('#').unwrap_or(target);
        let rest = pointer.as_str().strip_prefix(target);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    line.targets.is_empty() || line.targets.iter().any(below)
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::{Diagnostic, Diagnostics, Ignored};
    use crate::source::Pointer;

    fn ignored(code: &str, targets: &[&str]) -> Ignored {
        Ignored {
            code: code.to_owned(),
            targets: targets.iter().map(|t| (*t).to_owned()).collect(),
            reason: None,
            pointer: Pointer::root(),
        }
    }

    #[test]
    fn what_is_accepted_is_taken_out_and_what_is_not_needed_is_said() {
        let mut diagnostics = Diagnostics::new();
        for at in ["/paths/a", "/paths/ab", "/x"] {
            diagnostics.push(Diagnostic::error("some-code", Pointer::parse(at), "x"));
        }
        diagnostics.accept(&[
            ignored("some-code", &["#/paths/a"]),
            ignored("some-code", &["/x"]),
            ignored("other-code", &[]),
            ignored("Theirs/NotOurs", &[]),
        ]);
        let left: Vec<_> = diagnostics
            .iter()
            .map(|d| (d.code, d.pointer.as_str()))
            .collect();
        assert_eq!(left, [("some-code", "/paths/ab"), ("unneeded-ignore", "")]);
    }
}
