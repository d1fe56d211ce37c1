//! Diagnostics with frames and colours, drawn by miette.

use std::borrow::Cow;
use std::fmt;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents,
};

use crate::diagnostics::Severity;
use crate::diagnostics::located::{LocatedDiagnostic, TextSpan, line_end, line_start};
use crate::diagnostics::render::short;
use crate::source::text::{is_special, printable};

/// Number of bytes up to which a line is shown whole.
const MAX_WHOLE_LINE: usize = 400;

/// Renders one diagnostic, with the lines of the file around it.
pub(super) fn render(located: &LocatedDiagnostic<'_>, color: bool) -> String {
    let theme = if color {
        GraphicalTheme::unicode()
    } else {
        GraphicalTheme::unicode_nocolor()
    };
    let mut text = String::new();
    let report = Report::new(located);
    let handler = GraphicalReportHandler::new_themed(theme).with_context_lines(1);
    // Writing to a string cannot fail. A report that miette refuses is shown without frames.
    if handler.render_report(&mut text, &report).is_err() {
        return super::plain::render(located);
    }
    text
}

/// A diagnostic in the form that miette reads.
#[derive(Debug)]
struct Report<'d> {
    message: Cow<'d, str>,
    code: &'static str,
    severity: Severity,
    help: Option<String>,
    excerpt: Option<Excerpt>,
}

impl<'d> Report<'d> {
    fn new(located: &LocatedDiagnostic<'d>) -> Self {
        let diagnostic = located.diagnostic;
        let pointer = &located.pointer;
        let at = (diagnostic.offset.is_none() && !pointer.as_str().is_empty())
            .then(|| format!("at {}", short(pointer)));
        let help = diagnostic
            .help
            .iter()
            .map(|help| printable(help).into_owned());
        let help: Vec<String> = help.chain(at).collect();
        Self {
            message: printable(&diagnostic.message),
            code: diagnostic.code.as_str(),
            severity: diagnostic.severity,
            help: (!help.is_empty()).then(|| help.join("\n")),
            excerpt: located.span.as_ref().map(Excerpt::new),
        }
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Report<'_> {}

impl miette::Diagnostic for Report<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let help = self.help.as_ref()?;
        Some(Box::new(help))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        let excerpt = self.excerpt.as_ref()?;
        Some(excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let excerpt = self.excerpt.as_ref()?;
        Some(Box::new(std::iter::once(LabeledSpan::new_with_span(
            None,
            excerpt.marked,
        ))))
    }
}

/// The lines around a span. miette would search the whole text for them.
#[derive(Debug)]
struct Excerpt {
    name: String,
    text: String,
    /// Number of the first line of the text, from 0.
    line: usize,
    /// Column of that line at which the text begins, from 0.
    column: usize,
    marked: SourceSpan,
    /// Line and column of the marked span, from 0.
    position: (usize, usize),
}

impl Excerpt {
    fn new(span: &TextSpan<'_>) -> Self {
        let text = span.text;
        let own = line_start(text, span.range.start);
        let end = line_end(text, span.range.start);
        if end - own > MAX_WHOLE_LINE {
            return Self::cut_long_line(span);
        }
        let first = line_start(text, own.saturating_sub(1));
        let last = line_end(text, (end + 1).min(text.len()));
        // A long neighbouring line would fill the screen.
        let (first, line) = if own - first > MAX_WHOLE_LINE || own == 0 {
            (own, span.line - 1)
        } else {
            (first, span.line - 2)
        };
        let last = if last - end > MAX_WHOLE_LINE {
            end
        } else {
            last
        };
        Self {
            name: printable(span.file).into_owned(),
            text: blank_control_characters(text.get(first..last).unwrap_or_default()),
            line,
            column: 0,
            marked: (span.range.start - first, span.range.len().max(1)).into(),
            position: (span.line - 1, span.column - 1),
        }
    }

    /// Cuts a section out of a line that is too long.
    fn cut_long_line(span: &TextSpan<'_>) -> Self {
        let line: Vec<(usize, char)> = span.line_text().char_indices().collect();
        let own = line_start(span.text, span.range.start);
        let skipped = (span.column - 1).saturating_sub(MAX_WHOLE_LINE / 10);
        let shown: String = line
            .iter()
            .skip(skipped)
            .take(MAX_WHOLE_LINE / 4)
            .map(|(_, c)| *c)
            .collect();
        let begin = line.get(skipped).map_or(own, |(byte, _)| own + byte);
        let start = span.range.start.saturating_sub(begin);
        let room = shown.len().saturating_sub(start);
        Self {
            name: printable(span.file).into_owned(),
            marked: (start, span.range.len().clamp(1, room.max(1))).into(),
            text: blank_control_characters(&shown),
            line: span.line - 1,
            column: skipped,
            position: (span.line - 1, span.column - 1),
        }
    }
}

/// Replaces terminal control characters with as many blanks as they have bytes.
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

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        // Without context lines, miette asks for the position of the span itself.
        let (from, line, column) = if before == 0 {
            (span.offset(), self.position.0, self.position.1)
        } else {
            (0, self.line, self.column)
        };
        let text = self.text.get(from..).unwrap_or_default();
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            text.as_bytes(),
            (from, text.len()).into(),
            line,
            column,
            text.lines().count(),
        )))
    }
}
