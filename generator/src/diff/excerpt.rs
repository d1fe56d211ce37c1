//! Excerpts: the lines of a document that declare the item of a change.

use std::collections::BTreeMap;

use crate::source::{Pointer, SourceMap, find_positions};

/// Most lines of a declaration that are shown.
const MAX_LINES: usize = 12;

/// Most characters of a line that are shown. A document may be one line of megabytes.
const MAX_LINE_CHARS: usize = 200;

/// The lines of a document that declare an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The file.
    pub file: String,
    /// The pointer as the author would write it, into that file.
    pub pointer: Pointer,
    /// The line of the declaration, from 1.
    pub line: usize,
    /// The column of the declaration in characters, from 1.
    pub column: usize,
    /// The lines, without their common indentation.
    pub lines: Vec<String>,
}

/// Finds the lines of each pointer, in one pass over each file of the document. If a pointer leads
/// nowhere, the lines of its nearest ancestor are found.
pub(crate) fn find_excerpts(
    source: &SourceMap,
    pointers: &[Option<Pointer>],
) -> Vec<Option<Excerpt>> {
    let mut found = vec![None; pointers.len()];
    let mut files: BTreeMap<usize, Vec<(usize, Pointer)>> = BTreeMap::new();
    for (index, pointer) in pointers.iter().enumerate() {
        if let Some(pointer) = pointer {
            let at = source.original_position(pointer);
            files.entry(at.file).or_default().push((index, at.pointer));
        }
    }
    for (file, members) in files {
        let text = source.file_text(file);
        let pointers: Vec<Pointer> = members.iter().map(|(_, pointer)| pointer.clone()).collect();
        let lines = LineStarts::new(text);
        for ((index, pointer), position) in members.into_iter().zip(find_positions(text, &pointers))
        {
            let at = position.key.unwrap_or(position.value).start;
            if let Some(slot) = found.get_mut(index) {
                *slot = Some(lines.excerpt(source.file_name(file), pointer, at));
            }
        }
    }
    found
}

/// The start offsets of the lines of a text.
struct LineStarts<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> LineStarts<'t> {
    fn new(text: &'t str) -> Self {
        let after = text.match_indices('\n').map(|(newline, _)| newline + 1);
        Self {
            text,
            starts: std::iter::once(0).chain(after).collect(),
        }
    }

    fn excerpt(&self, file: &str, pointer: Pointer, at: usize) -> Excerpt {
        let line = self.starts.partition_point(|start| *start <= at).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or_default();
        let before = self.text.get(start..at).unwrap_or_default().chars().count();
        Excerpt {
            file: file.to_owned(),
            pointer,
            line,
            column: before + 1,
            lines: self.declaration(line, before),
        }
    }

    /// The line of a declaration, and the deeper ones below it.
    fn declaration(&self, line: usize, column: usize) -> Vec<String> {
        let first = self.line(line);
        // The first property of a sequence's element follows its dash.
        let indent = indent_of(first);
        let deeper = (line + 1..=self.starts.len()).map(|line| self.line(line));
        let deeper = deeper.take_while(|text| text.trim().is_empty() || indent_of(text) > indent);
        let all = std::iter::once(first).chain(deeper).take(MAX_LINES);
        let mut lines: Vec<String> = all
            .map(|text| {
                let text = text.get(indent.min(indent_of(text))..).unwrap_or_default();
                cut(text.trim_end(), column.saturating_sub(indent))
            })
            .collect();
        while lines.last().is_some_and(String::is_empty) {
            lines.pop();
        }
        lines
    }

    fn line(&self, line: usize) -> &'t str {
        let start = line.checked_sub(1).and_then(|index| self.starts.get(index));
        let end = self.starts.get(line).map_or(self.text.len(), |end| end - 1);
        let text = start.and_then(|start| self.text.get(*start..end));
        text.unwrap_or_default().trim_end_matches('\r')
    }
}

/// The number of spaces and tabs that a line begins with.
fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// The part of a line around a column, in characters. Tabs are two spaces wide.
fn cut(line: &str, column: usize) -> String {
    if line.len() <= MAX_LINE_CHARS {
        return line.replace('\t', "  ");
    }
    let skipped = column.saturating_sub(MAX_LINE_CHARS / 4);
    let shown: String = line.chars().skip(skipped).take(MAX_LINE_CHARS).collect();
    let shown = shown.replace('\t', "  ");
    let lead = if skipped > 0 { "…" } else { "" };
    let tail = if line.chars().count() > skipped + MAX_LINE_CHARS {
        "…"
    } else {
        ""
    };
    format!("{lead}{shown}{tail}")
}

#[cfg(test)]
mod tests {
    use super::{Pointer, SourceMap, find_excerpts};

    #[test]
    fn a_declaration_is_its_line_and_the_deeper_ones() {
        let text = "a:\n  b:\n    c: 1\n\n    d: 2\n  e: 3\n";
        let source = SourceMap::new("x.yaml", text);
        let pointers = ["/a/b", "/a/b/d", "/a/e/nowhere"].map(|p| Some(Pointer::parse(p)));
        let found = find_excerpts(&source, &pointers);
        let lines: Vec<_> = found
            .iter()
            .flatten()
            .map(|excerpt| (excerpt.line, excerpt.lines.join("|")))
            .collect();
        let expected = [(2, "b:|  c: 1||  d: 2"), (5, "d: 2"), (6, "e: 3")];
        assert_eq!(lines, expected.map(|(line, text)| (line, text.to_owned())));
    }

    #[test]
    fn tabs_indent_a_declaration() {
        let text = "{\r\n\t\"a\": {\r\n\t\t\"b\":\t1\r\n\t},\r\n\t\"c\": 2\r\n}\r\n";
        let source = SourceMap::new("x.json", text);
        let found = find_excerpts(&source, &[Some(Pointer::parse("/a"))]);
        let lines: Vec<_> = found
            .iter()
            .flatten()
            .map(|found| found.lines.join("|"))
            .collect();
        assert_eq!(lines, ["\"a\": {|  \"b\":  1"]);
    }
}
