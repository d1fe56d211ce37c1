//! Diagnostics as text for people, with the lines of the files.

mod report;

use std::io::IsTerminal as _;

use indexmap::{IndexMap, IndexSet};

use super::located::{LocatedDiagnostic, locate_diagnostics};
use super::{Diagnostic, Diagnostics, Severity};
use crate::source::Pointer;
use crate::source::text::{count_noun, escape_unprintable};

/// The style of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Style {
    /// ASCII, like compilers: for files, pipes and tests.
    #[default]
    Plain,
    /// With frames and optional colours, for terminals.
    Graphical {
        /// Whether to use colours.
        color: bool,
    },
}

impl Style {
    /// Returns the style for standard error: frames on a terminal, with colours unless
    /// [`NO_COLOR`](https://no-color.org) is set.
    #[must_use]
    pub fn for_stderr() -> Self {
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        if !std::io::stderr().is_terminal() || is_dumb || set("CI") {
            return Self::Plain;
        }
        Self::Graphical {
            color: !set("NO_COLOR"),
        }
    }
}

/// The diagnostics that a text shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Detail {
    /// Errors only. Of each code it shows the first one, and the positions of the next ones.
    Errors,
    /// The first diagnostic of each code, and the positions of the next ones.
    #[default]
    Grouped,
    /// All diagnostics.
    Full,
}

/// Number of positions that stand for further diagnostics of a code.
const MAX_POSITIONS: usize = 3;

/// Returns all diagnostics as text, errors first, and a line that counts them.
#[must_use]
pub fn render(diagnostics: &Diagnostics, style: Style) -> String {
    render_findings(diagnostics, style, Detail::Full) + &render_counts(diagnostics)
}

/// Returns diagnostics as text, errors first.
#[must_use]
pub fn render_findings(diagnostics: &Diagnostics, style: Style, detail: Detail) -> String {
    let mut groups: IndexMap<_, Vec<LocatedDiagnostic<'_>>> = IndexMap::new();
    for (index, finding) in locate_diagnostics(diagnostics).into_iter().enumerate() {
        let Diagnostic { severity, code, .. } = *finding.diagnostic;
        let key = match detail {
            Detail::Full => (severity, None, index),
            Detail::Errors if severity != Severity::Error => continue,
            Detail::Errors | Detail::Grouped => (severity, Some(code), 0),
        };
        groups.entry(key).or_default().push(finding);
    }
    let mut text = String::new();
    for group in groups.values() {
        if let Some((first, others)) = group.split_first() {
            text.push_str(&report::render(first, list_positions(others), style));
            text.push('\n');
        }
    }
    text
}

/// Returns the positions of further diagnostics with the same code, for a note.
fn list_positions(others: &[LocatedDiagnostic<'_>]) -> Option<String> {
    let positions = others.iter().map(|finding| match &finding.span {
        Some(span) => format!("{}:{}:{}", span.file, span.line, span.column),
        None => shorten_pointer(&finding.pointer),
    });
    let positions: IndexSet<String> = positions.collect();
    let named: Vec<&str> = positions
        .iter()
        .take(MAX_POSITIONS)
        .map(String::as_str)
        .collect();
    let rest = match positions.len().saturating_sub(MAX_POSITIONS) {
        0 => String::new(),
        count => format!(", and {}", count_noun(count, "more position")),
    };
    let times = others.len() + 1;
    (!others.is_empty()).then(|| {
        format!(
            "this code is reported {times} times, also at {}{rest}; `--verbose` shows each",
            named.join(", ")
        )
    })
}

/// Greatest length of a pointer in a message.
const POINTER: usize = 240;

/// Shortens the middle of a long pointer.
fn shorten_pointer(pointer: &Pointer) -> String {
    let text = escape_unprintable(pointer.as_str());
    let text = format!("#{text}");
    let count = text.chars().count();
    if count <= POINTER {
        return text;
    }
    let half = POINTER / 2;
    let start: String = text.chars().take(half).collect();
    let end: String = text.chars().skip(count - half).collect();
    format!("{start}…{end}")
}

/// Returns the line `2 errors, 1 warning`, or nothing.
#[must_use]
pub fn render_counts(diagnostics: &Diagnostics) -> String {
    let parts: Vec<String> = [Severity::Error, Severity::Warning]
        .into_iter()
        .map(|severity| (diagnostics.count(severity), severity))
        .filter(|(count, _)| *count > 0)
        .map(|(count, severity)| count_noun(count, severity.as_str()))
        .collect();
    if parts.is_empty() {
        return String::new();
    }
    format!("{}\n", parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::shorten_pointer;
    use crate::source::Pointer;

    #[test]
    fn long_pointers_are_shown_without_their_middle() {
        let deep = Pointer::parse(&format!("/first{}/last", "/properties/é".repeat(100)));
        let shown = shorten_pointer(&deep);
        assert_eq!(shown.chars().count(), 241);
        assert!(shown.starts_with("#/first/properties/é/"), "{shown}");
        assert!(shown.contains('…') && shown.ends_with("/properties/é/last"));
        assert_eq!(shorten_pointer(&Pointer::parse("/a/b")), "#/a/b");
    }
}
