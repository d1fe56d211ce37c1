//! Findings in ASCII, as compilers show them.

use crate::diagnostics::located::{LocatedDiagnostic, TextSpan};
use crate::diagnostics::render::short;
use crate::source::text::{is_special, printable};

/// How much of a line is shown; a document may be a single line of megabytes.
const WIDTH: usize = 160;

/// One finding.
pub(super) fn render(finding: &LocatedDiagnostic<'_>) -> String {
    let diagnostic = finding.diagnostic;
    let severity = diagnostic.severity.as_str();
    let message = printable(&diagnostic.message);
    let mut text = format!("{severity}[{}]: {message}\n", diagnostic.code);
    let gutter = finding
        .span
        .as_ref()
        .map_or(1, |span| span.line.to_string().len());
    let pad = " ".repeat(gutter);
    if let Some(span) = &finding.span {
        let TextSpan {
            file, line, column, ..
        } = span;
        let file = printable(file);
        text.push_str(&format!("{pad}--> {file}:{line}:{column}\n"));
        text.push_str(&format!("{pad} |\n"));
        let (shown, before, marked) = window(span);
        text.push_str(&format!("{line} | {shown}\n"));
        let marks = format!("{}{}", " ".repeat(before), "^".repeat(marked));
        text.push_str(&format!("{pad} | {marks}\n"));
    }
    if diagnostic.offset.is_none() && !finding.pointer.as_str().is_empty() {
        text.push_str(&format!("{pad} = at: {}\n", short(&finding.pointer)));
    }
    if let Some(help) = &diagnostic.help {
        text.push_str(&format!("{pad} = help: {}\n", printable(help)));
    }
    text
}

/// The line or the part of it around the place, how many characters of it
/// stand before the place, and how many are marked.
fn window(span: &TextSpan<'_>) -> (String, usize, usize) {
    let line: Vec<char> = span.line_text().chars().map(visible).collect();
    let before = span.column - 1;
    let marked = span
        .text
        .get(span.range.clone())
        .unwrap_or_default()
        .chars()
        .count()
        .max(1);
    if line.len() <= WIDTH {
        return (line.into_iter().collect(), before, marked);
    }
    let skipped = before.saturating_sub(WIDTH / 3);
    let shown: String = line.iter().skip(skipped).take(WIDTH).collect();
    let lead = if skipped > 0 { "…" } else { "" };
    let tail = if skipped + WIDTH < line.len() {
        "…"
    } else {
        ""
    };
    let before = before - skipped + lead.chars().count();
    let marked = marked.min((WIDTH + 1).saturating_sub(before).max(1));
    (format!("{lead}{shown}{tail}"), before, marked)
}

/// A character that takes one column and does nothing to the terminal.
fn visible(c: char) -> char {
    if is_special(c) { ' ' } else { c }
}
