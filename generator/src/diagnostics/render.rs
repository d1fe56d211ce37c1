//! Findings as text for people: all of them, with the lines they speak of.

mod report;

use std::collections::HashMap;
use std::io::IsTerminal as _;

use super::located::locate_diagnostics;
use super::{Code, Diagnostics, Severity};
use crate::source::Pointer;
use crate::source::text::printable;

/// How findings are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Style {
    /// In ASCII, as compilers do: for files, pipes and tests.
    #[default]
    Plain,
    /// With frames, and perhaps in colour: for terminals.
    Graphical {
        /// In colour.
        color: bool,
    },
}

impl Style {
    /// What suits the standard error output: frames on a terminal, colours
    /// unless [`NO_COLOR`](https://no-color.org) is set.
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

/// How many findings of one code are shown.
const SHOWN: usize = 20;

/// All findings as text, errors first. Of many findings with one code only the
/// first are shown, and how many there are.
#[must_use]
pub fn render(diagnostics: &Diagnostics, style: Style) -> String {
    let mut text = String::new();
    let mut seen: HashMap<(Severity, Code), usize> = HashMap::new();
    let placed = locate_diagnostics(diagnostics);
    let mut hidden = Vec::new();
    for finding in &placed {
        let key = (finding.diagnostic.severity, finding.diagnostic.code);
        let count = seen.entry(key).or_default();
        *count += 1;
        if *count == SHOWN + 1 {
            hidden.push(key);
        }
        if *count <= SHOWN {
            text.push_str(&report::render(finding, style));
            text.push('\n');
        }
    }
    for key in hidden {
        let more = seen.get(&key).map_or(0, |count| count - SHOWN);
        let (severity, code) = key;
        text.push_str(&format!(
            "{}[{code}]: … and {more} more\n\n",
            severity.as_str()
        ));
    }
    text.push_str(&summary(diagnostics));
    text
}

/// A pointer, of which no more than this is shown.
const POINTER: usize = 240;

/// A pointer, the middle of a long one left out.
fn shorten_pointer(pointer: &Pointer) -> String {
    let text = printable(pointer.as_str());
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

/// `2 errors, 1 warning`, or nothing.
fn summary(diagnostics: &Diagnostics) -> String {
    let parts: Vec<String> = [Severity::Error, Severity::Warning]
        .into_iter()
        .filter_map(|severity| {
            let count = diagnostics.count(severity);
            let plural = if count == 1 { "" } else { "s" };
            (count > 0).then(|| format!("{count} {}{plural}", severity.as_str()))
        })
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
