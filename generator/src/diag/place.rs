//! Findings with the lines that they speak of.

use std::collections::BTreeMap;
use std::ops::Range;

use super::locate::{Located, locate};
use super::{Diagnostic, Diagnostics, Mark, Origin, Severity, Source};
use crate::load::Pointer;

/// A finding with its place in the text.
#[derive(Debug, Clone)]
pub(super) struct Placed<'d> {
    pub(super) diagnostic: &'d Diagnostic,
    /// The pointer as the author would write it.
    pub(super) pointer: Pointer,
    /// Where that is, if there is a text.
    pub(super) spot: Option<Spot<'d>>,
}

/// A place in a text.
#[derive(Debug, Clone)]
pub(super) struct Spot<'d> {
    pub(super) file: &'d str,
    pub(super) text: &'d str,
    /// The bytes, not beyond the end of their first line.
    pub(super) span: Range<usize>,
    /// The line, from 1.
    pub(super) line: usize,
    /// The column in characters, from 1.
    pub(super) column: usize,
}

impl<'d> Spot<'d> {
    /// The line of the place.
    pub(super) fn line_text(&self) -> &'d str {
        let start = line_start(self.text, self.span.start);
        let end = line_end(self.text, self.span.start);
        self.text
            .get(start..end)
            .unwrap_or_default()
            .trim_end_matches('\r')
    }
}

pub(super) fn line_start(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    before.rfind('\n').map_or(0, |newline| newline + 1)
}

pub(super) fn line_end(text: &str, at: usize) -> usize {
    let after = text.get(at..).unwrap_or_default();
    after.find('\n').map_or(text.len(), |newline| at + newline)
}

/// All findings with their places: errors first, and each kind in the order of
/// the files and of their text.
pub(super) fn place(diagnostics: &Diagnostics) -> Vec<Placed<'_>> {
    let mut groups: BTreeMap<(Origin, usize), Vec<(usize, Pointer)>> = BTreeMap::new();
    let mut placed = Vec::new();
    for (i, diagnostic) in diagnostics.iter().enumerate() {
        let source = diagnostics.source(diagnostic.origin);
        let written = source.map(|source| source.written(&diagnostic.pointer));
        let (file, pointer) = match written {
            Some(written) => (written.file, written.pointer),
            None => (0, diagnostic.pointer.clone()),
        };
        let group = groups.entry((diagnostic.origin, file)).or_default();
        group.push((i, pointer.clone()));
        placed.push(Placed {
            diagnostic,
            pointer,
            spot: None,
        });
    }
    let mut order: Vec<(Severity, Origin, usize, usize, usize)> = Vec::new();
    for ((origin, file), members) in groups {
        let source = diagnostics.source(origin);
        for (i, spot) in spots(diagnostics, source, file, &members) {
            let severity = diagnostics
                .iter()
                .nth(i)
                .map_or(Severity::Warning, |d| d.severity);
            order.push((
                severity,
                origin,
                file,
                spot.as_ref().map_or(0, |s| s.span.start),
                i,
            ));
            if let Some(placed) = placed.get_mut(i) {
                placed.spot = spot;
            }
        }
    }
    order.sort_unstable_by_key(|(severity, origin, file, start, i)| {
        (std::cmp::Reverse(*severity), *origin, *file, *start, *i)
    });
    let mut placed: Vec<Option<Placed<'_>>> = placed.into_iter().map(Some).collect();
    let each = order.iter();
    each.filter_map(|(.., i)| placed.get_mut(*i)?.take())
        .collect()
}

/// The places of the findings about one file, by their number.
fn spots<'d>(
    diagnostics: &'d Diagnostics,
    source: Option<&'d Source>,
    file: usize,
    members: &[(usize, Pointer)],
) -> Vec<(usize, Option<Spot<'d>>)> {
    let Some(source) = source else {
        return members.iter().map(|(i, _)| (*i, None)).collect();
    };
    let text = source.file_text(file);
    let pointers: Vec<Pointer> = members.iter().map(|(_, pointer)| pointer.clone()).collect();
    let lines = Lines::of(text);
    let each = members.iter().zip(locate(text, &pointers));
    each.map(|((i, _), located)| {
        let span = span(diagnostics.found.get(*i), located);
        (*i, Some(lines.spot(source.file_name(file), text, span)))
    })
    .collect()
}

/// What is marked of what was found.
fn span(diagnostic: Option<&Diagnostic>, located: Located) -> Range<usize> {
    let Some(diagnostic) = diagnostic else {
        return located.value;
    };
    match (diagnostic.offset, diagnostic.mark) {
        (Some(offset), _) => offset..offset + 1,
        (None, Mark::Key) => located.key.unwrap_or(located.value),
        (None, Mark::Value) => located.value,
    }
}

/// Where the lines of a text begin.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Self {
        let after = text.match_indices('\n').map(|(newline, _)| newline + 1);
        Self(std::iter::once(0).chain(after).collect())
    }

    fn spot<'d>(&self, file: &'d str, text: &'d str, span: Range<usize>) -> Spot<'d> {
        let start = floor(text, span.start);
        let line = self.0.partition_point(|begin| *begin <= start).max(1);
        let begin = self.0.get(line - 1).copied().unwrap_or_default();
        let end = floor(text, span.end).min(line_end(text, start)).max(start);
        Spot {
            file,
            text,
            span: start..end,
            line,
            column: text.get(begin..start).unwrap_or_default().chars().count() + 1,
        }
    }
}

/// The nearest place before a byte where a character begins.
fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
