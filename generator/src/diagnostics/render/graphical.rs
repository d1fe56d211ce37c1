//! Diagnostics with frames and colours, for terminals.

use std::ops::Range;

use unicode_width::UnicodeWidthChar as _;

use crate::diagnostics::Severity;
use crate::diagnostics::located::{LocatedDiagnostic, TextSpan, line_end, line_start};
use crate::diagnostics::render::short;
use crate::source::text::{is_special, printable};

/// The longest line that is shown whole, in bytes.
const MAX_LINE_BYTES: usize = 400;

/// The columns of a tab.
const TAB_COLUMNS: usize = 4;

/// Renders one diagnostic.
pub(super) fn render(located: &LocatedDiagnostic<'_>, color: bool) -> String {
    let diagnostic = located.diagnostic;
    let paint = Paint { color };
    let (symbol, accent) = match diagnostic.severity {
        Severity::Error => ('×', Color::Red),
        Severity::Warning => ('⚠', Color::Yellow),
    };
    let code = paint.apply(accent, diagnostic.code.as_str());
    let symbol = paint.apply(accent, &symbol.to_string());
    let message = printable(&diagnostic.message);
    let mut text = format!("{code}\n\n  {symbol} {message}\n");
    if let Some(span) = &located.span {
        text.push_str(&Excerpt::new(span).render(paint, accent));
    }
    let pointer = (diagnostic.offset.is_none() && !located.pointer.as_str().is_empty())
        .then(|| format!("at {}", short(&located.pointer)));
    let help = diagnostic.help.iter().map(|help| printable(help));
    let notes = help.chain(pointer.map(Into::into));
    for (index, note) in notes.enumerate() {
        let label = match index {
            0 => paint.apply(Color::Cyan, "  help: "),
            _ => " ".repeat(8),
        };
        text.push_str(&format!("{label}{note}\n"));
    }
    text
}

/// The colours in use.
#[derive(Debug, Clone, Copy)]
enum Color {
    Red,
    Yellow,
    Cyan,
    Dim,
}

/// Wraps text in the escapes of a colour, or in nothing.
#[derive(Debug, Clone, Copy)]
struct Paint {
    color: bool,
}

impl Paint {
    fn apply(self, color: Color, text: &str) -> String {
        if !self.color {
            return text.to_owned();
        }
        let code = match color {
            Color::Red => 31,
            Color::Yellow => 33,
            Color::Cyan => 36,
            Color::Dim => 2,
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }
}

/// The line of a span, with the lines before and after it.
#[derive(Debug)]
struct Excerpt<'d> {
    span: &'d TextSpan<'d>,
    before: Option<String>,
    line: String,
    after: Option<String>,
    /// The bytes of `line` that are marked.
    marked: Range<usize>,
}

impl<'d> Excerpt<'d> {
    fn new(span: &'d TextSpan<'d>) -> Self {
        let line = span.line_text();
        let start = line_start(span.text, span.range.start);
        let end = line_end(span.text, span.range.start);
        let marked = (span.range.start - start)..(span.range.end.max(span.range.start + 1) - start);
        if line.len() > MAX_LINE_BYTES {
            return Self::narrow(span, marked);
        }
        // A long neighbour is not worth its room.
        let neighbour = |from: usize, to: usize| {
            let text = span.text.get(from..to)?.trim_end_matches(['\r', '\n']);
            (text.len() <= MAX_LINE_BYTES).then(|| blank(text))
        };
        let before = (start > 0).then(|| neighbour(line_start(span.text, start - 1), start));
        let after =
            (end + 1 < span.text.len()).then(|| neighbour(end + 1, line_end(span.text, end + 1)));
        Self {
            span,
            before: before.flatten(),
            line: blank(line),
            after: after.flatten(),
            marked,
        }
    }

    /// Returns the part around the span of a line that is too long.
    fn narrow(span: &'d TextSpan<'d>, marked: Range<usize>) -> Self {
        let line = span.line_text();
        let skipped = (span.column - 1).saturating_sub(MAX_LINE_BYTES / 10);
        let from = line.char_indices().nth(skipped).map_or(0, |(byte, _)| byte);
        let rest = line.get(from..).unwrap_or_default();
        let shown: String = rest.chars().take(MAX_LINE_BYTES / 4).collect();
        let start = marked.start.saturating_sub(from);
        let end = (start + marked.len()).min(shown.len().max(start + 1));
        Self {
            span,
            before: None,
            line: blank(&shown),
            after: None,
            marked: start..end,
        }
    }

    fn render(&self, paint: Paint, accent: Color) -> String {
        let TextSpan {
            file, line, column, ..
        } = self.span;
        let last = line + usize::from(self.after.is_some());
        let digits = last.to_string().len();
        let pad = " ".repeat(digits + 2);
        let frame = |text: &str| paint.apply(Color::Dim, text);
        let numbered = |number: usize, text: &str| {
            let gutter = frame(&format!(" {number:>digits$} │"));
            format!("{gutter} {}\n", expand_tabs(text))
        };
        let mut text = format!(
            "{pad}{}[{}:{line}:{column}]\n",
            frame("╭─"),
            printable(file)
        );
        if let Some(before) = &self.before {
            text.push_str(&numbered(line - 1, before));
        }
        text.push_str(&numbered(*line, &self.line));
        let (indent, width) = self.marked_columns();
        let mark = paint.apply(accent, &"─".repeat(width));
        text.push_str(&format!(
            "{pad}{} {}{mark}\n",
            frame("·"),
            " ".repeat(indent)
        ));
        if let Some(after) = &self.after {
            text.push_str(&numbered(line + 1, after));
        }
        text.push_str(&format!("{pad}{}\n", frame("╰────")));
        text
    }

    /// Returns the columns before the mark, and the columns of the mark.
    fn marked_columns(&self) -> (usize, usize) {
        let columns = |range: Range<usize>| -> usize {
            let chars = self.line.char_indices();
            let inside = chars.filter(|(byte, _)| range.contains(byte));
            inside.map(|(_, c)| char_columns(c)).sum()
        };
        (
            columns(0..self.marked.start),
            columns(self.marked.clone()).max(1),
        )
    }
}

/// Returns the number of columns that a terminal uses for a character.
fn char_columns(c: char) -> usize {
    match c {
        '\t' => TAB_COLUMNS,
        _ => c.width().unwrap_or(0),
    }
}

fn expand_tabs(text: &str) -> String {
    text.replace('\t', &" ".repeat(TAB_COLUMNS))
}

/// Replaces the characters that a terminal obeys by as many blanks as they have bytes.
fn blank(text: &str) -> String {
    let is_kept = |c: char| c == '\t' || !is_special(c);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_kept(c) {
            out.push(c);
        } else {
            out.extend(std::iter::repeat_n(' ', c.len_utf8()));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::Excerpt;
    use crate::diagnostics::located::TextSpan;

    fn mark(text: &str, part: &str) -> (String, usize, usize) {
        let start = text.find(part).unwrap();
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let span = TextSpan {
            file: "a.yaml",
            text,
            range: start..start + part.len(),
            line: text[..start].matches('\n').count() + 1,
            column: text[line_start..start].chars().count() + 1,
        };
        let excerpt = Excerpt::new(&span);
        let (indent, width) = excerpt.marked_columns();
        (excerpt.line, indent, width)
    }

    #[test]
    fn a_mark_is_below_tabs_and_wide_characters() {
        assert_eq!(
            mark("\t漢: wrong", "wrong"),
            ("\t漢: wrong".to_owned(), 8, 5)
        );
    }

    #[test]
    fn a_long_line_is_shown_around_its_mark() {
        let text = format!("first\n{}wrong{}", "é".repeat(300), "z".repeat(300));
        let (line, indent, width) = mark(&text, "wrong");
        assert_eq!((line.chars().count(), indent, width), (100, 40, 5));
    }
}
