//! Findings with frames and colours, by miette.

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

/// The longest line that is shown whole.
const WIDTH: usize = 400;

/// One finding.
pub(super) fn render(finding: &LocatedDiagnostic<'_>, color: bool) -> String {
    let theme = if color {
        GraphicalTheme::unicode()
    } else {
        GraphicalTheme::unicode_nocolor()
    };
    let mut text = String::new();
    let report = Report::new(finding);
    let handler = GraphicalReportHandler::new_themed(theme).with_context_lines(1);
    // Writing to a string cannot fail; a report that miette refuses is shown
    // without frames.
    if handler.render_report(&mut text, &report).is_err() {
        return super::plain::render(finding);
    }
    text
}

/// A finding as miette sees it.
#[derive(Debug)]
struct Report<'d> {
    message: Cow<'d, str>,
    code: &'static str,
    severity: Severity,
    help: Option<String>,
    excerpt: Option<Excerpt>,
}

impl<'d> Report<'d> {
    fn new(finding: &LocatedDiagnostic<'d>) -> Self {
        let diagnostic = finding.diagnostic;
        let pointer = &finding.pointer;
        let at = (diagnostic.offset.is_none() && !pointer.as_str().is_empty())
            .then(|| format!("at {}", short(pointer)));
        let help = diagnostic
            .help
            .iter()
            .map(|help| printable(help).into_owned());
        let help: Vec<String> = help.chain(at).collect();
        Self {
            message: printable(&diagnostic.message),
            code: diagnostic.code,
            severity: diagnostic.severity,
            help: (!help.is_empty()).then(|| help.join("\n")),
            excerpt: finding.span.as_ref().map(Excerpt::new),
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

/// The lines around a place: miette would go through the whole text for them.
#[derive(Debug)]
struct Excerpt {
    name: String,
    text: String,
    /// The line that the text begins with, from 0.
    line: usize,
    /// The column of that line that the text begins with, from 0.
    column: usize,
    marked: SourceSpan,
    /// The line and the column of the place, from 0.
    place: (usize, usize),
}

impl Excerpt {
    fn new(span: &TextSpan<'_>) -> Self {
        let text = span.text;
        let own = line_start(text, span.range.start);
        let end = line_end(text, span.range.start);
        if end - own > WIDTH {
            return Self::narrow(span);
        }
        let first = line_start(text, own.saturating_sub(1));
        let last = line_end(text, (end + 1).min(text.len()));
        // Long neighbours are not worth their room.
        let (first, line) = if own - first > WIDTH || own == 0 {
            (own, span.line - 1)
        } else {
            (first, span.line - 2)
        };
        let last = if last - end > WIDTH { end } else { last };
        Self {
            name: printable(span.file).into_owned(),
            text: blank(text.get(first..last).unwrap_or_default()),
            line,
            column: 0,
            marked: (span.range.start - first, span.range.len().max(1)).into(),
            place: (span.line - 1, span.column - 1),
        }
    }

    /// A part of a line that is too long.
    fn narrow(span: &TextSpan<'_>) -> Self {
        let line: Vec<(usize, char)> = span.line_text().char_indices().collect();
        let own = line_start(span.text, span.range.start);
        let skipped = (span.column - 1).saturating_sub(WIDTH / 10);
        let shown: String = line
            .iter()
            .skip(skipped)
            .take(WIDTH / 4)
            .map(|(_, c)| *c)
            .collect();
        let begin = line.get(skipped).map_or(own, |(byte, _)| own + byte);
        let start = span.range.start.saturating_sub(begin);
        let room = shown.len().saturating_sub(start);
        Self {
            name: printable(span.file).into_owned(),
            marked: (start, span.range.len().clamp(1, room.max(1))).into(),
            text: blank(&shown),
            line: span.line - 1,
            column: skipped,
            place: (span.line - 1, span.column - 1),
        }
    }
}

/// The text with blanks for what a terminal obeys, as many bytes as before.
fn blank(text: &str) -> String {
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
        // Without lines around it, it is the place itself that is asked for.
        let (from, line, column) = if before == 0 {
            (span.offset(), self.place.0, self.place.1)
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
