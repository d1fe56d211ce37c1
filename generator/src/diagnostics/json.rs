//! Diagnostics as JSON, for programs: one object per line.

use serde::Serialize;

use super::located::{LocatedDiagnostic, locate_diagnostics};
use super::{Diagnostics, Origin};
use crate::source::text::is_special;

/// A diagnostic as an object. The names of the fields are part of the interface.
#[derive(Serialize)]
struct Line<'d> {
    severity: &'static str,
    code: &'static str,
    message: &'d str,
    help: Option<&'d str>,
    origin: &'static str,
    file: Option<&'d str>,
    line: Option<usize>,
    column: Option<usize>,
    pointer: String,
}

impl<'d> From<&LocatedDiagnostic<'d>> for Line<'d> {
    fn from(finding: &LocatedDiagnostic<'d>) -> Self {
        let diagnostic = finding.diagnostic;
        let span = finding.span.as_ref();
        Self {
            severity: diagnostic.severity.as_str(),
            code: diagnostic.code.as_str(),
            message: &diagnostic.message,
            help: diagnostic.help.as_deref(),
            origin: match diagnostic.origin {
                Origin::Document => "document",
                Origin::Config => "config",
            },
            file: span.map(|span| span.file),
            line: span.map(|span| span.line),
            column: span.map(|span| span.column),
            pointer: finding.pointer.as_str().to_owned(),
        }
    }
}

/// Escapes a control character, which would affect a terminal. Such characters occur only in
/// strings, which have an escape for each.
fn escape_control_character(c: char) -> impl Iterator<Item = char> {
    let (kept, escape) = match is_special(c) {
        true => (None, format!("\\u{:04x}", u32::from(c))),
        false => (Some(c), String::new()),
    };
    kept.into_iter().chain(escape.chars().collect::<Vec<_>>())
}

/// Returns all diagnostics, errors first, each as a JSON object on its own line: `severity`,
/// `code`, `message`, `help`, `origin` (`document` or `config`), `file`, `line`, `column` and
/// `pointer`.
#[must_use]
pub fn to_json_lines(diagnostics: &Diagnostics) -> String {
    let mut text = String::new();
    for finding in &locate_diagnostics(diagnostics) {
        // Serializing strings and numbers cannot fail.
        if let Ok(line) = serde_json::to_string(&Line::from(finding)) {
            text.extend(line.chars().flat_map(escape_control_character));
            text.push('\n');
        }
    }
    text
}
