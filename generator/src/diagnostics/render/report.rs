//! A diagnostic as a report in the form that rustc uses, drawn by `annotate-snippets`.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Style, shorten_pointer};
use crate::diagnostics::Severity;
use crate::diagnostics::located::{
    LocatedDiagnostic, TextSpan, char_boundary_before, line_end, line_start,
};
use crate::source::text::{escape_unprintable, is_special};

/// Number of bytes up to which the renderer gets a line whole and shortens it itself. It reads
/// each character of the line, and a document may be a single line of megabytes.
const MAX_WHOLE_LINE: usize = 16 * 1024;

/// Number of bytes that are kept on each side of a mark in a longer line.
const KEPT_OF_LONG_LINE: usize = 1024;

/// Renders one diagnostic, with the line of the file that it is about, and a note.
pub(super) fn render(
    located: &LocatedDiagnostic<'_>,
    note: Option<String>,
    style: Style,
) -> String {
    let excerpt = located.span.as_ref().map(|span| Excerpt::new(span, style));
    let mut report = build_report(located, excerpt.as_ref());
    if let Some(note) = note {
        let note = escape_unprintable(&note).into_owned();
        report = report.element(Level::NOTE.message(note));
    }
    let report = [report];
    let mut text = renderer(style).render(&report);
    text.push('\n');
    text
}

fn renderer(style: Style) -> Renderer {
    match style {
        Style::Plain => Renderer::plain(),
        Style::Graphical { color: false } => Renderer::plain().decor_style(DecorStyle::Unicode),
        Style::Graphical { color: true } => Renderer::styled().decor_style(DecorStyle::Unicode),
    }
}

fn build_report<'a>(located: &LocatedDiagnostic<'a>, excerpt: Option<&'a Excerpt>) -> Group<'a> {
    let diagnostic = located.diagnostic;
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(escape_unprintable(&diagnostic.message))
        .id(diagnostic.code.as_str());
    let mut report = Group::with_title(title);
    if let Some(excerpt) = excerpt {
        report = excerpt.add_to(report);
    }
    if diagnostic.offset.is_none() && !located.pointer.as_str().is_empty() {
        let at = shorten_pointer(&located.pointer);
        report = report.element(Level::NOTE.with_name("at").message(at));
    }
    if let Some(help) = &diagnostic.help {
        report = report.element(Level::HELP.message(escape_unprintable(help)));
    }
    report
}

/// The lines around a span of a file.
struct Excerpt {
    file: String,
    text: String,
    /// Number of the first line of `text`, from 1.
    first_line: usize,
    /// The marked bytes of `text`.
    marked: Range<usize>,
    /// Line and column of the span, from 1, if `text` is cut out of a line and does not tell them.
    cut_at: Option<(usize, usize)>,
}

impl Excerpt {
    fn new(span: &TextSpan<'_>, style: Style) -> Self {
        let start = line_start(span.text, span.range.start);
        let end = line_end(span.text, span.range.start);
        if end - start > MAX_WHOLE_LINE {
            return Self::cut_out_of_line(span, start..end);
        }
        let (lines, first_line) = match style {
            Style::Plain => (start..end, span.line),
            Style::Graphical { .. } => add_neighbours(span, start..end),
        };
        Self::cut(span, lines, first_line, None)
    }

    fn cut_out_of_line(span: &TextSpan<'_>, line: Range<usize>) -> Self {
        let text = span.text;
        let from = span.range.start.saturating_sub(KEPT_OF_LONG_LINE);
        let from = char_boundary_before(text, from.max(line.start));
        let to = (span.range.start + KEPT_OF_LONG_LINE).min(line.end);
        let to = char_boundary_before(text, to);
        Self::cut(span, from..to, span.line, Some((span.line, span.column)))
    }

    fn cut(
        span: &TextSpan<'_>,
        bytes: Range<usize>,
        first_line: usize,
        cut_at: Option<(usize, usize)>,
    ) -> Self {
        let marked = span.range.start - bytes.start..span.range.end.min(bytes.end) - bytes.start;
        Self {
            file: escape_unprintable(span.file).into_owned(),
            text: blank_control_characters(span.text.get(bytes).unwrap_or_default()),
            first_line,
            marked,
            cut_at,
        }
    }

    fn add_to<'a>(&'a self, report: Group<'a>) -> Group<'a> {
        let mark = AnnotationKind::Primary.span(self.marked.clone());
        let snippet = Snippet::source(self.text.as_str())
            .line_start(self.first_line)
            .fold(false)
            .annotation(mark);
        match self.cut_at {
            None => report.element(snippet.path(self.file.as_str())),
            Some((line, column)) => {
                let origin = Origin::path(self.file.as_str());
                let origin = origin.line(line).char_column(column);
                report.element(origin).element(snippet)
            }
        }
    }
}

/// Adds the lines before and after a line, unless they are long, and returns the number of the
/// first of them.
fn add_neighbours(span: &TextSpan<'_>, line: Range<usize>) -> (Range<usize>, usize) {
    let text = span.text;
    let before = line_start(text, line.start.saturating_sub(1));
    let after = line_end(text, (line.end + 1).min(text.len()));
    let has_before = line.start > 0 && line.start - before <= MAX_WHOLE_LINE;
    let has_after = after - line.end <= MAX_WHOLE_LINE;
    let lines =
        if has_before { before } else { line.start }..if has_after { after } else { line.end };
    (lines, span.line - usize::from(has_before))
}

/// Replaces control characters, which would affect a terminal, by as many blanks as they have
/// bytes.
fn blank_control_characters(text: &str) -> String {
    let is_kept = |c: char| matches!(c, '\n' | '\r' | '\t') || !is_special(c);
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
    use super::render;
    use crate::diagnostics::located::locate_diagnostics;
    use crate::diagnostics::{Code, Diagnostic, Diagnostics, Origin, Style};
    use crate::source::{Pointer, SourceMap};

    fn render_at(text: &str, part: &str) -> String {
        let mut diagnostics = Diagnostics::default();
        diagnostics.set_source(Origin::Document, SourceMap::new("a.json", text));
        let at = text.find(part).unwrap();
        let code = Code::InvalidType;
        diagnostics.push(Diagnostic::new(code, Pointer::root(), "wrong").at_offset(at));
        let located = locate_diagnostics(&diagnostics);
        render(&located[0], None, Style::Plain)
    }

    #[test]
    fn a_mark_is_below_tabs_and_wide_characters() {
        let shown = render_at("\t漢: !", "!");
        assert!(shown.contains("a.json:1:5\n"), "{shown}");
        assert!(shown.contains("1 |     漢: !\n  |         ^\n"), "{shown}");
    }

    #[test]
    fn a_huge_line_is_cut_around_its_mark() {
        let text = format!("\n{}!{}", "é".repeat(20_000), "z".repeat(1 << 20));
        let shown = render_at(&text, "!");
        assert!(shown.contains("a.json:2:20001\n"), "{shown}");
        assert!(shown.contains("é!z"), "{shown}");
        assert!(shown.len() < 2_000, "{shown}");
    }

    #[test]
    fn control_characters_are_shown_as_blanks() {
        let shown = render_at("\u{1b}[31m\u{202e}: !", "!");
        assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{shown:?}");
    }
}
