//! Diagnostics as text for people, with the lines of the files.

mod report;

use std::collections::HashMap;
use std::io::IsTerminal as _;

use super::located::locate_diagnostics;
use super::{Code, Diagnostics, Severity};
use crate::source::Pointer;
use crate::source::text::escape_unprintable;

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

/// Greatest number of diagnostics that are shown for each code.
const SHOWN: usize = 20;

/// Returns all diagnostics as text, errors first. Of many diagnostics with the same code, it shows
/// the first ones and the number of the others.
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

/// Returns `2 errors, 1 warning`, or nothing.
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
