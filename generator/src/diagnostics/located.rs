//! Diagnostics with their positions in the text, in the order of printing.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use super::{Diagnostic, Diagnostics, Mark, Origin};
use crate::source::{Pointer, Position, SourceMap, find_positions};

/// A diagnostic with its position in the text.
#[derive(Debug, Clone)]
pub(super) struct LocatedDiagnostic<'d> {
    pub(super) diagnostic: &'d Diagnostic,
    /// The pointer into the author's file.
    pub(super) pointer: Pointer,
    /// The position, if there is a text.
    pub(super) span: Option<TextSpan<'d>>,
}

/// A span of a text, with its line and column.
#[derive(Debug, Clone)]
pub(super) struct TextSpan<'d> {
    pub(super) file: &'d str,
    pub(super) text: &'d str,
    /// The bytes, at most up to the end of their first line.
    pub(super) range: Range<usize>,
    /// The line, from 1.
    pub(super) line: usize,
    /// The column in characters, from 1.
    pub(super) column: usize,
}

pub(super) fn line_start(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    before.rfind('\n').map_or(0, |newline| newline + 1)
}

pub(super) fn line_end(text: &str, at: usize) -> usize {
    let after = text.get(at..).unwrap_or_default();
    after.find('\n').map_or(text.len(), |newline| at + newline)
}

/// Locates all diagnostics. Errors come first. Diagnostics of the same severity
/// follow the order of the files and of their text.
pub(super) fn locate_diagnostics(diagnostics: &Diagnostics) -> Vec<LocatedDiagnostic<'_>> {
    let mut located = Vec::new();
    for ((origin, file), group) in group_by_file(diagnostics) {
        let source = diagnostics.source(origin);
        let spans = locate_group(&group, source, file);
        for ((index, diagnostic, pointer), span) in group.into_iter().zip(spans) {
            let start = span.as_ref().map_or(0, |span| span.range.start);
            let order = (Reverse(diagnostic.severity), origin, file, start, index);
            let diagnostic = LocatedDiagnostic {
                diagnostic,
                pointer,
                span,
            };
            located.push((order, diagnostic));
        }
    }
    located.sort_by_key(|(order, _)| *order);
    located.into_iter().map(|(_, located)| located).collect()
}

/// The diagnostics of a file, with their index and their pointer into the file.
type FileGroup<'d> = Vec<(usize, &'d Diagnostic, Pointer)>;

/// Groups diagnostics by the author's file that they point into.
fn group_by_file(diagnostics: &Diagnostics) -> BTreeMap<(Origin, usize), FileGroup<'_>> {
    let mut groups: BTreeMap<_, FileGroup<'_>> = BTreeMap::new();
    for (index, diagnostic) in diagnostics.iter().enumerate() {
        let source = diagnostics.source(diagnostic.origin);
        let original = source.map(|source| source.original_position(&diagnostic.pointer));
        let (file, pointer) = match original {
            Some(original) => (original.file, original.pointer),
            None => (0, diagnostic.pointer.clone()),
        };
        let group = groups.entry((diagnostic.origin, file)).or_default();
        group.push((index, diagnostic, pointer));
    }
    groups
}

/// Returns the span of each diagnostic of a file.
fn locate_group<'d>(
    group: &FileGroup<'_>,
    source: Option<&'d SourceMap>,
    file: usize,
) -> Vec<Option<TextSpan<'d>>> {
    let Some(source) = source else {
        return vec![None; group.len()];
    };
    let text = source.file_text(file);
    let pointers: Vec<Pointer> = group.iter().map(|(.., pointer)| pointer.clone()).collect();
    let lines = LineStarts::new(text);
    let positions = group.iter().zip(find_positions(text, &pointers));
    positions
        .map(|((_, diagnostic, _), position)| {
            let range = marked_range(diagnostic, position);
            Some(lines.span(source.file_name(file), text, range))
        })
        .collect()
}

/// Returns the bytes that a diagnostic marks.
fn marked_range(diagnostic: &Diagnostic, position: Position) -> Range<usize> {
    match (diagnostic.offset, diagnostic.mark) {
        (Some(offset), _) => offset..offset + 1,
        (None, Mark::Key) => position.key.unwrap_or(position.value),
        (None, Mark::Value) => position.value,
    }
}

/// The byte at which each line of a text starts.
struct LineStarts(Vec<usize>);

impl LineStarts {
    fn new(text: &str) -> Self {
        let after = text.match_indices('\n').map(|(newline, _)| newline + 1);
        Self(std::iter::once(0).chain(after).collect())
    }

    fn span<'d>(&self, file: &'d str, text: &'d str, range: Range<usize>) -> TextSpan<'d> {
        let start = char_boundary_before(text, range.start);
        let line = self.0.partition_point(|begin| *begin <= start).max(1);
        let begin = self.0.get(line - 1).copied().unwrap_or_default();
        let end = char_boundary_before(text, range.end);
        TextSpan {
            file,
            text,
            range: start..end.min(line_end(text, start)).max(start),
            line,
            column: text.get(begin..start).unwrap_or_default().chars().count() + 1,
        }
    }
}

/// Returns the last byte at or before `at` at which a character starts.
pub(super) fn char_boundary_before(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
